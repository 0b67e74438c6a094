"""Who issues a document: names in front of its title, under its letter, or asking in their own name."""

from __future__ import annotations

import re
from datetime import date

from ingest.layout import joined
from ingest.records import Region
from ingest.resolve import agency_resolver

AND_OTHERS = re.compile(r"等?[一二三四五六七八九十两\d]*(?:个)?(?:部门|单位)$|等$")
OFFICE = re.compile("(.{2,})(办公[厅室])$")
OURS = re.compile(r"我([委局厅部办署院会])")
ORGAN_ENDS = (
    "府",
    "厅",
    "室",
    "局",
    "委",
    "部",
    "会",
    "署",
    "院",
    "行",
    "组",
    "处",
    "心",
    "办",
    "司",
    "联",
    "社",
    "法院",
    "检察院",
)


def issuers_before(title: str) -> list[str]:
    """Agencies in front of 关于, 转发 or 印发 in a title: one or several, run together or listed."""
    for mark in ("关于|转发|印发|批转", "关于", "对|《|\\d{4}年"):
        match = re.match(rf"([^《》]{{2,160}}?)(?:{mark})", title)
        if match and AND_OTHERS.sub("", match[1]).strip().endswith(ORGAN_ENDS):
            return split_issuers(match[1])
    return []


def split_issuers(listed: str) -> list[str]:
    """``工业和信息化部 财政部``, ``国务院、中央军委``, ``A等三部门`` or names run together: the names."""
    bare = AND_OTHERS.sub("", listed.strip())
    parts = re.split(r"[\s、,]+", bare)
    if not all(part.endswith(ORGAN_ENDS) for part in parts):
        parts = [joined(bare)]
    return [name for part in parts if part for name in run_together(part)]


def run_together(name: str) -> list[str]:
    """``工业和信息化部财政部``: two central agencies; a name that cannot be cut so stays one."""
    for cut in range(2, 0 if central(name) else len(name) - 1):
        if (
            name[:cut].endswith(ORGAN_ENDS)
            and central(name[:cut])
            and all(map(central, rest := run_together(name[cut:])))
        ):
            return [name[:cut], *rest]
    return [name]


def central(name: str) -> bool:
    """Whether a name is that of a central agency."""
    office = OFFICE.match(name)
    agency = agency_resolver().resolve(office[1] if office else name, None, None)
    return agency is not None and agency.resolved and agency.level == "central"


def asked_by(head: str) -> list[str]:
    """``我委起草…, 反馈市发展改革委``: the agency that asks for comments in its own name."""
    own = OURS.search(head)
    if own is None:
        return []
    match = re.search(
        rf"(?:反馈|报送|送|报|反馈至|反馈给|寄至)(?:至|给|到)?((?:(?!反馈|报送|形式)[^,。;:\s]){{2,20}}?{own[1]})(?:[,。;:\s(]|$)",
        head,
    )
    return [match[1]] if match else []


def full_names(names: list[str], region: Region | None, on: date | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Issuers by their official names where the tables settle them, and the ids of their agencies."""
    resolver = agency_resolver()
    full, ids = [], []
    for name in names:
        agency = resolver.resolve(name, region, on)
        official = resolver.canonical(agency) if agency else None
        if official is None and (office := OFFICE.match(name)):
            house = resolver.resolve(office[1], region, on)
            stem = resolver.canonical(house) if house else None
            official = stem + office[2] if stem else None
        full.append(official or name)
        ids.append(agency.id if agency else name)
    return tuple(full), tuple(ids)
