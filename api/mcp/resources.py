"""Resources: single things as JSON under ``parkgraph://``, and the texts of policies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from mcp.types import Annotations, Resource, ResourceTemplate, TextResourceContents

from api.mcp.things import KINDS, Kind
from api.paging import page
from api.service import Service
from graph.detail import lists
from graph.detail.texts import policy_text
from graph.errors import NotFoundError
from graph.store import Reader

SCHEME = "parkgraph://"
_JSON, _PLAIN = "application/json", "text/plain"
_PAGE = 100
_BY_PLURAL = {kind.plural: kind for kind in KINDS}


@dataclass(frozen=True)
class Listing:
    """A page of resources, and the cursor of the next one."""

    resources: list[Resource]
    next: str | None


def templates() -> list[ResourceTemplate]:
    """How the address of every resource is made."""
    texts = ResourceTemplate(
        name="policy_text", title="Words of a policy (政策原文)", uri_template=f"{SCHEME}policies/{{id}}/text",
        mime_type=_PLAIN, description="The text of the document that speaks for the policy",
    )  # fmt: skip
    return [texts, *map(_template, KINDS)]


def listing(service: Service, cursor: str | None) -> Listing:
    """The held policies, the latest first, each as JSON and as text. Raises ProblemError for a wrong cursor."""

    def work(reader: Reader, day: date) -> list[dict[str, Any]]:
        return [row.model_dump() for row in lists.policies(reader, held=True)]

    found = page(service, "mcp:policies", {}, work, limit=_PAGE, cursor=cursor, total=False)
    return Listing([each for row in found.rows for each in _of_policy(row)], found.next)


def read(service: Service, uri: str) -> TextResourceContents:
    """What a resource holds. Raises NotFoundError for an address of nothing; other errors as the graph has them."""
    kind, name, text = _parse(uri)
    today = service.today()

    def work(reader: Reader) -> str:
        id_ = kind.find(reader, name)
        return policy_text(reader, id_).text if text else kind.read(reader, id_, today=today).model_dump_json()

    _, found = service.read(work)
    return TextResourceContents(uri=uri, mime_type=_PLAIN if text else _JSON, text=found)


def address(kind: str, id_: str, more: str = "") -> str:
    """The address of a thing; ids hold brackets, slashes and Chinese."""
    return f"{SCHEME}{kind}/{quote(id_, safe='')}{more}"


def _parse(uri: str) -> tuple[Kind, str, bool]:
    plural, _, rest = uri.removeprefix(SCHEME).partition("/")
    text = plural == "policies" and rest.endswith("/text")
    name = unquote(rest.removesuffix("/text") if text else rest)
    if not uri.startswith(SCHEME) or plural not in _BY_PLURAL or not name:
        raise NotFoundError(
            f"{uri[:200]}: no such resource; there are {', '.join(each.uri_template for each in templates())}"
        )
    return _BY_PLURAL[plural], name, text


def _template(kind: Kind) -> ResourceTemplate:
    return ResourceTemplate(
        name=kind.name, title=kind.title, uri_template=f"{SCHEME}{kind.plural}/{{id}}", mime_type=_JSON,
        description=kind.description,
    )  # fmt: skip


def _of_policy(row: dict[str, Any]) -> list[Resource]:
    about = ", ".join(str(part) for part in (row["doc_number"], row["region"], row["on"]) if part)
    day = f"{row['on']}T00:00:00Z" if row["on"] else None
    forms = (("", _JSON, "all that is known of it"), ("/text", _PLAIN, "the text of its document"))
    return [
        Resource(
            name=row["id"] + more, title=row["title"], uri=address("policies", row["id"], more), mime_type=mime,
            description=f"{about}: {said}" if about else said,
            annotations=Annotations(audience=["user", "assistant"], last_modified=day),
        )
        for more, mime, said in forms
    ]  # fmt: skip
