"""The document's own facts: title, number, issuers, region, status, dates (GB/T 9704, government website guideline)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from ingest.dates import DATE, last_day, parse_date
from ingest.dates import PATTERN as DATE_PATTERN
from ingest.layout import DATE_LINE, Layout, Line, joined, patterns
from ingest.numbering import chinese_number
from ingest.records import Policy, Region, Span, Status
from ingest.regions import regions
from ingest.resolve import agency_resolver
from ingest.structure import Outline
from ingest.tables import load_yaml

FIELDS = ("issued_on", "published_on", "effective_on", "expires_on")
NUMBER = r"(?:第\s?)?([零〇一二三四五六七八九十百\d]+)\s?号"
START = re.compile(
    rf"自\s?(?:(?P<date>{DATE_PATTERN})|(?P<issue>(?:印发|发文|公布|发布|颁布|下发|签发)之?日))\s?(?:起|后)?[^。;\n]{{0,6}}(?:施行|实施|执行|生效|起效)"
)
TERM = re.compile(
    rf"(?:有效期|实施期限|执行期限|试行期|施行期限|有效期限)(?:限)?\s?(?:为|是|:)?\s?(?:(?P<years>[\d一二两三四五六七八九十]+)\s?年|(?:至|到|截[至止]到?)\s?(?P<until>{DATE_PATTERN}))"
)
UNTIL = re.compile(rf"(?:有效期|有效期限|执行)\s?(?:至|到|截[至止]到?)\s?({DATE_PATTERN})")
AND_OTHERS = re.compile(r"等?[一二三四五六七八九十两\d]*(?:个)?(?:部门|单位)$|等$")
OFFICE = re.compile("(.{2,})(办公[厅室])$")
PLACE_END = re.compile("(?<=[\u4e00-\u9fff]{2})[省市县区州盟旗]")
OURS = re.compile(r"我([委局厅部办署院会])")


@dataclass(frozen=True, slots=True)
class Header:
    """A policy's fields before they become a record; ``region`` as a row of GB/T 2260."""

    policy: Policy
    region: Region | None
    covered: list[tuple[int, int]]


@cache
def labels() -> dict[str, re.Pattern[str]]:
    """Per field, its labels as a pattern with any space between the characters."""
    found = {}
    for field, names in load_yaml("header.yml")["labels"].items():
        spaced = "|".join(r"\s*".join(name) for name in sorted(names, key=len, reverse=True))
        found[field] = re.compile(rf"(?<![\u4e00-\u9fff])(?:{spaced})\s*[:\]]\s*")
    return found


def header_of(outline: Outline, layout: Layout, body_end: int) -> Header:
    """Read the header. Fields that the text does not support stay None."""
    text = outline.view.text
    head = text[: max(layout.plan_start, head_end(outline, layout))]
    facts = labelled_dates(head)
    title, title_issuers = split_issuer(layout, outline)
    number, number_at = doc_number(head, layout)
    signed, signers = signature(outline, layout, body_end)
    facts["issued_on"] = signed or bracketed_date(head, layout) or facts.get("issued_on")
    facts.setdefault("published_on", page_date(layout))
    names = (
        signers
        if len(signers) > len(title_issuers) > 0 and "等" in (layout.notice or title or "")
        else title_issuers or signers or asked_by(head)
    )
    region = region_of(names, layout, number, text)
    issuers, ids = full_names(names, region, facts["issued_on"] or facts.get("published_on"))
    validity = terms(text, facts)
    status: Status = "draft" if is_draft(layout) else "issued"
    evidence = outline.view.span(*layout.title) if layout.title else first_line(outline, layout)
    policy = Policy(
        id=policy_id(number, issuers, region, title, facts["issued_on"] or facts.get("published_on"), evidence),
        title=title,
        doc_number=number,
        doc_type=type_of(title),
        issuers=issuers,
        issuer_ids=ids,
        region=region.full_name if region else None,
        region_code=region.code if region else None,
        status=status,
        issued_on=facts["issued_on"],
        published_on=facts.get("published_on"),
        effective_on=validity.get("effective_on"),
        expires_on=validity.get("expires_on"),
        in_force_from=None
        if status == "draft"
        else validity.get("effective_on") or facts["issued_on"] or facts.get("published_on"),
        in_force_to=None if status == "draft" else validity.get("expires_on"),
        evidence=evidence,
    )
    covered = [layout.title] if layout.title else []
    covered += [number_at] if number_at else []
    return Header(policy, region, covered)


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
    if layout.title_text is None or layout.title is None:
        return None, []
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


def issuers_before(title: str) -> list[str]:
    """Agencies in front of 关于, 转发 or 印发 in a title: one or several, run together or listed."""
    for mark in ("关于|转发|印发|批转", "关于", "对|《|\\d{4}年"):
        match = re.match(rf"([^《》]{{2,160}}?)(?:{mark})", title)
        if match and AND_OTHERS.sub("", match[1]).strip().endswith(ORGAN_ENDS):
            return split_issuers(match[1])
    return []


