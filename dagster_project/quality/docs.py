"""Data Docs: what the suites found, as pages that open from a folder, without a server and without the network.

Great Expectations words the expectations and what it observed; its own pages are not used, because they load style
sheets, fonts and scripts from six hosts. The templates and the one style sheet are in ``data_docs/``.
"""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from dagster_project.quality.expectations import BOUNDARIES, Severity, Suite
from dagster_project.quality.judge import Verdict, failing_rows, without_pyspark

_TEMPLATES = Path(__file__).with_name("data_docs")
_SHOWN_ROWS = 50


def write_findings(suite: Suite, frame: pl.DataFrame, verdicts: Sequence[Verdict], folder: Path) -> None:
    """Write what became of a suite to ``<folder>/<suite>.json``, for `write_docs`, which comes at the end of the run.

    The same table gives the same bytes.
    """
    expectations = []
    for verdict in verdicts:
        item, rows = verdict.expectation, failing_rows(suite, frame, verdict)
        expectations.append(
            {
                "name": item.name,
                "protects": item.protects,
                "label": suite.labels.get(item.column or "", ""),
                "severity": item.severity,
                "passed": verdict.passed,
                "result": verdict.result,
                "failing": len(verdict.rows),
                "columns": [{"name": name, "label": suite.labels.get(name, "")} for name in rows.columns],
                "rows": [
                    ["" if value is None else str(value) for value in row]
                    for row in rows.head(_SHOWN_ROWS).iter_rows()
                ],
            }
        )
    content = {
        "name": suite.name,
        "asset": "/".join(suite.asset),
        "boundary": suite.boundary,
        "rows": frame.height,
        "expectations": expectations,
    }
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    (folder / f"{suite.name}.json").write_text(text, encoding="utf-8")


def write_docs(
    names: Sequence[str],
    findings: Path,
    folder: Path,
    release_id: str,
    notes: Mapping[str, Sequence[str]] | None = None,
) -> list[Path]:
    """Write ``index.html`` and one page for each suite into a new `folder`, and return the pages.

    Args:
        names: The suites in order.
        findings: Where `write_findings` has put what became of each.
        folder: Where the pages go; replaced.
        release_id: The release that they are about.
        notes: What should be known of each plan, or why it was refused, shown below the checks.

    Raises:
        FileNotFoundError: If a suite has not been judged.
    """
    with without_pyspark():
        from great_expectations.core.expectation_validation_result import expectationValidationResultSchema
    from great_expectations.render.renderer.content_block.validation_results_table_content_block import (
        ValidationResultsTableContentBlockRenderer,
    )
    from great_expectations.render.view.view import DefaultJinjaPageView

    found = [json.loads((findings / f"{name}.json").read_text(encoding="utf-8")) for name in names]
    env = DefaultJinjaPageView(custom_views_directory=str(_TEMPLATES)).env
    shared = {
        "style": (_TEMPLATES / "style.css").read_text(encoding="utf-8"),
        "release_id": release_id,
        "boundaries": BOUNDARIES,
        "notes": notes or {},
    }
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for suite in found:
        suite["page"] = f"{suite['boundary']}-{suite['name']}.html"
        for item in suite["expectations"]:
            result = expectationValidationResultSchema.load(item["result"])
            block: Any = ValidationResultsTableContentBlockRenderer.render([result])
            # The first cell is an icon of a font that is not there.
            item["said"] = [_said(cell) for cell in block.to_json_dict()["table"][0][1:]]
            item["status"] = _status(item)
    pages = {"index.html": env.get_template("index.j2").render(shared, suites=found)}
    template = env.get_template("suite.j2")
    for suite in found:
        pages[suite["page"]] = template.render(shared, suite=suite)
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8")
    return [folder / name for name in pages]


def _status(item: Mapping[str, Any]) -> str:
    if item["passed"]:
        return "holds"
    return "unusual" if item["severity"] == Severity.WARNING else "fails"


def _said(cell: Any) -> list[Any]:  # noqa: ANN401 - JSON
    """Return the sentences of a cell; the table of failing values is left out, because that of the rows says more.

    Great Expectations escapes what it puts into a sentence, but not a cell that is text.
    """
    parts = cell if isinstance(cell, list) else [cell]
    sentences = [
        part
        for part in parts
        if isinstance(part, Mapping) and part["content_block_type"] == "string_template"
    ]
    return sentences or [html.escape(str(part)) for part in parts if not isinstance(part, Mapping)]
