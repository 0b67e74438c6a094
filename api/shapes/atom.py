"""The last revisions as an Atom feed (RFC 4287): for people, in a feed reader."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from graph.recent import PolicyChange, Revision

_NS = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00+00:00"
_WORDS = {"added": "新增", "changed": "更新", "removed": "移除"}


def to_atom(revisions: Sequence[Revision], address: str, base: str) -> bytes:
    """A feed with an entry for each revision. ``address`` is its own, ``base`` that of the pages, with a slash."""
    feed = Element("feed", xmlns=_NS)
    _add(feed, "title", "parkgraph: 政策图谱的更新")
    _add(feed, "id", _urn(base))
    _add(feed, "updated", revisions[0].at if revisions else _NEVER)
    SubElement(feed, "link", rel="self", href=_clean(address), type="application/atom+xml")
    SubElement(feed, "link", rel="alternate", href=_clean(base), type="text/html")
    SubElement(SubElement(feed, "author"), "name").text = "parkgraph"
    for each in revisions:
        _entry(feed, each, base)
    text: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return text


def _entry(feed: Element, revision: Revision, base: str) -> None:
    entry = SubElement(feed, "entry")
    _add(entry, "id", _urn(f"{base}{revision.revision}"))
    _add(entry, "title", f"第 {revision.revision} 版:{_title(revision)}")
    _add(entry, "updated", revision.at)
    first = revision.policies[0] if revision.policies else None
    SubElement(entry, "link", rel="alternate", href=_page(base, first), type="text/html")
    _add(entry, "content", "\n".join(_lines(revision)), type="text")


def _title(revision: Revision) -> str:
    counts = {op: sum(each.op == op for each in revision.policies) for op in _WORDS}
    said = "、".join(f"{_WORDS[op]}政策 {count} 件" for op, count in counts.items() if count)
    return (said or "政策未变") + (f"等(另有 {revision.others} 件)" if revision.others else "")


def _lines(revision: Revision) -> Iterable[str]:
    for each in revision.policies:
        yield f"{_WORDS[each.op]}:{each.title}"
    for name, counts in (("节点", revision.nodes), ("关系", revision.edges)):
        for op, kinds in counts.items():
            yield f"{name}{_WORDS[op]}:" + "、".join(f"{kind} {count}" for kind, count in kinds.items())


def _page(base: str, policy: PolicyChange | None) -> str:
    held = policy is not None and policy.op != "removed"
    return base + (f"policies/{quote(policy.id, safe='')}" if policy and held else "")


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = _clean(text)


def _clean(text: str) -> str:
    """Without characters that XML 1.0 cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )
