"""Targets in sentences, tables and whole plans. Names of places and parks here are of no real document."""

from __future__ import annotations

import hashlib
import re
import time

import pytest

from ingest.findings import Context
from ingest.layout import lines_of
from ingest.pipeline import extract
from ingest.quantities import quantities
from ingest.reading import read
from ingest.records import Document, Record
from ingest.sentences import sentences
from ingest.tables import load_yaml
from ingest.target_tables import grids
from ingest.view import view_of
from tests.documents import lines_of_table

Row = tuple[object, ...]


def rows(text: str, context: Context | None = None) -> list[Row]:
    """(metric, scope, op, value or (value, most), unit, year, per year) of each target."""
    view = view_of(text)
    found = []
    for start, end in sentences(view.text, 0, len(view.text)):
        numbers = list(quantities(view.text, start, end))
        found += read(view.text, start, end, numbers, context or Context(issued=2021))[0]
    for row in found:
        span = view.span(row.start, row.end)
        assert text[span.start : span.end] == span.quote
    return [
        (
            row.metric, row.scope, row.op,
            row.value if row.value_max is None else (row.value, row.value_max), row.unit, row.year, row.per_year,
        )
        for row in found
    ]  # fmt: skip


GE, LE, EQ, AB, RA = ">=", "<=", "=", "~", "range"
SENTENCES: list[tuple[str, list[Row]]] = [
    # metric before number
    ("2022年,园区技工贸总收入达到4000亿元以上。", [("技工贸总收入", "园区", GE, 4000, "亿元", 2022, False)]),
    ("到2025年，全区规上工业总产值突破3000亿元，年均增长8%以上；规上工业企业达到500家。", [
        ("规上工业总产值", "全区", GE, 3000, "亿元", 2025, False),
        ("规上工业总产值增长", "全区", GE, 8, "%", 2025, True),
        ("规上工业企业", "全区", GE, 500, "家", 2025, False),
    ]),
    ("力争到2025年,地区生产总值比2020年翻一番,达到1200亿元。", [
        ("地区生产总值", None, GE, 2, "倍", 2025, False),
        ("地区生产总值", None, GE, 1200, "亿元", 2025, False),
    ]),
    # growth and shares lean on the measure right before them, a level on the measure that grows
    ("主营业务收入超过5000亿元,增长10%以上;完成固定资产投资900亿元,增长15%左右;利用外资3亿美元,年均提高6%。", [
        ("主营业务收入", None, GE, 5000, "亿元", None, False),
        ("主营业务收入增长", None, GE, 10, "%", None, False),
        ("固定资产投资", None, GE, 900, "亿元", None, False),
        ("固定资产投资增长", None, AB, 15, "%", None, False),
        ("利用外资", None, GE, 3, "亿美元", None, False),
        ("利用外资提高", None, GE, 6, "%", None, True),
    ]),
    ("力争营业收入突破700亿元,年均增长9%左右,占全市比重达到20%。", [
        ("营业收入", None, GE, 700, "亿元", None, False),
        ("营业收入增长", None, AB, 9, "%", None, True),
        ("营业收入占全市比重", None, GE, 20, "%", None, False),
    ]),
    ("力争总收入突破800亿元,规上工业增加值年均增长9%,高于全市平均水平2个百分点;亩均税收年均增长10%,2023年达到15万元/亩。", [
        ("总收入", None, GE, 800, "亿元", None, False),
        ("规上工业增加值增长", None, GE, 9, "%", None, True),
        ("规上工业增加值增长高于全市平均水平", None, GE, 2, "个百分点", None, False),
        ("亩均税收增长", None, GE, 10, "%", None, True),
        ("亩均税收", None, GE, 15, "万元/亩", 2023, False),
    ]),
    # alternatives that only describe, and counts behind parks
    ("每个国家级园区每年引进总投资5亿元或5000万美元以上项目不少于3个,省级园区每年不少于2个,其中制造业项目占比不低于70%。", [
        ("引进总投资5亿元或5000万美元以上项目", "每个国家级园区", GE, 3, "个", None, True),
        ("引进总投资5亿元或5000万美元以上项目", "省级园区", GE, 2, "个", None, True),
        ("制造业项目占比", "省级园区", GE, 70, "%", None, True),
    ]),
    ("每年引进亿元以上项目25个以上(其中:甲山经开区15个、乙水经开区10个)。", [
        ("引进亿元以上项目", None, GE, 25, "个", None, True),
        ("引进亿元以上项目", "甲山经开区", GE, 15, "个", None, True),
        ("引进亿元以上项目", "乙水经开区", GE, 10, "个", None, True),
    ]),
    ("主营业务收入50亿元以上的园区超过20个,三星级及以上的园区超过9个。", [
        ("主营业务收入50亿元以上的园区", None, GE, 20, "个", None, False),
        ("三星级及以上的园区", None, GE, 9, "个", None, False),
    ]),
    ("力争规上企业三年净增300户,年均净增100户。", [
        ("净增规上企业", None, GE, 300, "户", None, False), ("净增规上企业", None, GE, 100, "户", None, True),
    ]),
    ("建立招商机制,新签约亿元以上项目不少于30个、开工20个、竣工12个。", [
        ("新签约亿元以上项目", None, GE, 30, "个", None, False),
        ("开工亿元以上项目", None, GE, 20, "个", None, False),
        ("竣工亿元以上项目", None, GE, 12, "个", None, False),
    ]),
    ("力争甲山高新区综合排名进入全国前20名,乙水高新区进入前30名,丙石经开区、丁林经开区力争进入全省经开区前15位、前25位。", [
        ("综合排名", "甲山高新区", LE, 20, "名", None, False),
        ("综合排名", "乙水高新区", LE, 30, "名", None, False),
        ("全省经开区", "丙石经开区", LE, 15, "位", None, False),
        ("全省经开区", "丁林经开区", LE, 25, "位", None, False),
    ]),
    ("力争甲山县、乙水县开发区营业收入均突破300亿元,其他县开发区力争突破200亿元。", [
        ("营业收入", "甲山县", GE, 300, "亿元", None, False),
        ("营业收入", "乙水县开发区", GE, 300, "亿元", None, False),
        ("营业收入", "其他县开发区", GE, 200, "亿元", None, False),
    ]),
    ("全省省级（以上）开发区生产总值突破900亿元,容积率不低于1.2、绿地率不超过15%。", [
        ("生产总值", "全省省级(以上)开发区", GE, 900, "亿元", None, False),
        ("容积率", "全省省级(以上)开发区", GE, 1.2, None, None, False),
        ("绿地率", "全省省级(以上)开发区", LE, 15, "%", None, False),
    ]),
    ("每个园区每年至少引进1个投资20亿元以上项目,甲山经开区、乙水高新区每年至少引进1个投资50亿元以上项目。", [
        ("引进投资20亿元以上项目", "每个园区", GE, 1, "个", None, True),
        ("引进投资50亿元以上项目", "甲山经开区", GE, 1, "个", None, True),
        ("引进投资50亿元以上项目", "乙水高新区", GE, 1, "个", None, True),
    ]),
    ("国家级园区内设机构控制在12个以内,省级园区控制在8个以内。", [
        ("内设机构", "国家级园区", LE, 12, "个", None, False), ("内设机构", "省级园区", LE, 8, "个", None, False),
    ]),
    ("到2025年,全市新增千亿园区1个、五百亿园区2个。", [
        ("新增千亿园区", "全市", GE, 1, "个", 2025, False), ("新增五百亿园区", "全市", GE, 2, "个", 2025, False),
    ]),
    ("2023—2025年分别新增规上工业企业30家、40家、50家。", [
        ("新增规上工业企业", None, GE, 30, "家", 2023, False),
        ("新增规上工业企业", None, GE, 40, "家", 2024, False),
        ("新增规上工业企业", None, GE, 50, "家", 2025, False),
    ]),
    ("到2025年,全市园区工业总产值突破万亿元,增长12%;打造万亿元产业集群。", [
        ("工业总产值", "全市园区", GE, 1, "万亿元", 2025, False), ("工业总产值增长", "全市园区", GE, 12, "%", 2025, False),
    ]),
    ("力争全市千亿级开发区达到3家,500亿级开发区达到5家。", [
        ("千亿级开发区", "全市", GE, 3, "家", None, False), ("500亿级开发区", "全市", GE, 5, "家", None, False),
    ]),
    ("力争年产值10亿元、50亿元、100亿元以上企业分别达到90家、20家、8家。", [
        ("年产值10亿元", None, GE, 90, "家", None, False),
        ("50亿元", None, GE, 20, "家", None, False),
        ("100亿元以上企业", None, GE, 8, "家", None, False),
    ]),
    ("力争工业项目从立项到开工压缩到60个工作日以内。", [("工业项目从立项到开工", None, LE, 60, "个工作日", None, False)]),
    ("力争甲山高新区营业收入达500亿元,乙水边境经济合作区达80亿元。", [
        ("营业收入", "甲山高新区", GE, 500, "亿元", None, False), ("营业收入", "乙水边境经济合作区", GE, 80, "亿元", None, False),
    ]),
    ("甲山区和乙水区社区在“十四五”期间应实现自助终端全覆盖。", [("自助终端覆盖", None, EQ, 100, "%", 2025, False)]),
    ("每年安排园区新增用地指标不低于全市的40%。", [("安排园区新增用地指标占全市比重", None, GE, 40, "%", None, True)]),
    ("推动各园区开展管理体制改革,2022年底前实现全覆盖。", [("管理体制改革覆盖", None, EQ, 100, "%", 2022, False)]),
    ("市甲局负责园区规范化建设全覆盖工作的统筹协调。", []),
    ("单位GDP能耗比2020年下降13.5%,研发投入占GDP比重达到三分之一。", [
        ("单位GDP能耗下降", None, GE, 13.5, "%", None, False),
        ("研发投入占GDP比重", None, GE, pytest.approx(1 / 3), None, None, False),
    ]),
    ("地区生产总值达到4300亿元,占全省比重达到1/10。", [
        ("地区生产总值", None, GE, 4300, "亿元", None, False),
        ("地区生产总值占全省比重", None, GE, 0.1, None, None, False),
    ]),
    ("化工产业产值占工业总产值比重降至20%以下,失业率控制在4.5%以内。", [
        ("化工产业产值占工业总产值比重", None, LE, 20, "%", None, False),
        ("失业率", None, LE, 4.5, "%", None, False),
    ]),
    ("工业项目投资强度不低于300万元/亩,亩均税收不低于20万元,容积率不低于1.2。", [
        ("工业项目投资强度", None, GE, 300, "万元/亩", None, False),
        ("亩均税收", None, GE, 20, "万元/亩", None, False),
        ("容积率", None, GE, 1.2, None, None, False),
    ]),
    ("工业增加值占GDP比重稳步提升,达到38%左右。", [("工业增加值占GDP比重", None, AB, 38, "%", None, False)]),
    ("企业开办时间压缩至1个工作日以内。", [("企业开办时间", None, LE, 1, "个工作日", None, False)]),
    ("污水集中处理率、固体废弃物处置率等达到100%。", [
        ("污水集中处理率", None, EQ, 100, "%", None, False),
        ("固体废弃物处置率", None, EQ, 100, "%", None, False),
    ]),
    # counts before nouns, verbs and heads carried on
    ("形成1～2个千亿级产业集群,10个左右竞争力强、关联度高的百亿级特色产业集群。", [
        ("千亿级产业集群", None, RA, (1, 2), "个", None, False),
        ("百亿级特色产业集群", None, AB, 10, "个", None, False),
    ]),
    ("选拔100名正职后备人才、200名副职后备人才。", [
        ("选拔正职后备人才", None, GE, 100, "名", None, False),
        ("选拔副职后备人才", None, GE, 200, "名", None, False),
    ]),
    ("新增国家级专精特新企业3家、省级20家。", [
        ("新增国家级专精特新企业", None, GE, 3, "家", None, False),
        ("新增省级专精特新企业", None, GE, 20, "家", None, False),
    ]),
    ("产值100亿元以上企业超过3家、50亿元以上企业超过5家。", [
        ("产值100亿元以上企业", None, GE, 3, "家", None, False),
        ("产值50亿元以上企业", None, GE, 5, "家", None, False),
    ]),
    ("每年引进亿元项目200个以上、10亿元项目18个以上。", [
        ("引进亿元项目", None, GE, 200, "个", None, True),
        ("引进10亿元项目", None, GE, 18, "个", None, True),
    ]),
    ("全年力争新签约亿元以上项目120个,其中10亿元以上15个。", [
        ("新签约亿元以上项目", None, GE, 120, "个", None, False),
        ("新签约10亿元以上项目", None, GE, 15, "个", None, False),
    ]),
    ("培育专精特新企业200家(其中国家级“小巨人”企业20家)。", [
        ("培育专精特新企业", None, GE, 200, "家", None, False),
        ("培育国家级“小巨人”企业", None, GE, 20, "家", None, False),
    ]),
    ("引进紧缺工种技师,累计培养引进1000人以上。", [("培养引进紧缺工种技师", None, GE, 1000, "人", None, False)]),
    ("设立100亿元产业发展基金。", [("产业发展基金", None, GE, 100, "亿元", None, False)]),
    ("推动设立总规模50亿元的产业发展基金。", [("产业发展基金", None, GE, 50, "亿元", None, False)]),
    ("在产业集聚区建成3~5绿色工厂。", [("绿色工厂", "产业集聚区", RA, (3, 5), "家", None, False)]),
    # lists in step
    ("国家级、省级绿色制造示范单位分别新增1家、5家以上。", [
        ("新增国家级绿色制造示范单位", None, GE, 1, "家", None, False),
        ("新增省级绿色制造示范单位", None, GE, 5, "家", None, False),
    ]),
    ("国家级园区、省级园区各新增上市公司4家、2家以上。", [
        ("新增上市公司", "国家级园区", GE, 4, "家", None, False),
        ("新增上市公司", "省级园区", GE, 2, "家", None, False),
    ]),
    ("到2025年,园区技工贸总收入达到800亿元,其中,甲山高新区、乙水高新区等园区突破100亿元。", [
        ("技工贸总收入", "园区", GE, 800, "亿元", 2025, False),
        ("技工贸总收入", "甲山高新区", GE, 100, "亿元", 2025, False),
        ("技工贸总收入", "乙水高新区", GE, 100, "亿元", 2025, False),
    ]),
    ("2025年底前75%的国家级园区和50%的省级园区实现循环化改造。", [
        ("实现循环化改造", "国家级园区", GE, 75, "%", 2025, False),
        ("实现循环化改造", "省级园区", GE, 50, "%", 2025, False),
    ]),
    ("80%以上的规上工业企业实现数字化转型。", [("规上工业企业实现数字化转型", None, GE, 80, "%", None, False)]),
    ("到2023年、2025年,全市数字经济核心产业增加值占GDP比重分别达到8%、10%。", [
        ("数字经济核心产业增加值占GDP比重", "全市", GE, 8, "%", 2023, False),
        ("数字经济核心产业增加值占GDP比重", "全市", GE, 10, "%", 2025, False),
    ]),
    ("亩均产值、亩均税收分别达到400万元、20万元。", [
        ("亩均产值", None, GE, 400, "万元/亩", None, False),
        ("亩均税收", None, GE, 20, "万元/亩", None, False),
    ]),
    # ranks, coverage
    ("2022年,甲山经开区进入全国经开区综合评价排名前90位。", [("全国经开区综合评价排名", "甲山经开区", LE, 90, "位", 2022, False)]),
    ("营商环境评价进入全国前20位。", [("营商环境评价", None, LE, 20, "位", None, False)]),
    ("进入全省产业园区综合评价排名前30位的园区5个以上,其中前20位的园区3个以上。", [
        ("进入全省产业园区综合评价排名前30位的园区", None, GE, 5, "个", None, False),
        ("进入全省产业园区综合评价排名前20位的园区", None, GE, 3, "个", None, False),
    ]),
    ("实现省级以上园区污水管网全覆盖、污水全收集。", [
        ("污水管网覆盖", "省级以上园区", EQ, 100, "%", None, False),
        ("污水收集", "省级以上园区", EQ, 100, "%", None, False),
    ]),
    # years and each year
    ("2012年起5年内,培养高层次人才达到2000名左右。", [("培养高层次人才", None, AB, 2000, "名", 2016, False)]),
    ("“十四五”末研发经费占比提高到2.2%以上。", [("研发经费占比", None, GE, 2.2, "%", 2025, False)]),
    ("到2025年,规上企业达到1450户,每年净增100户规上工业企业;高企达到700户。", [
        ("规上企业", None, GE, 1450, "户", 2025, False),
        ("净增规上工业企业", None, GE, 100, "户", 2025, True),
        ("高企", None, GE, 700, "户", 2025, False),
    ]),
    # what only looks like history, a slogan, a scope or a duration
    ("到2025年,研发经费占比由2020年的1.8%提高到2.5%以上。", [("研发经费占比", None, GE, 2.5, "%", 2025, False)]),
    ("打造20家制造业单项冠军企业。", [("制造业单项冠军企业", None, GE, 20, "家", None, False)]),
    ("到2025年,应用示范场景达到62个以上。", [("应用示范场景", None, GE, 62, "个", 2025, False)]),
    ("到2025年,企业开办时间不超过2个工作日。", [("企业开办时间", None, LE, 2, "个工作日", 2025, False)]),
    ("每年引进8个10亿元以上项目。", [("引进10亿元以上项目", None, GE, 8, "个", None, True)]),
    ("新建170万平方米以上标准厂房。", [("新建标准厂房", None, GE, 170, "万平方米", None, False)]),
    ("新培育专精特新企业55家。", [("新培育专精特新企业", None, GE, 55, "家", None, False)]),
    ("到2025年,省级绿色园区数量超过6家。", [("省级绿色园区", None, GE, 6, "家", 2025, False)]),
    ("城镇登记失业率控制在4%以内。", [("城镇登记失业率", None, LE, 4, "%", None, False)]),
    ("培育智能工厂43家(责任单位:市财政局、各县(市、区)人民政府)。", [("培育智能工厂", None, GE, 43, "家", None, False)]),
    ("到2025年,成都高新区进入全省园区综合评价前5位。", [("全省园区综合评价", "成都高新区", LE, 5, "位", 2025, False)]),
    ("到2025年,营业收入突破800亿元,其中,建瓯经开区、无为高新区突破100亿元。", [
        ("营业收入", None, GE, 800, "亿元", 2025, False),
        ("营业收入", "建瓯经开区", GE, 100, "亿元", 2025, False),
        ("营业收入", "无为高新区", GE, 100, "亿元", 2025, False),
    ]),
    ("产业集聚区建成绿色工厂3家;固定资产投资达到30亿元。", [
        ("建成绿色工厂", "产业集聚区", GE, 3, "家", None, False),
        ("固定资产投资", "产业集聚区", GE, 30, "亿元", None, False),
    ]),
    ("工业增加值年均增长7%,新增创新平台2家。", [
        ("工业增加值增长", None, GE, 7, "%", None, True),
        ("新增创新平台", None, GE, 2, "家", None, False),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=lambda value: value if isinstance(value, str) else "")
def test_sentences(text: str, expected: list[Row]) -> None:
    context = Context(issued=2012) if "2012年起" in text else None
    assert rows(text, context) == expected


NONE = [
    "对土地已摘牌闲置2年及以上的企业征收土地闲置费。",
    "对全省排名后10位的园区,市领导约谈其负责人。",
    "企业年主营业务收入首次突破10亿元、50亿元的,分别给予50万元、100万元奖励。",
    "对年度新认定的高新技术企业,给予一次性奖励20万元。",
    "全市不再新增化工园区,努力培育四大千亿产业集群和两大千亿产业园区。",
    "聚焦“三类500强”,推进“135”工程,加快“五个100”重点项目建设。",
    "指挥部办公室每旬调度一次,每季度召开1次会议。",
    "完成文物保护和考古许可等12项评估事项。",
    "按照1:1:1的比例确定产业、居住、公共服务设施用地。",
    "省级园区可下调20%。",
    "省级创新型园区达到*家。",
    "截至2020年底,全市共有省级以上园区12家,实现工业总产值2800亿元。",
    "近年来,园区规上企业达到300家。",
    "2019年,全市高新技术企业达到300家。",
    "连续3年每年给予科研经费资助,加大对35岁以下青年扶持力度。",
    "每个部门明确1名分管领导和1名联络员。",
    "每省推荐不超过5家企业。",
    "处10万元以上50万元以下罚款。",
    "市级财政按20%给予补贴,最高不超过50万元。",
    "建立“一个产业、一个规划、一个领导”工作机制,突出三个重点。",
    "评选优秀企业10家、优秀企业家10名,予以通报表扬。",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_target(text: str) -> None:
    assert rows(text) == []


STOPS = [(row, example) for row in load_yaml("targets.yml")["stops"] for example in row["examples"]]


@pytest.mark.parametrize(("row", "example"), STOPS, ids=[example for _, example in STOPS])
def test_stop_examples_give_nothing(row: dict[str, str], example: str) -> None:
    assert rows(example) == []
    if row["where"] in ("sentence", "clause", "within", "part"):
        assert re.search(row["pattern"], example.rstrip(";")), "the pattern does not match its own example"


KEPT = [example for row in load_yaml("targets.yml")["stops"] for example in row.get("kept", ())]


@pytest.mark.parametrize("example", KEPT)
def test_what_a_stop_must_not_take(example: str) -> None:
    assert rows(example)


def test_a_law_commits_to_nothing_but_in_firm_words() -> None:
    law = Context(law=True)
    assert rows("绿地率应当达到30%以上。", law) == []
    assert rows("到2030年,绿地率达到30%以上。", law) != []


def test_numbers_without_targets_are_told_with_their_reasons() -> None:
    text = "力争园区产值达到50亿元,对排名后10位的园区予以约谈。"
    found, lost = read(text, 0, len(text), list(quantities(text)), Context())
    assert [row.metric for row in found] == ["产值"]
    assert [(text[item.start : item.end], bool(item.reason)) for item in lost] == []
    text = "园区产值达到50亿元,奖励标准为5万元。"
    lost = read(text, 0, len(text), list(quantities(text)), Context())[1]
    assert [(text[item.start : item.end], item.reason) for item in lost] == [("5万元", "grant")]


ENDLESS = {
    "numerals": "一" * 20_000,
    "digits": "1," * 10_000,
    "list": "产值达到10亿元," * 1_000,
    "counts": "培育企业10家、" * 1_000,
    "years": "到2025年" * 3_000 + "达到10家",
    "brackets": "(“《" * 2_000 + "达到10家",
    "parks": "园区" * 5_000 + "达到10亿元",
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_no_text_takes_long(text: str) -> None:
    start = time.perf_counter()
    read(text, 0, len(text), list(quantities(text)), Context())
    assert time.perf_counter() - start < 5


BASELINES = [
    ("增加值占比达70%(目前:68%)", "68%"),
    ("每万人发明专利达到12件(2020年为6.3件)", "6.3件"),
    ("R&D投入强度由2020年的2.1%提高到3%以上", "2.1%"),
    ("增加值占比达70%(含甲厂)", None),
]


@pytest.mark.parametrize(("text", "expected"), BASELINES)
def test_baselines(text: str, expected: str | None) -> None:
    found = read(text, 0, len(text), list(quantities(text)), Context())[0]
    assert [row.baseline for row in found] == [expected]


TABLES = [
    "表1 主要指标\n序号\t指标名称\t单位\t2020年\t2025年目标\t属性\n1\t工业总产值\t亿元\t100\t200\t预期性\n2\t亩均税收\t万元/亩\t18\t≥30\t预期性\n",
    "类别\n序号\n指标\n单位\n2020年\n2025年目标\n属性\n规模\n1\n工业总产值\n亿元\n100\n200\n预期性\n效益\n2\n亩均税收\n万元/亩\n18\n≥30\n预期性\n",
    "| 指标 | 2020年现状 | 2025年目标值 |\n| --- | --- | --- |\n| 工业总产值(亿元) | 100 | 200 |\n| 亩均税收(万元/亩) | 18 | ≥30 |\n",
    "指标\n\n单位\n\n2020年\n\n2025年\n\n工业总产值\n\n亿元\n\n100\n\n200\n\n亩均税收\n\n万元/亩\n\n18\n\n≥30\n",
    "主要指标      单位     2020年实际    2025年目标\n工业总产值     亿元      100      200\n亩均税收     万元/亩      18      ≥30\n",
]


@pytest.mark.parametrize("text", TABLES, ids=["tabs", "cells with groups", "bars", "cells", "spaces"])
def test_indicator_tables(text: str) -> None:
    view = view_of(text)
    found = [row for grid in grids(view.text, lines_of(view), 2021) for row in grid.found]
    assert [(row.metric, row.op, row.value, row.unit, row.year, row.baseline) for row in found] == [
        ("工业总产值", ">=", 200, "亿元", 2025, "100"),
        ("亩均税收", ">=", 30, "万元/亩", 2025, "18"),
    ]
    assert [view.text[row.start : row.end] for row in found] == ["200", "≥30"]


PLAN = """甲山市推进园区高质量发展实施方案

一、发展目标
到2025年,全市园区综合实力显著增强。
——规模壮大。工业总产值突破800亿元。
——效益提升。亩均税收达到25万元。2023年,亩均产值达到300万元/亩。
二、现状基础
园区规上企业达到300家以上。
三、重点任务
(一)培育龙头骨干企业。新增规上企业100家以上。
(二)建设创新平台。1.建设省级平台10个。完成时限:2024年12月底
2.设立基金。设立5亿元产业基金,给予贴息2%。
(三)考核。力争综合排名进入全省前5位,奖励10万元。
"""


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_empty_cells_keep_the_others_in_their_columns(mark: str) -> None:
    body = [
        ["指标名称", "单位", "2020年", "2025年", "年均增长(%)"],
        ["入驻企业", "户", "67", "100", ""],
        ["亩均税收", "万元/亩", "", "20", "10"],
    ]
    view = view_of("主要指标\n" + lines_of_table(body, mark))
    found = [row for grid in grids(view.text, lines_of(view), 2021) for row in grid.found]
    assert [(row.metric, row.value, row.unit, row.year, row.baseline) for row in found] == [
        ("入驻企业", 100, "户", 2025, "67"),
        ("亩均税收", 20, "万元/亩", 2025, None),
        ("亩均税收年均增长", 10, "%", 2025, None),
    ]


def test_a_deadline_at_the_end_of_a_clause_gives_the_year() -> None:
    text = "二、重点任务\n（一）推进创新。建成孵化器5家。（牵头单位：市科技局；2023年底前完成）\n（二）推进入规。净增规上企业30户。（市工信局负责，2024年12月底前完成）\n"
    found = {row.metric: row.year for row in plan(f"甲山市推进园区高质量发展实施方案\n{text}").targets}
    assert found == {"建成孵化器": 2023, "净增规上企业": 2024}


def test_articles_of_a_plan_commit_as_its_items_do() -> None:
    articles = [
        "强化用地保障。园区工业用地占比不低于60%。",
        "支持标准厂房建设。厂房入驻率不低于80%。",
        "支持入规。每年新增规上企业10家。",
        "优化服务。完善机制。",
    ]
    text = "".join(f"第{number}条 {words}\n" for number, words in zip("一二三四", articles, strict=True))
    assert [row.value for row in plan(f"甲山市支持园区高质量发展若干措施\n{text}").targets] == [60, 80, 10]
    assert not plan(f"甲山市园区管理办法\n{text}").targets


def plan(text: str) -> Record:
    data = text.encode()
    return extract(
        Document(sha256=hashlib.sha256(data).hexdigest(), source="p.txt", media_type="text/plain", text=text)
    )


def test_paths_years_and_scopes_from_above() -> None:
    record = plan(PLAN)
    found = {row.metric: (row.path, row.scope, row.value, row.unit, row.year) for row in record.targets}
    assert found == {
        "工业总产值": ("1", "全市园区", 800, "亿元", 2025),
        "亩均税收": ("1", "全市园区", 25, "万元/亩", 2025),
        "亩均产值": ("1", "全市园区", 300, "万元/亩", 2023),
        "新增规上企业": ("3.1", None, 100, "家", None),
        "建设省级平台": ("3.2.1", None, 10, "个", 2024),
        "产业基金": ("3.2.2", None, 5, "亿元", None),
        "综合排名": ("3.3", None, 5, "位", None),
    }
    assert all(PLAN[row.evidence.start : row.evidence.end] == row.evidence.quote for row in record.targets)


DIVISION = (
    PLAN
    + """
附件

重点任务分工表

序号

重点任务

牵头单位

完成时限

1

培育龙头骨干企业。新增规上企业100家以上,引进外资企业8家

市工信局

2023年底

2

建设创新平台

市科技局

2024年底
"""
)


def test_a_target_that_stands_only_in_the_division_table_counts_at_its_item() -> None:
    found = {row.metric: (row.path, row.value, row.year) for row in plan(DIVISION).targets}
    assert found["引进外资企业"] == ("3.1", 8, 2023)
    assert found["新增规上企业"] == ("3.1", 100, None)
    assert len([row for row in plan(DIVISION).targets if row.value == 100]) == 1


def test_records_are_comparable() -> None:
    record = plan(PLAN)
    row = next(row for row in record.targets if row.metric == "亩均税收")
    assert (row.indicator, row.base_value, row.base_unit) == ("亩均税收", 25, "万元/亩")


def test_numbers_that_no_target_quotes_are_listed() -> None:
    numbers = {item.text: item.reason for item in plan(PLAN).unresolved if item.kind == "number"}
    assert numbers == {"10万元": "grant"}


def test_bullets_without_a_paragraph_before_them_keep_their_own_years() -> None:
    text = "二、主要目标\n——到2025年,新增上市公司6家。\n——亩均税收达到20万元/亩(2020年为15万元/亩)。\n三、重点任务\n（一）优化营商环境。到2024年,新增创新平台3家。\n"
    found = {row.metric: (row.value, row.year) for row in plan(f"甲山市推进园区高质量发展实施方案\n{text}").targets}
    assert found == {"新增上市公司": (6, 2025), "亩均税收": (20, None), "新增创新平台": (3, 2024)}
