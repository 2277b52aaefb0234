"""Who receives an award."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Field, Found
from dagster_project.reading.vocabulary import Word, one_of

RECIPIENT: Field[str | None] = Field("recipient")

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
_PREPOSITION = one_of(
    "以 从 到 向 由 将 经 因 通过", Word("在", unless_after="孵 校 读 职 岗 站", example="在园区设立机构")
)
_ACT = one_of(
    "为 每 引进 招收 列入 取得 购置 购买 承接 承担 采取 设置 提供 拥有 签订 获得 参加 纳入 惠及 设立 成立 新建 新增 建成 实施 开展 举办 促成 增加",
    Word("完成", unless_after="单位 人", example="完成托管的企业"),
)
_NO_NAME = re.compile(f"^{_PREPOSITION}|{_ACT}")
_NEWLY = one_of("首次", Word("新", unless_after="型 兴 能 建 增", example="新认定的企业"))
_ENTITLING = re.compile(
    rf"^(?:{_NEWLY}|同一|单个)?(?:被?(?:获评|获批|入选|创建为?|(?:认定|评定|评|晋升|成)为))?"
)
_EACH = re.compile(rf"(?:每[家户个名人位]|同一|单[个家户])([^,\d]{{0,6}}?{_PARTY})")
_ANYONE = frozenset("单位 机构 主体".split())  # says less than any other name in the sentence
_CLAUSE_MARK = re.compile("[,;:]")
_REACH = 400  # characters before the figure; sentences of an award are shorter


def _before(c: Context) -> str:
    """Return the sentence up to the series, as far back as an award reaches."""
    return c.sentence.text[max(0, c.first.start - _REACH) : c.first.start]


def _named(found: list[str]) -> Iterator[str]:
    """Yield what of the last name found is a party: its head, without what entitles it."""
    for who in found[-1:]:
        head = _ENTITLING.sub("", who.rpartition("的")[2])
        if _IS_PARTY.search(head) and not _NO_NAME.search(head):
            yield head


def _given(c: Context) -> Iterator[str]:
    yield from _named(_GIVEN_TO.findall(c.clause_before) or _GIVEN_TO.findall(c.clause_after))


def given_party(c: Context) -> str:
    """Return who is given something in the clause of the figure, or nothing."""
    return next(_given(c), "")


def _addressed(c: Context) -> Iterator[str]:
    before = _before(c)
    yield from _named(phrases.ADDRESSED.findall(before, max(0, len(before) - len(c.before))))


def _spoken_of(c: Context) -> Iterator[str]:
    for clause in reversed(_CLAUSE_MARK.split(w.BRACKETED.sub("", _before(c)))):
        yield from _named(_GIVEN_TO.findall(clause))
        yield from _named(_ABOUT.findall(clause))


def _each(c: Context) -> Iterator[str]:
    yield from _named(_EACH.findall(c.clause_before))


def _first(names: Iterator[str]) -> Found:
    """Return the first name that says more than anyone."""
    name = next((name for name in names if name not in _ANYONE), None)
    return None if name is None else (name, name)


@RECIPIENT.rule(
    yes=("对首次通过认证的高校、科研院所,每家分别给予⟨10万元⟩、5万元补助。",),
    no=("对首次通过认证的高校、科研院所,每家给予⟨10万元⟩、5万元补助。",),
)
def party_of_its_own(_: Context, facts: Facts) -> Found:
    """The party that a spread award is for by its own name: 高校补助."""
    if not facts.is_paired:
        return None
    head = phrases.AWARD_NOUN.sub("", facts.indicator).rpartition("的")[2]
    return (head, head) if phrases.ACTOR.search(head) else None


@RECIPIENT.rule(
    None,
    yes=("培育企业⟨50家⟩。", "企业专利授权量达到⟨300件⟩。"),
    no=("对企业,给予⟨5万元⟩补助。",),
)
def no_award(_: Context, facts: Facts) -> Found:
    """What is no award has no recipient."""
    return None if facts.kind == "incentive" else ""


@RECIPIENT.rule(
    yes=("孵化器内每毕业1家企业,奖励运营单位⟨3万元⟩。", "引进专家的,按实付薪酬的⟨20%⟩给予用人单位补贴。"),
    no=("孵化器内每毕业1家企业,奖励⟨3万元⟩。",),
)
def given_to(c: Context, _: Facts) -> Found:
    """Who is given it, in its clause: 奖励运营单位3万元."""
    return _first(_given(c))


@RECIPIENT.rule(
    yes=("对通过评级的企业,给予⟨8万元⟩补助。",),
    no=("企业通过评级的,给予⟨8万元⟩补助。", "对引进专家的企业,奖励运营公司⟨3万元⟩。"),
    after=("given_to",),
)
def addressed(c: Context, _: Facts) -> Found:
    """Who is addressed with 对: 对通过评级的企业."""
    return _first(_addressed(c))


@RECIPIENT.rule(
    yes=("企业投保责任险的,按保费的⟨60%⟩补助。", "入选人才计划的创业团队,给予⟨100万元⟩。"),
    no=("从银行取得贷款的,按利息的⟨50%⟩给予补贴。", "设立运营中心的,补助⟨50万元⟩。"),
)
def spoken_of(c: Context, _: Facts) -> Found:
    """Who the nearest clause before the figure is about: 企业投保责任险的."""
    return _first(_spoken_of(c))


@RECIPIENT.rule(
    yes=("对密集型产品,每件奖励5000元,每年每家企业最高不超过⟨10万元⟩。",),
    no=("对密集型产品,每件奖励⟨5000元⟩,每年每家企业最高不超过10万元。",),
)
def said_of_each(c: Context, _: Facts) -> Found:
    """Of whom it is said each: 每年每家企业不超过."""
    return _first(_each(c))


@RECIPIENT.rule(
    yes=("对通过评级的单位,给予⟨8万元⟩补助。",),
    no=("对通过评级的单位,奖励运营公司⟨8万元⟩。",),
    after=("given_to",),
)
def anyone(c: Context, _: Facts) -> Found:
    """A word for anyone, where no name says more: 单位, 机构, 主体."""
    for names in (_given, _addressed, _spoken_of, _each):
        for name in names(c):
            return name, name
    return None


@RECIPIENT.rule(None, yes=("通过评级的,给予⟨8万元⟩补助。",), no=("对通过评级的企业,给予⟨8万元⟩补助。",))
def unnamed(_c: Context, _f: Facts) -> Found:
    """An award that names nobody."""
    return ""
