"""Assets of what is published; each is held back until the blocking checks upstream have passed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from dagster_project.changes import Inputs
from dagster_project.corpus import remember
from dagster_project.defs.common import OWNERS, DataFolderResource, table_metadata
from dagster_project.manifest import Mart
from dagster_project.release import publish, read_marts, read_staged, release_id, seal, stage_tables


def published_assets(marts: dict[str, Mart]) -> list[dg.AssetsDefinition]:
    """Return the assets `staged_marts`, `figures`, `briefing` and `release` for the tables of dbt's manifest."""

    @dg.asset(deps=list(marts), group_name="release", owners=OWNERS, kinds={"parquet", "csv", "excel"})
    def staged_marts(data: DataFolderResource) -> dg.MaterializeResult[None]:
        """All published tables as Parquet, CSV and one workbook, in a staging folder."""
        folder = data.folder
        tables = read_marts(folder.warehouse, marts)
        stage_tables(tables, marts, folder.staging)
        rows = {f"rows/{name}": frame.height for name, frame in tables.items()}
        shown = table_metadata(tables["fct_measure"])
        total = {"dagster/row_count": sum(rows.values()), "preview": shown["preview"]}
        return dg.MaterializeResult(metadata=rows | total)

    @dg.asset(deps=[staged_marts], group_name="figures", owners=OWNERS, kinds={"python", "plotly"})
    def figures(context: dg.AssetExecutionContext, data: DataFolderResource) -> dg.MaterializeResult[None]:
        """All charts of the staged tables, in Chinese and in English."""
        from dagster_project.figures import LANGUAGES, SIZE_NAMES, build_figure, figure_names, write_figures

        staging = data.folder.staging
        tables, cited = read_staged(staging), release_id(staging)
        names = figure_names(tables)
        drawn: dict[tuple[str, Any, Any], Any] = {
            (name, lang, size): build_figure(name, tables, lang, size, cited)
            for name in names
            for lang in LANGUAGES
            for size in SIZE_NAMES
        }
        notes = write_figures(drawn, staging / "figures")
        for note in notes:
            context.log.warning(note)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": len(drawn),
                "preview": dg.MetadataValue.md(_bullets(names)),
                "notes": dg.MetadataValue.md(_bullets(notes)),
            }
        )

    @dg.asset(deps=[staged_marts, figures], group_name="briefing", owners=OWNERS, kinds={"python", "html"})
    def briefing(context: dg.AssetExecutionContext, data: DataFolderResource) -> dg.MaterializeResult[None]:
        """The briefing as a page, a PDF and a Word file, in Chinese and English; each number leads to its sentence."""
        from dagster_project.briefing import findings, read_corpus, write_briefing

        staging = data.folder.staging
        tables = read_staged(staging)
        notes = write_briefing(tables, staging / "briefing", release_id(staging))
        for note in notes:
            context.log.warning(note)
        said = [finding.text for finding in findings(read_corpus(tables), "en")]
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": len(said),
                "preview": dg.MetadataValue.md(_bullets(said)),
                "notes": dg.MetadataValue.md(_bullets(notes)),
            }
        )

    @dg.asset(deps=[staged_marts, figures, briefing], group_name="release", owners=OWNERS, kinds={"file"})
    def release(context: dg.AssetExecutionContext, data: DataFolderResource) -> dg.MaterializeResult[None]:
        """Tables, workbook, figures and briefing, switched to in one step; the last three releases are kept."""
        folder = data.folder
        sealed = seal(folder.staging, datetime.now(UTC))
        published = publish(folder.staging, folder.marts)
        remember(folder.extracted, folder.accepted)
        inputs = Inputs.load(folder.extracted / folder.inputs.name)
        if inputs and inputs.run_id in _runs(context) and _is_complete(context):
            replace(inputs, release_id=sealed).save(folder.inputs)
        else:
            # Parts of it are of other runs: nobody knows what it was made from, so the next build makes all anew.
            folder.inputs.unlink(missing_ok=True)
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

    def _is_complete(context: dg.AssetExecutionContext) -> bool:
        selected = context.run.asset_selection  # none where the whole job runs
        return not selected or {dg.AssetKey([name]) for name in marts} <= selected

    return [staged_marts, figures, briefing, release]


def _runs(context: dg.AssetExecutionContext) -> set[str | None]:
    """Return this run, and the one that it repeats from a failure on."""
    return {context.run.run_id, context.run.root_run_id}


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
