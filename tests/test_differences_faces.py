"""Pages of one policy that differ, as the command line, the API, an assistant and the pages tell it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.cli import main
from api.mcp.copies import copies_tools
from api.service import Service
from api.settings import Settings
from graph.load import load
from graph.store import open_store
from tests.graph_records import CHANGDE, Draft
from tests.http import API, client_of
from tests.test_differences import pages

ID = "某政发〔2022〕1号"
TEXT = """常德市招商引资奖励办法
常政办发〔2022〕5号
各区县市人民政府：
现将办法印发给你们，请认真执行。
常德市人民政府办公室
2022年3月1日
一、重点任务
（一）推进绿色工厂建设。到2025年，园区产值达到100亿元。（责任单位：市工信局）
（二）推进招商引资。（责任单位：市商务局）
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    article = Draft("解读", None, "《常德市园区高质量发展方案》政策解读")
    article.policy["genre"] = "interpretation"
    article.cite("常德市园区高质量发展方案", None, "interprets")
    path = tmp_path_factory.mktemp("differ") / "a.lbug"
    with open_store(path) as opened:
        load(opened, [*pages(), article.record(), Draft("别的", CHANGDE, "常德市别的办法").record()])
    return path


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with client_of(str(store), pages=True) as made:
        yield made


def test_the_api_tells_them(client: TestClient) -> None:
    told = client.get(f"{API}/policies/{ID}/differences").json()
    assert (told["source"], told["policy"]["id"]) == ("甲.txt", ID)
    (copy,) = told["copies"]
    assert (copy["source"], copy["same"], copy["item_count"]) == ("乙.txt", False, 5)
    assert copy["facts"] == [{"name": "doc_number", "here": ID, "there": None}]
    assert client.get(f"{API}/policies/别的/differences").json()["copies"] == []
    assert client.get(f"{API}/policies/没有/differences").status_code == 404


def test_the_api_tells_what_is_no_policy(client: TestClient) -> None:
    told = client.get(f"{API}/policies/解读").json()
    assert (told["genre"], told["in_force_from"], told["validity"]["in_force"]) == ("interpretation", None, None)
    assert [(each["relation"], each["policy"]["id"]) for each in told["references_out"]] == [("interprets", ID)]
    back = client.get(f"{API}/policies/{ID}").json()
    assert [(each["relation"], each["policy"]["id"]) for each in back["references_in"]] == [("interprets", "解读")]
    assert back["genre"] is None
    rows = client.get(f"{API}/policies").json()
    assert {row["id"]: row["genre"] for row in rows["items"]}["解读"] == "interpretation"


def test_the_page_shows_them(client: TestClient) -> None:
    page = client.get(f"/policies/{ID}?lang=zh").text
    assert [each for each in ("各文本的差异", "乙.txt", "加强保障。", "解读本文件") if each not in page] == []
    assert "各文本的差异" not in client.get("/policies/别的?lang=zh").text
    article = client.get("/policies/解读?lang=en").text
    assert "an article that explains a policy" in article
    assert "Explains" in article


def test_an_assistant_is_told(store: Path, tmp_path: Path) -> None:
    (tool,) = copies_tools()
    (tmp_path / "a.lbug").write_bytes(store.read_bytes())
    with open_store(tmp_path / "a.lbug") as opened:
        reply = tool.run(Service(opened, Settings()), tool.read({"policy": "常德市园区高质量发展方案"}))
    assert "加强保障。" in reply.text


def test_the_command_line(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "a.lbug"
    copy.write_bytes(store.read_bytes())
    assert main(["differences", "--store", str(copy), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["policy_id"] for row in rows} == {ID}
    assert [(row["what"], row["change"], row["path"]) for row in rows][:3] == [
        ("fact", "changed", None),
        ("task", "missing", "2"),
        ("task", "added", "3"),
    ]
    assert main(["differences", "别的", "--store", str(copy)]) == 0
    assert capsys.readouterr().out == "no pages of one policy differ\n"
    assert main(["differences", "没有", "--store", str(copy)]) == 2


def test_a_load_says_that_pages_differ(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text(TEXT.replace("，", ",").replace("\n", "\n\n"), "utf-8")
    report, store = tmp_path / "report.json", str(tmp_path / "a.lbug")
    assert main(["ingest", str(folder), "--store", store, "--report", str(report)]) == 0
    assert capsys.readouterr().out.count("\n") == 1
    assert json.loads(report.read_text("utf-8"))["differing"] == 0
    (folder / "c.txt").write_text(TEXT.replace("常政办发〔2022〕5号\n", "").replace("100亿元", "120亿元"), "utf-8")
    assert main(["ingest", str(folder), "--store", store, "--report", str(report)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "1 policy was found on pages that differ: parkgraph differences shows where"
    ]
    assert json.loads(report.read_text("utf-8"))["differing"] == 1
    with open_store(store) as opened:
        assert opened.read("MATCH (p:Policy) WHERE p.held RETURN p.id AS id") == [{"id": "常政办发〔2022〕5号"}]
