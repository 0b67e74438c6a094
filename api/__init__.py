"""The command line, the HTTP API, the pages and the tools for assistants: they ask ``graph``."""

__version__ = "0.1.0"
