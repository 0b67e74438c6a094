"""A site's own reader of questions that are not understood here: off unless ``PARKGRAPH_ASK_FALLBACK`` names one."""

from __future__ import annotations

import os
from functools import cache
from pkgutil import resolve_name

from api.ask.answer import Fallback
from api.failures import Code, Failure

SETTING = "PARKGRAPH_ASK_FALLBACK"


@cache
def fallback() -> Fallback | None:
    """The function that the setting names as ``MODULE:FUNCTION``; None where it is not set.

    It is given the question and the queries by name, and gives the name of one with its parameters, or None. What it
    gives is checked as any call is; it never sees the graph. Raises Failure where the setting names no function.
    """
    named = os.environ.get(SETTING, "").strip()
    if not named:
        return None
    try:
        found = resolve_name(named)
    except (ImportError, AttributeError, ValueError) as error:
        raise Failure(f"{SETTING}: there is no function {named}", Code.USAGE) from error
    if not callable(found):
        raise Failure(f"{SETTING}: {named} is no function", Code.USAGE)
    own: Fallback = found
    return own
