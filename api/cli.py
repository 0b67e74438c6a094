"""The command line: documents in, answers out. Here, and in ``api/ask``, ``ingest`` and ``graph`` meet."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.main import get_command

from api import __version__, analyses, backup, bloom, commands, differences, exports, keyring, moves, questions, serve
from api.ask.command import ask
from api.failures import MEANINGS, Code, Failure, one_line, warn
from api.keeping import command as keeping
from api.mcp.command import mcp
from api.options import STORE, FormatOption, StoreOption
from api.output import Format
from graph.errors import CatalogueError, GraphError, QueryError
from ingest.pool import WorkerError

EPILOG = "Exit codes:\n\n\b\n" + "\n".join(f"{code.value:>3}  {meaning}" for code, meaning in MEANINGS.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``parkgraph`` with ``arguments`` (those of the process if None) and return its exit code."""
    _speak_utf8()
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        return Code.BROKEN_PIPE
    except KeyboardInterrupt:
        return _interrupted()
    except OSError as error:
        warn(one_line(error) if error.filename else f"standard output: {one_line(error)}")
        _silence(sys.stdout)
        return Code.OUTPUT


def _run(arguments: Sequence[str] | None) -> int:
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        code = get_command(build())(args=given, prog_name="parkgraph", standalone_mode=False)
    except Failure as failure:
        warn(failure.line)
        return failure.code
    except (QueryError, CatalogueError) as error:
        warn(one_line(error))
        return Code.USAGE
    except GraphError as error:
        warn(one_line(error))
        return Code.STORE
    except WorkerError as error:
        warn(one_line(error))
        return Code.READER
    except typer.TyperException as error:
        warn(_usage(error))
        return Code.USAGE
    except SystemExit as left:  # typer's answer to a reader that went away
        return Code.BROKEN_PIPE if isinstance(left.__context__, BrokenPipeError) else Code.USAGE
    except typer.Abort:
        return _interrupted()
    return _interrupted() if code == Code.INTERRUPTED else int(code or Code.OK)


def build() -> typer.Typer:
    """Build the whole command line, one sub-command of ``query`` for each file in ``cypher/``."""
    app = typer.Typer(
        name="parkgraph",
        help="Policy documents in; answers out, each with the sentence that says so.",
        epilog=EPILOG,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(_top)
    for command in (
        keeping.extract,
        keeping.ingest,
        keeping.watch,
        remove,
        queries,
        stats,
        backup.check,
        unresolved,
        exports.export,
        ask,
        moves.search,
        moves.copy,
        moves.migrate,
        backup.backup,
        backup.restore,
        bloom.bloom,
        serve.serve,
        mcp,
    ):
        app.command()(command)
    app.command("differences")(differences.show)
    app.add_typer(questions.build(), name="query")
    app.add_typer(analyses.build(), name="analyse")
    app.add_typer(keyring.build(), name="keys")
    return app


def _top(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(f"parkgraph {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit


def remove(
    documents: Annotated[list[str], typer.Argument(metavar="SHA256...", help="Documents; eight characters do.")],
    store: StoreOption = STORE,
) -> None:
    """Take documents out, and all that only they say."""
    commands.remove(documents, store)


def queries(form: FormatOption = Format.table) -> None:
    """List the questions that can be asked."""
    commands.queries(form)


def stats(store: StoreOption = STORE, form: FormatOption = Format.table) -> None:
    """Count what the store holds."""
    commands.stats(store, form)


def unresolved(
    store: StoreOption = STORE,
    form: FormatOption = Format.table,
    coverage: Annotated[bool, typer.Option("--coverage", help="The share of each text that is covered.")] = False,
) -> None:
    """List what was seen and not understood."""
    commands.unresolved(store, form, coverage)


def _usage(error: typer.TyperException) -> str:
    """Say a wrong call in one line, with what would have been right."""
    line = one_line(error.format_message()).rstrip(".").replace("Value error, ", "")
    context = getattr(error, "ctx", None)
    if context is None:
        return line
    if line.startswith("No such option"):
        known = [option for param in context.command.params for option in param.opts if option.startswith("--")]
        line = f"{line.partition(' (Possible')[0]}; {context.command_path} takes {', '.join([*known, '--help'])}"
    elif line.startswith(("No such command", "Missing command")):
        line += f"; there are {', '.join(context.command.list_commands(context))}"
    return line


def _interrupted() -> int:
    warn("interrupted")
    return Code.INTERRUPTED


def _speak_utf8() -> None:
    """Write UTF-8 to files and pipes whatever the locale, and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _silence(stream: object) -> None:
    """Send what is left in the buffer of ``stream`` nowhere, so that the end of the process does not complain."""
    if isinstance(stream, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    sys.exit(main())
