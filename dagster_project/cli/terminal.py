"""What all commands share: options, exit codes, and how something is said."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from dagster_project.folder import DATA_DIR_VARIABLE, LANG_VARIABLE, DataFolder

if TYPE_CHECKING:
    from rich.table import Table

    from dagster_project.api import Release

OK, PLANS_MISSING, NOT_PUBLISHED = 0, 1, 2

#: What to do about an error of the file system.
_REMEDIES = {
    errno.ENOSPC: "free some space and build again",
    errno.EDQUOT: "free some space and build again",
    errno.EACCES: "make it writable, or choose another folder with --data-dir",
    errno.EPERM: "make it writable, or choose another folder with --data-dir",
    errno.EROFS: "make it writable, or choose another folder with --data-dir",
}
DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="Folder with raw/<plan_id>/; marts/ and .work/ are written beside it.",
        envvar=DATA_DIR_VARIABLE,
        show_default="data/ of the project",
    ),
]
Lang = Annotated[
    Literal["zh", "en"],
    typer.Option("--lang", help="Language of names, headers and reasons.", envvar=LANG_VARIABLE),
]
TextFile = Annotated[
    Path, typer.Argument(help="A text file in any Chinese encoding.", exists=True, dir_okay=False)
]


def folder_of(data_dir: Path | None) -> DataFolder:
    """Return the data folder that is meant: the given one, else that of the environment."""
    return DataFolder.of(data_dir) if data_dir else DataFolder.from_environment()


def current_release(folder: DataFolder) -> Release:
    """Return the current release, which all of one command reads; where nothing is published the command ends."""
    from dagster_project.api import NotPublishedError, Release

    try:
        return Release.current(folder.root)
    except NotPublishedError as error:
        fail(str(error))


def say(line: str) -> None:
    """Print a line."""
    typer.echo(line)


def fail(message: str) -> NoReturn:
    """End the command: say why, and what to do, in place of a result."""
    typer.echo(message, err=True)
    raise typer.Exit(NOT_PUBLISHED)


def show(table: Table) -> None:
    """Print a table."""
    from rich.console import Console

    # A file or a pipe has no width: no line may be folded there.
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def new_table(*columns: str) -> Table:
    """Return an empty table with these headers."""
    from rich import box
    from rich.table import Table

    return Table(*columns, box=box.SIMPLE)


def in_words(error: Exception) -> str:
    """Return an error in one line; that of a file system with the file and what to do."""
    if isinstance(error, OSError) and error.errno in _REMEDIES:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}: {_REMEDIES[error.errno]}"
    return f"{type(error).__name__}: {error}"
