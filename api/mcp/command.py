"""``parkgraph mcp``: the catalogue for assistants."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.failures import Code, Failure, warn
from api.keys import Keys
from api.mcp import installed
from api.options import STORE, StoreOption
from api.serve import LogLevel, address, check, listening
from api.settings import Settings
from graph.store import open_store

if TYPE_CHECKING:
    from api.service import Service
    from api.writing import Writer

    Opening = Callable[[], contextlib.AbstractContextManager[tuple[Service, Writer | None]]]

_ENDING = 30  # seconds that running requests and loads have to end


def mcp(
    store: StoreOption = STORE,
    http: Annotated[bool, typer.Option("--http", help="Serve streamable HTTP at /mcp, not standard input.")] = False,
    host: Annotated[str, typer.Option("--host", help="With --http: the address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="With --http: the port.")] = 8001,
    keys: Annotated[
        Path, typer.Option("--keys", envvar="PARKGRAPH_KEYS", help="With --http: the file of keys (parkgraph keys).")
    ] = Path("parkgraph.keys"),
    name: Annotated[
        list[str] | None, typer.Option("--name", help="With --http: a host name by which it may be called; repeatable.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Let assistants load and remove documents too.")] = False,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help="That one question may take.")] = 20.0,
    log_level: Annotated[LogLevel, typer.Option("--log-level", help="What is logged.")] = LogLevel.warning,
) -> None:
    """Serve an assistant: the questions as tools of the Model Context Protocol.

    An assistant starts this command itself and talks to it on standard input and output; with --http it asks over HTTP.
    Nothing is written without --write. Over HTTP keys are needed as for serve, and writing needs one that may write.
    """
    if not installed():
        raise Failure("this needs the package mcp: pip install 'parkgraph[mcp]'", Code.USAGE)
    settings = Settings(
        store=store, host=host, port=port, keys=keys.absolute(), hosts=tuple(name or ()), seconds=seconds, grace=_ENDING
    )
    opening = functools.partial(_open, settings, write)
    if http:
        _check_http(settings, write)
        _run_http(settings, opening, log_level.value)
    else:
        _run_stdio(opening, log_level.value)


def _check_http(settings: Settings, write: bool) -> None:
    """Refuse what cannot work, in one line, before anything listens."""
    check(settings, workers=1)
    if write and not any(key.scope == "write" for key in Keys(settings.keys).all()):
        raise Failure(
            "writing over HTTP needs a key; make one first: parkgraph keys add NAME --scope write", Code.USAGE
        )


@contextlib.contextmanager
def _open(settings: Settings, write: bool) -> Iterator[tuple[Service, Writer | None]]:
    """The store, and the one that writes to it, for as long as they are needed."""
    from api.service import Service

    with open_store(settings.store, create=write) as store:
        service = Service(store, settings)
        try:
            yield service, service.writer if write else None
        finally:
            service.close()


def _run_stdio(opening: Opening, log_level: str) -> None:
    from api.logs import configure
    from api.mcp import stdio

    configure(log_level)
    if sys.stdin.isatty():
        warn("waits for an assistant on standard input; README.md says how one is told of this command")
    with opening() as (service, writer):
        stdio.serve(service, writer)


def _run_http(settings: Settings, opening: Opening, log_level: str) -> None:
    import uvicorn

    from api.logs import configure
    from api.mcp.http import PATH, create_app

    configure(log_level)
    warn(f"serves {settings.store} to assistants at {address(settings)}{PATH} (Ctrl-C stops it)")
    uvicorn.run(create_app(settings, opening), **listening(settings, _ENDING))
