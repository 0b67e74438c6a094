"""``parkgraph extract``, ``ingest`` and ``watch``: documents in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api import documents
from api.failures import Code, Failure
from api.keeping.report import Report, line_of, skipped
from api.keeping.run import Order, bring, foresee_all
from api.keeping.voice import Voice
from api.options import STORE, FormatOption, PathsArgument, StoreOption, WorkersOption
from api.output import Format, write_rows
from api.spark.options import Engine, EngineOption, FilesOption, MasterOption, PartOption, WorkOption
from api.spark.run import PART, SparkOrder, bring_all
from graph.recent import Revision
from ingest.pool import Pool
from ingest.worker import Limits

ReportOption = Annotated[
    Path | None, typer.Option("--report", metavar="FILE", help="Write what came of each file, as JSON.")
]
SecondsOption = Annotated[
    float,
    typer.Option("--read-seconds", envvar="PARKGRAPH_READ_SECONDS", min=0.1, help="That one document may take."),
]
MegabytesOption = Annotated[
    int,
    typer.Option("--read-megabytes", envvar="PARKGRAPH_READ_MEGABYTES", min=500, help="Of memory for one worker."),
]
PruneOption = Annotated[bool, typer.Option("--prune", help="Take out documents whose files are gone; says which.")]
SECONDS, MEGABYTES = Limits.seconds, Limits.megabytes
WHOLE = 3600.0  # seconds for a file of many documents: what a crawler brings home


def extract(
    paths: PathsArgument,
    out: Annotated[Path, typer.Option("--out", help="The folder to write NAME.json to, one a document.")],
    workers: WorkersOption = 1,
    report: ReportOption = None,
    seconds: SecondsOption = SECONDS,
    megabytes: MegabytesOption = MEGABYTES,
) -> Code:
    """Write one JSON record a document, NAME.txt to NAME.json."""
    found = documents.found_in(paths)
    names = documents.output_names(found.files)
    voice = Voice()
    lines = [skipped(each.path, each.problem) for each in found.left]
    for left in found.left:
        voice.problem(left.path, left.problem)
    with Pool(max(1, min(workers, len(found.files))), _limits(seconds, megabytes)) as pool:
        for outcomes in documents.outcomes_of(found.files, pool, "extracting"):
            documents.say_problems(outcomes, voice)
            for outcome in outcomes:
                target = out / documents.output_name(names, outcome.source)
                if outcome.record is not None:
                    documents.write_record(outcome.record, target)
                lines.append(line_of(outcome, "written", to=str(target)))
    told = Report(lines)
    typer.echo(f"{_count(told.count('written'), 'record')} written to {out}{told.others()}")
    told.write(report)
    return told.code


def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, or folders of files.")],
    store: StoreOption = STORE,
    workers: WorkersOption = 1,
    prune: PruneOption = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change in the graph; write nothing.")
    ] = False,
    report: ReportOption = None,
    form: FormatOption = Format.table,
    seconds: SecondsOption = SECONDS,
    megabytes: MegabytesOption = MEGABYTES,
    engine: EngineOption = Engine.plain,
    files: FilesOption = None,
    work: WorkOption = None,
    master: MasterOption = None,
    part: PartOption = PART,
) -> Code:
    """Load documents into the store.

    Of folders that were loaded before, only new and changed files are read. All are loaded in one step; what was read
    before an interruption is not read again. --format is for --dry-run. --engine spark makes a whole graph, on many
    machines where Spark has them: a new embedded store, or files for neo4j-admin.
    """
    limits = _limits(seconds, megabytes)
    if engine is Engine.spark:
        if prune or dry_run:
            raise Failure(
                "--prune and --dry-run are not for --engine spark, which makes a whole graph anew", Code.USAGE
            )
        spark = SparkOrder(paths, store, files, work, master, part, limits, every_line=report is not None)
        told = bring_all(spark, Voice())
        say(told)
        told.write(report)
        return told.code
    if files or work or master:
        raise Failure("--files, --work and --master are for --engine spark", Code.USAGE)
    given = [Path(path) for path in paths]
    order = Order(given, store, workers, limits, prune)
    if dry_run:
        return _foresee(order, report, form)
    told = bring(order, documents.found_in(given), Voice())
    say(told)
    told.write(report)
    return told.code


def watch(
    paths: PathsArgument,
    store: StoreOption = STORE,
    workers: WorkersOption = 1,
    prune: PruneOption = False,
    interval: Annotated[
        float,
        typer.Option(
            "--interval", min=1, metavar="SECONDS", help="Look this often, even where nothing tells of changes."
        ),
    ] = 60,
    report: ReportOption = None,
    seconds: SecondsOption = SECONDS,
    megabytes: MegabytesOption = MEGABYTES,
) -> Code:
    """Keep the store in step with folders until it is stopped (Ctrl-C).

    Changes that come together are one revision. The report is that of the last load.
    """
    from api.keeping.watch import keep_watching

    order = Order(paths, store, workers, _limits(seconds, megabytes), prune)

    def tell(told: Report) -> None:
        say(told)
        told.write(report)

    keep_watching(order, interval, tell, lambda: typer.echo(f"watching {', '.join(map(str, paths))} (Ctrl-C stops it)"))
    typer.echo("stopped")
    return Code.OK


def _limits(seconds: float, megabytes: int) -> Limits:
    return Limits(seconds, megabytes, max(WHOLE, seconds))


def say(told: Report) -> None:
    """Say what a load has done."""
    revision = f"revision {told.revision}" if told.changed else f"nothing new, still revision {told.revision}"
    loaded = _count(told.count("loaded"), "document")
    typer.echo(f"{loaded} loaded into {told.store}: {revision}{told.others()}")
    if told.differing:
        found = "policy was" if told.differing == 1 else "policies were"
        typer.echo(f"{told.differing} {found} found on pages that differ: parkgraph differences shows where")


def _foresee(order: Order, report: Path | None, form: Format) -> Code:
    told, revision = foresee_all(order, documents.found_in(order.paths), Voice())
    rows = _rows(revision) if revision else []
    if rows or form is not Format.table:
        write_rows(("what", "change", "name", "count"), rows, form)
    if form is Format.table:
        loaded = _count(told.count("loaded"), "document")
        typer.echo(f"{loaded} would be loaded into {told.store}{told.others()}; nothing was written")
    told.write(report)
    return told.code


def _rows(revision: Revision) -> list[dict[str, object]]:
    """The policies by title, then nodes and edges by kind."""
    rows: list[dict[str, object]] = [
        {"what": "policy", "change": each.op, "name": each.title, "count": 1} for each in revision.policies
    ]
    if revision.others:
        rows.append({"what": "policy", "change": "any", "name": "others", "count": revision.others})
    for what, counts in (("node", revision.nodes), ("edge", revision.edges)):
        rows += [
            {"what": what, "change": op, "name": name, "count": number}
            for op, some in counts.items()
            for name, number in some.items()
        ]
    return rows


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")
