"""Duties in running prose: 由A牵头, A会同B负责, A负责 …, A配合. What only exhorts (A要加强 …) is none."""

from __future__ import annotations

import re
from datetime import date

from ingest.agencies import Mention, restore_levels, tokens
from ingest.duties import Clause, Duty
from ingest.records import Region, Role
from ingest.resolve import agency_resolver

SENTENCE = re.compile(r"[^。;\n]+")
MODAL = (
    "(?:要|予以|给予|分别|应当|应|须|需|继续|切实|统一|统筹|共同|具体|主要|充分|积极|密切|大力|协同|做好|发挥|履行|认真"
    "|全面|好|其|将|组织)*"
)
VERB = (
    "负责牵头|牵头(?!单位|部门|人|作用|责任)|负责会同|会同|负责(?!人|同志|单位|部门|解释)"
    "|(?<!相互)(?<!协调)(?<!协作)(?<!协同)(?<!沟通)(?<!衔接)配合(?!单位|部门|度)"
    "|(?<!加强)(?<!相互)(?:参与|参加|协助)(?=[,;。\\n]|\\Z|推进|落实|实施|做好)"
)
NAME = r"(?:[^,:()<>]|\([^()]{0,60}\))"
MARK = r"(?:第\s?[一二三四五六七八九十百零〇\d]+\s?条|\(?[一二三四五六七八九十\d]{1,3}[)、.]+|[一二三四五六七八九十]是|[①-⑳]|-+)"
SUBJECT = re.compile(
    rf"(?:\A|(?<=[,:由。;\n.]))\s*(?:{MARK}\s*)?(?P<names>{NAME}{{0,60}}?)(?:等(?:有关|相关)?(?:部门|单位)?)?(?:按照?(?:各自)?(?:职责|职能)(?:分工)?)?(?::\s*)?{MODAL}(?P<verb>{VERB})"
)
BESIDE = ("参与", "参加", "协助")  # these tie an agency to a task only beside one that leads it
VERB_HINT = re.compile("牵头|会同|负责|配合")  # in every sentence in which one of VERB counts
PAST = re.compile("已经|已[由将于对在]|近期|此前|去年|[立定成台]了")
# names that no table knows and that are agencies nevertheless: a level with an organ, a body set up for the work
OFFICE = re.compile(
    r"[省市县区州](?!级|直|场|域)[^等]{1,9}(?:局|委|办|中心|公司|厅)$"
    r"|(?:领导小组|指挥部|联席会议|工作专班)办公室$"
    r"|[省市县区州].{2,24}(?:领导小组|指挥部|工作专班|联席会议)(?:办公室)?$"
    r"|[省市县区州](?!级|直|场|域)[^有相各定或等]{2,10}部门$"
)
ITS_PARTS = re.compile(  # 会同市政府有关部门
    "(?:(?<=政府)[^、]{0,14}|(?:的|各|有关|相关|其他|其它|所属|职能)+[^、]{0,4})(?:部门|单位|机构)"
)
OBJECT = re.compile(r"[^,。;:()]{2,60}")
ROLES: dict[str, Role] = {
    "牵头": "lead",
    "负责牵头": "lead",
    "会同": "lead",
    "负责会同": "lead",
    "配合": "support",
    "参与": "support",
    "参加": "support",
    "协助": "support",
    "负责": "responsible",
}


def prose_clauses(text: str, start: int, end: int, region: Region | None, on: date | None) -> list[Clause]:
    """Clauses in the sentences of ``text[start:end]``. Only names that are surely agencies count."""
    found = []
    for sentence in SENTENCE.finditer(text, start, end):
        duties = sentence_duties(text, *sentence.span(), region, on)
        if duties:
            mentions = restore_levels([duty.mention for duty in duties])
            numbered = tuple(
                Duty(mention, duty.role, place)
                for place, (duty, mention) in enumerate(zip(duties, mentions, strict=True), 1)
            )
            begin, stop = sentence.span()
            while text[begin].isspace():
                begin += 1
            found.append(Clause(begin, stop, numbered))
    return found


def title_clause(text: str, title: tuple[int, int], region: Region | None, on: date | None) -> list[Clause]:
    """``1.市甲局:负责 …``: an item named by the agencies that it charges."""
    start, end = title
    if text[end : end + 1] != ":":
        return []
    names = settled(tokens(text, start, end), region, on)
    duties = tuple(Duty(mention, "responsible", place) for place, mention in enumerate(restore_levels(names), 1))
    return [Clause(start, end, duties)] if duties else []


def sentence_duties(text: str, start: int, end: int, region: Region | None, on: date | None) -> list[Duty]:
    """The duties of one sentence, in order; their levels are not restored."""
    if not VERB_HINT.search(text, start, end) or PAST.search(text, start, end):
        return []
    duties: list[Duty] = []
    for match in SUBJECT.finditer(text, start, end):
        if match["verb"] in BESIDE and not duties:
            continue
        begin, stop = match.span("names")
        begin = max(begin, text.rfind("由", begin, stop) + 1)
        verb = match["verb"]
        names = settled(restore_levels(tokens(text, begin, stop)), region, on)
        duties += [Duty(mention, ROLES[verb], 0) for mention in names]
        goes_on = bool(duties) and not text[begin:stop].strip()
        if verb.endswith("会同") and (names or goes_on):
            beside = OBJECT.match(text, match.end(), end)
            if beside:
                duties += [Duty(mention, "support", 0) for mention in objects(text, *beside.span(), region, on)]
    return duties


def objects(text: str, start: int, end: int, region: Region | None, on: date | None) -> list[Mention]:
    """The agencies after 会同: those of a list that runs into the sentence's own verb."""
    found: list[Mention] = []
    for mention in tokens(text, start, end):
        cuts = range(len(mention.name), 1, -1)
        whole = [cut for cut in cuts if not mention.name.startswith("门", cut)]  # 财政部门 is not 财政部
        stop = next((cut for cut in whole if known(mention.name[:cut], region, on)), None)
        stop = stop or next((cut for cut in cuts if OFFICE.match(mention.name[:cut])), None)
        if stop is None:
            break
        if ITS_PARTS.match(mention.name, stop):
            continue
        found.append(Mention(mention.name[:stop], mention.start, mention.end - len(mention.name) + stop))
    return found


def settled(mentions: list[Mention], region: Region | None, on: date | None) -> list[Mention]:
    """The mentions that are agencies, vague ones left out; none of them where one is not known."""
    resolver = agency_resolver()
    named = [mention for mention in mentions if resolver.resolve(mention.name, region, on) is not None]
    return named if all(known(mention.name, region, on) or OFFICE.match(mention.name) for mention in named) else []


def known(name: str, region: Region | None, on: date | None) -> bool:
    """Whether the tables settle a name, or it is a collective one."""
    agency = agency_resolver().resolve(name, region, on)
    return agency is not None and (agency.resolved or agency.collective)
