"""Search phrases of Bloom out of the graph forms of the query catalogue, with suggestions for their parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.bloom_style import Lang
from graph.header import Param, Query
from graph.phrase import LANG, Graph
from graph.queries import catalogue

_DATA_TYPES = {"integer": "Integer", "number": "Float", "boolean": "Boolean"}
# what Bloom offers for a parameter of this type where the header names no query
_OFFERED = {
    "agency": ("Agency", "name"),
    "policy": ("Policy", "name"),
    "park": ("Park", "name"),
    "industry": ("Industry", "name"),
    "region": ("Region", "full_name"),
    "theme": ("Theme", "name_{lang}"),
}


def templates(lang: Lang, stamp: Callable[[str], int]) -> list[dict[str, Any]]:
    """One search phrase for each query with a graph form; ``stamp`` makes times of texts."""
    found = ((query, query.graph) for _, query in sorted(catalogue().items()))
    return [_template(query, graph, lang, stamp(f"phrase/{query.name}")) for query, graph in found if graph]


def _template(query: Query, graph: Graph, lang: Lang, made: int) -> dict[str, Any]:
    params = {param.name: param for param in query.params}
    return {
        "name": query.description.zh if lang == "zh" else query.description.en,
        "id": f"tmpl:{made}",
        "createdAt": made,
        "text": graph.phrase.zh if lang == "zh" else graph.phrase.en,
        "cypher": graph.cypher.strip(),
        "params": [_param(params[name], graph.suggest.get(name), lang) for name in graph.names],
        "isUpdateQuery": None,
        "isWriteTransactionChecked": None,
        "hasCypherErrors": False,
    }


def _param(param: Param, suggest: str | None, lang: Lang) -> dict[str, Any]:
    """Suggestions by a query, else by label and property, else none."""
    label, prop = (None, None) if suggest else _OFFERED.get(param.type, (None, None))
    return {
        "name": f"${param.name}",
        "dataType": _DATA_TYPES.get(param.type, "String"),
        "collapsed": False,
        "suggestionLabel": label,
        "suggestionProp": prop.replace(LANG, lang) if prop else None,
        "suggestionBoolean": False,
        "cypher": suggest.strip().replace(LANG, lang) if suggest else None,
    }
