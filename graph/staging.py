"""Loads that are larger than one transaction should be, still all or nothing.

A load of up to ``TX_ROWS`` rows and ``TX_BYTES`` of text is one transaction. A larger one is *staged*:

1. ``Meta.pending`` is set to the name of the load. From now on ``read`` waits, so nobody sees a half.
2. Every batch is a transaction of its own, which also stores how to take the batch back (a ``Journal`` node: the names
   of what was added, the former rows of what was changed or removed).
3. One small transaction raises the revision and takes ``pending`` away; the journal is then swept.

When the load fails, or its process or the server dies in between, the journal is played backwards, one transaction a
step: by the failing load itself, else by whoever opens the store next, or by a reader that waits in vain. Each step
removes its journal entry in the same transaction, so a crash on the way back is no harm. Who takes it back changes
``Meta.pending`` first, and every transaction begins by locking Meta and looking for its name there: so taking a slow
load for a dead one only makes it fail.
"""

from __future__ import annotations

import json
import os
import socket
import time
import uuid
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import chain
from typing import Any

from graph.batches import Batch, Run, as_json, batches, from_json
from graph.delta import Delta
from graph.errors import ConflictError, StoreError
from graph.indexes import JOURNAL

TX_ROWS = int(os.environ.get("PARKGRAPH_TX_ROWS", "50000"))
TX_BYTES = int(os.environ.get("PARKGRAPH_TX_MB", "32")) * 2**20
BATCH_ROWS, BATCH_BYTES = 10_000, 8 * 2**20
PATIENCE = float(os.environ.get("PARKGRAPH_PATIENCE", "30"))  # seconds without progress after which a load is dead

Transact = Callable[[Callable[[Run], Any]], Any]  # runs its argument in one writing transaction
_META = "MATCH (m:Meta {id: 'meta'}) "
_BACK = "back:"  # before the name of a load that is being taken back
_MINE: set[str] = set()  # the staged loads of this process that go on
_SWEEP = f"MATCH (j:{JOURNAL}) WHERE j.load <> $load OR $load IS NULL WITH j LIMIT 100 DELETE j RETURN count(*) AS n"


def parts_of(delta: Delta) -> tuple[Any, bool]:
    """The batches of ``delta``, and whether one transaction may hold them all."""
    parts = batches(delta, BATCH_ROWS, BATCH_BYTES)
    held: list[Batch] = []
    rows = size = 0
    for batch in parts:
        held.append(batch)
        rows, size = rows + len(batch.rows), size + batch.size
        if rows > TX_ROWS or size > TX_BYTES:
            return chain(held, parts), False
    return held, True


def lock_meta(run: Run) -> dict[str, Any]:
    """Hold writers off until the end of the transaction, and return Meta as it is now."""
    run(_META + "SET m.held = true REMOVE m.held", {})
    rows = run(_META + "RETURN m.revision AS revision, m.pending AS pending", {})
    if not rows:
        raise StoreError("the graph is gone; open it anew")
    return rows[0]


def write_at_once(transact: Transact, parts: list[Batch], base: int | None) -> int:
    """Write all in one transaction and return the new revision. Raises ConflictError."""

    def work(run: Run) -> int:
        revision = _checked(lock_meta(run), base)
        for batch in parts:
            batch.write(run)
        run(_META + "SET m.revision = $revision", {"revision": revision + 1})
        return revision + 1

    return int(transact(work))


def write_staged(transact: Transact, parts: Iterable[Batch], base: int | None) -> int:
    """Write batch by batch and return the new revision; what fails is taken back. Raises ConflictError."""
    load = _name()
    _MINE.add(load)
    try:
        revision = int(transact(lambda run: _begin(run, load, base)))
        try:
            _write_steps(transact, load, parts)
            transact(lambda run: _end(run, load, revision + 1))
        except BaseException:
            roll_back(transact, load)
            raise
    finally:
        _MINE.discard(load)
    sweep(transact)
    return revision + 1


def _write_steps(transact: Transact, load: str, parts: Iterable[Batch]) -> None:
    """Write batch after batch; the next one is made while the server is busy with the one before."""
    with ThreadPoolExecutor(1) as writer:
        running: Future[Any] | None = None
        for step, batch in enumerate(parts):
            if running is not None:
                running.result()
            running = writer.submit(transact, partial(_stage, load, step, batch))
        if running is not None:
            running.result()


