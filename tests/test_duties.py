"""Clauses that tie agencies to tasks, in every form of the guideline. Names here are of no real document."""

import pytest

from ingest.agencies import split_names
from ingest.duties import clauses_of, patterns
from ingest.tables import load_yaml
from ingest.view import view_of

L, S, R = "lead", "support", "responsible"


def rows(text: str) -> list[list[tuple[str, str]]]:
    return [[(duty.mention.name, duty.role) for duty in clause.duties] for clause in clauses_of(view_of(text).text)]


@pytest.mark.parametrize("example", load_yaml("duties.yml")["examples"], ids=lambda example: example["text"])
def test_the_examples_of_the_table(example: dict[str, object]) -> None:
    assert rows(str(example["text"])) == [[tuple(row) for row in example["rows"]]]  # type: ignore[attr-defined]


def test_what_says_when_is_no_name() -> None:
    assert all(patterns()["aside"].search(text) for text in load_yaml("duties.yml")["asides"]["examples"])
    times = load_yaml("duties.yml")["times"]
    assert all(patterns()["time"].match(text) for text in times["examples"])
    assert not any(patterns()["time"].match(text) for text in times["not_examples"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（责任单位：市工信局、市科技局）", [("市工信局", R), ("市科技局", R)]),
        ("[责任单位:市工信局;市科技局]", [("市工信局", R), ("市科技局", R)]),
        ("【牵头单位：市工信局；责任单位：市科技局】", [("市工信局", L), ("市科技局", R)]),
        ("(市发改委、工信局负责)", [("市发改委", R), ("市工信局", R)]),
        ("(市发展改革委牵头,市财政局、市商务局等部门配合)", [("市发展改革委", L), ("市财政局", S), ("市商务局", S)]),
        ("(市发展改革委牵头负责，市财政局、各县区政府按职责分工负责)", [("市发展改革委", L), ("市财政局", R), ("各县区政府", R)]),
        ("(市科技局会同市财政局、市人社局负责)", [("市科技局", L), ("市财政局", S), ("市人社局", S)]),
        ("(由市商务局牵头，会同市发改委、外办落实)", [("市商务局", L), ("市发改委", S), ("市外办", S)]),
        ("(市工信局牵头，市科技局、市财政局参与)", [("市工信局", L), ("市科技局", S), ("市财政局", S)]),
        ("(牵头单位：市工信局，配合单位：市科技局，各区、县级市)", [("市工信局", L), ("市科技局", S), ("各区、县级市", S)]),
        ("(负责部门:市住建局，适用范围:全市)", [("市住建局", R)]),
        ("(责任单位：市住建局，完成时限：2023年12月底)", [("市住建局", R)]),
        ("(责任领导：张某某；责任单位：市住建局)", [("市住建局", R)]),
        ("(责任单位：市住建局〈市人防办〉、各区县市人民政府〈管委会〉)", [("市住建局", R), ("市人防办", R), ("各区县市人民政府", R)]),
        ("(责任单位：市发展和改革委员会、住房和城乡建设局和财政局)",
         [("市发展和改革委员会", R), ("市住房和城乡建设局", R), ("市财政局", R)]),
        ("(责任单位：市市场监管局、市场监管局)", [("市市场监管局", R), ("市市场监管局", R)]),
        ("(责任单位：市委组织部、编办、人社局)", [("市委组织部", R), ("市委编办", R), ("市人社局", R)]),
        ("(责任单位：省发展改革委、财政厅，各市州人民政府)", [("省发展改革委", R), ("省财政厅", R), ("各市州人民政府", R)]),
        ("(责任单位：各县（市、区）人民政府，市直有关部门)", [("各县(市、区)人民政府", R), ("市直有关部门", R)]),
        ("(责任单位：市财政局、团市委、妇联)", [("市财政局", R), ("团市委", R), ("市妇联", R)]),
        ("(市工信局（牵头）、市科技局)", [("市工信局", L), ("市科技局", R)]),
        ("(责任单位：市工信局（牵头）、市科技局)", [("市工信局", L), ("市科技局", R)]),
        ("(责任单位：各县区人民政府、经济开发区、高新区管委会)", [("各县区人民政府", R), ("经济开发区管委会", R), ("高新区管委会", R)]),
        ("(责任单位：枝江市、宜都市人民政府)", [("枝江市人民政府", R), ("宜都市人民政府", R)]),
        ("(责任单位：市财政局、越秀区)", [("市财政局", R), ("越秀区", R)]),
        ("(责任单位：市财政局，)", [("市财政局", R)]),
        ("(责任单位：市财政局。商务局)", [("市财政局", R), ("市商务局", R)]),
        ("责任单位：市财政局、商务局\n完成时限：2024年6月", [("市财政局", R), ("市商务局", R)]),
        ("推进甲乙丙。责任单位：市财政局、商务局。", [("市财政局", R), ("市商务局", R)]),
        ("牵头单位：市财政局\n配合单位：市商务局、\n市工信局", [("市财政局", L), ("市商务局", S), ("市工信局", S)]),
        ("责任单位：市审改办、商务局（列第一位的为牵头单位，下同）", [("市审改办", L), ("市商务局", R)]),
        ("责任单位：市审改办、住建局*（标*号的为牵头单位）", [("市审改办", R), ("市住建局", L)]),
        ("（责任单位：市科技局，各市、县〔区〕政府）", [("市科技局", R), ("各市、县[区]政府", R)]),
        ("（责任单位：市科技局，各县〔市、区〕人民政府；长期坚持）", [("市科技局", R), ("各县[市、区]人民政府", R)]),
        ("（市科技局、教育局，各市、州、县人民政府，牵头单位为市科技局）",
         [("市教育局", R), ("各市、州、县人民政府", R), ("市科技局", L)]),
        ("（责任单位：市委编办，各县（市、区）委、人民政府，甲山经开区党工委、管委会）",
         [("市委编办", R), ("各县(市、区)委", R), ("甲山经开区党工委", R), ("甲山经开区管委会", R)]),
        ("（责任单位：市科技局、工信局；长期坚持）", [("市科技局", R), ("市工信局", R)]),
        ("（市发改委、工信局按职责分工负责；各县区政府落实主体责任）", [("市发改委", R), ("市工信局", R), ("各县区政府", R)]),
        ("（责任单位：市科技局，以下任务均需各县区落实，不再逐一列出）", [("市科技局", R)]),
        ("（牵头单位：省商务厅，省级配合单位：省科技厅，责任单位：各市州政府）", [("省商务厅", L), ("省科技厅", S), ("各市州政府", R)]),
        ("(牵头单位：市财政局)(责任单位：市商务局)", [("市财政局", L), ("市商务局", R)]),
        ("(列第一位的为牵头单位，下同)", []),
        ("(以下简称责任单位)", []),
        ("(负责人：李某)", []),
        ("对参加单位给予奖励(最高不超过10万元)", []),
    ],
)  # fmt: skip
def test_clause(text: str, expected: list[tuple[str, str]]) -> None:
    assert rows(text) == ([expected] if expected else [])


