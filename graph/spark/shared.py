"""Shared nodes and edges out of the claims of all documents, and the rows of policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from graph.claims import merged
from graph.policies import policy_row
from graph.spark.frames import Row, Said, by_key
from graph.spark.texts import FACTS, props_of, text_of

_SAME = ("of", "id", "source", "target", "body")


def shared(claims: DataFrame) -> DataFrame:
    """One row for each node or edge that is claimed. Equal claims are counted before they are brought together."""
    counted = claims.groupBy(*_SAME).count()
    return by_key(counted, "id", _of_one_id, order=["of", "body"])


def policies(own: DataFrame, cited: DataFrame, replacing: DataFrame) -> DataFrame:
    """The rows of policies: held ones by their ``own`` part, the others by what they are ``cited`` as.

    ``cited`` has the name as a claim in ``body``; ``replacing`` the facts of a policy that replaces ``id`` as a whole.
    """
    counted = cited.groupBy("kind", "id", "body").count()
    rest = own.select("kind", "id", "body").union(replacing.select("kind", "id", "body"))
    together = counted.union(rest.withColumn("count", sql.lit(1)))
    return by_key(together, "id", _one_policy, order=["kind", "body"])


def _of_one_id(rows: Iterable[Row]) -> Iterator[Said]:
    """An id may be that of nodes of several labels."""
    counts: dict[str, Counter[str]] = {}
    ends: dict[str, tuple[str | None, str | None]] = {}
    for row in rows:
        counts.setdefault(row["of"], Counter())[row["body"]] += row["count"]
        ends[row["of"]] = row["source"], row["target"]
        name = row["id"]
    for of, claims in counts.items():
        props = merged(claims)
        assert props is not None
        yield Said("edge" if ends[of][0] is not None else "node", 0, of, name, *ends[of], text_of(props))


def _one_policy(rows: Iterable[Row]) -> Iterator[Said]:
    base, claims, replacers = None, Counter[str](), []
    for row in rows:
        if row["kind"] == "policy":
            base = props_of(row["body"], "Policy")
        elif row["kind"] == "cited":
            claims[row["body"]] += row["count"]
        else:
            replacers.append(FACTS.validate_json(row["body"]))
        name = row["id"]
    props = policy_row(base, claims, replacers)
    if props is not None:
        yield Said("node", 0, "Policy", name, body=text_of(props))
