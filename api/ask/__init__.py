"""Questions in plain words: read with the tables of ``ingest``, answered by the queries of ``graph``.

Beside ``api/cli.py`` this is the one place where the two meet: a question is read as documents are, by their tables.
"""
