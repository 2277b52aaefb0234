"""The command ``ip-plans``: what an analyst types. Imports that take seconds are made inside the commands."""

from __future__ import annotations

import typer

from dagster_project.cli import ask, brief, build, plans, statements

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="Compare what city intellectual-property plans promise, with the sentence behind every number.",
)
# In the order in which the help lists them.
for _command in (
    build.build,
    ask.diff,
    ask.accuracy,
    ask.explain,
    brief.brief,
    ask.export,
    ask.compare,
    statements.show,
    ask.facets,
    ask.outline,
    ask.extract,
    ask.rules,
    plans.add,
    plans.remove,
    plans.status,
    build.ui,
):
    app.command()(_command)

__all__ = ["app"]
