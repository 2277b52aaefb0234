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


def periods_differ(marts: Marts, of: set[str]) -> bool:
    """Whether two of some plans have no year in common."""
    years = marts["dim_plan"].filter(pl.col("plan_key").is_in(of))
    years = years.drop_nulls(["period_start_year", "period_end_year"])
    return bool(years["period_start_year"].max() > years["period_end_year"].min())


def level(marts: Marts) -> set[str]:
    """Plans that use two sides most: shares are sums of rounded ones."""
    found = set()
    for row in sides(marts).iter_rows(named=True):
        first, second = sorted((value for name, value in row.items() if name != "plan_key"), reverse=True)[:2]
        found |= {row["plan_key"]} if first - second < 0.05 else set()
    return found


def on_theme(marts: Marts, claim: Record) -> pl.DataFrame:
    """What is said on the theme of a claim, or on an indicator of it."""
    theme = claim["what"][0]
    return first_said(marts).filter((pl.col("theme_key") == theme) | (pl.col("indicator_theme_key") == theme))


def shared_axes(marts: Marts, claim: Record) -> bool:
    """Whether two plans stand on one axis of the theme of a claim."""
    comparable = on_theme(marts, claim).drop_nulls("comparable_value")
    return bool(
        (comparable.group_by("indicator_key").agg(pl.col("plan_key").n_unique())["plan_key"] > 1).any()
    )


def on_axis(marts: Marts, claim: Record) -> set[str]:
    """All plans on the axis of a claim."""
    return set(axis(marts, claim)["plan_key"])


def of_statement(marts: Marts, claim: Record, limit: Record) -> dict[str, Any]:
    """The statement that a limit is of: one of the claim's plans, on its axis, and told by it."""
    rows = axis(marts, claim).filter(measure_key=limit["what"][0])
    assert rows.height == 1
    assert rows["plan_key"].to_list() == list(limit["who"])
    assert set(limit["who"]) <= set(claim["who"])
    return rows.row(0, named=True)


def most_in_all(marts: Marts, claim: Record) -> set[str]:
    """Plans with the highest total on the axis of a claim."""
    rows = ranked(marts, claim)
    return set(rows.filter(pl.col("comparable_value") == rows["comparable_value"].max())["plan_key"])


def weakest(marts: Marts, claim: Record) -> bool:
    unseen = marts["audit_unseen"].filter(pl.col("field") != "f1")
    weights = pl.col("measures").sum()
    means = unseen.group_by("field").agg(mean=(pl.col("share") * pl.col("measures")).sum() / weights)
    least = means["mean"].min()
    named = means.filter(pl.col("field").is_in(claim["what"]))["mean"]
    return claim["how_much"] == pytest.approx(least) and named.to_list() == [pytest.approx(least)]


#: What must hold of a claim and of what limits it, by what the limit says.
LIMITS: dict[str, Callable[[Marts, Record, Record], bool]] = {
    "narrower": lambda m, c, limit: of_statement(m, c, limit)["comparability"] == "narrower",
    "broader": lambda m, c, limit: of_statement(m, c, limit)["comparability"] == "broader",
    "aspirational": lambda m, c, limit: of_statement(m, c, limit)["is_aspirational"],
    "highest_in_all": lambda m, c, limit: (
        set(limit["who"]) == most_in_all(m, c) and not set(limit["who"]) & set(c["who"])
    ),
    "provinces": lambda m, c, limit: set(limit["who"]) == set(axis(m, c).filter("province")["plan_key"]),
    "periods_apart": lambda m, c, limit: periods_differ(m, on_axis(m, c)),
    "sides_level": lambda m, c, limit: PROOFS["sides_level"](m, limit),
    "outside_of": lambda m, c, limit: set(limit["who"]) == set(
        m["rpt_theme_coverage"].filter(pl.col("theme_key").is_in(c["what"]), status="outside_remit")["plan_key"]
    ) and limit["how_much"] == len(limit["who"]),
}  # fmt: skip


