"""Notes on many plans are told in a line for each kind."""

from __future__ import annotations

from dagster_project.defs.extracted import noted

AGAIN = "a number is printed again"


def test_notes_of_one_kind_are_one_line_with_the_worst_two_plans() -> None:
    reasons = {
        "a": f"1 at 7: {AGAIN}",
        "b": f"1 at 7: {AGAIN}; 2 at 9: {AGAIN}; 3 at 11: {AGAIN}",
        "c": f"1 at 7: {AGAIN}; 2 at 9: {AGAIN}; 5 at 9: left as printed",
    }
    assert [*noted(reasons)] == [
        f"{AGAIN}: 6× in 3 plans, most in b 3× (1 at 7); c 2× (1 at 7)",
        "left as printed: 1× in 1 plan, most in c 1× (5 at 9)",
    ]


def test_without_notes_nothing_is_told() -> None:
    assert [*noted({})] == []
