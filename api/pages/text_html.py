"""HTML as one string, for what is too large for an element of NiceGUI each: every text in it is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape
from nicegui import ui

Child = Markup | str | int | None
_VOID = ("input",)


def el(tag: str, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """An element. Texts among ``children`` and values of ``attributes`` are escaped; None and False are left out.

    ``class_`` and ``aria_label`` stand for ``class`` and ``aria-label``.
    """
    said = "".join(
        _attribute(name, value) for name, value in attributes.items() if value is not None and value is not False
    )
    if tag in _VOID:
        return Markup(f"<{tag}{said}>")
    return Markup(f"<{tag}{said}>{joined(children)}</{tag}>")


def joined(parts: Iterable[Child], between: str = "") -> Markup:
    """The parts one after another, escaped unless they are HTML already; None is left out."""
    return Markup(str(escape(between)).join([escape(part) for part in parts if part is not None]))


def link(text: Child, address: str | None, **attributes: str | int | bool | None) -> Markup:
    """A link, or the text alone where there is no address. Addresses that leave this server are not taken."""
    if address is None or not address.startswith(("/", "?", "#")) or address.startswith("//"):
        return el("span", text, **attributes)
    return el("a", text, href=address, **attributes)


def put(markup: Markup) -> None:
    """Show what ``el`` has made. Plain text is not taken: whoever passes it has forgotten to escape it."""
    if not isinstance(markup, Markup):
        raise TypeError("only escaped HTML")
    ui.html(str(markup), sanitize=False)


def _attribute(name: str, value: str | int | bool) -> str:
    called = name.rstrip("_").replace("_", "-")
    return f" {called}" if value is True else f' {called}="{escape(value)}"'
