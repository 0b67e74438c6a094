"""``parkgraph mcp`` on standard input and output: a real process, asked by the client of the SDK."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mcp import types

from api.mcp import server
from api.mcp.tool import ToolFailureError
from api.mcp.words import QUOTE, quoted, rows_text, thing_text
from graph.errors import BudgetError, StoreError
from graph.load import load
from graph.queries import catalogue, run
from graph.store import Store, open_store
from ingest.files import find_files
from ingest.pipeline import extract_many
from tests.conftest import empty
from tests.mcp_session import ROOT, Session, command, session, text
from tests.neo4j_server import Server

NAMES = sorted(catalogue())
GREEN = "驻政办〔2019〕125号"
TASK = f"{GREEN}#2.3.1"
SAMPLES = [record for outcome in extract_many(find_files([ROOT / "data" / "documents"])) if (record := outcome.record)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of the samples."""
    made = tmp_path_factory.mktemp("mcp")
    with open_store(made / "a.lbug") as store:
        load(store, SAMPLES)
    return made


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same graph, in a store of this process: an embedded one belongs to the process that has it open."""
    with open_store(tmp_path_factory.mktemp("same") / "b.lbug") as store:
        load(store, SAMPLES)
        yield store


@pytest.fixture(scope="module", params=["auto", "legacy"])
def asked(request: pytest.FixtureRequest, folder: Path) -> Iterator[Session]:
    """A server of that store, read-only, asked in the newest version of the protocol and in the one with a handshake."""
    with session(command("--store", folder / "a.lbug", cwd=folder), request.param) as found:
        yield found


@pytest.fixture
def tools(asked: Session) -> dict[str, types.Tool]:
    return {tool.name: tool for tool in asked.do("list_tools").tools}


def plain(value: Any) -> Any:
    """Rows or an example as JSON has them."""
    return json.loads(json.dumps(value, default=date.isoformat))


def test_each_query_is_a_tool_and_nothing_writes(tools: dict[str, types.Tool]) -> None:
    beside = {"search", "ask", "stats", "unresolved", "get_policy_text", "get_policy_differences"}
    kinds = ("policy", "task", "agency", "park", "target", "region", "industry", "theme")
    assert set(tools) == {*NAMES, *beside, *(f"get_{kind}" for kind in kinds)}
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())


@pytest.mark.parametrize("name", NAMES)
def test_a_tool_says_what_the_header_says(tools: dict[str, types.Tool], name: str) -> None:
    tool, query = tools[name], catalogue()[name]
    for words in (query.description.en, query.description.zh, json.dumps(plain(query.example), ensure_ascii=False)):
        assert words in (tool.description or "")
    assert query.title.en in (tool.title or "")
    assert query.title.zh in (tool.title or "")
    schema = tool.input_schema
    jsonschema.Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == [*(param.name for param in query.params), "limit", "cursor"]
    assert schema.get("required", []) == [param.name for param in query.params if param.required]
    for param in query.params:
        declared = schema["properties"][param.name]
        kind = {"integer": "integer", "number": "number", "boolean": "boolean"}.get(param.type, "string")
        assert declared["type"] == kind
        assert declared.get("enum", []) == list(param.enum)
        assert (declared.get("format") == "date") == (param.type == "date")
        assert declared.get("default") == param.default
        assert param.description.en in declared["description"]
        assert param.description.zh in declared["description"]
    assert jsonschema.Draft202012Validator(schema).is_valid(plain(query.example))


@pytest.mark.parametrize("name", NAMES)
def test_the_example_gives_the_rows_of_the_query(asked: Session, expected: Store, name: str) -> None:
    query = catalogue()[name]
    rows = plain(run(expected, name, query.example).rows)
    found: list[dict[str, Any]] = []
    data = asked.data(name, limit=7, **plain(query.example))
    while True:
        found += data["rows"]
        assert (data["revision"], data["total"]) == (1, len(rows))
        assert data["columns"] == [column.name for column in query.columns]
        assert data["truncated"] == (data["next"] is not None) == (len(found) < len(rows))
        if not data["truncated"]:
            break
        data = asked.data(name, limit=7, cursor=data["next"], **plain(query.example))
    assert found == rows
    assert rows


def test_the_text_of_an_answer_keeps_quote_and_policy(asked: Session) -> None:
    result = asked.call("lead_agencies", theme="green", region="驻马店", limit=2)
    row = result.structured_content["rows"][0]
    said = text(result)
    place = f"(document {row['document'][:8]}, {row['start']}–{row['end']})"
    for words in (
        f"“{' '.join(row['quote'].split())}” {place}",
        f"{row['policy']} [{GREEN}]",
        "agency: 驻马店市",
        result.structured_content["next"],
    ):
        assert words in said
    assert said.startswith(f"lead_agencies: 2 of {result.structured_content['total']} rows (graph revision 1, day 20")


@pytest.mark.parametrize(
    ("given", "day"),
    [({"as_of": "2021-06-01"}, "2021-06-01"), ({}, "today"), ({"as_of": None}, "today")],
)
def test_an_answer_says_its_day(asked: Session, given: dict[str, Any], day: str) -> None:
    begun = date.today().isoformat()
    said = asked.data("policies_in_force", **given)["day"]
    assert said in ({begun, date.today().isoformat()} if day == "today" else {day})  # it may be midnight


def test_a_code_may_come_as_a_number(asked: Session) -> None:
    assert asked.data("targets", region=430700)["rows"] == asked.data("targets", region="常德")["rows"]


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("lead_agencies", {"region": "火星"}, "lead_agencies: region 火星: not known"),
        ("lead_agencies", {"region": "常德市区"}, "did you mean 430700"),
        ("policy_tasks", {"policy": "园区转型"}, None),
        ("policy_tasks", {"policy": "园区转型升级工程实施办法"}, "did you mean"),
        ("agency_duties", {"agency": "常德市工业信息化局"}, "did you mean"),
        ("lead_agencies", {"theme": "green", "when": 1}, "no parameter when; it takes theme, region, role, as_of, limit, cursor"),
        ("compare_targets", {}, "compare_targets: indicator is required"),
        ("targets", {"year": "soon"}, "targets: year: "),
        ("lead_agencies", {"theme": "green", "as_of": "yesterday"}, "lead_agencies: as_of: "),
        ("lead_agencies", {"theme": {"a": 1}}, "lead_agencies: theme: "),
        ("lead_agencies", {"theme": "x" * 301}, "lead_agencies: theme: "),
        ("lead_agencies", {"theme": "green", "limit": 0}, "lead_agencies: limit: "),
        ("lead_agencies", {"theme": "green", "limit": 201}, "lead_agencies: limit: "),
        ("lead_agencies", {"theme": "green", "cursor": "nonsense"}, "no cursor of this server"),
        ("get_policy", {"policy": "没有这样的政策"}, "policy 没有这样的政策: not in this graph"),
        ("get_policy", {"policy": "20"}, "ask for one by its id"),
        ("get_task", {"task": "nothing"}, "task nothing: not in this graph"),
        ("get_policy_text", {"policy": "污染防治攻坚战三年行动计划"}, "its document is not held"),
        ("search", {"text": "   "}, "search for one to 8 words"),
        ("search", {"text": "园区", "kinds": ["Planet"]}, "search: kinds: "),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words(asked: Session, tool: str, given: dict[str, Any], said: str | None) -> None:
    if said is None:  # a part of the title is enough
        assert asked.data(tool, **given)["total"] > 0
    else:
        assert said in asked.refused(tool, **given)


def test_a_cursor_belongs_to_its_question(asked: Session) -> None:
    cursor = asked.data("lead_agencies", theme="green", limit=1)["next"]
    assert "another question" in asked.refused("lead_agencies", theme="safety", cursor=cursor)


def test_an_unknown_tool_is_an_error_of_the_protocol(asked: Session) -> None:
    error = asked.error("call_tool", "leed_agencies", {})
    assert error.code == types.INVALID_PARAMS
    assert "no tool leed_agencies; there is lead_agencies" in str(error)
    assert asked.error("call_tool", "add_document", {"text": "x", "name": "x"}).code == types.INVALID_PARAMS


def test_single_things(asked: Session) -> None:
    policy = asked.data("get_policy", policy="推进产业集聚区高质量快速发展行动方案", limit=3)
    assert policy["policy"]["id"] == GREEN
    assert len(policy["policy"]["tasks"]) == 3
    assert policy["cut"]["tasks"] == policy["policy"]["counts"]["tasks"] > 3
    task = asked.data("get_task", task=TASK)
    assert [duty["role"] for duty in task["task"]["duties"]] == ["lead", "support", "support"]
    agency = asked.data("get_agency", agency="驻马店市工业和信息化局")["agency"]
    assert TASK in [duty["task"]["id"] for group in agency["duties"] for duty in group["duties"]]
    assert asked.data("get_region", region="常德")["region"]["full_name"] == "湖南省常德市"
    assert asked.data("get_theme", theme="绿色低碳")["theme"]["key"] == "green"
    assert asked.data("get_park", park="常德经开区")["park"]["name"] == "常德经济技术开发区"


def test_search_finds_and_says_whether_there_is_more(asked: Session) -> None:
    found = asked.data("search", text="循环化", kinds=["Task"])
    assert {hit["kind"] for hit in found["hits"]} == {"Task"}
    assert not found["truncated"]
    assert asked.data("search", text="循环化", limit=1)["truncated"]


def test_the_words_of_a_policy_come_in_parts(asked: Session) -> None:
    whole = next(record.document.text for record in SAMPLES if record.policy.id == GREEN)
    found, start = "", 0
    while True:
        part = asked.data("get_policy_text", policy=GREEN, start=start, length=3000)
        found, start = found + part["text"], part["end"]
        if not part["truncated"]:
            break
    assert found == whole
    assert part["characters"] == start == len(whole)


def test_stats_and_what_was_not_understood(asked: Session) -> None:
    stats = asked.data("stats")
    assert (stats["held"], stats["nodes"]["Document"], stats["regions"]["湖南省常德市"]) == (5, 5, 2)
    citations = asked.data("unresolved", category="citation")["rows"]
    assert {row["category"] for row in citations} == {"citation"}
    assert asked.data("unresolved")["total"] > len(citations) > 0


def test_policies_are_resources(asked: Session) -> None:
    listed = asked.do("list_resources").resources
    assert len(listed) == 2 * len(SAMPLES)
    by_name = {each.name: each for each in listed}
    assert by_name[GREEN].uri.isascii()
    about = asked.do("read_resource", by_name[GREEN].uri).contents[0]
    assert (about.mime_type, json.loads(about.text)["doc_number"]) == ("application/json", GREEN)
    words = asked.do("read_resource", by_name[f"{GREEN}/text"].uri).contents[0]
    document = next(record.document for record in SAMPLES if record.policy.id == GREEN)
    assert (words.mime_type, words.text) == ("text/plain", document.text)


@pytest.mark.parametrize("uri", [f"parkgraph://policies/{GREEN}", f"parkgraph://tasks/{TASK}", f"parkgraph://tasks/{TASK.replace('#', '%23')}",
                                 "parkgraph://regions/430700", "parkgraph://themes/green"])  # fmt: skip
def test_a_template_gives_single_things(asked: Session, uri: str) -> None:
    contents = asked.do("read_resource", uri).contents
    kind = uri.split("/")[2]
    assert kind in [each.uri_template.split("/")[2] for each in asked.do("list_resource_templates").resource_templates]
    found = json.loads(contents[0].text)
    assert (found.get("id") or found.get("code") or found.get("key")) in (GREEN, TASK, "430700", "green")


@pytest.mark.parametrize(
    "uri",
    ["parkgraph://policies/none", "parkgraph://policies/", "parkgraph://cats/1", "file:///etc/passwd", "parkgraph://"],
)
def test_an_unknown_resource_is_an_error(asked: Session, uri: str) -> None:
    error = asked.error("read_resource", uri)
    assert error.code == types.INVALID_PARAMS
    assert "root:" not in str(error)


@pytest.mark.parametrize(
    ("reference", "argument", "typed", "first"),
    [
        (types.PromptReference(name="lead_agencies"), "region", "常德", "常德市"),
        (types.PromptReference(name="lead_agencies"), "theme", "gre", "green"),
        (types.PromptReference(name="agency_duties"), "agency", "驻马店市工业", "驻马店市工业和信息化局"),
        (types.PromptReference(name="agency_duties"), "history", "t", "true"),
        (types.ResourceTemplateReference(uri="parkgraph://policies/{id}/text"), "id", "驻政办", GREEN),
        (types.ResourceTemplateReference(uri="parkgraph://cats/{id}"), "id", "", None),
        (types.PromptReference(name="none"), "x", "", None),
    ],
)
def test_completions(asked: Session, reference: Any, argument: str, typed: str, first: str | None) -> None:
    values = asked.do("complete", reference, {"name": argument, "value": typed}).completion.values
    assert (values[0] if values else None) == first


def test_each_query_is_a_prompt(asked: Session) -> None:
    listed = {prompt.name: prompt for prompt in asked.do("list_prompts").prompts}
    assert sorted(listed) == NAMES
    said = asked.do("get_prompt", "lead_agencies", {"theme": "green"}).messages[0].content.text
    assert "lead_agencies with theme: green" in said
    assert "indicator is required" in str(asked.error("get_prompt", "compare_targets", {}))
    assert "no argument" in str(asked.error("get_prompt", "lead_agencies", {"x": "1"}))
    assert "no prompt" in str(asked.error("get_prompt", "none", {}))


def test_the_same_on_neo4j(neo4j_server: Server, expected: Store, tmp_path: Path) -> None:
    empty(neo4j_server)
    with open_store(neo4j_server.uri) as store:
        load(store, SAMPLES)
    with session(command("--store", neo4j_server.uri, cwd=tmp_path)) as asked:
        for name in NAMES:
            example = catalogue()[name].example
            assert (
                asked.data(name, limit=200, **plain(example))["rows"] == plain(run(expected, name, example).rows)[:200]
            )
        assert "did you mean" in asked.refused("lead_agencies", region="常德市区")
        assert asked.data("get_policy", policy=GREEN)["policy"]["id"] == GREEN
        assert GREEN in [each.name for each in asked.do("list_resources").resources]


HELLO = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}  # fmt: skip


def started(folder: Path, *more: str) -> subprocess.Popen[str]:
    """The process itself, greeted."""
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "mcp", *more], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    say(process, HELLO)
    assert process.stdout
    assert json.loads(process.stdout.readline())["result"]["serverInfo"]["name"] == "parkgraph"
    return process


def say(process: subprocess.Popen[str], message: dict[str, Any]) -> None:
    assert process.stdin
    process.stdin.write(json.dumps(message) + "\n")
    process.stdin.flush()


@pytest.mark.parametrize(("end", "code"), [("eof", 0), (signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_ends_at_once_and_the_store_is_free(folder: Path, tmp_path: Path, end: Any, code: int) -> None:
    with open_store(tmp_path / "c.lbug") as store:
        load(store, SAMPLES[:1])
    process = started(tmp_path, "--store", "c.lbug")
    assert process.stdin
    process.stdin.close() if end == "eof" else process.send_signal(end)
    assert process.wait(10) == code
    assert process.stdout
    assert process.stderr
    assert (process.stdout.read(), process.stderr.read()) == ("", "")
    with open_store(tmp_path / "c.lbug") as store:
        assert store.revision() == 1


def test_standard_output_carries_the_protocol_only(tmp_path: Path) -> None:
    with open_store(tmp_path / "c.lbug") as store:
        load(store, SAMPLES[:1])
    process = started(tmp_path, "--store", "c.lbug", "--log-level", "debug")
    assert process.stdin
    assert process.stdout
    process.stdin.write("this is no message\n")
    say(process, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    for number, tool in enumerate(("stats", "lead_agencies", "none"), 2):
        say(
            process,
            {
                "jsonrpc": "2.0",
                "id": number,
                "method": "tools/call",
                "params": {"name": tool, "arguments": {"theme": "x"}},
            },
        )
    lines = [json.loads(process.stdout.readline()) for _ in range(3)]
    process.stdin.close()
    assert process.wait(10) == 0
    assert process.stdout.read() == ""
    assert sorted(line["id"] for line in lines) == [2, 3, 4]
    assert all(line["jsonrpc"] == "2.0" for line in lines)


def failed(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and the one line of a command that does not start."""
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "mcp", *arguments], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, encoding="utf-8", input="", timeout=60, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr.count("\n")) == ("", 1), done.stderr
    return done.returncode, done.stderr


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    code, said = failed(tmp_path, "--store", "none.lbug")
    assert code == 3
    assert "no store there" in said
    assert list(tmp_path.iterdir()) == []


