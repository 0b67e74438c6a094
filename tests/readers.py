"""Readers for tests of the pool: each does what the name of its file says. They load fast, for workers import this."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any


def obedient() -> Any:
    """The name is ``what`` or ``what:argument``."""
    return read


def broken() -> Any:
    raise ImportError("no such library")


def read(given: tuple[Any, str]) -> Iterator[SimpleNamespace]:
    data, name = given
    what, _, argument = name.partition(":")
    if what == "twice":
        yield answer(name, "first")
    match what:
        case "sleep" | "twice":
            time.sleep(float(argument))
        case "drip":
            for number in range(int(argument)):
                time.sleep(0.8)
                yield answer(name, str(number))
        case "spin":  # without giving other threads of the worker a turn
            ctypes.PyDLL(None).sleep(int(argument))
        case "eat":
            name = str(len(bytearray(int(argument) * 1_000_000)))
        case "exit":
            os._exit(int(argument))
        case "segfault":
            ctypes.string_at(0)
        case "raise":
            raise RecursionError("deep")
        case "print":
            print("noise", flush=True)
            print("noise", file=sys.stderr, flush=True)
            os.write(1, b"noise")
        case "environment":
            name = ",".join(sorted(os.environ))
        case "size":
            name = str(len(data))
        case "child":
            name = str(os.spawnlp(os.P_NOWAIT, "sleep", "sleep", argument))
            yield answer(name, None)
            time.sleep(float(argument))
    yield answer(name, str(os.getpid()))


def answer(source: str, value: str | None) -> SimpleNamespace:
    return SimpleNamespace(source=source, value=value, problem=None)
