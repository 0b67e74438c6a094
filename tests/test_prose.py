"""Duties in running prose: what leads, supports or is responsible counts, what only exhorts does not."""

import pytest

from ingest.prose import prose_clauses
from ingest.regions import regions
from ingest.view import view_of

CITY = regions().find("常德市")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由市发改委牵头，制定实施细则。", [("市发改委", "lead")]),
        ("市科技局要会同市财政局研究制定办法。", [("市科技局", "lead"), ("市财政局", "support")]),
        ("市工信局、市商务局负责统筹推进。", [("市工信局", "responsible"), ("市商务局", "responsible")]),
        ("市财政局要继续做好牵头工作，加大力度。", [("市财政局", "lead")]),
        ("具体工作由市生态环境局负责，市应急局配合。", [("市生态环境局", "responsible"), ("市应急局", "support")]),
        (
            "由市商务局牵头，会同统计局、市发改委开展评价。",
            [("市商务局", "lead"), ("市统计局", "support"), ("市发改委", "support")],
        ),
        ("市科技局负责牵头，市财政局等部门密切配合。", [("市科技局", "lead"), ("市财政局", "support")]),
        ("市园区工作领导小组办公室负责统筹协调。", [("市园区工作领导小组办公室", "responsible")]),
        (
            "市商务局牵头，市发改委、工信局参与。",
            [("市商务局", "lead"), ("市发改委", "support"), ("市工信局", "support")],
        ),
        ("由市财政局牵头，各辖市（区）人民政府配合", [("市财政局", "lead"), ("各辖市(区)人民政府", "support")]),
        ("市商务局、各县区人民政府按职责分工负责。", [("市商务局", "responsible"), ("各县区人民政府", "responsible")]),
        (
            "市政务局（包括甲山经开区行政审批局、政务服务中心，下同）会同市财政局统一标准。",
            [("市政务局", "lead"), ("市财政局", "support")],
        ),
        ("领导小组办公室（市发改委）负责日常工作。", [("领导小组办公室", "responsible"), ("市发改委", "responsible")]),
        ("市商务局、市发改委参与。", []),
        ("市商务局会同有关部门监测，各地要加强协助。", [("市商务局", "lead")]),
        (
            "第三条 市商务局负责经开区管理，市科技局负责高新区管理。",
            [("市商务局", "responsible"), ("市科技局", "responsible")],
        ),
        ("1.市商务局负责经开区管理。", [("市商务局", "responsible")]),
        (
            "市商务局：负责综合协调。\n汉寿县、桃源县人民政府：负责园区建设。",
            [("市商务局", "responsible"), ("汉寿县人民政府", "responsible"), ("桃源县人民政府", "responsible")],
        ),
        ("①市商务局牵头制定办法。", [("市商务局", "lead")]),
        (
            "一是市商务局负责招商，二是市科技局负责评价，市财政局予以配合。",
            [("市商务局", "responsible"), ("市科技局", "responsible"), ("市财政局", "support")],
        ),
        ("市科技局会同市人民政府公共数据主管部门制定办法。", [("市科技局", "lead")]),
        ("市城市管理部门会同市政府有关部门制定办法。", [("市城市管理部门", "lead")]),
        ("市科技局会同市规划国土等部门制定办法。", [("市科技局", "lead")]),
        ("市审计部门会同市数据管理部门建立档案。", [("市审计部门", "lead"), ("市数据管理部门", "support")]),
        ("市科技局负责会同市财政局加强监管。", [("市科技局", "lead"), ("市财政局", "support")]),
        ("各地各有关部门要加强协作配合，确保落实。", []),
        ("市科技局要发挥牵头作用。", []),
        ("市财政局要加强资金保障。", []),
        ("有关部门要积极配合。", []),
        ("项目负责人要认真负责，切实配合。", []),
        ("近期，市财政局会同市商务局出台了办法。", []),
        ("乡（镇）人民政府负责日常养护。", []),
        ("加强组织领导和协调配合。", []),
        ("本办法由市财政局负责解释。", []),
    ],
)
def test_sentence(text: str, expected: list[tuple[str, str]]) -> None:
    folded = view_of(text).text
    found = prose_clauses(folded, 0, len(folded), CITY, None)
    assert [(duty.mention.name, duty.role) for clause in found for duty in clause.duties] == expected
