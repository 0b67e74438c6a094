"""What a document is: a policy, an article that explains one (解读, 一图读懂, 答记者问), a notice that passes one on (转发)."""

from __future__ import annotations

import re
from functools import cache

from ingest.tables import load_yaml

SITE = re.compile(
    r"\s*[_|丨-]+[^_|丨《》]{2,30}(?:政府|网|网站|门户|平台|频道|局|委|委员会|厅|部|办|公开)(?:_[^《》]*)?$"
)
NAMED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》|<([^<>]+)>")


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The compiled patterns of ``kinds.yml``."""
    table = load_yaml("kinds.yml")
    forms = table["article_forms"]
    return {
        "article": _any(table["interpretation"]),
        "interpreted": re.compile(table["interpreted"]),
        "once": _any(forms["once"]),
        "dialogue": re.compile(forms["dialogue"], re.MULTILINE),
        "letter": re.compile(forms["letter"], re.MULTILINE),
        "forwarding": _any(table["forwarding"]),
        "forwarded": re.compile(table["forwarded"]),
    }


def _any(rows: list[dict[str, str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows), re.MULTILINE)


def explains(title: str) -> bool:
    """Whether a folded title without spaces is that of an article about a policy."""
    return patterns()["article"].fullmatch(title) is not None


def page_title(title: str) -> str:
    """The title that a page gives itself, without the name of its site."""
    return "".join(SITE.sub("", title).split())


def article_form(text: str) -> bool:
    """Whether a folded text without a title is written as an article: questions and answers, a report of an issue.

    A letter, which begins with whom it goes to, is none.
    """
    found = patterns()
    if addressed(text):
        return False
    if found["once"].search(text[: _near()]):
        return True
    turns = {match[0].strip()[0] for match in found["dialogue"].finditer(text)}
    return len(turns) > 1 and len(found["dialogue"].findall(text)) > 3


def addressed(text: str) -> bool:
    """Whether a folded text is a letter: it says near its top to whom it goes."""
    return patterns()["letter"].search(text[: _near()]) is not None


def _near() -> int:
    near: int = load_yaml("kinds.yml")["article_forms"]["near"]
    return near


def explained(title: str) -> str | None:
    """The policy that the title of an article names, folded: in 《》, else what is left without the article's own words."""
    named = NAMED.search(title)
    if named:
        return named[1] or named[2]
    match = patterns()["interpreted"].match(title)
    return match["of"] if match and match["of"] != title else None


def passes_on(title: str) -> bool:
    """Whether a folded title without spaces is that of a notice which passes another office's document on."""
    return patterns()["forwarding"].fullmatch(title) is not None


def passed_on(title: str) -> str | None:
    """What such a notice passes on, by its title alone: the name in 《》, else the words between 转发 and 的通知."""
    match = patterns()["forwarding"].fullmatch(title)
    if match is None:
        return None
    named = NAMED.search(match["of"])
    return (named[1] or named[2]) if named else match["of"]
