"""Assets of what is published; each is held back until the blocking checks upstream have passed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from dagster_project.api import Release
from dagster_project.corpus.files import remember
from dagster_project.defs.automation import FRESHNESS
from dagster_project.defs.common import OWNERS, DataFolderResource, retrying, table_metadata
from dagster_project.quality.published import suites
from dagster_project.release.inputs import Inputs
from dagster_project.release.stage import read_marts, seal, stage_tables
from dagster_project.release.store import publish
from dagster_project.warehouse.dbt_project import Mart
from dagster_project.warehouse.docs_page import write_dbt_docs


def published_assets(marts: Mapping[str, Mart]) -> list[dg.AssetsDefinition]:
    """Return the assets of a release, from `staged_marts` to `release`, for the tables of dbt's manifest."""
    return [_staged_marts(marts), figures, briefing, dbt_docs, _quality_docs(marts), _release(marts)]


def _staged_marts(marts: Mapping[str, Mart]) -> dg.AssetsDefinition:
    @dg.asset(deps=list(marts), group_name="release", owners=OWNERS, kinds={"parquet", "csv", "excel"})
    @retrying()
    def staged_marts(data: DataFolderResource) -> dg.MaterializeResult[None]:
        """All published tables as Parquet, CSV and one workbook, in a staging folder."""
        folder = data.folder
        tables = read_marts(folder.warehouse, marts)
        stage_tables(tables, marts, folder.staging)
        rows = {f"rows/{name}": frame.height for name, frame in tables.items()}
        shown = table_metadata(tables["fct_measure"])
        total = {"dagster/row_count": sum(rows.values()), "preview": shown["preview"]}
        return dg.MaterializeResult(metadata=rows | total | {"release_id": Release(folder.staging).id})

    return staged_marts


@dg.asset(deps=["staged_marts"], group_name="figures", owners=OWNERS, kinds={"python", "plotly"})
def figures(context: dg.AssetExecutionContext, data: DataFolderResource) -> dg.MaterializeResult[None]:
    """All charts of the staged tables, in Chinese and in English."""
    from dagster_project.figures import LANGUAGES, SIZE_NAMES, draw_release, figure_names, write_figures

    staged = Release(data.folder.staging)
    tables = staged.tables()
    notes = write_figures(draw_release(tables, staged.id), staged.folder / "figures", data.folder.drawn)
    _warn(context, notes)
    names = figure_names(tables)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(names) * len(LANGUAGES) * len(SIZE_NAMES),
            "preview": dg.MetadataValue.md(_bullets(names)),
            "notes": dg.MetadataValue.md(_bullets(notes)),
        }
    )


@dg.asset(deps=["staged_marts", figures], group_name="briefing", owners=OWNERS, kinds={"python", "html"})
def briefing(context: dg.AssetExecutionContext, data: DataFolderResource) -> dg.MaterializeResult[None]:
    """The briefing as a page, a PDF and a Word file, in Chinese and English; each number leads to its sentence."""
    from dagster_project.briefing import findings, read_corpus, write_briefing

    staged = Release(data.folder.staging)
    tables = staged.tables()
    notes = write_briefing(tables, staged.folder / "briefing", staged.id)
    said = [finding.text for finding in findings(read_corpus(tables), "en")]
    _warn(context, notes)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(said),
            "preview": dg.MetadataValue.md(_bullets(said)),
            "notes": dg.MetadataValue.md(_bullets(notes)),
        }
    )


@dg.asset(deps=["staged_marts"], group_name="release", owners=OWNERS, kinds={"dbt", "html"})
def dbt_docs(data: DataFolderResource) -> dg.MaterializeResult[None]:
    """Dbt's documentation of every table and column, with its lineage, as one page that needs no server."""
    page = data.folder.staging / "docs" / "index.html"
    write_dbt_docs(data.folder, page)
    return dg.MaterializeResult(metadata={"dagster/row_count": 1, "page": dg.MetadataValue.path(str(page))})


def _quality_docs(marts: Mapping[str, Mart]) -> dg.AssetsDefinition:
    @dg.asset(deps=["staged_marts", figures], group_name="release", owners=OWNERS, kinds={"html"})
    def quality_docs(data: DataFolderResource) -> dg.MaterializeResult[None]:
        """What was checked in this release and what is unusual in it, as pages: Data Docs."""
        import polars as pl

        from dagster_project.quality.docs import write_docs

        folder = data.folder
        names = [suite.name for suite in suites(marts)]
        status = pl.read_parquet(folder.staging / "audit_plan_status.parquet").drop_nulls("reason")
        notes = {key: reason.split("; ") for key, reason in status.select("plan_key", "reason").iter_rows()}
        release_id = Release(folder.staging).id
        pages = write_docs(names, folder.quality, folder.staging / "quality", release_id, notes)
        preview = dg.MetadataValue.md(_bullets(page.name for page in pages))
        return dg.MaterializeResult(metadata={"dagster/row_count": len(pages), "preview": preview})

    return quality_docs


def _release(marts: Mapping[str, Mart]) -> dg.AssetsDefinition:
    @dg.asset(
        deps=["staged_marts", figures, briefing, "quality_docs", dbt_docs],
        group_name="release",
        owners=OWNERS,
        kinds={"file"},
        freshness_policy=FRESHNESS,
    )
    @retrying()
    def release(context: dg.AssetExecutionContext, data: DataFolderResource) -> dg.MaterializeResult[None]:
        """Tables, workbook, figures and briefing, switched to in one step; the last three releases are kept."""
        folder = data.folder
        sealed = seal(folder.staging, datetime.now(UTC))
        published = publish(folder.staging, folder.marts)
        remember(folder.extracted, folder.accepted)
        inputs = Inputs.load(folder.extracted / folder.inputs.name)
        # If parts of it are of other runs, nobody knows what it was made from: the next build makes all anew.
        if inputs and inputs.run_id in _runs(context) and _is_complete(context, marts):
            replace(inputs, release_id=sealed).save(folder.inputs)
        context.log.info("release %s is %s", sealed, "new" if published.is_new else "as before")
        files = sorted(path.name for path in published.folder.iterdir())
        metadata: dict[str, Any] = {
            "release_id": sealed,
            "is_new": published.is_new,
            "folder": dg.MetadataValue.path(str(published.folder)),
            "dagster/row_count": len(files),
            "preview": dg.MetadataValue.md(_bullets(files)),
        }
        return dg.MaterializeResult(metadata=metadata, data_version=dg.DataVersion(sealed))

    return release


def _is_complete(context: dg.AssetExecutionContext, marts: Iterable[str]) -> bool:
    selected = context.run.asset_selection  # none where the whole job runs
    return not selected or {dg.AssetKey([name]) for name in marts} <= selected


def _runs(context: dg.AssetExecutionContext) -> set[str | None]:
    """Return this run, and the one that it repeats from a failure on."""
    return {context.run.run_id, context.run.root_run_id}


def _warn(context: dg.AssetExecutionContext, notes: Iterable[str]) -> None:
    for note in notes:
        context.log.warning(note)


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
