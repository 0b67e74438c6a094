"""The policy that a document is about rather than is: what an article explains, what a notice passes on (转发, 批转)."""

from __future__ import annotations

import re

from ingest.citation_names import Cited, fold, same
from ingest.citation_relation import evidence, sentence_of
from ingest.citation_rows import Row
from ingest.kinds import explained, passed_on, patterns
from ingest.layout import Layout, joined
from ingest.layout import patterns as title_patterns
from ingest.records import Reference, Span
from ingest.view import View

LETTER = 2000  # characters within which a notice says what it passes on
NEAR = 600  # characters within which an article says which policy was issued
ISSUED = re.compile(r"(?:印发|发布|公布|出台|下发|制定|制发|颁布|修订|发出|通过)了?[^。;《》]{0,16}$")


def interpreting(view: View, layout: Layout, here: Span, rows: list[Row], found: list[Reference]) -> list[Reference]:
    """The references of an article: first the policy that it explains, with ``here``, its title, as evidence; others as cited.

    ``found`` are the references of ``rows``. An article that names no policy gives one without title and number.
    """
    name = named_in_title(layout)
    index = next((at for at, row in enumerate(rows) if (means(row, name) if name else issued_near(view, row))), None)
    others = [each.model_copy(update={"relation": "cites"}) for at, each in enumerate(found) if at != index]
    if index is not None:
        place = {"evidence": here} if layout.title and name else {}
        return [found[index].model_copy(update={"relation": "interprets", **place}), *others]
    title = written_in(view, layout.title, name) if layout.title and name else name
    return [Reference(title=title, doc_number=None, relation="interprets", evidence=here), *others]


def named_in_title(layout: Layout) -> str | None:
    """The policy in an article's title, folded: in 《》, or words that read like the title of one."""
    name = explained(layout.title_text or "")
    quoted = name is not None and re.search(f"[《<]{re.escape(name)}", layout.title_text or "") is not None
    return name if name and (quoted or title_patterns()["title"].match(name)) else None


def means(row: Row, name: str) -> bool:
    """Whether a row cites the policy of that folded title."""
    return row.cited.title is not None and same(fold(row.cited.title), fold(name))


def issued_near(view: View, row: Row) -> bool:
    """Whether the words before a citation near the top say that it was issued (近日,市政府印发了《…》)."""
    start = row.cited.start
    return start < NEAR and row.cited.title is not None and ISSUED.search(view.text[:start][-40:]) is not None


def passing_on(view: View, layout: Layout, here: Span, mentions: list[Cited]) -> Reference:
    """What a notice passes on: named in its letter, else in its title (``here``), else by the plan that is attached."""
    cited = in_letter(view, layout, mentions)
    if cited is not None and cited.title is not None:
        at = view.text.find(cited.title, cited.start)
        title = joined(view.written(at, at + len(cited.title)))
        place = evidence(view, cited.start, cited.end)
        return Reference(title=title, doc_number=cited.number, relation="forwards", evidence=place)
    notice = (layout.notice_start, layout.notice_end)
    attached = layout.title if layout.title != notice else None
    name = passed_on(layout.notice or "") or ""
    if attached and layout.title_text and not re.search(f"[《<]{re.escape(name)}[》>]", layout.notice or ""):
        return Reference(
            title=written_in(view, attached, layout.title_text), doc_number=None, relation="forwards", evidence=here
        )
    return Reference(title=written_in(view, notice, name) or None, doc_number=None, relation="forwards", evidence=here)


def in_letter(view: View, layout: Layout, mentions: list[Cited]) -> Cited | None:
    """The document in 《》 of the first sentence of the letter that passes one on: the last before the verb, else the next."""
    first, last = layout.notice_end, layout.notice_end + LETTER
    for verb in patterns()["forwarded"].finditer(view.text, first, last):
        start, end = sentence_of(view.text, *verb.span())
        here = [each for each in mentions if each.title and max(start, first) <= each.start < end]
        before = [each for each in here if each.end <= verb.start()]
        if here:
            return before[-1] if before else here[0]
    return None


def written_in(view: View, place: tuple[int, int], name: str) -> str:
    """A folded name as ``place`` of the view writes it, without spaces; as it is where it does not stand there."""
    start, end = place
    kept = [index for index in range(start, end) if not view.text[index].isspace()]
    at = "".join(view.text[index] for index in kept).find(name)
    return "".join(view.written(index, index + 1) for index in kept[at : at + len(name)]) if at >= 0 else name
