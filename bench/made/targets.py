"""Sentences that commit to quantities, and the targets they hold."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from bench.made.forms import Chance, Values, forms
from bench.made.gold import Row

VALUE = re.compile(r"\{(\w+)@(\w+)\}")


class Number(NamedTuple):
    """A value that was drawn, with its unit."""

    value: float
    unit: str | None

    @property
    def digits(self) -> str:
        """The value as it is written."""
        return f"{self.value:g}"

    def __str__(self) -> str:
        return self.digits + (self.unit or "")


class Written(NamedTuple):
    """A sentence and its targets, whose path its place will give."""

    text: str
    rows: list[Row]


class Writer:
    """Writes the target sentences of one document."""

    def __init__(self, chance: Chance, values: Values, parks: list[str], year: int) -> None:
        self.chance, self.values, self.parks, self.year = chance, values, parks, year
        self.last = year + chance.randint(1, 4)

    def sentence(self, dated: bool = False) -> Written:
        """A sentence; ``dated``: every target of it has a year."""
        return self.single(dated) if self.chance.one_in(2.5) else self.listed(dated)

    def single(self, dated: bool) -> Written:
        """A sentence of one of the forms that are more than a list of clauses."""
        form = self.chance.weighted(
            [form for form in forms("targets")["sentences"] if not (dated and form.get("dated"))]
        )
        when, year = self.when(dated)
        scope = self.scope()
        early = self.chance.randint(self.year, self.last - 1)
        values = {
            **self.values,
            "when": when,
            "scope": scope or "",
            "park1": self.parks[0],
            "park2": self.parks[1],
            "y1": early,
            "y2": self.last,
            "y0": self.year - 1,
        }
        text, rows = self.written(form, values)
        for row in rows:
            given = row["year"]
            row["year"] = values[given] if given in values else None if form.get("dated") else year
            if row["scope"] is Ellipsis:
                row["scope"] = scope if "{scope}" in form["text"] else None
        return Written(text, rows)

    def listed(self, dated: bool) -> Written:
        """A sentence with a year, whom it binds and several clauses."""
        when, year = self.when(dated)
        scope = self.scope()
        text, rows = when + (scope or ""), []
        known = forms("targets")["clauses"]
        count = self.chance.randint(1, 4)
        seen: set[str] = set()
        for at in range(count):
            form = self.chance.weighted([form for form in known if at == count - 1 or not form.get("last")])
            piece, found = self.written(form, self.values)
            if found[0]["metric"] in seen:
                continue
            seen.add(found[0]["metric"])
            rows += [{**row, "year": year, "scope": scope} for row in found]
            text += (self.chance.choice("，，，；") if at else "") + piece
        return Written(text + "。", rows)

    def when(self, dated: bool) -> tuple[str, int | None]:
        """The words that give the year, and the year."""
        if not dated and self.chance.one_in(4):
            return "", None
        known = [form for form in forms("targets")["when"] if form.get("year", self.year) >= self.year]
        form = self.chance.weighted([form for form in known if form.get("year", self.year) <= self.year + 5])
        year = form.get("year") or (self.last if self.chance.one_in(1.5) else self.chance.randint(self.year, self.last))
        return self.chance.fill(form["text"], {"year": year}), year

    def scope(self) -> str | None:
        """Whom a sentence binds."""
        return (
            None
            if self.chance.one_in(2)
            else self.chance.fill(self.chance.choice(forms("targets")["scopes"]), self.values)
        )

    def written(self, form: dict[str, Any], values: Values) -> tuple[str, list[Row]]:
        """A form with its values drawn: its text and its rows."""
        drawn = self.drawn(form.get("draw", {}))
        filled: dict[str, Any] = dict(values)
        for name, each in drawn.items():
            filled[name] = each["name"] if isinstance(each, dict) else str(each)
            if isinstance(each, Number):
                filled[f"{name}.number"] = each.digits
            if isinstance(each, list):
                filled |= {f"{name}.{at}": part for at, part in enumerate(each)}
        ops: dict[str, str] = {}

        def reached(match: re.Match[str]) -> str:
            reach = self.chance.choice(forms("targets")["reach"][match[2]])
            ops[match[1]] = reach["op"]
            return f"{reach['at']}{drawn[match[1]]}{reach.get('end', '')}"

        text = self.chance.fill(VALUE.sub(reached, form["text"]), filled)
        return text, [self.row(row, drawn, ops, filled) for row in form["rows"]]

    def row(self, form: Row, drawn: dict[str, Any], ops: dict[str, str], filled: dict[str, Any]) -> Row:
        """A target of a form."""
        value, most = drawn.get(form["value"]), drawn.get(form.get("value_max"))
        scope = form.get("scope", Ellipsis)
        return {
            "metric": self.chance.fill(form["metric"], filled),
            "scope": self.chance.fill(scope, filled) if isinstance(scope, str) else scope,
            "op": form.get("op") or ops[form["value"]],
            "value": value.value if value else form["value"],
            "value_max": most.value if most else None,
            "unit": form["unit"] if "unit" in form or not value else value.unit,
            "year": form.get("year"),
            "per_year": form.get("per_year", False),
            "baseline": self.chance.fill(form["baseline"], filled) if "baseline" in form else None,
        }

    def drawn(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """What a form draws: entries of lists, numbers."""
        found: dict[str, Any] = {}
        for name, want in wanted.items():
            if isinstance(want, str):
                known = forms("targets")["lists"].get(want) or forms("targets")["verbs"][want]
                left = [each for each in known if each not in found.values()]
                entry = self.chance.choice(left)
                found[name] = entry
            else:
                found[name] = self.number(want, found)
        return found

    def number(self, want: dict[str, Any], found: dict[str, Any]) -> Number:
        """A number of a range, above or below another one where ``over`` or ``under`` names it."""
        entry = found[want["of"]] if "of" in want else want
        unit = found["m"]["unit"] if entry.get("unit") == "of m" else entry["unit"]
        low, high, step = entry["from"], entry["to"], entry["step"]
        if "over" in want:
            low = found[want["over"]].value + step
            high = max(high, low + 3 * step)
        if unit == "%":  # 100 % is another thing than a share
            high = min(high, 99)
            low = min(low, high)
        if "under" in want:
            high = max(low, found[want["under"]].value - step)
        return Number(round(low + step * self.chance.randint(0, round((high - low) / step)), 4), unit)
