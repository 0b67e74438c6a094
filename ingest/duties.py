"""Clauses that tie agencies to tasks: (责任单位:A、B), (A牵头,B配合), 牵头单位:A, 由A牵头 …

A clause is read in two steps: labels (牵头单位:) cut it into lists with a role, and inside a list the verbs
(牵头, 会同, 负责, 配合) give the role of the names before or after them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from ingest.agencies import Mention, agency_like, level_of, restore_levels, tokens
from ingest.records import Role
from ingest.tables import load_yaml

LONGEST = 700  # characters of a clause
NO_NAME = re.compile(r"\d{4}年|\d+月|[:!?…]")


@dataclass(frozen=True, slots=True)
class Duty:
    """One agency in a clause, with its role and its place in the clause (1 is the first named)."""

    mention: Mention
    role: Role
    position: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in the view: its extent, with its brackets, and what it says. ``stated``: it names a leader."""

    start: int
    end: int
    duties: tuple[Duty, ...]


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The compiled patterns of ``duties.yml`` that concern clauses."""
    table = load_yaml("duties.yml")
    label = {role: "|".join(sorted(words, key=len, reverse=True)) for role, words in table["labels"].items()}
    labels = "|".join(f"(?P<{role}>{words})" for role, words in label.items())
    verbs = "|".join(f"(?P<{role}>{verb})" for role, verb in table["verbs"].items())
    long_labels = "|".join(
        word for words in table["labels"].values() for word in sorted(words, key=len, reverse=True) if len(word) > 3
    )
    return {
        "label": re.compile(
            rf"(?:[省市县区州](?:级|直|直各)|自治区级?)?(?:{labels})(?:名称|列表)?(?:\([^()]{{1,20}}\))?(?:\s*:\s*|为(?=[省市县区州各国])|(?<=[位门])\s+(?=[省市县区州各国]))"
        ),
        "line": re.compile(
            rf"(?:{long_labels})(?:\([^()]{{1,20}}\))?(?:\s*:\s*|为(?=[省市县区州各国])|(?<=[位门])\s+(?=[省市县区州各国]))"
        ),
        "verb": re.compile(verbs),
        "quick": re.compile(table["hints"]["clause"]),
        "verb_hint": re.compile(table["hints"]["verb"]),
        "first_leads_hint": re.compile(table["hints"]["first_leads"]),
        "first_leads": re.compile(table["first_leads"]),
        "star": re.compile(table["starred"] + "$"),
        "star_leads": re.compile(table["star_leads"]),
        "noted": re.compile(rf"[(<\[](?:{'|'.join(table['notes']['lead'])})[)>\]]"),
        "bracket": re.compile(r"[()\[\]]"),
        "aside": re.compile(f"{table['asides']['pattern']}|{table['star_leads']}|{table['first_leads']}"),
        "time": re.compile(table["times"]["pattern"]),
        "before_bare": re.compile(r"[。;!?\n]\s*$"),
    }


def first_named_leads(text: str) -> bool:
    """Whether the document says that the first one named leads (排在第一位的部门为牵头部门)."""
    known = patterns()
    return known["first_leads_hint"].search(text) is not None and known["first_leads"].search(text) is not None


def clauses_of(text: str) -> list[Clause]:
    """Every clause of the view, in order; neighbours with nothing between them are one."""
    groups = brackets(text)
    found = [clause for start, end in groups if (clause := bracketed(text, start, end))]
    found += lines(text, groups)
    found.sort(key=lambda clause: clause.start)
    return numbered(starred(text, merged(text, found)), first_named_leads(text))


def brackets(text: str) -> list[tuple[int, int]]:
    """Extents of outermost brackets; one that is never closed ends with its line."""
    found, depth, start = [], 0, 0
    for match in patterns()["bracket"].finditer(text):
        at = match.start()
        if depth and (at - start > LONGEST or "\n\n" in text[start:at]):
            line_end = text.find("\n", start)
            if 0 <= line_end < at:
                found.append((start, line_end))
            depth = 0
        if match[0] in "([":
            start = at if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((start, at + 1))
    return found


def bracketed(text: str, start: int, end: int) -> Clause | None:
    """A clause in brackets, or None for brackets that say something else."""
    inner_end = end - 1 if text[end - 1] in ")]" else end
    if inner_end - start < 4:
        return None
    duties = read(text, start + 1, inner_end, None) if patterns()["quick"].search(text, start, end) else []
    duties = duties or bare_list(text, start, inner_end)
    return Clause(start, end, tuple(duties)) if duties else None


def bare_list(text: str, start: int, inner_end: int) -> list[Duty]:
    """Agencies alone in brackets behind a full stop, ``。(市甲局、乙局)``: a plain list, if all are agencies."""
    if not patterns()["before_bare"].search(text, max(0, start - 4), start) or inner_end - start > 200:
        return []
    found = tokens(text, start + 1, before_aside(text, start + 1, inner_end))
    good = [mention for mention in found if agency_like(mention.name)]
    if found and 3 * len(good) >= 2 * len(found) and said_level(found[0].name):
        return [Duty(mention, "responsible", 0) for mention in good]
    return []


def said_level(name: str) -> bool:
    """Whether a name begins with its level or is a collective one: 市甲局, 各区政府."""
    return bool(level_of(name)) or name.startswith("各")


def lines(text: str, groups: list[tuple[int, int]]) -> list[Clause]:
    """Clauses without brackets: a label at the head of a line or a sentence, up to the line's end."""
    found: list[Clause] = []
    position = 0
    for match in patterns()["line"].finditer(text):
        if match.start() < position or not heads_line(text, match.start()):
            continue
        if any(start < match.start() < end for start, end in groups):
            continue
        stop = text.find("\n", match.end())
        stop = len(text) if stop < 0 else stop
        stop = min(stop, match.start() + LONGEST)
        duties = read(text, match.start(), stop, None)
        if duties:
            last = max(duty.mention.end for duty in duties)
            found.append(Clause(match.start(), stop if stop - last < 40 else last, tuple(duties)))
            position = found[-1].end
    return found


