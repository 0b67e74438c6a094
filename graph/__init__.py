"""The graph: schema, stores, diff-based loading and the named queries. Of ``ingest`` it knows the records only."""
