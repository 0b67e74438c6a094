"""The graph as networkx, and what is made of it: small graphs with answers worked out by hand, on both engines."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from api.cli import main
from graph.analysis import KINDS, to_networkx
from graph.errors import QueryError
from graph.export import export_lines
from graph.load import load
from graph.network import centrality, co_responsibility, communities, pagerank
from graph.paths import find, paths
from graph.store import Store, open_store
from graph.supersession import supersession_cycles
from tests.graph_records import CHANGDE, ZHUMADIAN, Draft, five

DAY = date(2020, 1, 1)


@pytest.fixture(scope="module")
def held(module_store: Store) -> Store:
    load(module_store, five())
    return module_store


@pytest.fixture
def own(tmp_path: Path) -> Any:
    with open_store(tmp_path / "own.lbug") as store:
        yield store


def ids(graph: Any, kind: str) -> set[str]:
    return {row["id"] for _, row in graph.nodes(data=True) if row["kind"] == kind}


def said(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


# the graph


def test_it_holds_what_the_export_holds_but_for_the_texts(held: Store) -> None:
    graph = to_networkx(held)
    lines = [json.loads(line) for line in export_lines(held)]
    nodes = {(line["kind"], line["id"]): line for line in lines if "kind" in line}
    edges = {line["key"]: line for line in lines if "type" in line}
    assert {(row["kind"], row["id"]) for _, row in graph.nodes(data=True)} == set(nodes)
    assert {key for _, _, key in graph.edges(keys=True)} == set(edges)
    for key, row in graph.nodes(data=True):
        expected = {k: v for k, v in nodes[row["kind"], row["id"]].items() if (row["kind"], k) != ("Document", "text")}
        assert json.loads(json.dumps(row, default=str)) == expected
        assert key == f"{row['kind']}:{row['id']}"
    for source, target, key, row in graph.edges(keys=True, data=True):
        ends = {"from": graph.nodes[source]["id"], "to": graph.nodes[target]["id"], "key": key}
        assert json.loads(json.dumps(row, default=str)) | ends == edges[key]


def test_a_part_of_it_by_kinds(held: Store) -> None:
    graph = to_networkx(held, ["Agency", "Task"])
    assert {row["kind"] for _, row in graph.nodes(data=True)} == {"Agency", "Task"}
    assert {row["type"] for _, _, row in graph.edges(data=True)} == {"RESPONSIBLE_FOR", "SUCCEEDED_BY"}
    assert (len(ids(graph, "Task")), graph.number_of_edges()) == (13, 13)
    with pytest.raises(QueryError, match="Agent: no such kind of node; there are Agency, "):
        to_networkx(held, ["Agent"])


def test_a_part_of_it_by_region(held: Store) -> None:
    graph = to_networkx(held, region="驻马店")
    assert ids(graph, "Policy") == {"驻政办〔2019〕125号", "title:河南省产业集聚区企业分类综合评价办法"}
    assert ids(graph, "Region") == {"411700"}
    assert ids(graph, "Park") == {"西平县产业集聚区"}
    assert {row["policy"] for _, _, row in graph.edges(data=True) if "policy" in row} == {"驻政办〔2019〕125号"}
    assert {"SERVES", "LOCATED_IN", "STATED_IN", "CITES"} <= {row["type"] for _, _, row in graph.edges(data=True)}
    # what another city says of the same industry and theme is not in it
    assert list(graph.predecessors("Industry:装备制造")) == ["Park:西平县产业集聚区"]
    assert ids(to_networkx(held, region="湖南"), "Region") == {"430000", "430700"}


def test_it_comes_in_the_same_order(held: Store, own: Store) -> None:
    load(own, five()[::-1])
    one, other = to_networkx(held), to_networkx(own)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


# the network of agencies


def test_agencies_that_share_tasks(held: Store) -> None:
    graph = co_responsibility(held)
    assert {tuple(sorted((a.partition(":")[2], b.partition(":")[2]))) for a, b in graph.edges} == {
        ("常德市应急管理局", "常德市生态环境局"),
        ("常德市发展和改革委员会", "常德市工业和信息化局"),
        ("常德市发展和改革委员会", "常德市经济和信息化委员会"),
        ("驻马店市工业和信息化局", "驻马店市生态环境局"),
        ("驻马店市发展和改革委员会", "驻马店市工业和信息化局"),
    }
    assert graph.nodes["Agency:驻马店市工业和信息化局"]["tasks"] == 3
    assert graph.nodes["Agency:驻马店市发展和改革委员会"]["tasks"] == 1


def test_central_agencies(held: Store) -> None:
    # Of 8 agencies, two are the middle of a line of three: 1 of (8-1)(8-2)/2 = 21 pairs goes through each. PageRank
    # of a middle of such a line is (1 + 2d) / (8 (1 + d)) with d = 0.85, and what is left of 3/8 is for its two ends.
    rows = centrality(held)
    middle = {"betweenness": round(1 / 21, 6), "pagerank": round(2.7 / (8 * 1.85), 6), "degree": 2, "shared": 2}
    end = round((3 / 8 - 2.7 / (8 * 1.85)) / 2, 6)
    assert said(rows[:2], "agency", "tasks") == [("常德市发展和改革委员会", 2), ("驻马店市工业和信息化局", 3)]
    assert all(row.items() >= middle.items() for row in rows[:2])
    assert said(rows[2:4], "agency", "pagerank", "betweenness") == [
        ("常德市应急管理局", 0.125, 0.0),
        ("常德市生态环境局", 0.125, 0.0),
    ]
    assert [row["pagerank"] for row in rows[4:]] == [end] * 4
    assert rows[0]["region"] == "湖南省常德市"


def test_a_region_alone(held: Store) -> None:
    rows = centrality(held, "驻马店")
    assert said(rows, "agency", "betweenness") == [
        ("驻马店市工业和信息化局", 1.0),
        ("驻马店市发展和改革委员会", 0.0),
        ("驻马店市生态环境局", 0.0),
    ]


def test_shared_tasks_weigh(own: Store) -> None:
    draft = Draft("p", CHANGDE, "方案", DAY)
    for path, agencies in {"1": "甲乙", "2": "甲乙", "3": "甲丙", "4": "丁"}.items():
        draft.task(path, f"任务{path}")
        for position, agency in enumerate(agencies, 1):
            draft.duty(path, f"{agency}局", "lead" if position == 1 else "support", position)
    load(own, [draft.record()])
    rows = {row["agency"][-2:]: row for row in centrality(own)}
    assert {name: (row["degree"], row["shared"], row["tasks"]) for name, row in rows.items()} == {
        "甲局": (2, 3, 3), "乙局": (1, 2, 2), "丙局": (1, 1, 1), "丁局": (0, 0, 1)}  # fmt: skip
    # x = d/4 + c, c the share of all: 甲 = c + d(乙 + 丙), 乙 = c + d 甲 2/3, 丙 = c + d 甲 1/3, 丁 = c
    d, x = 0.85, {name: row["pagerank"] for name, row in rows.items()}
    assert x["乙局"] - x["丁局"] == pytest.approx(d * x["甲局"] * 2 / 3, abs=2e-6)
    assert x["丙局"] - x["丁局"] == pytest.approx(d * x["甲局"] / 3, abs=2e-6)
    assert sum(x.values()) == pytest.approx(1, abs=4e-6)


def test_pagerank_of_nothing_and_of_one() -> None:
    graph: Any = nx.Graph()
    assert pagerank(graph) == {}
    graph.add_node("a")
    assert pagerank(graph) == {"a": pytest.approx(1)}


def test_bodies_that_stand_for_many_are_left_out(own: Store) -> None:
    draft = Draft("p", CHANGDE, "方案", DAY)
    draft.task("1", "任务")
    draft.duty("1", "甲局")
    draft.duty("1", "各园区", "support")
    draft.items["agencies"][1] = draft.items["agencies"][1].model_copy(update={"collective": True})
    load(own, [draft.record()])
    assert said(centrality(own), "agency") == [("常德市甲局",)]
    assert len(centrality(own, collective=True)) == len(communities(own, collective=True)) == 2


def test_communities_are_the_cities_here(held: Store) -> None:
    rows = communities(held)
    groups: dict[int, set[str]] = {}
    for row in rows:
        groups.setdefault(row["community"], set()).add(row["agency"])
    assert groups == {
        1: {"常德市发展和改革委员会", "常德市工业和信息化局", "常德市经济和信息化委员会"},
        2: {"驻马店市发展和改革委员会", "驻马店市工业和信息化局", "驻马店市生态环境局"},
        3: {"常德市应急管理局", "常德市生态环境局"},
    }
    assert {row["outside"] for row in rows} == {0}


def two_cliques(store: Store) -> None:
    """甲乙丙 share a task twice, 丁戊己 too; 丙 and 丁 share one."""
    draft = Draft("p", CHANGDE, "方案", DAY)
    for path, agencies in enumerate(("甲乙丙", "甲乙丙", "丁戊己", "丁戊己", "丙丁"), 1):
        draft.task(str(path), f"任务{path}")
        for position, agency in enumerate(agencies, 1):
            draft.duty(str(path), f"{agency}局", "responsible", position)
    load(store, [draft.record()])


def test_two_groups_with_a_bridge(own: Store) -> None:
    two_cliques(own)
    rows = communities(own)
    assert {row["agency"][-2] for row in rows if row["community"] == 1} in ({*"甲乙丙"}, {*"丁戊己"})
    assert {row["community"] for row in rows} == {1, 2}
    assert {row["agency"][-2]: row["outside"] for row in rows} == {**dict.fromkeys("甲乙戊己", 0), "丙": 1, "丁": 1}
    # 3 paths of each side's 3 go through the bridge's ends: (2 x 3) of (6-1)(6-2)/2 = 10 pairs
    assert {row["agency"][-2]: row["betweenness"] for row in centrality(own)} == {
        **dict.fromkeys("甲乙戊己", 0.0), "丙": 0.6, "丁": 0.6}  # fmt: skip


def test_communities_are_the_same_in_each_process(own: Store, tmp_path: Path) -> None:
    two_cliques(own)
    own.close()
    command = [sys.executable, "-m", "api.cli", "analyse", "communities", "--store", str(tmp_path / "own.lbug")]
    told = set()
    for seed in ("0", "1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        told.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(told) == 1


# supersession


def test_no_cycles(held: Store) -> None:
    assert supersession_cycles(held) == []


# paths


def test_two_agencies_of_one_task(held: Store) -> None:
    rows = paths(held, "驻马店市工业和信息化局", "驻马店市生态环境局", without=["region"])
    assert said(rows, "path", "step", "from", "direction", "relation", "to") == [
        (1, 1, "驻马店市工业和信息化局", "→", "RESPONSIBLE_FOR (lead)", "推进绿色工厂建设"),
        (1, 2, "推进绿色工厂建设", "←", "RESPONSIBLE_FOR (support)", "驻马店市生态环境局"),
    ]
    texts = {row["id"]: row["text"] for row in held.read("MATCH (d:Document) RETURN d.id AS id, d.text AS text")}
    assert all(texts[row["document"]][row["start"] : row["end"]] == row["quote"] for row in rows)


def test_all_of_the_shortest_and_no_more_than_asked_for(held: Store) -> None:
    ends = "agency:驻马店市工业和信息化局", "theme:green"
    assert {row["path"] for row in paths(held, *ends)} == {1, 2}
    assert {row["path"] for row in paths(held, *ends, limit=1)} == {1}
    assert {row["to"] for row in paths(held, *ends) if row["step"] == 2} == {"绿色低碳"}


def test_a_way_round_what_is_left_out(held: Store) -> None:
    ends = "agency:常德市生态环境局", "industry:装备制造"
    assert said(paths(held, *ends), "relation", "to") == [
        ("RESPONSIBLE_FOR (responsible)", "打造绿色安全园区"),
        ("PROMOTES", "装备制造"),
    ]
    assert {row["to_kind"] for row in paths(held, *ends, without=["Task", "Policy", "Target"])} == {
        "Region", "Park", "Industry"}  # fmt: skip
    assert paths(held, *ends, without=["task", "region"]) == []


def test_a_path_within_a_region(held: Store) -> None:
    ends = "常德市工业和信息化局", "park:西平县产业集聚区"
    assert paths(held, *ends)
    assert paths(held, *ends, region="常德") == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("常德市工业和信息化局", "Agency:常德市工业和信息化局"),
        ("驻政办〔2019〕125号", "Policy:驻政办〔2019〕125号"),
        ("装备制造", "Industry:装备制造"),
        ("常德经开区", "Park:常德经济技术开发区"),
        ("region:常德", "Region:430700"),
        ("theme:green", "Theme:green"),
    ],
)
def test_an_entity_goes_by_its_usual_name(held: Store, name: str, key: str) -> None:
    assert find(held, name) == key


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("生态环境局", "several have this name: agency:常德市生态环境局, agency:驻马店市生态环境局"),
        ("月球基地", "nothing in this graph has this name"),
        ("region:北京", "nothing in this graph has this name"),
        ("agency:月球局", "agency 月球局: not in this graph"),
    ],
)
def test_a_name_that_fits_none_or_several_is_refused(held: Store, name: str, cause: str) -> None:
    with pytest.raises(QueryError, match=cause):
        find(held, name)


# the command line


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["centrality", "--top", "1"], {"agency": "驻马店市工业和信息化局", "degree": 2}),
        (["communities"], {"community": 1, "inside": 1}),
        (["path", "驻马店市工业和信息化局", "green"], {"path": 1, "relation": "RESPONSIBLE_FOR (lead)"}),
    ],
)
def test_commands(
    arguments: list[str], expected: dict[str, Any], own: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(own, [record for record in five() if record.policy.region_code == ZHUMADIAN.code])
    for form in ("table", "csv", "json"):
        assert main(["analyse", *arguments, "--store", str(tmp_path / "own.lbug"), "--format", form]) == 0
        shown = capsys.readouterr().out
        assert all(str(value) in shown for value in expected.values())
    assert json.loads(shown)[0].items() >= expected.items()


def test_cycles_command_without_any(own: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", "cycles", "--store", str(tmp_path / "own.lbug"), "--format", "json"]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_kinds_are_those_of_the_export() -> None:
    assert "Agency" in KINDS
    assert not {"Key", "Location", "Meta"} & set(KINDS)


def test_what_the_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store("parkgraph.lbug") as store:
        load(store, five())
    shown = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(from graph.analysis .*?)```", shown, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    assert ids(names["graph"], "Task") == {
        "常德市五好园区方案2022#2.1",
        "常德市五好园区方案2022#2.9",
        "常德市园区三年计划2017#3.1",
    }
