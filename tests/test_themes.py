"""Every theme has its examples, and no others."""

import pytest

from ingest.tables import load_yaml
from ingest.themes import themes

ROWS = load_yaml("themes.yml")["themes"]


def keys(title: str) -> set[str]:
    return {theme.key for theme in themes() if any(match[1] for match in theme.title.finditer(title))}


@pytest.mark.parametrize(("key", "title"), [(row["key"], title) for row in ROWS for title in row["examples"]])
def test_examples(key: str, title: str) -> None:
    assert key in keys(title)


@pytest.mark.parametrize(("key", "title"), [(row["key"], title) for row in ROWS for title in row["not_examples"]])
def test_counter_examples(key: str, title: str) -> None:
    assert key not in keys(title)


def test_the_table_is_whole() -> None:
    assert len(ROWS) == 14
    for row in ROWS:
        assert all(row[column] for column in ("zh", "en", "title", "text", "examples"))