def roll_back(transact: Transact, load: str) -> None:
    """Play the journal of ``load`` backwards; nothing to do for one that has ended."""
    name = load.removeprefix(_BACK)
    transact(lambda run: _turn_back(run, name))
    while transact(lambda run: _unstage(run, name)):
        pass


def sweep(transact: Transact) -> None:
    """Remove journals of loads that have ended."""

    def work(run: Run) -> int:
        pending = lock_meta(run)["pending"]
        return int(run(_SWEEP, {"load": pending and pending.removeprefix(_BACK)})[0]["n"])

    while transact(work) == 100:
        pass


def await_end(progress: Callable[[], tuple[str | None, int]], transact: Transact, seconds: float) -> None:
    """Wait until no load is pending; one that is dead is rolled back. Raises StoreError when it takes ``seconds``.

    ``progress`` tells the pending load and its steps so far.
    """
    last, since, end = progress(), time.monotonic(), time.monotonic() + seconds
    while last[0] is not None:
        if dead(last[0]) or time.monotonic() - since > PATIENCE:
            roll_back(transact, last[0])
        elif time.monotonic() > end:
            raise StoreError("a large load is being written; try again later")
        else:
            time.sleep(min(0.1, PATIENCE / 10))
        now = progress()
        last, since = now, since if now == last else time.monotonic()


def dead(load: str) -> bool:
    """Whether the process that wrote ``load`` is known to be gone: it was on this machine, and is not there now."""
    _, _, owner = load.partition("@")
    host, _, pid = owner.rpartition(":")
    if host != socket.gethostname() or not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        return load.removeprefix(_BACK) not in _MINE
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _checked(meta: dict[str, Any], base: int | None) -> int:
    if meta["pending"] is not None:
        raise ConflictError("another load is being written")
    if base is not None and meta["revision"] != base:
        raise ConflictError(f"the graph has gone from revision {base} to {meta['revision']} meanwhile")
    return int(meta["revision"])


def _begin(run: Run, load: str, base: int | None) -> int:
    revision = _checked(lock_meta(run), base)
    run(_META + "SET m.pending = $load, m.steps = 0", {"load": load})
    return revision


def _stage(load: str, step: int, batch: Batch, run: Run) -> None:
    if lock_meta(run)["pending"] != load:
        raise ConflictError("another process took this load for dead and rolled it back")
    undo = zlib.compress(json.dumps(as_json(batch.undoing(run)), ensure_ascii=False).encode(), 1)
    batch.write(run)
    query = f"CREATE (:{JOURNAL} {{id: $load + '/' + toString($step), load: $load, step: $step, undo: $undo}})"
    run(query, {"load": load, "step": step, "undo": undo})
    run(_META + "SET m.steps = $step + 1", {"step": step})


def _end(run: Run, load: str, revision: int) -> None:
    if lock_meta(run)["pending"] != load:
        raise ConflictError("another process took this load for dead and rolled it back")
    run(_META + "SET m.revision = $revision REMOVE m.pending, m.steps", {"revision": revision})


def _turn_back(run: Run, load: str) -> None:
    """From now on the load cannot go on: it may only have been slow, and its own next step must not find its name."""
    if lock_meta(run)["pending"] == load:
        run(_META + "SET m.pending = $load", {"load": _BACK + load})


def _unstage(run: Run, load: str) -> bool:
    """Take the last step back; False when it was the end."""
    if lock_meta(run)["pending"] != _BACK + load:
        return False
    rows = run(f"MATCH (j:{JOURNAL} {{load: $load}}) RETURN j.id AS id ORDER BY j.step DESC LIMIT 1", {"load": load})
    if not rows:
        run(_META + "REMOVE m.pending, m.steps", {})
        return False
    held = run(f"MATCH (j:{JOURNAL} {{id: $id}}) WITH j, j.undo AS undo DELETE j RETURN undo", rows[0])
    undo = from_json(json.loads(zlib.decompress(held[0]["undo"])))
    if undo.rows:
        undo.write(run, strict=False)
    run(_META + "SET m.steps = m.steps - 1", {})
    return True


def _name() -> str:
    return f"{uuid.uuid4().hex}@{socket.gethostname()}:{os.getpid()}"
