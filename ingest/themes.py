"""What a task is about: themes of ``themes.yml`` by their terms in the title and the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from ingest.structure import Outline
from ingest.tables import load_yaml
from ingest.tasks import Work


@dataclass(frozen=True, slots=True)
class Theme:
    """A row of the table. ``title`` terms count in a title, ``text`` terms anywhere, ``against`` never."""

    key: str
    title: re.Pattern[str]
    text: re.Pattern[str]
    enough: int


@dataclass(frozen=True, slots=True)
class Found:
    """A theme with the words that gave it and the extent of the first in the view."""

    key: str
    terms: tuple[str, ...]
    start: int
    end: int


@cache
def themes() -> tuple[Theme, ...]:
    """The table, compiled. A counter-term is matched before the terms, so that it uses their characters up."""
    rows = []
    for row in load_yaml("themes.yml")["themes"]:
        against = "|".join(row.get("against", []))
        rows.append(
            Theme(row["key"], _either(row["title"], against), _either(row["text"], against), row.get("enough", 2))
        )
    return tuple(rows)


def _either(terms: list[str], against: str) -> re.Pattern[str]:
    wanted = "|".join(sorted(terms, key=len, reverse=True))
    return re.compile(f"(?:{against})|({wanted})" if against else f"({wanted})")


def heading_above(outline: Outline, work: Work) -> tuple[int, int] | None:
    """Extent of the sub-heading right above a task; None under a heading of the first level."""
    parents = work.item.ancestors()
    return outline.heading(parents[0]) if len(parents) > 1 else None


def themes_of(text: str, work: Work, above: tuple[int, int] | None) -> list[Found]:
    """Themes of a task by its title, the sub-heading above and its text, in the order of the table."""
    found = []
    for theme in themes():
        hits = [match for match in theme.title.finditer(text, *work.title) if match[1]]
        if above and not hits:
            hits = [match for match in theme.title.finditer(text, *above) if match[1]]
        body = [match for match in theme.text.finditer(text, work.start, work.end) if match[1]]
        if hits or len({match[1] for match in body}) >= theme.enough:
            every = hits or body
            terms = tuple(sorted({match[1] for match in (*hits, *body)}))
            found.append(Found(theme.key, terms, every[0].start(), every[0].end()))
    return found


@Language.component("themes", requires=["doc._.works"], assigns=["doc._.task_themes"])
def theme_tasks(doc: Doc) -> Doc:
    """Set what each task is about, in the order of the tasks."""
    doc._.task_themes = [themes_of(doc._.view.text, work, heading_above(doc._.outline, work)) for work in doc._.works]
    return doc
