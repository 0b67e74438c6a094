"""Messages (RFC 5322) and saved web pages in that form (MHTML): the body, and each attachment as a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import PurePosixPath

from ingest.formats.flow import clean
from ingest.formats.given import Given, Part, ReadError, Unread
from ingest.formats.html import page_of_text
from ingest.formats.kinds import read_member
from ingest.formats.names import is_document, safe, shown
from ingest.formats.text import decode
from ingest.records import Document

MAX_PARTS = 1000
FIELDS = {"subject": "Subject", "from": "From", "date": "Date"}


def read(given: Given) -> Iterator[Part]:
    """The body, and the documents among the attachments. Raises ReadError when there is neither."""
    message = message_from_bytes(given.data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    found = False
    body = message.get_body(preferencelist=("html", "plain"))
    if body is not None and (text := content(body).strip()):
        found = True
        yield from written(given, message, body, text)
    for part in attachments(message, body):
        name = part.get_filename() or ""
        trusted = safe(name.rpartition("/")[2].rpartition("\\")[2])
        if not is_document(PurePosixPath(trusted or name or "x")):
            continue
        found = True
        if trusted is None:
            yield Unread(f"{given.source}/{shown(name)}", "its name cannot be used")
            continue
        data = payload(part)
        given.budget.take(len(data))
        yield from read_member(given, data, trusted)
    if not found:
        raise ReadError("a message without text and without documents")


def written(given: Given, message: EmailMessage, body: Message, text: str) -> Iterator[Part]:
    """The body as a document; an HTML one as a web page."""
    fields = {shown: clean(header(message, name)) for name, shown in FIELDS.items()}
    metadata = {name: value for name, value in fields.items() if value}
    if body.get_content_type() == "text/html":
        yield page_of_text(given, text, metadata)
    else:
        yield Document(
            sha256=given.sha256,
            source=given.source,
            media_type="message/rfc822",
            text=clean(text.replace("\r\n", "\n").replace("\r", "\n")),
            metadata=tuple(sorted(metadata.items())),
        )


def header(message: EmailMessage, name: str) -> str:
    """A field of a message; as it is written where the parser of addresses cannot follow it. Empty if there is none."""
    try:
        return str(message[name] or "")
    except Exception:  # of many types, on broken addresses
        return next((str(value) for key, value in message.raw_items() if key.lower() == name), "")


def content(part: Message) -> str:
    """The text of a part, by its own charset where that holds, else as a text file is read. Raises ReadError."""
    data = payload(part)
    charset = str(part.get_content_charset() or "utf-8").lower()
    try:
        return data.decode("gb18030" if charset in ("gb2312", "gbk", "gb_2312-80") else charset)
    except (LookupError, ValueError):  # the charset is not known, or not a name at all
        return decode(data) if data.strip() else ""


def payload(part: Message) -> bytes:
    """The bytes of a part, decoded; those of an attached message as they are."""
    if part.get_content_maintype() in ("message", "multipart"):
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], Message) else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def attachments(message: EmailMessage, body: Message | None) -> Iterator[Message]:
    """Every part with a name, at any depth. Raises ReadError for a message of endless parts."""
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            raise ReadError(f"a message of more than {MAX_PARTS:,} parts")
        if part is not body and part.get_filename():
            yield part
