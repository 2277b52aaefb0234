"""What the expectations are about: tables with the columns that a rule is read off. Pure, and without a verdict.

A rule that concerns one plan alone is computed here for one plan as for all of them: `quality.extracted.own_failure`
applies it before a plan is accepted, Great Expectations to what was accepted.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping

import polars as pl

from dagster_project.extraction.topics import is_fragment
from dagster_project.reading.sentences import segment

#: Gives a table by name: ``extracted/<name>``, ``accepted/<name>`` (of the last release), or a mart.
Read = Callable[[str], pl.DataFrame]

#: In the base unit; the GDP of the country is 1.3e14 yuan. A mart holds 16 digits before the point.
LARGEST_VALUE = 1e15
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_LOST = "\ufffd"
_GLYPH = re.compile(r"\(cid:[0-9]{1,5}\)")
#: Measures in a thousand characters that no text of sentences has: a measure takes a noun, a figure and a unit, for
#: which ten characters are too few. The texts of tests/composed, made of little but numbers, have 23 to 57.
TABLE_DENSITY, _FEW = 100, 20
_NUMERAL = "[0-9\uff10-\uff19零〇一二三四五六七八九十百千万亿两兩半]"
_DECIMALS = 4  # of a value as dbt keeps it
# A number that is nothing but zero, in any of the ways to write one; it may be one side of a ratio (10:0).
_DIGIT = "0-9\uff10-\uff19零〇一二三四五六七八九"
_ZERO = rf"(?:^|[^{_DIGIT}.．点十百千万亿])[0\uff10零〇]+(?:[.．点][0\uff10零〇]+)?(?:$|[^{_DIGIT}.．点])"
# Two texts are compared by the stretches of so many characters that both have; every eighth stretch, chosen by its
# content, stands for all of them, so that hundreds of plans can be compared.
_STRETCH, _SAMPLED = 8, 8


def han_share(text: str) -> float:
    """Return the share of Chinese characters among all characters that are not white space; 0 if there are none.

    ``(cid:218)``, what a PDF reader prints of a glyph that it does not know, is no character.
    """
    return len(_HAN.findall(text)) / max(1, len("".join(_GLYPH.sub("", text).split())))


# --- Documents ------------------------------------------------------------------------------------------------


def document_facts(read: Read) -> pl.DataFrame:
    """Return `documents` with what can be said of a text without reading it, and what the last release was made of.

    Further columns: ``text_fingerprint`` (of the text without white space), ``length_is_right``,
    ``has_no_lost_characters`` and ``lost_in``, ``han_share``, ``nearest_plan`` and ``nearest_share``,
    ``period_is_in_order``, ``bytes_are_as_before``, ``accepted_sha256`` and ``accepted_on``.
    """
    documents = read("extracted/documents")
    texts = dict(documents.select("plan_key", "text").iter_rows())
    nearest = _nearest(texts)
    accepted = read("accepted/documents").select("plan_key", accepted_sha256="source_sha256")
    status = read("accepted/plan_status").select("plan_key", accepted_on=pl.col("last_read_at").dt.date())
    text = pl.col("text")
    return (
        documents.join(accepted, on="plan_key", how="left", maintain_order="left")
        .join(status, on="plan_key", how="left", maintain_order="left")
        .with_columns(
            text.map_elements(_fingerprint, return_dtype=pl.String).alias("text_fingerprint"),
            text.map_elements(han_share, return_dtype=pl.Float64).alias("han_share"),
            text.map_elements(_lost_in, return_dtype=pl.String).alias("lost_in"),
            pl.Series("nearest_plan", [nearest[key][0] for key in documents["plan_key"]], pl.String),
            pl.Series("nearest_share", [nearest[key][1] for key in documents["plan_key"]], pl.Float64),
            length_is_right=text.str.len_chars() == pl.col("char_count"),
            has_no_lost_characters=~text.str.contains(_LOST, literal=True),
            period_is_in_order=_in_order("period_start_year", "period_end_year"),
            bytes_are_as_before=pl.col("accepted_sha256").is_null()
            | (pl.col("accepted_sha256") == pl.col("source_sha256")),
        )
    )


def _fingerprint(text: str) -> str:
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def _lost_in(text: str) -> str:
    at = text.find(_LOST)
    return "" if at < 0 else segment(text, at, at + 1)


def _nearest(texts: Mapping[str, str]) -> dict[str, tuple[str | None, float]]:
    """Return for each plan the other one that has most of its text, and the share of it; None and 0 if none has any.

    One that has all of it, white space apart, does not count: two plans with one text are another matter.
    """
    fingerprints = {key: _fingerprint(text) for key, text in texts.items()}
    samples = {key: _sample(text) for key, text in texts.items()}
    holders: dict[int, list[str]] = defaultdict(list)
    for key, sample in samples.items():
        for stretch in sample:
            holders[stretch].append(key)
    found: dict[str, tuple[str | None, float]] = {}
    for key, sample in samples.items():
        counts: dict[str, int] = defaultdict(int)
        for stretch in sample:
            for other in holders[stretch]:
                counts[other] += fingerprints[other] != fingerprints[key]
        nearest = max(sorted(counts), key=counts.__getitem__, default=None)
        share = 0.0 if nearest is None else counts[nearest] / len(sample)
        found[key] = (nearest, share) if share else (None, 0.0)
    return found


def _sample(text: str) -> set[int]:
    text = "".join(text.split())
    stretches = (zlib.crc32(text[i : i + _STRETCH].encode()) for i in range(len(text) - _STRETCH + 1))
    return {stretch for stretch in stretches if stretch % _SAMPLED == 0}


def _in_order(first: str, last: str) -> pl.Expr:
    """Tell whether `first` is not after `last`; true where one of them is not stated."""
    return (pl.col(first) <= pl.col(last)).fill_null(value=True)


# --- Extraction -----------------------------------------------------------------------------------------------


def plan_facts(read: Read) -> pl.DataFrame:
    """Return one row for each plan in use: how much was found in its text.

    Columns: ``plan_key``, ``title_zh``, ``char_count``, ``provision_count``, ``measure_count``,
    ``measures_per_1000`` (characters); ``something_was_found``: a measure, or a provision with a number, because a
    text without numbers is divided into its paragraphs, as any page can be; and ``text_is_no_table``: `TABLE_DENSITY`
    is not reached, or only in a sentence or two.
    """
    plans = read("extracted/documents").select("plan_key", "title_zh", "char_count")
    provisions, measures = read("extracted/provisions"), read("extracted/measures")
    numbered = provisions.filter(~pl.col("number").str.starts_with("-"))
    counted = {"provision_count": provisions, "measure_count": measures, "numbered": numbered}
    for name, frame in counted.items():
        count = frame.group_by("plan_key").agg(pl.len().cast(pl.Int64).alias(name))
        plans = plans.join(count, on="plan_key", how="left", maintain_order="left")
    return (
        plans.with_columns(pl.col(*counted).fill_null(0))
        .with_columns(
            measures_per_1000=pl.col("measure_count") * 1000 / pl.col("char_count"),
            text_is_no_table=(pl.col("measure_count") < _FEW)
            | (pl.col("measure_count") * 1000 < TABLE_DENSITY * pl.col("char_count")),
            something_was_found=(pl.col("numbered") + pl.col("measure_count")) > 0,
        )
        .drop("numbered")
    )


def printed_facts(table: str, printed: str) -> Callable[[Read], pl.DataFrame]:
    """Return a function for an extracted table whose column `printed` must be what the file has at its offsets.

    It adds ``span_is_as_printed``, and, where the table has no sentence, ``sentence_zh`` of the rows that are not.
    """

    def facts(read: Read) -> pl.DataFrame:
        frame, texts = read(f"extracted/{table}"), _texts(read)
        rows = list(frame.select("plan_key", "char_start", "char_end", printed).iter_rows())
        right = [texts.get(plan, "")[start:end] == words for plan, start, end, words in rows]
        frame = frame.with_columns(pl.Series("span_is_as_printed", right, pl.Boolean))
        if "sentence_zh" in frame.columns:
            return frame
        sentences = [
            None if is_right else segment(texts.get(plan, ""), start, end)
            for is_right, (plan, start, end, _) in zip(right, rows, strict=True)
        ]
        return frame.with_columns(pl.Series("sentence_zh", sentences, pl.String))

    return facts


def measure_facts(read: Read) -> pl.DataFrame:
    """Return the extracted measures with what ties each to its text and to the ledger of numerals.

    Further columns: ``span_is_value_text``, ``quote_is_verbatim``, ``quote_holds_value``, ``is_in_ledger``,
    ``value_is_in_range``, ``zero_is_stated``, ``value_is_kept``, ``name_is_whole``.
    """
    measures, texts = read("extracted/measures"), _texts(read)
    counted = read("extracted/numerals").filter(pl.col("measure_key").is_not_null()).sort("char_start")
    starts = {key[0]: rows["char_start"].to_list() for key, rows in counted.group_by("plan_key")}
    keys = ("plan_key", "char_start", "char_end", "value_text", "quote_zh")
    rows = list(measures.select(keys).iter_rows())

    def is_in_ledger(plan: str, start: int, end: int) -> bool:
        own = starts.get(plan, [])
        at = bisect_left(own, start)
        return at < len(own) and own[at] < end

    return measures.with_columns(
        pl.Series("span_is_value_text", [texts.get(p, "")[a:b] == v for p, a, b, v, _ in rows], pl.Boolean),
        pl.Series("quote_is_verbatim", [bool(q) and q in texts.get(p, "") for p, *_, q in rows], pl.Boolean),
        pl.Series("quote_holds_value", [v in (q or "") for *_, v, q in rows], pl.Boolean),
        pl.Series("is_in_ledger", [is_in_ledger(p, a, b) for p, a, b, *_ in rows], pl.Boolean)
        | ~pl.col("value_text").str.contains(_NUMERAL),  # 翻番 is a measure without a number
        pl.Series(
            "name_is_whole",
            [name is None or not is_fragment(name) for name in measures["indicator_text_zh"]],
            pl.Boolean,
        ),
        value_is_in_range=pl.col("value").is_finite() & (pl.col("value").abs() < LARGEST_VALUE),
        value_is_kept=(pl.col("value") - pl.col("value").round(_DECIMALS)).abs()
        <= pl.col("value").abs() / 100,
        zero_is_stated=(pl.col("value") != 0) | pl.col("value_text").str.contains(_ZERO),
    )


def _texts(read: Read) -> dict[str, str]:
    return dict(read("extracted/documents").select("plan_key", "text").iter_rows())


# --- Marts and reports ----------------------------------------------------------------------------------------

#: What of a measure dbt may not change.
_EXTRACTED = (
    "plan_key",
    "kind",
    "form",
    "comparator",
    "unit",
    "value_text",
    "quote_zh",
    "char_start",
    "char_end",
)


def fct_measure_facts(read: Read) -> pl.DataFrame:
    """Return `fct_measure` with what ties each row to what was extracted, and its value in a column of its unit.

    Further columns: ``is_as_extracted``, ``unit_is_known``, ``has_a_verdict``, ``period_is_in_order``, and
    ``share_percent``, ``growth_percent``, ``money_cny``, ``items_per_10k``, ``years``, ``times``, ``count``, of which
    one holds the value and the others are null.
    """
    measures = read("fct_measure")
    extracted = read("extracted/measures").select(
        "measure_key", pl.struct(*_EXTRACTED).alias("extracted"), extracted_value="value"
    )
    compared = set(read("rpt_indicator_comparison")["measure_key"])
    units = set(read("dim_unit")["unit_key"])
    value, unit, form = pl.col("value").cast(pl.Float64), pl.col("unit"), pl.col("form")
    own = {"percent": None, "CNY": "money_cny", "items_per_10k_people": "items_per_10k"} | {
        "year": "years",
        "ratio": "times",
    }
    is_growth = form.is_in(["growth_annual", "growth_total"])
    return measures.join(extracted, on="measure_key", how="left", maintain_order="left").with_columns(
        is_as_extracted=(
            (pl.col("extracted") == pl.struct(*_EXTRACTED))
            & ((pl.col("extracted_value") - value).abs() < 1e-4)
        ).fill_null(value=False),
        unit_is_known=unit.is_in(units),
        has_a_verdict=pl.col("is_restatement")
        | (pl.col("indicator_key") == "unmapped")
        | pl.col("measure_key").is_in(compared),
        period_is_in_order=_in_order("period_start_year", "period_end_year"),
        share_percent=pl.when((unit == "percent") & (form == "share")).then(value),
        growth_percent=pl.when((unit == "percent") & is_growth).then(value),
        count=pl.when(~unit.is_in(list(own))).then(value),
        **{name: pl.when(unit == code).then(value) for code, name in own.items() if name},
    )


def comparison_facts(read: Read) -> pl.DataFrame:
    """Return `rpt_indicator_comparison` with ``rescaled_has_formula`` and ``times_the_others``.

    The latter is the comparable value by the median of those of all other plans with the same indicator: for one
    million residents where the indicator is counted so, because a province is not a city. It is null where no other
    plan has a value, or one of the two is 0.
    """
    rows = read("rpt_indicator_comparison")
    per_million = pl.col("per_million_value")
    rows = rows.with_row_index("_row").with_columns(
        _axis=pl.col("indicator_key")
        + pl.when(per_million.is_null()).then(pl.lit("")).otherwise(pl.lit("/million")),
        _value=pl.coalesce(per_million, "comparable_value"),
    )
    values = rows.filter(pl.col("_value").is_not_null()).select("_row", "_axis", "plan_key", "_value")
    others = (
        values.join(values, on="_axis", suffix="_other")
        .filter(pl.col("plan_key") != pl.col("plan_key_other"))
        .group_by("_row")
        .agg(_median=pl.col("_value_other").median())
    )
    return (
        rows.join(others, on="_row", how="left", maintain_order="left")
        .with_columns(
            times_the_others=pl.when((pl.col("_median") > 0) & (pl.col("_value") > 0)).then(
                pl.col("_value") / pl.col("_median")
            ),
            rescaled_has_formula=(pl.col("comparability") != "rescaled") | pl.col("formula").is_not_null(),
        )
        .drop("_row", "_axis", "_value", "_median")
    )


def coverage_facts(read: Read) -> pl.DataFrame:
    """Return `rpt_theme_coverage` for every theme of every plan in use; a pair that it leaves out has no status."""
    grid = (
        read("dim_plan")
        .select("plan_key")
        .join(read("dim_theme").select("theme_key", "is_headline"), how="cross")
    )
    return grid.join(
        read("rpt_theme_coverage"), on=["plan_key", "theme_key"], how="left", maintain_order="left"
    )


def jurisdiction_facts(read: Read) -> pl.DataFrame:
    """Return `dim_jurisdiction` with ``plan_key``: a row for each plan of the place; null without one."""
    plans = read("dim_plan").select("jurisdiction_key", "plan_key")
    return read("dim_jurisdiction").join(plans, on="jurisdiction_key", how="left", maintain_order="left")


def incentive_facts(read: Read) -> pl.DataFrame:
    """Return `rpt_incentive` with ``cap_is_not_below_amount``; true where the award is no sum of money."""
    cap, amount = pl.col("cap_amount"), pl.col("amount")
    return read("rpt_incentive").with_columns(
        cap_is_not_below_amount=((pl.col("unit_key") != "CNY") | (cap >= amount)).fill_null(value=True)
    )


def citation_facts(read: Read) -> pl.DataFrame:
    """Return `fct_citation` with ``year_is_not_after_plan``; true where one of the years is not known."""
    issued = pl.coalesce(pl.col("issued_on").dt.year(), "period_start_year")
    plans = read("dim_plan").select("plan_key", plan_year=issued)
    return (
        read("fct_citation")
        .join(plans, on="plan_key", how="left", maintain_order="left")
        .with_columns(year_is_not_after_plan=_in_order("year", "plan_year"))
    )


def status_facts(read: Read) -> pl.DataFrame:
    """Return `audit_plan_status` with ``failure_has_a_reason``."""
    status, reason = pl.col("status"), pl.col("reason")
    return read("audit_plan_status").with_columns(
        failure_has_a_reason=(status == "ok") | (reason.fill_null("").str.strip_chars() != "")
    )
