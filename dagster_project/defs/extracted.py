"""Assets of reading and extraction: one pass over the plans gives all tables that dbt starts from."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal

import dagster as dg
import polars as pl

from dagster_project.corpus import quarantine
from dagster_project.corpus.build import write_corpus
from dagster_project.corpus.files import read_previous, read_table, scan_table, table_files
from dagster_project.corpus.places import known_places
from dagster_project.corpus.workers import read_all
from dagster_project.defs.common import OWNERS, DataFolderResource, markdown, retrying, table_metadata
from dagster_project.defs.spark import OnSpark
from dagster_project.extraction import EXTRACTOR_VERSION
from dagster_project.folder import JURISDICTIONS
from dagster_project.release.inputs import Inputs

raw_plans = dg.AssetSpec(
    ["raw", "plans"],
    description="Plans as published: data/raw/<plan_id>/plan.txt with origin.yml, and reference readings.",
    group_name="reading",
    owners=OWNERS,
    kinds={"file"},
)

_LISTED = 1000  # plans that are shown by name
_WORST = 2  # plans named for each kind of note; all of them are in audit_plan_status
#: table: (group, the tables it is derived from, description)
_TABLES = {
    "documents": ("reading", (), "One row per plan in use: what it states about itself, and its text."),
    "plan_status": ("reading", ("documents",), "One row per plan folder: read, stale or refused, and why."),
    "provisions": ("reading", ("documents",), "The smallest numbered or bulleted units of the plans."),
    "provision_agencies": (
        "reading",
        ("provisions",),
        "Offices named as in charge of a provision, as printed.",
    ),
    "citations": ("reading", ("documents",), "Superior documents that the plans name."),
    "repairs": ("reading", ("documents",), "Corrections of damage in the texts."),
    "measures": (
        "extraction",
        ("provisions", "repairs"),
        "Quantified commitments, with the rules that found them.",
    ),
    "numerals": (
        "extraction",
        ("measures",),
        "The ledger: every number of the texts, and what it was found to be.",
    ),
    "reference_measures": ("reading", ("documents",), "Measures coded by hand, to assess accuracy."),
    "reference_provisions": ("reading", ("documents",), "Provisions coded by hand, to assess accuracy."),
}


def noted(reasons: Mapping[str, str]) -> Iterator[str]:
    """Yield what should be known of the plans in use: a line for each kind of note, how often, and the worst two plans.

    Args:
        reasons: plan -> its notes, joined by semicolons; what stands after the last colon of a note is its kind.
    """
    kinds: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for plan, reason in reasons.items():
        for note in reason.split("; "):
            kinds[note.rpartition(": ")[2]][plan].append(note.rpartition(": ")[0])
    for kind, plans in sorted(kinds.items(), key=lambda item: -sum(map(len, item[1].values()))):
        worst = sorted(plans, key=lambda plan: -len(plans[plan]))[:_WORST]
        examples = "; ".join(f"{plan} {len(plans[plan])}× ({plans[plan][0]})" for plan in worst)
        total = sum(map(len, plans.values()))
        yield f"{kind}: {total}× in {len(plans)} plan{'s' if len(plans) > 1 else ''}, most in {examples}"


class Engine(dg.Config):
    """What reads the plans that have changed.

    Attributes:
        engine: ``local``, the processors of this machine, or ``spark``.
        master: Address of the cluster, as ``spark://host:7077``.
        exchange: A folder that this machine and the cluster reach, or the address of an object store; empty: in the
            data folder, which the workers then must reach.
    """

    engine: Literal["local", "spark"] = "local"
    master: str = "local[*]"
    exchange: str = ""


@dg.multi_asset(
    name="plans",
    specs=[
        dg.AssetSpec(
            ["extracted", table],
            deps=[dg.AssetKey(["extracted", source]) for source in sources] or [raw_plans],
            description=description,
            group_name=group,
            owners=OWNERS,
            kinds={"python", "polars", "parquet"},
            code_version=EXTRACTOR_VERSION,
        )
        for table, (group, sources, description) in _TABLES.items()
    ],
)
def plans(
    context: dg.AssetExecutionContext, config: Engine, data: DataFolderResource
) -> Iterator[dg.MaterializeResult[None]]:
    """Read and extract all plans; a plan that cannot be used is named in `plan_status` and stops no other."""
    folder = data.folder
    # Before anything is read: what changes while it is being read is then a change for the next build.
    inputs = replace(Inputs.now(folder), run_id=context.run.run_id)
    now = datetime.now(UTC)
    places, previous = known_places(JURISDICTIONS), read_previous(folder.accepted)
    spark = OnSpark(context, folder, config.master, config.exchange) if config.engine == "spark" else None
    with retrying():
        kept_out = quarantine.load(folder.quarantine, folder.raw)
        write_corpus(
            *(folder.extracted, folder.raw, places, previous, now, folder.readings, kept_out),
            engine=spark or read_all,
        )
        inputs.save(folder.extracted / folder.inputs.name)
    status = read_table(folder.extracted, "plan_status")
    accepted = status.filter(status="ok")
    is_read = accepted["last_read_at"] == now
    read, kept = (_names(accepted.filter(which)["plan_key"]) for which in (is_read, ~is_read))
    context.log.info("read: %s; unchanged, and not read again: %s", read, kept)
    for row in status.filter(pl.col("status") != "ok").iter_rows(named=True):
        context.log.warning("%s (%s): %s", row["plan_key"], row["status"], row["reason"])
    for line in noted(dict(accepted.select("plan_key", "reason").drop_nulls().iter_rows())):
        context.log.warning(line)
    # Whole where it can be read: somebody looks for the one plan that is missing, and those come first.
    shown = status.sort(pl.col("status") == "ok", maintain_order=True) if status.height > _LISTED else status
    plans_shown = dg.MetadataValue.md(markdown(shown.head(_LISTED), width=400))
    about: dict[str, dict[str, Any]] = {
        "plan_status": {"read": read, "not_read_again": kept, "preview": plans_shown}
    }
    if spark and spark.rows:
        about["plan_status"]["rows_of_spark"] = dg.MetadataValue.json(spark.rows)
    for table in _TABLES:
        digest = hashlib.sha256()
        for file in table_files(folder.extracted, table):
            digest.update(file.read_bytes())
        rows = scan_table(folder.extracted, table)
        yield dg.MaterializeResult(
            asset_key=["extracted", table],
            metadata=table_metadata(rows.drop("text", strict=False)) | about.get(table, {}),
            data_version=dg.DataVersion(digest.hexdigest()[:16]),
        )


def _names(plans: pl.Series) -> str:
    """Return the names of some plans, or their number where nobody would read the names."""
    return f"{len(plans)} plans" if len(plans) > _LISTED else ", ".join(plans) or "none"
