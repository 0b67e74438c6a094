"""Word processors' files of older or other kinds: no maintained reader exists, so LibreOffice converts them where it is there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ingest.formats import docx
from ingest.formats.given import MAX_BYTES, Given, Part, ReadError
from ingest.formats.sniff import OLE
from ingest.records import Document

SECONDS = 50
NO_READER = "a {kind} file: save it as DOCX (or have LibreOffice on the PATH, which then converts it)"
SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
SETTINGS = (  # no macros, no links followed: nothing that a file names is fetched
    (SECURITY, "DisableMacrosExecution", "true"),
    (SECURITY, "MacroSecurityLevel", "3"),
    (SECURITY, "DisableActiveContent", "true"),
    (SECURITY, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
)
ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(ITEM.format(*setting) for setting in SETTINGS)
    + "</oor:items>"
)


def read(given: Given) -> Iterator[Part]:
    """The document, converted to DOCX in a folder of its own. Raises ReadError."""
    kind = kind_of(given)
    program = shutil.which("soffice")
    if program is None or os.name != "posix":
        raise ReadError(NO_READER.format(kind=kind))
    for part in docx.read(Given(converted(given, program, kind), given.source, given.depth, given.budget)):
        assert isinstance(part, Document)
        yield part.model_copy(update={"sha256": given.sha256, "media_type": "application/msword"})


def kind_of(given: Given) -> str:
    """What the file is called. Raises ReadError for one that holds no text document, or an encrypted one."""
    if not given.data.startswith(OLE):
        return "RTF" if given.data.startswith(b"{\\rtf") else "OpenDocument"
    if "EncryptedPackage".encode("utf-16-le") in given.data:
        raise ReadError("encrypted: it opens with a password only; save it without")
    if "WordDocument".encode("utf-16-le") not in given.data:
        raise ReadError(
            "no text document (perhaps a spreadsheet, slides or a message of Outlook): save it as PDF or DOCX"
        )
    return "WPS" if given.name.lower().endswith(".wps") else "legacy DOC"


def converted(given: Given, program: str, kind: str) -> bytes:
    """The file as DOCX. Raises ReadError when LibreOffice does not manage it in time."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        suffix = {"RTF": "rtf", "OpenDocument": "odt"}.get(kind, "doc")
        (base / f"given.{suffix}").write_bytes(given.data)
        (base / "profile" / "user").mkdir(parents=True)
        (base / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
        run(program, base, f"given.{suffix}")
        made = base / "given.docx"
        if not made.is_file() or made.stat().st_size > MAX_BYTES:
            raise ReadError(f"a {kind} file that LibreOffice cannot convert: save it as DOCX")
        return made.read_bytes()


def run(program: str, base: Path, name: str) -> None:
    """Convert one file, with a profile of its own, no proxy that leads anywhere, and an end to its time."""
    command = [
        program, "--headless", "--nologo", "--norestore", "--nolockcheck", "--nodefault",
        f"-env:UserInstallation={(base / 'profile').as_uri()}", "--convert-to", "docx", "--outdir", str(base), str(base / name),
    ]  # fmt: skip
    nowhere = "http://127.0.0.1:9"
    environment = {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": str(base), "TMPDIR": str(base), "LANG": "C.UTF-8",
        "http_proxy": nowhere, "https_proxy": nowhere, "ftp_proxy": nowhere, "no_proxy": "",
    }  # fmt: skip
    with subprocess.Popen(
        command, cwd=base, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise ReadError(f"takes LibreOffice longer than {SECONDS} seconds: save it as DOCX") from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)  # soffice is a script; what it started goes with it
