"""Every text of the pages, in Chinese and English: the tables in ``words/``, a file for each page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

import yaml

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")
_FOLDER = Path(__file__).parent / "words"


class Words(NamedTuple):
    """The texts in one language: ``words("home.title")``."""

    lang: Lang

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key``, with ``{name}`` replaced by ``values``. Raises KeyError where there is none."""
        text = table()[key][self.lang]
        return text.format(**values) if values else text

    def maybe(self, key: str, default: str) -> str:
        """The text of ``key``, else ``default``: for values that come out of the graph."""
        return table()[key][self.lang] if key in table() else default

    @property
    def other(self) -> Lang:
        """The other language."""
        return "en" if self.lang == "zh" else "zh"

    @property
    def tag(self) -> Literal["zh-CN", "en-US"]:
        """The language as HTML names it."""
        return "zh-CN" if self.lang == "zh" else "en-US"


@cache
def table() -> dict[str, dict[Lang, str]]:
    """All texts by key. Raises ValueError for a key that two files have, or without both languages."""
    found: dict[str, dict[Lang, str]] = {}
    for path in sorted(_FOLDER.glob("*.yml")):
        for key, texts in cast("dict[str, dict[Lang, str]]", yaml.safe_load(path.read_text(encoding="utf-8"))).items():
            if key in found:
                raise ValueError(f"{path.name}: {key} stands in another file too")
            if set(texts) != set(LANGUAGES) or not all(texts.values()):
                raise ValueError(f"{path.name}: {key} needs zh and en")
            found[key] = texts
    return found
