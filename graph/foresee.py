"""What a load would change, without loading."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from graph.documents import Places
from graph.errors import RecordError
from graph.log import LABEL, logged, time_now
from graph.plan import plan
from graph.recent import PolicyChange, Revision
from graph.rows import contribution
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
    made = plan(store, records, locations=locations, remove=remove, now=now)
    if not made.delta:
        return None
    parts = [node for node in logged(store, made.delta, base + 1, now).nodes.added if node.ref.label == LABEL]
    told = json.loads(parts[0].props["summary"])
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
