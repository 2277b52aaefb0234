"""A browser that hangs or dies ends after a limit, with a reason, and leaves no process behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dagster_project.figures.images import draw_images
from dagster_project.printing import browser
from dagster_project.printing.browser import NoBrowserError, Tab, in_browser

# Speaks the DevTools protocol over the pipe (descriptors 3 and 4, messages that end in NUL) up to its last answer.
_FAKE = """\
import json, os, sys, time
open({pid!r}, "w").write(str(os.getpid()))
answers = {{
    "Target.getTargets": {{"targetInfos": [{{"targetId": "T", "type": "page"}}]}},
    "Target.attachToTarget": {{"sessionId": "S"}},
}}
heard = b""
while {speaks}:
    more = os.read(3, 65536)
    if not more:  # who started it is gone
        sys.exit(1)
    heard += more
    while b"\\0" in heard:
        line, _, heard = heard.partition(b"\\0")
        message = json.loads(line)
        if message["method"] in answers:
            reply = {{"id": message["id"], "result": answers[message["method"]]}}
            os.write(4, json.dumps(reply).encode() + b"\\0")
        elif message["method"] == "Page.navigate" and {dies}:
            sys.exit(1)
time.sleep(1000)
"""


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Put a browser in place that answers nothing, or only at the start; return where it writes its process id."""

    def make(*, speaks: bool, dies: bool = False) -> Path:
        pid, path = tmp_path / "pid", tmp_path / "browser"
        script = _FAKE.format(pid=str(pid), speaks=speaks, dies=dies)
        path.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("BROWSER_PATH", str(path))
        return pid

    monkeypatch.setattr(browser, "_END", 0.5)
    monkeypatch.setattr(browser, "_PATIENCE", 1)
    return make


def is_alive(pid: Path) -> bool:
    """Tell whether the process still runs."""
    try:
        os.kill(int(pid.read_text(encoding="ascii")), 0)
    except ProcessLookupError:
        return False
    return True


async def navigate(tabs: Sequence[Tab]) -> None:
    """Do the first thing that is done in a tab."""
    for tab in tabs:
        await tab.load("file:///page.html")


def test_a_browser_that_never_answers_is_ended_after_a_limit(
    fake: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "_START", 3)
    pid = fake(speaks=False)
    with pytest.raises(NoBrowserError, match="does not answer when it is started, within 3 seconds"):
        in_browser(navigate)
    assert not is_alive(pid)


def test_a_browser_that_dies_at_work_is_named(fake: Callable[..., Path]) -> None:
    pid = fake(speaks=True, dies=True)
    with pytest.raises(NoBrowserError, match="ended early"):
        in_browser(navigate)
    assert not is_alive(pid)


def test_a_browser_that_hangs_half_way_is_ended_and_leaves_no_image(
    fake: Callable[..., Path], tmp_path: Path
) -> None:
    pid = fake(speaks=True)
    figure = go.Figure(layout={"width": 100, "height": 100})
    drawn = tmp_path / "one.zh.page.png"
    drawn.write_bytes(b"drawn before it hung")
    (note,) = draw_images({tmp_path / "one.zh.page": figure})
    assert note.startswith(
        "No images (PNG, SVG, PDF) were drawn: the browser does not answer Page.navigate within 1 seconds"
    )
    assert not drawn.exists()
    assert not is_alive(pid)
