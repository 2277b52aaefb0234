"""Marts with as many statements as a test asks for: composed by chance from a seed, the same each time."""

from __future__ import annotations

import random
import runpy
from pathlib import Path

import polars as pl

# Test modules cannot import each other: pytest imports each by its path.
_marts = runpy.run_path(str(Path(__file__).with_name("briefing_tables.py")))["marts"]
_THEMES = ("patent_navigation", "talent", "copyright")
_PAYERS = {"city": ("市级", "city"), "bank": ("银行", "bank"), "central": ("中央", "central government")}
_OFFICES = {
    "finance": ("财政局", "Finance Bureau"),
    "market": ("市场监管局", "Administration for Market Regulation"),
}


def many(statements: int, plans: int = 1500, seed: int = 15) -> dict[str, pl.DataFrame]:
    """Return marts of `plans` plans with `statements` statements on 800 indicators.

    Args:
        statements: How many; each plan has about as many as another.
        plans: How many.
        seed: Of what is drawn: theme, indicator, value, deadline, payer, office, verdict, kind.
    """
    draw = random.Random(seed)
    keys = [f"city{number:04}-2024" for number in range(plans)]
    made = _marts(plans={key: {} for key in keys}, statements=[{"provision_key": "p"}], provisions={"p": {}})
    themes = [draw.choice(_THEMES) for _ in range(statements)]
    numbers = [draw.randrange(800) for _ in range(statements)]
    values = [float(draw.randrange(1, 5000)) for _ in range(statements)]
    verdicts = [draw.choice(("exact", "exact", "rescaled", "not_comparable")) for _ in range(statements)]
    kinds = [
        draw.choice(("target", "target", "incentive", "baseline", "condition")) for _ in range(statements)
    ]
    payers = [draw.choice((None, None, None, *_PAYERS)) for _ in range(statements)]
    offices = [draw.choice((None, *_OFFICES)) for _ in range(statements)]
    plan = [keys[number * plans // statements] for number in range(statements)]
    quotes = [
        f"到2027年，全市完成第{number}项指标{value:.0f}名，由主管部门会同有关单位组织实施"
        for number, value in zip(numbers, values, strict=True)
    ]
    on_axis = [
        None if verdict == "not_comparable" else value
        for verdict, value in zip(verdicts, values, strict=True)
    ]
    columns = {
        "measure_key": [f"{key}@{100 + number}.1" for number, key in enumerate(plan)],
        "plan_key": plan,
        "theme_key": themes,
        "indicator_theme_key": themes,
        "indicator_key": [f"talent.number_{number}" for number in numbers],
        "indicator_name_zh": [f"第{number}项指标" for number in numbers],
        "indicator_name_en": [f"Indicator {number}" for number in numbers],
        "kind": kinds,
        "is_commitment": [kind in {"target", "incentive"} for kind in kinds],
        "value": values,
        "value_text": [f"{value:.0f}名" for value in values],
        "comparable_value": on_axis,
        "comparability": verdicts,
        "period_end_year": [draw.choice((None, 2025, 2026, 2027, 2030)) for _ in range(statements)],
        "indicator_text_zh": [f"全市第{number}项指标的人数" for number in numbers],
        "quote_zh": quotes,
        "quote_char_start": [100 + number for number in range(statements)],
        "char_start": [100 + number + quote.index("指标") + 2 for number, quote in enumerate(quotes)],
        "payer": payers,
        "payer_zh": [_PAYERS[payer][0] if payer else None for payer in payers],
        "payer_en": [_PAYERS[payer][1] if payer else None for payer in payers],
        "office_keys": offices,
        "office_zh": [_OFFICES[office][0] if office else None for office in offices],
        "office_en": [_OFFICES[office][1] if office else None for office in offices],
        "office_from": [draw.choice(("own", "theme")) if office else None for office in offices],
        "strength": [draw.randrange(5) if kind in {"target", "incentive"} else None for kind in kinds],
    }
    one = made["rpt_statement"]
    rows = one.select(pl.all().repeat_by(statements).explode())
    rows = rows.with_columns(
        pl.Series(name, column, one.schema[name], strict=False) for name, column in columns.items()
    ).with_columns(char_end=pl.col("char_start") + pl.col("value_text").str.len_chars())
    made["rpt_statement"] = rows.with_columns(pl.col("char_end").cast(one.schema["char_end"]))
    made["dim_agency"] = pl.DataFrame(
        [(key, *names) for key, names in _OFFICES.items()],
        schema=["agency_key", "name_zh", "name_en"],
        orient="row",
    )
    return made
