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

_UNFOLDED = 100_000  # columns: no line is folded
_KEYS = frozenset({"plan", "measure"})
#: Headers, and what else the program adds to names and reasons, in Chinese.
_ZH = {
    "above": "上位规划",
    "arithmetic": "算式",
    "award": "奖补",
    "baseline": "较基期",
    "below": "下位规划",
    "cap": "上限",
    "code": "代码",
    "decided by": "判定依据",
    "due": "到期年",
    "event": "事件",
    "facet": "要素",
    "field": "字段",
    "for": "内容",
    "formula": "算式",
    "found in": "出处",
    "grade": "级别",
    "in charge": "牵头",
    "indicator": "指标",
    "locus": "地域",
    "measure": "编号",
    "name": "名称",
    "not assessed": "未评估",
    "note": "说明",
    "object": "对象",
    "office": "牵头部门",
    "party": "主体",
    "payer": "出资",
    "per": "按",
    "per million": "每百万人",
    "place": "地区",
    "plan": "规划",
    "province": "省",
    "quantity": "量",
    "reason": "理由",
    "recipient": "获得者",
    "sentence": "原文",
    "stated": "原文数值",
    "unit": "单位",
    "value": "指标口径",
    "verdict": "可比性",
    "words": "用语",
    "year": "年份",
    "No plan states a number for it.": "各规划均无相应数字。",
    "No plan pays for it.": "各规划均不为此付款。",
    "The two have nothing in common that is said with a number.": "两者没有以数字表述的共同内容。",
    "The plan promises no number.": "该规划没有量化承诺。",
    "measures": "条量化表述",
    "of them with all that an indicator needs": "条具备指标所需的全部要素",
}
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


def is_terminal() -> bool:
    """Return whether a person reads what is printed, and not a file or a program."""
    return sys.stdout.isatty()


def show(table: Table) -> None:
    """Print a table; to a file or a pipe without lines and blanks at the ends, however wide it is."""
    from rich.console import Console

    if is_terminal():
        Console().print(table)
        return
    table.box = None
    console = Console(width=_UNFOLDED, color_system=None)
    with console.capture() as capture:
        console.print(table)
    for line in capture.get().splitlines():
        say(line.rstrip())


def new_table(*columns: str, lang: str = "en") -> Table:
    """Return an empty table with these headers, in English, which are printed in `lang`; keys are never folded."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    for column in columns:
        table.add_column(word(column, lang), no_wrap=column in _KEYS)
    return table


def word(english: str, lang: str) -> str:
    """Return a word of the program in a language."""
    return english if lang == "en" else _ZH[english]


def in_words(error: Exception) -> str:
    """Return an error in one line; that of a file system with the file and what to do."""
    if isinstance(error, OSError) and error.errno in _REMEDIES:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}: {_REMEDIES[error.errno]}"
    if said := _of_history(error):
        return (
            f"the history of runs cannot be written ({said}): free space on the disk of the data folder, or make it "
            "writable, and build again"
        )
    return f"{type(error).__name__}: {error}"


def _of_history(error: BaseException) -> str:
    """Return what SQLite says where an error is that its file cannot be written; nothing where it is another one.

    Dagster keeps its history there; on a full disk SQLite says so, or that input and output fail.
    """
    import sqlite3

    cannot = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
    seen: BaseException | None = error
    while seen is not None:
        first = getattr(seen, "orig", seen)  # SQLAlchemy puts its own around it
        if (
            isinstance(first, sqlite3.OperationalError)
            and getattr(first, "sqlite_errorcode", 0) & 0xFF in cannot
        ):
            return str(first)
        seen = seen.__cause__ or seen.__context__
    return ""
