"""The options of ``parkgraph ingest`` that are for Spark."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Engine(StrEnum):
    """What reads the documents and merges what they say."""

    plain = "plain"
    spark = "spark"


EngineOption = Annotated[
    Engine,
    typer.Option("--engine", help="spark: from folders, Parquet or JSON Lines on any file system that Spark knows."),
]
FilesOption = Annotated[
    str | None,
    typer.Option("--files", metavar="FOLDER", help="Of Spark: files for neo4j-admin there instead of a store."),
]
WorkOption = Annotated[
    str | None,
    typer.Option("--work", metavar="FOLDER", help="Of Spark: keeps what is done for the next run; else STORE.spark."),
]
MasterOption = Annotated[
    str | None,
    typer.Option(
        "--master", envvar="PARKGRAPH_SPARK_MASTER", metavar="URL", help="Of Spark: local[4], spark://HOST:7077, yarn …"
    ),
]
PartOption = Annotated[
    int, typer.Option("--part", min=1, metavar="N", help="Of Spark: documents that are read whole or again.")
]
