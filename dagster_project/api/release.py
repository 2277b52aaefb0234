"""A release as a reader has it: tables as polars frames, the sentence behind a number, figures.

Values are in base units: money in yuan, shares and growth in percent, counts in their unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from dagster_project.api.diff import Diff, diff_tables
from dagster_project.api.names import called, did_you_mean, partly_called
from dagster_project.api.overview import Lang, overview_of
from dagster_project.api.pairwise import compare_broader, compare_pairs, compare_related
from dagster_project.folder import DataFolder, default_language
from dagster_project.reading.sentences import sentence_span
from dagster_project.release.manifest import is_understood, read_manifest

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
            NotPublishedError: If nothing is published there yet, or by a program with other columns.
        """
        folder = DataFolder.of(data_dir) if data_dir else DataFolder.from_environment()
        current = folder.marts / "current"
        if not current.exists():
            raise NotPublishedError(
                f"Nothing is published in {folder.marts} yet: run `ip-plans build` first."
            )
        release = cls(current)
        if not is_understood(release.manifest):
            raise NotPublishedError(
                f"What is published in {folder.marts} has other columns than this version of the program reads: run "
                "`ip-plans build` first."
            )
        return release

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
            near = did_you_mean(name, (pl.DataFrame({"table": list(paths)}), "table"))
            raise UnknownNameError(
                f"There is no table {name!r}{near or ':'} choose one of {', '.join(paths)}"
            )
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
            theme: Only those with this primary theme: a theme_key, a name in either language, or a part of one.
            plan: Only those of this plan, or of all plans of this place: hefei-2020, 合肥市, Hefei.

        Returns:
            The columns of ``fct_measure``: measure_key, value_text and value (CNY, percent, or the count in `unit`),
            comparator, kind, form, quote_zh, char_start, char_end …

        Raises:
            UnknownNameError: If there is no such theme or plan.
        """
        rows = self.table("fct_measure")
        if theme is not None:
            rows = rows.filter(theme_key=self.theme_key(theme))
        if plan is not None:
            rows = rows.filter(pl.col("plan_key").is_in(self.plan_keys(plan)))
        return rows.sort("plan_key", "char_start", "measure_key")

    def compare(self, what: str) -> pl.DataFrame:
        """Return what the plans say on an indicator, or on all those of a theme or an object, with the verdict on each.

        Args:
            what: A theme, an indicator, or an object of ``dim_facet``, which stands for all kinds of it: by key, by
                name in either language, or by a part of one: 质押融资, pledge. A part of the names of several
                indicators stands for all of them.

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

    def overview(
        self, what: str | None = None, plan: str | None = None, lang: Lang | None = None
    ) -> pl.DataFrame:
        """Return what the plans say on something, or all that a plan or a place promises, in words and short.

        Args:
            what: As in `compare`; None for all themes.
            plan: Only the commitments of this plan, or of all plans of this place; None for all that `compare` returns.
            lang: zh or en; None for what ``IP_PLANS_LANG`` says, else zh.

        Returns:
            The columns of :func:`dagster_project.api.overview.overview_of`: place, indicator, stated, value,
            per_million, due, office, payer, verdict, sentence, measure_key … Of a plan by theme and place in the text,
            else in the order of `compare`.

        Raises:
            UnknownNameError: If there is no such theme, indicator, object or plan.
            ValueError: If there is no such language.
        """
        if plan is None:
            rows = self._statements(pl.lit(value=True)) if what is None else self._verdicts(what)
        else:
            rows = self.table("rpt_statement").filter(
                "is_commitment", pl.col("plan_key").is_in(self.plan_keys(plan))
            )
            if what is not None:
                rows = rows.filter(self._is_meant(what))
            themes = self.table("dim_theme").select("theme_key", "theme_order")
            rows = rows.join(themes, on="theme_key").sort(
                "plan_key", "theme_order", "char_start", "measure_key"
            )
        verdicts = self.table("dim_code").filter(vocabulary="comparability")
        return overview_of(rows, verdicts, lang or default_language())

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
            plan: The plan on the left: its key, its title or its place.
            other: The plan on the right.

        Returns:
            The columns of :data:`dagster_project.api.pairwise.SCHEMA`: what is exact, rescaled, narrower or broader,
            then what is related.

        Raises:
            UnknownNameError: If there is no such plan.
        """
        keys = [self.plan_key(name) for name in (plan, other)]
        statements = self._statements(pl.col("plan_key").is_in(keys)).sort(
            pl.col("plan_key") != keys[0], maintain_order=True
        )
        found = pl.concat([compare_pairs(statements), compare_broader(statements, self._broader())])
        found = found.filter(pl.col("comparability") != "not_comparable")
        return pl.concat([found, self._related(statements, found)])

    def cascade(self, plan: str) -> pl.DataFrame:
        """Return what the plans that stand over a plan promise, and what it says of the same.

        Args:
            plan: Its key, its title or its place.

        Returns:
            The columns of ``rpt_cascade``, by plan above and theme; no row where no plan of the release is above.

        Raises:
            UnknownNameError: If there is no such plan.
        """
        key = self.plan_key(plan)
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
        key, _ = self._meant(what)
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
        lang: Lang | None = None,
        size: Literal["screen", "slide", "page"] = "screen",
        places: Sequence[str] = (),
    ) -> go.Figure:
        """Draw a figure of the release.

        Args:
            name: A figure of docs/figures.md, such as theme_coverage; or what `compare` takes, for the comparison of
                its theme.
            lang: zh or en; None for what ``IP_PLANS_LANG`` says, else zh.
            size: screen (as high as all of it), slide (16:9) or page (half of A4).
            places: Plans or places, as in `measures`, that come first, and are marked among many.

        Raises:
            ValueError: If there is no such figure, language or size; the message says which there are.
            UnknownNameError: If there is no such plan.
        """
        from dagster_project.figures import FIGURES, build_figure, theme_of

        if name not in FIGURES and not theme_of(name):
            try:
                name = f"comparison_{self._meant(name)[0]}"
            except UnknownNameError as error:
                raise UnknownNameError(
                    f"There is no figure {name!r} ({', '.join(FIGURES)}). {error}"
                ) from error
        chosen = [key for place in places for key in self.plan_keys(place)]
        return build_figure(name, self.tables(), lang or default_language(), size, self.id, chosen)

    def sql(self, query: str) -> pl.DataFrame:
        """Return the answer to a query in DuckDB's SQL, in which every table of the release has its name.

        Names of Python are not seen.

        Raises:
            UnknownNameError: If there is no such table.
            duckdb.Error: If the query is wrong; the message says where.
        """
        import duckdb

        with duckdb.connect(config={"python_enable_replacements": False}) as connection:
            for name, path in self._paths().items():
                connection.read_parquet(str(path)).create_view(name)
            try:
                answer: pl.DataFrame = connection.sql(query).pl()
            except duckdb.CatalogException as error:
                if missing := re.search(r"Table with name (\S+) does not exist", str(error)):
                    self.table(missing[1])  # says which there are
                raise
            return answer

    def theme_key(self, name: str) -> str:
        """Return the key of the theme that is called so: a theme_key, a name in either language, or a part of one.

        Raises:
            UnknownNameError: If there is no such theme, or more than one.
        """
        rows = self.table("dim_theme")
        found = called(rows, "theme_key", name) or partly_called(rows, "theme_key", name)
        if len(found) == 1:
            return found[0]
        near = did_you_mean(name, (rows, "theme_key"))
        raise UnknownNameError(
            f"There is no theme {name!r}{near or ':'} choose one of {', '.join(found or rows['theme_key'])}"
        )

    def plan_keys(self, name: str) -> list[str]:
        """Return the keys of the plans that are called so: a plan_key, a title, or a place, which may have several.

        Args:
            name: Of a place also a part: 合肥, hefei.

        Raises:
            UnknownNameError: If there is no such plan.
        """
        if found := self._called_plans(name):
            return found
        plans = self.plans()
        near = did_you_mean(name, (plans, "plan_key"))
        raise UnknownNameError(
            f"There is no plan {name!r}{near or ':'} choose one of {', '.join(plans['plan_key'])}"
        )

    def plan_key(self, name: str) -> str:
        """Return the key of the one plan that is called so, as in `plan_keys`.

        Raises:
            UnknownNameError: If there is no such plan, or the place has more than one.
        """
        found = self.plan_keys(name)
        if len(found) > 1:
            raise UnknownNameError(f"{name!r} has more than one plan: choose one of {', '.join(found)}")
        return found[0]

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

    def _meant(self, what: str) -> tuple[str, list[str] | None]:
        """Return the theme that is meant, and the indicators; None for these where it is the theme as a whole.

        A part of a name stands for the one theme or object that has it, else for all indicators that have it; where
        these are of several themes, the theme is empty.
        """
        themes, indicators = self.table("dim_theme"), self.table("dim_indicator")
        objects = self.table("dim_facet").filter(facet="object")
        for find in (called, partly_called):
            if len(found := find(themes, "theme_key", what)) == 1:
                return found[0], None
            if len(found := find(indicators, "indicator_key", what)) == 1:
                return _only(indicators.filter(indicator_key=found[0])["theme_key"]), found
            if len(found := find(objects, "facet_key", what)) == 1:
                of_object = indicators.filter(pl.col("object_key").is_in(self._objects(what)))
                return (
                    _only(objects.filter(facet_key=found[0])["theme_key"]),
                    of_object["indicator_key"].to_list(),
                )
        if found := partly_called(indicators, "indicator_key", what):
            return _only(indicators.filter(pl.col("indicator_key").is_in(found))["theme_key"]), found
        raise UnknownNameError(self._nothing_meant(what, themes, indicators, objects))

    def _nothing_meant(
        self, what: str, themes: pl.DataFrame, indicators: pl.DataFrame, objects: pl.DataFrame
    ) -> str:
        """Return why nothing can be compared, and what can."""
        if plans := self._called_plans(what):
            return (
                f"{what!r} is a plan: `ip-plans show {plans[0]}` shows it; two plans are compared by "
                f"`ip-plans compare {plans[0]} PLAN`"
            )
        near = did_you_mean(
            what, (themes, "theme_key"), (indicators, "indicator_key"), (objects, "facet_key")
        )
        counted = self.table("rpt_statement").drop_nulls("comparable_value").group_by("indicator_key")
        stated = counted.agg(pl.col("plan_key").n_unique()).filter(pl.col("plan_key") > 1)
        keys = [
            key for key in indicators["indicator_key"] if key.startswith(f"{what.split('.', maxsplit=1)[0]}.")
        ]
        return (
            f"There is no theme or indicator {what!r}{near or ':'} choose a theme "
            f"({', '.join(themes.sort('theme_order')['theme_key'])}), an indicator, such as "
            f"{', '.join(keys or sorted(stated['indicator_key']))}, or an object, such as 发明专利"
        )

    def _verdicts(self, what: str) -> pl.DataFrame:
        """Return the statements on what is meant that have a verdict of their own, highest value first."""
        return self._statements(self._is_meant(what))

    def _is_meant(self, what: str) -> pl.Expr:
        """Return what is true of the rows of ``rpt_statement`` that are meant; of a theme by that of the indicator."""
        theme, indicators = self._meant(what)
        if indicators is not None:
            return pl.col("indicator_key").is_in(indicators)
        has_indicator = pl.col("indicator_key") != "unmapped"
        return pl.when(has_indicator).then("indicator_theme_key").otherwise("theme_key") == theme

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
        keys = called(objects, "facet_key", what)[:1]
        if not keys and len(near := partly_called(objects, "facet_key", what)) == 1:
            keys = near
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

    def _called_plans(self, what: str) -> list[str]:
        """Return the plans of that key, title or place; of a part of a name where only one place has it."""
        places = self.table("dim_jurisdiction").select("jurisdiction_key", "name_zh", "name_en")
        plans = self.table("dim_plan").drop("name_zh", "name_en", strict=False)
        rows = plans.join(places, on="jurisdiction_key", how="left")
        if found := called(rows, "plan_key", what, "title_zh"):
            return found
        found = partly_called(rows, "plan_key", what)
        of_places = rows.filter(pl.col("plan_key").is_in(found))["jurisdiction_key"].n_unique()
        return found if of_places == 1 else []


def _only(keys: pl.Series) -> str:
    """Return what all keys are; empty where they differ."""
    return keys[0] if keys.n_unique() == 1 and keys[0] else ""


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
