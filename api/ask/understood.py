"""How each word of a question was read."""

from __future__ import annotations

from typing import Any

from api.ask.asked import Word
from api.ask.choose import Candidate
from api.ask.documents import Named
from api.ask.read import Read
from api.ask.span import Span
from api.ask.when import When


def understood(question: Read, taken: Candidate | None) -> tuple[Word, ...]:
    """Each word that means something with its meaning, as the query that was taken has it; last what is not known."""
    found = [word for each in question.spans if (word := _word(question, each, taken))]
    return (*found, *(Word(said, "unknown", "") for said in question.unknown))


def _word(question: Read, each: Span, taken: Candidate | None) -> Word | None:
    said = question.said(each)
    if taken:
        for name, entity in taken.filled.took.items():
            if entity.start == each.start and entity.said == said:
                return Word(said, name, _text(taken.filled.params.get(name, "")))
    if values := each.get("value"):
        return Word(said, *map(str, values[0]))
    for kind in ("beyond", "concept"):
        if each.get(kind):
            return Word(said, kind, str(each.get(kind)[0]) if kind == "concept" else "")
    if each.entity:
        meaning = each.meanings[0]
        return Word(said, "agency" if meaning.kind == "body" else meaning.kind, _text(meaning.value))
    return None


def _text(value: Any) -> str:
    if isinstance(value, Named):
        return value.id or ""
    if isinstance(value, When):
        return value.day.isoformat()
    forms = getattr(value, "forms", None)
    return " ".join(value) if isinstance(value, tuple) else str(forms[0] if forms else value)
