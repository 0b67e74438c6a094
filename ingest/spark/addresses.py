"""Addresses of files: paths of this machine, and those with a scheme (``hdfs:``, ``s3a:`` …)."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/")  # longer than the letter of a drive
_HERE = re.compile(r"file:(?://)?(?=/)", re.IGNORECASE)
_GLOB = re.compile(r"[\\*?\[\]{}^]")


def here(address: str) -> str | None:
    """The path that an address means on this machine; None for one of another file system."""
    path = _HERE.sub("", address, count=1) if _HERE.match(address) else address
    return None if _SCHEME.match(path) else path


def literal(address: str) -> str:
    """An address that Spark reads as it stands, whatever marks of patterns are in it."""
    return _GLOB.sub(lambda match: f"\\{match[0]}", address)
