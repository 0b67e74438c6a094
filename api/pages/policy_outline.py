"""The tasks of a policy as a tree that folds, each with who answers for it in which role, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup

from api.pages import address
from api.pages.entity_words import role_sign, standing, theme_name
from api.pages.here import Here
from api.pages.text_html import el, joined, link
from graph.detail.refs import Evidence
from graph.detail.tasks import Duty, TaskItem

_UNFOLDED = 40  # tasks of a policy whose whole tree is open at first


@dataclass
class Branch:
    """A task and those below it."""

    task: TaskItem
    below: list[Branch] = field(default_factory=list)


def tree(tasks: Sequence[TaskItem]) -> list[Branch]:
    """The tasks by their paths: below each one those whose path goes on from its own, in the order of the document."""
    branches = {task.path: Branch(task) for task in tasks}
    top: list[Branch] = []
    for path, branch in branches.items():
        above = _above(path)
        while above and above not in branches:
            above = _above(above)
        (branches[above].below if above else top).append(branch)
    return top


def _above(path: str) -> str:
    """The path one level higher: 3.2.2 of 3.2.2#1, 3.2 of 3.2.2; empty at the top."""
    cut = max(path.rfind("."), path.rfind("#"))
    return path[:cut] if cut > 0 else ""


def outline(here: Here, tasks: Sequence[TaskItem]) -> Markup:
    """The tree as nested lists."""
    top = tree(tasks)
    folding = any(branch.below for branch in top)
    some = any(task.duties for task in tasks)  # where no task has an owner, the list of what was not understood says so
    buttons = [
        el("button", here.t(f"policy.{name}"), type="button", class_="pe-plain", data_fold=name) for name in ("unfold", "fold")
    ]  # fmt: skip
    bar = el("div", *buttons, class_="pe-foldbar") if folding else None
    return joined([bar, _list(here, top, len(tasks) <= _UNFOLDED, owned=not some)])


def _list(here: Here, branches: Sequence[Branch], open_: bool, owned: bool) -> Markup:
    """``owned``: whether those above have owners, so that nothing is missing where these have none."""
    return el("ul", *(_item(here, branch, open_, owned) for branch in branches), class_="pe-tree")


def _item(here: Here, branch: Branch, open_: bool, owned: bool) -> Markup:
    task = branch.task
    fold = None
    if branch.below:
        fold = el(
            "button", type="button", class_="pe-fold", aria_expanded="true" if open_ else "false",
            aria_label=here.t("policy.below", path=task.path, count=len(branch.below)),
        )  # fmt: skip
    title = stated(here, el("span", task.title), task.evidence)
    head = el("div", fold, el("span", task.path, class_="pe-path"), title, class_="pe-task-head")
    below = _list(here, branch.below, open_, owned or bool(task.duties)) if branch.below else None
    return el(
        "li",
        head,
        _duties(here, task, missing=not owned and not branch.below),
        _about(here, task),
        below,
        data_task=task.id,
    )


def to_text(text: Markup | str, evidence: Evidence, **attributes: str) -> Markup:
    """A link to the place of the text that says it."""
    at = f"{evidence.start}-{evidence.end}"
    return link(text, address.policy(evidence.policy, evidence.start), data_at=at, **attributes)


def stated(here: Here, text: Markup | str, evidence: Evidence, **attributes: str) -> Markup:
    """The same, and where that is in the file."""
    return joined([to_text(text, evidence, **attributes), standing(here.t, evidence)], " ")


def _duties(here: Here, task: TaskItem, missing: bool) -> Markup | None:
    """A line for each role: the sign leads to the clause, the names to the agencies."""
    if not task.duties:
        return el("div", here.t("policy.reason.no owner"), class_="pe-duty pe-missing") if missing else None
    lines = []
    for (role, _), group in groupby(task.duties, key=lambda duty: (duty.role, duty.evidence)):
        duties = list(group)
        place = duties[0].evidence
        sign = role_sign(here.t, role, address.policy(place.policy, place.start), f"{place.start}-{place.end}")
        named = joined((_agency(here, duty) for duty in duties), "、")
        lines.append(el("div", joined([sign, named, standing(here.t, place)], " "), class_="pe-duty"))
    return joined(lines)


def _agency(here: Here, duty: Duty) -> Markup:
    unnamed = None if duty.agency.resolved else el("span", "?", class_="pe-unnamed", title=here.t("policy.unnamed"))
    name = duty.agency.short_name or duty.agency.name
    return joined([link(name, address.node("Agency", duty.agency.id), title=duty.agency.name), unnamed])


def _about(here: Here, task: TaskItem) -> Markup | None:
    """Themes, industries and parks of a task, in one quiet line."""
    themes = [
        link(theme_name(here.t, each.theme.key), address.node("Theme", each.theme.key)) for each in task.themes
    ]  # fmt: skip
    industries = [link(each.name, address.node("Industry", each.id)) for each in task.industries]
    parks = [link(each.name, address.node("Park", each.id)) for each in task.parks]
    said = [
        el("span", el("span", here.t(f"kind.{kind}"), class_="pe-label"), joined(links, "、"))
        for kind, links in (("Theme", themes), ("Industry", industries), ("Park", parks))
        if links
    ]
    return el("div", *said, class_="pe-about") if said else None
