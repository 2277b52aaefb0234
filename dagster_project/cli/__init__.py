"""The command ``ip-plans``: what an analyst types."""

from __future__ import annotations

from dagster_project.cli.build import app

__all__ = ["app"]
