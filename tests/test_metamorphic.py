"""What a page does to a text changes nothing in its record but offsets and the style of punctuation."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.records import Record
from tests.documents import record

DOCUMENTS = sorted((Path(__file__).parent.parent / "data" / "documents").glob("*.txt"))
HALF, FULL = ",;:?!()%[]", "，；：？！（）％【】"
FOLD = str.maketrans(FULL, HALF)


def full_width(text: str) -> str:
    pairs = dict(zip(HALF[:8], FULL, strict=False))
    return re.sub(r"[,;:?!()%](?![0-9A-Za-z/])", lambda match: pairs[match[0]], text)


def wrapped(width: int) -> Callable[[str], str]:
    return lambda text: "\n".join(
        line[at : at + width] for line in text.split("\n") for at in range(0, max(len(line), 1), width)
    )


CHANGES: dict[str, Callable[[str], str]] = {
    "full-width punctuation": full_width,
    "half-width punctuation": lambda text: text.translate(FOLD),
    "wrapped at 38": wrapped(38),
    "wrapped at 60": wrapped(60),
    "indented": lambda text: "\n".join("　　" + line if line.strip() else line for line in text.split("\n")),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "non-breaking spaces": lambda text: text.replace("\n", "\n\u00a0\u00a0"),
    "page furniture": lambda text: (
        f"网站首页 > 政务公开\n字号：大 中 小 打印\n{text}\n上一篇：没有了\n下一篇：没有了\n版权所有：某网站\n"
    ),
    "square brackets": lambda text: re.sub(r"[(（](责任单位[^()（）]*)[)）]", r"【\1】", text),
    "zero-width spaces": lambda text: text.replace("园区", "园\u200b区"),
}


def said(found: Record) -> dict[str, object]:
    """What a record says, without offsets, quotes and the width of punctuation."""

    def plain(value: str | None) -> str | None:
        return None if value is None else value.translate(FOLD)

    policy = found.policy.model_dump(exclude={"evidence", "id"})
    return {
        "policy": policy | {"title": plain(found.policy.title)},
        "tasks": [(row.path, plain(row.title), [theme.theme for theme in row.themes]) for row in found.tasks],
        "duties": [(row.task, plain(row.agency), row.role, row.canonical, row.basis) for row in found.responsibilities],
        "targets": [
            (row.path, plain(row.metric), plain(row.scope), row.op, row.value, row.value_max, row.unit, row.year)
            for row in found.targets
        ],
        "parks": [row.name for row in found.parks],
        "industries": [(row.park, row.industry) for row in found.park_industries],
        "references": [(plain(row.title), row.doc_number, row.relation) for row in found.references],
    }


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem[:3])
def test_the_record_stays(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text("utf-8")
    assert said(record(change(text))) == said(record(text))
