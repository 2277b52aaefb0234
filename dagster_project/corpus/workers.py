"""Many plans at once: one process for each processor reads them, and shows how far it is.

A worker keeps what it has read (`kept_rows`) and hands back little: what is done when a build is stopped, or a worker
is killed, stays done.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.progress import Task as Shown
from rich.text import Text

T = TypeVar("T")

logger = logging.getLogger(__name__)


def _processors() -> int:
    """Return how many processors there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


FEWEST = 64  # plans; starting two workers takes as long as reading some forty
_AT_ONCE = 8  # plans handed to a worker
_LOGGED = 30.0  # seconds between two lines of the log


def read_all(read: Callable[[Path], T], folders: Sequence[Path], workers: int | None = None) -> dict[str, T]:
    """Read and keep plans, several at a time.

    Args:
        read: Reads and keeps one plan; a function of a module, with its arguments, as `functools.partial` holds them.
            It is sent to each process and must be small, see `places.KnownPlaces`.
        folders: The folders of the plans.
        workers: Processes; by default as many as there are processors for this one.

    Returns:
        plan -> what `read` returns. Where a worker was killed, the plans that were not read are missing; where there
        is one processor or few plans, all are.
    """
    workers = workers or _processors()
    if workers < 2 or len(folders) < FEWEST:
        return {}
    found: dict[str, T] = {}
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, _begin, (read,))
    try:
        results = _handed_out(pool, folders)
        for folder, result in zip(folders, _shown(results, len(folders)), strict=False):
            found[folder.name] = result
    except BrokenProcessPool:
        logger.warning("a process that read plans was killed: what it had not read is read by one process")
    finally:
        pool.shutdown(cancel_futures=True)
    return found


def _handed_out(pool: ProcessPoolExecutor, folders: Sequence[Path]) -> Iterator[Any]:
    """Start the processes and hand the folders out.

    Raises:
        BrokenProcessPool: If one of them dies meanwhile: the pool then closes what the next is being started with.
    """
    try:
        return pool.map(_read, folders, chunksize=_AT_ONCE)
    except OSError as error:
        raise BrokenProcessPool(str(error)) from error


_own: list[Callable[[Path], Any]] = []  # of a worker: how it reads a plan


def _begin(read: Callable[[Path], Any]) -> None:
    logging.disable(logging.CRITICAL)  # a plan that cannot be used is told in its refusal
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _own.append(read)


def _end_with_parent() -> None:
    """End this process once the one that started it is gone, however it ended: it would wait for work for ever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _read(folder: Path) -> Any:  # noqa: ANN401 - what `read` returns
    return _own[0](folder)


class _Rate(TextColumn):
    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Shown) -> Text:
        return Text(f"{task.speed:.0f} plans/s" if task.speed else "")


def _shown(results: Iterable[T], total: int) -> Iterator[T]:
    """Yield results; show how many there are, how fast they come and how long the rest will take.

    On a terminal as a bar, and in the log as a line from time to time.
    """
    started = logged = time.monotonic()
    columns = (TextColumn("reading plans"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    console = Console(file=sys.__stderr__)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=total)
        for done, result in enumerate(results, start=1):
            bar.advance(task)
            if (now := time.monotonic()) - logged > _LOGGED:
                logged, rate = now, done / (now - started)
                left = (total - done) / rate
                logger.info("read %d of %d plans, %.1f a second, %.0f s left", done, total, rate, left)
            yield result
