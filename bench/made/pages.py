"""What stands around the body of a document: the page, the letter, title, number, signature."""

from __future__ import annotations

import re
from datetime import timedelta

from bench.made.forms import Chance, Values, forms
from bench.made.gold import Row
from bench.made.identity import Identity, in_chinese

NOT_FIRST = "，。；：、）》”】〕％%,;:)"
NUMBER = re.compile(r"[\d.]{2}")  # is not broken


class Page:
    """One document's page. ``policy`` is the gold of its header, once the page is written."""

    def __init__(self, chance: Chance, own: Identity, values: Values) -> None:
        self.chance, self.own = chance, own
        self.title = own.title
        self.indent = "　　" if chance.one_in(2) else ""
        self.numbered = not own.draft and not chance.one_in(5)
        self.index = not own.draft and chance.one_in(4)
        self.byline = not self.index and chance.one_in(3)
        self.published = own.on + timedelta(days=chance.randint(0, 12)) if self.index or self.byline else None
        self.letter = not own.draft and (own.title.startswith("关于") or chance.one_in(1.5))
        full = f"{own.issuer}关于印发《{self.title}》的通知" if self.letter else self.title
        shown = self.published or own.on
        self.values = {
            **values,
            "title": self.title,
            "full": full,
            "number": own.doc_number,
            "published": f"{shown.year}年{shown.month}月{shown.day}日",
            "iso": shown.isoformat(),
        }
        self.full = full
        self.policy: Row = {
            "title": self.title,
            "doc_number": own.doc_number if self.numbered or self.index else None,
            "issuers": [own.issuer],
            "region": own.place.full_name,
            "status": "draft" if own.draft else "issued",
            "issued_on": own.on.isoformat(),
            "published_on": self.published.isoformat() if self.published else None,
        }

    def around(self, body: str, annex: str) -> str:
        """The whole text."""
        known = forms("pages")
        parts = [self.chance.choice(known["heads"])] if self.chance.one_in(4) else []
        parts.append(self.full + ("（征求意见稿）" if self.own.draft else ""))
        if self.byline:
            parts.append(self.fill(self.chance.choice(known["bylines"])))
        if self.index:
            parts.append(self.fill(known["index"]))
        if self.numbered and not self.index:
            parts.append(self.own.doc_number)
        parts.append("")
        if self.letter:
            parts += self.covering()
        else:
            parts.append(self.indented(body))
            parts += self.signature()
        if self.letter:
            parts += [*self.titled(), "", self.indented(body)]
        if annex:
            parts += ["", annex]
        if self.chance.one_in(3):
            parts.append(self.fill(self.chance.choice(known["tails"])))
        gap = "\n\n" if self.chance.one_in(4) else "\n"
        text = gap.join(parts) + "\n"
        return (
            wrapped(text, self.chance.randint(28, 42))
            if self.chance.one_in(20) and not annex and "指标名称" not in text
            else text
        )

    def covering(self) -> list[str]:
        """The letter that sends the plan out."""
        known = forms("pages")
        lines = [
            self.fill(self.chance.choice(known["addressees"])),
            "",
            self.indented(self.fill(self.chance.choice(known["letters"]))),
        ]
        return [*lines, *self.signature(), ""]

    def titled(self) -> list[str]:
        """The plan's own title, on one line or two."""
        kind = self.own.form["type"]
        if self.title.endswith(kind) and self.chance.one_in(5):
            return [self.title.removesuffix(kind), " ".join(kind)]
        bare, bracket, years = self.title.partition("（")
        return [bare, bracket + years] if years and self.chance.one_in(2) else [self.title]

    def signature(self) -> list[str]:
        """Who signed, and when."""
        day = self.own.on
        written = in_chinese(day) if self.chance.one_in(5) else f"{day.year}年{day.month}月{day.day}日"
        return ["", self.own.issuer, "", written]

    def fill(self, form: str) -> str:
        """A form with the page's values."""
        return self.chance.fill(form, self.values)

    def indented(self, text: str) -> str:
        """Every paragraph with the document's indentation; lines of tables stay."""
        return "\n".join(
            line if not line or "\t" in line or " | " in line else self.indent + line for line in text.split("\n")
        )


def wrapped(text: str, width: int) -> str:
    """A text with its lines broken at a width; no line begins with what may not stand there."""
    lines = []
    for line in text.split("\n"):
        while len(line) > width and line[-1] in "。）】":  # a paragraph, not a title
            at = width
            while at < len(line) and (line[at] in NOT_FIRST or NUMBER.match(line, at - 1)):
                at += 1
            lines.append(line[:at])
            line = line[at:]
        lines.append(line)
    return "\n".join(lines)
