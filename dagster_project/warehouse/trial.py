"""One text taken apart without becoming a plan: read, extracted and run through the models in a warehouse of its own.

The warehouse is thrown away; nothing is written into the data folder.
"""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from dagster_project.corpus.build import build_corpus
from dagster_project.corpus.files import write_tables
from dagster_project.corpus.origin import PlanRefusedError
from dagster_project.corpus.registry import text_of
from dagster_project.folder import DBT_PROJECT, DataFolder
from dagster_project.warehouse.dbt_project import DBT_EXECUTABLE, run_dbt

FACETS = ("object", "event", "quantity", "grade", "locus", "party")
# Neither the place nor the name of a text tells a facet.
_PLAN = "text"
_ORIGIN = {"plan_id": _PLAN, "jurisdiction": {"name_zh": "某地", "level": "prefecture"}}
_MODELS = ("+fct_measure", "+bridge_measure_x_facet", "+int_measure_unmapped", "+dim_indicator", "+dim_facet")
_MEASURES = """
    select
        measures.measure_key,
        measures.char_start,
        measures.value_text,
        measures.indicator_text_zh,
        measures.kind,
        measures.theme_key,
        measures.indicator_key,
        indicators.name_zh as indicator_zh,
        indicators.name_en as indicator_en,
        lacking.reason_zh as missing_zh,
        lacking.reason_en as missing_en,
        measures.quote_zh
    from fct_measure as measures
    left join int_measure_unmapped as lacking on measures.measure_key = lacking.measure_key
    left join dim_indicator as indicators
        on measures.indicator_key = indicators.indicator_key and lacking.measure_key is null
"""
_FACETS = """
    select told.measure_key, told.facet, told.facet_key as key, codes.name_zh as zh, codes.name_en as en,
        told.words_zh
    from bridge_measure_x_facet as told
    inner join dim_facet as codes on told.facet = codes.facet and told.facet_key = codes.facet_key
"""


def facets_of_text(file: Path) -> pl.DataFrame:
    """Take the measures of a text apart.

    Args:
        file: A text in any Chinese encoding, or a file that a text is made of (.docx, .html, .pdf, .xlsx, .csv).

    Returns:
        A row for each measure in the order of the text: where it stands, its value and name; of each facet the code,
        its names and the words that told it (null where kind, unit or form did, or nothing); the indicator that
        follows, or what is missing to have one; the quote.

    Raises:
        PlanRefusedError: If the file cannot be used as a plan.
        DbtProjectError: If dbt fails; carries what dbt said.
        OSError: If the system does, as where the disk is full.
    """
    with tempfile.TemporaryDirectory(prefix="ip-plans-") as root:
        folder = DataFolder.of(root)
        plan = folder.raw / _PLAN
        plan.mkdir(parents=True)
        (plan / "plan.txt").write_bytes(text_of(file)[0])
        (plan / "origin.yml").write_text(json.dumps(_ORIGIN, ensure_ascii=False), encoding="utf-8")
        try:
            tables = build_corpus(folder.raw, {}, {}, datetime.now(UTC))
        except PlanRefusedError as refusal:
            reason = str(refusal).splitlines()[-1].removeprefix("- ")
            raise PlanRefusedError(reason.replace(f"{_PLAN}/plan.txt", str(file))) from refusal
        write_tables(tables, folder.extracted)
        _build(folder)
        with duckdb.connect(str(folder.warehouse), read_only=True) as connection:
            measures: pl.DataFrame = connection.sql(_MEASURES).pl()
            told: pl.DataFrame = connection.sql(_FACETS).pl()
    for facet in FACETS:
        columns = {name: f"{facet}_{name}" for name in ("key", "zh", "en", "words_zh")}
        words = told.filter(facet=facet).drop("facet").rename(columns)
        measures = measures.join(words, on="measure_key", how="left")
    return measures.sort("char_start", "measure_key").drop("measure_key")


def _build(folder: DataFolder) -> None:
    """Build the models that facets follow from, without their tests: these hold of the seeds, not of a text."""
    folder.dbt_target.mkdir(parents=True)
    command = [DBT_EXECUTABLE, "build", "--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    choice = ["--select", *_MODELS, "--exclude-resource-type", "test", "unit_test", "--quiet"]
    run_dbt([*command, *choice], folder, f"dbt cannot build {DBT_PROJECT}")
