"""For Neo4j Browser: a style sheet (``.grass``), and the graph forms of the queries as saved Cypher.

Browser takes a ``.grass`` file that is dropped on it; dropped ``.zip`` files become saved scripts: one for each
``.cypher`` file in it, named by the first line, in a folder named like that in the archive.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

from graph.bloom_style import (
    LABELS,
    LOOKS,
    PLAIN,
    STRONG,
    TYPES,
    Lang,
    border_color,
    caption,
    text_color,
)
from graph.header import Query
from graph.queries import catalogue
from graph.regions import resolve_region

FOLDER = "parkgraph"
_DIAMETER = 50  # pixels of size 1
_MADE = (2024, 1, 1, 0, 0, 0)  # of every file in the archive: the same queries, the same bytes


def grass(lang: Lang = "zh") -> str:
    """The style sheet. Browser's reader knows no remarks and no ``;`` or ``:`` within a value."""
    node = {"diameter": f"{_DIAMETER}px", "color": PLAIN, "border-color": border_color(PLAIN), "border-width": "2px",
            "text-color-internal": text_color(PLAIN), "font-size": "10px"}  # fmt: skip
    edge = {"color": PLAIN, "shaft-width": "1px", "font-size": "8px", "padding": "3px", "text-color-external": "#000000",
            "text-color-internal": "#FFFFFF", "caption": '"<type>"'}  # fmt: skip
    rules: dict[str, dict[str, str]] = {"node": node, "relationship": edge}
    for label in LABELS:
        look = LOOKS[label]
        rules[f"node.{label}"] = {
            "color": look.color,
            "border-color": border_color(look.color),
            "text-color-internal": text_color(look.color),
            "diameter": f"{int(_DIAMETER * look.size)}px",
            "caption": '"' + " ".join(f"{{{name}}}" for name in caption(label, lang)) + '"',
        }
    for kind in (each.type for each in TYPES if each.type in STRONG):
        rules[f"relationship.{kind}"] = {"color": STRONG[kind], "shaft-width": "3px", "caption": '"<type>"'}
    return "".join(
        f"{selector} {{\n" + "".join(f"  {name}: {value};\n" for name, value in style.items()) + "}\n"
        for selector, style in rules.items()
    )


def saved_cypher(lang: Lang = "zh") -> bytes:
    """The archive of saved Cypher: each query with the values of its example in place of parameters, to be changed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, query in sorted(catalogue().items()):
            if query.graph:
                entry = zipfile.ZipInfo(f"{FOLDER}/{name}.cypher", _MADE)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, script(query, lang))
    return held.getvalue()


def script(query: Query, lang: Lang = "zh") -> str:
    """One saved query: its phrase with the example's values as the first line, then a statement that runs as it is."""
    if query.graph is None:
        raise ValueError(f"{query.name} has no graph form")
    values = {**query.example, **query.graph.example}
    kinds = {param.name: param.type for param in query.params}

    def shown(match: re.Match[str]) -> str:
        return str(values[match[1]])

    def literal(match: re.Match[str]) -> str:
        return _literal(kinds[match[1]], values[match[1]])

    phrase = query.graph.phrase.zh if lang == "zh" else query.graph.phrase.en
    used = re.compile(rf"\$({'|'.join(query.graph.names)})\b")
    return f"// {used.sub(shown, phrase)}\n{used.sub(literal, query.graph.cypher.strip())}\n"


def _literal(kind: str, value: Any) -> str:
    if kind in ("integer", "number", "boolean"):
        return str(value).lower()
    text = (
        resolve_region(str(value)) if kind == "region" else value.isoformat() if isinstance(value, date) else str(value)
    )
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
