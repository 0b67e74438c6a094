"""Parts of the graph, and the forms in which they leave it; on both engines."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import typer
from typer.testing import CliRunner

from api import exports
from api.failures import Failure
from graph import part as parts
from graph.analysis import to_networkx
from graph.errors import QueryError, StoreError, UnknownNameError
from graph.export import export_lines
from graph.load import load
from graph.part import KINDS, Choice, Part, part
from graph.store import Store, open_store
from graph.written import written
from ingest.records import ParkIndustry
from tests.graph_records import CHANGDE, Draft, five, replaced_in_part

CHANGDE_2022, CHANGDE_2017 = "常德市五好园区方案2022", "常德市园区三年计划2017"
HUNAN, ZHUMADIAN, CHIZHOU = "湖南省园区要点2020", "驻政办〔2019〕125号", "池州市园区方案2015"
CITED = {"title:河南省产业集聚区企业分类综合评价办法"}
GUIDE = {"湘政办发〔2021〕19号"}


@pytest.fixture(scope="module")
def held(module_store: Store) -> Store:
    load(module_store, five())
    return module_store


def jsonl(found: Part) -> list[str]:
    return "".join(written(found, "jsonl")).splitlines()


def edge_keys(found: Part) -> list[str]:
    return [edge.props["key"] for edge in found.edges()]


def test_the_whole_is_the_export(held: Store) -> None:
    assert jsonl(part(held)) == list(export_lines(held))


@pytest.mark.parametrize("size", [1, 2, 7])
def test_the_size_of_pieces_changes_nothing(size: int, held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    choices = (Choice(), Choice(region="常德"))
    whole = [(list(part(held, choice).nodes()), list(part(held, choice).edges())) for choice in choices]
    monkeypatch.setattr(parts, "PIECE", size)
    for choice, (nodes, edges) in zip(choices, whole, strict=True):
        found = part(held, choice)
        assert list(found.nodes()) == nodes
        assert sorted(edge.props["key"] for edge in edges) == sorted(edge_keys(found))
        assert {edge.props["key"]: edge for edge in found.edges()} == {edge.props["key"]: edge for edge in edges}


@pytest.mark.parametrize(
    ("choice", "policies"),
    [
        (Choice(policies=(ZHUMADIAN,)), {ZHUMADIAN} | CITED),
        (Choice(policies=("驻马店市推进产业集聚区高质量快速发展行动方案",)), {ZHUMADIAN} | CITED),
        (Choice(policies=(HUNAN, CHANGDE_2017)), {HUNAN, CHANGDE_2017}),
        (Choice(region="湖南"), {CHANGDE_2022, CHANGDE_2017, HUNAN} | GUIDE),
        (Choice(region="430700"), {CHANGDE_2022, CHANGDE_2017} | GUIDE),
        (Choice(region="湖南", policies=(HUNAN, ZHUMADIAN)), {HUNAN}),
        (Choice(region="安徽", theme="绿色低碳"), {CHIZHOU, "title:加快调结构转方式促升级实施方案"}),
        # the plan of 2017 has no green task: it is there as what that of 2022 replaces, as far as the two do not agree
        (Choice(region="常德", theme="green"), {CHANGDE_2022, CHANGDE_2017} | GUIDE),
        # a draft is never in force; one of 2019 ends with 2022; one without a day of effect may hold
        (Choice(as_of=date(2016, 1, 1)), {HUNAN}),
        (Choice(as_of=date(2020, 1, 1), region="河南"), {ZHUMADIAN} | CITED),
        (Choice(as_of=date(2023, 1, 1), region="河南"), set()),
        (Choice(region="北京"), set()),
    ],
)
def test_policies_of_a_part(choice: Choice, policies: set[str], held: Store) -> None:
    assert set(part(held, choice).ids["Policy"]) == policies


def test_what_hangs_on_a_policy_is_in_and_nothing_else(held: Store) -> None:
    found = part(held, Choice(policies=(ZHUMADIAN,)))
    assert {label: len(ids) for label, ids in found.ids.items()} == {
        "Agency": 4, "Document": 1, "Industry": 1, "Park": 1, "Policy": 2, "Region": 1, "Target": 1, "Task": 4, "Theme": 1,
        "Unresolved": 1,
    }  # fmt: skip
    assert found.ids["Park"] == ["西平县产业集聚区"]
    assert found.ids["Region"] == ["411700"]
    # 装备制造 is developed in 常德 too, by the words of another policy
    develops = [edge for edge in found.edges() if edge.type == "DEVELOPS"]
    assert [edge.source[1] for edge in develops] == ["西平县产业集聚区"]
    assert {edge.props["policy"] for edge in found.edges() if "policy" in edge.props} == {ZHUMADIAN}
    assert {"SERVES", "LOCATED_IN", "STATED_IN", "NOTED_IN", "CITES"} <= {edge.type for edge in found.edges()}


@pytest.mark.parametrize("region", ["驻马店", "湖南", "常德", "安徽"])
def test_a_region_is_that_of_the_analyses(region: str, held: Store) -> None:
    graph, found = to_networkx(held, region=region), part(held, Choice(region=region))
    assert {f"{label}:{id_}" for label, ids in found.ids.items() for id_ in ids} == set(graph)
    assert set(edge_keys(found)) == {key for _, _, key in graph.edges(keys=True)}


@pytest.mark.parametrize(
    "choice",
    [Choice(region="常德"), Choice(kinds=("Task", "Agency")), Choice(policies=(HUNAN,)), Choice(region="北京")],
)
def test_lines_of_a_part_are_lines_of_the_whole_in_its_order(choice: Choice, held: Store) -> None:
    lines = jsonl(part(held, choice))
    chosen = set(lines)
    assert [line for line in export_lines(held) if line in chosen] == lines
    assert len(chosen) == len(lines)


def test_what_is_only_cited_is_in_without_what_hangs_on_it(held: Store) -> None:
    found = part(held, Choice(region="常德", theme="green"))
    assert CHANGDE_2017 in found.ids["Policy"]
    assert not [id_ for id_ in found.ids["Task"] if id_.startswith(CHANGDE_2017)]


def test_kinds(held: Store) -> None:
    found = part(held, Choice(kinds=("Task", "Agency")))
    assert {label for label, ids in found.ids.items() if ids} == {"Task", "Agency"}
    assert {edge.type for edge in found.edges()} == {"RESPONSIBLE_FOR", "SUCCEEDED_BY"}
    assert len([edge for edge in found.edges() if edge.type == "RESPONSIBLE_FOR"]) == 12


def test_every_quote_goes_along(held: Store) -> None:
    texts = {row["id"]: row["text"] for label, row in part(held).nodes() if label == "Document"}
    said = [edge.props for edge in part(held).edges() if "quote" in edge.props]
    assert len(said) > 50
    assert all(texts[row["document"]][row["start"] : row["end"]] == row["quote"] for row in said)


@pytest.mark.parametrize(
    ("choice", "error", "cause"),
    [
        (Choice(kinds=("Agent",)), QueryError, "Agent: no such kind of node; there are Agency, "),
        (Choice(region="月球"), UnknownNameError, "region 月球: not known"),
        (Choice(theme="月球"), UnknownNameError, "theme 月球: not in this graph"),
        (Choice(policies=("月球",)), UnknownNameError, "policy 月球: not in this graph"),
        (Choice(policies=(HUNAN, "月球")), UnknownNameError, "policy 月球: not in this graph"),
    ],
)
def test_unknown_names(choice: Choice, error: type[Exception], cause: str, held: Store) -> None:
    with pytest.raises(error, match=cause):
        part(held, choice)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_drawing_holds_the_part(form: Any, held: Store, tmp_path: Path) -> None:
    found = part(held, Choice(region="常德"))
    path = tmp_path / f"part.{form}"
    path.write_text("".join(written(found, form)), encoding="utf-8", newline="\n")
    graph: Any = (
        nx.read_graphml(path, force_multigraph=True) if form == "graphml" else nx.MultiDiGraph(nx.read_gexf(path))
    )
    assert set(graph) == {f"{label}:{id_}" for label, ids in found.ids.items() for id_ in ids}
    assert graph.nodes["Document:" + found.ids["Document"][0]].keys().isdisjoint({"text"})
    said = {row.get("id", key): row for _, _, key, row in graph.edges(keys=True, data=True)}
    assert {key: row.get("quote") for key, row in said.items()} == {
        edge.props["key"]: edge.props.get("quote") for edge in found.edges()
    }


def test_kinds_are_those_of_the_export(held: Store) -> None:
    assert set(KINDS) == {json.loads(line)["kind"] for line in export_lines(held) if '"kind"' in line}


def test_what_another_policy_says_of_the_same_things_is_not_in(tmp_path: Path) -> None:
    records = []
    for id_ in ("甲", "乙"):
        draft = Draft(id_, CHANGDE, f"{id_}方案", date(2020, 1, 1))
        span = draft.write("常德经开区发展装备制造")
        draft.add(
            "park_industries", ParkIndustry(park="常德经开区", industry="装备制造", mention="装备", evidence=span)
        )
        draft.task("1", "任务", parks=("常德经开区",), industries=("装备制造",))
        draft.duty("1", "甲局")
        records.append(draft.record())
    with open_store(tmp_path / "a.lbug") as store:
        load(store, records)
        assert len([edge for edge in part(store).edges() if edge.type == "DEVELOPS"]) == 2
        found = part(store, Choice(policies=("乙",)))
        assert {edge.props.get("policy", "乙") for edge in found.edges()} == {"乙"}
        assert [edge.type for edge in found.edges()].count("DEVELOPS") == 1
        assert found.ids["Task"] == ["乙#1"]


def test_legal_force(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as store:
        load(store, replaced_in_part())
        found = part(store)
        assert found.legal_force(date(2009, 1, 1)) == {"旧": "not_in_force", "后": "not_in_force"}
        assert found.legal_force(date(2015, 1, 1)) == {"旧": "in_force", "后": "not_in_force"}
        assert found.legal_force(date(2021, 1, 1)) == {"旧": "partially_in_force", "后": "in_force"}


# the command line


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(exports.export)
    return made


@pytest.fixture
def five_here(tmp_path: Path) -> list[str]:
    with open_store(tmp_path / "c.lbug") as store:
        load(store, five())
    return ["--store", str(tmp_path / "c.lbug")]


@pytest.mark.parametrize(
    ("arguments", "shown", "lines"),
    [
        ([], '"id": "驻政办〔2019〕125号"', 51 + 83),
        (["--policy", HUNAN, "--kind", "Task"], '"id": "湖南省园区要点2020#3.1"', 5),
        (["--region", "驻马店", "--kind", "Agency"], '"id": "驻马店市生态环境局"', 4),
        (["--theme", "green", "--as-of", "2016-01-01", "--kind", "Policy"], f'"id": "{HUNAN}"', 1),
    ],
)
def test_command(arguments: list[str], shown: str, lines: int, app: typer.Typer, five_here: list[str]) -> None:
    result = CliRunner().invoke(app, [*arguments, "--out", "-", *five_here])
    assert result.exit_code == 0
    assert shown in result.stdout
    assert len(result.stdout.splitlines()) == lines


def test_command_writes_turtle(app: typer.Typer, five_here: list[str], tmp_path: Path) -> None:
    out = tmp_path / "part.ttl"
    given = ["--format", "turtle", "--region", "湖南", "--base", "https://example.org/parks", "--out", str(out)]
    assert CliRunner().invoke(app, [*given, *five_here]).exit_code == 0
    assert "<https://example.org/parks/regions/430700>" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--format", "neo4j-admin", "--region", "常德", "--out", "x"], "writes the whole graph, not a part of it"),
        (["--base", "urn:x:y", "--out", "x"], "--base is for --format turtle"),
        (["--format", "turtle", "--base", "ftp://x", "--out", "-"], "base: it is an http"),
        (["--kind", "Agent", "--out", "-"], "Agent: no such kind"),
        (["--region", "月球", "--out", "-"], "region 月球: not known"),
    ],
)
def test_wrong_commands(arguments: list[str], error: str, app: typer.Typer, five_here: list[str]) -> None:
    result = CliRunner().invoke(app, [*arguments, *five_here])
    assert isinstance(result.exception, (Failure, QueryError))
    assert error in getattr(result.exception, "line", str(result.exception))


def test_a_load_meanwhile_leaves_the_older_file(
    app: typer.Typer, five_here: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "graph.jsonl"
    out.write_text("older", encoding="utf-8")
    read = Part.edges

    def edges_after_a_load(self: Part) -> Any:
        with open_store(tmp_path / "c.lbug") as other:
            load(other, [Draft("又", CHANGDE, "又一个办法", date(2020, 1, 1)).record()])
        return read(self)

    monkeypatch.setattr(Part, "edges", edges_after_a_load)
    result = CliRunner().invoke(app, ["--out", str(out), *five_here])
    assert isinstance(result.exception, StoreError)
    assert "changed while it was read" in str(result.exception)
    assert out.read_text(encoding="utf-8") == "older"
