"""Whether a figure is only aspired to: 力争, 争取, 争."""

from __future__ import annotations

import re

from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Field, Found
from dagster_project.reading.numerals import FEW, FIVE_YEARS, YEAR

ASPIRATION: Field[bool] = Field("is_aspirational")

_WORD = re.compile(r"力争|争取|力求|争创|争(?=达|突破|实现|取得|新增)")
_HEAD = re.compile(
    rf"(?:^|[,:])\s*(?:力争|争取|力求)(?:到|在|用|于|通过|经过)?(?:{YEAR}年|“?{FIVE_YEARS}|{FEW}年|今年|全年)[^;。]*$"
)


@ASPIRATION.rule(True, yes=("力争培育企业50家。",), no=("培育企业50家,力争成为示范。",))
def word_in_clause(c: Context, _: Facts) -> Found:
    """力争, 争取, 争 before the number, in its clause."""
    match = _WORD.search(c.clause_before)
    return match[0] if match else None


@ASPIRATION.rule(
    True, yes=("力争到2025年,全市专利授权量达到⟨4万件⟩。",), no=("到2025年,全市专利授权量达到⟨4万件⟩。",)
)
def word_at_the_head(c: Context, _: Facts) -> Found:
    """力争 at the head of the sentence, with a date: 力争到2025年,…."""
    match = _HEAD.search(c.sentence.text[: c.first.start])
    return match[0].strip(",;。:")[:12] if match else None


@ASPIRATION.rule(False, yes=("培育企业50家。",), no=("力争培育企业50家。",))
def committed(_c: Context, _f: Facts) -> Found:
    """What no word makes an aspiration is a commitment."""
    return ""
