"""Validity: 自…起施行, 有效期N年, 试行, labels of an index header."""

from datetime import date

import pytest

from ingest.pipeline import pipeline

HEAD = "某市人民政府关于印发《某市园区管理办法》的通知\n各县区人民政府:\n现印发给你们,请认真执行。\n某市人民政府\n2022年3月1日\n某市园区管理办法\n第一条 为规范管理,制定本办法。\n第二条 "


def validity(end: str, head: str = HEAD) -> tuple[date | None, date | None]:
    policy = pipeline()(head + end)._.header.policy
    return policy.effective_on, policy.expires_on


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本办法自印发之日起施行。", (date(2022, 3, 1), None)),
        ("本办法自发布之日起施行,有效期5年。", (date(2022, 3, 1), date(2027, 2, 28))),
        ("本办法自2024年3月1日起施行,有效期五年。", (date(2024, 3, 1), date(2029, 2, 28))),
        ("本办法自2022年4月1日起实施,有效期至2025年3月31日。", (date(2022, 4, 1), date(2025, 3, 31))),
        (
            "本办法自2022年4月1日起施行,有效期两年。《某市旧办法》自2010年1月1日起施行。",
            (date(2022, 4, 1), date(2024, 3, 31)),
        ),
        ("本办法自2022年4月1日起试行,试行期1年。", (date(2022, 4, 1), date(2023, 3, 31))),
        ("本办法自2022年4月1日起施行,有效期截止到2026年12月31日。", (date(2022, 4, 1), date(2026, 12, 31))),
        ("本办法自公布之日起三十日后施行。", (date(2022, 3, 31), None)),
        ("本办法由市发展改革委负责解释。", (None, None)),
        ("本办法自2022年4月1日起施行。有效期5年。", (date(2022, 4, 1), date(2027, 3, 31))),
        ("资质证书有效期3年。", (None, None)),
        ("生产许可证分为正本和副本,有效期为5年。", (None, None)),
        ("高新技术企业证书自颁发之日起有效期为三年。", (None, None)),
        ("本办法自印发之日起执行,执行期限三年。", (date(2022, 3, 1), date(2025, 2, 28))),
        ("本办法自2022年4月1日起施行,2027年3月31日废止。", (date(2022, 4, 1), date(2027, 3, 31))),
        ("本办法自2022年4月1日起施行,至2024年12月31日止。", (date(2022, 4, 1), date(2024, 12, 31))),
        ("本办法自2022年4月1日至2024年12月31日施行。", (date(2022, 4, 1), date(2024, 12, 31))),
        ("本办法自印发之日起30日后施行,有效期5年。", (date(2022, 3, 31), date(2027, 3, 30))),
        ("本办法自2022年4月1日起施行,有效期为3年,期满自动失效。", (date(2022, 4, 1), date(2025, 3, 31))),
        ("本办法有效期自2022年4月1日至2027年3月31日。", (date(2022, 4, 1), date(2027, 3, 31))),
    ],
)
def test_terms(text: str, expected: tuple[date | None, date | None]) -> None:
    assert validity(text) == expected


def test_labels_of_an_index_header() -> None:
    head = "生效日期:2015-11-02\n废止日期:2024-10-10\n某市园区转型方案\n"
    assert validity("一、重点任务\n(一)抓好落实。", head) == (date(2015, 11, 2), date(2024, 10, 10))


def test_a_draft_is_not_in_force() -> None:
    policy = pipeline()(
        "某市园区管理办法(征求意见稿)\n第一条 为规范管理,制定本办法。\n第二条 本办法自2022年4月1日起施行。"
    )._.header.policy
    assert policy.status == "draft"
    assert policy.in_force_from is None
