"""The header of a query file: YAML in the leading block comment, checked, with errors that name file and line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from graph.errors import CatalogueError
from graph.phrase import Graph, Part, Words, names_in
from graph.picture import Picture, numbers

ParamType = Literal[
    "string", "integer", "number", "boolean", "date", "region", "theme", "agency", "policy", "park", "industry"
]
ColumnType = Literal["string", "integer", "number", "boolean", "date", "strings"]
NodeKind = Literal["Policy", "Task", "Agency", "Park", "Industry", "Theme", "Region"]
_COMMENT = re.compile(r"\A\s*/\*(?P<yaml>.*?)\*/(?P<cypher>.*)\Z", re.DOTALL)
_NUMBERS = ("integer", "number")
AT = "at"  # the day that in_force is told for: as_of, else today; given to a query that uses it


class Param(Part):
    """A parameter. Types from ``region`` on take any usual name and are looked up."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: ParamType = "string"
    required: bool = False
    default: str | int | float | bool | date | None = None
    enum: tuple[str, ...] = ()
    description: Words

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.required and self.default is not None:
            raise ValueError(f"parameter {self.name} is required and has a default")
        if self.enum and self.default is not None and self.default not in self.enum:
            raise ValueError(f"the default of {self.name} is not one of its allowed values")
        return self


class Column(Part):
    """A column of the answer.

    ``node``: what it names. The id is in the column ``id``, else in this one; ``at`` is the column with the place in
    the text of that policy.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: ColumnType = "string"
    node: NodeKind | None = None
    id: str | None = None
    at: str | None = None
    description: Words


class Questions(Part):
    """How people ask it, in Chinese and in English: with these ``parkgraph ask`` chooses among the queries."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Query(Part):
    """A named query: what its header says, and its Cypher."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Words
    description: Words
    params: tuple[Param, ...] = ()
    columns: tuple[Column, ...] = Field(min_length=1)
    order: tuple[str, ...] = ()  # columns to sort by, ``-`` before one for falling; then by all columns
    example: dict[str, Any] = Field(default_factory=dict)
    questions: Questions = Questions()
    graph: Graph | None = None
    picture: Picture | None = None
    cypher: str

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        declared = [param.name for param in self.params]
        used = {"as_of" if name == AT else name for name in names_in(self.cypher)}
        columns = {column.name for column in self.columns}
        shown = self.graph.names if self.graph else []
        for names, wrong in (
            (used - set(declared), "used and not declared ($at needs as_of)"),
            (set(declared) - used, "declared and not used"),
            (set(self.example) - set(declared), "given in the example and not declared"),
            ({p.name for p in self.params if p.required} - set(self.example), "required and not in the example"),
            ({name.removeprefix("-") for name in self.order} - columns, "sorted by and not a column"),
            ({AT} & set(declared), "declared, and given to every query"),
            (self._named() - columns, "named by another column or by the picture and not a column"),
            (self._not_numbers(), "drawn as a number and none"),
            (
                {name for name in [getattr(self.picture, "around", None)] if name} - set(declared),
                "in the picture, no parameter",
            ),
            (set(shown) - set(declared), "used in the graph form and not declared"),
            (set(shown) - set(self.example) - set(self.graph.example if self.graph else ()), "without an example"),
        ):
            if names:
                raise ValueError(f"{', '.join(sorted(names))}: {wrong}")
        return self

    def _named(self) -> set[str]:
        """The columns that other columns and the picture need."""
        named = {name for column in self.columns for name in (column.id, column.at) if name}
        return named | set(self.picture.columns if self.picture else ())

    def _not_numbers(self) -> set[str]:
        drawn = set(numbers(self.picture)) if self.picture else set()
        return {column.name for column in self.columns if column.name in drawn and column.type not in _NUMBERS}

    @property
    def uses_at(self) -> bool:
        """Whether its text asks for the day that in_force is told for."""
        return AT in names_in(self.cypher)


def parse(path: Path) -> Query:
    """The query in the file ``path``. Raises CatalogueError as ``FILE:LINE: cause``."""
    text = path.read_text(encoding="utf-8")
    match = _COMMENT.match(text)
    if not match:
        raise CatalogueError(f"{path}:1: no header: a query begins with /* YAML */")
    before = text[: match.start("yaml")].count("\n") + 1
    try:
        header = yaml.safe_load(match["yaml"])
    except yaml.MarkedYAMLError as error:
        line = before + (error.problem_mark.line if error.problem_mark else 0)
        raise CatalogueError(f"{path}:{line}: {error.problem or error.context}") from error
    if not isinstance(header, dict):
        raise CatalogueError(f"{path}:{before}: the header is no YAML mapping")
    try:
        query = Query.model_validate({**header, "cypher": match["cypher"].strip()})
    except ValidationError as error:
        first = error.errors()[0]
        line = before + _line_of(match["yaml"], first["loc"])
        where = ".".join(str(part) for part in first["loc"])
        raise CatalogueError(f"{path}:{line}: {where + ': ' if where else ''}{first['msg']}") from error
    if query.name != path.stem:
        raise CatalogueError(f"{path}:{before + _line_of(match['yaml'], ('name',))}: its name is not its file's")
    return query


def _line_of(text: str, loc: tuple[int | str, ...]) -> int:
    """The line (from 0) of ``loc`` in a YAML text, as deep as it can be followed."""
    node = yaml.compose(text)
    line = node.start_mark.line if node and loc else 0
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            pairs = [(key, value) for key, value in node.value if key.value == part]
            if not pairs:
                break
            line, node = pairs[0][0].start_mark.line, pairs[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
    return line
