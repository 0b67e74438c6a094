"""Parks: which words name one, under which official name, and which only name a class."""

import pytest

from ingest.park_lists import elided
from ingest.park_mentions import Mention, find
from ingest.park_settle import settle
from ingest.park_table import kinds, known
from ingest.parks import class_of, park_at
from ingest.pipeline import pipeline
from ingest.records import Region
from ingest.regions import regions
from ingest.tables import load_yaml
from ingest.view import view_of


def mentions(text: str, region: str | None) -> list[Mention]:
    home: Region | None = regions().find(region)[0] if region else None
    view = view_of(text)
    found = elided(view.text, find(view.text, home), home)
    settle(view.text, found, home, None)
    return [mention for mention in found if mention.name and not mention.planned]


def names(text: str, region: str | None) -> list[str]:
    return list(dict.fromkeys(mention.name or "" for mention in mentions(text, region)))


@pytest.mark.parametrize("row", load_yaml("parks.yml")["examples"], ids=lambda row: row["text"][:20])
def test_examples_of_the_table(row: dict[str, list[str]]) -> None:
    assert names(str(row["text"]), "湖南省常德市") == row["parks"]


@pytest.mark.parametrize(
    ("region", "text", "expected"),
    [
        # short forms and the national list
        ("江西省南昌市", "南昌高新区、小蓝经开区加快发展", ["南昌高新技术产业开发区", "南昌小蓝经济技术开发区"]),
        ("广东省", "推动深圳高新区、佛山高新区、惠州仲恺高新区建设", ["深圳市高新技术产业园区", "佛山高新技术产业开发区", "惠州仲恺高新技术产业开发区"]),
        ("湖北省", "武汉东湖新技术开发区、东湖高新区和武汉经开区", ["武汉东湖新技术开发区", "武汉经济技术开发区"]),
        ("山东省济宁市", "济宁市高新区、济宁高新技术产业开发区", ["济宁高新技术产业开发区"]),
        ("海南省", "海口国家高新区、洋浦经济开发区", ["海口高新技术产业开发区", "海南洋浦经济开发区"]),
        # the document's own long form beside a short one that the list does not know
        ("湖南省", "永兴经济开发区发展冶炼,支持永兴经开区扩区", ["永兴经济开发区"]),
        ("安徽省池州市", "龟山渡经济开发区主攻电子信息,支持龟山渡经开区扩区", ["龟山渡经济开发区"]),
        # lists of kinds, bodies set up for all, and ranks name none
        ("河南省信阳市", "各管理区、开发区管委会,市开发区建设工作领导小组,各县区人民政府、管理区和开发区管委会", []),
        ("福建省", "对成效突出的前10名开发区、前五位高新区给予奖励", []),
        # bonded and free-trade zones, and their parts
        ("湖南省", "长沙黄花综保区、岳阳城陵矶综合保税区", ["长沙黄花综合保税区", "岳阳城陵矶综合保税区"]),
        ("湖南省", "湖南自贸试验区长沙片区先行先试", ["中国（湖南）自由贸易试验区", "中国（湖南）自由贸易试验区长沙片区"]),
        ("山东省", "中国(山东)自由贸易试验区(以下简称自贸试验区)包括济南片区、烟台片区。",
         ["中国（山东）自由贸易试验区", "中国（山东）自由贸易试验区济南片区", "中国（山东）自由贸易试验区烟台片区"]),
        # settled by the document's region
        ("安徽省池州市", "对市开发区、高新区和江南产业集中区进行统筹指导", ["池州经济技术开发区", "池州高新技术产业开发区", "江南产业集中区"]),
        ("河南省驻马店市", "各县区人民政府,市城乡一体化示范区、经济开发区、高新技术产业开发区管委会", ["驻马店经济开发区", "驻马店高新技术产业开发区"]),
        ("河南省许昌市", "市城乡一体化示范区、经济技术开发区、东城区管委会", ["许昌经济技术开发区"]),
        ("湖南省", "支持长沙经开区、高新区做大做强", ["长沙经济技术开发区", "长沙高新技术产业开发区"]),
        # lists that share one kind
        ("湖南省", "支持长沙、株洲、湘潭高新区做大做强", ["长沙高新技术产业开发区", "株洲高新技术产业开发区", "湘潭高新技术产业开发区"]),
        # names that no table holds
        ("陕西省榆林市", "榆神工业区、榆横工业区、绥德工业园区", ["榆神工业区", "榆横工业区", "绥德工业园区"]),
        ("湖南省长沙市", "隆平高科技园重点发展种业,金霞经开区、马栏山视频文创产业园", ["隆平高科技园", "金霞经济技术开发区", "马栏山视频文创产业园"]),
        ("辽宁省沈阳市", "中德(沈阳)高端装备制造产业园、辉山经济技术开发区", ["中德（沈阳）高端装备制造产业园", "沈阳辉山经济技术开发区"]),
        ("河南省驻马店市", "中心城区产业集聚区、中国国际农加工产业园重点谋划", ["中国国际农加工产业园"]),
        # named parts
        ("河南省驻马店市", "对驻马店市产业集聚区化工园区开展评估", ["驻马店市产业集聚区", "驻马店市产业集聚区化工园区"]),
        ("湖南省株洲市", "醴陵经开区陶瓷产业园产值", ["醴陵经济技术开发区", "醴陵经开区陶瓷产业园"]),
        # one park written with and without its place
        ("辽宁省大连市", "关于大连双岛湾工业区,双岛湾工业区的建设", ["大连双岛湾工业区"]),
        # classes
        ("湖南省", "推动岳阳、娄底创建国家级高新区,推进非高新类园区向高新区转型", []),
        ("湖南省常德市", "全市产业园区、各县市区开发区、重点园区、我市经开区", []),
        ("河南省", "河南省产业集聚区企业分类综合评价办法", []),
        ("湖南省常德市", "进入全国经开区综合评价前90位,建设特色产业园、小微企业园和农民工返乡创业园", []),
        ("湖南省", "复制推广自贸试验区改革试点经验,支持综合保税区内企业发展", []),
        ("湖南省常德市", "下放开发区经济管理权限,到2025年开发区产值翻番,——产业集聚区提质", []),
        ("内蒙古自治区", "全旗产业园区、全盟开发区提质增效", []),
        # not yet built, and no parks
        ("湖南省常德市", "规划建设德国工业园、新能源产业园、智能终端产业园", []),
        ("湖南省常德市", "申报设立常德综合保税区", []),
        ("湖南省常德市", "柳叶湖旅游度假区、西湖管理区、陬市物流园、常德港", []),
    ],
)  # fmt: skip
def test_names(region: str, text: str, expected: list[str]) -> None:
    assert names(text, region) == expected


