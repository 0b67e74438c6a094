"""Where the pages of one policy differ: what they say of it, its tasks, duties and targets, and the words themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from pydantic import Field

from graph.detail.refs import PolicyRef, View, made, shape
from graph.documents import read_records
from graph.errors import NotFoundError
from graph.passages import Passage, differing, plain
from graph.store import Reader, from_each, read_many
from ingest.records import Policy, Record, Span

Of = Literal["task", "duty", "target"]
Change = Literal["missing", "added", "changed"]
_OF_PAGE = (
    "id",
    "evidence",
    "issuer_ids",
    "region",
    "published_on",
    "in_force_from",
    "in_force_to",
)  # or told by others
_FIELDS = tuple(name for name in Policy.model_fields if name not in _OF_PAGE)
_LONGEST = 400  # characters of a quote
_MOST = 200  # differences of a kind that are told; all are counted


class Said(View):
    """Words of a document. Offsets count Unicode characters of its text, and ``quote`` may be cut short."""

    start: int = Field(description="Where they begin")
    end: int = Field(description="Where they end: the place after their last character; the same where nothing stands")
    quote: str = Field(description="The words, at most 400 characters of them")


class FactDifference(View):
    """A fact that two pages tell differently."""

    name: str = Field(description="Which fact, such as doc_number or issued_on")
    here: str | None = Field(description="What the page says that speaks for the policy")
    there: str | None = Field(description="What the other page says")


class ItemDifference(View):
    """A task, a duty or a target that only one page has, or that they tell differently."""

    of: Of = Field(description="What it is")
    change: Change = Field(
        description="missing: the other page lacks it; added: only the other page has it; or changed"
    )
    path: str = Field(description="Number of the item, such as 2.3.1")
    name: str = Field(description="Title of the task, agency of the duty, metric of the target")
    here: Said | None = Field(None, description="Where the page says it that speaks for the policy")
    there: Said | None = Field(None, description="Where the other page says it")


class TextDifference(View):
    """A passage that differs."""

    here: Said = Field(description="Words of the page that speaks for the policy")
    there: Said = Field(description="Words of the other page")


class CopyDifferences(View):
    """How another page of the policy differs from the one that speaks for it."""

    document: str = Field(description="SHA-256 of the other page: its id as a document")
    source: str = Field(description="Name of its file")
    same: bool = Field(description="Whether it says the same, its layout and the page around it aside")
    facts: list[FactDifference] = Field([], description="Facts that differ")
    items: list[ItemDifference] = Field([], description="Tasks, duties and targets that differ, at most 200")
    texts: list[TextDifference] = Field([], description="Passages that differ, at most 200, in the order of the text")
    item_count: int = Field(description="How many tasks, duties and targets differ")
    text_count: int = Field(description="How many passages differ")


class PolicyDifferences(View):
    """How the pages of a policy differ from the one that speaks for it."""

    policy: PolicyRef = Field(description="The policy")
    document: str | None = Field(None, description="SHA-256 of the page that speaks for it")
    source: str | None = Field(None, description="Name of its file")
    copies: list[CopyDifferences] = Field([], description="Its other pages, by name")


def differences(store: Reader, id_: str) -> PolicyDifferences:
    """How the pages of policy ``id_`` differ. Raises NotFoundError."""
    rows = store.read(f"MATCH (p:Policy {{id: $id}}) RETURN {shape(PolicyRef, 'p')} AS policy", {"id": id_})
    if not rows:
        raise NotFoundError(f"policy {id_}: not in this graph")
    policy = made(PolicyRef, rows[0]["policy"])
    shas = [
        row["id"] for row in sorted(_pages(store, [id_]), key=lambda row: (not row["speaks"], row["source"], row["id"]))
    ]
    records = read_records(store, shas)
    if not shas:
        return made(PolicyDifferences, {}, policy=policy)
    main = records[shas[0]]
    return PolicyDifferences(
        policy=policy,
        document=shas[0],
        source=main.document.source,
        copies=[compared(main, records[sha]) for sha in shas[1:]],
    )


def policies_with_copies(store: Reader, policies: Iterable[str] | None = None) -> list[str]:
    """The ids of the policies, of all or of some, that were found on several pages."""
    if policies is None:
        query = (
            "MATCH (p:Policy)-[r:STATED_IN]->(:Document) WITH p.id AS id, count(r) AS pages WHERE pages > 1 RETURN id"
        )
        return sorted(row["id"] for row in store.read(query))
    counts: dict[str, int] = {}
    for row in _pages(store, policies):
        counts[row["policy"]] = counts.get(row["policy"], 0) + 1
    return sorted(policy for policy, count in counts.items() if count > 1)


def _pages(store: Reader, policies: Iterable[str]) -> list[dict[str, str]]:
    query = from_each("p:Policy", "(p)-[r:STATED_IN]->(d:Document)", "d") + (
        "RETURN p.id AS policy, d.id AS id, d.source AS source, r.`primary` AS speaks"
    )
    return read_many(store, query, policies)


def compared(main: Record, other: Record) -> CopyDifferences:
    """How one page differs from the one that speaks."""
    facts = [
        FactDifference(name=name, here=here, there=there)
        for name in _FIELDS
        if _folded(here := _fact(main.policy, name)) != _folded(there := _fact(other.policy, name))
    ]
    items = list(_items(main, other))
    passages = differing(main.document.text, other.document.text, (_end(main), _end(other)))
    texts = [TextDifference(here=_words(main, a), there=_words(other, b)) for a, b in passages[:_MOST]]
    return CopyDifferences(
        document=other.document.sha256,
        source=other.document.source,
        same=not (facts or items or passages),
        facts=facts,
        items=items[:_MOST],
        texts=texts,
        item_count=len(items),
        text_count=len(passages),
    )


def _fact(policy: Policy, name: str) -> str | None:
    value = getattr(policy, name)
    return "、".join(value) or None if isinstance(value, tuple) else None if value is None else str(value)


def _folded(value: str | None) -> str | None:
    return None if value is None else plain(value)


def _end(record: Record) -> int:
    """Up to where the text is known to be the document."""
    places = [task.evidence for task in record.tasks] + [target.evidence for target in record.targets]
    places += [duty.evidence for duty in record.responsibilities] + [each.evidence for each in record.references]
    return max((place.start for place in places), default=record.policy.evidence.end)


class _Item(NamedTuple):
    """What is compared: two with the same name are the same, and differ where they say something else."""

    path: str
    name: str
    said: str
    place: Span


def _items(main: Record, other: Record) -> Iterator[ItemDifference]:
    kinds: tuple[tuple[Of, Callable[[Record], dict[str, _Item]]], ...]
    kinds = (("task", _tasks), ("duty", _duties), ("target", _targets))
    for of, make in kinds:
        here, there = make(main), make(other)
        for key in sorted({*here, *there}, key=lambda key: (key not in here, _start(here, there, key), key)):
            one, two = here.get(key), there.get(key)
            shown = one or two
            if shown is None or (one and two and one.said == two.said):
                continue
            yield ItemDifference(
                of=of,
                change="changed" if one and two else "missing" if one else "added",
                path=shown.path,
                name=shown.name,
                here=_words(main, Passage(one.place.start, one.place.end)) if one else None,
                there=_words(other, Passage(two.place.start, two.place.end)) if two else None,
            )


def _start(here: Mapping[str, _Item], there: Mapping[str, _Item], key: str) -> int:
    return (here.get(key) or there[key]).place.start


def _named(rows: Iterable[tuple[str, _Item]]) -> dict[str, _Item]:
    """By name; of several with one name the second is another."""
    found: dict[str, _Item] = {}
    for name, item in rows:
        while name in found:
            name += "+"
        found[name] = item
    return found


def _tasks(record: Record) -> dict[str, _Item]:
    return _named(
        (task.path, _Item(path=task.path, name=task.title, said=plain(task.title), place=task.evidence))
        for task in record.tasks
    )


def _duties(record: Record) -> dict[str, _Item]:
    return _named(
        (
            f"{duty.task} {duty.agency_id} {duty.role}",
            _Item(path=duty.task, name=duty.agency, said=duty.role, place=duty.evidence),
        )
        for duty in record.responsibilities
    )


def _targets(record: Record) -> dict[str, _Item]:
    own = ("op", "value", "value_max", "unit", "base_value", "base_value_max", "base_unit", "baseline")
    return _named(
        (
            " ".join(
                map(str, (target.path, plain(target.metric), plain(target.scope or ""), target.year, target.per_year))
            ),
            _Item(
                path=target.path,
                name=target.metric,
                said=" ".join(str(getattr(target, name)) for name in own),
                place=target.evidence,
            ),
        )
        for target in record.targets
    )


def _words(record: Record, place: Passage) -> Said:
    quote = record.document.text[place.start : place.end]
    return Said(
        start=place.start, end=place.end, quote=quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + "…"
    )


def differing_policies(store: Reader, documents: Iterable[str]) -> list[str]:
    """The ids of the policies that ``documents`` (by sha256) state and whose pages say different things."""
    query = from_each("d:Document", "(p:Policy)-[:STATED_IN]->(d)", "p") + "RETURN DISTINCT p.id AS id"
    stated = {row["id"] for row in read_many(store, query, documents)}
    several = policies_with_copies(store, stated)
    return [policy for policy in several if not all(copy.same for copy in differences(store, policy).copies)]
