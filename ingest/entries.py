"""Which numbers of a clause are figures of their own, and which words stand before and behind each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.metrics import FROM, RAISED, counted
from ingest.quantities import Quantity
from ingest.sentences import Clause
from ingest.wording import wording

SEPARATOR = re.compile("、|以及|和|及|与|并|或")
JOIN = re.compile(r"^\s*(?:、|以及|和|及|与|并|或|,)+\s*$")
ALTERNATIVE = re.compile(r"\s*(?:或|或者)\s*")
SIZE = re.compile(
    "(?:(?:总|计划|固定资产)?投资|(?:年|总)?产值|(?:主营业务|营业)收入|税收|纳税)?额?(?:达到?|超过?|过|在)?"
)
STEPPED = re.compile("的?(?:企业|项目|园区|开发区|集群|产业)数?量?(?:分别|各)")
JOINED = re.compile(r"\s*(?:\([^()]*\))?\s*(?:、|以及|和|及|与|并|或)")
WORD = re.compile(r"\w{2}")
OF = re.compile("^的(?!目标|水平|规模|要求|标准|总目标|速度|增速|增长|比例)")
FUND = re.compile(
    "(?:设立|组建|成立|发起|募集|打造|形成)(?:总规模|规模|总额|首期|首期规模)?(?:为|达到?|不低于|不少于|超过|约)?$"
)
CLASS = re.compile("^(?:级|量级|规模(?!以上|工业|企业|化))")


@dataclass(slots=True)
class Entry:
    """One figure: its words before (``left`` to the number) and behind (the number to ``right``)."""

    quantity: Quantity
    left: int
    right: int
    base: Quantity | None = None  # 由45%提高到60%: 45%


def entries(text: str, clause: Clause, found: list[Quantity]) -> tuple[list[Entry], list[Quantity]]:
    """The clause's own figures in order, and those that only describe (产值100亿元以上的企业)."""
    aside: list[Quantity] = []
    own: list[tuple[Quantity, Quantity | None]] = []
    left, base = clause.start, None
    for index, quantity in enumerate(found):
        last = index + 1 == len(found)
        gap = text[quantity.end : clause.end if last else found[index + 1].start]
        if not last and is_base(text, left, quantity, gap):
            base = quantity
        elif (
            describes(text, left, quantity, gap, last)
            or run_describes(text, found[index:], clause.end)
            or (own and sizes(text, own[-1][0], quantity, gap))
        ):
            aside.append(quantity)
        else:
            own.append((quantity, base))
            left, base = quantity.end, None
    result: list[Entry] = []
    left = clause.start
    for index, (quantity, base) in enumerate(own):
        last = index + 1 == len(own)
        right, following = cut(text, quantity.end, clause.end if last else own[index + 1][0].start, last)
        result.append(Entry(quantity, left, right, base))
        left = following
    return result, aside


def sizes(text: str, count: Quantity, quantity: Quantity, gap: str) -> bool:
    """Whether a number behind a count only says how large the counted are (引进2个10亿元以上项目, 1个投资20亿元以上项目)."""
    if not counted(count) or quantity.kind not in ("money", "foreign") or WORD.match(gap) is None:
        return False
    return SIZE.fullmatch(text, count.end, quantity.start) is not None


def run_describes(text: str, following: list[Quantity], end: int) -> bool:
    """Whether a number begins a list that describes as a whole (突破10亿元、50亿元、100亿元的)."""
    if counted(following[0]) or following[0].kind in ("share", "fraction"):
        return False
    if len(following) > 2 and ALTERNATIVE.fullmatch(text, following[0].end, following[1].start):
        gap = text[following[1].end : following[2].start]
        if counted(following[2]) and gap.strip() and not SEPARATOR.search(gap):
            return True
    for one, other in pairwise(following):
        if not JOIN.match(text[one.end : other.start] or "x"):
            stepped = one is not following[0] and counted(other) and STEPPED.match(text[one.end : end])
            return OF.match(text[one.end : end]) is not None or bool(stepped)
    return len(following) > 1 and OF.match(text[following[-1].end : end]) is not None


def is_base(text: str, left: int, quantity: Quantity, gap: str) -> bool:
    """Whether a number is where another starts from (由45%提高到60%)."""
    return RAISED.match(gap) is not None and FROM.search(text[left : quantity.start]) is not None


def verb_before(text: str, left: int, start: int) -> re.Match[str] | None:
    """The verb of commitment right before a number (建成, 重点引进和培养), words like 不少于 in between left out."""
    return wording().verbs.search(text, max(left, start - 30), start)


def describes(text: str, left: int, quantity: Quantity, gap: str, last: bool) -> bool:
    """Whether a number only describes the noun behind it."""
    before = text[left : quantity.start]
    if CLASS.match(gap):
        return True
    if wording().money_nouns.search(gap[:12]) and FUND.search(before):
        return False
    if not last and not gap.strip() and not counted(quantity) and quantity.kind not in ("share", "points"):
        return True
    if OF.match(gap):
        strong = wording().strong_reach.search(before) is not None
        if quantity.kind in ("share", "fraction"):
            return strong and len(before) > 3
        verb = verb_before(text, left, quantity.start) if counted(quantity) else None
        if verb and (not strong or verb["verb"] not in ("突破", "达到", "超过")):
            return False
        return not (counted(quantity) and not before.strip(" 、"))
    if not last and not SEPARATOR.search(gap) and gap.strip():
        follows = before.rstrip().endswith(("、", "和", "及", "与"))
        held = counted(quantity) and (follows or verb_before(text, left, quantity.start) is not None)
        return not held and quantity.kind not in ("cover", "double")
    return (
        quantity.kind == "rank"
        and last
        and bool(WORD.match(gap))
        and not gap.startswith(("并", "且", "力争", "以内", "行列", "方阵", "以上"))
    )


def cut(text: str, start: int, stop: int, last: bool) -> tuple[int, int]:
    """Where the words behind a number end, and where those before the next begin."""
    if last:
        return stop, stop
    gap = text[start:stop]
    head = JOINED.match(gap)
    if head:
        return start, start + head.end()
    marks = [
        match
        for match in SEPARATOR.finditer(gap)
        if gap.count("(", 0, match.start()) == gap.count(")", 0, match.start())
    ]
    if not marks:
        return stop, start
    chosen = next((mark for mark in reversed(marks) if mark.end() == len(gap.rstrip())), None)
    chosen = chosen or next((mark for mark in reversed(marks) if mark[0] == "、"), marks[-1])
    return start + chosen.start(), start + chosen.end()


def runs(text: str, found: list[Entry]) -> list[list[Entry]]:
    """Entries in groups: those with nothing but 、 or 和 between them belong together (分别达到30家、180家)."""
    groups: list[list[Entry]] = []
    for entry in found:
        if groups and JOIN.match(text[groups[-1][-1].quantity.end : entry.quantity.start] or "x"):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups
