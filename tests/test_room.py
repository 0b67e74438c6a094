"""How much memory the embedded engine may take."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import room

MB = 2**20


@pytest.mark.parametrize(
    ("given", "container", "expected"),
    [
        ("300", None, 300),  # as it is said, however little
        (None, str(8000 * MB), 4000),  # half of what the container may have
        (None, str(900 * MB), 1024),  # 1 GB at least
        (None, "max", None),  # no limit: that of the machine
        (None, None, None),
    ],
)
def test_the_buffer(
    given: str | None, container: str | None, expected: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PARKGRAPH_BUFFER_MB", raising=False)
    if given:
        monkeypatch.setenv("PARKGRAPH_BUFFER_MB", given)
    if container:
        (tmp_path / "limit").write_text(container)
    machine = 64_000 * MB
    monkeypatch.setattr(room, "_LIMITS", (tmp_path / "limit",))
    monkeypatch.setattr("os.sysconf", lambda name: 4096 if name == "SC_PAGE_SIZE" else machine // 4096)
    assert room.buffer_bytes() == (machine // 2 if expected is None else expected * MB)
