"""Industries: lists split rightly, given to the right parks."""

import pytest

from ingest.industries import park_industries
from ingest.industry_lists import industries, names
from ingest.industry_phrases import predicates
from ingest.pipeline import pipeline
from ingest.tables import load_yaml
from ingest.view import view_of
from tests.test_parks import mentions

JOINED = load_yaml("industries.yml")["examples"]


def rows(text: str, region: str) -> list[tuple[str, str]]:
    view = view_of(text)
    found = predicates(view.text, 0, len(view.text))
    return [(row.park, row.industry) for row in park_industries(view, mentions(text, region), found)]


@pytest.mark.parametrize("row", JOINED, ids=lambda row: row["text"][:20])
def test_examples_of_the_table(row: dict[str, list[list[str]]]) -> None:
    assert sorted(rows(str(row["text"]), "湖南省")) == sorted(map(tuple, row["rows"]))


@pytest.mark.parametrize("frame", load_yaml("industries.yml")["frames"], ids=lambda row: row["pattern"][:20])
def test_every_frame_matches_its_examples(frame: dict[str, list[str]]) -> None:
    for text in frame["examples"]:
        assert predicates(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("智能装备制造、生物医药与食品、新能源新材料", ["智能装备制造", "生物医药与食品", "新能源新材料"]),
        ("生物医药和新材料", ["生物医药", "新材料"]),
        ("汽车及零部件、食品饮料、生物医药", ["汽车及零部件", "食品饮料", "生物医药"]),
        ("电子信息、装备制造及新材料", ["电子信息", "装备制造", "新材料"]),
        ("节能和新能源汽车、集成电路", ["节能和新能源汽车", "集成电路"]),
        ("电子信息产业、装备制造业", ["电子信息", "装备制造"]),
        ("先进制造业和新兴产业", ["先进制造业", "新兴产业"]),
        ("竹产业", ["竹产业"]),
        ("新材料(先进陶瓷)、软件和信息技术服务业", ["新材料", "软件和信息技术服务业"]),
    ],
)
def test_lists(text: str, expected: list[str]) -> None:
    assert [item.name for item in industries(text, 0, len(text), typed=True)] == expected


@pytest.mark.parametrize(
    ("region", "text", "expected"),
    [
        ("安徽省池州市", "在市级层面对市开发区、高新区和江南产业集中区发展电子信息产业进行统筹指导",
         [("池州经济技术开发区", "电子信息"), ("池州高新技术产业开发区", "电子信息"), ("江南产业集中区", "电子信息")]),
        ("湖北省", "武汉经开区以汽车及零部件为主导产业;襄阳高新区主导产业为新能源汽车、航空航天。",
         [("武汉经济技术开发区", "汽车及零部件"), ("襄阳高新技术产业开发区", "新能源汽车"), ("襄阳高新技术产业开发区", "航空航天")]),
        ("江西省赣州市", "瑞金经开区、定南工业园区、于都工业园区分别发展绿色食品、稀土永磁材料、纺织服装产业。",
         [("瑞金经济技术开发区", "绿色食品"), ("定南工业园区", "稀土永磁材料"), ("于都工业园区", "纺织服装")]),
        ("湖南省常德市", "1.常德经开区。重点发展高端装备制造、新材料产业。\n2.桃源高新区:主攻铝材精深加工、轻纺两大产业。",
         [("常德经济技术开发区", "高端装备制造"), ("常德经济技术开发区", "新材料"), ("桃源高新技术产业开发区", "铝材精深加工"), ("桃源高新技术产业开发区", "轻纺")]),
        ("安徽省合肥市", "合肥经开区智能家电产业集群、合肥高新区人工智能产业集群加快建设",
         [("合肥经济技术开发区", "智能家电"), ("合肥高新技术产业开发区", "人工智能")]),
        ("内蒙古自治区鄂尔多斯市", "鄂尔多斯高新区、鄂尔多斯装备制造基地、准格尔经济开发区发展现代煤化工产业",
         [("鄂尔多斯高新技术产业开发区", "现代煤化工"), ("准格尔经济开发区", "现代煤化工")]),
        ("湖南省常德市", "支持常德经开区调区扩区,推动全市发展电子信息产业。", []),
        ("湖南省常德市", "其他省级园区加快传统优势产业转型升级,推进特色产业集群建设。", []),
    ],
)  # fmt: skip
def test_parks_and_their_industries(region: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert rows(text, region) == expected


def test_every_synonym_leads_to_a_name_that_is_its_own() -> None:
    assert all(names()[name] == name for name in names().values())


def test_a_clause_of_duties_gives_a_task_no_industry() -> None:
    doc = pipeline()(
        "某市方案\n一、重点任务\n(一)壮大产业。大力发展电子信息产业。(责任单位:市工业和信息化局、市发展改革委、市金融办)"
    )
    assert doc._.task_industries == [("电子信息",)]
