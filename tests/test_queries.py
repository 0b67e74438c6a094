"""Every named query: header and Cypher agree, the example answers, and the answers are right."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from graph.errors import QueryError
from graph.load import load
from graph.queries import catalogue, run
from graph.regions import resolve_region
from graph.resources import cypher_dir
from graph.stats import stats
from graph.store import Store, open_store
from graph.unresolved import coverage, unresolved
from tests.graph_records import five, zhumadian

TODAY = date(2024, 6, 1)
NAMES = sorted(path.stem for path in cypher_dir().glob("*.cypher"))
# constructs that the two engines do not run alike (engines.md)
UNLIKE = re.compile(
    r"labels\(|\btype\(|toInteger|toFloat|substring|shortestPath|\breduce\(|CALL \{|\[0\]|(_on|_to|_from|\))\.(year|month)\b"
)


@pytest.fixture(scope="module")
def store(module_store: Store) -> Store:
    load(module_store, five())
    return module_store


def rows(store: Store, name: str, **params: Any) -> list[dict[str, Any]]:
    return run(store, name, params, today=TODAY).rows


def pairs(found: list[dict[str, Any]], *names: str) -> set[tuple[Any, ...]]:
    return {tuple(row[name] for name in names) for row in found}


def test_the_catalogue_holds_every_file() -> None:
    assert sorted(catalogue()) == NAMES
    assert len(NAMES) >= 19


@pytest.mark.parametrize("name", NAMES)
def test_the_example_gives_rows_with_the_declared_columns(store: Store, name: str) -> None:
    query = catalogue()[name]
    result = run(store, name, query.example, today=TODAY)
    assert result.rows
    values = _values(store, name)
    raw = store.read(query.cypher, {**values, "at": values.get("as_of") or TODAY})
    assert set(raw[0]) == {column.name for column in query.columns} == set(result.rows[0])
    assert result.rows == run(store, name, query.example, today=TODAY).rows


def _values(store: Store, name: str) -> dict[str, Any]:
    from graph.params import convert_params

    return convert_params(store, catalogue()[name], catalogue()[name].example)


@pytest.mark.parametrize("name", NAMES)
def test_every_query_runs_without_its_optional_parameters_and_with_as_of(store: Store, name: str) -> None:
    query = catalogue()[name]
    needed = {param.name: query.example[param.name] for param in query.params if param.required}
    run(store, name, needed, today=TODAY)
    if any(param.name == "as_of" for param in query.params):
        run(store, name, {**needed, "as_of": "2020-01-01"}, today=TODAY)


@pytest.mark.parametrize("name", NAMES)
def test_queries_keep_to_what_both_engines_run_alike(name: str) -> None:
    assert not UNLIKE.search(catalogue()[name].cypher)


@pytest.mark.parametrize("name", NAMES)
def test_columns_with_a_policy_say_whether_it_was_in_force(name: str) -> None:
    query = catalogue()[name]
    columns = {column.name for column in query.columns}
    if "policy" in columns:
        assert {"in_force", "policy_id"} <= columns
        assert "as_of" in {param.name for param in query.params}


def test_lead_agencies_gives_stated_leads_and_the_first_of_a_plain_list(store: Store) -> None:
    found = rows(store, "lead_agencies", theme="green")
    assert pairs(found, "region", "agency", "task", "basis") == {
        ("常德市", "常德市生态环境局", "打造绿色安全园区", "first_named"),
        ("驻马店市", "驻马店市工业和信息化局", "推进绿色工厂建设", "stated"),
        ("驻马店市", "驻马店市工业和信息化局", "开展绿色园区创建", "stated"),
        ("驻马店市", "驻马店市生态环境局", "实行生态共建环境共治", "stated"),
    }
    texts = {row["id"]: row["text"] for row in store.read("MATCH (d:Document) RETURN d.id AS id, d.text AS text")}
    assert all(texts[row["document"]][row["start"] : row["end"]] == row["quote"] for row in found)


def test_where_a_lead_is_stated_the_first_named_is_none(tmp_path_factory: pytest.TempPathFactory) -> None:
    from tests.graph_records import CHANGDE, Draft

    draft = Draft("p", CHANGDE, "方案")
    draft.task("1", "任务")
    draft.duty("1", "甲局", "responsible", 1, "first_named")
    draft.duty("1", "乙局", "lead")
    with open_store(tmp_path_factory.mktemp("lead") / "a.lbug") as store:
        load(store, [draft.record()])
        assert pairs(rows(store, "lead_agencies"), "agency") == {("常德市乙局",)}


@pytest.mark.parametrize("name", ["430700", "常德", "常德市", "湖南省常德市", "湖南常德"])
def test_a_region_goes_by_any_usual_name(store: Store, name: str) -> None:
    assert resolve_region(name) == "430700"
    assert pairs(rows(store, "lead_agencies", theme="green", region=name), "region") == {("常德市",)}


def test_a_region_takes_in_all_that_is_part_of_it(store: Store) -> None:
    assert pairs(rows(store, "lead_agencies", region="湖南省", theme="green"), "region") == {("常德市",)}
    assert pairs(rows(store, "unowned_tasks", region="湖南", theme="green"), "region") == {("湖南省",)}
    assert len(pairs(rows(store, "theme_matrix", region="中国"), "region")) == 4


def test_unowned_green_tasks(store: Store) -> None:
    found = rows(store, "unowned_tasks", theme="green")
    assert [row["region"] for row in found] == ["池州市", *["湖南省"] * 4]


def test_a_role_can_be_asked_for(store: Store) -> None:
    found = rows(store, "lead_agencies", role="support", region="驻马店")
    assert pairs(found, "agency") == {("驻马店市生态环境局",), ("驻马店市工业和信息化局",)}


def test_duties_of_predecessors_are_found_too(store: Store) -> None:
    agency = "常德市工业和信息化局"
    assert pairs(rows(store, "agency_duties", agency=agency), "agency", "task") == {
        ("常德市工业和信息化局", "做强主导产业"),
        ("常德市经济和信息化委员会", "建设园区平台"),
    }
    assert pairs(rows(store, "agency_duties", agency=agency, history="false"), "agency") == {(agency,)}
    both = rows(store, "agency_duties", agency="常德市经济和信息化委员会")
    assert len(both) == 2


def test_an_agency_goes_by_its_short_and_its_surface_name(store: Store) -> None:
    short = pairs(rows(store, "agency_duties", agency="生态环境局"), "agency")
    assert short == {("常德市生态环境局",), ("驻马店市生态环境局",)}
    with pytest.raises(QueryError, match="agency 林业局: not in this graph"):
        rows(store, "agency_duties", agency="林业局")


def test_policy_tasks_lists_who_does_what(store: Store) -> None:
    found = rows(store, "policy_tasks", policy="驻政办[2019]125号")
    first = next(row for row in found if row["path"] == "2.3.1")
    assert (first["lead"], first["support"], first["responsible"]) == (
        ["驻马店市工业和信息化局"], ["驻马店市生态环境局"], [],
    )  # fmt: skip
    assert first["themes"] == ["green"]
    assert found == rows(store, "policy_tasks", policy="驻马店市推进产业集聚区高质量快速发展行动方案")


def test_as_of_leaves_out_what_did_not_hold_and_says_what_did(store: Store) -> None:
    def held(name: str, **params: Any) -> set[tuple[Any, ...]]:
        return pairs(rows(store, name, **params), "policy_id", "in_force")

    zhu, chang = "驻政办〔2019〕125号", "常德市五好园区方案2022"
    assert held("lead_agencies", theme="green") == {(zhu, False), (chang, True)}
    assert held("lead_agencies", theme="green", as_of="2021-06-01") == {(zhu, True)}
    assert held("lead_agencies", theme="green", as_of="2022-12-31") == {(zhu, True), (chang, True)}
    assert held("lead_agencies", theme="green", as_of="2023-01-01") == {(chang, True)}
    assert held("unowned_tasks", theme="green") == {("湖南省园区要点2020", None), ("池州市园区方案2015", False)}
    assert held("policies_in_force", as_of="2021-06-01") == {
        (zhu, True), ("常德市园区三年计划2017", True), ("湖南省园区要点2020", None),
    }  # fmt: skip


def test_theme_matrix_counts(store: Store) -> None:
    found = rows(store, "theme_matrix", theme="green", region="驻马店")
    assert pairs(found, "policies", "tasks", "agencies") == {(1, 3, 2)}


def test_pairs_of_agencies(store: Store) -> None:
    found = rows(store, "co_responsible")
    assert all(row["agency"] < row["other"] for row in found)
    assert [row["tasks"] for row in found] == sorted((row["tasks"] for row in found), reverse=True)
    assert pairs(rows(store, "co_responsible", agency="驻马店市发展和改革委员会"), "other", "tasks") == {
        ("驻马店市工业和信息化局", 1)
    }


def test_evidence_of_an_item_and_of_a_node(store: Store) -> None:
    by_path = rows(store, "evidence", policy="驻政办〔2019〕125号", path="2.3.1")
    assert {row["what"] for row in by_path} == {"Task", "lead", "support", "Theme"}
    task = rows(store, "evidence", id="驻政办〔2019〕125号#2.3.1")
    assert task == by_path
    park = rows(store, "evidence", id="常德经济技术开发区")
    assert park
    assert all(row["source"] for row in park)


def test_targets_compare_and_conflict(store: Store) -> None:
    found = rows(store, "compare_targets", indicator="亩均税收")
    assert [(row["region"], row["year"], row["base_value"]) for row in found] == [
        ("常德市", 2025, 15.0), ("常德市", 2025, 12.0), ("驻马店市", None, 15.0),
    ]  # fmt: skip
    clash = rows(store, "conflicting_targets")
    assert pairs(clash, "indicator", "one_value", "other_value") == {("亩均税收", 15.0, 12.0)}
    assert pairs(rows(store, "targets", park="常德经开区"), "metric", "value") == {("技工贸总收入", 1000.0)}
    assert pairs(rows(store, "targets", op="<="), "metric") == set()
    assert len(rows(store, "targets_due", year=2025)) == 3


def test_parks_and_industries(store: Store) -> None:
    assert pairs(rows(store, "park_profile", park="常德经开区"), "section") == {
        ("mention",), ("industry",), ("task",), ("target",),
    }  # fmt: skip
    assert pairs(rows(store, "parks_by_industry", industry="智能装备制造"), "park") == {
        ("常德经济技术开发区",), ("西平县产业集聚区",),
    }  # fmt: skip
    found = rows(store, "industry_overlap", region="常德市")
    assert pairs(found, "other") == {("驻马店市",)}
    assert found[0]["names"] == ["装备制造"]


def test_lineage_runs_both_ways(store: Store) -> None:
    found = rows(store, "policy_lineage", policy="常德市五好园区方案2022")
    assert pairs(found, "relation", "policy_id", "held") == {
        ("based_on", "湘政办发〔2021〕19号", False),
        ("supersedes", "常德市园区三年计划2017", True),
    }


def test_history_citations_and_differences(store: Store) -> None:
    steps = rows(store, "agency_history", agency="常德市经济和信息化委员会")
    assert pairs(steps, "successor", "since") == {("常德市工业和信息化局", 2019)}
    assert len(rows(store, "citations_not_held")) == 3
    assert rows(store, "region_diff", region="驻马店", other="常德") == []
    assert len(rows(store, "region_diff", region="驻马店", other="常德", missing_only=False)) == 3


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("lead_agency", {}, "no query lead_agency; there is lead_agencies"),
        ("lead_agencies", {"tema": "green"}, "no parameter tema; it takes theme, region, role, as_of"),
        ("lead_agencies", {"role": "boss"}, "role is one of lead, support, responsible, not 'boss'"),
        ("lead_agencies", {"as_of": "2021-13-01"}, "as_of is of type date, not '2021-13-01'"),
        ("lead_agencies", {"theme": "purple"}, "theme purple: not in this graph"),
        ("lead_agencies", {"region": "鼓楼区"}, "several have this name"),
        ("lead_agencies", {"region": "不存在"}, "region 不存在: not known"),
        ("targets_due", {}, "year is required"),
        ("targets_due", {"year": "soon"}, "year is of type integer, not 'soon'"),
        ("targets_due", {"year": 2025.5}, "year is of type integer"),
        ("agency_duties", {"agency": "常德市工业和信息化局", "history": "perhaps"}, "history is of type boolean"),
    ],
)
def test_a_wrong_question_is_refused_in_one_line(store: Store, name: str, params: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError) as error:
        run(store, name, params)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_quote_in_a_value_is_only_a_value(store: Store) -> None:
    assert rows(store, "targets", indicator="x' OR 1=1 //") == []


def test_stats_count_what_is_there(store: Store) -> None:
    found = stats(store)
    assert (found.revision, found.held, found.cited_only) == (1, 5, 3)
    assert found.nodes["Policy"] == 8
    assert found.regions["湖南省常德市"] == 2
    assert found.years["2020"] == 1
    assert "Meta" not in found.nodes


def test_what_was_not_understood_is_listed(store: Store) -> None:
    found = unresolved(store)
    kinds = [row["category"] for row in found]
    assert (kinds.count("citation"), kinds.count("number"), kinds.count("task")) == (3, 1, 6)
    shares = [each.share for each in coverage(store)]
    assert shares == sorted(shares)
    assert len(shares) == 5
    text = len(zhumadian().document.text)
    assert next(each for each in coverage(store) if each.policy.startswith("驻政办")).covered == text // 2
