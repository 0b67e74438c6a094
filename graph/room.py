"""How much memory the embedded engine may take.

To take new rows into the file it holds whole columns of the rows about them, up to 131,072 rows of a table, and the texts of
documents are long: some 300 MB for 1,000 documents. What it does not need it does not take.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

LEAST = 1024 * 2**20
_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))  # of a container


def buffer_bytes() -> int:
    """PARKGRAPH_BUFFER_MB, or half of the memory of this machine or container, and 1 GB at least."""
    given = os.environ.get("PARKGRAPH_BUFFER_MB")
    return int(given) * 2**20 if given else max(LEAST, _memory() // 2)


def _memory() -> int:
    found = [LEAST]
    with suppress(OSError, ValueError, AttributeError):  # not on Windows
        found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for limit in _LIMITS:
        with suppress(OSError, ValueError):  # "max" is no number, and no limit
            found.append(int(limit.read_text()))
    return min(found)
