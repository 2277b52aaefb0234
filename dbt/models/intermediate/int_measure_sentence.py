"""Each measure as an English sentence composed of its facets (see dagster_project.warehouse.sentences)."""
# ruff: noqa: INP001  # dbt finds models by their path.

import polars as pl
import pyarrow as pa

from dagster_project.warehouse.sentences import english_sentence

# Measures in the memory at a time, with all their columns; of the others only the sentences are.
_AT_ONCE = 20_000


def model(dbt, session):  # noqa: ANN001, ANN201, ARG001  # dbt calls it with these two
    """Return measure_key, sentence_en."""
    dbt.config(materialized="table")
    facets = dbt.ref("dim_facet").pl()
    themes = dbt.ref("dim_theme").pl().select("theme_key", theme_en="name_en")
    units = dbt.ref("dim_unit").pl().select("unit_key", unit_en="symbol_en")
    schema = pa.schema([("measure_key", pa.string()), ("sentence_en", pa.string())])
    every = dbt.ref("fct_measure")
    batches = []
    for measures in _batches(every):
        rows = measures.join(themes, on="theme_key", how="left").join(units, on="unit_key", how="left")
        for facet in ("object", "event", "grade", "locus", "party"):
            names = {f"{facet}_key": "facet_key", f"{facet}_en": "name_en"}
            names |= {"only_event_key": "only_event_key"} if facet == "object" else {}
            rows = rows.join(facets.filter(facet=facet).select(**names), on=f"{facet}_key", how="left")
        sentences = [english_sentence(row) for row in rows.iter_rows(named=True)]
        batches.append(pa.record_batch([rows["measure_key"].to_list(), sentences], schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def _batches(measures):  # noqa: ANN001, ANN202  # a relation of DuckDB
    """Yield the measures, some at a time, without their long texts."""
    keys = [name for name in measures.columns if name.endswith("_key")]
    numbers = ["value", "horizon_years", "period_end_year", "is_aspirational"]
    told = measures.select(*keys, *numbers, "kind", "form", "comparator", "per", "value_text")
    for batch in told.fetch_record_batch(_AT_ONCE):
        yield pl.DataFrame(pa.Table.from_batches([batch]))
