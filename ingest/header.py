"""The document's own facts: title, number, issuers, region, status, dates (GB/T 9704, government website guideline)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from ingest.dates import DATE, parse_date
from ingest.issuers import asked_by, full_names, issuers_before
from ingest.kinds import explained
from ingest.layout import Layout, Line, joined, patterns
from ingest.places import region_of
from ingest.records import Policy, Region, Span, Status
from ingest.signature import bracketed_date, page_date, signature
from ingest.structure import Outline
from ingest.tables import load_yaml
from ingest.validity import terms

DRAFT = "征求意见稿"  # in the id of a draft without a date, which its final version must not share
FIELDS = ("issued_on", "published_on", "effective_on", "expires_on")


@dataclass(frozen=True, slots=True)
class Header:
    """A policy's fields before they become a record; ``region`` as a row of GB/T 2260."""

    policy: Policy
    region: Region | None
    covered: list[tuple[int, int]]


@cache
def labels() -> dict[str, re.Pattern[str]]:
    """Per field, its labels as a pattern with any space between the characters: before a colon, or as a cell of a table."""
    found = {}
    for field, names in load_yaml("header.yml")["labels"].items():
        spaced = "|".join(r"\s*".join(name) for name in sorted(names, key=len, reverse=True))
        found[field] = re.compile(
            rf"(?<![\u4e00-\u9fff])(?:{spaced})\s*[:\]]\s*|(?m:^|(?<=\t))[^\S\t\n]*(?:{spaced})[^\S\t\n]*\t[^\S\n]*"
        )
    return found


def header_of(outline: Outline, layout: Layout, body_end: int, page_published: date | None = None) -> Header:
    """Read the header. Fields that the text does not support stay None.

    ``page_published`` is what the page says of itself outside the text: it counts where the text shows no such date, and
    never in the policy's id, for each page that carries a policy may say another.
    """
    text = outline.view.text
    head = text[: max(layout.plan_start, head_end(outline, layout))]
    facts = labelled_dates(head)
    title, title_issuers = split_issuer(layout, outline)
    number, number_at = doc_number(head, layout)
    signed, signers = signature(outline, layout, body_end)
    facts["issued_on"] = signed or bracketed_date(head, layout) or facts.get("issued_on")
    facts.setdefault("published_on", page_date(layout))
    dated = facts["issued_on"] or facts["published_on"]
    facts["published_on"] = facts["published_on"] or page_published
    names = (
        signers
        if len(signers) > len(title_issuers) > 0 and "等" in (layout.notice or title or "")
        else title_issuers or signers or asked_by(head)
    )
    if layout.genre == "interpretation":
        names, number, text = [explained(layout.title_text or "") or ""], None, ""
    region = region_of(names, layout, number, text)
    issuers, ids = full_names(names, region, facts["issued_on"] or facts.get("published_on"))
    validity = terms(text, facts)
    status: Status = "draft" if is_draft(layout) else "issued"
    evidence = title_span(outline, layout)
    if layout.genre == "interpretation":  # what it says of numbers, issuers and force it says of another document
        number_at, issuers, ids, validity, status = None, (), (), {}, "issued"
    in_force = layout.genre != "interpretation" and status != "draft"
    named = f"{title or joined(evidence.quote)[:60]}({DRAFT})" if status == "draft" and not dated else title
    policy = Policy(
        id=policy_id(number, issuers, region, named, dated, evidence),
        title=title,
        doc_number=number,
        doc_type=type_of(title),
        issuers=issuers,
        issuer_ids=ids,
        region=region.full_name if region else None,
        region_code=region.code if region else None,
        genre=layout.genre,
        status=status,
        issued_on=facts["issued_on"],
        published_on=facts.get("published_on"),
        effective_on=validity.get("effective_on"),
        expires_on=validity.get("expires_on"),
        in_force_from=validity.get("effective_on") or facts["issued_on"] or facts.get("published_on")
        if in_force
        else None,
        in_force_to=validity.get("expires_on") if in_force else None,
        evidence=evidence,
    )
    covered = [layout.title] if layout.title else []
    covered += [number_at] if number_at else []
    return Header(policy, region, covered)


def title_span(outline: Outline, layout: Layout) -> Span:
    """The title where it stands, of a notice that passes another's document on the notice's own; else the first line."""
    if layout.genre == "forwarding":
        return outline.view.span(layout.notice_start, layout.notice_end)
    return outline.view.span(*layout.title) if layout.title else first_line(outline, layout)


def head_end(outline: Outline, layout: Layout) -> int:
    """Where the index header and the letter can end at the latest: the first item, or 40 lines without items."""
    after = [item.start for item in outline.items if item.start >= layout.notice_end]
    return after[0] if after else (layout.lines[39].end if len(layout.lines) > 40 else len(outline.view.text))


