"""What a fine, or another sanction, is for."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found
from dagster_project.extraction.fields.indicator.awards import end_or_cap, essential
from dagster_project.extraction.fields.indicator.field import INDICATOR
from dagster_project.extraction.fields.indicator.nouns import CLAUSE_END, end_of_range
from dagster_project.extraction.topics import MET, squeezed, topic

_BARRED_FROM = re.compile(
    f"[之以]?内,?(?:均|将)?(?P<what>[^,。;、\\d]{{2,12}}?)(?=其|各类|[省市县区]级|{phrases.AWARD_NOUN.pattern}|[,。;、]|$)"
)

_TAKEN = re.compile("(?P<what>(?:退还|退回|退缴|追回|收回|追缴|扣减|核减|扣发)[^,。;处\\d]*)$")


@INDICATOR.rule(
    yes=(
        "骗取补助的,追回资金,⟨5年⟩内不得申报各类项目。",
        "考核不合格的,扣减⟨百分之三十⟩的管理费。",
    ),
    no=("伪造专利证书的,处⟨5万元⟩以下罚款。",),
    source="fct_measure: a name is complete without its context",
)
def penalty(c: Context, facts: Facts) -> Found:
    """What is taken back or cut, or from what one is barred, with what it is for: 骗取补助不得申报年限."""
    if facts.kind != "sanction":
        return None
    if facts.unit == "year" and (match := _BARRED_FROM.match(c.near_after)):
        return f"{essential(str(topic(c, told=True)))}{match['what']}年限", match[0]
    match = _TAKEN.search(squeezed(c.near_before)) if facts.is_share else None
    if not match:
        return None
    what = match["what"].removesuffix("的")
    of = "" if len(what) > 2 else CLAUSE_END.split(squeezed(c.following).removeprefix("的"))[0]
    who = str(topic(c, told=True)).replace(MET, "")
    return f"{who if what not in who else who.partition(what)[0]}{what}{of}比例", match[0]


# By which article it is forbidden, which is not what is done: ⟨有本条例第二十二条第一款规定的⟩重复侵权行为.
_BY_ARTICLE = re.compile(
    "(?:(?:具?有|属于|违反)(?:本(?:条例|办法|规定|法|规章))?|本(?:条例|办法|规定|法|规章))第[一二三四五六七八九十百]+条(?:第[一二三四五六七八九十]+[款项])*(?:规定|所列|所称|所述)的?(?=.{3})"
)


@INDICATOR.rule(yes=("伪造专利证书的,处⟨5万元⟩以下罚款。",), no=("对获得专利证书的企业,给予⟨5万元⟩奖励。",))
def fine(c: Context, facts: Facts) -> Found:
    """A fine, with what it is for."""
    if facts.kind != "sanction":
        return None
    what = f"{_BY_ARTICLE.sub('', str(topic(c, told=True)))}罚款"
    return what + ("倍数" if facts.unit == "ratio" else "") + (end_of_range(c) or end_or_cap(c, facts)), ""
