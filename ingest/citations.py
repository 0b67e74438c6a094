"""Other policy documents that a document cites, each once, with the relation that the wording gives."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from ingest.citation_names import HEAD, Cited, fold, number_at, order_at, patterns
from ingest.citation_relation import RULES, Frame, evidence, repeal_lists
from ingest.citation_rows import SHORT, Row, gathered
from ingest.conveyed import interpreting, passing_on
from ingest.header import Header
from ingest.layout import Layout
from ingest.layout import patterns as page_patterns
from ingest.records import Reference
from ingest.scanning import scan
from ingest.view import View

NOTE = re.compile(r"\s*\(([^()\n]{2,90}(?:\([^()\n]*\)[^()\n]*)*)\)")


def references_of(view: View, header: Header, layout: Layout, first_item: int, body_end: int) -> list[Reference]:
    """Every document cited in the text, in order of first mention."""
    text = view.text
    end = page_end(text, layout, body_end)
    own = own_names(header, layout)
    titles = f"{header.policy.title or ''}\n{layout.notice or ''}"
    frame = Frame(
        preface=first_item,
        start=layout.title[1] if layout.title else 0,
        repeals=any(patterns()["repeal_title"].search(line) for line in titles.split("\n")),
        amends=any(patterns()["amend_title"].search(line) for line in titles.split("\n")),
        rules=RULES.search(fold(header.policy.title or "")) is not None,
        lists=repeal_lists(text, end),
    )
    mentions = [
        item
        for item in (*named(view, end), *untitled(text, end))
        if item.number != header.policy.doc_number or item.title
    ]
    rows = gathered(view, mentions, own, frame)
    found = [reference(view, row) for row in rows]
    if layout.genre == "interpretation":
        return interpreting(view, layout, header.policy.evidence, rows, found)
    passed = [passing_on(view, layout, header.policy.evidence, mentions)] if layout.genre == "forwarding" else []
    return passed + found + overriding(view, end)


def page_end(text: str, layout: Layout, body_end: int) -> int:
    """Where the page's furniture after the document begins."""
    start = max(layout.plan_start, body_end)
    tail = page_patterns()["tail"].search(text, start)
    while tail and "附件" not in tail[0] and re.search(r"附\s*件\s*\d?\s*\n", text[tail.end() : tail.end() + 600]):
        tail = page_patterns()["tail"].search(text, tail.end() + 1)
    return tail.start() if tail else len(text)


def own_names(header: Header, layout: Layout) -> list[str]:
    """Folded titles of the document itself and of the notice around it."""
    names = [name for name in (header.policy.title, layout.title_text, layout.notice) if name]
    return [fold(name).strip("<>") for name in names]


def named(view: View, end: int) -> list[Cited]:
    """Titles in 《》 with the numbers beside them, and numbers alone."""
    text = view.text
    found: list[Cited] = []
    waiting: Cited | None = None  # a number that its title follows
    for match in scan(patterns()["cite"], HEAD, text, 0, end):
        if match.lastgroup in ("title",) or match["title"]:
            cited = with_note(text, match)
            if waiting and re.fullmatch(r"(?:公布|发布|印发|颁布)?(?:的|文件)?", text[waiting.end : cited.start]):
                cited.number, cited.start = cited.number or waiting.number, waiting.start
                found.pop()
            waiting = None
            found.append(cited)
            continue
        read = number_at(text, match) if match["number"] else order_at(text, match)
        if read is None or (found and match.start() < found[-1].end):
            continue
        waiting = Cited(None, read[0], read[1], match.end())
        found.append(waiting)
    return found


def with_note(text: str, match: re.Match[str]) -> Cited:
    """A title with the number in the brackets behind it."""
    cited = Cited(match["title"][1:-1], None, match.start(), match.end())
    note = NOTE.match(text, match.end())
    if note:
        number = patterns()["number"].search(text, *note.span(1))
        order = patterns()["order"].search(text, *note.span(1))
        read = number_at(text, number) if number else order_at(text, order) if order else None
        if read and read[1] >= note.start(1):
            cited.number = read[0]
        if read or SHORT.search(note[1]):
            cited.end = note.end()
    return cited


def untitled(text: str, end: int) -> list[Cited]:
    """Documents plainly named without 《》."""
    found = []
    for match in patterns()["untitled"].finditer(text, 0, end):
        title = match["title"].removeprefix("关于")
        if not patterns()["against"].search(title) and len(title) >= 8:
            found.append(Cited(title, None, match.start("issuer"), match.end("title")))
    return found


def reference(view: View, row: Row) -> Reference:
    """A row as a record: the title as written, the sentence as evidence."""
    cited = row.cited
    title = None if cited.title is None else written(view, cited)
    return Reference(
        title=title, doc_number=cited.number, relation=row.relation, evidence=evidence(view, cited.start, cited.end)
    )


def written(view: View, cited: Cited) -> str:
    """The title's characters in the source, without spaces."""
    at = view.text.find(cited.title or "", cited.start)
    return "".join(view.written(at, at + len(cited.title or "")).split())


def overriding(view: View, end: int) -> list[Reference]:
    """One row for a clause that sets earlier documents aside without naming one."""
    match = (
        patterns()["override"].search(view.text, 0, end)
        if patterns()["override_hint"].search(view.text, 0, end)
        else None
    )
    if match is None:
        return []
    span = evidence(view, match.start(), match.end())
    return [Reference(title=None, doc_number=None, relation="supersedes", extent="inconsistent_parts", evidence=span)]


@Language.component("citations", requires=["doc._.header", "doc._.layout"], assigns=["doc._.references"])
def citations(doc: Doc) -> Doc:
    """Set the documents cited."""
    items = doc._.items
    first = items[0].start if items else len(doc._.view.text)
    doc._.references = references_of(doc._.view, doc._.header, doc._.layout, first, doc._.body_end)
    return doc
