"""What a number measures: the words before it (产值达到100亿元) or behind it (建成10家绿色工厂)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.quantities import Quantity, quantities
from ingest.records import Op
from ingest.scopes import Scope, scope_at
from ingest.wording import wording
from ingest.years import year_at

ASIDE = re.compile(r"[(\[](?=[^()\[\]]{0,60}(?::|单位|部门|负责|牵头|下同|以下))")
LONGEST = 200  # characters before a number that are read
LEAD = re.compile(
    r"(?:\s|、|累计|总计|合计|共计|分别|其中|同时|并且|并(?!购|网)|且|另外|此外|到(?=\d|20)|力争|争取|确保|努力|原则上|今后|每年度?|年内|末期?|底前?"
    r"|年底前?|前(?![\d一二三四五六七八九十百沿瞻])|内(?![资贸需河外设])|期间|时期|期末|[一二三四五六七八九十]是|左右|按照?(?!揭)|经过|实现|全面"
    r"|[\d一二两三四五六七八九十]+(?:[-~至][\d一二三四五六七八九十]+)?年(?:左右)?(?:的?时间|内|期间|后|(?=[引新累建培打实完招力]))"
    r"|基本(?![医养公建农药民])|[“\"]|[①-⑳]|\(\d+\)|以及|及|和|与|使(?!用)|将|要(?!素)|还|也|均(?!衡)|即|特别是|尤其是|总体上?|预计|预期|计划|年度|全年"
    r"|全部?(?=达到)|完成(?=[^率])|引导和?(?=\d)|用(?=\d|[一二三四五]))"
)

# what LEAD begins with, but for spaces and digits
LEAD_HEADS = frozenset(
    '、累总合共分其同并且另此到力争确努原今每年末底前内期一二两三四五六七八九十时左按经实全基“"①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳(以及和与使将要还也均即特尤预计完引用)'
)


DROPPED_TAIL = re.compile(
    r"(?:\s|\(含\)|:|力争|争取|确保|预计|总体|总计|合计|累计|分别|各自|各|(?<!平)均|平均|都|全部|全面|每年|稳步|进一步|(?<![主需重])要|(?<![供对相反适响])应|应当|须"
    r"|(?<![供必急内])需|将|可|不得|不|总数(?=达)|基本|持续|逐步|大幅|(?<![可])以|按|的速度|始终|长期|到20\d\d年|20\d\d年|(?<!\d)[\d一二三四五]年|目标|(?<![未外])来|规模(?=达)|了|“)$"
)


YEARLY_TAIL = re.compile(r"年均$|平均每年$|每年$|年平均$")


YEARLY_ENDS = "均年"  # last characters of YEARLY_TAIL
LONGEST_DROPPED = 10  # more than DROPPED_TAIL takes


COMPARED = re.compile(
    r"(?:比|较|相比|在)(?:上年|上一年|去年|\d{4}年|“?十[二三四]五(?!”?(?:期间|时期))”?|基期|现在|目前|当前|全[省市国]|规划)[^,;]{0,12}?$"
)


TIMES_OF = re.compile(r"(?:达到|达|是|为|到)?(?:20\d\d年|上年|“?十[二三四]五”?|目前|现在|现有)(?:底|末|水平|规模)?的$")


ADDED = re.compile(r"(?:新增|净增)$")


FROM = re.compile(r"(?:由|从)(?:20\d\d年|目前|现在|当前|上年|现有)?(?:底|末)?(?:的|是|约)?$")


RAISED = re.compile(
    r"^(?:左右)?\s?(?:分别)?(?:提高|提升|增加|上升|下降|降低|增长|减少|压缩|压减|缩短|扩大|发展|拓展|跃升|延长|降)(?:到|至|为)"
)


PART_OF = re.compile(r"(?:达到|占到?|提高到|相当于|达|不低于|不少于|(?<![不得])超过)(?P<of>[^,;达占]{2,14})的$")


SUMMING = re.compile(r"等(?P<all>\w{4,})$")
MERE = re.compile("(?:分别|各|均|都|要|应)+")


HANGING = re.compile("比重|比例|占比|总量|数量|规模|水平|覆盖率|天数|增速|总数|之比|增加值")


RANKED = re.compile(
    r"^(?P<before>.*?)(?:成功)?(?P<verb>进入|跻身|位居|位列|稳居|保持|迈入|挺进|升至|提升到|提升至|上升至|前移至|迈进|进到|进|居|列|保持在|稳定在)(?P<after>[^进]*)$"
)


NOUN_END = re.compile(r"(?:的?(?:目标|水平|规模|要求|任务|以上|左右|总目标))$")


NO_NOUN = re.compile(
    r"^的?(?:目标|水平|规模(?!以上|工业|企业)|要求|标准(?!厂房|地|化)|速度|比例|幅度|任务|大关|增速|增长|阶段性|台阶|关口|门槛|总量|左右|以上)|^[,;.。)\]>》”:的]*$|^(?:比|较|其中|并|且|列|居|位居|位列|跻身|进入|实现|达到(?!.{2,30}的)|占|并列|稳居|增长|为|均|的$)"
)


NEXT_VERB = re.compile(
    r"[、,](?=(?:完善|推进|加快|提升|建立健全|健全|优化|强化|加强|深化|促进|打造|建设|引进|形成|培育|开展|实现|支持|推动|引导|扩大))"
)


PREDICATE = re.compile(
    "(?:实现|完成|开展|达到|建成|建立|纳入|通过|进入|接入|应用|普及|配备|获得|参加|参与|享有|拥有|具备|推行|使用|上云|制定|公开|改造|覆盖|消除|入驻|实施|采用|建有|设立|符合|脱贫|脱|建|成为|创建|基本|全部|就业|办理|办结|进行)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What stands before a number: metric with its extent, the op of its last word, and what it says of time and change."""

    start: int
    end: int
    metric: str
    op: Op | None
    scope: Scope | None
    yearly: bool
    reached: bool  # a word like 达到 stands before the number
    changed: bool
    cumulative: bool


