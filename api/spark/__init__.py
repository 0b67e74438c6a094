"""``parkgraph ingest --engine spark``: documents in by Spark, a whole graph out."""
