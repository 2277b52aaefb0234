"""Small marts for the tests of figures: as many plans and statements as a test needs, all else as usual."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

PLAN = {
    "title_zh": "知识产权行动计划", "document_number": None, "issuer_zh": "人民政府", "issued_on": date(2021, 4, 15),
    "period_start_year": 2021, "name_zh": None, "name_en": None, "is_province": False, "status": "ok",
}  # fmt: skip
STATEMENT = {
    "plan_key": "a-2020", "theme_key": "talent", "indicator_key": "talent.agents", "indicator_theme": "talent",
    "name_zh": "代理师人数", "name_en": "Patent agents", "definition_zh": "每年人数。", "definition_en": "A year.",
    "kind": "target", "axis_unit_zh": "人/年", "axis_unit_en": "people per year", "value_text": "30名", "value": 30.0,
    "unit_key": "person", "comparator": "eq", "is_aspirational": False, "indicator_text_zh": "执业代理师",
    "period_end_year": None, "quote_zh": "培养30名执业代理师", "heading_path_zh": "二、目标 › 人才",
    "char_start": 100, "char_end": 103, "restates_measure_key": None, "comparable_value": 30.0,
    "comparable_unit": "person_per_year", "per_million_value": None, "comparability": "exact", "reason_zh": "一致。",
    "reason_en": "As stated.", "formula": None, "lacking_zh": "门槛条件。", "lacking_en": "A threshold.",
}  # fmt: skip
THEMES = {
    "patent_navigation": (2, True, "专利导航", "Patent navigation"),
    "talent": (3, True, "知识产权人才", "IP talent"),
    "copyright": (1, False, "版权", "Copyright"),
}
UNITS = {"person": ("人", "people"), "CNY": ("元", "CNY"), "percent": ("%", "%"), "other": ("", "")}
_TYPES = {
    "issued_on": pl.Date,
    "document_number": pl.String,
    "restates_measure_key": pl.String,
    "formula": pl.String,
}
_INDICATOR = "name_zh", "name_en", "definition_zh", "definition_en", "axis_unit_zh", "axis_unit_en"
_VERDICT = (
    "comparable_value",
    "comparable_unit",
    "per_million_value",
    "comparability",
    "reason_zh",
    "reason_en",
    "formula",
)


def tables(
    plans: dict[str, dict[str, Any]] | None = None,
    statements: list[dict[str, Any]] | None = None,
    coverage: dict[tuple[str, str], tuple[str, int]] | None = None,
) -> dict[str, pl.DataFrame]:
    """Return marts.

    Args:
        plans: Where each plan differs from `PLAN`.
        statements: Where each differs from `STATEMENT`; measure keys are m0, m1 and so on.
        coverage: Status and count of commitments by theme and plan, each with two reports of the past more; not found
            in all other cells.
    """
    plans = {"a-2020": {}, "b-2021": {}} if plans is None else plans
    known = {
        key: PLAN | {"name_zh": f"{key}市", "name_en": key.title()} | plan for key, plan in plans.items()
    }
    rows = [{"measure_key": f"m{i}"} | STATEMENT | row for i, row in enumerate(statements or [])]
    indicators = {
        row["indicator_key"]: {"theme_key": row["indicator_theme"]} | {name: row[name] for name in _INDICATOR}
        for row in rows
    }
    cells = {(theme, plan): ("searched_not_found", 0) for theme in THEMES for plan in known} | (
        coverage or {}
    )
    return {
        "dim_plan": _frame([{"plan_key": key, "jurisdiction_key": key} | plan for key, plan in known.items()], PLAN),
        "dim_jurisdiction": _frame([{"jurisdiction_key": key} | plan for key, plan in known.items()], PLAN),
        "audit_plan_status": _frame([{"plan_key": key} | plan for key, plan in known.items()], PLAN),
        "dim_theme": pl.DataFrame(
            [(key, *theme) for key, theme in THEMES.items()],
            schema=["theme_key", "theme_order", "is_headline", "name_zh", "name_en"],
            orient="row",
        ),
        "dim_unit": pl.DataFrame(
            [(key, *unit) for key, unit in UNITS.items()], schema=["unit_key", "symbol_zh", "symbol_en"], orient="row"
        ),
        "dim_indicator": _frame(
            [{"indicator_key": key} | indicator for key, indicator in indicators.items()], dict.fromkeys(_INDICATOR, "")
        ),
        "fct_measure": _frame(rows, STATEMENT),
        "rpt_indicator_comparison": _frame(
            [{"measure_key": row["measure_key"]} | {name: row[name] for name in _VERDICT} for row in rows],
            {name: STATEMENT[name] for name in _VERDICT},
        ),
        "audit_unmapped": pl.DataFrame(
            [
                ("measure without indicator", row["measure_key"], row["lacking_zh"], row["lacking_en"])
                for row in rows
                if row["indicator_key"] == "unmapped"
            ],
            schema=dict.fromkeys(("what", "item_key", "reason_zh", "reason_en"), pl.String),
            orient="row",
        ),
        "rpt_theme_coverage": pl.DataFrame(
            [
                (theme, plan, 2, commitments + 2, commitments, 1, None, None, 4.25, status)
                for (theme, plan), (status, commitments) in cells.items()
            ],
            schema={
                "theme_key": pl.String, "plan_key": pl.String, "provisions": pl.Int32, "measures": pl.Int32,
                "commitments": pl.Int32, "targets": pl.Int32, "money": pl.Decimal(20, 4),
                "money_per_year": pl.Decimal(20, 4), "share_of_text": pl.Float64, "status": pl.String,
            },
            orient="row",
        ),
    }  # fmt: skip


def _frame(rows: list[dict[str, Any]], like: dict[str, Any]) -> pl.DataFrame:
    """Return rows as a frame whose columns have the types of `like`, even if there are no rows."""
    keys = ("measure_key", "plan_key", "jurisdiction_key", "indicator_key", "theme_key")
    types = dict.fromkeys(keys, pl.String)
    types |= {
        name: pl.Boolean if isinstance(value, bool) else pl.Int32 if isinstance(value, int) else
        pl.Float64 if isinstance(value, float) else pl.String
        for name, value in like.items()
    }  # fmt: skip
    types |= {"period_end_year": pl.Int32, "per_million_value": pl.Float64} | _TYPES
    names = list(rows[0]) if rows else list(types)
    return pl.DataFrame(rows, schema={name: types[name] for name in names})
