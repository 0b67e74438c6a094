"""XML from inside documents, parsed without entities, without a document type and without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.formats.given import ReadError

DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


def parse(data: bytes) -> etree._Element:
    """The root of an XML part. Raises ReadError when it is broken, too deep, or declares a document type."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    if DECLARED.search(data):
        raise ReadError("its XML declares a document type or entities, which no document does")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("damaged: a part of it is no well-formed XML") from error
    if root.getroottree().docinfo.doctype:
        raise ReadError("its XML declares a document type or entities, which no document does")
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace, of which there are several for the same thing."""
    return str(element.tag).rpartition("}")[2]


def value(element: etree._Element, name: str = "val") -> str | None:
    """An attribute by its name without namespace."""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), None)


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The elements directly beneath one that have some name."""
    return (child for child in element if local(child) in names) if element is not None else iter(())


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down a path of names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def child_value(element: etree._Element | None, *path: str) -> str | None:
    """The attribute ``val`` of the element down a path."""
    found = child(element, *path)
    return value(found) if found is not None else None