def lead_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """The word of LEAD that ``text[start:end]`` begins with."""
    first = text[start]
    return LEAD.match(text, start, end) if first in LEAD_HEADS or first.isspace() or first.isdecimal() else None


def without_lead(text: str, start: int, end: int) -> int:
    """Where ``text[start:end]`` begins once years and words like 力争, 其中, 每年 are left out."""
    while start < end:
        match = year_at(text, start, end) or lead_at(text, start, end)
        if not match or match.end() == start:
            return start
        start = match.end()
    return start


def subject(text: str, start: int, end: int) -> Subject:
    """Read the words before a number, ``text[start:end]``."""
    words = wording()
    start = max(start, end - LONGEST)
    tail = text[start:end]
    part = PART_OF.search(tail)
    share = ""
    if part:
        tail, share = tail[: part.start()], f"占{part['of']}比重"
    strong = part is not None or words.strong_reach.search(tail) is not None
    op: Op | None = None
    change, added, yearly, cumulative = "", "", False, "累计" in tail or "总" in tail[-6:]
    while tail:
        bare = tail.rstrip()
        last = bare[-1:]
        if last in YEARLY_ENDS and (match := YEARLY_TAIL.search(tail)):
            yearly = True
        elif last == "增" and (match := ADDED.search(tail)):
            added = match[0]
        elif not change and not op and last in words.change_ends and (match := words.change.search(tail)):
            change = match["change"]
            if change.startswith("年均"):
                yearly, change = True, change[2:]
        elif last in words.reach_ends and (match := words.reach.search(tail)):
            found = words.ops[match["reach"]]
            op = found if op in (None, ">=") else op
        else:
            match = COMPARED.search(tail) or (TIMES_OF.search(tail) if last == "的" else None)
            match = match or DROPPED_TAIL.search(tail, max(0, len(tail) - LONGEST_DROPPED))
        if not match or match.start() == match.end():
            break
        tail = tail[: match.start()]
    stop = start + len(tail)
    begin = without_lead(text, start, stop)
    scope = scope_at(text, begin, stop)
    metric_start = scope.end if scope and scope.end <= stop else begin
    if scope:
        while metric_start < stop and text[metric_start] in "的内中,、 " and not text.startswith("内设", metric_start):
            metric_start += 1
        metric_start = without_lead(text, metric_start, stop)
    metric_start, stop = balanced(text, metric_start, stop)
    metric = text[metric_start:stop].strip(" 、的:")
    if metric and scope and MERE.fullmatch(metric):
        metric = ""
    metric = added + metric + change + share if metric or change else added
    return Subject(metric_start, stop, metric, op, scope, yearly, strong, bool(change or added), cumulative)


def balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """An extent whose quotation marks are whole: one that is cut off is taken in, or left out."""
    words = text[start:end]
    if words.count("”") > words.count("“"):
        if start and text[start - 1] == "“":
            return start - 1, end
        return (start, end - 1) if words.endswith("”") else (start, end)
    if words.count("“") > words.count("”"):
        if text[end : end + 1] == "”":
            return start, end + 1
        return (start + 1, end) if words.startswith("“") else (start, end)
    return start, end


def shortened(metric: str, kind: str) -> str:
    """A long metric without what only describes it: the words up to its last 的, where enough stands behind."""
    metric = "".join(metric.split())
    if len(metric) > 30 and (summing := SUMMING.search(metric)):
        return summing["all"]
    if len(metric) > 14 and "的" in metric:
        head, _, tail = metric.rpartition("的")
        if len(tail) >= 4 and not HANGING.match(tail) and not next(quantities(head), None):
            verb = wording().dropped.match(metric)
            kept = metric[: verb.end()] if verb and verb.end() and verb.end() < len(head) else ""
            return (kept if wording().any_verb.match(kept) and kind == "verb" else "") + tail
    return metric.split("、")[0] if len(metric) > 30 else metric


def ranked(text: str, item: Subject) -> str:
    """The metric of a rank: 甲经开区进入全国经开区综合评价排名 → 全国经开区综合评价排名."""
    words = text[item.start : item.end]
    match = RANKED.match(words) or RANKED.match(text[item.start : item.end] + "")
    if not match:
        return item.metric
    before, after = match["before"].strip("、的"), match["after"].strip()
    if len(before) > 1 and not re.match(r"^(?:全[省市国]\w{0,2}|排名)$", before):
        return before
    return after or item.metric


def noun(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Extent of the words behind a number that name what is counted; None where nothing is named."""
    while start < end and text[start] in " 的":
        start += 1
    if start < end and text[start] in "([":
        start = behind_bracket(text, start, end)
    if aside := ASIDE.search(text, start, end):
        end = aside.start()
    stop = NEXT_VERB.search(text, start, end)
    end = stop.start() if stop else end
    piece = text[start:end]
    if len(piece.strip()) < 2 or NO_NOUN.match(piece):
        return None
    while end > start and text[end - 1] in " 、,等以并和及":
        end -= 1
    start, end = balanced(text, start, end)
    tail = NOUN_END.search(text[start:end])
    return (start, start + tail.start()) if tail and tail.start() > 1 else (start, end)


def behind_bracket(text: str, start: int, end: int) -> int:
    """Where the bracket that opens at ``start`` is closed, those inside it passed over; the end where it never is."""
    depth = 0
    for at in range(start, end):
        depth += (text[at] in "([") - (text[at] in ")]")
        if not depth:
            return at + 1
    return end


def counted(quantity: Quantity) -> bool:
    """Whether a quantity counts things."""
    return quantity.kind in ("count", "people", "freight")
