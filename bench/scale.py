"""How the time of a load grows with the number of documents, and that of a change with the graph that it is made to.

For each number of documents: the load of all of them in one call into an empty store; into the same graph then ten
more in one call, one replaced, one removed. The documents are those of ``bench.corpus``. Prints seconds, documents a
second, and how much memory the process held at most. Then come the answers that are asked of a whole graph.

A large load goes into a copy of the embedded store, bit by bit. The engine takes up to half of the memory of the machine
or container (``graph.room``); with PARKGRAPH_BUFFER_MB one can see what less does.

    python -m bench.scale [--documents N,N…] [--places N] [--store URL]
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.corpus import corpus, record
from graph.check import check
from graph.detail.lists import tasks
from graph.detail.policies import policy
from graph.export import export_hash
from graph.load import load, remove
from graph.queries import run
from graph.search import search
from graph.stats import stats
from graph.store import Store, open_store
from graph.unresolved import unresolved

MORE = 10  # documents that are added to a graph that holds the others


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", default="100,300,1000")
    parser.add_argument("--places", type=int, default=400, help="regions that the documents are spread over")
    parser.add_argument("--store", help="an empty store, for one number of documents; by default a new file for each")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="parkgraph-scale-") as folder:
        for count in map(int, options.documents.split(",")):
            with open_store(options.store or Path(folder) / f"{count}.lbug") as store:
                measure(store, count, options.places)


def measure(store: Store, count: int, places: int) -> None:
    """Load, change and ask a graph of ``count`` documents."""
    records, more, other = list(corpus(count, places)), list(corpus(MORE, places, count)), record(count // 2, places, 1)
    print(f"\n{count} documents, {sum(len(each.tasks) for each in records)} tasks, {places} regions", flush=True)
    seconds = timed("load all", lambda: load(store, records))
    print(f"  {count / seconds:,.0f} documents a second; {held()} MB at most", flush=True)
    timed(f"load {MORE} more", lambda: load(store, more))
    timed("replace one", lambda: load(store, [other]))
    timed("remove one", lambda: remove(store, [other.document.sha256]))
    timed("load the same again", lambda: load(store, more))
    ask(store)


def ask(store: Store) -> None:
    """What is asked of a whole graph."""
    one = store.read("MATCH (p:Policy) WHERE p.held RETURN p.id AS id LIMIT 1")[0]["id"]
    questions: dict[str, Callable[[], object]] = {
        "stats": lambda: stats(store),
        "check": lambda: check(store),
        "unresolved": lambda: unresolved(store),
        "export": lambda: export_hash(store),
        "lead_agencies": lambda: run(store, "lead_agencies", {"theme": "green"}),
        "theme_matrix": lambda: run(store, "theme_matrix", {}),
        "search": lambda: search(store, "绿色园区"),
        "a policy": lambda: policy(store, one, today=date.today()),
        "first page of tasks": lambda: tasks(store),
    }
    for name, question in questions.items():
        timed(name, question)


def timed(name: str, work: Callable[[], object]) -> float:
    """Seconds of ``work``, which are printed."""
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    print(f"  {name:22}{seconds:9.2f} s", flush=True)
    return seconds


def held() -> int:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
