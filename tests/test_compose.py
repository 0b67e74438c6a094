"""docker-compose.yml, Dockerfile and .dockerignore, as far as they can be checked where no container engine runs."""

from __future__ import annotations

import fnmatch
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.neo4j_server import VERSION

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
NEO4J, API, PARKGRAPH = (COMPOSE["services"][name] for name in ("neo4j", "api", "parkgraph"))
SCHEMA = json.loads((Path(__file__).parent / "data" / "compose-spec.json").read_text(encoding="utf-8"))
# ENV and the like go on over lines that end with \
DOCKERFILE = [
    line.split(maxsplit=1)
    for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    if line.strip() and not line.startswith("#")
]
IGNORED = [
    line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "")
]


def instructions(name: str) -> list[str]:
    return [rest for word, rest in DOCKERFILE if word == name]


def last_stage() -> list[list[str]]:
    start = max(number for number, (word, _) in enumerate(DOCKERFILE) if word == "FROM")
    return DOCKERFILE[start:]


def problems(compose: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(compose)]


def test_it_fits_the_schema_of_the_compose_specification() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert problems(COMPOSE) == []


@pytest.mark.parametrize(
    "wrong",
    [{"imag": "x"}, {"healthcheck": {"test": 1}}, {"profiles": "tools"}, {"ports": "7474"}, {"mem_limit": []}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_the_schema_sees_what_is_wrong(wrong: dict[str, Any]) -> None:
    assert problems({**COMPOSE, "services": {"neo4j": {**NEO4J, **wrong}}})


def test_a_password_must_be_given() -> None:
    used = re.findall(r"\$\{?NEO4J_PASSWORD[^}\n]*\}?", TEXT.split("services:")[1])
    assert len(used) == 2  # the second one is of both services of parkgraph
    assert all(re.fullmatch(r"\$\{NEO4J_PASSWORD:\?[^}]+\}", each) for each in used)
    assert NEO4J["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")
    # the image makes settings of every other NEO4J_…, and does not start with one that Neo4j does not know
    assert all("_" in name.removeprefix("NEO4J_") or name == "NEO4J_AUTH" for name in NEO4J["environment"])


def test_neo4j_is_the_version_of_the_tests() -> None:
    assert NEO4J["image"] == f"neo4j:{VERSION}-community"
    assert VERSION.startswith("5.26.")


def test_neo4j_keeps_its_data_says_how_it_is_and_what_memory_it_takes() -> None:
    volumes = {volume.partition(":")[2]: volume.partition(":")[0] for volume in NEO4J["volumes"]}
    assert volumes["/data"] in COMPOSE["volumes"]
    assert volumes["/logs"] in COMPOSE["volumes"]
    assert "7474" in NEO4J["healthcheck"]["test"][1]
    memory = [name for name in NEO4J["environment"] if name.startswith("NEO4J_server_memory_")]
    assert {name.removeprefix("NEO4J_server_memory_").replace("__", "_") for name in memory} == {
        "heap_initial_size", "heap_max_size", "pagecache_size"}  # fmt: skip
    assert "mem_limit" in NEO4J


def test_only_this_machine_reaches_it() -> None:
    assert NEO4J["ports"]
    assert all(port.startswith("127.0.0.1:") for port in NEO4J["ports"])
    assert all(port.startswith("127.0.0.1:") for port in API["ports"])
    assert "ports" not in PARKGRAPH


@pytest.mark.parametrize("service", [API, PARKGRAPH], ids=["api", "parkgraph"])
def test_parkgraph_waits_for_it_and_may_do_little(service: dict[str, Any]) -> None:
    assert service["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert service["environment"]["PARKGRAPH_STORE"] == "bolt://neo4j:7687"
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert "no-new-privileges:true" in service["security_opt"]
    keys = service["environment"]["PARKGRAPH_KEYS"].rpartition("/")[0]
    assert [volume for volume in service["volumes"] if not volume.endswith(":ro")] == [f"parkgraph-keys:{keys}"]
    assert "parkgraph-keys" in COMPOSE["volumes"]
    assert any(f"{keys}" in rest for rest in instructions("RUN"))  # made for the user of the image


def test_the_api_is_a_service_and_the_command_line_a_tool() -> None:
    assert PARKGRAPH["profiles"] == ["tools"]
    assert "profiles" not in API
    assert API["command"][:3] == ["serve", "--host", "0.0.0.0"]
    assert "/healthz" in API["healthcheck"]["test"][-1]
    assert API["image"] == PARKGRAPH["image"]


def test_images_are_pinned() -> None:
    bases = [line.split()[0] for line in instructions("FROM")]
    assert len(bases) == 2
    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", base) for base in bases)
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    oldest, newest = (int(minor) for minor in re.findall(r"3\.(\d+)", wanted))
    assert {oldest <= int(base.split(".")[1]) < newest for base in bases} == {True}


def test_the_image_runs_as_nobody_in_particular_without_what_built_it() -> None:
    stage = last_stage()
    words = [word for word, _ in stage]
    assert words.index("USER") < words.index("ENTRYPOINT")
    user = next(rest for word, rest in stage if word == "USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert [rest for word, rest in stage if word == "COPY"] == ["--from=build /opt/parkgraph /opt/parkgraph"]
    assert not any("pip" in rest for word, rest in stage if word == "RUN")


def test_the_pins_hold_and_no_extras_are_installed() -> None:
    assert "PIP_CONSTRAINT=/src/constraints.txt" in instructions("ENV")[0]
    assert any(rest.startswith("constraints.txt ") for rest in instructions("COPY"))
    installed = [rest for rest in instructions("RUN") if "pip" in rest]
    assert [rest.partition("pip install ")[2] for rest in installed] == ["."]
    assert not instructions("ADD")


def test_what_is_copied_is_there_and_not_ignored() -> None:
    assert IGNORED[0] == "*"
    let_in = [line.removeprefix("!") for line in IGNORED if line.startswith("!")]
    copied = [path for rest in instructions("COPY") if not rest.startswith("--from") for path in rest.split()[:-1]]
    for path in copied:
        assert (ROOT / path).exists(), path
        assert any(fnmatch.fnmatch(path, pattern) for pattern in let_in), path
    assert sorted(let_in) == sorted(copied)


def test_the_image_has_all_that_a_wheel_is_made_of() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wheel = build["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["packages"], *wheel["force-include"], build["project"]["readme"], "pyproject.toml"}
    needed |= set(build["project"]["license-files"])
    copied = {path for rest in instructions("COPY") if not rest.startswith("--from") for path in rest.split()[:-1]}
    assert needed <= copied
