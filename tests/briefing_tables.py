"""Small marts for the tests of the briefing: those of the figures, and what stands behind the statements."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import polars as pl

# Test modules cannot import each other: pytest imports each by its path.
_figures = runpy.run_path(str(Path(__file__).with_name("figure_tables.py")))
PROVISION = {"text_zh": "一是人才。培养30名执业代理师。", "char_start": 93, "lead": (), "supporting": ()}

#: What stands behind a statement, in the columns of ``rpt_statement`` that figures do not read.
BACKING: dict[str, tuple[Any, Any]] = {
    "payer": (None, pl.String), "payer_zh": (None, pl.String), "payer_en": (None, pl.String),
    "office_keys": (None, pl.String), "office_zh": (None, pl.String), "office_en": (None, pl.String),
    "office_from": (None, pl.String), "has_deadline": (False, pl.Boolean), "has_office": (False, pl.Boolean),
    "has_payer": (False, pl.Boolean), "is_binding": (True, pl.Boolean), "strength": (1, pl.Int32),
}  # fmt: skip
#: A plan as the briefing cites it, in the columns of ``dim_plan`` and ``dim_jurisdiction`` that figures do not read.
PLAN = {"source_url": None, "document_type": "programme", "population": 1_000_000}
#: A commitment of a plan above, as in ``rpt_cascade``.
ABOVE = {
    "plan_key": "a-2020", "parent_plan_key": "b-2021", "theme_key": "talent", "indicator_key": "talent.agents",
    "parent_measure_key": "b-2021@200.1", "parent_comparator": "ge", "parent_value_text": "50名",
    "child_measure_key": None, "child_comparator": None, "child_value_text": None, "value_relation": "not_there",
    "time_relation": None, "reason_zh": None, "reason_en": None,
}  # fmt: skip


def marts(
    plans: dict[str, dict[str, Any]] | None = None,
    statements: list[dict[str, Any]] | None = None,
    coverage: dict[tuple[str, str], tuple[str, int]] | None = None,
    provisions: dict[str, dict[str, Any]] | None = None,
    accuracy: list[tuple[str, str, int, int]] | None = None,
    above: list[dict[str, Any]] | None = None,
) -> dict[str, pl.DataFrame]:
    """Return marts.

    Args:
        plans, statements, coverage: As for figures, but a statement stands in no provision.
        provisions: Where each differs from `PROVISION`.
        accuracy: plan_key, field, right and assessed.
        above: Where each row of ``rpt_cascade`` differs from `ABOVE`.
    """
    rows = [
        {"measure_key": f"m{number}", "provision_key": None} | row
        for number, row in enumerate(statements or [])
    ]
    stated = [{name: value for name, value in row.items() if name not in BACKING} for row in rows]
    made = dict(_figures["tables"](plans, stated, coverage))
    made["rpt_statement"] = made["rpt_statement"].with_columns(
        pl.Series(name, [row.get(name, usual) for row in rows], dtype)
        for name, (usual, dtype) in BACKING.items()
    )
    for table, columns in (
        ("dim_plan", ("source_url", "document_type")),
        ("dim_jurisdiction", ("population",)),
    ):
        given = [PLAN | plan for plan in ({"a": {}, "b": {}} if plans is None else plans).values()]
        made[table] = made[table].with_columns(
            pl.Series(name, [plan[name] for plan in given], pl.Int32 if name == "population" else pl.String)
            for name in columns
        )
    figures = made["rpt_cascade"].clear()
    cascade = pl.DataFrame([ABOVE | row for row in above or []], schema=dict.fromkeys(ABOVE, pl.String))
    made["rpt_cascade"] = pl.concat([figures, cascade], how="diagonal")
    made["dim_indicator"] = (
        made["rpt_statement"]
        .select("indicator_key", name_zh="indicator_name_zh", name_en="indicator_name_en")
        .unique("indicator_key", maintain_order=True)
    )
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