def heads_line(text: str, at: int) -> bool:
    """Whether a label stands at the head of a line, a sentence or a cell."""
    return at == 0 or text[at - 1] in "\n。;,)]\t ①②③④⑤⑥⑦⑧⑨⑩"


def read(text: str, start: int, end: int, default: Role | None) -> list[Duty]:
    """The duties in ``text[start:end]``. ``default`` is the role of a list that neither label nor verb gives one."""
    marks = list(patterns()["label"].finditer(text, start, end))
    duties: list[Duty] = []
    beside: list[Duty] = []  # a list that neither verb nor label is for, before a label that takes one out of it
    first = marks[0].start() if marks else end
    if first > start and patterns()["noted"].search(text, start, first):
        default = default or "responsible"
    if first > start and (default is not None or patterns()["verb"].search(text, start, first)):
        duties += by_verbs(text, start, first, default)
    elif marks and first > start:
        listed = restore_levels(tokens(text, start, first))
        whole = bool(listed) and said_level(listed[0].name) and all(agency_like(mention.name) for mention in listed)
        beside = [Duty(mention, "responsible", 0) for mention in listed if whole]
    for index, mark in enumerate(marks):
        role = mark.lastgroup
        stop = marks[index + 1].start() if index + 1 < len(marks) else end
        if role in ("lead", "support", "responsible"):
            duties += by_verbs(text, mark.end(), stop, role)  # type: ignore[arg-type]
    leaders = {duty.mention.name for duty in duties if duty.role == "lead"}
    return [duty for duty in beside if duty.mention.name not in leaders] + duties


