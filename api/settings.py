"""What a server is told when it starts: from the command line, else from ``PARKGRAPH_…``, else the defaults below."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

LOOPBACK_NAMES = ("localhost",)


class Settings(BaseModel):
    """The settings of one server."""

    model_config = ConfigDict(frozen=True)

    store: str = "parkgraph.lbug"
    host: str = "127.0.0.1"
    port: int = 8000
    keys: Path = Path("parkgraph.keys")
    origins: tuple[str, ...] = ()  # of pages elsewhere that may call it (CORS)
    hosts: tuple[str, ...] = ()  # names by which it may be called, besides those of this machine
    mcp: bool = True  # whether it answers assistants at /mcp, where the extra is installed
    pages: bool = True  # whether it has pages for people, or the API only

    seconds: float = Field(default=20.0, gt=0)  # that one request may keep the store busy
    rows: int = Field(default=200_000, gt=0)  # that one query may give
    cached_rows: int = 500_000  # of answers that are kept, all together
    cached_bytes: int = 64 * 2**20  # of responses that are kept, all together

    reads_per_minute: int | None = None  # for one key; None: without limit on loopback, 6,000 elsewhere; 0: no limit
    writes_per_minute: int = 600
    upload_bytes: int = 50_000_000
    upload_files: int = 100
    upload_seconds: float = 60.0  # for reading one file
    upload_megabytes: int = 2000  # of memory for reading one file
    wait_seconds: float = 20.0  # after which a write is answered with 202 and a job
    workers: int = 1  # processes; each knows its own jobs only, so with several a write waits for its end
    grace: float = 30.0  # seconds to finish what is under way when the server is stopped

    @property
    def open_reads(self) -> bool:
        """Whether reading needs no key: where nobody but this machine can ask."""
        return is_loopback(self.host)

    @property
    def reads(self) -> int:
        """How often one key may read in a minute; 0 for no limit."""
        if self.reads_per_minute is not None:
            return self.reads_per_minute
        return 0 if self.open_reads else 6_000


@lru_cache(maxsize=1024)
def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on ``host``."""
    if host in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
