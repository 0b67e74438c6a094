"""The errors that callers of ``graph`` may see. Each message is one line that names the thing and the cause."""

from __future__ import annotations


class GraphError(Exception):
    """Base of every error of this package."""


class StoreError(GraphError):
    """A store cannot be opened, read or written; a failed write leaves it as it was."""


class BudgetError(StoreError):
    """A reading query took longer, or gives more rows, than it may."""


class ConflictError(StoreError):
    """Somebody else has changed the graph since it was read; nothing was written, and trying again may do."""


class RecordError(GraphError):
    """A record contradicts itself (a duty for a task that it does not list)."""


class QueryError(GraphError):
    """A named query, or a value given to it, is not known or not of its type."""


class NotFoundError(GraphError):
    """Nothing in the graph has the id that was asked for."""


class GoneError(GraphError):
    """What was asked for has been there and is no longer kept: changes from before the log of them begins."""


class UnknownNameError(QueryError):
    """A value names no region, agency, policy … that there is, or more than one."""


class CatalogueError(GraphError):
    """A file in ``cypher/`` has a header that is wrong; the message names file and line."""


def wrong_version(store: str, version: int | None, needed: int) -> StoreError:
    """The error for a store whose schema is not the one that this program needs."""
    if version is not None and version > needed:
        return StoreError(f"{store}: schema version {version} is of a newer parkgraph, this one knows {needed}")
    way = f"run `parkgraph migrate --store {store}`"
    return StoreError(f"{store}: schema version {version}, this program needs {needed}: {way}")
