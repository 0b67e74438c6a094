"""The page of a policy: what is known of it on one side, its text on the other."""

from __future__ import annotations

from markupsafe import Markup

from api.pages import address
from api.pages.entity import as_of, bar
from api.pages.frame import frame, heading, script, stylesheet
from api.pages.here import Here, page
from api.pages.later import later
from api.pages.policy_copies import count_differing, differing
from api.pages.policy_head import facts, validity_line
from api.pages.policy_lists import parks, references, targets, unresolved
from api.pages.policy_outline import outline
from api.pages.text_html import el, joined, put
from api.pages.text_pane import text_pane
from graph.detail.differences import PolicyDifferences, differences
from graph.detail.policies import PolicyDetail, policy
from graph.detail.texts import PolicyText, policy_text
from graph.errors import NotFoundError
from graph.store import Reader


@page("/policies/{id:path}")
async def policy_page(here: Here) -> None:
    """The page of a policy."""
    id_, on, document = here.part(), as_of(here), here.param("document")

    def work(reader: Reader) -> Markup:
        text = policy_text(reader, id_, document=document) if found.documents else None
        copies = differences(reader, id_) if len(found.documents) > 1 else None
        return _panes(here, found, text, copies)  # made here, in a thread: a long text takes a while

    async def show(read: tuple[int, Markup]) -> None:
        put(read[1])

    _, found = await here.read(lambda reader: policy(reader, id_, today=here.today, as_of=on))
    if document and document not in {each.sha256 for each in found.documents}:
        raise NotFoundError(f"policy {id_}: document {document} is not of it")
    with frame(here, found.title, nav="browse"):
        stylesheet("entity")
        stylesheet("text")
        script("text")
        heading(found.title)
        put(validity_line(here, found.validity))
        bar(here, "Policy", id_, more={"text": f"{address.resource('Policy', id_)}/text"} if found.documents else None)
        put(facts(here, found))
        await later(here, here.read(work), show)


def _panes(here: Here, found: PolicyDetail, text: PolicyText | None, copies: PolicyDifferences | None) -> Markup:
    """Both sides; on a narrow window one of them at a time, by two buttons."""
    known = el("div", _sections(here, found, copies), class_="pt-side pt-known")
    if text is None:
        return el("div", known, class_="pt-panes pt-alone")
    shown = "text" if here.param("at") or here.param("view") == "text" else "known"
    buttons = [
        el("button", here.t(f"policy.view.{name}"), type="button", data_view=name,
           aria_pressed="true" if name == shown else "false")
        for name in ("known", "text")
    ]  # fmt: skip
    beside = el("div", text_pane(here, found, text), class_="pt-side pt-text")
    switch = el("div", *buttons, class_="pt-switch", role="group", aria_label=here.t("policy.view"))
    return joined([switch, el("div", known, beside, class_="pt-panes", data_shown=shown)])


def _sections(here: Here, found: PolicyDetail, copies: PolicyDifferences | None) -> Markup:
    """The sections with something in them; what is missing is said in one line at the end."""
    parts: list[tuple[str, int, Markup | None]] = [
        ("tasks", len(found.tasks), outline(here, found.tasks) if found.tasks else None),
        ("targets", len(found.targets), targets(here, found.targets) if found.targets else None),
        ("references_out", len(found.references_out), references(here, found.references_out, incoming=False)),
        ("references_in", len(found.references_in), references(here, found.references_in, incoming=True)),
        ("parks", len(found.parks), parks(here, found.parks)),
        ("unresolved", len(found.unresolved), unresolved(here, found.unresolved)),
    ]
    shown = [_section(here, name, count, body) for name, count, body in parts if count and body]
    if copies and (count := count_differing(copies)):
        shown.append(_section(here, "differences", count, differing(here, copies)))
    missing = [here.t(f"policy.section.{name}") for name, count, _ in parts if not count]
    rest = el(
        "p",
        here.t("policy.nothing", names="、".join(missing) if here.lang == "zh" else ", ".join(missing)),
        class_="pg-quiet",
    )
    return joined([*shown, rest if missing else None])


def _section(here: Here, name: str, count: int, body: Markup) -> Markup:
    title = el("h2", here.t(f"policy.section.{name}"), el("span", count, class_="pe-count"))
    open_ = name in ("tasks", "targets") or count <= 12  # a long list of the rest is folded at first
    return el("details", el("summary", title), body, class_="pe-section", id=name, open=open_)
