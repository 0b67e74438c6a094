"""Where a Neo4j is, and what opens it: the URL, and credentials that never stand in it.

``neo4j://HOST[:PORT][?database=NAME&credentials=FILE&pool=N&connect=S&timeout=S&retry=S]``; ``bolt://`` asks that one
server, ``+s`` is TLS, ``+ssc`` TLS with a certificate of one's own. User and password come from the file that the URL
names, else from NEO4J_USERNAME and NEO4J_PASSWORD, else from the file that NEO4J_CREDENTIALS names. Such a file has
lines ``NEO4J_USERNAME=…``, ``NEO4J_PASSWORD=…`` and, if wanted, ``NEO4J_DATABASE=…``, as Aura hands them out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from graph.errors import StoreError

_NUMBERS = {"pool": 20.0, "connect": 10.0, "timeout": 300.0, "retry": 15.0}
_NAMES = ("database", "credentials", *_NUMBERS)


@dataclass(frozen=True)
class Address:
    """A database of a server. Times are in seconds."""

    uri: str
    database: str | None = None
    auth: tuple[str, str] | None = field(default=None, repr=False)
    pool: int = 20  # connections
    connect: float = 10.0  # to reach the server, or to get a connection of the pool
    timeout: float = 300.0  # of one transaction
    retry: float = 15.0  # how long a transaction that failed in passing is tried again

    @property
    def url(self) -> str:
        """The URL without credentials, as it is shown."""
        return self.uri + (f"?database={self.database}" if self.database else "")


def parse_address(url: str, environment: Mapping[str, str] | None = None) -> Address:
    """The address that ``url`` and the environment (of the process) give. Raises StoreError in one line."""
    given = os.environ if environment is None else environment
    parts = urlsplit(url)
    if parts.password is not None or parts.username is not None:
        host = parts.netloc.rpartition("@")[2]
        raise StoreError(
            f"{parts.scheme}://{host}: no user or password in a URL; set NEO4J_USERNAME and NEO4J_PASSWORD"
        )
    uri = f"{parts.scheme}://{parts.netloc}"
    if not parts.hostname or parts.path not in ("", "/"):
        raise StoreError(f"{uri}{parts.path}: should be {parts.scheme}://HOST[:PORT][?database=NAME]")
    try:
        _ = parts.port  # raises where it is no number
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise StoreError(f"{uri}: {error}") from error
    wrong = sorted(set(options) - set(_NAMES))
    if wrong:
        raise StoreError(f"{uri}: no option {wrong[0]}; there are {', '.join(_NAMES)}")
    numbers = {name: _number(uri, name, options.get(name), default) for name, default in _NUMBERS.items()}
    held = _credentials(uri, options.get("credentials"), given)
    user, password = held.get("NEO4J_USERNAME"), held.get("NEO4J_PASSWORD")
    if bool(user) != bool(password):
        raise StoreError(f"{uri}: NEO4J_USERNAME and NEO4J_PASSWORD go together; one is missing")
    return Address(
        uri,
        options.get("database") or held.get("NEO4J_DATABASE") or None,
        (user, password) if user and password else None,
        int(numbers.pop("pool")),
        **numbers,
    )


def _number(uri: str, name: str, text: str | None, default: float) -> float:
    try:
        value = default if text is None else float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6 or (name == "pool" and value < 1):
        raise StoreError(f"{uri}: {name} is a number above 0, not {text!r}")
    return value


def _credentials(uri: str, named: str | None, environment: Mapping[str, str]) -> Mapping[str, str]:
    """The settings that hold: those of the file named in the URL, of the environment, or of the file named there."""
    if named:
        return _read(uri, named)
    own = {name: environment[name] for name in environment if name.startswith("NEO4J_")}
    if own.get("NEO4J_CREDENTIALS") and not own.get("NEO4J_PASSWORD"):
        return {**own, **_read(uri, own["NEO4J_CREDENTIALS"])}
    return own


def _read(uri: str, name: str) -> dict[str, str]:
    try:
        lines = Path(name).expanduser().read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        cause = getattr(error, "strerror", None) or "is no text"
        raise StoreError(f"{uri}: the credentials file {name}: {cause}") from error
    pairs = (line.removeprefix("export ").partition("=") for line in lines if line.strip() and line[0] != "#")
    held = {key.strip(): _bare(value.strip()) for key, equals, value in pairs if equals}
    if not held.get("NEO4J_USERNAME") or not held.get("NEO4J_PASSWORD"):
        raise StoreError(f"{uri}: the credentials file {name} needs lines NEO4J_USERNAME=… and NEO4J_PASSWORD=…")
    return held


def _bare(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value
