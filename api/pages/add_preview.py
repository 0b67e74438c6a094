"""What was found in one document, before it is loaded: counts, facts, tasks, targets, what was not understood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from api.pages import address
from api.pages.entity_words import number
from api.pages.here import Here
from api.pages.problems import told
from api.pages.text_html import Child, el, joined, link
from api.uploads import COUNTED, FileResult
from graph.store import Reader, read_many

_FIRST = 12  # rows of each table
_LONGEST = 90  # characters of a quote
_FACTS = ("doc_number", "doc_type", "issuers", "region", "issued_on", "published_on")
_SIGNS = {">=": "≥ ", "<=": "≤ ", "~": "≈ "}
Key = tuple[str, str]


def known(reader: Reader, results: Iterable[FileResult]) -> set[Key]:
    """Which of the policies, agencies and parks that were found the graph has already, by label and id."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for record in filter(None, (result.record for result in results)):
        ids["Policy"].add(_mapping(record["policy"])["id"])
        ids["Agency"] |= {agency["id"] for agency in _rows(record, "agencies")}
        ids["Park"] |= {park["name"] for park in _rows(record, "parks")}
    return {
        (label, row["id"])
        for label, wanted in ids.items()
        for row in read_many(reader, f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN n.id AS id", wanted)
    }


def preview(here: Here, result: FileResult, there: Collection[Key]) -> Markup:
    """One document: how much was found in it, and folded below that what. ``there``: what the graph has already."""
    record = result.record
    if record is None:
        return el("p", here.t("add.skipped", problem=_why(here, result.problem or "")), class_="pg-warning")
    policy = _mapping(record["policy"])
    title = str(policy.get("title") or policy["id"])
    held = ("Policy", policy["id"]) in there or result.outcome == "loaded"
    head = el("h3", link(title, address.policy(policy["id"])) if held else title, class_="pg-h3")
    tables = [_tasks(here, record, there), _targets(here, record), _references(here, record), _unresolved(here, record)]
    body = el(
        "details", el("summary", here.t("add.preview")), _facts(here, policy, there), *tables, class_="pg-details"
    )
    return el("div", head, _counts(here, result), body)


def _counts(here: Here, result: FileResult) -> Markup:
    counts = [(here.t(f"add.count.{name}"), f"{result.counts.get(name, 0):,}") for name in COUNTED]
    characters = result.counts.get("characters", 0)
    share = round(100 * result.counts.get("covered", 0) / characters) if characters else 0
    counts.append((here.t("add.covered"), here.t("add.share", share=share, characters=f"{characters:,}")))
    return el("dl", *(el("div", el("dt", name), el("dd", value)) for name, value in counts), class_="ad-counts")


def _facts(here: Here, policy: Mapping[str, Any], there: Collection[Key]) -> Markup:
    rows: list[tuple[str, Child]] = []
    for name in _FACTS:
        value = policy.get(name)
        if name == "issuers" and value:
            pairs = zip(value, policy["issuer_ids"], strict=False)
            rows.append((name, joined([_link(shown, ("Agency", id_), there) for shown, id_ in pairs], "、")))
        elif value:
            rows.append((name, str(value)))
    if ("Policy", policy["id"]) in there:
        rows.append(("held", link(here.t("add.held"), address.policy(policy["id"]))))
    pairs_ = (el("div", el("dt", here.t(f"add.fact.{name}")), el("dd", value)) for name, value in rows)
    return el("dl", *pairs_, class_="ad-facts")


def _tasks(here: Here, record: Mapping[str, Any], there: Collection[Key]) -> Markup | None:
    duties: defaultdict[str, list[Markup]] = defaultdict(list)
    for row in _rows(record, "responsibilities"):
        agency = _link(row["canonical"] or row["agency"], ("Agency", row["agency_id"]), there)
        role = here.t(f"role.{row['role']}")
        duties[row["task"]].append(el("span", agency, f" ({role})"))
    rows = [
        [row["path"], row["title"], joined(duties[row["path"]], "、"), _short(row["evidence"]["quote"])]
        for row in _rows(record, "tasks")
    ]
    return _table(here, "tasks", ("path", "task", "agencies", "quote"), rows)


def _targets(here: Here, record: Mapping[str, Any]) -> Markup | None:
    rows = [
        [
            row["path"],
            f"{row['scope'] or ''}{row['metric']}",
            _value(row),
            row["year"],
            _short(row["evidence"]["quote"]),
        ]
        for row in _rows(record, "targets")
    ]
    return _table(here, "targets", ("path", "metric", "value", "year", "quote"), rows)


def _value(row: Mapping[str, Any]) -> str:
    upper = f"–{number(row['value_max'])}" if row["value_max"] is not None else ""
    return f"{_SIGNS.get(row['op'], '')}{number(row['value'])}{upper} {row['unit'] or ''}"


def _references(here: Here, record: Mapping[str, Any]) -> Markup | None:
    rows: list[list[Child]] = [
        [
            " ".join(filter(None, (row["title"], row["doc_number"]))),
            here.t.maybe(f"add.relation.{row['relation']}", row["relation"]),
            _short(row["evidence"]["quote"]),
        ]
        for row in _rows(record, "references")
    ]
    return _table(here, "references", ("reference", "relation", "quote"), rows)


def _unresolved(here: Here, record: Mapping[str, Any]) -> Markup | None:
    rows: list[list[Child]] = [
        [
            here.t.maybe(f"add.kind.{row['kind']}", row["kind"]),
            row["text"],
            here.t.maybe(f"policy.reason.{row['reason']}", row["reason"]),
            _short(row["evidence"]["quote"]),
        ]
        for row in _rows(record, "unresolved")
    ]
    return _table(here, "unresolved", ("kind", "text", "reason", "quote"), rows)


def _table(here: Here, name: str, columns: Sequence[str], rows: Sequence[Sequence[Child]]) -> Markup | None:
    if not rows:
        return None
    title = here.t(f"add.count.{name}")
    more = (
        el("p", here.t("add.first", count=_FIRST, total=len(rows)), class_="pg-quiet") if len(rows) > _FIRST else None
    )
    head = el("thead", el("tr", *(el("th", here.t(f"add.column.{each}"), scope="col") for each in columns)))
    body = el(
        "tbody",
        *(
            el("tr", *(_cell(here, name_, cell) for name_, cell in zip(columns, row, strict=True)))
            for row in rows[:_FIRST]
        ),
    )
    table = el("table", head, body, class_="ad-table", aria_label=title)
    return el("div", el("h4", f"{title} · {len(rows)}", class_="pg-h3"), more,
              el("div", table, class_="ad-scroll", tabindex=0, role="region", aria_label=title))  # fmt: skip


def _cell(here: Here, name: str, cell: Child) -> Markup:
    """A cell; on a narrow window the name of its column stands before it."""
    return el("td", cell, data_l=here.t(f"add.column.{name}"))


def _why(here: Here, problem: str) -> str:
    """Why a file was not read; as it comes where the page's language has no words for it."""
    return told(here.t, problem) or problem


def _short(quote: str) -> str:
    text = " ".join(quote.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _link(name: str, key: Key, there: Collection[Key]) -> Markup:
    return link(name, address.node(*key) if key in there else None)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _rows(record: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = record.get(name) or []
    return found
