"""A load that is too large for one transaction of the embedded store, in memory that does not grow with it.

What differs is worked out onto the disk (``graph.spill``), written into a copy of the store (``graph.fill``), and the copy
takes the store's place (``graph.renewal``): all or nothing, and one revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from graph.delta import Changes, Delta
from graph.documents import Places
from graph.fill import STEP_ROWS, add_nodes, fill, pieces
from graph.links import Link
from graph.log import parts
from graph.plan import work_out
from graph.spill import Spill
from graph.store import Reader
from graph.visible import Op, Step, steps
from ingest.records import Record

if TYPE_CHECKING:
    from graph.embedded import EmbeddedStore

_OPS: tuple[Op, ...] = ("removed", "added", "changed")  # in the order of the log


class Written(NamedTuple):
    """The revision, how many rows of which kind were touched (edge or not, op, kind), and links that are held back."""

    revision: int
    counts: dict[tuple[bool, Op, str], int]
    problems: Sequence[Link]


def load_large(
    store: EmbeddedStore,
    records: Sequence[Record],
    locations: Places | Sequence[str] | None,
    remove: Iterable[str],
    now: str,
) -> Written:
    """Load as ``graph.load.load`` does. ``records`` are gone through twice. Raises RecordError, StoreError."""
    with store.renewal() as renewal:
        base = store.revision()
        with Spill(renewal.folder / "rows") as spill:
            problems = work_out(store, records, spill, locations=locations, remove=remove, now=now)
            counts = spill.settle()
            if not counts:
                return Written(base, counts, problems)
            copy = renewal.copy()
            fill(copy.run(), spill)
            add_nodes(copy.run(), parts(spilled_steps(store, spill), base + 1, now))
            renewal.take_place(base + 1)
    return Written(base + 1, counts, problems)


def spilled_steps(store: Reader, spill: Spill) -> Iterator[Step]:
    """What ``graph.visible.steps`` gives, in the same order, without holding it."""
    for gone in pieces(spill.edges("removed"), STEP_ROWS):
        yield from steps(store, Delta(edges=Changes(removed=gone)))
    for op in _OPS:
        for nodes in pieces(spill.nodes(op), STEP_ROWS):
            yield from steps(store, Delta(Changes(**{op: nodes})))
    for op in _OPS[1:]:
        for edges in pieces(spill.edges(op), STEP_ROWS):
            yield from steps(store, Delta(edges=Changes(**{op: edges})))
