"""Small marts for the tests of the briefing: those of the figures, and what stands behind the statements."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import polars as pl

# Test modules cannot import each other: pytest imports each by its path.
_figures = runpy.run_path(str(Path(__file__).with_name("figure_tables.py")))
PROVISION = {"text_zh": "一是人才。培养30名执业代理师。", "char_start": 93, "lead": (), "supporting": ()}


def marts(
    plans: dict[str, dict[str, Any]] | None = None,
    statements: list[dict[str, Any]] | None = None,
    coverage: dict[tuple[str, str], tuple[str, int]] | None = None,
    provisions: dict[str, dict[str, Any]] | None = None,
    accuracy: list[tuple[str, str, int, int]] | None = None,
) -> dict[str, pl.DataFrame]:
    """Return marts.

    Args:
        plans, statements, coverage: As for figures, but a statement stands in no provision.
        provisions: Where each differs from `PROVISION`.
        accuracy: plan_key, field, right and assessed.
    """
    stated = [{"provision_key": None} | row for row in statements or []]
    made = dict(_figures["tables"](plans, stated, coverage))
    texts = {key: PROVISION | row for key, row in (provisions or {}).items()}
    made["fct_provision"] = pl.DataFrame(
        [(key, row["text_zh"], row["char_start"]) for key, row in texts.items()],
        schema={"provision_key": pl.String, "text_zh": pl.String, "char_start": pl.Int32},
        orient="row",
    )
    offices = [
        (key, office, role, place)
        for key, row in texts.items()
        for role in ("lead", "supporting")
        for place, office in enumerate(row[role], start=1)
    ]
    made["bridge_provision_x_agency"] = pl.DataFrame(
        offices,
        schema={"provision_key": pl.String, "agency_key": pl.String, "role": pl.String, "position": pl.Int32},
        orient="row",
    )
    names = sorted({office for _, office, _, _ in offices})
    made["dim_agency"] = pl.DataFrame(
        [(name, f"{name}局", f"{name} office") for name in names],
        schema=dict.fromkeys(("agency_key", "name_zh", "name_en"), pl.String),
        orient="row",
    )
    measures = made["rpt_statement"]
    conditions = measures.filter(kind="condition").group_by("governs_measure_key").len("condition_count")
    made["rpt_incentive"] = (
        measures.filter(pl.col("kind") == "incentive", pl.col("governs_measure_key").is_null())
        .join(conditions, left_on="measure_key", right_on="governs_measure_key", how="left")
        .select(
            "measure_key",
            "plan_key",
            "unit_key",
            amount="value",
            is_cap=pl.col("comparator").is_in(["le", "lt"]),
            condition_count=pl.col("condition_count").fill_null(0),
        )
    )
    made["audit_accuracy"] = pl.DataFrame(
        accuracy or [],
        schema={"plan_key": pl.String, "field": pl.String, "right": pl.Int32, "assessed": pl.Int32},
        orient="row",
    )
    return made
