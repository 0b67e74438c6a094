"""Clauses that tie agencies to a task, and who does what by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from bench.made.agencies import Agencies, Named
from bench.made.forms import Chance, Values, forms

SIZES = {"lead": (1, 2), "support": (1, 4), "responsible": (1, 5)}  # agencies of a list that does not say how many
UNCLEAR = (
    "国家",
    "省",
    "市",
    "州",
    "县",
    "区",
    "旗",
    "盟",
)  # what would read as another level, were a name's own left out
Rows = list[tuple[Named, str]]


class Clause(NamedTuple):
    """A clause as it is written; ``place`` is where (see ``duties.yml``), ``rows`` are (agency, role) in order."""

    text: str
    place: str
    rows: Rows
    deadline: bool


class Lists:
    """The lists of one clause, in which no agency stands twice."""

    def __init__(self, chance: Chance, agencies: Agencies, elided: bool, prose: bool) -> None:
        self.chance, self.agencies, self.elided, self.prose = chance, agencies, elided, prose
        self.left = agencies.drawn(chance, 10)
        chance.shuffle(self.left)
        self.rows: Rows = []

    def slot(self, role: str, size: int) -> str:
        """A list in a role, as it is written. ``size`` 0: as many as such lists have."""
        exact = bool(size)
        size = size or self.chance.randint(*SIZES[role])
        names, self.left = self.left[:size], self.left[size:]
        names.sort(key=lambda each: not self.of_party(each))
        if self.chance.one_in(12) and not self.prose:
            names[-1] = self.agencies.unsettled(self.chance)
        text = self.said(names)
        if not exact and role != "lead" and not self.prose:
            text += self.more(names, role)
        self.rows += [(name, role) for name in names]
        return text

    def of_party(self, name: Named) -> bool:
        """Whether it is a body of the party (市委组织部)."""
        return name.text.startswith(self.agencies.place.mark + "委")

    def said(self, names: list[Named]) -> str:
        """The names in a list; where the style leaves it out, only the first has its level."""
        mark = self.agencies.place.mark
        unclear = any(name.text[len(mark) :].startswith(UNCLEAR) for name in names)
        elide = self.elided and not any(map(self.of_party, names)) and not unclear
        texts = [
            name.text[len(mark) :] if elide and at and name.text.startswith(mark) else name.text
            for at, name in enumerate(names)
        ]
        if len(names) > 2 and self.chance.one_in(25) and not elide:
            texts[-2:] = [f"{texts[-2]}〈{texts[-1]}〉"]
        return "、".join(texts)

    def more(self, names: list[Named], role: str) -> str:
        """What a list may end with: a collective agency, or vague ones."""
        if self.chance.one_in(3):
            whole = self.agencies.collective(self.chance)
            names.append(whole)
            return self.chance.choice("、、，" if role == "support" else "、") + whole.text
        return self.chance.choice(forms("duties")["vague"]) if self.chance.one_in(20) else ""


class Writer:
    """Writes the clauses of one document, in the few forms that one document has."""

    def __init__(self, chance: Chance, agencies: Agencies, values: Values, leads: bool) -> None:
        known = forms("duties")["clauses"]
        self.chance, self.agencies, self.leads = chance, agencies, leads
        self.values = {**values, "person": lambda: chance.choice(forms("duties")["persons"])}
        if leads:
            known = [
                form for form in known if form["text"] in ("（责任单位：{responsible}）", "（责任部门：{responsible}）")
            ]
        self.forms = [chance.weighted(known) for _ in range(chance.randint(1, 3))]
        self.elided = chance.one_in(2)

    def clause(self, prose: bool = True) -> Clause:
        """A clause in one of the document's forms; not in running prose unless ``prose``."""
        form = self.chance.choice(self.forms)
        while not prose and form["place"] == "prose":
            form = self.chance.weighted(forms("duties")["clauses"])
        return self.written(form)

    def written(self, form: dict[str, Any]) -> Clause:
        """A clause in a form."""
        lists = self.lists(form["place"] == "prose")
        text = self.chance.fill(form["text"], {**self.values, **self.slots(lists)})
        rows = lists.rows
        if self.leads and form["place"] != "prose" and rows[0][1] == "responsible":
            rows[0] = (rows[0][0], "lead")
        return Clause(text, form["place"], rows, bool(form.get("deadline")))

    def lists(self, prose: bool = False) -> Lists:
        """New lists in the document's style."""
        return Lists(self.chance, self.agencies, self.elided, prose)

    def slots(self, lists: Lists) -> dict[str, Callable[[], str]]:
        """``lead``, ``lead:1`` … of a form, filled from ``lists``."""

        def filled(role: str, size: int) -> Callable[[], str]:
            return lambda: lists.slot(role, size)

        return {f"{role}:{size}" if size else role: filled(role, size) for role in SIZES for size in range(4)}
