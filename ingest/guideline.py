"""A record in the JSON form of the extraction guideline, with offsets and ids beside its fields."""

from __future__ import annotations

from ingest.records import Record


def to_guideline(record: Record) -> dict[str, object]:
    """One JSON-ready mapping: dates as ISO text, every row with its evidence."""
    data = record.model_dump(mode="json", exclude={"document": {"text"}})
    for task in data["tasks"]:
        task["theme_terms"] = {row["theme"]: row["terms"] for row in task["themes"]}
        task["themes"] = [row["theme"] for row in task["themes"]]
        del task["text"]
    for target in data["targets"]:
        target["quote"] = target["evidence"]["quote"]
    for row in data["park_industries"]:
        row["park"], row["industry"] = row["park"], row["industry"]
    return data
