"""A tool: what an assistant is told of it, how its arguments are checked, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from api.service import Service

TEXT = 300  # characters of a name that is given


class ToolFailureError(Exception):
    """A tool cannot answer; the message is for the assistant."""


class Params(BaseModel):
    """Base of the parameters of every tool: numbers are taken for names (430700), and nothing unknown is."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


@dataclass(frozen=True)
class Reply:
    """What a tool gives: data, and the same as text for those who read no data."""

    text: str
    data: BaseModel


@dataclass(frozen=True)
class Tool:
    """A tool. ``run`` raises ToolFailureError, ProblemError and GraphError."""

    name: str
    title: str
    description: str
    params: type[Params]
    answer: type[BaseModel]
    run: Callable[[Service, Any], Reply]
    writes: bool = False
    destructive: bool = False

    def read(self, arguments: Mapping[str, Any]) -> Params:
        """The arguments as the tool wants them. Raises ToolFailureError, which names what is wrong."""
        try:
            return self.params.model_validate(arguments)
        except ValidationError as error:
            raise ToolFailureError(f"{self.name}: {'; '.join(self._wrong(error))}") from error

    @property
    def names(self) -> list[str]:
        """The names of the parameters, those that all tools have last."""
        own = self.params.__annotations__
        return sorted(self.params.model_fields, key=lambda name: name not in own)

    def input_schema(self) -> dict[str, Any]:
        """JSON schema of the parameters."""
        schema: dict[str, Any] = _plain(self.params.model_json_schema())
        known = schema.get("properties", {})
        return {"type": "object", **schema, "properties": {name: known[name] for name in self.names}}

    def output_schema(self) -> dict[str, Any]:
        """JSON schema of the data."""
        schema: dict[str, Any] = _plain(self.answer.model_json_schema(mode="serialization"))
        return schema

    def _wrong(self, error: ValidationError) -> list[str]:
        """What is wrong with each parameter, once."""
        found: dict[str, str] = {}
        for each in error.errors()[:20]:
            name = str(each["loc"][0])[:TEXT] if each["loc"] else "arguments"
            said = f"{name}: {each['msg']}"
            if each["type"] == "extra_forbidden":
                said = f"no parameter {name}; it takes {', '.join(self.names) or 'none'}"
            elif each["type"] == "missing":
                said = f"{name} is required"
            if each["type"] != "none_required":
                found.setdefault(name, said)
        return list(found.values())


def _plain(schema: Any) -> Any:
    """A schema without what pydantic adds for programs: titles made from names, and null as a default."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _plain(value)
        for name, value in schema.items()
        if not (name == "title" and isinstance(value, str)) and not (name == "default" and value is None)
    }
