"""How policies are known and cited: normalised numbers and titles, so that equal names meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from graph.resources import read_table

NUMBER = "number:"
TITLE = "title:"
_OPEN, _CLOSE = "[(（【〔［", "])）】〕］"
_BRACKETS = str.maketrans(_OPEN + _CLOSE, "〔" * len(_OPEN) + "〕" * len(_CLOSE))
_ISSUING_NOTICE = re.compile(r"^.*?印发[《<〈](?P<inner>.+)[》>〉]的?通知$|^.*?关于印发(?P<plain>.+?)的通知$")
_DRAFT = re.compile(r"[(（〔\[](?:公开)?(?:草案)?(?:征求意见稿?|送审稿|报批稿|讨论稿|审议稿|草案|草稿)[)）〕\]]$")


def number_key(number: str | None) -> str | None:
    """``number:`` and the document number in one bracket style without spaces; None when there is none."""
    if not number:
        return None
    text = unicodedata.normalize("NFKC", number).translate(_BRACKETS)
    return NUMBER + "".join(text.split()).strip("。,;:")


def title_key(title: str | None) -> str | None:
    """``title:`` and the title without marks, spaces, 关于印发…的通知 around it and 征求意见稿 after it."""
    if not title:
        return None
    text = unicodedata.normalize("NFKC", _DRAFT.sub("", title.strip().removeprefix("《").removesuffix("》")))
    notice = _ISSUING_NOTICE.match(text)
    if notice:
        text = notice["inner"] or notice["plain"]
    bare = "".join(char for char in text if char.isalnum()).lower()
    return TITLE + bare if bare else None


def known_keys(title: str | None, number: str | None, issuers: Iterable[str]) -> list[str]:
    """Every key by which a held policy can be cited: number, title, and title with or without its issuer before it."""
    keys = {number_key(number), title_key(title)}
    for issuer in issuers:
        if title and title.startswith("关于"):
            keys.add(title_key(issuer + title))
        elif title and title.startswith(issuer + "关于"):
            keys.add(title_key(title.removeprefix(issuer)))
    return sorted(key for key in keys if key)


def subjects(title: str | None) -> list[str]:
    """The subjects that a title names, by the words of ``data/tables/subjects.csv``."""
    rows = read_table("subjects.csv")
    return sorted({row["subject"] for row in rows if any(word in (title or "") for word in row["words"].split(";"))})
