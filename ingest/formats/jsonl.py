"""JSON Lines as crawlers write them: one document a line, its text or HTML with what is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ingest.formats.flow import clean
from ingest.formats.given import Given, Part, ReadError, Unread
from ingest.formats.html import page_of_text
from ingest.formats.text import decode
from ingest.records import Document

TEXT = ("text", "content", "body")
HTML = ("html", "raw_html")
FIELDS = {"url": "Url", "title": "ArticleTitle", "published": "PubDate", "source": "ContentSource"}


def read(given: Given) -> Iterator[Part]:
    """A document for each line that holds one. Its name is the file's with the number of the line, its hash that of the line.

    A line that is no such object is told, not raised. Raises ReadError when the file is no text.
    """
    lines = decode(given.data).split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        data = line.encode("utf-8", "surrogatepass")
        own = Given(data, f"{given.source}/{number}", given.depth, given.budget)
        try:
            yield document_of(own, line)
        except ReadError as error:
            yield Unread(own.source, str(error))
        except MemoryError:
            raise
        except Exception as error:  # as in kinds.read: a line must not end the others
            yield Unread(own.source, f"damaged: the reader of jsonl cannot follow it ({type(error).__name__})")


def document_of(given: Given, line: str) -> Document:
    """The document of one line. Raises ReadError when it is no JSON object, or has neither text nor HTML."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadError("the line is no JSON") from error
    if not isinstance(row, dict):
        raise ReadError("the line is no JSON object")
    metadata = {name: clean(str(row[key])) for key, name in FIELDS.items() if isinstance(row.get(key), str | int)}
    if html := first(row, HTML):
        return page_of_text(given, html, metadata)
    if text := first(row, TEXT):
        return text_of(given, clean(text.replace("\r\n", "\n").replace("\r", "\n")), metadata)
    raise ReadError(f"the line has no {' or '.join((*TEXT[:1], *HTML[:1]))}")


def first(row: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of some fields that holds text."""
    return next((row[name] for name in names if isinstance(row.get(name), str) and row[name].strip()), None)


def text_of(given: Given, text: str, metadata: dict[str, str]) -> Document:
    """A document of plain text; its title goes before the text where that does not begin with it."""
    title = metadata.get("ArticleTitle", "").strip()
    if title and "".join(title.split()) not in "".join(text[:3000].split()):
        text = f"{title}\n\n{text}"
    return Document(
        sha256=sha256(given.data).hexdigest(),
        source=given.source,
        media_type="application/jsonl",
        text=text,
        metadata=tuple(sorted(metadata.items())),
    )
