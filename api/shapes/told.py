"""What the whole graph holds, and what of it was not understood, as the API and the assistants' tools tell it."""

from __future__ import annotations

from pydantic import BaseModel, Field


class GraphStats(BaseModel):
    """How much there is of what."""

    revision: int = Field(description="The revision of the graph")
    held: int = Field(description="Policies whose documents are held")
    cited_only: int = Field(description="Policies that are only cited")
    regions: dict[str, int] = Field(description="Held policies by region; an empty name where it is not known")
    years: dict[str, int] = Field(description="Held policies by year; an empty one where it is not known")
    nodes: dict[str, int] = Field(description="Nodes by label")
    edges: dict[str, int] = Field(description="Relationships by type")


class NotUnderstood(BaseModel):
    """What was seen and not understood."""

    category: str = Field(description="agency, number, clause, park, citation or task")
    text: str | None = Field(description="What was seen")
    reason: str | None = Field(description="Why it was not understood")
    policy: str | None = Field(description="Id of the policy")
    document: str | None = Field(description="SHA-256 of the document")
    start: int | None = Field(description="Where the quote begins, in characters of the text")
    end: int | None = Field(description="Where it ends")
    quote: str | None = Field(description="The words of the document")
    page: int | None = Field(description="Page on which the quote begins; null where there are no pages")
    table: int | None = Field(description="Number of the table in its document; null outside of tables")
    row: int | None = Field(description="Row of the table in which the quote begins")
    column: int | None = Field(description="Cell of that row; null where the quote takes in several")
