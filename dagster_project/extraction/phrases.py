"""Phrases that more than one field reads: each once, by name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dagster_project.extraction import words as w
from dagster_project.extraction.numbers import NUMBER
from dagster_project.reading.numerals import HAN_DIGITS, YEAR
from dagster_project.reading.vocabulary import Word, one_of

if TYPE_CHECKING:  # clauses are cut by phrases
    from dagster_project.extraction.clauses import Context

ANY_YEAR = rf"(?:{YEAR}|[一二][九〇零][{HAN_DIGITS}]{{2}})"  # 2025, 二〇二五
MONTH_DAY = rf"(?:{NUMBER}月(?:份|{NUMBER}[日号])?)?"  # behind a year, if anything: 8月, 8月份, 8月27日
TIME = one_of("年 个月 月 星期 天 日 小时 分钟", Word("周", unless_after="岁", example="为期两周"))

# A bound right after a figure, whichever: 40件⟨以上⟩, 30%⟨以内⟩, 10名⟨左右⟩. Which one it is: words.GE_AFTER and its like.
BOUND = r"(?:及?以[上下内]|左右)"

# What may stand between a number and what it counts: 5家(含)以上. 及以下 is none: 30户及以下 ends its phrase.
NOISE = r"(?:\([^()]*\)|及?以上|以[下内]|左右|上下|之内|含)"
DURATIONS = frozenset("年 周年 个月 月 天 日 小时 个工作日 工作日".split())
AREAS = frozenset("平方米 平米 ㎡".split())
AGES = frozenset("岁 周岁".split())
# What counts each year anew: ⟨每年⟩培训1000人, ⟨年⟩培训1000人.
YEARLY_COUNT = re.compile(
    r"每年|年均(?!浓度|气温|降[水雨]|日照|值)|年度(?=新增|培训|培养|引进|完成(?!投资)|支持)|(?<![\d底末一二两三四五六七八九十半几全])年(?=培训|培养|引进|服务|新增|均(?=培|引|新|服|完成))"
)
# What a bounded sum says of those that are counted: 投资10亿元⟨以上项目⟩8个.
ATTRIBUTE = re.compile(rf"{BOUND}?的?[^,。;、\d]{{0,10}}?{w.ATTRIBUTED}[^,。;、\d]{{0,8}}")

# A bound right after a number, by comparator: 50家以上, 10万元以内, 300家左右.
BOUND_AFTER = re.compile(
    rf"(?P<lt>{w.LT_AFTER.pattern})|(?P<ge>{w.GE_AFTER.pattern})|(?P<le>{w.LE_AFTER.pattern})|(?P<approx>{w.APPROX_AFTER.pattern})"
)
RANKED = re.compile(r"(?:(?<!提)前|排名(?:[后末]|靠后)?|倒数)$")  # before a number: 排名前3位
PLACES = frozenset({"位", "名"})  # what places in a ranking are counted in

AWARD_NOUN = re.compile(r"奖励|奖补|补助|补贴|资助|贴息|补偿|奖金|扶持|减免|返还")
MODE = "(?:其|该|授权|许可|申请|注册|登记|成交|交易|合同|到账|实际到账|播种|种植|总|年)?"
BARE = re.compile(rf"^{MODE}{w.METRIC}$")
MODE_METRIC = re.compile(rf"(?:的)?{MODE}{w.METRIC}$")
ACTOR = re.compile(one_of(noun for noun, unit in w.NOUNS.items() if unit in {"org", "person"}) + "$")
# Where a clause begins to name whom it is for: ⟨对⟩示范企业给予5万元.
ADDRESSING = r"(?:^|[,;。:.)\s])(?:对于|对|凡是|凡)"
ADDRESSED = re.compile(rf"{ADDRESSING}(?P<who>[^。;]*?)(?:的?,|的?(?=给予|予以|一次性|按))")

# Whom a list of requirements is for: 申报⟨知识产权示范企业⟩应同时具备以下条件; ⟨申请单位⟩须符合下列条件; ⟨团队⟩须满足:.
REQUIRED_OF = re.compile(
    r"(?P<who>(?!应|须|是指|系指|指|必须|需|还|并|且|同时)[^,。;:\s]{2,24}?),?(?:一般)?(?:应当|应|必须|须|需|还)?(?:同时)?(?:具备|符合|满足)"
    r"(?:(?:以下|下列|如下|相应)[^,。;]{0,8}?(?:条件|要求|标准|情形)|(?:条件|要求)?(?=:))"
)
# The same, named behind: 同时具备下列条件的⟨工业企业⟩,可以申请.
REQUIRED_OF_THOSE = re.compile(
    r"(?:具备|符合|满足)(?:以下|下列|如下)[^,。;]{0,4}(?:条件|要求)之?一?的(?P<who>[^,。;:\s]{2,16})"
)
REQUIRES = re.compile("具备|符合|满足")  # without one of these the pattern above cannot fit
# What a document means by a word: 本办法所称⟨小微企业⟩,是指; 所称⟨“聘用”⟩应同时符合以下条件.
DEFINES = re.compile(
    r"所称的?\s*(?:“(?P<quoted>[^“”]{1,16})”|(?P<what>[^,。;:“”\s]{2,16}?))\s*,?(?:是指|系指|指|为|应当?|须)(?:同时)?"
)


def defined(found: re.Match[str]) -> str:
    """Return who is meant by a word of `DEFINES`, or, of a deed in quotation marks, what is taken for it: 认定为“聘用”."""
    name = found["quoted"] or found["what"]
    return name if found["what"] or ACTOR.search(name) else f"认定为“{name}”"


# What such a party does before the list begins: 受托管理机构⟨通过公开遴选产生⟩.
PARTY_DOES = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:通过|经由?|依法|由|采取)[^的]*$")

# From one day to another: 2024年1月1日至12月31日期间.
FROM_DAY_TO_DAY = rf"^(?:在|于|自)?(?:{ANY_YEAR}年)?\d{{1,2}}月(?:\d{{1,2}}日)?(?:起)?(?:至|到|—|-)(?:{ANY_YEAR}年)?\d{{1,2}}月(?:\d{{1,2}}日|底)?(?:止|期间|之间|间)?[,内]?"

# The number of an item that begins with a sum, which is no decimal: ⟨1.⟩200万元至1000万元的,按3%补助.
NUMBERED_SUM = re.compile(r"^\s*\d{1,2}[.．](?=\d{2,3}0(?!\d)\s*[万亿])")
# A tier without what it is of, in a line of its own: 3000万元以上不足1亿元的,奖励8万元.
TIER = re.compile(
    rf"\s*(?:[(（]?\d{{1,2}}[)）、.]\s*)?(?:超过)?{NUMBER}\s*[万亿]*元?(?:[(（][^()（）]{{1,6}}[)）])*(?:及?以[上下]|至|到|不足|不满|[—~～-])"
)
PARTS = re.compile(r"\s*其中")  # begins a sentence that gives the parts of the total before it

ITEM = re.compile(
    r"\s*(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)、.](?!\d)|[①-⑳]|[●·✔√▶►◆■☆★○]\s?(?!\s))"
)  # what begins an item of a list

# What follows is dealt out to what stands before, in order: 示范企业、优势企业的,各奖30万元、15万元.
RESPECTIVELY = re.compile("分别|依次|(?<![对在])各(?:自|再)?(?=给予|奖|补助|补贴|资助|支持)")

# Growth named before its rate: ⟨增长率达到⟩8%.
GROWN = re.compile(w.GROWTH + r"(?:率|幅度?|速度?)?" + w.REACHING + "$")
# Growth named after its rate: 8%⟨以上的年均增长⟩; not a value that is reached: 3%⟨提高到⟩.
GROWTH_AFTER = re.compile(rf"{BOUND}?的?(?:年均|平均)?(?:复合)?{w.GROWTH}(?![到至])")
# Rising or falling to a value: 由3件⟨提高到⟩5件.
RISE_TO = rf"(?:左右)?{one_of('增长 提高 提升 上升 攀升 跃升 增加 扩大 扩充 扩展 拓展 发展 下降 降低 减少 压减 压降 压缩 缩减 缩短 增 减 升 降 提')}[到至]"
# All that is said of a sum where the rest was said of the one before: 较上年增加, 高新区不低于, 某区配套.
SAID_ONCE = re.compile(
    r"[、,;]?(?:[比较](?:上年|去年|上一年度?)[^,。;\d]{0,6}(?:增加|减少|多|少)|[\u4e00-\u9fff()]{0,10}(?:区|县|市|级)(?:财政)?(?:配套|出资|投入)?(?:原则上|一般)?(?:各|分别|不低于|不少于|至少)*)$"
)
# What names of one indicator may differ in: 累计转让专利的数量 is 转让专利.
FORM_WORDS = re.compile(r"\([^()]*\)|年均增幅|年均增长率?|增长率|数量|总数|首[例单]|累计|项目的?|的")


def is_growth(c: Context) -> bool:
    """The figure is a rate of growth: 年均增长10%, 降低13.5%; not a value that was reached: 提高到3.2%."""
    return _grows(c.near_before, c.near_after)


@lru_cache(maxsize=1024)  # several rules ask the same of one figure
def _grows(before: str, after: str) -> bool:
    return bool(GROWN.search(before) or GROWTH_AFTER.match(after))


_CAPACITY = re.compile("能力|产能")  # 处置能力(万吨/年) is there at a date


def yearly_unit(c: Context) -> str | None:
    """Return the unit of a cell that is so much a year, 亿元/年, but not that of a capacity."""
    cell = c.quantity.cell
    return cell.unit if cell and cell.unit.endswith("/年") and not _CAPACITY.search(cell.label) else None


def is_return_period(c: Context) -> bool:
    """How often a rain or flood comes, for which drains and dikes are designed: 50年一遇, 设计重现期."""
    cell = c.quantity.cell
    return c.own_after.startswith("一遇") or bool(
        cell and "重现期" in cell.caption + cell.column + cell.label
    )


# After a rate, a wish for another: 增长⟨6%、力争⟩7%.
_SECOND_RATE = re.compile(rf"[\d.]+%{BOUND}?[、,](?:力争|争取|确保|努力)(?:达到|实现)?$")


def goes_on(c: Context) -> bool:
    """A second rate for the same growth: 增长6%、力争7%."""
    match = _SECOND_RATE.search(c.clause_before)
    return bool(match and GROWN.search(c.clause_before[: match.start()]))
