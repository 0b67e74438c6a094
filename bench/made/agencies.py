"""What agencies are called in a place in a month, and what their full names are: the agency tables, read here anew."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from bench.made.forms import Chance, forms
from bench.made.places import Place, rows

LETTERS = {"province": "p", "prefecture": "c", "county": "x"}
ENDS = "局委厅办部室会队"  # of names that a list has; others (国税) are said, not written
TABLES = ("government", "party", "people", "vertical")


class Named(NamedTuple):
    """An agency as a text names it: ``text`` stands in the list, ``agency`` is that with its level, brackets dropped."""

    text: str
    agency: str
    canonical: str | None


class Row(NamedTuple):
    """A row of the agency tables; ``forms`` are the usual names that are sure."""

    function: str
    name: str
    since: str
    until: str
    forms: tuple[str, ...]

    def holds(self, month: str) -> bool:
        """Whether the name was in use in a month (YYYY-MM)."""
        return self.since <= month and (not self.until or month < self.until)


@cache
def table(letter: str) -> tuple[Row, ...]:
    """All rows of a level; the name's own ending counts among its forms."""
    found = []
    for name in TABLES:
        for row in rows(f"agencies/{name}.csv"):
            if letter in row["levels"]:
                usual = tuple(form for form in row["forms"].split(";") if form and form[-1] in ENDS and "{" not in form)
                unsure = tuple(form[:-1] for form in row["forms"].split(";") if form.endswith("?"))
                found.append(
                    Row(row["function"], row["name"], row["since"], row["until"], usual + unsure * (not row["name"]))
                )
    return tuple(found)


@cache
def clear(letter: str, month: str) -> dict[str, tuple[tuple[Row, tuple[str, ...]], ...]]:
    """Function to the rows that hold in a month, each with the forms that mean no other row then."""
    holding = [row for row in table(letter) if row.holds(month)]
    meant: dict[str, int] = {}
    for row in holding:
        for form in {*row.forms, row.name}:
            meant[form] = meant.get(form, 0) + 1
    found: dict[str, list[tuple[Row, tuple[str, ...]]]] = {}
    for row in holding:
        sure = tuple(
            form for form in row.forms if meant[form] == 1 and form.startswith("委") == ("{party}" in row.name)
        )
        if row.name and sure:
            found.setdefault(row.function, []).append((row, sure))
    return {function: tuple(each) for function, each in found.items()}


@cache
def settled_otherwise() -> frozenset[tuple[str, str]]:
    """(region, form) that the table of exceptions settles in its own way."""
    return frozenset(
        (row["region"], form) for row in rows("agencies/overrides.csv") for form in row["forms"].split(";")
    )


def full_name(template: str, place: Place) -> str:
    """A template of the tables with a place's names in it."""
    names = {
        "{party}": f"中共{place.said}委",
        "{short}": place.short,
        "{parent}": (*place.above, "")[0],
        "{}": place.said,
    }
    filled = template
    for slot, name in names.items():
        filled = filled.replace(slot, name)
    return filled if "{" in template else place.said + filled


class Agencies:
    """The agencies of one place in one month. A place keeps what it calls them until a reform."""

    def __init__(self, place: Place, month: str, seed: str) -> None:
        self.place, self.month, self.seed = place, month, seed
        known = clear(LETTERS[place.level], month)
        weights = forms("agencies")["functions"]
        self.weights = {function: weight for function, weight in weights.items() if function in known}

    def drawn(self, chance: Chance, count: int) -> list[Named]:
        """``count`` different agencies: party bodies first, as protocol wants."""
        functions = list(self.weights)
        chosen: list[str] = []
        while len(chosen) < count:
            function = chance.choices(functions, list(self.weights.values()))[0]
            if function not in chosen:
                chosen.append(function)
        found = [self.named(function, chance) for function in chosen]
        return sorted(found, key=lambda each: not each.text.startswith(f"{self.place.mark}委"))

    def named(self, function: str, chance: Chance) -> Named:
        """An agency under one of its usual names, or its own."""
        known = clear(LETTERS[self.place.level], self.month)[function]
        habit = Chance(f"{self.seed} {self.place.code} {function}")
        row, usual = known[0] if habit.random() < 0.85 else habit.choice(known)
        form = chance.choice((*usual[:2], usual[0]))
        text = self.place.mark + form
        exception = any((region, form) in settled_otherwise() for region in (self.place.name, *self.place.above))
        return Named(text, text, None if exception else full_name(row.name, self.place))

    def unsettled(self, chance: Chance) -> Named:
        """An agency whose full name no table settles."""
        text = chance.fill(
            chance.choice(forms("agencies")["unsettled"]), {"level": self.place.mark, "short": self.place.short}
        )
        return Named(text, text, None)

    def collective(self, chance: Chance) -> Named:
        """All of a kind in one row."""
        known = forms("duties")
        if self.place.level == "county":
            text = chance.choice(known["counties"])
            return Named(text, text, None)
        row = chance.choice(known["collective"])
        return Named(row["text"], row.get("agency", row["text"]), None)
