"""The errors that callers of ``graph`` may see. Each message is one line that names the thing and the cause."""

from __future__ import annotations


class GraphError(Exception):
    """Base of every error of this package."""


class StoreError(GraphError):
    """A store cannot be opened, read or written; a failed write leaves it as it was."""


class RecordError(GraphError):
    """A record contradicts itself (a duty for a task that it does not list)."""


class QueryError(GraphError):
    """A named query, or a value given to it, is not known or not of its type."""


class CatalogueError(GraphError):
    """A file in ``cypher/`` has a header that is wrong; the message names file and line."""
