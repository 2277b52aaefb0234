"""The unit of a figure: by its unit word, or by the noun that is counted."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context, once
from dagster_project.extraction.fields import Facts, Field, Found, matched
from dagster_project.reading.numerals import YEAR
from dagster_project.reading.vocabulary import Word, one_of

UNIT: Field[str] = Field("unit")

_ANY_NOUN = one_of(w.NOUNS)
_NOUN = re.compile(_ANY_NOUN)
# The noun before a count, at the end of what is said before it: 企业总数达到, 基地增加到.
_NOUN_BEFORE = re.compile(
    rf"({_ANY_NOUN})(?:(?:申请|授权|登记|注册|拥有|备案)?总?(?:数|数量|量)|总数|数量)?(?:新增|增加|有|发展到|增至|增加到|扩大到|不超过|最多|不高于|共|\s)*"
    + w.REACHING
    + r"(?:\s)*$"
)
# What a count of one grade has in common with the next one: 5个⟨国家级、⟩10个省级工作站.
_GRADE_ONLY = re.compile("(?:国家|省|市|县|区|部|自治区|世界|[十百千]{1,2}亿(?:元)?)级[、和及与]")
_ASIDE = re.compile(r"\((?!市\))[^()]*\)")  # in brackets; 县(市) is one noun
_TEN_THOUSAND = one_of(
    "万人口 万名人口 万常住人口 万名常住人口", Word("万人", unless_after="次", example="每万人拥有发明专利")
)
_PER_10K = re.compile(rf"每?(?:一)?{_TEN_THOUSAND}[^,。;]{{0,16}}(?:拥有|专利|量|数)|每万人口?[件项个]|/万人")
_PRODUCTS = re.compile(w.PRODUCTS)
_PER_10K_UNITS = frozenset("件 项 个 人 名".split())
_PRODUCT_UNITS = frozenset("件 种 款".split())


@once
def counted_noun(c: Context) -> str | None:
    """Return the entry of `NOUNS` that the number counts: the head noun after it, else the one before it."""
    text = _ASIDE.sub("", c.following)
    for match in _NOUN.finditer(text):
        if w.NOUN_END.match(text, match.end()):
            return match[0]
    if _GRADE_ONLY.fullmatch(text) and c.index + 1 < len(c.sentence.quantities):
        return counted_noun(Context(c.sentence, c.index + 1, [c.index + 1]))
    said = c.quantity.cell.label if c.quantity.cell else c.near_before
    before = _NOUN_BEFORE.search(w.BRACKETED.sub("", said))
    return before[1] if before else None


@UNIT.rule("percent", yes=("风险由资金池与银行按⟨7∶3⟩的比例承担。",), no=("对企业的投入按⟨1∶1⟩给予配套。",))
def side_of_a_ratio(c: Context, _: Facts) -> Found:
    """The sides of a ratio are shares of the whole: 7∶3 is 70 and 30 percent."""
    return c.quantity.unit_word if c.quantity.is_side else None


@UNIT.rule(
    "items_per_10k_people",
    yes=(
        "每万人口发明专利拥有量达到⟨18件⟩。",
        "每万名常住人口拥有发明专利⟨18件⟩。",
        "高价值发明专利每万人⟨9件⟩。",
        "高价值专利达到⟨9件⟩/万人。",
    ),
    no=("发明专利拥有量达到⟨1800件⟩。", "服务每万人次配备⟨2名⟩专员。"),
)
def density(c: Context, _: Facts) -> Found:
    """A count for every ten thousand people: 每万人口发明专利拥有量."""
    word = c.quantity.unit_word
    if word not in _PER_10K_UNITS:
        return None
    cell = c.quantity.cell
    said = cell.label + (cell.unit or word) if cell else c.clause_before + word + c.near_after[: len("/万人")]
    match = _PER_10K.search(said)
    return match[0] if match else None


@UNIT.rule(
    "product",
    yes=("开发⟨30项⟩新产品。", "地理标志产品达到⟨12件⟩。"),
    no=("授权⟨30件⟩外观设计专利。", "新产品累计实施⟨20项⟩技术改造工程。"),
)
def products(c: Context, _: Facts) -> Found:
    """件, 种, 款 or 项 of products, not of rights or projects; named before only where the number ends its phrase."""
    word = c.quantity.unit_word
    if word in _PRODUCT_UNITS:
        match = _PRODUCTS.search(c.following or c.near_before)
    else:
        match = _PRODUCTS.search(c.following) if word == "项" else None
    return match[0] if match else None


_AS_BEFORE = re.compile(
    rf"[,、;]?(?:[比较](?:{YEAR}年(?:底|末)?|上年(?:度|末)?|去年)的?)?(?:{w.GROWTH}|达到?)?{w.REACHING}"
)


_CHANGES = re.compile(w.GROWTH)


@UNIT.rule(
    yes=("每万人口发明专利拥有量达到26.5件,较2024年底的⟨23.8件⟩提高2.7件。",),
    no=("每万人口发明专利拥有量达到26.5件,商标注册⟨23件⟩。",),
    source="a change is in the unit of what changes",
)
def density_again(c: Context, facts: Facts) -> Found:
    """Another figure of the density before it, or its change: 26.5件,较2024年底的23.8件提高2.7件."""
    before = facts.before
    is_of_it = before and before.unit == "items_per_10k_people" and c.quantity.unit_word in _PER_10K_UNITS
    is_bare = not c.following or _CHANGES.match(c.following)
    match = _AS_BEFORE.fullmatch(c.near_before) if is_of_it and is_bare else None
    return (before.unit, match[0]) if before and match else None


@UNIT.rule(
    "other",
    yes=("发明专利申请量排名进入全省前⟨3位⟩。", "对考核排名前⟨10名⟩的企业,给予奖励。"),
    no=("引进领军科学家⟨3位⟩。", "提前⟨3名⟩到岗。"),
)
def place_in_a_ranking(c: Context, _: Facts) -> Found:
    """A place in a ranking counts nobody: 居全省前3位, 排名前10名."""
    is_place = c.quantity.unit_word in phrases.PLACES and not c.near_before.endswith("提前")
    return c.quantity.unit_word if is_place and phrases.RANKED.search(c.near_before) else None


_OF_A_GRADE = re.compile(
    "[,、;]?(?:其中,?|含)?(?:新增|新建|新认定)?(?:国家|省部?|市|县|区|部|世界)级(?:以上)?(?:的)?"
)


@UNIT.rule(
    yes=("新建研发平台30个,其中省级以上⟨8个⟩。",),
    no=("新建研发平台30个,其中省级以上研发中心⟨8个⟩。", "其中省级以上⟨8个⟩。"),
    source="GB/T 15834-2011, 4.5: what 其中 begins is a part of what stands before it",
)
def of_a_grade(c: Context, facts: Facts) -> Found:
    """Those of one grade among what the figure before counts: 研发平台30个,其中省级以上8个."""
    before, word = facts.before, c.quantity.unit_word
    if not before or before.is_money or before.is_share or c.following or w.UNITS.get(word):
        return None
    match = _OF_A_GRADE.fullmatch(c.near_before)
    return (before.unit, match[0]) if match else None


_DEEDS = re.compile("(?:重点)?(?:民生|惠民|为民)?实事")


@UNIT.rule(
    "project",
    yes=("继续办好⟨10件⟩民生实事。",),
    no=("继续办好⟨10件⟩专利案件。",),
    source="政府工作报告 count the deeds that they promise by 件",
)
def deeds(c: Context, _: Facts) -> Found:
    """Deeds that a government does: 10件民生实事."""
    return matched(_DEEDS.match(c.following)) if c.quantity.unit_word == "件" else None


@UNIT.rule(
    yes=("授权专利⟨300件⟩。", "奖励⟨5万元⟩。", "引进企业⟨20家⟩。"),
    no=("建设⟨4个⟩园区。", "服务⟨200户⟩。"),
    after=("density", "products", "place_in_a_ranking"),
)
def unit_word(c: Context, _: Facts) -> Found:
    """A unit word that says by itself what is counted: 元, 家, 件, 名, %."""
    word = c.quantity.unit_word
    code = w.UNITS.get(word)
    return (code, word) if code else None


# Where each place has its own: 每个县区不少于, 东浔区、西浔区各
_OF_EACH_PLACE = re.compile(
    r"(?:每个?[\u4e00-\u9fff()、]{0,6}?|、[\u4e00-\u9fff]{1,6}?)[县市区镇乡村州]\)?(?:各|不少于|不低于|至少|不超过)+$"
)


@UNIT.rule(
    yes=("建成工作站15个,每个县区不少于⟨2个⟩。", "新增试点学校6所(东浔区、西浔区各⟨2所⟩)。"),
    no=("每个县区不少于⟨2个⟩。", "建成工作站15个,每个县区建设⟨2个⟩园区。"),
    source="what a total counts is dealt out to places and not said again",
)
def of_each_place(c: Context, facts: Facts) -> Found:
    """What the figure before counts, dealt out to places: 建成工作站15个,每个县区不少于2个."""
    before = facts.before
    if not before or c.following or w.UNITS.get(c.quantity.unit_word):
        return None
    match = _OF_EACH_PLACE.search(c.near_before)
    return (before.unit, match[0]) if match else None


@UNIT.rule(
    yes=(
        "建设⟨4个⟩园区。",
        "实施⟨30项⟩技术改造工程。",
        "园区达到⟨6个⟩。",
        "建设⟨5个⟩国家级、10个省级工作站。",
    ),
    no=("建设⟨4个⟩。", "授权专利⟨300件⟩。"),
)
def noun(c: Context, _: Facts) -> Found:
    """The noun that is counted, where the unit word leaves it open: 4个园区, 30项工程."""
    found = counted_noun(c)
    return (w.NOUNS[found], found) if found else None


@UNIT.rule(
    yes=("引进领军科学家⟨3位⟩。", "实施技术合作⟨30项⟩。"),
    no=("排名进入全省前⟨3位⟩。", "建设⟨4个⟩。"),
    after=("noun", "place_in_a_ranking"),
)
def usual_unit(c: Context, _: Facts) -> Found:
    """What a unit word mostly counts, where no known noun says more: 3位 are people, 30项 projects."""
    word = c.quantity.unit_word
    code = w.USUAL_UNITS.get(word)
    return (code, word) if code else None


@UNIT.rule(
    "other", yes=("建设⟨4个⟩。", "新建公共充电桩⟨80座⟩。"), no=("建设⟨4个⟩园区。",), after=("usual_unit",)
)
def other(c: Context, _: Facts) -> Found:
    """Any other unit word, with no noun that is known."""
    return c.quantity.unit_word
