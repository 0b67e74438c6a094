"""The Chinese and English names of themes, from the tables."""

from __future__ import annotations

from functools import cache

import yaml

from graph.resources import read_table, tables_dir


@cache
def _table() -> dict[str, dict[str, str]]:
    rows: list[dict[str, str]] = list(read_table("themes.csv"))
    for path in (tables_dir() / "themes.yml", tables_dir() / "themes.yaml"):
        if path.is_file():
            loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
            items = loaded.get("themes", loaded) if isinstance(loaded, dict) else loaded
            pairs = items.items() if isinstance(items, dict) else ((row.get("key"), row) for row in items)
            rows += [{"key": str(key), **row} for key, row in pairs]
    return {row["key"]: row for row in rows if row.get("key")}


def theme_names(key: str) -> dict[str, str | None]:
    """``name_zh`` and ``name_en`` of a theme, as far as the table knows it."""
    row = _table().get(key, {})
    return {"name_zh": row.get("name_zh"), "name_en": row.get("name_en")}
