"""Where a web page's document stands: furniture taken out, and the smallest block that holds nearly all of its prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lxml import etree
from lxml.html import HtmlElement

from ingest.tables import load_yaml

HAN = re.compile(r"[\u3400-\u9fff]+")
HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
NEARLY_ALL = 0.8  # of the prose, that the block of the document holds
TOO_MUCH = 0.5  # of the prose, from which a block is no furniture whatever its class
LINKED = 0.6  # share of links, from which a block of several is a list of links
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
BLOCKS = ("div", "ul", "ol", "dl", "table", "section", "p", "td")


@dataclass(slots=True)
class Weight:
    """What an element holds: Chinese characters outside of links, those in links, and how many links."""

    prose: int = 0
    linked: int = 0
    links: int = 0


def squeezed(text: str) -> str:
    """Without any space."""
    return "".join(text.split())


def without_furniture(root: HtmlElement) -> None:
    """Take out of the tree what is hidden, what is no text, and what is the page's and not the document's."""
    tags = tuple(load_yaml("webpage.yml")["tags"])
    drop(
        [
            element
            for element in root.iter()
            if not isinstance(element.tag, str) or element.tag in tags or hidden(element)
        ]
    )
    weights = weigh(root)
    enough = TOO_MUCH * weights[root].prose
    marked = [element for element in root.iter() if named_furniture(element)]
    drop([element for element in marked if weights[element].prose <= enough])
    drop([element for element in root.iter(*BLOCKS) if link_list(element, weights[element])])


def drop(elements: list[HtmlElement]) -> None:
    """Take elements out; the text behind each stays."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def hidden(element: HtmlElement) -> bool:
    """Whether a browser would not show it."""
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or HIDDEN.search(element.get("style") or "") is not None
    )


@cache
def furniture_name() -> re.Pattern[str]:
    """What a class or an id of furniture looks like."""
    return re.compile("|".join(row["pattern"] for row in load_yaml("webpage.yml")["classes"]), re.I)


def named_furniture(element: HtmlElement) -> bool:
    """Whether a class or its id says that it is furniture."""
    if element.tag in ("html", "body"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(furniture_name().fullmatch(part) for name in names for part in (name, *re.split(r"[-_]", name)[:1]))


def link_list(element: HtmlElement, weight: Weight) -> bool:
    """Whether it is a list of links to other pages, and not that of the document's annexes."""
    if weight.links < 3 or weight.linked <= LINKED * (weight.linked + weight.prose):
        return False
    return not squeezed(element.text_content()).startswith("附件")


def weigh(root: HtmlElement) -> dict[HtmlElement, Weight]:
    """What each element holds, all beneath it counted."""
    weights: dict[HtmlElement, Weight] = {}
    links = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            weights[element] = Weight()
            links += element.tag == "a"
            count(weights[element], element.text, links > 0)
            continue
        links -= element.tag == "a"
        weights[element].links += element.tag == "a"
        parent = element.getparent() if element is not root else None
        if parent is not None:
            add(weights[parent], weights[element])
            count(weights[parent], element.tail, links > 0)
    return weights


def count(weight: Weight, text: str | None, linked: bool) -> None:
    """Add the Chinese characters of a text."""
    number = sum(run.end() - run.start() for run in HAN.finditer(text)) if text else 0
    if linked:
        weight.linked += number
    else:
        weight.prose += number


def add(weight: Weight, other: Weight) -> None:
    """Add what another element holds."""
    weight.prose += other.prose
    weight.linked += other.linked
    weight.links += other.links


def article(root: HtmlElement, titles: list[str]) -> HtmlElement:
    """The block of the document, from its title or index header on; what stands before these is taken out."""
    body = root.find(".//body")
    body = root if body is None else body
    weights = weigh(body)
    block = densest(body, weights)
    within = {id(element) for element in block.iter()}
    order = {id(element): number for number, element in enumerate(body.iter())}
    before = [element for element in body.iter() if id(element) not in within and order[id(element)] < order[id(block)]]
    heads = [element for element in before if weights[element].prose < 400 and heads_document(element, titles)]
    if not heads:
        return block
    scope = common(heads[0], block)
    cut_before(heads[0], scope)
    return scope


def densest(body: HtmlElement, weights: dict[HtmlElement, Weight]) -> HtmlElement:
    """The deepest block that holds nearly all prose of the page."""
    block, enough = body, NEARLY_ALL * weights[body].prose
    while True:
        inner = next((child for child in block if weights[child].prose >= enough > 0), None)
        if inner is None or inner.tag in ("p", "span", "font", "b", "strong", "tbody", "tr", "table"):
            return block
        block = inner


@cache
def labels() -> re.Pattern[str]:
    """Labels of an index header, with spaces inside as they are often set."""
    return re.compile("|".join(r"\s*".join(label) for label in load_yaml("webpage.yml")["labels"]))


def heads_document(element: HtmlElement, titles: list[str]) -> bool:
    """Whether an element is the title, or an index header."""
    text = element.text_content()
    if element.tag == "h1" and len(squeezed(text)) > 5:
        return True
    if len(text) > 2000:
        return False
    bare = squeezed(text)
    if len(bare) > 5 and any(bare in squeezed(title) and 2 * len(bare) > len(squeezed(title)) for title in titles):
        return True
    return len(set(labels().findall(text))) > 1


def common(first: HtmlElement, second: HtmlElement) -> HtmlElement:
    """The closest element that holds both."""
    above = {id(element) for element in (first, *first.iterancestors())}
    return next(element for element in (second, *second.iterancestors()) if id(element) in above)


def cut_before(element: HtmlElement, scope: HtmlElement) -> None:
    """Take out of ``scope`` all that stands before ``element``."""
    while element is not scope:
        parent = element.getparent()
        if parent is None:
            return
        for other in list(element.itersiblings(preceding=True)):
            parent.remove(other)
        parent.text = None
        element = parent
