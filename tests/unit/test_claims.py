"""Each claim of a title, proved by the table that it comes from: of five plans, of dozens and of hundreds."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dagster_project.figures import FIGURES, LANGUAGES, build_in_languages, figure_names
from dagster_project.figures.claims import Claim, Names, titled
from dagster_project.figures.plans import plan_looks

# Test modules cannot import each other: pytest imports each by its path.
TESTS = Path(__file__).parents[1]
multiplied = runpy.run_path(str(TESTS / "many_plans.py"))["multiplied"]
tables = runpy.run_path(str(TESTS / "figure_tables.py"))["tables"]

Marts = Mapping[str, pl.DataFrame]
Record = Mapping[str, Any]


@pytest.fixture(scope="module")
def marts(five_plans) -> dict[int, Marts]:
    """Marts of five plans, and of more made of them."""
    made = five_plans.tables()
    return {5: made, 33: multiplied(made, 33), 120: multiplied(made, 120)}


# --- What is counted, from the tables alone -----------------------------------------------------------------------


def stating(marts: Marts) -> dict[str, int]:
    """How many plans put numbers to each theme that the map is judged by."""
    themes = marts["dim_theme"].filter("is_headline")["theme_key"]
    rows = marts["rpt_theme_coverage"].filter(pl.col("theme_key").is_in(themes.implode()))
    counts = rows.group_by("theme_key").agg((pl.col("status") == "quantified").sum())
    return dict(counts.iter_rows())


def targets(marts: Marts) -> pl.DataFrame:
    return marts["fct_measure"].filter(kind="target").filter(pl.col("restates_measure_key").is_null())


def first_said(marts: Marts) -> pl.DataFrame:
    return marts["rpt_statement"].filter(pl.col("restates_measure_key").is_null())


def axis(marts: Marts, claim: Record) -> pl.DataFrame:
    """The comparable statements on the axis of a claim, with whether they are of a province."""
    places = marts["dim_plan"].select("plan_key", "jurisdiction_key").join(
        marts["dim_jurisdiction"].select("jurisdiction_key", province="is_province"), on="jurisdiction_key"
    )  # fmt: skip
    on_axis = first_said(marts).filter(
        pl.col("comparable_value").is_not_null(), indicator_key=claim["what"][0]
    )
    return on_axis.join(places, on="plan_key")


def ranked(marts: Marts, claim: Record) -> pl.DataFrame:
    """Those of them that are ranked: cities, where there is one."""
    rows = axis(marts, claim)
    cities = rows.filter(~pl.col("province"))
    return cities if cities.height else rows


def is_highest(marts: Marts, claim: Record, value: str) -> bool:
    rows = ranked(marts, claim)
    best = rows.filter(pl.col(value) == rows[value].max())
    return (
        set(claim["who"]) == set(best["plan_key"])
        and claim["how_much"] == pytest.approx(rows[value].max())
        and claim["of"] == rows["plan_key"].n_unique() >= 3
        and claim["by"] in set(best["period_end_year"])
    )


def sides(marts: Marts) -> pl.DataFrame:
    """The share of each side in each plan, in a column for each side."""
    used = marts["rpt_instrument_mix"].join(marts["dim_instrument"], on="instrument_key")
    shares = used.group_by("plan_key", "side").agg(pl.col("share_of_uses").sum())
    return shares.pivot(on="side", index="plan_key", values="share_of_uses").fill_null(0.0)


def leading(marts: Marts) -> pl.DataFrame:
    return marts["rpt_agency_responsibility"].filter(pl.col("lead_provisions") > 0)


def citing(marts: Marts) -> dict[str, int]:
    counts = marts["rpt_citation"].group_by("document_key").agg(pl.col("plan_key").n_unique())
    return dict(counts.iter_rows())


def plans(marts: Marts) -> set[str]:
    return set(marts["dim_plan"]["plan_key"])


def periods_differ(marts: Marts) -> bool:
    years = marts["dim_plan"].drop_nulls(["period_start_year", "period_end_year"])
    return bool(years["period_start_year"].max() > years["period_end_year"].min())


def weakest(marts: Marts, claim: Record) -> bool:
    unseen = marts["audit_unseen"].filter(pl.col("field") != "f1")
    weights = pl.col("measures").sum()
    means = unseen.group_by("field").agg(mean=(pl.col("share") * pl.col("measures")).sum() / weights)
    least = means["mean"].min()
    named = means.filter(pl.col("field").is_in(claim["what"]))["mean"]
    return claim["how_much"] == pytest.approx(least) and named.to_list() == [pytest.approx(least)]


#: What must hold of the marts where a title claims something, by what it says.
PROOFS: dict[str, Callable[[Marts, Record], bool]] = {
    "fewest_quantified": lambda m, c: (
        {key for key, n in stating(m).items() if n == min(stating(m).values())} == set(c["what"])
        and c["how_much"] == min(stating(m).values())
        and c["of"] == len(plans(m))
    ),
    "most_quantified": lambda m, c: (
        {key for key, n in stating(m).items() if n == max(stating(m).values())} == set(c["what"])
        and c["how_much"] == max(stating(m).values())
    ),
    "each_quantified": lambda m, c: set(stating(m).values()) == {c["how_much"]},
    "outside_of": lambda m, c: (
        c["how_much"] == len(c["who"])
        and all(
            "outside_remit" in m["rpt_theme_coverage"].filter(plan_key=plan)["status"] for plan in c["who"]
        )
    ),
    "due_most": lambda m, c: (
        c["how_much"] == targets(m).filter(period_end_year=c["by"]).height
        and c["how_much"] > max((n for year, n in due(m).items() if year != c["by"]), default=0)
        and c["of"] == targets(m).height
        and set(c["who"]) == set(targets(m).filter(period_end_year=c["by"])["plan_key"])
    ),
    "due_last": lambda m, c: c["by"] == max(due(m)) and c["how_much"] == due(m)[c["by"]],
    "undated_targets": lambda m, c: c["how_much"] == targets(m)["period_end_year"].null_count(),
    "no_targets": lambda m, c: set(c["who"]) == plans(m) - set(targets(m)["plan_key"]),
    "periods_apart": lambda m, c: periods_differ(m),
    "awards_named": lambda m, c: (
        set(c["who"]) == set(m["rpt_incentive"]["plan_key"])
        and (c["how_much"], c["of"]) == (len(c["who"]), len(plans(m)))
    ),
    "awards_counted": lambda m, c: (
        (c["how_much"], c["of"]) == (m["rpt_incentive"].height, m["rpt_incentive"]["is_cap"].sum())
    ),
    "highest_award": lambda m, c: (
        c["how_much"] == float(m["rpt_incentive"].filter(unit_key="CNY")["amount"].max())
        and all(float(amount) == c["how_much"] for amount in of_measures(m["rpt_incentive"], c)["amount"])
    ),
    "sums_named": lambda m, c: (
        set(c["who"]) == set(first_said(m).filter(kind="funding", origin="own")["plan_key"])
        and (c["how_much"], c["of"]) == (len(c["who"]), len(plans(m)))
    ),
    "payer_said": lambda m, c: (
        c["of"] == m["rpt_statement"]["is_commitment"].sum()
        and c["how_much"] == m["rpt_statement"].filter("is_commitment")["payer"].count()
    ),
    "passed_on": lambda m, c: (
        c["how_much"]
        == first_said(m)
        .filter(pl.col("kind").is_in(["funding", "allocation"]), pl.col("origin") == "passed_on")
        .height
    ),
    "side_most": lambda m, c: (
        set(c["who"])
        == {
            row["plan_key"]
            for row in sides(m).iter_rows(named=True)
            for side in c["what"]
            if all(row[side] > row[other] for other in set(row) - {"plan_key", side})
        }
        and c["how_much"] * len(c["what"]) == len(c["who"])
    ),
    "sides_level": lambda m, c: c["how_much"] == len(c["who"]),
    "side_least": lambda m, c: (
        sides(m)[c["what"][0]].max() == pytest.approx(c["how_much"])
        and sides(m)[c["what"][0]].max() <= float(c["value"].rstrip("%"))
    ),
    "tools_unused": lambda m, c: (
        set(c["what"])
        == set(m["dim_instrument"]["instrument_key"]) - set(m["rpt_instrument_mix"]["instrument_key"])
    ),
    "leads_named": lambda m, c: (
        set(c["who"]) == set(leading(m)["plan_key"])
        and (c["how_much"], c["of"]) == (len(c["who"]), len(plans(m)))
    ),
    "office_none": lambda m, c: (
        set(c["who"]) == plans(m) - set(m["rpt_agency_responsibility"]["plan_key"])
    ),
    "leads_most": lambda m, c: (
        {
            n
            for _, n in leading(m)
            .group_by("agency_key")
            .agg(pl.col("plan_key").n_unique())
            .filter(pl.col("agency_key").is_in(c["what"]))
            .iter_rows()
        }
        == {c["how_much"]}
        == {leading(m).group_by("agency_key").agg(n=pl.col("plan_key").n_unique())["n"].max()}
    ),
    "themes_unled": lambda m, c: not set(c["what"]) & set(leading(m)["theme_key"]),
    "most_shared": lambda m, c: (
        {key for key, n in citing(m).items() if n == max(citing(m).values())} == set(c["what"])
        and (c["how_much"], c["of"]) == (max(citing(m).values()), len(plans(m)))
    ),
    "none_shared": lambda m, c: max(citing(m).values()) == 1,
    "cited_once": lambda m, c: (
        (c["how_much"], c["of"]) == (list(citing(m).values()).count(1), len(citing(m)))
    ),
    "median_lag": lambda m, c: c["how_much"] == m["rpt_citation"]["lag_years"].median(),
    "unseen_found": lambda m, c: (
        (c["of"], c["how_much"])
        == tuple(m["audit_unseen"].unique("set_key").select("texts", "measures").sum().row(0))
    ),
    "weakest": weakest,
    "highest": lambda m, c: is_highest(m, c, "comparable_value"),
    "highest_per_head": lambda m, c: is_highest(m, c, "per_million_value"),
    "not_ranked": lambda m, c: ranked(m, c)["plan_key"].n_unique() < 3,
    "not_ranked_per_head": lambda m, c: ranked(m, c)["plan_key"].n_unique() < 3,
    "highest_in_all": lambda m, c: bool(c["who"]),
    "provinces": lambda m, c: all(
        m["dim_plan"].filter(plan_key=plan).join(m["dim_jurisdiction"], on="jurisdiction_key")["is_province"].all()
        for plan in c["who"]
    ),
    "narrower": lambda m, c: "narrower" in set(first_said(m).filter(plan_key=c["who"][0])["comparability"]),
    "broader": lambda m, c: "broader" in set(first_said(m).filter(plan_key=c["who"][0])["comparability"]),
    "aspirational": lambda m, c: first_said(m).filter(plan_key=c["who"][0])["is_aspirational"].any(),
    # These name no axis; what they count is tested with the theme of the figure.
    "one_each": lambda m, c: 0 <= c["how_much"] <= c["of"] == len(plans(m)),
    "none_comparable": lambda m, c: c["of"] == len(plans(m)),
    "nothing": lambda m, c: c["of"] == len(plans(m)),
}  # fmt: skip


def due(marts: Marts) -> dict[int, int]:
    dated = targets(marts).drop_nulls("period_end_year")
    return dict(dated["period_end_year"].value_counts().iter_rows())


def of_measures(table: pl.DataFrame, claim: Record) -> pl.DataFrame:
    found = table.filter(pl.col("measure_key").is_in(claim["what"]))
    assert found.height == len(claim["what"])
    return found


def with_limits(claims: list[Record]) -> list[Record]:
    """Claims and what limits them."""
    return [each for claim in claims for each in (claim, *with_limits(claim["sure"]))]


@pytest.mark.parametrize("count", [5, 33, 120])
def test_every_claim_of_every_title_is_proved_by_the_tables(marts, count):
    """And both languages claim and show the same: one pair of figures is looked at for all of it."""
    made, wrong, said = marts[count], [], set()
    # Themes differ in what they say, not in how: of many plans one is enough.
    names = figure_names(made) if count == 5 else [*FIGURES, "matrix_talent", "comparison_talent"]
    for name in names:
        figures = build_in_languages(name, made, "slide", chosen=["hefei-2020"])
        zh, en = (figure.layout.meta for figure in figures.values())
        assert [claim["says"] for claim in zh["claims"]] == [claim["says"] for claim in en["claims"]]
        assert zh["shown"] == en["shown"], name
        assert en["claims"], name
        for claim in with_limits(en["claims"]):
            said.add(claim["says"])
            if not PROOFS[claim["says"]](made, claim):
                wrong.append((name, claim))
    assert wrong == []
    assert len(said) > 15


def test_both_languages_show_the_same_on_a_page(marts):
    differing = []
    for name in (*FIGURES, "matrix_talent", "comparison_talent"):
        zh, en = build_in_languages(name, marts[33], "page", chosen=["hefei-2020"]).values()
        if zh.layout.meta["shown"] != en.layout.meta["shown"]:
            differing.append(name)
    assert differing == []


def test_a_false_claim_is_not_proved(marts):
    claim = Claim("awards_named", ("hefei-2020",), how_much=1, of=5).record
    assert not PROOFS["awards_named"](marts[5], claim)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_limits_a_claim_is_told_after_it(lang):
    made = tables()
    limited = Claim("due_last", how_much=1, of=2, by=2025, sure=(Claim("undated_targets", how_much=1),))
    text = titled("S", [limited], Names(plan_looks(made, lang), {}), lang)
    assert text.index("2025") < text.index("未写年份" if lang == "zh" else "without a year")


def test_plans_are_told_by_name_up_to_three_and_else_by_number(marts):
    looks = plan_looks(marts[5], "en")
    three, five = (
        titled("S", [Claim("office_none", tuple(list(looks)[:n]))], Names(looks, {}), "en") for n in (3, 5)
    )
    assert "Hefei 2020–23" in three
    assert five == "S: no office at all in 5 plans"
