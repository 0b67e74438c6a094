"""Figures for Prometheus; with several workers set PROMETHEUS_MULTIPROC_DIR to an empty folder."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess

REQUESTS = Counter("parkgraph_http_requests_total", "HTTP requests", ["method", "route", "status"])
DURATION = Histogram(
    "parkgraph_http_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
CACHE = Counter("parkgraph_http_cache_total", "Answers taken from memory, and made", ["result"])
REVISION = Gauge("parkgraph_graph_revision", "The revision of the graph", multiprocess_mode="max")


def exposition() -> bytes:
    """All figures of this process, or of all workers, in the text format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
