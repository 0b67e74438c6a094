"""The table of regions: lookups, ambiguity, and what must hold for every row."""

from __future__ import annotations

import pytest

from ingest.regions import COUNTRY, regions

FULL_NAMES = [
    ("常德", "湖南省常德市"),
    ("常德市", "湖南省常德市"),
    ("湖南省常德市", "湖南省常德市"),
    ("常德市武陵区", "湖南省常德市武陵区"),
    ("湖南省常德市桃源县", "湖南省常德市桃源县"),
    ("津市", "湖南省常德市津市市"),
    ("湘", "湖南省"),
    ("湖南", "湖南省"),
    ("黔东南", "贵州省黔东南苗族侗族自治州"),
    ("黔东南州", "贵州省黔东南苗族侗族自治州"),
    ("内蒙古", "内蒙古自治区"),
    ("广西", "广西壮族自治区"),
    ("北京", "北京市"),
    ("济源", "河南省济源市"),
    ("仙桃市", "湖北省仙桃市"),
    ("东莞", "广东省东莞市"),
    ("石河子", "新疆维吾尔自治区石河子市"),
    ("长阳县", "湖北省宜昌市长阳土家族自治县"),
    ("浦东新区", "上海市浦东新区"),
    ("锡林郭勒", "内蒙古自治区锡林郭勒盟"),
    ("神农架", "湖北省神农架林区"),
    ("临平区", "浙江省杭州市临平区"),
    ("襄樊市", "湖北省襄阳市"),
    ("思茅市", "云南省普洱市"),
    ("莱芜市", "山东省莱芜市"),
    ("崇文区", "北京市崇文区"),
]

AMBIGUOUS = [
    ("吉林", None, ["吉林省", "吉林省吉林市"]),
    ("吉林", "220200", ["吉林省吉林市"]),
    ("朝阳区", None, ["北京市朝阳区", "吉林省长春市朝阳区"]),
    ("朝阳区", "110000", ["北京市朝阳区"]),
    ("鼓楼区", "320000", ["江苏省南京市鼓楼区", "江苏省徐州市鼓楼区"]),
    ("没有的市", None, []),
]

PREFIXES = [
    ("湘政办发〔2021〕19号", "湖南省"),
    ("豫政〔2020〕1号", "河南省"),
    ("京政发〔2021〕1号", "北京市"),
    ("渝府发〔2021〕1号", "重庆市"),
    ("云政发〔2021〕1号", "云南省"),
    ("驻政办〔2019〕125号", "驻马店市"),
    ("穗府办〔2012〕1号", "广州市"),
    ("深府〔2012〕1号", "深圳市"),
    ("甬政发〔2012〕1号", "宁波市"),
    ("蓉府发〔2012〕1号", "成都市"),
    ("常政发〔2012〕1号", "常德市"),
]

ABOLISHED = [("莱芜市", "济南市"), ("崇文区", "东城区"), ("宣武区", "西城区"), ("偃师市", "偃师区"), ("横县", "横州市")]


@pytest.mark.parametrize(("name", "expected"), FULL_NAMES)
def test_one_region_of_that_name(name: str, expected: str) -> None:
    assert regions().find(name)[0].full_name == expected


@pytest.mark.parametrize(("name", "within", "expected"), AMBIGUOUS)
def test_every_region_of_that_name(name: str, within: str | None, expected: list[str]) -> None:
    assert [region.full_name for region in regions().find(name, within)] == expected


@pytest.mark.parametrize(("number", "expected"), PREFIXES)
def test_number_prefix(number: str, expected: str) -> None:
    assert expected in [region.name for region in regions().by_number_prefix(number)]


@pytest.mark.parametrize(("name", "now"), ABOLISHED)
def test_abolished_regions_know_what_they_became(name: str, now: str) -> None:
    assert regions().now(regions().find(name)[0].code).name == now


def test_ancestors_nearest_first() -> None:
    assert [region.name for region in regions().ancestors("430702")] == ["常德市", "湖南省", "中华人民共和国"]
    assert [region.name for region in regions().ancestors("110105")] == ["北京市", "中华人民共和国"]
    assert regions().ancestors(COUNTRY) == ()


def test_prefixes_go_down_as_far_as_the_text_does() -> None:
    length, places = regions().prefixes("常德市武陵区财政局")[0]
    assert (length, [place.name for place in places]) == (6, ["武陵区"])


def test_municipalities() -> None:
    assert [code for code in regions().codes() if regions().is_municipality(code)] == [
        "110000", "120000", "310000", "500000",
    ]  # fmt: skip


def test_every_row_is_sound() -> None:
    order = {"country": 0, "province": 1, "prefecture": 2, "county": 3}
    for code in regions().codes():
        region = regions()[code]
        assert region.full_name.endswith(region.name)
        assert code.isdigit()
        assert len(code) == 6
        if code == COUNTRY:
            assert region.parent is None
            continue
        assert region.parent is not None
        assert order[regions()[region.parent].level] < order[region.level]
        assert regions().now(code).code in regions().codes()
        assert regions().within(code, COUNTRY)


def test_the_table_is_complete() -> None:
    levels = [regions()[code].level for code in regions().codes()]
    assert levels.count("province") == 34
    assert 333 <= levels.count("prefecture") <= 340
    assert levels.count("county") > 2840
    for code in regions().codes():
        assert regions()[code] in regions().find(regions()[code].full_name) or regions().now(code).code != code


def test_unknown_codes() -> None:
    assert regions().get("999999") is None
    assert regions().get(None) is None
    with pytest.raises(KeyError):
        regions().full_name("999999")
