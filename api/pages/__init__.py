"""The pages that people look at: NiceGUI on the same application, below the routes of the API."""

from __future__ import annotations

from fastapi import FastAPI

from api.settings import Settings


def mount(app: FastAPI, settings: Settings) -> None:
    """Let ``app`` answer with pages wherever none of its own routes does, but never below ``/api/``.

    Several applications of one process share the pages; each request finds the Service of its own application.
    NiceGUI is imported here only: whoever sets ``settings.pages`` to false does without it.
    """
    if settings.pages:
        from api.pages.host import attach

        attach(app)
