"""How long the pages of a store take: the HTML of every address, and what Chromium shows of it.

Each page is asked for once in a server that has just started (cold), then three times more (warm, the median): HTML to
its last byte, and the seconds of processors that the server used meanwhile, which a busy machine changes less. With
``--browser``, Chromium opens each page of a new server once instead: the time until its heading and its navigation
stand (the first view), and until its main content does. Entities are the largest of the store.

    python -m bench.pages --store STORE [--browser] [--only TEXT] [--policy ID]
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx

from api.pages import address
from bench.pages_browser import chromium, views
from graph.header import Query
from graph.queries import catalogue
from tests.served import Served, served

_WARM = 3
_SECONDS = 120
_HUBS = {  # the list of a kind, and the column in which the largest leads
    "Policy": ("policies", "targets"),
    "Agency": ("agencies", "support"),
    "Park": ("parks", "targets"),
    "Industry": ("industries", "tasks"),
    "Theme": ("themes", "tasks"),
    "Region": ("regions", "policies"),
}
_OTHER = "110000"  # a region to compare with


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", required=True)
    parser.add_argument("--browser", action="store_true", help="look at each page in Chromium too")
    parser.add_argument("--only", default="", help="pages whose name fits this regular expression")
    parser.add_argument("--policy", help="the id of the policy to open, such as one with a long text")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _server(options.store, folder) as server:
            every = addresses(server.url, options.policy)
        pages = {title: path for title, path in every.items() if re.search(options.only, title)}
        with _server(options.store, folder) as server:  # a new one, that has kept nothing
            if options.browser:
                _seen(server, folder, pages)
            else:
                _asked(server, pages)
    print(f"\nload average {os.getloadavg()[0]:.1f}")


def _asked(server: Served, pages: Mapping[str, str]) -> None:
    print("| page | HTML cold, s | (processors) | warm, s | (processors) | KB |\n|---|---|---|---|---|---|")
    for title, path in pages.items():
        first = _timed(server, path)
        later = sorted(_timed(server, path) for _ in range(_WARM))[_WARM // 2]
        times = [f"{each[0]:.2f} | {each[1]:.2f}" for each in (first, later)]
        print("|", " | ".join([title, *times, str(later[2] // 1000)]), "|", flush=True)


def _seen(server: Served, folder: Path, pages: Mapping[str, str]) -> None:
    print("| page | first view, s | content, s | processors of the server |\n|---|---|---|---|")
    with chromium(folder) as driver:
        views(driver, server.url + "/login")  # the scripts of the pages come into the browser's cache
        for title, path in pages.items():
            before = _used(server)
            first, content = views(driver, server.url + path)
            print(f"| {title} | {first:.2f} | {content:.2f} | {_used(server) - before:.2f} |", flush=True)


def addresses(base: str, policy: str | None = None) -> dict[str, str]:
    """Every page of a server by a name: lists, questions with and without values, and the largest entity of each kind."""
    hubs = {kind: _first(base, *_HUBS[kind]) for kind in _HUBS} | ({"Policy": policy} if policy else {})
    province = f"{hubs['Region'][:2]}0000"
    found = {"home": "/", "questions": "/questions"}
    for query in catalogue().values():
        found[query.name] = address.question(query.name)
        found[f"{query.name}, asked"] = address.question(query.name, _values(query, hubs))
    found |= {f"list of {name}": f"/{name}" for name, _ in _HUBS.values()} | {"list of tasks": "/tasks"}
    found |= {
        "tasks of a theme": address.tasks({"theme": hubs["Theme"]}),
        "tasks of a theme in a region": address.tasks({"theme": hubs["Theme"], "region": hubs["Region"]}),
        "policies of a province": f"/policies?region={province}",
        "policies, sorted, a late page": "/policies?page=150&sort=-tasks",
    }
    found |= {f"largest {kind.lower()}": str(address.node(kind, id_)) for kind, id_ in hubs.items()}
    found |= {f"explorer, {kind.lower()}": address.explore(kind, id_) for kind, id_ in hubs.items()}
    for title, code in (("province", province), ("country", "100000")):
        found |= {title: str(address.node("Region", code)), f"explorer, {title}": address.explore("Region", code)}
    found |= {"search, frequent": address.search("绿色"), "search, rare": address.search("孵化器 蔬菜")}
    return found | {"explorer": "/explore", "add": "/add", "login": "/login"}


def _values(query: Query, hubs: Mapping[str, str]) -> dict[str, Any]:
    """The example of a question, with the largest of this store where it names an entity."""
    largest = {param.name: hubs[param.type.title()] for param in query.params if param.type.title() in hubs}
    given = {**query.example, **{name: id_ for name, id_ in largest.items() if name in query.example}}
    return given | ({"other": _OTHER} if "other" in given else {})


def _first(base: str, name: str, column: str) -> str:
    """The id of the first row of a list of the API, by a falling column."""
    answer = httpx.get(f"{base}/api/v1/{name}?sort=-{column}&limit=1", timeout=_SECONDS).raise_for_status()
    row = answer.json()["items"][0]
    return str(row.get("id") or row.get("code") or row["key"])


def _timed(server: Served, path: str) -> tuple[float, float, int]:
    """Seconds to the last byte, those of the server's processors meanwhile, and the bytes of the HTML."""
    started, used = time.perf_counter(), _used(server)
    answer = httpx.get(server.url + path, timeout=_SECONDS)
    if answer.status_code != httpx.codes.OK:
        print(f"{answer.status_code} {path}", file=sys.stderr)
    return time.perf_counter() - started, _used(server) - used, len(answer.content)


def _used(server: Served) -> float:
    """Seconds of processors that the server has used so far, by Linux's own count."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _server(store: str, folder: Path) -> AbstractContextManager[Served]:
    return served(store, folder, "--log-level", "warning", pages=True)


if __name__ == "__main__":
    main()
