"""Addresses of nodes and edges: URNs, or URLs below a base that the caller gives. ASCII, whatever the id holds."""

from __future__ import annotations

import re
from urllib.parse import quote

from graph.errors import QueryError
from graph.linked.vocabulary import vocabulary

URN = "urn:parkgraph"
_HOST = r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
_PATH = r"(?:/(?:[A-Za-z0-9._~!$&()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
_NAME = r"urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}(?::[A-Za-z0-9._~-]+)*"
BASE = f"https?://{_HOST}{_PATH}|{_NAME}"
_WHOLE_BASE = re.compile(BASE, re.ASCII)


def iri(label: str, id_: str, base: str = URN) -> str:
    """The address of a node (or an edge, of label ``""``): base, the word for its kind, and its id percent-encoded."""
    between = ":" if base.startswith("urn:") else "/"
    kind = vocabulary().kind(label).path
    return between.join((base.rstrip("/:"), kind, quote(id_, safe="")))


def checked_base(base: str) -> str:
    """``base`` if addresses can be made below it. Raises QueryError."""
    if not _WHOLE_BASE.fullmatch(base):
        raise QueryError("base: it is an http(s) address without query and fragment, or a URN")
    return base
