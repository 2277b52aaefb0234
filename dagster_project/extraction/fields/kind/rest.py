"""What only an obligation tells; what is left is a target."""

from __future__ import annotations

import re

from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found, matched
from dagster_project.extraction.fields.kind.entitlement import BOUNDED
from dagster_project.extraction.fields.kind.field import KIND
from dagster_project.reading.vocabulary import Word, one_of

_MUST = one_of(
    "应当 必须 不得超过 不得少于 不得低于 不得高于 不得大于 不得小于 限报 限享",
    Word("须", unless_after="求", example="培训须满24学时"),
)

_OBLIGED = re.compile(_MUST)

# What a place must reach is its goal, be it set from above: 我市须达到2.8%以上
_PLACE_MUST = re.compile(
    r"(?:全[省市县区国]|我[省市县区]|本[省市县区]|各[省市县区地][^,。;\d]{0,6})[^,。;\d]{0,14}(?:须|应当?|必须)(?:达到|完成|实现|确保|不低于|不少于)$"
    "|(?:全|我)[省市县区](?:须|必须|应当?)(?:新增|新建|建成|培育|引进)[^,。;\\d]{0,14}$"
)


@KIND.rule(
    "condition",
    yes=("专利代理师每年培训不得少于⟨24学时⟩。",),
    no=(
        "专利代理师每年培训不少于⟨24学时⟩。",
        "专利代理师应当培训⟨24学时⟩。",
        "用于品牌培育的资金比例不得低于⟨40%⟩。",
        "全省研发投入强度要达到3%,我市须达到⟨2.8%⟩以上。",
        "全市必须新增规上企业⟨50家⟩以上。",
    ),
)
def obligation(c: Context, facts: Facts) -> Found:
    """A bound that the text obliges to: 培训时间每年不得少于24学时; 应当投保,赔偿限额不低于300万元."""
    if facts.comparator not in BOUNDED or _PLACE_MUST.search(c.clause_before):
        return None
    return matched(_OBLIGED.search(c.before))


@KIND.rule("target", yes=("培育企业⟨50家⟩。",), no=("给予企业⟨50万元⟩。",))
def promise(_c: Context, _f: Facts) -> Found:
    """What no other role claims is what the plan promises."""
    return ""
