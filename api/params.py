"""Types of parameters that are the same everywhere."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _iso(value: Any) -> Any:
    if isinstance(value, str) and not _ISO.fullmatch(value):
        raise ValueError("a day is written YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_iso)]  # pydantic would take a number for seconds since 1970


class Plain(BaseModel):
    """No parameters but those that are declared: any other is refused."""

    model_config = ConfigDict(extra="forbid")
