"""Task-division tables: flattened in every usual way, their rows tied to the body's items."""

import pytest

from tests.documents import BODY, TITLE, duties, lines_of_table, record

L, S, R = "lead", "support", "responsible"
EXPECTED = [
    ("2.1.1", "市工信局", L),
    ("2.1.1", "市生态环境局", S),
    ("2.1.1", "各县区人民政府", S),
    ("2.1.2", "市工信局", L),
    ("2.1.2", "市发改委", S),
    ("2.2.1", "市委组织部", L),
    ("2.2.1", "市委编办", L),
    ("2.2.1", "市人社局", L),
    ("2.2.1", "各县区人民政府", S),
    ("3.1", "市发改委", L),
    ("3.1", "市财政局", S),
]
CELLS = [
    ["推进绿色发展"],
    ["1", "推广绿色工厂建设", "市工信局", "市生态环境局，各县区人民政府"],
    ["2", "开展绿色园区创建", "市工信局", "市发改委"],
    ["深化改革创新"],
    ["1", "完善园区管理体制", "市委组织部、编办、人社局按职责分工负责", "各县区人民政府"],
    ["保障措施"],
    ["1", "加强组织领导", "市发改委", "市财政局，"],
]
HEADER = ["序号", "专项工作", "牵头部门", "配合部门"]


def one_cell_a_line(gap: str) -> str:
    return gap.join(cell for row in [HEADER, *CELLS] for cell in row)


def cells_in_lines(mark: str) -> str:
    return "\n".join(mark.join(row) for row in [HEADER, *CELLS])


@pytest.mark.parametrize(
    "table",
    [
        one_cell_a_line("\n"),
        one_cell_a_line("\n\n"),
        one_cell_a_line("\n \n"),
        cells_in_lines("\t"),
        cells_in_lines("    "),
        cells_in_lines(" | "),
    ],
    ids=["lines", "blank lines", "lines of spaces", "tabs", "runs of spaces", "bars"],
)
def test_rows_find_their_tasks(table: str) -> None:
    assert duties(f"{TITLE}{BODY}\n附件\n任务分工表\n{table}\n") == EXPECTED


def test_a_table_makes_no_tasks() -> None:
    text = f"{TITLE}{BODY}\n附件\n任务分工表\n{cells_in_lines(chr(9))}\n"
    assert [task.path for task in record(text).tasks] == ["2.1.1", "2.1.2", "2.2.1", "2.2.2", "3.1", "3.2"]


def test_columns_of_responsible_agencies_and_deadlines() -> None:
    table = "序号\t工作任务\t责任单位\t完成时限\n1\t推进绿色工厂建设\t市工信局、生态环境局\t2023年12月底\n2\t健全企业退出机制\t市自然资源和规划局\t2023年6月"
    assert duties(f"{TITLE}{BODY}\n附件：任务分解表\n{table}\n") == [
        ("2.1.1", "市工信局", R),
        ("2.1.1", "市生态环境局", R),
        ("2.2.2", "市自然资源和规划局", R),
    ]


def test_a_row_that_means_no_task_is_listed() -> None:
    table = "序号\t工作任务\t责任单位\n1\t举办国际马拉松比赛\t市体育局"
    found = record(f"{TITLE}{BODY}\n附件：任务分解表\n{table}\n")
    assert found.responsibilities == ()
    assert [(item.kind, item.text) for item in found.unresolved] == [("clause", "1\t举办国际马拉松比赛\t市体育局")]


def test_the_first_named_of_a_plain_list_is_told_from_a_leader() -> None:
    table = "序号\t工作任务\t责任单位\n1\t推进绿色工厂建设\t市工信局、生态环境局"
    rows = record(f"{TITLE}{BODY}\n附件：任务分解表\n{table}\n").responsibilities
    assert [(row.agency, row.position, row.basis) for row in rows] == [
        ("市工信局", 1, "first_named"),
        ("市生态环境局", 2, "stated"),
    ]


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_empty_cells_keep_the_others_in_their_columns(mark: str) -> None:
    body = [
        ["序号", "专项工作", "牵头部门", "配合部门", "完成时限"],
        ["1", "推进绿色工厂建设", "市工信局", "", "2023年底"],
        ["2", "开展绿色园区创建", "", "市发改委", "2024年底"],
    ]
    assert duties(f"{TITLE}{BODY}附件\n任务分工表\n{lines_of_table(body, mark)}") == [
        ("2.1.1", "市工信局", L),
        ("2.1.2", "市发改委", S),
    ]
