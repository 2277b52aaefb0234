"""A release as a reader has it: tables as polars frames, the sentence behind a number, figures.

Values are in base units: money in yuan, shares and growth in percent, counts in their unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from dagster_project.api.diff import Diff, diff_tables
from dagster_project.api.pairwise import compare_broader, compare_pairs, compare_related
from dagster_project.folder import DataFolder
from dagster_project.reading.sentences import sentence_span
from dagster_project.release.manifest import read_manifest

if TYPE_CHECKING:
    import plotly.graph_objects as go


class NotPublishedError(RuntimeError):
    """There is no release in the data folder, or no longer the one that was asked."""


class UnknownNameError(ValueError):
    """There is no theme, indicator, plan, measure, table or figure of that name; the message says which there are."""


class Release:
    """One release, which stays the same whatever is published while it is read.

    Attributes:
        folder: Where it is, links resolved.
    """

    def __init__(self, folder: str | Path) -> None:
        """Take the release in `folder`: in the making, kept, or behind the link ``current``."""
        self.folder = Path(folder).resolve()

    @classmethod
    def current(cls, data_dir: str | Path | None = None) -> Release:
        """Return the release that is current at this moment.

        Args:
            data_dir: The data folder; the one that ``IP_PLANS_DATA_DIR`` names, else ``data`` of the project.

        Raises:
            NotPublishedError: If nothing is published there yet.
        """
        folder = DataFolder.of(data_dir) if data_dir else DataFolder.from_environment()
        current = folder.marts / "current"
        if not current.exists():
            raise NotPublishedError(
                f"Nothing is published in {folder.marts} yet: run `ip-plans build` first."
            )
        return cls(current)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the release is made of, see :func:`dagster_project.release.stage.seal`."""
        return read_manifest(self.folder)

    @property
    def id(self) -> str:
        """The hash of its content, which all that is made of it cites."""
        return str(self.manifest["release_id"])

    def table(self, name: str) -> pl.DataFrame:
        """Return a table, with the columns that docs/data_dictionary.md describes.

        Raises:
            UnknownNameError: If the release has no such table.
        """
        paths = self._paths()
        if name not in paths:
            raise UnknownNameError(f"There is no table {name!r}: choose one of {', '.join(paths)}")
        return pl.read_parquet(paths[name])

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return all tables of the release by name."""
        return {name: pl.read_parquet(path) for name, path in self._paths().items()}

    def plans(self) -> pl.DataFrame:
        """Return one row per plan, oldest first.

        Returns:
            The columns of ``dim_plan`` (plan_key, title_zh, document_number, issuer_zh, issued_on, period_start_year,
            period_end_year …), with name_zh, name_en and population (persons) of the place, and the number of measures.
        """
        places = self.table("dim_jurisdiction").select("jurisdiction_key", "name_zh", "name_en", "population")
        counts = self.table("fct_measure").group_by("plan_key").len("measures")
        joined = self.table("dim_plan").join(places, on="jurisdiction_key", how="left")
        return joined.join(counts, on="plan_key", how="left").sort("issued_on", "plan_key")

    def measures(self, theme: str | None = None, plan: str | None = None) -> pl.DataFrame:
        """Return one row per measure, in the order of the texts, restatements included.

        Args:
            theme: Only those with this primary theme: a theme_key, or a name in either language.
            plan: Only those of this plan.

        Returns:
            The columns of ``fct_measure``: measure_key, value_text and value (CNY, percent, or the count in `unit`),
            comparator, kind, form, quote_zh, char_start, char_end …

        Raises:
            UnknownNameError: If there is no such theme or plan.
        """
        rows = self.table("fct_measure")
        if theme is not None:
            rows = rows.filter(theme_key=self._key("dim_theme", "theme_key", theme))
        if plan is not None:
            rows = rows.filter(plan_key=self._key("dim_plan", "plan_key", plan))
        return rows.sort("plan_key", "char_start", "measure_key")

    def compare(self, what: str) -> pl.DataFrame:
        """Return what the plans say on an indicator, or on all those of a theme or an object, with the verdict on each.

        Args:
            what: A theme, an indicator, or an object of ``dim_facet``, which stands for all kinds of it: by key or by
                name in either language.

        Returns:
            The rows of ``rpt_indicator_comparison`` that are their measure's own, by indicator, comparable values
            first, highest first, with its columns but ``is_own``:
            stated_value (base unit), comparable_value (in comparable_unit), per_million_value, comparability (exact,
            rescaled, narrower, broader, not_comparable), scope, reason_zh, reason_en, formula, quote_zh, and the change
            from the plan's own baseline: baseline_value, change_absolute, change_percent, change_formula …

        Raises:
            UnknownNameError: If there is no such indicator, object or theme.
        """
        changes = self.table("rpt_indicator_comparison").filter("is_own").select(
            "measure_key", "baseline_measure_key", "baseline_value", "baseline_year", "change_absolute",
            "change_percent", "change_per_year", "change_formula",
        )  # fmt: skip
        found = self._verdicts(what).join(changes, on="measure_key", how="left", maintain_order="left")
        return found.select(
            "indicator_key", "measure_key", "plan_key", "jurisdiction_key", "is_province", "theme_key", "kind", "form",
            "per", "value_text", pl.col("value").cast(pl.Decimal(20, 4)).alias("stated_value"),
            pl.col("unit_key").alias("stated_unit"), "comparator", "is_aspirational", "period_text", "period_end_year",
            "years", "is_rescaled", "comparable_value", "comparable_unit", "per_million_value", "comparability",
            "scope", "rights", "reason_zh", "reason_en", "formula", "indicator_text_zh", "heading_path_zh", "quote_zh",
            "char_start", "char_end", *changes.columns[1:], "origin", "novelty",
        )  # fmt: skip

    def pairs(self, what: str) -> pl.DataFrame:
        """Return every two measures of different plans that share an indicator, and whether they may be compared.

        Beside them those that differ in one facet in which one means more than the other, called narrower.

        Args:
            what: As in `compare`.

        Returns:
            The columns of :data:`dagster_project.api.pairwise.SCHEMA`.

        Raises:
            UnknownNameError: If there is no such indicator, object or theme.
        """
        statements = self._verdicts(what)
        return pl.concat([compare_pairs(statements), compare_broader(statements, self._broader())])

    def related(self, what: str) -> pl.DataFrame:
        """Return the commitments of every two plans that are of one family without a common axis; they are not ranked.

        Args:
            what: As in `compare`.

        Returns:
            The columns of :data:`dagster_project.api.pairwise.SCHEMA`; comparability is ``related``, and reason_zh and
            reason_en name the family.

        Raises:
            UnknownNameError: If there is no such indicator, object or theme.
        """
        return self._related(self._verdicts(what), self.pairs(what))

    def between(self, plan: str, other: str) -> pl.DataFrame:
        """Return what of two plans may be compared, and what is related.

        Args:
            plan: Key of the plan on the left.
            other: Key of the plan on the right.

        Returns:
            The columns of :data:`dagster_project.api.pairwise.SCHEMA`: what is exact, rescaled, narrower or broader,
            then what is related.

        Raises:
            UnknownNameError: If there is no such plan.
        """
        keys = [self._key("dim_plan", "plan_key", name) for name in (plan, other)]
        statements = self._statements(pl.col("plan_key").is_in(keys)).sort(
            pl.col("plan_key") != keys[0], maintain_order=True
        )
        found = pl.concat([compare_pairs(statements), compare_broader(statements, self._broader())])
        found = found.filter(pl.col("comparability") != "not_comparable")
        return pl.concat([found, self._related(statements, found)])

    def cascade(self, plan: str) -> pl.DataFrame:
        """Return what the plans that stand over a plan promise, and what it says of the same.

        Args:
            plan: Key of a plan.

        Returns:
            The columns of ``rpt_cascade``, by plan above and theme; no row where no plan of the release is above.

        Raises:
            UnknownNameError: If there is no such plan.
        """
        key = self._key("dim_plan", "plan_key", plan)
        rows = self.table("rpt_cascade").filter(plan_key=key)
        return rows.sort("parent_plan_key", "theme_key", "parent_measure_key")

    def facets(self, measure_key: str) -> pl.DataFrame:
        """Return what a measure is the number of.

        Args:
            measure_key: As in ``fct_measure``.

        Returns:
            A row for each facet that was found: facet, facet_key, name_zh, name_en, words_zh (that told it; null where
            kind, unit or form did), found_in (where object and event were found), definition_zh, definition_en, source.

        Raises:
            UnknownNameError: If there is no such measure.
        """
        if self.table("fct_measure").filter(measure_key=measure_key).is_empty():
            raise UnknownNameError(f"There is no measure {measure_key!r}: give a measure_key of fct_measure")
        found = self.table("bridge_measure_x_facet").filter(measure_key=measure_key)
        order = self.table("dim_code").filter(vocabulary="facet").select("code", "code_order")
        return (
            found.join(self.table("dim_facet"), on=["facet", "facet_key"])
            .join(order, left_on="facet", right_on="code")
            .sort("code_order")
            .select(
                "facet",
                "facet_key",
                "name_zh",
                "name_en",
                "words_zh",
                "found_in",
                "definition_zh",
                "definition_en",
                "source",
            )
        )

    def awards(self, what: str) -> pl.DataFrame:
        """Return who pays what for an object, or for what is a kind of it.

        Args:
            what: An object of ``dim_facet``, by key or by name in either language: 发明专利, demonstration_enterprise.

        Returns:
            The columns of ``rpt_incentive``, one row per award, with indicator_name_zh and indicator_name_en (null
            without indicator), by indicator, the highest first.

        Raises:
            UnknownNameError: If there is no such object.
        """
        objects = self._objects(what)
        if not objects:
            raise UnknownNameError(f"There is no object {what!r}: see dim_facet, or ask for 发明专利")
        names = self.table("dim_indicator").select(
            "indicator_key", indicator_name_zh="name_zh", indicator_name_en="name_en"
        )
        return (
            self.table("rpt_incentive")
            .filter(pl.col("object_key").is_in(objects))
            .join(names.filter(pl.col("indicator_key") != "unmapped"), on="indicator_key", how="left")
            .sort("indicator_key", "amount", "measure_key", descending=[False, True, False])
        )

    def silent(self, what: str) -> pl.DataFrame:
        """Return the plans that promise no number on a theme (that of an indicator): what they do instead.

        Args:
            what: As in `compare`.

        Returns:
            plan_key, theme_key, theme_zh, theme_en, status (stated_without_number, mentioned_only, searched_not_found,
            outside_remit), status_zh, status_en, matched_terms_zh.

        Raises:
            UnknownNameError: If there is no such indicator, object or theme.
        """
        column, key = self._compared(what)
        if column == "indicator_key":
            key = self.table("dim_indicator").filter(indicator_key=key)["theme_key"].item()
        if column == "object_key":
            key = self.table("dim_facet").filter(facet="object", facet_key=key)["theme_key"].item()
        coverage = self.table("rpt_theme_coverage").filter(pl.col("status") != "quantified", theme_key=key)
        names = self.table("dim_theme").select("theme_key", theme_zh="name_zh", theme_en="name_en")
        return coverage.join(names, on="theme_key").select(
            "plan_key",
            "theme_key",
            "theme_zh",
            "theme_en",
            "status",
            "status_zh",
            "status_en",
            "matched_terms_zh",
        )

    def evidence(self, measure_key: str) -> pl.DataFrame:
        """Return the place of a number in its plan.

        Args:
            measure_key: As in ``fct_measure``.

        Returns:
            One row: measure_key, plan_key, title_zh, citation_zh, heading_path_zh, sentence_zh with the value in
            【】, value_text, char_start and char_end (code points in the file as decoded), provision_key, provision_zh
            (its whole text; null where it stands in none), comparability, reason_zh and reason_en (of the verdict, or
            what the measure lacks to have one), formula (null without a verdict), decided_by (JSON: the rule and the
            words behind each field), payer, payer_words_zh, office_zh, office_en, office_from, binding,
            binding_words_zh, consequence, origin, novelty, strength (0 to 4; null for what is no commitment).

        Raises:
            UnknownNameError: If there is no such measure.
        """
        found = self.table("rpt_statement").filter(measure_key=measure_key)
        if found.is_empty():
            raise UnknownNameError(f"There is no measure {measure_key!r}: give a measure_key of fct_measure")
        return found.select(
            "measure_key", "plan_key", pl.col("plan_title_zh").alias("title_zh"), "citation_zh", "heading_path_zh",
            pl.Series("sentence_zh", [_marked_sentence(found.row(0, named=True))]),
            "value_text", "char_start", "char_end", "provision_key", pl.col("provision_text_zh").alias("provision_zh"),
            "comparability", "reason_zh", "reason_en", "formula", "decided_by", "payer", "payer_words_zh", "office_zh",
            "office_en", "office_from", "binding", "binding_words_zh", "consequence", "origin", "novelty", "strength",
        )  # fmt: skip

    def figure(
        self,
        name: str,
        lang: Literal["zh", "en"] = "zh",
        size: Literal["screen", "slide", "page"] = "screen",
    ) -> go.Figure:
        """Draw a figure of the release.

        Args:
            name: A figure of docs/figures.md, such as theme_coverage, or comparison_<theme_key> of any theme.
            lang: zh or en.
            size: screen (as high as all of it), slide (16:9) or page (half of A4).

        Raises:
            ValueError: If there is no such figure, language or size; the message says which there are.
        """
        from dagster_project.figures import build_figure

        return build_figure(name, self.tables(), lang, size, self.id)

    def sql(self, query: str) -> pl.DataFrame:
        """Return the answer to a query in DuckDB's SQL, in which every table of the release has its name.

        Raises:
            duckdb.Error: If the query is wrong; the message says where.
        """
        import duckdb

        with duckdb.connect() as connection:
            for name, path in self._paths().items():
                connection.read_parquet(str(path)).create_view(name)
            answer: pl.DataFrame = connection.sql(query).pl()
            return answer

    def diff(self, earlier: Release) -> Diff:
        """Return what has changed in this release since an earlier one, plan by plan and measure by measure."""
        return diff_tables(earlier.tables(), self.tables())

    def _paths(self) -> dict[str, Path]:
        paths = {path.stem: path for path in sorted(self.folder.glob("*.parquet"))}
        if not paths:
            raise NotPublishedError(
                f"Release {self.folder.name} is no longer kept in {self.folder.parent}: take the current one."
            )
        return paths

    def _compared(self, what: str) -> tuple[str, str]:
        """Return the column and the key of the theme or indicator that is meant."""
        for dimension, column in (("dim_theme", "theme_key"), ("dim_indicator", "indicator_key")):
            rows = self.table(dimension)
            if keys := _matching(rows, column, what):
                return column, keys[0]
        if keys := self._objects(what):
            return "object_key", keys[0]
        themes = ", ".join(self.table("dim_theme").sort("theme_order")["theme_key"])
        indicators = self.table("dim_indicator")
        near = [
            key for key in indicators["indicator_key"] if key.startswith(f"{what.split('.', maxsplit=1)[0]}.")
        ]
        raise UnknownNameError(
            f"There is no theme or indicator {what!r}: choose a theme ({themes}) or an indicator "
            f"({', '.join(near) or 'see dim_indicator'})"
        )

    def _verdicts(self, what: str) -> pl.DataFrame:
        """Return the statements on a theme or indicator that have a verdict of their own, highest value first."""
        column, key = self._compared(what)
        is_meant = pl.col("indicator_theme_key" if column == "theme_key" else column) == key
        if column == "object_key":
            of_object = self.table("dim_indicator").filter(pl.col(column).is_in(self._objects(what)))
            is_meant = pl.col("indicator_key").is_in(of_object["indicator_key"].to_list())
        return self._statements(is_meant)

    def _statements(self, is_meant: pl.Expr) -> pl.DataFrame:
        """Return those of the statements meant that have a verdict of their own, with the period of their plan."""
        periods = self.table("dim_plan").select(
            "plan_key", plan_start_year="period_start_year", plan_end_year="period_end_year"
        )
        return (
            self.table("rpt_statement")
            .join(periods, on="plan_key")
            .filter(
                is_meant,
                pl.col("indicator_key") != "unmapped",
                ~pl.col("is_restatement"),
            )
            .sort(
                "indicator_key",
                "comparable_value",
                "plan_key",
                "measure_key",
                descending=[False, True, False, False],
                nulls_last=True,
            )
        )

    def _objects(self, what: str) -> list[str]:
        """Return the keys of an object, and of all that are kinds of it; none if there is no such object."""
        objects = self.table("dim_facet").filter(facet="object")
        keys = _matching(objects, "facet_key", what)[:1]
        for key in keys:  # grows while it is gone through
            keys += objects.filter(parent_key=key)["facet_key"].to_list()
        return keys

    def _related(self, statements: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
        beside = pairs.filter(pl.col("comparability") != "not_comparable")
        families = self.table("bridge_indicator_x_related").iter_rows(named=True)
        return compare_related(statements, families, beside)

    def _broader(self) -> Iterator[dict[str, Any]]:
        """Yield each pair of ``bridge_indicator_x_broader`` with the names of the facet and of both sides."""
        indicators = {row["indicator_key"]: row for row in self.table("dim_indicator").iter_rows(named=True)}
        facets = {
            (row["facet"], row["facet_key"]): row for row in self.table("dim_facet").iter_rows(named=True)
        }
        codes = {
            row["code"]: row
            for row in self.table("dim_code").filter(vocabulary="facet").iter_rows(named=True)
        }
        for pair in self.table("bridge_indicator_x_broader").iter_rows(named=True):
            facet = pair["facet"]
            less, more = (
                facets.get((facet, indicators[pair[name]][f"{facet}_key"]), {})
                for name in ("indicator_key", "broader_indicator_key")
            )
            yield pair | {
                f"{name}_{lang}": row.get(f"name_{lang}")
                for name, row in (("facet", codes[facet]), ("narrower", less), ("broader", more))
                for lang in ("zh", "en")
            }

    def _key(self, dimension: str, column: str, what: str) -> str:
        rows = self.table(dimension)
        keys = _matching(rows, column, what)
        if not keys:
            raise UnknownNameError(
                f"There is no {column.removesuffix('_key')} {what!r}: choose one of {', '.join(rows[column])}"
            )
        return keys[0]


def _matching(rows: pl.DataFrame, column: str, what: str) -> list[str]:
    names = [name for name in (column, "name_zh", "name_en") if name in rows.columns]
    is_meant = pl.any_horizontal(pl.col(name).str.to_lowercase() == what.strip().lower() for name in names)
    return rows.filter(is_meant)[column].to_list()


def _marked_sentence(row: dict[str, Any]) -> str:
    """Return the sentence of a measure with the value in 【】.

    Args:
        row: Of ``rpt_statement``.
    """
    text, start = row["quote_zh"], row["quote_zh"].find(row["value_text"])
    if row["provision_text_zh"] is not None:
        text, start = row["provision_text_zh"], row["char_start"] - row["provision_char_start"]
        first, last = sentence_span(text, start, start + len(row["value_text"]))
        text, start = text[first:last], start - first
    end = start + len(row["value_text"])
    return f"{text[:start]}【{text[start:end]}】{text[end:]}"
