"""The graph as a perspective of Neo4j Bloom, version 2.21.0: made of the schema and the query catalogue, not of data.

There is no official description of the form; it is that of real exports. The same schema and queries give the same
bytes: ids come from names, times from the content.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from graph.bloom_phrases import templates
from graph.bloom_style import (
    HIDDEN,
    LABELS,
    LOOKS,
    NOT_SEARCHED,
    PALETTE,
    PLAIN,
    STRONG,
    TYPES,
    Lang,
    caption,
    data_type,
    shown_edge_props,
    shown_node_props,
)
from graph.indexes import CONSTRAINTS

VERSION = "2.21.0"
NAMES = {"zh": "园区政策", "en": "Park policies"}
_SPACE = uuid.UUID("5b1c6d0e-9f43-5e52-9a57-6a1f3f4f6f10")
_EPOCH = 1_700_000_000_000  # milliseconds; times are counted from here
Json = dict[str, Any]


def perspective(lang: Lang = "zh") -> Json:
    """The perspective with names and search phrases in ``lang``, ready for ``json.dump``."""
    content: Json = {
        "name": NAMES[lang],
        "id": str(uuid.uuid5(_SPACE, f"perspective/{lang}")),
        "version": VERSION,
        "type": "STANDARD_PERSPECTIVE",
        "categories": [_other(), *(_category(number, label, lang) for number, label in enumerate(LABELS, 1))],
        "labels": {label: _label_props(label) for label in LABELS},
        "relationshipTypes": [_relationship(edge.type) for edge in TYPES],
        "palette": {"colors": list(PALETTE), "currentIndex": len(LABELS) % len(PALETTE)},
        "templates": templates(lang, stamp),
        "sceneActions": [],
        "hiddenRelationshipTypes": list(HIDDEN),
        "hideUncategorisedData": False,
        "maxLimitToastMsgEnabled": True,
        "parentPerspectiveId": None,
        "metadata": {"pathSegments": _segments(), "indexes": _indexes()},
    }
    edited = stamp(json.dumps(content, ensure_ascii=False, sort_keys=True))
    return {**content, "createdAt": _EPOCH, "lastEditedAt": edited}


def stamp(text: str) -> int:
    """A time in milliseconds that stands for ``text``: the same for the same, in the year after November 2023."""
    return _EPOCH + int(hashlib.sha256(text.encode()).hexdigest()[:12], 16) % (365 * 86_400_000)


def _other() -> Json:
    """What has no category of its own; every real export has it as number 0."""
    return _node_category(0, "Other", [], "#6B6B6B", 1, [], [])


def _category(number: int, label: str, lang: Lang) -> Json:
    look, props = LOOKS[label], shown_node_props(label)
    hidden = NOT_SEARCHED.get(label, ())
    properties = [{"name": p.name, "exclude": p.name in hidden, "dataType": data_type(p)} for p in props]
    chosen = caption(label, lang)
    captions = [_caption(label, "label", shown=False, tooltip=True)]
    for name in [*chosen, *(prop.name for prop in props if prop.name not in chosen)]:
        entry = _caption(name, "property", shown=name in chosen, tooltip=name not in hidden)
        captions.append({**entry, "isGdsData": False})
    name = look.zh if lang == "zh" else label
    return _node_category(number, name, [label], look.color, look.size, properties, captions)


def _node_category(
    number: int, name: str, labels: list[str], color: str, size: float, properties: list[Json], captions: list[Json]
) -> Json:
    made = stamp(f"category/{name}")
    return {
        "id": number,
        "name": name,
        "labels": labels,
        "properties": properties,
        "color": color,
        "size": size,
        "icon": "no-icon",
        "textSize": 1,
        "textAlign": "top",
        "captions": captions,
        "captionKeys": [],
        "styleRules": [],
        "createdAt": made,
        "lastEditedAt": made,
    }


def _caption(key: str, kind: str, *, shown: bool, tooltip: bool) -> Json:
    return {"key": key, "type": kind, "isCaption": shown, "inTooltip": tooltip, "styles": []}


def _label_props(label: str) -> list[Json]:
    return [{"propertyKey": p.name, "type": label, "dataType": data_type(p)} for p in shown_node_props(label)]


def _relationship(name: str) -> Json:
    properties = [{"propertyKey": p.name, "type": name, "dataType": data_type(p)} for p in shown_edge_props(name)]
    return {
        "id": name,
        "name": name,
        "properties": properties,
        "color": STRONG.get(name, PLAIN),
        "size": 2 if name in STRONG else 1,
        "textSize": 1,
        "textAlign": "top",
        "captions": [_caption(name, "relationship", shown=True, tooltip=True)],
        "captionKeys": [],
        "styleRules": [],
    }


def _segments() -> list[Json]:
    return [
        {"source": source, "relationshipType": edge.type, "target": target}
        for edge in TYPES
        for source, target in edge.ends
    ]


def _indexes() -> list[Json]:
    """Those behind the uniqueness constraints, which the store makes."""
    return [
        {"label": label, "type": "native", "propertyKeys": [{"key": name, "metadataProp": False}]}
        for index in CONSTRAINTS
        for label in sorted(index.labels & set(LABELS))
        for name in sorted(index.properties)
    ]
