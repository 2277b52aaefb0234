"""dbt's documentation of the warehouse as one static page, without what only this machine or this run knows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dagster_project.folder import DBT_PROJECT, DataFolder
from dagster_project.warehouse.dbt_project import DBT_EXECUTABLE, run_dbt

# Paths of the machine, and what differs between two runs of the same project.
_LOCAL = frozenset(
    {"root_path", "build_path", "compiled_path", "created_at", "generated_at", "invocation_id",
     "invocation_started_at", "env", "user_id", "relation_name", "database", "run_started_at"}
)  # fmt: skip


def write_dbt_docs(folder: DataFolder, page: Path) -> None:
    """Write the documentation of the warehouse that was built last; it opens from a file, without a server.

    Args:
        folder: With the warehouse and dbt's manifest of its build.
        page: The HTML file to write.

    Raises:
        DbtProjectError: If dbt cannot describe the warehouse; carries what dbt said.
        OSError: If it cannot read or write a file, as where the disk is full.
    """
    command = [
        DBT_EXECUTABLE, "docs", "generate", "--no-compile",
        "--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT),
    ]  # fmt: skip
    run_dbt(command, folder, "dbt cannot describe the warehouse")
    target = folder.dbt_target
    manifest, catalog = (
        json.loads((target / f"{name}.json").read_text(encoding="utf-8")) for name in ("manifest", "catalog")
    )
    page.parent.mkdir(parents=True, exist_ok=True)
    text = static_page((target / "index.html").read_text(encoding="utf-8"), manifest, catalog)
    page.write_text(text.replace(str(folder.root), "data"), encoding="utf-8")


def static_page(page: str, manifest: Mapping[str, Any], catalog: Mapping[str, Any]) -> str:
    """Return dbt's page with the two artifacts in it.

    Args:
        page: ``index.html`` of dbt, with the two places that ``dbt docs generate --static`` fills.
        manifest: dbt's manifest.
        catalog: dbt's catalog.

    Raises:
        ValueError: If the page has no such places.
    """
    own = {key: macro for key, macro in manifest["macros"].items() if macro["package_name"] == "ip_plans"}
    for name, content in (("MANIFEST", {**manifest, "macros": own}), ("CATALOG", catalog)):
        place = f'"{name}.JSON INLINE DATA"'
        if place not in page:
            raise ValueError(
                f"dbt's page has no place for its {name.lower()}: its release is not the locked one"
            )
        # `</` would end the script that the data stands in.
        page = page.replace(place, json.dumps(_portable(content), ensure_ascii=False).replace("</", "<\\/"))
    return page


def _portable(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return the JSON value without the fields that are local."""
    if isinstance(value, dict):
        return {key: None if key in _LOCAL else _portable(item) for key, item in value.items()}
    return [_portable(item) for item in value] if isinstance(value, list) else value
