"""A whole graph out of many records by Spark: each rule is the pure function of the incremental load, applied by key.

Every step takes and gives rows of one shape (``graph.spark.frames``). Nothing is held for all documents but the pairs of
policies of which one replaces the other.
"""
