"""Calls a function of this package in a new process, which is watched.

    python -m bench.suite.child MODULE FUNCTION JSON

The function takes what JSON names and gives what JSON can hold; that is the last line of the output.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Mapping
from typing import Any

from bench.suite.watched import Watched, watch


def call(module: str, function: str, env: Mapping[str, str] | None = None, **given: object) -> tuple[Any, Watched]:
    """What ``function`` of ``bench.suite.module`` gives, and what its process took. Raises CommandError."""
    done = watch([sys.executable, "-m", "bench.suite.child", module, function, json.dumps(given)], env)
    return json.loads(done.out.splitlines()[-1]), done


if __name__ == "__main__":
    module, function, given = sys.argv[1:]
    work = getattr(importlib.import_module(f"bench.suite.{module}"), function)
    print(json.dumps(work(**json.loads(given))))
