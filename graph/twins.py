"""Pages that are certainly of one policy although one of them leaves out its number.

Certain is: the same issuer, the same day of issue and the same title but for width, punctuation and the notice around it.
Nothing is merged for being alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.names import TITLE, title_key
from ingest.records import Policy, Record

if TYPE_CHECKING:
    from graph.documents import Copy

COPY = "copy:"
_SHORTEST = 8  # characters of a title that tells a policy from others of the same day


def twin_key(policy: Policy) -> str | None:
    """What all pages of a policy share; None where a page says too little of it."""
    title = (title_key(policy.title) or "").removeprefix(TITLE)
    if len(title) < _SHORTEST or not policy.issuers or policy.issued_on is None:
        return None
    issuer = "".join(unicodedata.normalize("NFKC", policy.issuers[0]).split())
    return COPY + " ".join((issuer, title, policy.issued_on.isoformat(), policy.status, policy.genre))


def policy_of(own: str, number: str | None, twins: Iterable[tuple[str, str | None]]) -> str:
    """The policy that a page states, which by itself is ``own``; ``twins`` are (own policy, number) of it and its like.

    A page with a number stands for itself. One without follows the only policy that has one; where none or several
    have one, the pages without are together.
    """
    if number:
        return own
    everyone = list(twins)
    numbered = {each for each, its_number in everyone if its_number}
    return numbered.pop() if len(numbered) == 1 else min(each for each, its_number in everyone if not its_number)


def settled(copies: Mapping[str, Copy], twins: Collection[str]) -> dict[str, Copy]:
    """``copies`` with the policies that those with a key in ``twins`` state; of each such key all copies are among them."""
    alike: dict[str, list[tuple[str, str | None]]] = {}
    for copy in copies.values():
        if copy.twin in twins and copy.twin:
            alike.setdefault(copy.twin, []).append((copy.own, copy.number))
    return {
        sha: replace(copy, policy=policy_of(copy.own, copy.number, alike[copy.twin])) if copy.twin in alike else copy
        for sha, copy in copies.items()
    }


def numbers_of(copies: Iterable[Copy]) -> dict[str, str]:
    """The number of each policy that has one: what its own pages give, the smallest of several."""
    found: dict[str, str] = {}
    for copy in copies:
        if copy.number and copy.own == copy.policy:
            found[copy.policy] = min(found.get(copy.policy, copy.number), copy.number)
    return found


def stating(record: Record, copy: Copy, number: str | None) -> Record:
    """The record as one of the policy that its document states, with that policy's number where it gives none itself."""
    if record.policy.id == copy.policy:
        return record
    named = {"id": copy.policy, "doc_number": record.policy.doc_number or number}
    return record.model_copy(update={"policy": record.policy.model_copy(update=named)})
