"""Each measure as an English sentence composed of its facets (see dagster_project.warehouse.sentences)."""
# ruff: noqa: INP001  # dbt finds models by their path.

import polars as pl

from dagster_project.warehouse.sentences import english_sentence


def model(dbt, session):  # noqa: ANN001, ANN201, ARG001  # dbt calls it with these two
    """Return measure_key, sentence_en."""
    dbt.config(materialized="table")
    facets = dbt.ref("dim_facet").pl()
    rows = dbt.ref("fct_measure").pl()
    rows = rows.join(
        dbt.ref("dim_theme").pl().select("theme_key", theme_en="name_en"), on="theme_key", how="left"
    ).join(dbt.ref("dim_unit").pl().select("unit_key", unit_en="symbol_en"), on="unit_key", how="left")
    for facet in ("object", "event", "grade", "locus", "party"):
        names = {f"{facet}_key": "facet_key", f"{facet}_en": "name_en"}
        names |= {"only_event_key": "only_event_key"} if facet == "object" else {}
        rows = rows.join(facets.filter(facet=facet).select(**names), on=f"{facet}_key", how="left")
    return pl.DataFrame(
        [(row["measure_key"], english_sentence(row)) for row in rows.iter_rows(named=True)],
        schema={"measure_key": pl.String, "sentence_en": pl.String},
        orient="row",
    ).to_arrow()
