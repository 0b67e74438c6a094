"""Sentences that cite other documents: as a ground, as something replaced, or otherwise."""

from __future__ import annotations

from collections.abc import Callable

from bench.made.forms import Chance, Values, forms
from bench.made.gold import Gold
from bench.made.identity import Identity
from bench.made.places import place


class Citations:
    """Writes what one document cites, and keeps it as gold."""

    def __init__(self, chance: Chance, own: Identity, gold: Gold, values: Values) -> None:
        self.chance, self.own, self.gold = chance, own, gold
        self.values = {**values, "form": own.form["form"]}

    def preamble(self) -> str:
        """为…，根据《…》精神，结合…，制定本方案。"""
        known = forms("citations")
        some = [self.some() for _ in range(self.chance.choice((0, 1, 1, 1, 2)))]
        cited = {number: (title, number) for title, number in some}
        ground = self.said(known["based_on"], list(cited.values()), "based_on") if cited else ""
        parts = [self.one(known["purpose"]), ground, self.one(known["local"]), self.one(known["made"])]
        return "".join(parts)

    def in_passing(self) -> str:
        """A sentence that cites a document without building on it; empty where all that it knows are cited."""
        cited = self.above()
        return self.said(forms("citations")["cites"], [cited], "cites") if cited else ""

    def replaced(self, earlier: Identity) -> str:
        """The sentence that ends an earlier document."""
        same = earlier.title == self.own.title  # only its number tells it from this one
        return self.said(forms("citations")["supersedes"], [(earlier.title, earlier.doc_number)], "supersedes", same)

    def override(self) -> str:
        """The sentence that overrides whatever was said before, and names nothing."""
        text = self.one(forms("citations")["override"])
        self.gold.references.append({"title": None, "doc_number": None, "relation": "supersedes", "sentence": text})
        return text

    def above(self) -> tuple[str, str] | None:
        """A document that is not cited yet, of the level above or of the State Council; None where none was found."""
        seen = {row[key] for row in self.gold.references for key in ("title", "doc_number")}
        return next((each for each in (self.some() for _ in range(20)) if not seen & set(each)), None)

    def some(self) -> tuple[str, str]:
        """Title and number of some such document."""
        own, known = self.own, forms("citations")
        national = [each for each in known["national"] if each["year"] < own.year]
        if national and (own.place.level == "province" or self.chance.one_in(2)):
            row = self.chance.choice(national)
            return row["title"], row["number"]
        row = self.chance.choice(known["upper"])
        title = self.chance.fill(row["title"], {})
        if own.place.level == "province":
            return "国务院" + title, f"国发〔{own.year - 1}〕{Chance(title).randint(1, 60)}号"
        upper = place(own.place.parent)
        office = (
            ("人民政府办公" + ("厅" if upper.level == "province" else "室")) if row["form"] == "政办发" else "人民政府"
        )
        same = Chance(f"{upper.code} {title}")
        number = f"{upper.prefix}{row['form']}〔{own.year - same.randint(0, 2)}〕{same.randint(1, 90)}号"
        return upper.name + office + title, number

    def one(self, known: list[str]) -> str:
        """One of some forms, filled."""
        return self.chance.fill(self.chance.choice(known), self.values)

    def said(self, known: list[str], cited: list[tuple[str, str]], relation: str, numbered: bool = False) -> str:
        """A sentence of ``known`` around what is cited, with the numbers or, unless ``numbered``, without."""
        numbered = self.chance.one_in(1.3) or numbered
        shown = [f"《{title}》" + (f"（{number}）" if numbered else "") for title, number in cited]
        joined: dict[str, str | Callable[[], str]] = {"cite": shown[0], "cites": "、".join(shown)}
        text = self.chance.fill(self.chance.choice(known), {**self.values, **joined})
        for title, number in cited:
            self.gold.reference(
                {"title": title, "doc_number": number if numbered else None, "relation": relation, "sentence": text}
            )
        return text
