"""Which items are tasks, their titles, and clauses that divide them."""

import pytest

from tests.documents import BODY, TITLE, duties, record

R = "responsible"


def tasks(text: str) -> list[tuple[str, str]]:
    return [(task.path, task.title) for task in record(text).tasks]


def test_aims_principles_schedules_and_general_rules_hold_no_tasks() -> None:
    body = (
        "一、指导思想\n坚持发展，推动园区建设。\n二、基本原则\n（一）坚持改革。深化改革。\n（二）坚持创新。推动创新。\n三、主要目标\n到2025年取得进展。\n"
        "四、重点任务\n（一）推进园区建设。完善设施。\n五、实施步骤\n（一）启动阶段。制定方案。\n六、保障措施\n（一）加强领导。成立专班。\n七、附则\n自印发之日起施行。\n"
    )
    assert tasks(TITLE + body) == [("4.1", "推进园区建设"), ("6.1", "加强领导")]


@pytest.mark.parametrize(
    "heading", ["重点任务", "主要措施", "实施六大行动计划", "创新人才工作体制机制", "工作要求", "有关要求"]
)
def test_other_headings_hold_tasks(heading: str) -> None:
    assert tasks(f"{TITLE}一、总体要求\n坚持发展。\n二、{heading}\n（一）推进园区建设。完善园区设施。\n") == [
        ("2.1", "推进园区建设")
    ]


def test_a_section_of_plain_paragraphs_is_one_task() -> None:
    assert tasks(f"{TITLE}一、总体要求\n坚持发展。\n五、有关要求\n各地要高度重视，加强领导。\n各部门要配合。\n") == [
        ("5", "有关要求")
    ]


def test_items_that_are_sentences_are_named_by_their_first_clause() -> None:
    body = (
        "一、重点任务\n1、组织召开全省产业园区市场化改革和高质量发展现场会，支持引入社会资本开发运营园区，推广市场化运营模式。\n"
        "2、推进园区优化整合，建立健全淘汰退出机制，在综合评估的基础上撤销一批无发展前景的园区。\n3、制定出台支持园区高质量发展的若干政策，并抓好落实工作。\n"
    )
    assert [title for _, title in tasks(TITLE + body)] == [
        "组织召开全省产业园区市场化改革和高质量发展现场会",
        "推进园区优化整合",
        "制定出台支持园区高质量发展的若干政策",
    ]


def test_a_heading_may_hold_a_comma() -> None:
    assert ("2.1.1", "推进产品创新，提升质量") in tasks(
        TITLE + BODY.replace("推进绿色工厂建设。", "推进产品创新，提升质量。")
    )


def test_several_clauses_make_parts() -> None:
    body = "一、重点任务\n1.强化人才保障。引进毕业生（责任单位：市委组织部）。培训工人（责任单位：市人社局）。\n2.强化环境保障。优化服务（责任单位：市发改委）。\n"
    assert duties(TITLE + body) == [("1.1#1", "市委组织部", R), ("1.1#2", "市人社局", R), ("1.2", "市发改委", R)]
    found = record(TITLE + body).tasks
    assert [task.path for task in found] == ["1.1#1", "1.1#2", "1.2"]
    assert found[1].text == "培训工人（责任单位：市人社局）。"


def test_the_clause_of_the_last_sub_item_belongs_to_the_item_above() -> None:
    body = "一、重点任务\n（一）明确目标。如下：\n1.总量。甲。\n2.排名。乙。（责任单位：市工信局）\n（二）产业。丙。（责任单位：市商务局）\n"
    assert duties(TITLE + body) == [("1.1", "市工信局", R), ("1.2", "市商务局", R)]
    assert [task.path for task in record(TITLE + body).tasks] == ["1.1", "1.1.1", "1.1.2", "1.2"]