def by_verbs(text: str, start: int, end: int, default: Role | None) -> list[Duty]:
    """Names with the roles of the verbs around them; ``default`` for names that no verb follows."""
    duties: list[Duty] = []
    position, previous = start, None
    for verb in (
        patterns()["verb"].finditer(text, start, end) if patterns()["verb_hint"].search(text, start, end) else ()
    ):
        if verb.end() == verb.start():
            continue
        kind = verb.lastgroup
        before = names(text, position, verb.start(), default is not None)
        if before or kind == "with":
            duties += [Duty(mention, role_before(kind, previous, default), 0) for mention in before]
            previous = kind
        elif default is None and not duties:
            return []
        position = verb.end()
    rest = names(text, position, end, default is not None) if default or previous else []
    return duties + [Duty(mention, role_after(previous, default), 0) for mention in rest]


def role_after(previous: str | None, default: Role | None) -> Role:
    """Role of the names that no verb follows: 会同's object, the rest of a list, or what its label says."""
    if previous == "with" or (previous == "support" and default is None):
        return "support"
    return default or "responsible"


def role_before(kind: str | None, previous: str | None, default: Role | None) -> Role:
    """Role of the names in front of a verb."""
    if kind in ("lead", "with"):
        return "lead"
    if kind == "support" or previous == "with":
        return "support"
    return default if default == "lead" else "responsible"


def names(text: str, start: int, end: int, labelled: bool) -> list[Mention]:
    """Names of a list. After a label all that is no prose counts; before a bare verb only what ends as agencies do."""
    found: list[Mention] = []
    for mention in tokens(text, start, before_aside(text, start, end)):
        if prose(mention.name, labelled):
            if labelled and found:
                break
            continue
        found.append(mention)
    return found


def before_aside(text: str, start: int, end: int) -> int:
    """Where a list ends before a remark on the lists (下同, 以下均需各地落实)."""
    aside = patterns()["aside"].search(text, start, end)
    if aside is None:
        return end
    cut = max(text.rfind(mark, start, aside.start() + 1) for mark in ",;。(")
    return cut if cut >= start else start


def prose(name: str, labelled: bool) -> bool:
    """Whether a piece of a list is no name."""
    if len(name) > 40 or NO_NAME.search(name) or patterns()["time"].match(name):
        return True
    if labelled:
        return not agency_like(name) and len(name) > 16
    return not agency_like(name)


def merged(text: str, found: list[Clause]) -> list[Clause]:
    """Clauses with nothing but spaces and stops between them are one: (牵头单位:A)(配合单位:B)."""
    result: list[Clause] = []
    for clause in found:
        if result and not text[result[-1].end : clause.start].strip(" \n\t。;,、"):
            last = result.pop()
            clause = Clause(last.start, clause.end, last.duties + clause.duties)
        result.append(clause)
    return result


def starred(text: str, found: list[Clause]) -> list[Clause]:
    """Clauses with a sign behind a name read: it leads, where the document says so of the sign (标*的为牵头单位)."""
    known = patterns()
    if known["first_leads_hint"].search(text) is None or known["star_leads"].search(text) is None:
        return found

    def led(duty: Duty) -> Duty:
        name, end = duty.mention.name, duty.mention.end
        bare = known["star"].sub("", name)
        if bare == name and known["star"].match(text, end) is None:
            return duty
        return replace(duty, mention=replace(duty.mention, name=bare, end=end - len(name) + len(bare), role="lead"))

    return [replace(clause, duties=tuple(map(led, clause.duties))) for clause in found]


def numbered(found: list[Clause], first_leads: bool) -> list[Clause]:
    """Places in the clause, a note's role, and the document's rule that the first one named leads."""
    result = []
    for clause in found:
        duties: list[Duty] = []
        mentions = restore_levels([duty.mention for duty in clause.duties])
        for place, (duty, mention) in enumerate(zip(clause.duties, mentions, strict=True), 1):
            role: Role = mention.role or duty.role  # type: ignore[assignment]
            if first_leads and place == 1 and role == "responsible":
                role = "lead"
            duties.append(Duty(mention, role, place))
        result.append(Clause(clause.start, clause.end, tuple(duties)))
    return result


@Language.component("duties", requires=["doc._.view"], assigns=["doc._.clauses"])
def duties(doc: Doc) -> Doc:
    """Set every clause that ties agencies to something."""
    doc._.clauses = clauses_of(doc._.view.text)
    return doc
