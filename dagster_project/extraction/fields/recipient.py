"""Who receives an award."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context

_PARTY = f"(?>{w.PARTY}+(?:”{w.PARTY}+)?)"  # “小巨人”企业
_IS_PARTY = re.compile(f"(?:{_PARTY}$|{phrases.ACTOR.pattern})")
# 给予研制单位奖励, 奖励运营单位3万元.
_GIVEN_TO = re.compile(
    rf"(?:{phrases.AWARD_NOUN.pattern}|给予|予以|奖给|发给)给?(?P<who>[^,的\d每]{{0,10}}?{_PARTY})"
    rf"(?=$|,|\d|一次性|最高|不超过|{phrases.AWARD_NOUN.pattern})"
)
# Who a clause is about: 企业投保海外侵权责任险的; 新设立的专利代理机构. Not what is counted in it (入驻商家20家), nor the first
# half of a name (博士后科研工作站).
_ABOUT = re.compile(
    r"(?:^(?:\d+\.)?(?:对于|对|凡是|凡|支持|鼓励|引导|推动|和|给予|每[家户个名人位]|单[个家户]|同一|各类?)*(?!每|其中)"
    rf"|的(?=[^,的]*{_PARTY}(?:$|分别|一次性|每|按|最高|上浮|{w.AWARD})))"
    rf"(?P<who>[^\d《]{{0,24}}?{_PARTY}(?:(?:、|和|与|及|或|以及)[^、的\d《]{{0,10}}?{_PARTY})*)"
    r"(?!\d|[数占内外间类]|每增|不少于|不低于|达到?|超过|总|科研|创新|实践|经营|研发|技术|运营)"
)
# What has a verb or begins with a preposition names no one: 设立运营中心, 从银行.
_NO_NAME = re.compile(
    r"^(?:以|从|到|向|由|将|经|因|通过|在(?![孵校读职岗站]))|[为每]|完成(?!单位|人)|"
    + w.one_of(
        "引进 招收 列入 取得 购置 购买 承接 承担 采取 设置 提供 拥有 签订 获得 参加 纳入 惠及 设立 成立 新建 新增 建成 实施 开展 举办 促成 增加"
    )
)
_ENTITLING = re.compile(
    "^(?:新(?![型兴能建增])|首次|同一|单个)?(?:被?(?:获评|获批|入选|创建为?|(?:认定|评定|评|晋升|成)为))?"
)
_EACH = re.compile(rf"(?:每[家户个名人位]|同一|单[个家户])([^,\d]{{0,6}}?{_PARTY})")
_ANYONE = {"单位", "机构", "主体"}  # says less than any other name in the sentence
_REACH = 400  # characters before the figure; sentences of an award are shorter


def recipient(c: Context) -> str | None:
    """Who gets an award; None where nobody is named.

    Who is given it (奖励运营单位3万元), else who is addressed (对通过评级的企业), else whom the nearest clause before the
    figure is about (企业投保…的), else of whom it is said each.
    """
    before = c.sentence.text[max(0, c.first.start - _REACH) : c.first.start]
    found = (_GIVEN_TO.findall(c.clause_before) or _GIVEN_TO.findall(c.clause_after))[-1:]
    found += phrases.ADDRESSED.findall(before, max(0, len(before) - len(c.before)))[-1:]
    for clause in reversed(re.split("[,;:]", re.sub(r"\([^()]*\)", "", before))):
        found += _GIVEN_TO.findall(clause)[-1:] + _ABOUT.findall(clause)[-1:]
    found += _EACH.findall(c.clause_before)
    heads = [_ENTITLING.sub("", who.rpartition("的")[2]) for who in found]
    names = [head for head in heads if _IS_PARTY.search(head) and not _NO_NAME.search(head)]
    return next((name for name in names if name not in _ANYONE), next(iter(names), None))


def recipient_named(name: str) -> str | None:
    """Who the name of an award that was spread with 分别 names: 首次通过认证的高校补助 → 高校."""
    head = phrases.AWARD_NOUN.sub("", name).rpartition("的")[2]
    return head if phrases.ACTOR.search(head) else None