def labelled_dates(head: str) -> dict[str, date | None]:
    """Dates behind labels of an index header (发文日期, 成文日期, 生效日期, 废止日期)."""
    found: dict[str, date | None] = {}
    for field in FIELDS:
        for match in labels()[field].finditer(head):
            written = DATE.match(head, match.end())
            if written and (day := parse_date(written[0])):
                found[field] = day
                break
    return found


def split_issuer(layout: Layout, outline: Outline) -> tuple[str | None, list[str]]:
    """The title as the text writes it, without spaces and without a draft's mark, and the issuers in front of it."""
    if layout.genre == "interpretation" or layout.title_text is None or layout.title is None:
        return (as_written(outline, layout) if layout.title else layout.title_text), []
    if layout.genre == "forwarding":
        start, end = layout.notice_start, layout.notice_end
        title = joined(outline.view.written(start, end))
        return title, issuers_before(outline.view.text[start:end].replace("\n", ""))
    title = as_written(outline, layout)
    draft = re.compile(rf"[（(](?:公开)?(?:{load_yaml('header.yml')['drafts']})[^()（）]{{0,4}}[)）]$")
    title = draft.sub("", title)
    match = re.match(
        r"([^,，。《》\d]{4,30}?(?:领导小组|委员会|指挥部|办公室|办公厅|人民政府|厅|局|委))((?:19|20)\d{2}年.+)$", title
    )
    if match:
        return match[2], [match[1]]
    start, end = (layout.notice_start, layout.notice_end) if layout.notice else layout.title
    return title, issuers_before(outline.view.text[start:end].replace("\n", ""))


def as_written(outline: Outline, layout: Layout) -> str:
    """The title's characters in the source, spaces dropped; a wrapped title is looked up inside its notice."""
    if layout.title is None or layout.title_text is None:
        return ""
    start, end = layout.title
    chars = [(char, index) for index, char in enumerate(outline.view.text[start:end], start) if not char.isspace()]
    folded = "".join(char for char, _ in chars)
    at = folded.find(layout.title_text)
    picked = chars[at : at + len(layout.title_text)] if at >= 0 else chars
    return "".join(outline.view.source[outline.view.offset(index)] for _, index in picked)


def doc_number(head: str, layout: Layout) -> tuple[str | None, tuple[int, int] | None]:
    """The document's own number as ``驻政办〔2019〕125号``: behind its label, else alone on a line or heading one."""
    pattern = patterns()["number"]
    for match in labels()["doc_number"].finditer(head):
        number = pattern.match(head, match.end())
        if number:
            return write_number(number), number.span()
    for line in layout.lines:
        if line.start >= len(head):
            break
        number = pattern.match(line.text)
        if number and (
            number.end() == len(line.text) or line.text.endswith(":") or re.match(r"各|\s", line.text[number.end() :])
        ):
            return write_number(number), (line.start, line.start + number.end())
        if (
            number is None
            and (number := pattern.search(line.text))
            and number.end() == len(line.text)
            and "《" not in line.text
            and len(line.text) < 60
        ):
            return write_number(number), (line.start + number.start(), line.end)
    return None, None


def write_number(match: re.Match[str]) -> str:
    """A number with the brackets that GB/T 9704 prescribes."""
    return f"{joined(match[1])}〔{match[2]}〕{int(match[3])}号"


def is_draft(layout: Layout) -> bool:
    """征求意见稿, 送审稿 or 草案 in the title or in its notice."""
    names = f"{layout.title_text or ''} {layout.notice or ''}"
    return bool(
        re.search(rf"\([^()]*(?:{load_yaml('header.yml')['drafts']})[^()]*\)|征求.{{0,80}}意见的[函通公]", names)
    )


def type_of(title: str | None) -> str | None:
    """The kind of document that a title ends with (实施方案, 意见, 通知 …)."""
    bare = re.sub(r"[（(][^()（）]*[)）]$", "", title or "")
    kinds = sorted(load_yaml("header.yml")["types"], key=len, reverse=True)
    return next((kind for kind in kinds if bare.endswith(kind)), None)


def first_line(outline: Outline, layout: Layout) -> Span:
    """Evidence for a document without a title."""
    first = layout.lines[0] if layout.lines else Line(0, 0, "")
    return outline.view.span(first.start, first.end)


def policy_id(
    number: str | None,
    issuers: tuple[str, ...],
    region: Region | None,
    title: str | None,
    day: date | None,
    evidence: Span,
) -> str:
    """The number; else issuer or region, title and date; else the first line."""
    if number:
        return number
    author = issuers[0] if issuers else region.full_name if region else ""
    name = title or joined(evidence.quote)[:60]
    return " ".join(part for part in (author, name, day.isoformat() if day else "") if part)


@Language.component("header", requires=["doc._.layout", "doc._.body_end"], assigns=["doc._.header"])
def header(doc: Doc) -> Doc:
    """Set the document's own facts."""
    doc._.header = header_of(doc._.outline, doc._.layout, doc._.body_end, doc.user_data.get("published_on"))
    return doc
