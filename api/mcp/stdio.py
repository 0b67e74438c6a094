"""The server on standard input and output, for an assistant that starts it itself."""

from __future__ import annotations

import os
import signal
import sys

import anyio
from anyio.abc import TaskGroup
from mcp.server.stdio import stdio_server

from api.mcp.server import build
from api.service import Service
from api.writing import Writer

_GRACE = 5.0  # seconds that a running load has to end


def serve(service: Service, writer: Writer | None) -> None:
    """Answer until standard input ends, or the process is told to end. Nothing but the protocol is written to standard output."""
    anyio.run(_serve, service, writer)


async def _serve(service: Service, writer: Writer | None) -> None:
    server = build(service, writer)
    async with anyio.create_task_group() as tasks:
        if sys.platform != "win32":
            tasks.start_soon(_end_on_signal, service, writer)
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
        _stop(tasks)


def _stop(tasks: TaskGroup) -> None:
    tasks.cancel_scope.cancel()


async def _end_on_signal(service: Service, writer: Writer | None) -> None:
    """End the process at once: the thread that waits for standard input cannot be told to stop."""
    with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
        async for number in signals:
            if writer is None or await anyio.to_thread.run_sync(writer.close, _GRACE):
                service.store.close()
            sys.stderr.flush()
            os._exit(0 if number == signal.SIGTERM else 128 + number)
