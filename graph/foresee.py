"""What a load would change, without loading."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from graph.documents import Places
from graph.errors import RecordError
from graph.large import spilled_steps
from graph.log import parts, time_now
from graph.plan import work_out
from graph.recent import PolicyChange, Revision
from graph.rows import contribution
from graph.spill import Spill
from graph.store import Store
from ingest.records import Record


def foresee(
    store: Store,
    records: Sequence[Record],
    *,
    locations: Places | Sequence[str] | None = None,
    remove: Iterable[str] = (),
) -> Revision | None:
    """The revision that ``graph.load.load`` would make; None where it would change nothing. Raises RecordError, StoreError."""
    now, base = time_now(), store.revision()
    with tempfile.TemporaryDirectory() as folder, Spill(Path(folder) / "rows") as spill:
        work_out(store, records, spill, locations=locations, remove=remove, now=now)
        if not spill.settle():
            return None
        first = list(parts(spilled_steps(store, spill), base + 1, now))[-1]
    told = json.loads(first.props["summary"])
    policies = tuple(PolicyChange(*each) for each in told["policies"])
    found = Revision(base + 1, now, told["nodes"], told["edges"], policies, told["others"])
    return found if any(found.nodes.values()) or any(found.edges.values()) else None


def fault(record: Record) -> str | None:
    """Why a record cannot be loaded, in one line; None for one that can."""
    try:
        contribution(record)
        record.model_dump_json().encode()
    except RecordError as error:
        return str(error)
    except ValueError:
        return "holds half a surrogate pair, which is no character"
    return None
