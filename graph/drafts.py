"""Which held policy is the final version of a held draft: the one issued of the same title, in the same place, not before it.

A draft that could be that of several is linked to none and listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.links import Facts, Link
from graph.names import title_key


def draft_links(drafts: Iterable[Facts], held: Mapping[str, list[Facts]]) -> list[Link]:
    """A link for each draft that became final; one with a problem where several could be its final version.

    ``held`` maps the key of each draft's title to all that are held under it.
    """
    found = []
    for draft in drafts:
        finals = sorted(each.id for each in held.get(title_key(draft.title) or "", ()) if _final(draft, each))
        if finals:
            found.append(_link(draft, finals))
    return found


def _final(draft: Facts, other: Facts) -> bool:
    """Whether ``other`` can be the final version of ``draft``."""
    if other.status == "draft" or other.id == draft.id:
        return False
    if draft.region is None or other.region is None:
        same_place = draft.region == other.region and bool(set(draft.issuers) & set(other.issuers))
    else:
        same_place = draft.region == other.region
    return same_place and not (draft.on and other.on and other.on < draft.on)


def _link(draft: Facts, finals: list[str]) -> Link:
    only = finals[0] if len(finals) == 1 else None
    return Link(
        source=draft.id,
        relation="draft_of",
        extent="whole",
        basis="inferred",
        cited_title=None,
        cited_number=None,
        **draft.place,
        target=only,
        problem=None if only else f"could be the draft of {' or of '.join(finals)}",
    )