ORGAN_ENDS = (
    "府",
    "厅",
    "室",
    "局",
    "委",
    "部",
    "会",
    "署",
    "院",
    "行",
    "组",
    "处",
    "心",
    "办",
    "司",
    "联",
    "社",
    "法院",
    "检察院",
)


def split_issuers(listed: str) -> list[str]:
    """``工业和信息化部 财政部``, ``国务院、中央军委``, ``A等三部门`` or names run together: the names."""
    bare = AND_OTHERS.sub("", listed.strip())
    parts = re.split(r"[\s、,]+", bare)
    if not all(part.endswith(ORGAN_ENDS) for part in parts):
        parts = [joined(bare)]
    return [name for part in parts if part for name in run_together(part)]


def run_together(name: str) -> list[str]:
    """``工业和信息化部财政部``: two central agencies; a name that cannot be cut so stays one."""
    for cut in range(2, 0 if central(name) else len(name) - 1):
        if (
            name[:cut].endswith(ORGAN_ENDS)
            and central(name[:cut])
            and all(map(central, rest := run_together(name[cut:])))
        ):
            return [name[:cut], *rest]
    return [name]


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


def signature(outline: Outline, layout: Layout, body_end: int) -> tuple[date | None, list[str]]:
    """Date and names under the covering letter, else under the body."""
    for window in windows(outline, layout, body_end):
        for index in range(len(window) - 1, -1, -1):
            match = DATE_LINE.match(window[index].text)
            if match and len(window[index].text) < 45 and (day := parse_date(match[1])):
                return day, signers(window, index, match)
    return None, []


def windows(outline: Outline, layout: Layout, body_end: int) -> list[list[Line]]:
    """Lines where a signature can stand: under the letter before the plan, after the body, before its first item."""
    lines = layout.lines
    first = next((item.start for item in outline.items if item.start >= layout.plan_start), len(outline.view.text))
    after = [line for line in lines if line.start >= first and line.start >= body_end - 4000]
    letter = under_prose(line for line in lines if line.start < layout.plan_start)
    between = under_prose(line for line in lines if layout.plan_start < line.start < first)
    return [letter, after, between]


def under_prose(lines: Iterable[Line]) -> list[Line]:
    """The lines from the first addressees or paragraph on."""
    found = list(lines)
    prose = (index for index, line in enumerate(found) if line.text[-1] in "。:" and len(line.text) > 6)
    return found[next(prose, len(found)) :]


def signers(window: list[Line], index: int, match: re.Match[str]) -> list[str]:
    """Names on the date's own line and on the short lines above it."""
    own = window[index].text[: match.start(1)].strip()
    names = split_issuers(own) if own.endswith(ORGAN_ENDS) else []
    for line in reversed(window[max(0, index - 14) : index]):
        text = re.sub(r"\(.*\)$", "", line.text).strip()
        spread = joined(text)
        if len(text) > 60 or re.search(r"\d", text) or not spread.endswith(ORGAN_ENDS) or spread[-1] in "。;:,":
            if re.fullmatch(r"\(.{2,30}\)", line.text):
                continue
            break
        found = [spread] if all(len(part) < 3 for part in text.split()) else split_issuers(text)
        names = found + names
    return list(dict.fromkeys(names))


def bracketed_date(head: str, layout: Layout) -> date | None:
    """A date in brackets right under the title: (2025年5月6日)."""
    if layout.title is None:
        return None
    match = re.match(rf"\s*\([^()\n]{{0,20}}?({DATE_PATTERN})[^()\n]{{0,12}}\)", head[layout.title[1] :])
    return parse_date(match[1]) if match else None


def page_date(layout: Layout) -> date | None:
    """A date that begins a line near the top of the page, before the addressees and the first paragraph."""
    for line in layout.lines[:14]:
        if line.text[-1] in ":。;" and len(line.text) > 20 and not DATE.match(line.text):
            return None
        match = re.match(rf"(?:时间|日期)?:?\s*({DATE_PATTERN})(?:\s+\d{{1,2}}:\d{{2}}|\s*$|\s+来源)", line.text)
        if match and not line.text.startswith("("):
            return parse_date(match[1])
    return None


def asked_by(head: str) -> list[str]:
    """``我委起草…, 反馈市发展改革委``: the agency that asks for comments in its own name."""
    own = OURS.search(head)
    if own is None:
        return []
    match = re.search(
        rf"(?:反馈|报送|送|报|反馈至|反馈给|寄至)(?:至|给|到)?((?:(?!反馈|报送|形式)[^,。;:\s]){{2,20}}?{own[1]})(?:[,。;:\s(]|$)",
        head,
    )
    return [match[1]] if match else []