def test_every_form_ends_as_its_kind_or_shortens_it() -> None:
    assert all(form in kind.forms for form, kind in kinds().items())
    assert known()["常德经开区"].name == "常德经济技术开发区"
    assert known()["常德高新区"].park_class == "国家级高新区"


def test_aliases_do_not_hide_an_official_name() -> None:
    for name, aliases in load_yaml("parks.yml")["aliases"].items():
        assert known()[name].name == name
        assert all(known()[alias].name == name for alias in aliases)


@pytest.mark.parametrize(
    ("region", "text", "expected"),
    [
        ("湖南省常德市", "常德经开区", ("国家级经开区", "national")),
        ("湖南省常德市", "汉寿高新区", ("省级高新区", "province")),
        ("湖南省常德市", "武陵工业园", ("工业园", None)),
        ("湖南省", "湘潭综保区", ("综合保税区", "national")),
    ],
)
def test_class_and_level(region: str, text: str, expected: tuple[str, str | None]) -> None:
    mention = mentions(text, region)[0]
    assert class_of(mention.name or "", mention) == expected


def test_a_mention_string_is_settled_in_its_document() -> None:
    doc = pipeline()(
        "池州市人民政府关于印发园区方案的通知\n一、任务\n(一)对市开发区、高新区和江南产业集中区发展电子信息产业进行统筹指导。"
    )
    assert park_at(doc, "市开发区") == "池州经济技术开发区"
    assert park_at(doc, "江南产业集中区") == "江南产业集中区"
    assert park_at(doc, "国家级园区") is None
