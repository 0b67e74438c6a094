"""The normal form of a question, in which everything is looked up."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Lang = Literal["zh", "en"]
LONGEST = 500  # characters of a question
_HAN = r"\u4e00-\u9fff"
_GAPS = (  # where spaces stand for nothing
    rf"(?<=[{_HAN}〔〕《》])\s+(?=[{_HAN}\d〔〕《》(])",
    r"(?<=[(\d])\s+(?=[)\d])",
    r"(?<=\))\s+(?=\d)",
    r"(?<=\d)\s+(?=[年月日号])",
    r"(?<=[年月第〔〕])\s+(?=\d)",
)
_BETWEEN = re.compile("|".join(_GAPS))
_COMPOUND = re.compile(
    r"(?<=[a-z])-(?=(?:related|based|focus+ed|oriented|specific|linked|themed|wide|driven|type|side)\b)|(?<=\bnon)-"
)
_CLAUSE = re.compile(r"[,:;。!?()—]| - |\. |\b(?:know|wonder|wonders|wondering|find out|tell me|ask|asks) ")
_MARKS = str.maketrans("’‘“”‐‑‒–−", "''\"\"-----")


def normal(question: str) -> str:
    """Half-width, in small letters, no spaces between Chinese characters, no possessive ``'s``."""
    text = unicodedata.normalize("NFKC", question[:LONGEST]).lower().translate(_MARKS)
    text = _BETWEEN.sub("", re.sub(r"\s+", " ", text).strip())
    text = re.sub(r"\bnew year(?:'?s)? day,? (?:of )?(?=(?:19|20)\d\d)", "january 1, ", text)
    text = _COMPOUND.sub(" ", re.sub(r"\bw/ ?", "with ", re.sub(r"\bw/o\b", "without", text)))
    text = re.sub(r"(?<=[a-z])n't\b", " not", text.replace("can't", "can not").replace("won't", "will not"))
    return re.sub(r"(?<=[a-z])'s\b", "  ", text)


def language(rest: str, whole: str) -> Lang:
    """The language of a question, from what is no name in it (``rest``), else from all of it."""
    for text in (rest, whole):
        han, latin = len(re.findall(rf"[{_HAN}]", text)), len(re.findall(r"[a-z]+", text))
        if han or latin:
            return "zh" if han >= latin else "en"
    return "zh"


def clause(text: str, at: int) -> tuple[int, int]:
    """From where to where the clause goes in which a character stands; its last character is the mark that ends it."""
    ends = [match.end() for match in _CLAUSE.finditer(text)]
    return max((end for end in ends if end <= at), default=0), min((end for end in ends if end > at), default=len(text))
