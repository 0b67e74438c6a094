"""Made-up documents: the same for one seed, in the real forms, and with gold that their own words bear out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.made.agencies import Agencies, full_name
from bench.made.document import made
from bench.made.duties import Writer
from bench.made.forms import Chance, forms
from bench.made.identity import below_hundred, identity, in_chinese
from bench.made.pages import wrapped
from bench.made.places import place
from bench.make import make
from bench.marks import fold, marks

SAMPLE = [made(7, number) for number in range(60)]
CHANGDE, WULING, HUNAN = place("430700"), place("430702"), place("430000")
EMPTY: dict[str, list[object]] = {
    kind: [] for kind in ("tasks", "responsibilities", "targets", "parks", "park_industries", "references")
}


def test_a_seed_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    code = "from bench.made.document import made; m = made(7, 3); print(repr(m))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert said == {f"{made(7, 3)!r}\n".encode()}


def test_other_seeds_and_numbers_give_other_documents() -> None:
    assert len({document.text for document in SAMPLE} | {made(8, 3).text}) == len(SAMPLE) + 1


def test_workers_write_what_one_process_writes(tmp_path: Path) -> None:
    for workers in (1, 2):
        make(120, 3, tmp_path / str(workers), workers)
    written = [{path.name: path.read_bytes() for path in (tmp_path / str(workers)).rglob("*.*")} for workers in (1, 2)]
    assert len(written[0]) == 240
    assert written[0] == written[1]


def test_the_text_says_what_the_gold_says() -> None:
    for document in SAMPLE:
        text = fold(document.text) or ""
        rows = [*document.gold["tasks"], *document.gold["targets"], *document.gold["responsibilities"]]
        said = [row.get("title") or row["sentence"] for row in rows if "\t" not in row.get("sentence", "")]
        assert said
        assert [words for words in said if (fold(words) or "").rstrip("。") not in text] == []


def test_rows_stand_at_tasks_or_sections() -> None:
    for document in SAMPLE:
        paths = {row["path"] for row in document.gold["tasks"]}
        assert {row["task"] for row in document.gold["responsibilities"]} <= paths
        assert len(paths) == len(document.gold["tasks"])


def test_a_sample_has_every_form() -> None:
    rows = [row for document in SAMPLE for row in document.gold["targets"]]
    assert {row["op"] for row in rows} == {">=", "<=", "=", "~", "range"}
    assert {True, False} == {row["per_year"] for row in rows}
    assert any(row["baseline"] for row in rows)
    assert any(row["year"] is None for row in rows)
    duties = [row for document in SAMPLE for row in document.gold["responsibilities"]]
    assert {row["role"] for row in duties} == {"lead", "support", "responsible"}
    assert any("#" in row["task"] for row in duties)
    references = Counter(row["relation"] for document in SAMPLE for row in document.gold["references"])
    assert {"based_on", "cites", "supersedes"} <= set(references)
    assert len({document.gold["policy"]["region"] for document in SAMPLE}) > 30


def test_a_chain_stays_in_its_place_and_replaces_what_came_before() -> None:
    first, second, third, other = (identity(7, number) for number in (10, 11, 12, 13))
    assert first.place == second.place == third.place
    assert [each.replaces for each in (first, second, third, other)] == [None, 10, 11, None]
    assert first.year + 6 == second.year + 3 == third.year
    cited = {row["title"]: row["relation"] for row in made(7, 12).gold["references"]}
    assert cited[second.title] == "supersedes"


@pytest.mark.parametrize(
    ("function", "month", "forms", "name"),
    [
        ("生态环境", "2016-05", {"环保局"}, "常德市环境保护局"),
        ("生态环境", "2021-05", {"生态环境局"}, "常德市生态环境局"),
        ("市场监管", "2012-05", {"工商局", "工商行政局"}, "常德市工商行政管理局"),
        ("卫生健康", "2012-05", {"卫生局"}, "常德市卫生局"),
        ("卫生健康", "2020-05", {"卫健委", "卫生健康委"}, "常德市卫生健康委员会"),
    ],
)
def test_the_year_decides_the_name(function: str, month: str, forms: set[str], name: str) -> None:
    seeds = (Agencies(CHANGDE, month, str(seed)).named(function, Chance(f"{seed}")) for seed in range(60))
    found = {(named.text, named.canonical) for named in seeds}
    assert {("市" + form, name) for form in forms} & found
    other = Agencies(CHANGDE, "2030-01" if month < "2018" else "2010-01", "1")
    assert all(other.named(function, Chance(str(seed))).canonical != name for seed in range(60))


@pytest.mark.parametrize(
    ("template", "where", "expected"),
    [
        ("财政局", CHANGDE, "常德市财政局"),
        ("财政局", WULING, "常德市武陵区财政局"),
        ("{party}组织部", CHANGDE, "中共常德市委组织部"),
        ("国家税务总局{}税务局", HUNAN, "国家税务总局湖南省税务局"),
        ("{short}海关", CHANGDE, "常德海关"),
    ],
)
def test_full_names(template: str, where: object, expected: str) -> None:
    assert full_name(template, where) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("form", forms("duties")["clauses"], ids=lambda form: form["text"])
def test_each_clause_gives_its_lists_their_roles(form: dict[str, str]) -> None:
    values = {"due_year": 2024, "月": "6"}
    writer = Writer(Chance(form["text"]), Agencies(CHANGDE, "2022-03", "1"), values, leads=False)
    clause = writer.written(form)
    assert "{" not in clause.text
    wanted = {role for role in ("lead", "support", "responsible") if f"{{{role}" in form["text"]}
    assert {role for _, role in clause.rows} == wanted
    assert len({named.agency for named, _ in clause.rows}) == len(clause.rows)
    assert all(named.text.removeprefix("市") in clause.text for named, _ in clause.rows)


@pytest.mark.parametrize("number", [(3, "三"), (10, "十"), (11, "十一"), (20, "二十"), (31, "三十一")])
def test_ordinals(number: tuple[int, str]) -> None:
    assert below_hundred(number[0]) == number[1]


def test_a_date_in_chinese() -> None:
    day = identity(7, 0).on.replace(year=2021, month=12, day=5)
    assert in_chinese(day) == "二〇二一年十二月五日"


def test_lines_are_broken_before_nothing_that_ends_a_sentence() -> None:
    assert wrapped("一二三四五六。七八九十。\n短", 6) == "一二三四五六。\n七八九十。\n短"


def test_marks_count_hits_misses_and_extras() -> None:
    policy = dict.fromkeys(("title", "doc_number", "region", "status", "issued_on"))
    policy |= {"published_on": None, "effective_on": None, "expires_on": None, "issuers": []}
    target = {"path": "2#1", "metric": "亩均税收", "scope": "园区", "op": ">=", "value": 20, "value_max": None, "unit": "万元/亩", "year": 2025, "per_year": False}  # fmt: skip
    duty = {"task": "2", "agency": "市财政局", "canonical": "常德市财政局", "role": "lead"}
    gold = {**EMPTY, "policy": policy, "targets": [target], "responsibilities": [duty]}
    found = {
        **EMPTY,
        "policy": {**policy, "region": "湖南省"},
        "targets": [{**target, "path": "2", "scope": None}, {**target, "value": 30}],
        "responsibilities": [{**duty, "canonical": None}, {**duty, "role": "support"}],
    }
    counts, faults = marks(gold, json.loads(json.dumps(found)))
    assert [counts["targets", side] for side in ("hit", "gold", "found")] == [1, 1, 2]
    assert [counts["responsibilities", side] for side in ("hit", "gold", "found")] == [1, 1, 2]
    assert (counts["canonical", "hit"], counts["canonical", "gold"]) == (0, 1)
    assert (counts["scope", "hit"], counts["policy", "hit"], counts["policy", "gold"]) == (0, 8, 9)
    assert Counter((fault.kind, fault.what) for fault in faults) == {
        ("responsibilities", "extra"): 1, ("targets", "extra"): 1, ("canonical", "differs"): 1,
        ("policy", "differs"): 1, ("scope", "differs"): 1,
    }  # fmt: skip
