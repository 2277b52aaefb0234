"""Marts of as many plans as a test needs: those of a few plans again under other keys, in other places."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import polars as pl

PLACES = Path(__file__).parents[1] / "dbt" / "seeds" / "jurisdictions.csv"
# Values that differ from plan to plan, as those of real plans do.
_SCALED = ("value", "comparable_value", "per_million_value", "stated_value", "amount", "cap_amount")


def multiplied(tables: dict[str, pl.DataFrame], plans: int, seed: int = 0) -> dict[str, pl.DataFrame]:
    """Return marts with so many plans: the given ones, and copies of them in prefectures and counties of the seed.

    Each copy keeps the rows of the plan that it is made of, with its values scaled by one factor from 1/8 to 8; keys
    are written anew, so that relations hold.

    Args:
        tables: Marts by name, with ``dim_plan`` and ``dim_jurisdiction``.
        plans: How many plans, not fewer than there are.
        seed: Of the choice of plans, places and factors.
    """
    chance = random.Random(seed)
    own = tables["dim_plan"]["plan_key"].sort().to_list()
    taken = set(tables["dim_jurisdiction"]["jurisdiction_key"])
    with PLACES.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            row for row in csv.DictReader(file) if row["level"] != "province" and row["adcode"] not in taken
        ]
    places = chance.sample(rows, plans - len(own))
    made = {name: [table] for name, table in tables.items()}
    for place in places:
        source, factor = chance.choice(own), 8 ** chance.uniform(-1, 1)
        key = f"{place['adcode']}-{source.rsplit('-', 1)[-1]}"
        for name, table in tables.items():
            if "plan_key" in table.columns or "provision_key" in table.columns:
                made[name].append(_copied(table, source, key, place["adcode"], factor))
        made["dim_jurisdiction"].append(_place(tables["dim_jurisdiction"], place))
    return {name: pl.concat(parts) if len(parts) > 1 else parts[0] for name, parts in made.items()}


def _copied(table: pl.DataFrame, source: str, key: str, adcode: str, factor: float) -> pl.DataFrame:
    """Return the rows of a plan as those of another one."""
    if "plan_key" in table.columns:
        rows = table.filter(pl.col("plan_key") == source)
    else:
        rows = table.filter(pl.col("provision_key").str.starts_with(f"{source}/"))
    renamed = [
        pl.when(pl.col(name) == source)
        .then(pl.lit(key))
        .when(pl.lit("measure_key" in name) & ~pl.col(name).str.contains("@"))
        .then(pl.concat_str(pl.lit(f"{key}@"), pl.col(name)))
        .otherwise(pl.col(name).str.replace_all(f"{source}@", f"{key}@", literal=True)
                   .str.replace_all(f"{source}/", f"{key}/", literal=True))
        .alias(name)
        for name, kind in table.schema.items()
        if kind == pl.String and name.endswith(("_key", "_keys"))
    ]  # fmt: skip
    rows = rows.with_columns(renamed)
    unit = next((name for name in ("unit_key", "comparable_unit") if name in rows.columns), None)
    # A share stays one.
    by = (
        pl.when(pl.col(unit).str.contains("percent")).then(factor**0.2).otherwise(factor)
        if unit
        else pl.lit(factor)
    )
    # No share comes to more than the whole.
    most = pl.when(pl.col(unit) == "percent").then(100.0) if unit else pl.lit(None, pl.Float64)
    rows = rows.with_columns(
        pl.when(pl.col(name).is_not_null())
        .then(pl.min_horizontal((pl.col(name) * by).round_sig_figs(3), most))
        .cast(rows.schema[name])
        .alias(name)
        for name in _SCALED
        if name in rows.columns
    )
    changed = {"jurisdiction_key": adcode, "plan_order": None, "is_province": False}
    changed = {name: value for name, value in changed.items() if name in rows.columns}
    return rows.with_columns(
        pl.lit(value, dtype=rows.schema[name]).alias(name) for name, value in changed.items()
    )


def _place(table: pl.DataFrame, place: dict[str, str]) -> pl.DataFrame:
    row = {
        "jurisdiction_key": place["adcode"],
        "is_province": False,
        "population": int(place["population_2020"] or 1_000_000),
    }
    row |= {name: place.get(name) for name in ("name_zh", "name_en", "level", "province_zh", "province_en")}
    return pl.DataFrame([{name: row.get(name) for name in table.columns}], schema=table.schema)