def test_the_first_named_leads_where_the_document_says_so() -> None:
    text = "1.甲。（市工信局、市财政局负责，排在第一位的部门为牵头部门，下同）\n2.乙。（市商务局、市财政局负责）"
    assert rows(text) == [[("市工信局", L), ("市财政局", R)], [("市商务局", L), ("市财政局", R)]]


def test_several_clauses_stay_apart() -> None:
    assert len(rows("做甲（责任单位：市工信局）。做乙（责任单位：市财政局）。")) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市发改委、工信局", ["市发改委", "市工信局"]),
        ("市发改委、市政府办(市金融办)", ["市发改委", "市政府办", "市金融办"]),
        ("市公安局与市司法局以及各镇街", ["市公安局", "市司法局", "各镇街"]),
        ("市人力资源和社会保障局、农业农村局", ["市人力资源和社会保障局", "市农业农村局"]),
        ("自治区发展改革委、财政厅", ["自治区发展改革委", "自治区财政厅"]),
        ("县农业局、市监局、统计局、地方税务局", ["县农业局", "县市监局", "县统计局", "县地方税务局"]),
        ("市工信局等部门", ["市工信局"]),
        ("海关总署、商务部等有关部门", ["海关总署", "商务部"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    folded = view_of(text).text
    found = split_names(folded, 0, len(folded))
    assert [mention.name for mention in found] == expected
    assert all(folded[mention.start : mention.end] in mention.name for mention in found)
