"""Rows of tasks, duties and targets: everything that belongs to one policy's numbered tree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graph.delta import Edge, Node, Props, Ref, clean, edge
from graph.errors import RecordError
from ingest.records import Document, Record, Responsibility, Span, Target, Task, place_of

Rows = tuple[list[Node], list[Edge]]


@dataclass(frozen=True)
class Spans:
    """Names the policy and the document that the evidence of a row stands in."""

    policy: str
    document: Document

    @property
    def policy_ref(self) -> Ref:
        """The policy's own node."""
        return Ref("Policy", self.policy)

    def props(self, span: Span, words: str | None = None) -> Props:
        """The evidence properties. Of a row of a table the column is that of the one cell that holds ``words``."""
        return {"policy": self.policy, **self.place(span, words)}

    def place(self, span: Span, words: str | None = None) -> Props:
        """The same without the policy."""
        place = place_of(self.document, span, words)
        return {"document": self.document.sha256, **span.model_dump(), **place._asdict()}

    def task(self, path: str) -> Ref:
        """The node of the task at ``path``."""
        return Ref("Task", f"{self.policy}#{path}")


def task_rows(record: Record, spans: Spans) -> Rows:
    """Tasks, what they are about, and who answers for them."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    for task in record.tasks:
        here = spans.props(task.evidence)
        props = {"path": task.path, "title": task.title, "text": task.text, "name": task.title, **here}
        nodes.append(Node(spans.task(task.path), clean(props)))
        edges.append(edge("HAS_TASK", spans.policy_ref, spans.task(task.path), here))
        edges += _task_edges(task, spans)
    known = {task.path for task in record.tasks}
    for duty in record.responsibilities:
        if duty.task not in known:
            raise RecordError(f"{record.document.source}: a duty of {duty.agency} names task {duty.task}: no such task")
        edges.append(_duty(duty, spans))
    return nodes, edges


def _task_edges(task: Task, spans: Spans) -> list[Edge]:
    ref, here = spans.task(task.path), spans.props(task.evidence)
    about = [
        edge("ABOUT", ref, Ref("Theme", theme.theme), {"terms": theme.terms, **spans.props(theme.evidence)})
        for theme in task.themes
    ]
    promotes = [edge("PROMOTES", ref, Ref("Industry", name), here) for name in task.industries]
    mentions = [edge("MENTIONS", ref, Ref("Park", name), here) for name in task.parks]
    return about + promotes + mentions


def _duty(duty: Responsibility, spans: Spans) -> Edge:
    said = {"mention": duty.mention, "agency_name": duty.agency}
    here = spans.props(duty.evidence, duty.mention)
    props = {"role": duty.role, "position": duty.position, "basis": duty.basis, **said, **here}
    apart = (duty.role, duty.evidence.start, duty.position, duty.mention)
    return edge("RESPONSIBLE_FOR", Ref("Agency", duty.agency_id), spans.task(duty.task), props, *apart)


def target_rows(record: Record, spans: Spans) -> Rows:
    """Targets, and the policy, task, parks and region that they belong to."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    seen: Counter[str] = Counter()
    for target in sorted(record.targets, key=lambda each: (each.evidence.start, each.evidence.end)):
        base = _target_id(target, spans.policy)
        seen[base] += 1
        ref = Ref("Target", base if seen[base] == 1 else f"{base}~{seen[base]}")
        here = spans.props(target.evidence)
        own = target.model_dump(exclude={"evidence"})
        nodes.append(Node(ref, clean({**own, "name": target.metric, **here})))
        edges.append(edge("TARGETS", spans.policy_ref, ref, here))
        task = _task_of(target, record.tasks)
        edges += [edge("TARGETS", spans.task(task), ref, here)] if task else []
        edges += [edge("APPLIES_TO", ref, Ref("Park", park), here) for park in target.parks]
        edges += [edge("APPLIES_TO", ref, Ref("Region", target.region), here)] if target.region else []
    return nodes, edges


def _target_id(target: Target, policy: str) -> str:
    parts = (target.path, target.metric, target.scope, target.year, f"{target.value:g}")
    return f"{policy}#" + "/".join("" if part is None else str(part) for part in parts)


def _task_of(target: Target, tasks: tuple[Task, ...]) -> str | None:
    """The task of the target's path; where an item holds several (``3.2.2#1``), the one around the target."""
    if any(task.path == target.path for task in tasks):
        return target.path
    around = (
        task.path
        for task in tasks
        if task.path.split("#")[0] == target.path
        and task.evidence.start <= target.evidence.start
        and target.evidence.end <= task.evidence.end
    )
    return next(around, None)
