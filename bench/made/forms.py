"""The forms that documents are written in (``bench/forms``), and the chance that chooses among them.

``{a|b}`` in a form is one of two wordings, ``{name}`` a value; the innermost braces are filled first.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FORMS = Path(__file__).parent.parent / "forms"
BRACES = re.compile(r"\{([^{}]*)\}")
Values = Mapping[str, "str | int | Callable[[], str]"]


@cache
def forms(name: str) -> Any:
    """The content of ``bench/forms/<name>.yml``."""
    return yaml.load((FORMS / f"{name}.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)


class Chance(random.Random):
    """Chance that a text seeds: the same text gives the same choices, whatever PYTHONHASHSEED is."""

    def one_in(self, count: float) -> bool:
        """True once in ``count`` times."""
        return self.random() * count < 1

    def weighted(self, rows: Sequence[Any]) -> Any:
        """One of ``rows``, those with a higher ``weight`` more often (1 where they give none)."""
        return self.choices(rows, [row.get("weight", 1) for row in rows])[0]

    def fill(self, form: str, values: Values) -> str:
        """A form with its wordings chosen and its values put in. Raises KeyError for a value that is not there."""
        while (match := BRACES.search(form)) is not None:
            inner = match[1]
            if "|" in inner:
                text = self.choice(inner.split("|"))
            else:
                value = values[inner]
                text = value() if callable(value) else str(value)
            form = form[: match.start()] + text + form[match.end() :]
        return form
