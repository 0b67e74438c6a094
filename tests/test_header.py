"""Title, number, issuers, region, status and dates, in the forms in which pages give them."""

from datetime import date

import pytest

from ingest.pipeline import extract, extract_file
from ingest.records import Document, Policy

BODY = "\n一、总体要求\n坚持高质量发展，推动园区转型升级，为全面建设提供有力支撑。\n二、重点任务\n（一）推进绿色工厂建设。落实行动计划，建设绿色工厂。\n"


def policy(text: str) -> Policy:
    return extract(Document(sha256="0" * 64, source="a.txt", media_type="text/plain", text=text)).policy


NOTICE = """常德市人民政府办公室关于印发《常德市园区发展实施方案（2022—2025年）》的通知
常政办发〔2022〕3号
各区县市人民政府，市直有关单位：
《常德市园区发展实施方案（2022—2025年）》已经市人民政府同意，现印发给你们，请认真贯彻执行。
常德市人民政府办公室
2022年2月7日
常德市园区发展实施方案
（2022—2025年）
为推动发展，制定本方案。"""


def test_a_plan_in_its_notice() -> None:
    found = policy(NOTICE + BODY)
    assert found.title == "常德市园区发展实施方案（2022—2025年）"
    assert found.doc_number == "常政办发〔2022〕3号"
    assert found.issuers == ("常德市人民政府办公室",)
    assert (found.region, found.region_code) == ("湖南省常德市", "430700")
    assert (found.status, found.issued_on) == ("issued", date(2022, 2, 7))
    assert found.id == "常政办发〔2022〕3号"


@pytest.mark.parametrize(
    "number",
    [
        "常政办发〔2022〕3号",
        "常政办发[2022]3号",
        "常政办发【2022】3号",
        "常政办发（2022）3号",
        "常政办发［2022］ 3 号",
        "常政办发(2022)第3号",
    ],
)
def test_brackets_of_a_number(number: str) -> None:
    assert policy(NOTICE.replace("常政办发〔2022〕3号", number) + BODY).doc_number == "常政办发〔2022〕3号"


def test_a_cited_number_is_not_the_documents_own() -> None:
    text = (
        "常德市园区发展行动方案\n根据《湖南省人民政府关于创建园区的意见》（湘政发〔2021〕19号）精神，制定本方案。"
        + BODY
    )
    assert policy(text).doc_number is None


@pytest.mark.parametrize(
    ("head", "field", "expected"),
    [
        ("索 引 号：1 发文日期：2019年11月25日", "published_on", date(2019, 11, 25)),
        ("文  号：驻政办〔2019〕125号 成文日期：2019-11-15", "issued_on", date(2019, 11, 15)),
        ("生效日期：2015-11-02\n废止日期：2024-10-10", "expires_on", date(2024, 10, 10)),
        ("生效日期：2015-11-02\n废止日期：2024-10-10", "effective_on", date(2015, 11, 2)),
        ("发布时间：2015-11-02 00:00 信息来源：市政府办公室", "published_on", date(2015, 11, 2)),
        ("2022-02-07 17:26 来源：市政府办 阅读次数：", "published_on", date(2022, 2, 7)),
        ("索引号\tA01/2019\t发文日期\t2019年11月25日", "published_on", date(2019, 11, 25)),
        ("文 号\t驻政办〔2019〕125号\t成文日期\t2019-11-15", "issued_on", date(2019, 11, 15)),
        ("文 号\t驻政办〔2019〕125号\t成文日期\t2019-11-15", "doc_number", "驻政办〔2019〕125号"),
        ("废止日期 \t 2024-10-10", "expires_on", date(2024, 10, 10)),
        ("发文日期\t\n2019年11月25日起开会", "published_on", None),  # an empty cell
        ("原定发文日期\t2019年11月25日", "published_on", None),  # a cell that says more than the label
        ("发文日期和文号\t2019年11月25日", "published_on", None),
        ("发文日期 2019年11月25日", "published_on", None),  # no table
    ],
)
def test_index_header(head: str, field: str, expected: date) -> None:
    text = f"首页 > 政务公开\n驻马店市园区发展行动方案\n{head}\n为推动发展，制定本方案。" + BODY
    assert getattr(policy(text), field) == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("国务院关于促进综合保税区\n高水平开放高质量发展的若干意见\n国发〔2019〕3号\n各省人民政府：\n现提出意见。", "国务院关于促进综合保税区高水平开放高质量发展的若干意见"),
        ("图解某某三年行动计划\n常德市推进产业发展三年行动计划\n根据会议精神，特制定本行动计划，推动全市产业发展。", "常德市推进产业发展三年行动计划"),
        ("湖南省园区建设领导小组2020年湖南省园区工作要点\n2020-03-05\n为贯彻落实会议精神，制定本工作要点。", "2020年湖南省园区工作要点"),
        ("关于征求《园区转型升级实施方案（征求意见稿）》意见的函\n市直有关部门：\n请提出意见，于11月10日反馈市发展改革委。\n2015年11月6日\n附件 园区转型升级实施方案（征求意见稿）\n制定本方案。", "园区转型升级实施方案"),
        ("驻马店市推进产业集聚区快速发展\n\n行 动 方 案\n\n为贯彻落实要求，制定本方案，推动发展。", "驻马店市推进产业集聚区快速发展行动方案"),
        ("常德市企业服务办法（试行）\n第一条 为规范服务，制定本办法，推动全市企业发展。", "常德市企业服务办法（试行）"),
    ],
)  # fmt: skip
def test_title(text: str, title: str) -> None:
    assert policy(text + BODY).title == title


