"""The command that makes a briefing on some places and themes."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

import typer

from dagster_project.cli.terminal import DataDir, Lang, current_release, fail, folder_of, say

_SUFFIXES = {".html": "a page in one file", ".pdf": "A4", ".docx": "Word"}


def brief(
    out: Annotated[
        Path, typer.Option(help="The file: .html for a page in one file, .pdf or .docx. Its folder is made.")
    ],
    places: Annotated[
        str,
        typer.Option(
            help="Places or plans with commas between: 合肥,郑州; a part of a name will do.",
            show_default="all",
        ),
    ] = "",
    themes: Annotated[
        str, typer.Option(help="Themes with commas between: talent,质押融资.", show_default="all")
    ] = "",
    lang: Lang = "zh",
    force: Annotated[bool, typer.Option("--force", help="Replace what is at --out.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Write a briefing on some places and themes: what they promise, by when, with whose money, and who answers."""
    from dagster_project.api import UnknownNameError
    from dagster_project.briefing import ExportError, export

    if out.suffix.lower() not in _SUFFIXES:
        kinds = ", ".join(f"{suffix} ({what})" for suffix, what in _SUFFIXES.items())
        fail(f"{out}: name a file that ends in {kinds}; for tables and images there is `ip-plans export`")
    folder = folder_of(data_dir)
    release = current_release(folder)
    try:
        plans = dict.fromkeys(key for name in _listed(places) for key in release.plan_keys(name))
        chosen = dict.fromkeys(release.theme_key(name) for name in _listed(themes))
        folder.prepare()
        os.environ.update(folder.environment())
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        notes = export(
            release.tables(),
            release.id,
            out.absolute(),
            fmt=None,
            lang=lang,
            themes=chosen,
            plans=plans,
            force=force,
        )
    except (UnknownNameError, ExportError, ValueError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"The folder {out.absolute().parent} cannot be made: {error.strerror or error}")
    for note in notes:
        say(f"! {note}")
    say(str(out))


def _listed(names: str) -> list[str]:
    """Return the names of a list with commas, also Chinese ones, between."""
    return [name.strip() for name in re.split(r"[,，、;；]", names) if name.strip()]
