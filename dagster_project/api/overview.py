"""Statements in words: what a reader wants of ``rpt_statement``, in one language. Pure."""

from __future__ import annotations

from typing import Literal

import polars as pl

Lang = Literal["zh", "en"]
#: What stands before a value, by comparator.
SIGNS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ ", "eq": ""}
_ASPIRATION = {"zh": "(力争)", "en": " (aspiration)"}
# Behind an office that the provision of the number does not name.
_OF_THEME = {"zh": "(牵头同主题任务)", "en": " (leads the theme's tasks)"}


def overview_of(statements: pl.DataFrame, verdicts: pl.DataFrame, lang: Lang) -> pl.DataFrame:
    """Return statements in words.

    Args:
        statements: Rows of ``rpt_statement``.
        verdicts: Of ``dim_code``, the vocabulary ``comparability``.
        lang: Of names and reasons; sentences of plans stay Chinese.

    Returns:
        In the order of `statements`: theme, indicator_key, indicator (its name; where there is none, what the plan says
        of the number), plan_key, place, stated (the value as the plan has it, with its bound), value and unit (on the
        axis of the indicator; null where it may not stand there), per_million (residents), due (year; null where the
        plan names none), office (those in charge; it is said where they lead the tasks of the theme, and the provision
        itself names none), payer (whose money it is; null where the plan does not say), verdict, reason, formula,
        sentence, measure_key.
    """
    names = dict(verdicts.select("code", f"name_{lang}").iter_rows())
    on_axis = pl.col("comparable_value").is_not_null()
    return statements.select(
        theme=f"theme_name_{lang}",
        indicator_key="indicator_key",
        indicator=pl.when(pl.col("indicator_key") == "unmapped")
        .then("indicator_text_zh")
        .otherwise(f"indicator_name_{lang}"),
        plan_key="plan_key",
        place=f"jurisdiction_name_{lang}",
        stated=pl.concat_str(
            pl.col("comparator").replace_strict(SIGNS),
            "value_text",
            pl.when("is_aspirational").then(pl.lit(_ASPIRATION[lang])).otherwise(pl.lit("")),
        ),
        value="comparable_value",
        unit=pl.when(on_axis).then(f"axis_unit_{lang}"),
        per_million="per_million_value",
        due="period_end_year",
        office=pl.when(pl.col("office_from") == "theme")
        .then(pl.concat_str(f"office_{lang}", pl.lit(_OF_THEME[lang])))
        .otherwise(f"office_{lang}"),
        payer=f"payer_{lang}",
        verdict=pl.col("comparability").replace(names),
        reason=f"reason_{lang}",
        formula="formula",
        sentence="quote_zh",
        measure_key="measure_key",
    )
