"""Single things as JSON-LD."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def to_jsonld(detail: BaseModel, base: str) -> dict[str, Any]:
    """``detail`` as JSON-LD, its addresses below ``base``."""
    raise NotImplementedError
