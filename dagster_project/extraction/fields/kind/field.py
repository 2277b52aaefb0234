"""The field itself, and what the rules of several of its modules ask of a figure."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context, once
from dagster_project.extraction.fields import Facts, Field, matched

KIND: Field[str] = Field("kind")

#: Rules that find an award in the sentence of its figure. A cap that another rule finds may limit what an earlier
#: sentence grants.
AWARD_RULES = frozenset({"granted", "award_named_after", "award_named_before"})

AWARD = re.compile(w.AWARD)

# 给予一次性⟨50万元⟩
AWARD_BEFORE = re.compile(
    w.AWARD + r"(?!资金|基金|金|政策|机制)[^,。;、\d]{0,10}(?:\([^()\d]{1,12}\))?$|" + w.PAYS
)

LENT = re.compile("贷款|融资")  # 发放⟨贷款⟩累计达到


@once
def _award_before(c: Context) -> bool:
    match = AWARD_BEFORE.search(c.near_before)
    return bool(match and not LENT.search(match[0]))


def is_granted(c: Context, facts: Facts) -> bool:
    """The figure itself is what is granted: 给予50万元, 补助30%."""
    return (facts.is_money or facts.is_share) and _award_before(c)


def is_award_near(c: Context, facts: Facts) -> bool:
    """The figure is what is granted, or its clause speaks of granting."""
    return is_granted(c, facts) or bool(AWARD.search(c.clause_before + c.clause_after))


_AWARDS_BELOW = re.compile(
    f"(?:{w.AWARD})(?:资金)?(?:标准|额度|金额|措施|内容|方式|政策)$|(?:下列|以下|如下)(?:标准|规定)[^,。;]{{0,8}}(?:{w.AWARD})$"
)


def is_a_rate(c: Context, facts: Facts) -> bool:
    """A percentage or a multiple, and no growth."""
    return facts.is_share and not phrases.is_growth(c)


def allotted(pattern: re.Pattern[str], c: Context, facts: Facts) -> str | None:
    """Search a pattern in the clause of a rate, where N stands for the figure."""
    return matched(pattern.search(f"{c.clause_before}N{c.clause_after}")) if is_a_rate(c, facts) else None


def heads_awards(c: Context) -> str | None:
    """Return the words of the label, or else of the nearest heading that says what stands below it, if these are awards."""
    for above in (c.sentence.label, *reversed(c.sentence.headings[-3:])):
        if match := _AWARDS_BELOW.search(above):
            return match[0]
        if w.CONDITION_HEADING.search(above[:_SHORT]) or w.FUTURE_HEADING.search(above[:_SHORT]):
            return None
    return None


_SHORT = 12  # characters of a heading that is no sentence
