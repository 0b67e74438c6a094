"""The Chinese and English names of themes, from ``data/tables/themes.yml``."""

from __future__ import annotations

from functools import cache

import yaml

from graph.resources import tables_dir


@cache
def _table() -> dict[str, dict[str, str]]:
    path = tables_dir() / "themes.yml"
    if not path.is_file():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)["themes"]
    return {row["key"]: row for row in rows}


def theme_names(key: str) -> dict[str, str | None]:
    """``name_zh`` and ``name_en`` of a theme, as far as the table knows it."""
    row = _table().get(key, {})
    return {"name_zh": row.get("zh"), "name_en": row.get("en")}
