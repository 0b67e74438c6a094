"""What the Neo4j driver raises, as one line that names the server and the cause."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from neo4j import exceptions as neo4j

from graph.bolt_address import Address
from graph.errors import BudgetError, StoreError

OLDEST = (5, 26)
_CODES = {
    "Neo.ClientError.Database.DatabaseNotFound": "has no database {database}",
    "Neo.ClientError.Security.CredentialsExpired": "the password has to be changed first",
    "Neo.ClientError.Security.Forbidden": "the user may not do this",
    "Neo.ClientError.Security.AuthenticationRateLimit": "too many wrong passwords; wait a little",
    "Neo.ClientError.Statement.AccessMode": "a reading query may not write",
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": "the server has too little memory for this transaction",
}


@contextlib.contextmanager
def told(address: Address) -> Iterator[None]:
    """Turn errors of the driver into StoreErrors."""
    try:
        yield
    except (neo4j.DriverError, neo4j.Neo4jError) as error:
        if (getattr(error, "code", None) or "").startswith("Neo.ClientError.Transaction.TransactionTimedOut"):
            raise BudgetError("the query takes too long") from error
        raise StoreError(f"{address.url}: {cause(address, error)}") from error
    except UnicodeEncodeError as error:
        raise StoreError(f"{address.url}: a text holds half a surrogate pair, which is no character") from error
    except (OSError, ValueError, TypeError, OverflowError) as error:
        raise StoreError(f"{address.url}: {_one_line(error)}") from error


def cause(address: Address, error: Exception) -> str:
    """What went wrong, in the words of this program where it is a usual thing."""
    code = getattr(error, "code", None) or ""
    if code in _CODES:
        return _CODES[code].format(database=address.database or "of its own")
    if isinstance(error, neo4j.AuthError):
        if address.auth is None:
            return "wants a user and a password: set NEO4J_USERNAME and NEO4J_PASSWORD, or NEO4J_CREDENTIALS"
        return f"refuses the password of {address.auth[0]}"
    if isinstance(error, neo4j.IncompleteCommit):
        return "the connection broke in the commit; load again, what is there already stays as it is"
    if isinstance(error, (neo4j.ServiceUnavailable, neo4j.SessionExpired)):
        if "certificate" in str(error).lower() or "ssl" in str(error).lower():
            return f"no TLS connection: {_one_line(error)}"
        return "no Neo4j answers there"
    if isinstance(error, neo4j.ConfigurationError):
        return _one_line(error)
    return _one_line(getattr(error, "message", None) or error)


def check_version(address: Address, agent: str) -> None:
    """Raise StoreError unless ``agent`` (``Neo4j/5.26.30``) is a Neo4j that this program works with."""
    version = re.match(r"Neo4j/v?(\d+)\.(\d+)", agent)
    if not version or "compatible" in agent:
        raise StoreError(f"{address.url}: is {agent or 'unknown'}, not Neo4j")
    if (int(version[1]), int(version[2])) < OLDEST:
        raise StoreError(f"{address.url}: is {agent}; Neo4j 5.26 or later is needed")


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
