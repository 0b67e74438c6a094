"""The text of a policy, with every mention in it of what the graph knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic import Field

from graph.delta import Ref
from graph.detail.marks import Kind, Mark, find, marks
from graph.detail.references import Reference, references_out
from graph.detail.refs import PolicyRef, Role, View, made, shape
from graph.documents import read_records
from graph.errors import NotFoundError
from graph.rows import contribution
from graph.store import Reader, Row
from graph.themes import theme_names


class TextSpan(View):
    """A stretch of the text that names a node of the graph. Spans may lie inside others."""

    start: int = Field(description="Where it begins, in characters of the text")
    end: int = Field(description="Where it ends: the place after its last character")
    kind: Kind = Field(description="What it is")
    label: str = Field(description="Label of the node, such as Agency")
    id: str = Field(description="Id of the node; of a theme its key")
    name: str = Field(description="Name of the node, to be shown beside the words")
    role: Role | None = Field(None, description="Of an agency: its role in the task")
    exact: bool = Field(
        description="Whether these are the very words; false for the sentence that holds them somewhere"
    )


class PolicyText(View):
    """A document of a policy: its text, and where in it everything stands that was understood."""

    policy: PolicyRef = Field(description="The policy")
    sha256: str = Field(description="SHA-256 of the document's bytes: its id")
    source: str = Field(description="Name of the file")
    primary: bool = Field(description="Whether the document speaks for the policy, which the graph follows")
    characters: int = Field(description="Length of the text")
    text: str = Field(description="The text as read; offsets count its Unicode characters")
    spans: list[TextSpan] = Field([], description="Mentions, by start; of those that begin together the longest first")


def policy_text(store: Reader, id_: str, *, document: str | None = None) -> PolicyText:
    """The text of the document that speaks for the policy ``id_``, or of another ``document`` (SHA-256) of it.

    Raises NotFoundError for an unknown policy, one that is only cited, and a document that is not of the policy.
    """
    row = _document(store, id_, document)
    record = read_records(store, [row["sha256"]])[row["sha256"]]
    part = contribution(record)
    text = record.document.text
    names = {ref: str(node.props.get("name") or ref.id) for ref, node in part.nodes.items()}
    names[part.policy.ref] = str(row["policy"]["title"])
    references = references_out(store, id_)
    names |= {Ref("Policy", each.policy.id): each.policy.title for each in references}
    said = [*marks(text, part), *_cited(text, row, references)]
    return PolicyText(
        policy=made(PolicyRef, row["policy"]),
        sha256=row["sha256"],
        source=row["source"],
        primary=row["primary"],
        characters=len(text),
        text=text,
        spans=_spans(said, names, len(text)),
    )


def _document(store: Reader, id_: str, document: str | None) -> Row:
    query = (
        f"MATCH (p:Policy {{id: $id}}) OPTIONAL MATCH (p)-[r:STATED_IN]->(d:Document) RETURN {shape(PolicyRef, 'p')} "
        "AS policy, d.id AS sha256, d.source AS source, r.`primary` AS `primary`"
    )
    rows = store.read(query, {"id": id_})
    if not rows:
        raise NotFoundError(f"policy {id_}: not in this graph")
    found = [
        row for row in rows if row["sha256"] and (row["primary"] if document is None else row["sha256"] == document)
    ]
    if not found:
        missing = "its document is not held" if document is None else f"document {document} is not of it"
        raise NotFoundError(f"policy {id_}: {missing}")
    return found[0]


def _cited(text: str, row: Row, references: Sequence[Reference]) -> Iterator[Mark]:
    """References at the title and the number that they cite, else at their sentence."""
    for each in references:
        place = each.evidence
        if place.document == row["sha256"]:
            node = Ref("Policy", each.policy.id)
            at = find(text, place.start, place.end, [name for name in (each.cited_title, each.cited_number) if name])
            for here in at or [(place.start, place.end, "")]:
                yield Mark(*here[:2], "reference", node, bool(at))


def _spans(found: Iterable[Mark], names: dict[Ref, str], length: int) -> list[TextSpan]:
    """Spans inside the text, each once, in order."""
    inside = {mark._replace(start=max(mark.start, 0), end=min(mark.end, length)) for mark in found}
    ordered = sorted(
        (mark for mark in inside if mark.start < mark.end),
        key=lambda mark: (mark.start, -mark.end, mark.kind, mark.node.label, mark.node.id, mark.role or ""),
    )
    return [
        TextSpan(
            **{name: getattr(mark, name) for name in ("start", "end", "kind", "exact", "role")},
            label=mark.node.label,
            id=mark.node.id,
            name=_name(mark.node, names),
        )
        for mark in ordered
    ]


def _name(node: Ref, names: dict[Ref, str]) -> str:
    theme = theme_names(node.id)["name_zh"] if node.label == "Theme" else None
    return theme or names.get(node, node.id)
