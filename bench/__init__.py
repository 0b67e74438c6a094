"""Benchmarks: they print numbers and judge nothing. Run with ``make bench``."""