def test_a_draft_and_who_asks() -> None:
    text = (
        "关于征求《园区转型升级实施方案（征求意见稿）》意见的函\n市直有关部门：\n我委起草了《园区转型升级实施方案（征求意见稿）》，"
        "请于11月10日前反馈市发展改革委。\n2015年11月6日\n附件 园区转型升级实施方案（征求意见稿）\n池州市各开发区要落实。"
        + BODY
    )
    found = policy(text)
    assert found.status == "draft"
    assert found.issued_on == date(2015, 11, 6)
    assert found.issuers == ("池州市发展和改革委员会",)
    assert found.in_force_from is None


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("工业和信息化部 财政部关于开展试点工作的通知\n各省：\n为推动发展，现就有关事项通知如下：", ("工业和信息化部", "财政部")),
        ("关于开展园区试点工作的通知\n各县区：\n为推动发展，现通知如下。" + BODY + "常德市发展改革委\n常德市工信局\n2022年1月5日\n", ("常德市发展和改革委员会", "常德市工业和信息化局")),
        ("国务院关于推进发展的意见\n现提出意见如下，请认真贯彻。" + BODY + "\n国　务　院\n2019年1月12日", ("国务院",)),
        ("关于开展园区试点工作的通知\n各县区：\n为推动发展，现通知如下。" + BODY + "责任单位：市商务局、市财政局\n\n常德市人民政府办公室\n2022年1月5日\n", ("常德市人民政府办公室",)),
    ],
)  # fmt: skip
def test_issuers(text: str, issuers: tuple[str, ...]) -> None:
    assert policy(text + BODY).issuers == issuers


UNDATED = "常德市园区发展行动方案\n为推动园区发展，制定本方案。" + BODY


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        (UNDATED, "2023-05-06 17:26", date(2023, 5, 6)),
        (UNDATED, "2023年5月6日", date(2023, 5, 6)),
        (UNDATED, "last week", None),
        (UNDATED, None, None),
        ("发布时间：2022-02-07\n" + UNDATED, "2023-05-06", date(2022, 2, 7)),
        (UNDATED.replace("方案\n", "方案\n2022-02-07 17:26\n", 1), "2023-05-06", date(2022, 2, 7)),
    ],
)
def test_the_date_of_a_page_counts_where_its_text_shows_none(
    text: str, told: str | None, expected: date | None
) -> None:
    metadata = (("PubDate", told),) if told else ()
    document = Document(sha256="0" * 64, source="a.html", media_type="text/html", text=text, metadata=metadata)
    found = extract(document).policy
    assert found.published_on == expected
    assert found.id == policy(text).id  # other pages with this text may say another date


def test_an_index_table_of_a_web_page() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in (
        ("索引号", "006123"), ("文号", "常政办发〔2022〕3号"), ("发文日期", "2022年2月9日"), ("生效日期", "2022年3月1日"))
    )  # fmt: skip
    body = "".join(f"<p>{line}</p>" for line in UNDATED.split("\n"))
    page = f"<html><body><table>{rows}</table><div>{body}</div></body></html>".encode()
    (outcome,) = extract_file((page, "a.html"))
    assert outcome.record
    found = outcome.record.policy
    assert (found.doc_number, found.published_on, found.effective_on) == (
        "常政办发〔2022〕3号",
        date(2022, 2, 9),
        date(2022, 3, 1),
    )


def test_no_region_for_the_centre() -> None:
    assert (
        policy("国务院关于推进发展的意见\n国发〔2019〕3号\n各省、自治区、直辖市人民政府：\n现提出意见。" + BODY).region
        is None
    )


def test_a_notice_without_title_marks_around_a_plan_that_is_worded_a_little_otherwise() -> None:
    text = (
        "常德市人民政府办公室印发关于促进我市园区改革和创新发展实施方案的通知\n常政办发〔2022〕3号\n各区县市人民政府：\n"
        "经市人民政府同意，现将《关于促进我市园区改革和创新发展的实施方案》印发给你们，请照此执行。\n常德市人民政府办公室\n2022年2月7日\n"
        "关于促进我市园区改革和\n创新发展的实施方案\n为推动发展，制定本方案。"
    )
    assert policy(text + BODY).title == "关于促进我市园区改革和创新发展的实施方案"