def region_of(names: list[str], layout: Layout, number: str | None, text: str) -> Region | None:
    """Region from issuers, title, number, addressees or, last, the places that the text names most."""
    table = regions()
    titles = [layout.notice or "", layout.title_text or ""]
    near = [found for name in (*names, *titles) if (found := region_at(name))]
    if near:
        return near[0]
    if any(central(name) for name in names):
        return None
    by_number = table.by_number_prefix(number) if number else ()
    salutation = next(
        (line.text for line in layout.lines if line.start >= layout.notice_end and line.text.endswith(":")), ""
    )
    addressed = [found for part in re.split("[、,:]", salutation) if (found := region_at(part.removeprefix("各")))]
    most = places(text[:20000])
    for region in by_number:
        if region in addressed or any(table.within(place.code, region.code) for place in most[:3]):
            return region
    if "各省" in salutation or (number and patterns()["central_number"].match(number)):
        return None
    return addressed[0] if addressed else (most[0] if most else None)


def central(name: str) -> bool:
    """Whether a name is that of a central agency."""
    office = OFFICE.match(name)
    agency = agency_resolver().resolve(office[1] if office else name, None, None)
    return agency is not None and agency.resolved and agency.level == "central"


def region_at(name: str) -> Region | None:
    """The region whose name begins ``name``: of today's names the longest, of namesakes the highest."""
    bare = re.sub(r"^(?:中共|共青团|国家税务总局|中国共产党|关于(?:转发|印发|发布)?《?|附件\d?:?|\d{4}年)", "", name)
    for length, found in regions().prefixes(bare):
        if found[0].level == "country":
            continue
        if length >= 3 or re.match(r"[市省州盟县区]|人民|经|高|开", bare[length:]) or found[0].level != "county":
            return found[0]
    return None


@cache
def place_names() -> tuple[frozenset[str], int]:
    """Own names of provinces, prefectures and counties, and the length of the longest."""
    table = regions()
    found = {table[code].name for code in table.codes() if table[code].level != "country"}
    return frozenset(found), max(map(len, found))


def places(text: str) -> list[Region]:
    """Regions that a text names in full (常德市), the most named first."""
    known, longest = place_names()
    tally: dict[str, int] = {}
    for match in PLACE_END.finditer(text):
        for start in range(max(0, match.end() - longest), match.start()):
            name = text[start : match.end()]
            if name in known:
                code = regions().find(name)[0].code
                tally[code] = tally.get(code, 0) + 1
                break
    if len(tally) > 1:  # one mention among several says nothing
        tally = {code: count for code, count in tally.items() if count > 1}
    ranked = sorted(tally, key=lambda code: (-tally[code], code))
    return [regions()[code] for code in ranked]


def full_names(names: list[str], region: Region | None, on: date | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Issuers by their official names where the tables settle them, and the ids of their agencies."""
    resolver = agency_resolver()
    full, ids = [], []
    for name in names:
        agency = resolver.resolve(name, region, on)
        official = resolver.canonical(agency) if agency else None
        if official is None and (office := OFFICE.match(name)):
            house = resolver.resolve(office[1], region, on)
            stem = resolver.canonical(house) if house else None
            official = stem + office[2] if stem else None
        full.append(official or name)
        ids.append(agency.id if agency else name)
    return tuple(full), tuple(ids)


def terms(text: str, facts: dict[str, date | None]) -> dict[str, date | None]:
    """Validity: 自…起施行, 有效期N年, and labels of the index header. The last statement of the text counts."""
    found = {"effective_on": facts.get("effective_on"), "expires_on": facts.get("expires_on")}
    starts = [match for match in START.finditer(text) if own_statement(text, match.start())]
    if starts and found["effective_on"] is None:
        match = starts[-1]
        found["effective_on"] = (
            parse_date(match["date"]) if match["date"] else facts.get("issued_on") or facts.get("published_on")
        )
    if found["expires_on"] is None:
        found["expires_on"] = end_of(text, found["effective_on"] or facts.get("issued_on"))
    return found


def own_statement(text: str, at: int) -> bool:
    """Whether 自…起施行 speaks of this document: no other one in 《》 is its subject."""
    sentence = text[max(text.rfind(mark, 0, at) for mark in "。;\n,") + 1 : at]
    return "《" not in sentence or "本" in sentence


def end_of(text: str, start: date | None) -> date | None:
    """The last day of validity that the text states."""
    last = None
    for match in TERM.finditer(text):
        if "《" in text[max(0, match.start() - 25) : match.start()] or re.search(
            r"(?:证|许可|合同|证书|资质|申报|补助)[^,。]{0,6}$", text[: match.start()][-10:]
        ):
            continue
        last = match
    if last is None:
        until = UNTIL.search(text)
        return parse_date(until[1]) if until and "本" in text[max(0, until.start() - 12) : until.start()] else None
    if last["until"]:
        return parse_date(last["until"])
    if start is None:
        return None
    years = int(last["years"]) if last["years"].isdigit() else chinese_number(last["years"].replace("两", "二"))
    return last_day(start, years) if 0 < years < 100 else None


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
    doc._.header = header_of(doc._.outline, doc._.layout, doc._.body_end)
    return doc
