"""``parkgraph mcp --write``: an assistant loads and removes documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from graph.store import open_store
from tests.mcp_session import ROOT, Session, command, session

SAMPLE = sorted((ROOT / "data" / "documents").glob("*.txt"))[2]
SHA = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A server that may write, on a store that it makes; it is there and whole afterwards."""
    folder = tmp_path_factory.mktemp("write")
    with session(command("--store", "a.lbug", "--write", cwd=folder)) as found:
        yield found
    with open_store(folder / "a.lbug", create=False) as store:
        assert store.read("MATCH (d:Document) RETURN count(d) AS n") == [{"n": 0}]


def test_the_tools_that_write_say_so(asked: Session) -> None:
    tools = {tool.name: tool.annotations for tool in asked.do("list_tools").tools}
    flags = {
        name: (each.read_only_hint, each.destructive_hint) for name, each in tools.items() if not each.read_only_hint
    }
    assert flags == {"add_document": (False, False), "remove_document": (False, True)}
    assert tools["get_job"].read_only_hint


def test_a_document_is_loaded_and_removed(asked: Session) -> None:
    given = {"text": SAMPLE.read_text(encoding="utf-8"), "name": "../../plan.txt"}
    added = asked.data("add_document", **given)
    assert (added["state"], added["revision"]) == ("done", 1)
    document = added["documents"][0]
    assert (document["name"], document["sha256"], document["outcome"]) == ("plan.txt", SHA, "loaded")
    assert (
        document["counts"]["tasks"] == len(asked.data("policy_tasks", policy=document["policy"], limit=200)["rows"]) > 0
    )
    assert asked.data("get_job", job=added["job"]) == added
    again = asked.data("add_document", **given)
    assert (again["state"], again["revision"]) == ("done", 1)
    cursor = asked.data("policy_tasks", policy=document["policy"], limit=1)["next"]
    removed = asked.data("remove_document", sha256=SHA)
    assert (removed["revision"], [each["outcome"] for each in removed["documents"]]) == (2, ["removed"])
    assert asked.data("stats")["held"] == 0
    assert "not in this graph" in asked.refused("policy_tasks", policy=document["policy"])
    assert asked.data("policy_tasks", policy=document["policy"], limit=1, cursor=cursor)["revision"] == 1  # still kept
    missing = asked.data("remove_document", sha256=SHA)
    assert [each["outcome"] for each in missing["documents"]] == ["missing"]


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("add_document", {"text": "", "name": "a"}, "add_document: text: "),
        ("add_document", {"text": "x"}, "add_document: name is required"),
        ("remove_document", {"sha256": "../etc/passwd"}, "remove_document: sha256: "),
        ("get_job", {"job": "0" * 32}, "not known"),
    ],
)
def test_what_is_wrong_is_said_in_words(asked: Session, tool: str, given: dict[str, str], said: str) -> None:
    assert said in asked.refused(tool, **given)
