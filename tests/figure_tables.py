"""Small marts for the tests of figures: as many plans and statements as a test needs, all else as usual."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

#: The words of codes are those of the project.
CODES = Path(__file__).parents[1] / "dbt" / "seeds" / "codes.csv"
PLAN = {
    "title_folded_zh": "知识产权行动计划", "document_number": None, "issuer_folded_zh": "人民政府",
    "issued_on": date(2021, 4, 15),
    "period_start_year": 2021, "period_end_year": 2023, "validity": None,
    "name_zh": None, "name_en": None, "province_zh": None, "is_province": False, "status": "ok", "plan_order": None,
}  # fmt: skip
STATEMENT = {
    "plan_key": "a-2020", "theme_key": "talent", "indicator_key": "talent.agents", "indicator_theme_key": "talent",
    "indicator_name_zh": "代理师人数", "indicator_name_en": "Patent agents", "definition_zh": "每年人数。",
    "definition_en": "A year.", "kind": "target", "form": "flow", "per": None, "recipient_zh": None,
    "axis_unit_zh": "人/年", "axis_unit_en": "people per year", "value_text": "30名", "value": 30.0,
    "unit_key": "person", "comparator": "eq", "is_aspirational": False, "indicator_text_zh": "执业代理师",
    "provision_key": "p1", "governs_measure_key": None, "origin": "own",
    "sentence_en": "Have 30 patent agents", "payer": None, "period_text": None, "period_end_year": None,
    "quote_zh": "培养30名执业代理师",
    "heading_path_zh": "二、目标 › 人才",
    "char_start": 100, "char_end": 103, "restates_measure_key": None, "comparable_value": 30.0,
    "comparable_unit": "person_per_year", "per_million_value": None, "comparability": "exact", "reason_zh": "一致。",
    "reason_en": "As stated.", "formula": None,
}  # fmt: skip
AWARD = {
    "plan_key": "a-2020", "theme_key": "talent", "indicator_key": "talent.award", "indicator_text_zh": "新引进企业奖励",
    "recipient_zh": "企业", "amount": 30_000.0, "unit_key": "CNY", "comparator": "eq", "is_cap": False,
    "per": "recipient", "cap_amount": None, "cap_per": None, "cap_measure_key": None, "condition_count": 0,
    "conditions_zh": None, "quote_zh": "奖励3万元", "value_text": "3万元", "cap_value_text": None, "period_text": None,
    "heading_path_zh": "三、奖补", "char_start": 10, "char_end": 13, "cap_quote_zh": None,
    "condition_measure_keys": None, "name_zh": "引进奖励", "name_en": "Award for settling",
}  # fmt: skip
USE = {
    "plan_key": "a-2020", "instrument_key": "regulation", "theme_key": "talent", "provisions": 3,
    "leading_provisions": 2, "share_of_uses": 60.0,
}  # fmt: skip
DUTY = {
    "plan_key": "a-2020", "agency_key": "finance", "theme_key": "talent", "lead_provisions": 2,
    "supporting_provisions": 1, "lead_measures": 1,
}  # fmt: skip
CITATION = {
    "plan_key": "a-2020", "document_key": "d1", "title_zh": "知识产权强国建设纲要", "document_number": None,
    "year": 2021, "role": "basis", "citations": 1, "plan_count": 1, "lag_years": 2,
}  # fmt: skip
ANSWERS = {"plan_key": "a-2020", "field": "measure.value", "assessed": 10, "right": 9, "status": "assessed"}
INSTRUMENTS = {
    "talent_training": (1, "supply", "供给侧", "Supply side", "人才培养", "Talent and training"),
    "regulation": (2, "environment", "环境侧", "Environment side", "法规管制", "Regulation"),
    "tax_incentive": (3, "environment", "环境侧", "Environment side", "税收优惠", "Tax incentives"),
}
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
    "payer": pl.String,
    "formula": pl.String,
    "period_end_year": pl.Int32,
    "period_start_year": pl.Int32,
    "plan_order": pl.Int32,
    "per_million_value": pl.Float64,
    "cap_amount": pl.Float64,
    "lag_years": pl.Int32,
    "year": pl.Int32,
    "right": pl.Int32,
}
UNSEEN = {
    "set_key": "on_ip", "set_order": 1, "name_zh": "知识产权文本", "name_en": "texts on IP", "texts": 5,
    "measures": 200, "field": "f1", "share": 0.95,
}  # fmt: skip
_UNSEEN_TYPES = {
    name: pl.Float64 if name == "share" else pl.Int32 if isinstance(value, int) else pl.String
    for name, value in UNSEEN.items()
}
PAST = {
    "measure_key": "m0", "indicator_key": "talent.agents", "stated_value": 30.0, "comparable_value": 30.0,
    "baseline_value": 20.0, "baseline_year": 2020,
}  # fmt: skip
_PAST_TYPES = {
    name: pl.Int32 if name == "baseline_year" else pl.Float64 if "value" in name else pl.String
    for name in PAST
}
ABOVE = {
    "plan_key": "b-2021", "parent_plan_key": "a-2020", "theme_key": "talent", "child_measure_key": "m1",
    "indicator_key": "talent.agents",
    "child_indicator_key": "talent.agents", "scope": "same", "value_relation": "below", "parent_measure_key": "m0",
    "parent_comparator": "ge", "parent_comparable_value": 30.0, "parent_per_million_value": None,
}  # fmt: skip
_ABOVE_TYPES = {name: pl.Float64 if name.endswith("_value") else pl.String for name in ABOVE}
# What a line of the matrix of a theme has without a number.
LINE = {
    "line": 1, "line_count": 0, "status": "searched_not_found", "measure_key": None, "measure_keys": None,
    "provision_key": None, "kind": None, "indicator_key": None, "indicator_name_zh": None, "indicator_name_en": None,
    "plans_on_axis": None, "is_growth": None, "form": None, "comparator": None, "is_aspirational": None,
    "value_text": None, "value": None, "unit_key": None, "unit_symbol_zh": None, "unit_symbol_en": None, "per": None,
    "years": None, "comparability": None, "comparable_value": None, "axis_unit_zh": None, "axis_unit_en": None,
    "change_percent": None, "baseline_value": None, "baseline_year": None,
    "per_million_value": None, "due_year": None, "payer_zh": None, "payer_en": None, "office_zh": None,
    "office_en": None, "office_from": None, "strength": None, "words_zh": None, "sentence_en": "searched, not found",
    "quote_zh": None,
}  # fmt: skip
_LINE_TYPES = (
    dict.fromkeys(LINE, pl.String)
    | dict.fromkeys(
        ("line", "line_count", "plans_on_axis", "baseline_year", "due_year", "strength"), pl.Int32
    )
    | dict.fromkeys(
        ("value", "comparable_value", "years", "change_percent", "baseline_value", "per_million_value"),
        pl.Float64,
    )
    | dict.fromkeys(("is_growth", "is_aspirational"), pl.Boolean)
)
# What a restatement has none of, nor a statement that is not comparable.
_ON_AXIS = ("comparable_value", "comparable_unit", "per_million_value")


def tables(
    plans: dict[str, dict[str, Any]] | None = None,
    statements: list[dict[str, Any]] | None = None,
    coverage: dict[tuple[str, str], tuple[str, int]] | None = None,
    *,
    awards: list[dict[str, Any]] | None = None,
    uses: list[dict[str, Any]] | None = None,
    duties: list[dict[str, Any]] | None = None,
    citations: list[dict[str, Any]] | None = None,
    answers: list[dict[str, Any]] | None = None,
    baselines: list[dict[str, Any]] | None = None,
    parents: list[dict[str, Any]] | None = None,
    unseen: list[dict[str, Any]] | None = None,
) -> dict[str, pl.DataFrame]:
    """Return marts.

    Args:
        plans: Where each plan differs from `PLAN`.
        statements: Where each differs from `STATEMENT`; measure keys are m0, m1 and so on.
        coverage: Status and count of commitments by theme and plan, each with two reports of the past more; not found
            in all other cells.
        awards: Where each differs from `AWARD`; measure keys are a0, a1 and so on.
        uses: Where each use of an instrument differs from `USE`.
        duties: Where each differs from `DUTY`; agencies are named after their keys.
        citations: Where each differs from `CITATION`.
        answers: Where each differs from `ANSWERS`.
        baselines: Where what a plan reports of the past beside a target differs from `PAST`.
        unseen: Where each score on unseen texts differs from `UNSEEN`.
        parents: Where what a plan above asks for differs from `ABOVE`.
    """
    plans = {"a-2020": {}, "b-2021": {}} if plans is None else plans
    known = {
        key: PLAN | {"name_zh": f"{key}市", "name_en": key.title()} | plan for key, plan in plans.items()
    }
    rows = [_stated({"measure_key": f"m{i}"} | STATEMENT | row) for i, row in enumerate(statements or [])]
    awarded = [{"measure_key": f"a{i}"} | AWARD | row for i, row in enumerate(awards or [])]
    names = ("name_zh", "name_en")
    indicators = {row["indicator_key"]: {name: row[name] for name in names} for row in awarded}
    all_duties = [DUTY | row for row in duties or []]
    agencies = dict.fromkeys(row["agency_key"] for row in all_duties)
    all_citations = [CITATION | row for row in citations or []]
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
            [{"indicator_key": key} | indicator for key, indicator in indicators.items()], dict.fromkeys(names, "")
        ),
        "dim_code": pl.read_csv(CODES, infer_schema=False).with_columns(pl.col("code_order").cast(pl.Int32)),
        "fct_measure": _frame(rows, _stated({"measure_key": "m0"} | STATEMENT)),
        "rpt_statement": _frame(rows, _stated({"measure_key": "m0"} | STATEMENT)),
        "rpt_theme_coverage": pl.DataFrame(
            [
                (theme, plan, 2, commitments + 2, commitments, 1, None, None, 4.25, status, commitments - 1, 0, 0, 1)
                for (theme, plan), (status, commitments) in cells.items()
            ],
            schema={
                "theme_key": pl.String, "plan_key": pl.String, "provisions": pl.Int32, "measures": pl.Int32,
                "commitments": pl.Int32, "targets": pl.Int32, "money": pl.Decimal(20, 4),
                "money_per_year": pl.Decimal(20, 4), "share_of_text": pl.Float64, "status": pl.String,
                **dict.fromkeys(("incentives", "sums_of_money", "sanctions", "thresholds"), pl.Int32),
            },
            orient="row",
        ),
        "rpt_theme_matrix": _matrix(rows, cells),
        "rpt_indicator_comparison": pl.DataFrame([PAST | row for row in baselines or []], schema=_PAST_TYPES),
        "rpt_cascade": pl.DataFrame([ABOVE | row for row in parents or []], schema=_ABOVE_TYPES),
        "rpt_incentive": _frame(
            [{name: value for name, value in row.items() if name not in names} for row in awarded], AWARD
        ),
        "rpt_instrument_mix": _frame([USE | row for row in uses or []], USE),
        "dim_instrument": pl.DataFrame(
            [(key, *instrument) for key, instrument in INSTRUMENTS.items()],
            schema=["instrument_key", "instrument_order", "side", "side_zh", "side_en", "name_zh", "name_en"],
            orient="row",
        ),
        "bridge_provision_x_instrument": pl.DataFrame({"provision_key": ["p1"], "instrument_key": ["regulation"]}),
        "rpt_agency_responsibility": _frame(all_duties, DUTY),
        "dim_agency": pl.DataFrame(
            [(key, f"{key}局", f"{key.title()} Bureau") for key in agencies],
            schema=dict.fromkeys(("agency_key", "name_zh", "name_en"), pl.String),
            orient="row",
        ),
        "bridge_provision_x_agency": pl.DataFrame(
            {"provision_key": ["p1"], "agency_key": ["finance"], "role": ["lead"]}
        ),
        "fct_provision": pl.DataFrame({"provision_key": ["p1"], "theme_key": ["talent"]}),
        "rpt_citation": _frame(all_citations, CITATION),
        "fct_citation": _frame(
            [
                {"plan_key": row["plan_key"], "title_zh": row["title_zh"], "document_number": row["document_number"],
                 "title_folded_zh": row["title_zh"],
                 "quote_zh": f"根据《{row['title_zh']}》", "char_start": 5}
                for row in all_citations
            ],
            {"title_zh": "", "title_folded_zh": "", "document_number": "", "quote_zh": "", "char_start": 0},
        ),
        "audit_unseen": pl.DataFrame([UNSEEN | row for row in unseen or []], schema=_UNSEEN_TYPES),
        "audit_accuracy": _frame([ANSWERS | row for row in answers or []], ANSWERS),
    }  # fmt: skip


def _matrix(rows: list[dict[str, Any]], cells: dict[tuple[str, str], tuple[str, int]]) -> pl.DataFrame:
    """Return the lines of each theme and plan: its commitments as they come, or its status."""
    lines = []
    for (theme, plan), (status, _) in cells.items():
        of_cell = [r for r in rows if (r["theme_key"], r["plan_key"]) == (theme, plan) and r["is_commitment"]]
        where = {"theme_key": theme, "plan_key": plan}
        for index, row in enumerate(of_cell):
            own = {"status": "quantified", "line": index + 1, "line_count": len(of_cell), "plans_on_axis": 1}
            own |= {"measure_keys": row["measure_key"], "words_zh": row["quote_zh"], "strength": 2}
            own |= {"sentence_en": "Have 30 agents", "is_growth": False, "due_year": row["period_end_year"]}
            lines.append(where | LINE | {key: row[key] for key in LINE if key in row} | own)
        if not of_cell:
            said = (
                {} if status == "searched_not_found" else {"words_zh": "做好工作", "sentence_en": "No number"}
            )
            lines.append(where | LINE | {"status": status} | said)
    return pl.DataFrame(lines, schema={"theme_key": pl.String, "plan_key": pl.String} | _LINE_TYPES)


def _stated(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of ``rpt_statement``, with its names, and what follows from its verdict."""
    if row["restates_measure_key"] is not None:
        row["comparability"] = "restatement"
    if row["comparability"] in {"restatement", "not_comparable"}:
        row |= dict.fromkeys(_ON_AXIS)
    symbols = dict(zip(("unit_symbol_zh", "unit_symbol_en"), UNITS[row["unit_key"]], strict=True))
    is_commitment = row["kind"] not in {"baseline", "condition"} and row["restates_measure_key"] is None
    begins = {"quote_char_start": row["char_start"] - max(0, row["quote_zh"].find(row["value_text"]))}
    return begins | row | symbols | {"is_commitment": is_commitment}


def _frame(rows: list[dict[str, Any]], like: dict[str, Any]) -> pl.DataFrame:
    """Return rows as a frame whose columns have the types of `like`, even if there are no rows."""
    keys = ("measure_key", "plan_key", "jurisdiction_key", "indicator_key", "theme_key")
    types = dict.fromkeys(keys, pl.String)
    types |= {
        name: pl.Boolean if isinstance(value, bool) else pl.Int32 if isinstance(value, int) else
        pl.Float64 if isinstance(value, float) else pl.String
        for name, value in like.items()
    }  # fmt: skip
    types |= _TYPES
    names = list(rows[0]) if rows else list(types)
    return pl.DataFrame(rows, schema={name: types[name] for name in names})
