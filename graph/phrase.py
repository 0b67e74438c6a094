"""The graph form of a query: what its header says of a search phrase for Bloom and a saved query for Neo4j Browser."""

from __future__ import annotations

import re
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_USED = re.compile(r"\$([A-Za-z_]\w*)")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|//[^\n]*")
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH|LOAD\s+CSV)\b", re.IGNORECASE)
LANG = "{lang}"  # in a query for suggestions: zh or en, as in ``h.name_{lang}``


class Part(BaseModel):
    """A part of a header: it cannot be changed, and knows no other names than those declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Part):
    """A text in Chinese and in English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Graph(Part):
    """A Cypher text for Neo4j that returns paths or nodes, its phrase, and how each ``$name`` in it is suggested.

    A parameter is what a user picks from the suggestions: one name, not a list of ids; the text compares it with ids as
    well. ``suggest`` holds a query with one column for a name; without one, Bloom offers the names of that kind of node.
    ``example`` adds to that of the query, or stands in its place.
    """

    phrase: Words
    cypher: str = Field(min_length=1)
    suggest: dict[str, str] = {}
    example: dict[str, Any] = {}

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        used = set(names_in(self.cypher))
        for language, text in (("zh", self.phrase.zh), ("en", self.phrase.en)):
            odd = sorted(used ^ set(_USED.findall(text)))
            if odd:
                raise ValueError(f"{', '.join(odd)}: not in both the phrase ({language}) and its Cypher")
        for names, wrong in (
            (set(self.suggest) - used, "suggested and not used"),
            (set(self.example) - used, "given in the example and not used"),
        ):
            if names:
                raise ValueError(f"{', '.join(sorted(names))}: {wrong}")
        for text in (self.cypher, *self.suggest.values()):
            bare = _QUOTED.sub("", text)
            if not re.search(r"\bRETURN\b", bare) or _WRITES.search(bare):
                raise ValueError(f"{text.split()[0]}: should return something and change nothing")
        return self

    @property
    def names(self) -> list[str]:
        """Its parameters in the order of the Chinese phrase."""
        return list(dict.fromkeys(_USED.findall(self.phrase.zh)))


def names_in(cypher: str) -> list[str]:
    """The parameters that a Cypher text uses, outside of texts and remarks, in order."""
    return list(dict.fromkeys(_USED.findall(_QUOTED.sub("", cypher))))
