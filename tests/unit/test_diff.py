"""What changed between two releases is told measure by measure, and a text that only moved is no change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.api.diff import Change, counts, diff_tables, lines

Row = dict[str, object]
Tables = dict[str, pl.DataFrame]
PLAN = "jia-2021"


def measure(at: int, value: int, indicator: str, plan: str = PLAN, **more: object) -> Row:
    """Return a row of fct_measure; its quotation is made of the value and the indicator."""
    return {
        "measure_key": f"{plan}@{at}.1",
        "plan_key": plan,
        "provision_key": f"{plan}/一",
        "value_text": f"{value}家",
        "value": float(value),
        "indicator_text_zh": indicator,
        "kind": "target",
        "quote_zh": f"{indicator}达到{value}家",
        "char_start": at,
        "char_end": at + len(f"{value}家"),
        "restates_measure_key": None,
        "source_sha256": "f" * 64,
    } | more


def release(
    measures: Iterable[Row], plans: Mapping[str, Row] | None = None, verdicts: Mapping[str, str] | None = None
) -> Tables:
    """Return the tables of a release.

    Args:
        measures: Rows of fct_measure.
        plans: plan -> what is not as usual in its row of audit_plan_status or dim_plan.
        verdicts: measure_key -> comparability; all are exact if it is left out.
    """
    rows = list(measures)
    plans = plans or {plan: {} for plan in [PLAN, *(str(row["plan_key"]) for row in rows)]}
    status = [{"plan_key": plan, "status": "ok", "reason": None} | own for plan, own in plans.items()]
    verdict = verdicts or {}
    return {
        "fct_measure": pl.DataFrame(
            rows or [measure(0, 1, "")], schema_overrides={"restates_measure_key": pl.String}
        )[: len(rows)],
        "audit_plan_status": pl.DataFrame(
            [{name: row[name] for name in ("plan_key", "status", "reason")} for row in status],
            schema_overrides={"reason": pl.String},
        ),
        "dim_plan": pl.DataFrame(
            [
                {
                    "plan_key": plan,
                    "title_zh": f"{plan}方案",
                    "sha256": own.get("sha256", "a"),
                    "last_read_at": 1,
                }
                for plan, own in plans.items()
            ]
        ),
        "rpt_indicator_comparison": pl.DataFrame(
            [
                {
                    "measure_key": row["measure_key"],
                    "plan_key": row["plan_key"],
                    "comparability": verdict.get(str(row["measure_key"]), "exact"),
                    "comparable_value": row["value"],
                    "reason_en": "why",
                    "quote_zh": row["quote_zh"],
                }
                for row in rows or [measure(0, 1, "")]
            ]
        )[: len(rows)],
    }


A, B, C = measure(10, 3, "企业"), measure(20, 5, "机构"), measure(30, 8, "园区")


def changes(old: Tables, new: Tables) -> list[tuple[str, str, str]]:
    """Return what, kind and key of each change."""
    return [(change.what, change.kind, change.key) for change in diff_tables(old, new).changes]


def test_a_release_does_not_differ_from_itself() -> None:
    found = diff_tables(release([A, B, C]), release([A, B, C]))
    assert (found.changes, found.moved, found.rows) == ((), {}, {})


def test_a_changed_number_is_shown_with_both_values_and_its_sentence() -> None:
    [change] = diff_tables(release([A, B]), release([A, measure(20, 7, "机构")])).changes
    assert (change.what, change.kind, change.key) == ("measure", "changed", f"{PLAN}@20.1")
    assert change.fields["value"] == (5.0, 7.0)
    assert change.fields["value_text"] == ("5家", "7家")
    assert change.sentence == "机构达到7家"


def test_a_number_that_changed_behind_an_edit_is_the_same_measure() -> None:
    old, new = (
        release([A, B, C]),
        release([measure(13, 3, "企业"), measure(23, 7, "机构"), measure(33, 8, "园区")]),
    )
    assert changes(old, new) == [("measure", "changed", f"{PLAN}@23.1")]


def test_a_shift_of_offsets_alone_is_no_change() -> None:
    moved = [measure(17, 3, "企业"), measure(27, 5, "机构"), measure(37, 8, "园区")]
    found = diff_tables(release([A, B, C]), release(moved))
    assert found.changes == ()
    assert found.moved == {f"{PLAN}@{at}.1": f"{PLAN}@{at + 7}.1" for at in (10, 20, 30)}


def test_a_shift_onto_the_place_of_another_measure_is_no_change() -> None:
    moved = [measure(20, 3, "企业"), measure(30, 5, "机构"), measure(40, 8, "园区")]
    found = diff_tables(release([A, B, C]), release(moved))
    assert (found.changes, len(found.moved)) == ((), 3)


def test_a_measure_that_came_and_one_that_went_are_told() -> None:
    assert changes(release([A, B]), release([A, C])) == [
        ("measure", "removed", f"{PLAN}@20.1"),
        ("measure", "added", f"{PLAN}@30.1"),
    ]


def test_another_measure_at_the_same_place_is_not_the_same_measure() -> None:
    assert changes(release([A, B]), release([A, measure(20, 9, "商标")])) == [
        ("measure", "removed", f"{PLAN}@20.1"),
        ("measure", "added", f"{PLAN}@20.1"),
    ]


def test_of_two_equal_measures_the_second_is_missed() -> None:
    twins = [measure(10, 3, "企业"), measure(20, 3, "企业")]
    assert changes(release(twins), release(twins[:1])) == [("measure", "removed", f"{PLAN}@20.1")]


def test_a_link_to_a_measure_that_moved_is_the_same_link() -> None:
    old = [A, measure(20, 3, "家数", restates_measure_key=f"{PLAN}@10.1")]
    new = [measure(11, 3, "企业"), measure(21, 3, "家数", restates_measure_key=f"{PLAN}@11.1")]
    assert changes(release(old), release(new)) == []


def test_a_link_to_another_measure_is_a_change() -> None:
    old = [A, B, measure(30, 3, "家数", restates_measure_key=f"{PLAN}@10.1")]
    new = [A, B, measure(30, 3, "家数", restates_measure_key=f"{PLAN}@20.1")]
    assert changes(release(old), release(new)) == [("measure", "changed", f"{PLAN}@30.1")]


def test_a_verdict_that_changed_is_told_with_the_reason() -> None:
    old, new = release([A, B]), release([A, B], verdicts={f"{PLAN}@20.1": "narrower"})
    [change] = diff_tables(old, new).changes
    assert (change.what, change.key) == ("verdict", f"{PLAN}@20.1")
    assert change.fields == {"comparability": ("exact", "narrower")}


def test_the_comparable_value_of_a_changed_number_is_not_told_twice() -> None:
    assert changes(release([A]), release([measure(10, 4, "企业")])) == [
        ("measure", "changed", f"{PLAN}@10.1")
    ]


def test_a_comparable_value_that_changed_by_a_rule_alone_is_told() -> None:
    new = release([A])
    new["rpt_indicator_comparison"] = new["rpt_indicator_comparison"].with_columns(
        comparable_value=pl.lit(9.9)
    )
    [change] = diff_tables(release([A]), new).changes
    assert (change.what, change.fields) == ("verdict", {"comparable_value": (3.0, 9.9)})


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_measure_is_judged_on_its_own_indicator_in_whatever_order_rows_stand(is_turned: bool) -> None:
    old, new = release([A]), release([A])
    for tables in (old, new):
        tables["fct_measure"] = tables["fct_measure"].with_columns(indicator_key=pl.lit("own"))
        rows = tables["rpt_indicator_comparison"].with_columns(indicator_key=pl.lit("own"))
        beside = rows.with_columns(indicator_key=pl.lit("other"), comparability=pl.lit("not_comparable"))
        tables["rpt_indicator_comparison"] = pl.concat([rows, beside])
    if is_turned:
        new["rpt_indicator_comparison"] = new["rpt_indicator_comparison"].reverse()
    assert list(diff_tables(old, new).changes) == []


@pytest.mark.parametrize(
    ("own", "fields"),
    [
        pytest.param(
            {"status": "stale", "reason": "empty"},
            {"status": ("ok", "stale"), "reason": (None, "empty")},
            id="status",
        ),
        pytest.param({"sha256": "b"}, {"sha256": ("a", "b")}, id="text"),
    ],
)
def test_a_plan_that_changed_is_told(own: Row, fields: Mapping[str, object]) -> None:
    [change] = diff_tables(release([A]), release([A], plans={PLAN: own})).changes
    assert (change.what, change.kind, change.fields) == ("plan", "changed", fields)


def test_a_plan_that_came_is_told_with_the_number_of_its_measures() -> None:
    yi = [measure(10, 3, "企业", "yi-2022"), measure(20, 4, "机构", "yi-2022")]
    found = diff_tables(release([A]), release([A, *yi]))
    assert [change.key for change in found.changes] == ["yi-2022", "yi-2022@10.1", "yi-2022@20.1"]
    shown = "\n".join(lines(found))
    assert "+ yi-2022" in shown
    assert "all of yi-2022: 2" in shown
    assert "yi-2022@10.1" not in shown


def test_a_column_that_only_one_release_has_is_not_compared() -> None:
    new = release([A])
    new["fct_measure"] = new["fct_measure"].with_columns(rights=pl.lit("all_ip"))
    assert changes(release([A]), new) == []


def test_rows_are_counted_of_every_table_that_grew_came_or_went() -> None:
    old, new = release([A]), release([A, B])
    del old["dim_plan"]
    assert diff_tables(old, new).rows == {
        "dim_plan": (None, 1),
        "fct_measure": (1, 2),
        "rpt_indicator_comparison": (1, 2),
    }


def test_changes_are_shown_in_words() -> None:
    shown = list(lines(diff_tables(release([A, B]), release([A, measure(20, 7, "机构"), C]))))
    assert shown == [
        "plans: as before",
        "measures: 1 added, 0 removed, 1 changed",
        f"  ~ {PLAN}@20.1",
        "      value_text: 5家 → 7家",
        "      value: 5 → 7",
        "      机构达到7家",
        "      before: 机构达到5家",
        f"  + {PLAN}@30.1  8家 园区",
        "      园区达到8家",
        "verdicts: as before",
        "rows",
        "  fct_measure: 2 → 3",
        "  rpt_indicator_comparison: 2 → 3",
    ]


def test_changes_are_counted_in_one_line() -> None:
    found = diff_tables(release([A, B]), release([A, measure(20, 7, "机构"), C]))
    assert counts(found) == "added measures: 1, changed measures: 1"
    assert counts(diff_tables(release([A]), release([A]))) == "no plan, measure or verdict has changed"


ROWS = st.lists(st.tuples(st.integers(1, 3), st.sampled_from("甲乙丙")), max_size=6).map(
    lambda items: [measure(10 * at, value, name) for at, (value, name) in enumerate(items, start=1)]
)


@given(old=ROWS, new=ROWS)
def test_every_measure_of_both_releases_is_accounted_for_once(old: list[Row], new: list[Row]) -> None:
    found = [change for change in diff_tables(release(old), release(new)).changes if change.what == "measure"]
    came, went = (sum(change.kind == kind for change in found) for kind in ("added", "removed"))
    assert len(new) - came == len(old) - went
    changed = [change.key for change in found if change.kind != "removed"]
    assert len(set(changed)) == len(changed)


@given(old=ROWS, new=ROWS)
def test_the_way_back_tells_the_opposite(old: list[Row], new: list[Row]) -> None:
    def count(found: Iterable[Change]) -> list[int]:
        return [sum(change.kind == kind for change in found) for kind in ("added", "removed", "changed")]

    there, back = (diff_tables(release(a), release(b)).changes for a, b in ((old, new), (new, old)))
    added, removed, _ = count(there)
    assert count(back)[:2] == [removed, added]
