"""The faces of the graph: the command line now, HTTP, pages and MCP later. Knows ``graph`` only."""

__version__ = "0.1.0"