def test_a_clause_stays_where_another_sub_item_says_in_prose_who_does_it() -> None:
    body = (
        "一、重点任务\n（一）明确目标。如下：\n1.总量。由市财政局牵头，制定办法。\n2.排名。乙。（责任单位：市工信局）\n"
    )
    assert duties(TITLE + body) == [("1.1.1", "市财政局", "lead"), ("1.1.2", "市工信局", R)]


def test_the_clause_of_the_item_above_is_not_read_again_in_its_last_sub_item() -> None:
    body = "一、重点任务\n（一）明确目标。如下：\n1.总量。甲。\n2.排名。乙。（市财政局牵头，市工信局配合）\n"
    assert duties(TITLE + body) == [("1.1", "市财政局", "lead"), ("1.1", "市工信局", "support")]


def test_sub_items_with_clauses_of_their_own_keep_them() -> None:
    body = (
        "一、重点任务\n（一）明确目标。如下：\n1.总量。甲。（责任单位：市财政局）\n2.排名。乙。（责任单位：市工信局）\n"
    )
    assert duties(TITLE + body) == [("1.1.1", "市财政局", R), ("1.1.2", "市工信局", R)]


def test_articles_count_on_and_points_under_them_take_no_path() -> None:
    body = (
        "第一章 总则\n第一条 为规范管理，制定本办法。\n第二章 管理职责\n第二条 市工业和信息化局负责统筹园区管理工作，履行下列职责：\n（一）拟订规划；\n（二）组织考核。\n"
        "第三条 园区应当完善设施。\n第三章 附则\n第四条 本办法自2022年1月1日起施行。\n"
    )
    found = record("常德市园区管理办法\n" + body)
    assert [task.path for task in found.tasks] == ["2.2", "2.3"]
    assert str(found.policy.effective_on) == "2022-01-01"


def test_page_furniture_is_no_part_of_the_last_task() -> None:
    text = (
        TITLE + BODY + "\n常德市人民政府办公室\n2022年1月5日\n（此件公开发布）\n相关园区政策\n在线咨询\n账号+密码登录\n"
    )
    assert record(text).tasks[-1].text == "（二）强化督查考核。建立考核机制，定期督查。"


def test_a_table_of_contents_is_passed_over() -> None:
    text = (
        "常德市园区发展规划\n目录\n一、总体要求\n二、重点任务\n（一）推进绿色发展\n（二）深化改革创新\n三、保障措施\n"
        + TITLE
        + BODY
    )
    assert [task.path for task in record(text).tasks] == ["2.1.1", "2.1.2", "2.2.1", "2.2.2", "3.1", "3.2"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("（", "(").replace("）", ")").replace("，", ",").replace("：", ":"),
        lambda text: text.replace("\n", "\n　　"),
        lambda text: text.replace("\n", "\r\n").replace("\r\n", "\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("（责任", "【责任").replace("商务局）", "商务局】"),
        lambda text: (
            "您现在的位置：首页 > 政务公开\n字号：大 中 小 打印\n" + text + "\n上一篇：没有了\n下一篇：没有了\n"
        ),
    ],
    ids=["half-width", "indented", "line ends", "blank lines", "brackets", "furniture"],
)
def test_what_changes_nothing(change) -> None:  # type: ignore[no-untyped-def]
    text = TITLE + BODY.replace("创建绿色园区。", "创建绿色园区。（责任单位：市工信局、商务局）")
    fold = str.maketrans("（），：【】", "(),:()")
    plain, changed = record(text), record(change(text))
    assert duties(change(text)) == duties(text)
    assert [(task.path, task.title.translate(fold)) for task in changed.tasks] == [
        (task.path, task.title.translate(fold)) for task in plain.tasks
    ]
    assert changed.policy.title == plain.policy.title


def test_decimal_numbers_stand_beside_each_other() -> None:
    text = "常德市园区管理方案\n1 总则\n1.1 目的\n制定本方案。\n2 任务\n2.1 甲\n做甲。\n2.2 乙\n2.2.1 丙\n做丙。\n2.2.2 丁\n做丁。\n"
    assert [task.path for task in record(text).tasks] == ["2.1", "2.2.1", "2.2.2"]
