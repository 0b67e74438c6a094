"""Adding documents: files are sent and read one by one; somebody looks at what was found, and loads it or lets it go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from nicegui import background_tasks, ui

from api.keys import Key
from api.pages.add_key import ask_for_key, forget_key, held_key
from api.pages.add_preview import Key as NodeKey
from api.pages.add_preview import known, preview
from api.pages.frame import frame, heading, script, stylesheet
from api.pages.here import Here, page
from api.pages.problems import told
from api.pages.text_html import put
from api.uploads import FileResult, Upload
from api.writing import ENDED, BusyError, ClosedError, Job
from ingest.pool import WorkerError

T = TypeVar("T")
_FORMATS = "TXT, HTML, PDF, DOCX, DOC, WPS, RTF, OFD, EML, MHT, ZIP, JSONL"
_PATIENCE = 600.0  # seconds that a file waits for its turn to be read


@dataclass(eq=False)
class Sent:
    """A file that was sent, and what came of it."""

    upload: Upload
    state: Literal["waiting", "reading", "read", "failed"] = "waiting"
    results: tuple[FileResult, ...] = ()


@page("/add")
async def add(here: Here) -> None:
    """The page; who may write is known once the browser is connected."""
    with frame(here, here.t("add.title"), nav="add"):
        stylesheet("add")
        script("add")
        heading(here.t("add.title"))
        ui.label(here.t("add.intro")).classes("pg-text")
        Adding(here).build()


class Adding:
    """One open page: the files that were sent, until they are loaded or let go."""

    def __init__(self, here: Here) -> None:
        self.here, self.client = here, ui.context.client
        self.settings = here.service.settings
        self.sent: list[Sent] = []
        self.there: set[NodeKey] = set()
        self.notes: list[str] = []
        self.reading = asyncio.Lock()
        self.begun = False

    def build(self) -> None:
        """Make the places of all that comes later."""
        t, limits = self.here.t, self.settings
        size, seconds = _size(limits.upload_bytes), f"{limits.upload_seconds:g}"
        with ui.element("div").classes("pg-quiet"):
            ui.label(t("add.limits", files=limits.upload_files, size=size, seconds=seconds))
            ui.label(t("add.formats", formats=_FORMATS))
        self.top = ui.element("div")
        self.list = ui.element("div").classes("ad-files")
        self.end = ui.element("div").classes("ad-end").props("role=status")
        self.client.on_connect(self.begin)

    async def begin(self) -> None:
        """Ask for a key, or for files; once, however often the browser connects."""
        if not self.begun:
            self.begun = True
            await self.ask()

    async def ask(self) -> None:
        """What is to be done next: give a key, or files."""
        with self.client:  # what was clicked is gone after the next line
            self.top.clear()
            key = held_key(self.here)
            with self.top:
                if key is None:
                    ask_for_key(self.here, self.ask)
                else:
                    self._files(key)

    def _files(self, key: Key) -> None:
        t, limits = self.here.t, self.settings
        upload = ui.upload(multiple=True, on_upload=self._arrived).classes("ad-uploader").props("aria-hidden=true")
        with ui.element("label").classes("ad-drop") as zone:
            ui.label(t("add.choose"))
            ui.element("input").props("type=file multiple")
        zone.props["data-drop"], zone.props["data-url"] = "1", upload.props["url"]
        zone.props["data-largest"], zone.props["data-most"] = str(limits.upload_bytes), str(limits.upload_files)
        zone.props["data-rejected"] = t("add.rejected")
        ui.element("div").props("data-note role=alert").classes("pg-quiet")
        ui.element("ul").props("data-sending").classes("ad-sending")
        with ui.element("div").classes("ad-end"):
            ui.label(t("add.key.as", name=key.name)).classes("pg-quiet")
            ui.button(t("add.key.forget"), on_click=self._forget, color=None).props("flat dense no-caps").classes(
                "ad-plain"
            )

    async def _forget(self) -> None:
        with self.client:
            forget_key()
            self._drop()
            await self.ask()

    async def _arrived(self, event: Any) -> None:
        """Take one file, if there is room for it and whoever sent it still may write."""
        with self.client:
            if held_key(self.here) is None:
                await self.ask()
                return
            upload = Upload.of(event.file.name, await event.file.read())
            held = sum(len(each.upload.data) for each in self.sent)
            if len(self.sent) >= self.settings.upload_files:
                self.notes.append(self.here.t("add.too_many", name=upload.name))
            elif held + len(upload.data) > self.settings.upload_bytes:
                self.notes.append(self.here.t("add.too_large", name=upload.name))
            else:
                sent = Sent(upload)
                self.sent.append(sent)
                background_tasks.create(self._read(sent))
            self._draw()

    async def _read(self, sent: Sent) -> None:
        async with self.reading:
            if sent not in self.sent:
                return  # let go meanwhile
            sent.state = "reading"
            self._draw()
            try:
                sent.results = await self._patiently(lambda: self.here.service.writer.preview([sent.upload]))
                there = (await self.here.read(lambda reader: known(reader, sent.results)))[1]
                self.there |= there
                sent.state = "read" if any(result.record for result in sent.results) else "failed"
            except (BusyError, ClosedError, WorkerError):
                sent.state = "failed"
        self._draw()

    async def _patiently(self, work: Callable[[], T]) -> T:
        """What ``work`` gives, once the server is not too busy for it. Raises BusyError where that takes too long."""
        end = asyncio.get_running_loop().time() + _PATIENCE
        while True:
            try:
                return await asyncio.to_thread(work)
            except BusyError as busy:
                if asyncio.get_running_loop().time() > end:
                    raise
                await asyncio.sleep(min(busy.retry_after, 5))

    def _draw(self) -> None:
        """Make anew the list of files, and what can be done with them."""
        with self.client:
            self.list.clear()
            with self.list:
                for note in self.notes:
                    ui.label(note).classes("pg-warning").props("role=alert")
                for sent in self.sent:
                    self._file(sent)
            self.end.clear()
            good = [sent for sent in self.sent if sent.state == "read"]
            if self.sent and all(sent.state in ("read", "failed") for sent in self.sent):
                with self.end:
                    self._choice(len(good))

    def _file(self, sent: Sent) -> None:
        t = self.here.t
        with ui.element("article").classes("ad-file") as box:
            box.props["data-state"] = sent.state
            with ui.element("div").classes("ad-head"):
                with ui.element("strong"):
                    ui.label(sent.upload.name).classes("pg-inline")
                ui.label(_size(len(sent.upload.data))).classes("pg-quiet")
                ui.label(t(f"add.state.{sent.state}")).classes("pg-chip")
            if sent.state == "failed" and not sent.results:
                ui.label(t("add.failed")).classes("pg-warning")
            for result in sent.results:
                put(preview(self.here, result, self.there))

    def _choice(self, count: int) -> None:
        t = self.here.t
        if count:
            ui.button(t("add.load", count=count), on_click=self._load, color=None).props(
                "unelevated no-caps data-do=load"
            ).classes("ad-main")
        ui.button(t("add.discard"), on_click=self._discard, color=None).props(
            "outline no-caps data-do=discard"
        ).classes("ad-plain")

    async def _discard(self) -> None:
        with self.client:
            self._drop()
            with self.end:
                ui.label(self.here.t("add.discarded"))

    def _drop(self) -> None:
        self.sent, self.notes = [], []
        self._draw()

    async def _load(self) -> None:
        """Load what was read, as one revision, and say what has changed."""
        with self.client:
            if held_key(self.here) is None:
                await self.ask()
                return
            uploads = [sent.upload for sent in self.sent if sent.state == "read"]
            self.end.clear()
            with self.end:
                ui.spinner()
                ui.label(self.here.t("add.loading"))
            try:
                job = await self._patiently(lambda: self.here.service.writer.submit(uploads))
            except (BusyError, ClosedError):
                self._say(self.here.t("add.busy"), good=False)
                return
            while job.state not in ENDED:
                job = await asyncio.to_thread(self.here.service.writer.wait, job, 1.0)
            self._loaded(job)

    def _loaded(self, job: Job) -> None:
        t, result = self.here.t, job.result
        if job.state != "done" or result is None:
            self._say(t("add.not_loaded", problem=told(t, job.problem or "") or job.problem or job.state), good=False)
            return
        changed = result.nodes_added + result.nodes_changed + result.nodes_removed + result.edges_added
        key = "add.done" if changed else "add.same"
        values = {"revision": result.revision, "nodes": result.nodes_added, "edges": result.edges_added}
        self.sent, self.notes = [], []
        self.list.clear()
        with self.list:
            for file in job.files:
                put(preview(self.here, file, self.there))
        self._say(t(key, **(values if changed else {"revision": result.revision})), good=True)

    def _say(self, text: str, *, good: bool) -> None:
        self.end.clear()
        with self.end:
            ui.label(text).classes("pg-note" if good else "pg-warning").props["data-done"] = str(good).lower()


def _size(count: int) -> str:
    """Bytes as people say it."""
    return f"{count / 1_000_000:g} MB" if count >= 1_000_000 else f"{-(-count // 1000)} KB"
