"""``parkgraph serve``: the HTTP server."""

from __future__ import annotations

import os
import socket
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from api.failures import Code, Failure, one_line
from api.keys import Keys, KeysError
from api.options import STORE, StoreOption
from api.settings import Settings
from graph.store import BOLT_SCHEMES, open_store


class LogLevel(StrEnum):
    """From which level on events are logged."""

    debug = "debug"
    info = "info"
    warning = "warning"
    error = "error"


_SETTINGS = "PARKGRAPH_SERVER"  # in which the workers find the settings of their parent


def serve(
    store: StoreOption = STORE,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 for a free one.")] = 8000,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes; more than one on Neo4j.")] = 1,
    keys: Annotated[
        Path, typer.Option("--keys", envvar="PARKGRAPH_KEYS", help="The file of keys (parkgraph keys).")
    ] = Path("parkgraph.keys"),
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A host name by which the server may be called; repeatable.")
    ] = None,
    origin: Annotated[
        list[str] | None, typer.Option("--origin", help="A web site that may call it from a browser; repeatable.")
    ] = None,
    reads: Annotated[
        int | None, typer.Option("--reads-per-minute", min=0, help="For one key; 0 for no limit.", show_default=False)
    ] = None,
    writes: Annotated[int, typer.Option("--writes-per-minute", min=0, help="For one key; 0 for no limit.")] = 600,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help="That one question may take.")] = 20.0,
    grace: Annotated[int, typer.Option("--grace", min=0, help="Seconds to finish requests when it is stopped.")] = 30,
    pages: Annotated[bool, typer.Option("--pages/--no-pages", help="Pages for people beside the API.")] = True,
    mcp: Annotated[bool, typer.Option("--mcp/--no-mcp", help="Tools for assistants at /mcp (extra mcp).")] = True,
    log_level: Annotated[LogLevel, typer.Option("--log-level", help="What is logged.")] = LogLevel.info,
) -> None:
    """Serve pages and the HTTP API.

    Reading is free on this machine; on any other address everybody needs a key. Writing always needs one.
    """
    settings = Settings(
        store=store, host=host, port=port, keys=keys.absolute(), hosts=tuple(name or ()), origins=tuple(origin or ()),
        reads_per_minute=reads, writes_per_minute=writes, seconds=seconds, workers=workers, grace=grace, pages=pages, mcp=mcp,
    )  # fmt: skip
    check(settings, workers)
    _run(settings, workers, grace, log_level.value)


def check(settings: Settings, workers: int) -> None:
    """Refuse what cannot work, in one line, before anything listens."""
    try:
        known = Keys(settings.keys).all()
    except KeysError as error:
        raise Failure(one_line(error), Code.USAGE) from error
    if not settings.open_reads and not known:
        raise Failure(
            f"{settings.host} can be reached from elsewhere, and there are no keys; make one first: "
            "parkgraph keys add NAME --scope read",
            Code.USAGE,
        )
    if workers > 1 and settings.store.partition(":")[0] not in BOLT_SCHEMES:
        raise Failure("an embedded store is open in one process only: use one worker, or Neo4j", Code.USAGE)
    _check_port(settings)
    open_store(settings.store).close()


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((settings.host, settings.port))
        except OSError as error:
            raise Failure(f"{settings.host}:{settings.port}: {error.strerror}", Code.USAGE) from error


def _run(settings: Settings, workers: int, grace: int, log_level: str) -> None:
    import uvicorn

    from api.logs import configure

    configure(log_level)
    os.environ[_SETTINGS] = settings.model_dump_json()
    os.environ["PARKGRAPH_LOG_LEVEL"] = log_level
    typer.echo(f"parkgraph serves {settings.store} at {address(settings)}/ (Ctrl-C stops it)")
    uvicorn.run(
        "api.serve:application", factory=True, workers=workers, ws_max_size=4 * 2**20, **listening(settings, grace)
    )


def address(settings: Settings) -> str:
    """Where a server with these settings listens, as a URL without a slash at its end."""
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{shown}:{settings.port}"


def listening(settings: Settings, grace: int) -> dict[str, Any]:
    """How uvicorn listens, whatever it serves; ``grace``: seconds to finish requests when it is stopped."""
    return {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": grace,
        "timeout_keep_alive": 15,
        "limit_concurrency": 1000,
        "h11_max_incomplete_event_size": 64 * 1024,
        "proxy_headers": False,
    }


def application() -> object:
    """The application of a worker; its settings are those of the command line."""
    from api.app import create_app
    from api.logs import configure

    configure(os.environ.get("PARKGRAPH_LOG_LEVEL", "info"))
    return create_app(Settings.model_validate_json(os.environ[_SETTINGS]))