def unlimited(marts: Marts, claim: Record) -> set[str]:
    """Measures that a claim tells, with a limit that it does not tell."""
    if not claim["says"].startswith(("highest", "not_ranked")) or claim["says"] == "highest_award":
        return set()
    rows, value = (
        ranked(marts, claim),
        "per_million_value" if "per_head" in claim["says"] else "comparable_value",
    )
    if claim["says"].startswith("highest"):
        told = rows.filter(pl.col(value) == rows[value].max())
    else:
        told = axis(marts, claim)
    limited = told.filter(pl.col("comparability").is_in(["narrower", "broader"]) | pl.col("is_aspirational"))
    return set(limited["measure_key"]) - {key for limit in claim["sure"] for key in limit["what"]}


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
    "due_most": lambda m, c: (
        c["how_much"] == targets(m).filter(period_end_year=c["by"]).height
        and c["how_much"] > max((n for year, n in due(m).items() if year != c["by"]), default=0)
        and c["of"] == targets(m).height
        and set(c["who"]) == set(targets(m).filter(period_end_year=c["by"])["plan_key"])
    ),
    "due_last": lambda m, c: c["by"] == max(due(m)) and c["how_much"] == due(m)[c["by"]],
    "undated_targets": lambda m, c: c["how_much"] == targets(m)["period_end_year"].null_count(),
    "no_targets": lambda m, c: set(c["who"]) == plans(m) - set(targets(m)["plan_key"]),
    "periods_apart": lambda m, c: periods_differ(m, plans(m)),
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
    "sides_level": lambda m, c: set(c["who"]) == level(m) and c["how_much"] == len(c["who"]),
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
    "most_shared_each": lambda m, c: len(c["what"]) > 1 and PROOFS["most_shared"](m, c),
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
    "not_ranked": lambda m, c: ranked(m, c)["plan_key"].n_unique() < 3 and set(c["who"]) == on_axis(m, c),
    "not_ranked_per_head": lambda m, c: ranked(m, c)["plan_key"].n_unique() < 3 and set(c["who"]) == on_axis(m, c),
    "one_each": lambda m, c: (
        c["of"] == len(plans(m))
        and c["how_much"] == on_theme(m, c).filter("is_commitment", theme_key=c["what"][0])["plan_key"].n_unique()
        and not shared_axes(m, c)
    ),
    "none_comparable": lambda m, c: (
        c["of"] == len(plans(m)) and on_theme(m, c)["comparable_value"].null_count() == on_theme(m, c).height > 0
    ),
    "nothing": lambda m, c: c["of"] == len(plans(m)) and on_theme(m, c).is_empty(),
}  # fmt: skip


def due(marts: Marts) -> dict[int, int]:
    dated = targets(marts).drop_nulls("period_end_year")
    return dict(dated["period_end_year"].value_counts().iter_rows())


def of_measures(table: pl.DataFrame, claim: Record) -> pl.DataFrame:
    found = table.filter(pl.col("measure_key").is_in(claim["what"]))
    assert found.height == len(claim["what"])
    return found


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
        for claim in en["claims"]:
            said |= {claim["says"], *(limit["says"] for limit in claim["sure"])}
            if not PROOFS[claim["says"]](made, claim) or unlimited(made, claim):
                wrong.append((name, claim))
            wrong += [
                (name, limit) for limit in claim["sure"] if not LIMITS[limit["says"]](made, claim, limit)
            ]
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


def test_a_false_limit_is_not_proved(marts):
    """A limit is of the statement that a title tells, and not of any that its plan makes."""
    (claim,) = build_in_languages("comparison_pledge_financing", marts[5])["en"].layout.meta["claims"]
    limits = {limit["says"]: limit for limit in claim["sure"]}
    assert LIMITS["narrower"](marts[5], claim, limits["narrower"])
    assert not LIMITS["aspirational"](marts[5], claim, limits["narrower"])
    assert unlimited(marts[5], claim | {"sure": ()})


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
