"""The picture that fits the answer of a query, as its header declares it: which columns play which part in it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from graph.phrase import Part


class Heatmap(Part):
    """Two columns across and down, and a number for each pair. ``open``: parameters of the list of tasks behind a cell."""

    kind: Literal["heatmap"]
    x: str
    y: str
    value: str
    open: dict[Literal["region", "theme"], str] = Field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it shows."""
        return (self.x, self.y, self.value, *self.open.values())


class Matrix(Part):
    """Pairs of the same kind of thing, and a number for each pair, the same both ways."""

    kind: Literal["matrix"]
    one: str
    other: str
    value: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it shows."""
        return (self.one, self.other, self.value)


class Bars(Part):
    """A number (up to ``value_max``, of a range) by ``x``, in its unit; one chart for each value of ``per``."""

    kind: Literal["bars"]
    x: str
    value: str
    value_max: str | None = None
    unit: str
    series: tuple[str, ...] = Field(min_length=1)
    per: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it shows."""
        more = (self.value_max,) if self.value_max else ()
        return (self.x, self.value, *more, self.unit, *self.series, *self.per)


class Timeline(Part):
    """Things on their days, in lanes. ``around``: the parameter with the thing that they are told of."""

    kind: Literal["timeline"]
    date: str
    label: str
    lane: str
    around: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it shows."""
        return (self.date, self.label, self.lane)


class Network(Part):
    """Things tied to one another: the stronger, the larger the number; with arrows where it is directed."""

    kind: Literal["network"]
    source: str
    target: str
    value: str | None = None
    label: str | None = None
    directed: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it shows."""
        return (self.source, self.target, *(name for name in (self.value, self.label) if name))


Picture = Annotated[Heatmap | Matrix | Bars | Timeline | Network, Field(discriminator="kind")]


def numbers(picture: Heatmap | Matrix | Bars | Timeline | Network) -> tuple[str, ...]:
    """The columns that have to hold numbers."""
    match picture:
        case Bars(value=value, value_max=str(most)):
            return (value, most)
        case Heatmap(value=value) | Matrix(value=value) | Bars(value=value) | Network(value=str(value)):
            return (value,)
    return ()
