"""The items of a plan: headings, what is to be done, clauses and targets, each with its path."""

from __future__ import annotations

from typing import Any, NamedTuple

from bench.made.citations import Citations
from bench.made.duties import Clause
from bench.made.duties import Writer as Duties
from bench.made.forms import Chance, Values, forms
from bench.made.gold import Gold
from bench.made.tables import give
from bench.made.targets import Writer as Targets
from bench.made.targets import Written


class Subject(NamedTuple):
    """What an item is about."""

    title: str
    topic: dict[str, Any]


class Writer:
    """Writes the items of one document."""

    def __init__(
        self, chance: Chance, gold: Gold, values: Values, duties: Duties, targets: Targets, cites: Citations
    ) -> None:
        self.chance, self.gold, self.values = chance, gold, values
        self.duties, self.targets, self.cites = duties, targets, cites
        self.parks: dict[str, str] = {}  # mention → full name
        self.used: set[str] = set()
        self.said: set[str] = set()  # forms of sentences that the item has
        self.due = 0
        self.preamble = ""
        self.endings: list[str] = []  # sentences on effect and on what is replaced

    def subject(self, kind: str, key: str = "titles", green: bool = False) -> Subject:
        """A heading that the document does not have yet; ``key`` whole: a sentence instead. ``green``: on that theme."""
        known = [topic for topic in forms("topics")[kind] if topic.get(key) and (topic.get("green") or not green)]
        for _ in range(40):
            topic = self.chance.choice(known)
            title = self.chance.fill(self.chance.choice(topic[key]), self.values)
            if title not in self.used:
                break
        self.used.add(title)
        return Subject(title, topic)

    def sentences(self, subject: Subject) -> str:
        """One to four sentences on a subject."""
        known = [form for form in subject.topic["sentences"] if form not in self.said] or subject.topic["sentences"]
        count = min(len(known), self.chance.choice((1, 2, 2, 3, 4)))
        chosen = self.chance.sample(known, count)
        self.said.update(chosen)
        text = "".join(self.chance.fill(form, self.values) for form in chosen)
        if self.chance.one_in(8):
            text += self.distractor()
        if self.chance.one_in(12):
            text += self.cites.in_passing() or ""
        return text

    def distractor(self) -> str:
        """A sentence with numbers or agencies that says neither target nor responsibility."""
        return self.chance.fill(self.chance.choice(forms("distractors")["sentences"]), self.values)

    def end(self) -> str:
        """The sentences on effect and on what is replaced."""
        return "".join(self.endings)

    def part_in_prose(self, path: str) -> str:
        """A sentence of the text that ties agencies to a task."""
        known = [form for form in forms("duties")["clauses"] if form["place"] == "prose"]
        clause = self.duties.written(self.chance.weighted(known))
        give(self.gold, path, clause.rows, clause.text)
        return clause.text

    def aim(self, path: str, dated: bool = False, due: int | None = None) -> str:
        """A sentence with targets; ``due`` is the year of those that it gives none."""
        made = self.targets.sentence(dated)
        return self.kept(made, path, due)

    def kept(self, made: Written, path: str, due: int | None = None) -> str:
        """The text of a sentence whose targets go into the gold."""
        for row in made.rows:
            row["year"] = due if row["year"] is None and due else row["year"]
            self.gold.targets.append({"path": path, **row, "quote": made.text.rstrip("。"), "sentence": made.text})
        self.mentions(made.text)
        return made.text

    def mentions(self, text: str) -> None:
        """Keep the parks that a text names."""
        for mention, name in self.parks.items():
            if mention in text:
                self.gold.park(name, mention)

    def industries(self) -> str:
        """A sentence that gives parks their industries."""
        known = forms("topics")["industries"]
        parts = []
        for park in self.chance.sample(list(self.parks), self.chance.randint(1, 2)):
            chosen = self.chance.sample(known, self.chance.randint(2, 3))
            parts.append(f"{park}重点发展{'、'.join(chosen)}等产业")
            self.gold.park(self.parks[park], park)
            rows = [{"park": self.parks[park], "industry": each} for each in chosen]
            self.gold.park_industries += [row for row in rows if row not in self.gold.park_industries]
        return self.chance.choice(("支持", "推动")) + "，".join(parts) + "。"

    def body(self, path: str, subject: Subject, clauses: int, prose: bool = True) -> str:
        """The text of an item and its gold but the task itself; several ``clauses`` make parts ``#1``, ``#2`` …"""
        self.said.clear()
        if clauses > 1:
            return "".join(self.part(f"{path}#{at}", subject, False) for at in range(1, clauses + 1))
        if clauses:
            return self.part(path, subject, prose)
        text = self.sentences(subject)
        return text + (self.aim(path, dated=self.due > 0) if self.chance.one_in(4) else "")

    def part(self, path: str, subject: Subject, prose: bool) -> str:
        """Sentences with their clause."""
        clause = self.duties.clause(prose)
        if not prose:
            while clause.place == "lines":
                clause = self.duties.written(
                    self.chance.weighted([form for form in forms("duties")["clauses"] if form["place"] == "end"])
                )
        text = self.sentences(subject)
        if self.chance.one_in(3):
            text += self.aim(
                path, dated="#" in path, due=int(str(self.values["due_year"])) if clause.deadline else None
            )
        if self.parks and self.chance.one_in(15):
            text += self.industries()
        give(self.gold, path, clause.rows, clause.text)
        return joined(text, clause)


def joined(text: str, clause: Clause) -> str:
    """Sentences and the clause behind them, where its form has it."""
    if clause.place == "inside":
        return text.removesuffix("。") + clause.text + "。"
    return text + ("\n" if clause.place == "lines" else "") + clause.text
