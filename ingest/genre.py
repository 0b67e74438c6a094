"""Tells a policy from an article that explains one and from a notice that passes one on, and finds where its title stands."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from ingest.kinds import addressed, article_form, explains, page_title, passes_on
from ingest.layout import (
    TITLE_LENGTH,
    Candidate,
    Layout,
    Line,
    balanced,
    joined,
    layout_of_policy,
    lines_of,
    patterns,
    title_candidates,
)
from ingest.structure import Outline
from ingest.view import view_of


def layout_of(outline: Outline, page_named: str = "") -> Layout:
    """Find the title line and what surrounds it. ``page_named`` is the title that the page has outside its text."""
    lines = lines_of(outline.view)
    first_item = outline.items[0].start if outline.items else len(outline.view.text)
    candidates = title_candidates(lines, first_item)
    found = article(outline.view.text, lines, first_item, candidates, page_named)
    if found is not None:
        return found
    found = layout_of_policy(outline, lines, [item for item in candidates if not explains(item[2])])
    return replace(found, genre="forwarding") if passes_on(found.notice or "") else found


def article(
    text: str, lines: list[Line], first_item: int, candidates: list[Candidate], page_named: str
) -> Layout | None:
    """Where the document is an article about a policy: its title comes first, or stands outside, or it is written as one."""
    title = article_title(lines, first_item)
    if title and not any(item[0] < title[0] for item in candidates):
        return Layout(title[:2], title[2], None, title[1], title[1], title[1], lines, "interpretation")
    named = page_title(view_of(page_named).text)
    policy = addressed(text) or any(patterns()["number"].fullmatch(line.text) for line in lines[:40])
    outside = explains(named) and not policy
    if outside or not (candidates or policy or not article_form(text)):
        return Layout(None, named if outside else None, None, 0, 0, 0, lines, "interpretation")
    return None


def article_title(lines: list[Line], first_item: int) -> Candidate | None:
    """The first line before the prose, or two to three in a row, that reads like the title of an article on a policy."""
    head = [line for line in lines if line.start < first_item][:40]
    prose = next((index for index, line in enumerate(head) if len(line.text) > 90 or line.text[-1] in "。;"), len(head))
    head = [line for line in head[:prose] if not patterns()["furniture"].match(line.text)]
    for index, first in enumerate(head):
        for count in (1,) if patterns()["title"].match(first.text) else (1, 2, 3):
            text = joined("".join(line.text for line in head[index : index + count]))
            if len(text) <= TITLE_LENGTH[1] and balanced(text) and explains(text):
                return first.start, head[index : index + count][-1].end, text
    return None


@Language.component("layout", requires=["doc._.outline"], assigns=["doc._.layout"])
def layout(doc: Doc) -> Doc:
    """Set what kind of document it is, and where the title, the notice and the plan stand."""
    doc._.layout = layout_of(doc._.outline, doc.user_data.get("title", ""))
    return doc
