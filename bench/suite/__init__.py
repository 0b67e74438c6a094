"""``make bench``: every benchmark in one run, as tables and as one JSON file. The entry is ``bench.suite.__main__``."""