def test_without_the_sdk_there_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = "import sys, importlib.util as u; f = u.find_spec; u.find_spec = lambda n, *a: None if n == 'mcp' else f(n, *a); "
    code = (
        hidden + "sys.modules['mcp'] = None; from api.cli import main; sys.exit(main(['mcp', '--store', 'none.lbug']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "parkgraph: this needs the package mcp: pip install 'parkgraph[mcp]'\n"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ToolFailureError("say which"), "say which"),
        (BudgetError("the query takes too long"), "the query takes too long; ask for less"),
        (StoreError("/home/x/a.lbug: broken"), "the store does not answer"),
        (ZeroDivisionError("secret"), "an error of this program; its log knows more"),
    ],
)
def test_an_error_names_no_path(error: Exception, said: str) -> None:
    assert server.told(error) == said


EVIDENCE = {"policy": "p", "document": "a" * 64, "start": 3, "end": 5, "quote": "原文"}


@pytest.mark.parametrize(
    ("thing", "lines"),
    [
        ({"a": 1, "b": None, "c": [], "d": ""}, ["a: 1"]),
        ({"a": True, "b": False, "c": 0.5, "d": 80.0}, ["a: yes", "b: no", "c: 0.5", "d: 80"]),
        ({"agency": {"id": "x", "name": "工信局", "level": None}}, ["agency: 工信局 [x]"]),
        ({"agency": {"id": "工信局", "name": "工信局"}}, ["agency: 工信局"]),
        ({"task": {"id": "p#1", "path": "1", "title": "t"}}, ["task: 1 t [p#1]"]),
        ({"evidence": EVIDENCE}, ["evidence: “原文” (document aaaaaaaa, 3–5)"]),
        ({"l": [{"id": "x", "name": "y"}, {"n": 1, "m": 2}]}, ["l:", "  - y [x]", "  - n: 1", "    m: 2"]),
        ({"regions": {"": 1}}, ["regions:", "  (not known): 1"]),
    ],
)
def test_things_as_text(thing: dict[str, Any], lines: list[str]) -> None:
    assert thing_text(thing).split("\n") == lines


def test_rows_as_text() -> None:
    row = {**EVIDENCE, "policy": "题", "policy_id": "p", "value": 3.0, "none": None, "names": ["a", "b"]}
    place = "(document aaaaaaaa, 3–5)"
    assert rows_text([row], 8).split("\n") == [
        "8. value: 3; names: a, b",
        "   policy: 题 [p]",
        f"   quote: “原文” {place}",
    ]
    assert quoted("一" * QUOTE) == f"“{'一' * QUOTE}”"
    assert quoted("一" * (QUOTE + 1)) == f"“{'一' * QUOTE}…” ({QUOTE + 1} characters in all)"
