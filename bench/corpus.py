"""Made-up documents at scale: each is one of the samples under another name, in another region, on another day.

A document keeps a part of the tasks of its sample, with their duties, and its targets with other values. It cites
others of the corpus, by number, by title or by both, and national documents that are not held; some replace earlier
ones of their region, some are drafts of the next one, some override what came before. The same number is the same
document, whatever the size of the corpus, and ``text[start:end] == quote`` holds for all of it.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ingest.files import find_files
from ingest.pipeline import extract_many
from ingest.records import Agency, Policy, Record, Reference, Region, Span
from ingest.regions import regions

T = TypeVar("T")

SAMPLES = Path(__file__).parent.parent / "data" / "documents"
_SUBJECTS = (
    "产业园区高质量发展",
    "绿色园区建设",
    "开发区改革创新",
    "园区亩均效益综合评价",
    "产业集群培育",
    "园区数字化转型",
)
_FORMS = ("实施方案", "行动计划", "若干措施", "工作要点", "实施意见")
_NATIONAL = tuple(f"国办发〔{year}〕{number}号" for year in range(2014, 2024) for number in range(1, 6))
_FIRST, _DAYS = date(2012, 1, 1), 4300


class Name(NamedTuple):
    """What others of the corpus cite a document by, and what decides what it may replace."""

    number: str | None
    title: str
    region: Region
    on: date
    draft: bool


def corpus(count: int, places: int = 400, first: int = 0) -> Iterator[Record]:
    """``count`` documents of ``places`` regions, from number ``first`` on."""
    return (record(number, places) for number in range(first, first + count))


def record(number: int, places: int = 400, edition: int = 0) -> Record:
    """Document ``number``; another ``edition`` is what a changed file of the same policy says."""
    chance = random.Random(f"{number}/{places}")
    name = name_of(number, places)
    sample = _samples()[number % len(_samples())]
    writer = _Writer(sample, name, number, edition)
    references = [writer.cite(*each) for each in _cited(number, places, chance)]
    tasks = _part(sample.tasks, 20, chance)[edition:]
    kept = {task.path for task in tasks}
    values = {
        "tasks": tasks,
        "responsibilities": [duty for duty in sample.responsibilities if duty.task in kept],
        "targets": [target.model_copy(update={"value": target.value + chance.randrange(50)}) for target in sample.targets],
        **{kind: getattr(sample, kind) for kind in ("parks", "park_industries", "agencies", "successions", "unresolved")},
    }  # fmt: skip
    return writer.record({kind: tuple(map(writer.moved, items)) for kind, items in values.items()}, references)


@cache
def name_of(number: int, places: int) -> Name:
    """The name of document ``number``."""
    if number % 25 == 8:  # what the draft before it has become
        draft = name_of(number - 1, places)
        return draft._replace(
            number=f"政办发〔{draft.on.year}〕{number}号", on=draft.on + timedelta(days=60), draft=False
        )
    chance = random.Random(f"name {number}")
    region = _places(places)[chance.randrange(places)]
    on = _FIRST + timedelta(days=chance.randrange(_DAYS))
    subject, form = chance.choice(_SUBJECTS), chance.choice(_FORMS)
    short = regions().short_name(region.code)[:1]
    title = f"{region.name}{subject}{form}({on.year}年第{number}号)"
    if number % 20 == 0:
        title = f"{subject}{form}"  # as many are called, in many regions
    draft = number % 25 == 7
    numbered = number % 3 and not draft
    return Name(f"{short}政办发〔{on.year}〕{number}号" if numbered else None, title, region, on, draft)


def _cited(number: int, places: int, chance: random.Random) -> Iterator[tuple[str | None, str | None, Any, str]]:
    """Title, number, relation and extent of what a document cites."""
    yield None, chance.choice(_NATIONAL), "based_on", "whole"
    for _ in range(chance.randrange(4)):
        other = name_of(chance.randrange(max(number, 1)), places)
        by = chance.randrange(3)
        yield other.title if by else None, other.number if by != 1 else None, "cites", "whole"
    if number % 10 == 3:
        earlier = name_of(chance.randrange(number), places)
        yield earlier.title, earlier.number, "supersedes", "whole"
    if number % 50 == 11:
        yield None, None, "supersedes", "inconsistent_parts"


class _Writer:
    """Writes a head before the text of a sample and citations after it, and moves the sample's spans along."""

    def __init__(self, sample: Record, name: Name, number: int, edition: int) -> None:
        self.sample, self.name, self.number = sample, name, number
        self.old = regions()[sample.policy.region_code or "100000"]
        self.here = {park.name for park in sample.parks}
        self.here |= {agency.id for agency in sample.agencies if agency.region == self.old.code}
        self.head = f"{name.title}{'(征求意见稿)' if name.draft else ''}\n{name.number or ''} {number}.{edition}\n"
        self.text = self.head + sample.document.text + "\n"

    def cite(self, title: str | None, number: str | None, relation: Any, extent: Any) -> Reference:
        quote = f"根据《{title}》({number})" if title or number else "此前规定与本文件不一致的,以本文件为准"
        start = len(self.text)
        self.text += quote + "\n"
        span = Span(start=start, end=len(self.text) - 1, quote=quote)
        return Reference(title=title, doc_number=number, relation=relation, extent=extent, evidence=span)

    def moved(self, item: T) -> T:
        """A part of the sample, further down in the text, with the region's name in place of the sample's."""
        return self._moved(item)  # type: ignore[no-any-return]

    def _moved(self, value: Any) -> Any:
        if isinstance(value, Span):
            by = len(self.head)
            return value.model_copy(update={"start": value.start + by, "end": value.end + by})
        if isinstance(value, tuple):
            return tuple(map(self._moved, value))
        if isinstance(value, str):
            return self._renamed(value)
        if not hasattr(value, "__dict__"):
            return value
        same = ("title", "text", "mention") if not isinstance(value, Agency) else ()
        fields = {name: self._moved(each) for name, each in value.__dict__.items() if name not in same}
        return value.model_copy(update=fields)

    def _renamed(self, text: str) -> str:
        if text == self.old.code:
            return self.name.region.code
        if text in self.here and self.old.name not in text:  # a park or an agency of each region
            return self.name.region.name + text
        return text.replace(self.old.name, self.name.region.name)

    def record(self, parts: dict[str, tuple[Any, ...]], references: Sequence[Reference]) -> Record:
        """The whole, with the regions that it names."""
        document = self.sample.document.model_copy(
            update={"sha256": hashlib.sha256(self.text.encode()).hexdigest(), "text": self.text, "source": self.source}
        )
        return Record.model_construct(
            document=document,
            policy=self._policy(),
            references=tuple(references),
            regions=self._regions(parts),
            covered=self.sample.covered,
            **parts,
        )

    @property
    def source(self) -> str:
        """The name of its file, the same in every edition."""
        return f"{self.number}.txt"

    def _policy(self) -> Policy:
        name, title = self.name, self.head.partition("\n")[0]
        own = {"id": name.number or f"{name.region.full_name} {title} {name.on}", "title": title}
        span = Span(start=0, end=len(title), quote=title)
        days = {"issued_on": name.on, "published_on": name.on, "in_force_from": name.on, "in_force_to": None}
        place = {"region": name.region.full_name, "region_code": name.region.code}
        issuers = tuple(map(self._renamed, self.sample.policy.issuers))
        return Policy(**own, **days, **place, doc_number=name.number, doc_type=self.sample.policy.doc_type,
                      issuers=issuers, issuer_ids=issuers, status="draft" if name.draft else "issued", evidence=span)  # fmt: skip

    def _regions(self, parts: dict[str, tuple[Any, ...]]) -> tuple[Region, ...]:
        named = [item.region for kind in ("parks", "agencies", "targets") for item in parts[kind]]
        codes = {code for code in (self.name.region.code, *named) if code}
        table = regions()
        known = {each.code: each for code in codes for each in (table[code], *table.ancestors(code))}
        return tuple(known[code] for code in sorted(known))


def _part(items: Sequence[T], most: int, chance: random.Random) -> list[T]:
    """Up to ``most`` of ``items``, in their order."""
    kept = set(chance.sample(range(len(items)), min(most, len(items))))
    return [item for index, item in enumerate(items) if index in kept]


@cache
def _places(count: int) -> tuple[Region, ...]:
    """Cities first, then counties."""
    table = regions()
    found = [table[code] for code in table.codes()]
    levels = {"prefecture": 0, "county": 1}
    return tuple(sorted((each for each in found if each.level in levels), key=lambda each: levels[each.level])[:count])


@cache
def _samples() -> tuple[Record, ...]:
    outcomes = extract_many(find_files([SAMPLES]))
    return tuple(outcome.record for outcome in outcomes if outcome.record is not None)
