"""Whether a figure is a level, a flow, growth, a multiple or a share."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context

_SHARED_KINDS = frozenset({"incentive", "allocation", "sanction"})
_RANKED = phrases.DURATIONS | phrases.AGES | frozenset({"位", "名次"})


def _multiple(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """是十二五末的2.7倍; 翻一番. 增长两倍 is growth."""
    if c.quantity.unit_word != "倍":
        return None
    if kind_code not in _SHARED_KINDS and phrases.GROWN.search(c.near_before):
        return "growth_total", "增长…倍"
    return "multiple", "倍"


def _of_percent(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """A share (结案率达到100%), or growth a year (年均增长10%), or in all (三年增长15%; 提高5个百分点)."""
    if unit_code not in {"percent", "ratio"}:
        return None
    if kind_code in _SHARED_KINDS or c.quantity.unit_word == "∶":
        return "share", kind_code
    points = "点" in c.quantity.unit_word
    if not points and not phrases.is_growth(c) and not phrases.goes_on(c):
        return "share", "proportion"
    clause = c.clause_before
    if (match := w.SINCE.search(clause)) and not w.YEARLY.search(clause):
        return "growth_total", match[0]
    if match := w.YEARLY.search(clause) or w.YEARLY.match(c.near_after):
        return "growth_annual", match[0]
    if points or re.search(r"率[^,。;率]{0,4}(?:提高|提升|下降|降低|增加)", c.near_before):
        return "growth_total", "change of a rate"
    if match := w.SPAN_TO.search(c.before):
        return "growth_total", match[0]
    return "growth_annual", "growth without another span of time"


def _of_payment(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """Awards and fines are paid: 给予50万元."""
    return ("flow", "paid") if kind_code in {"incentive", "sanction"} else None


def _of_funding(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """Money set aside flows (安排2亿元经费); a fund has a size (总规模50亿元的基金)."""
    if kind_code != "funding":
        return None
    match = re.search(w.APPROPRIATED + "|每年|年度|本年|当年", c.clause_before)
    return ("flow", match[0]) if match else ("level", "size of a fund")


def _of_threshold(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """A state to be in (注册资本, 代理师超过10人, 成立满2年), or something to be done (新增40件, 惠及5家, 销售额)."""
    if kind_code != "condition":
        return None
    near = c.near_before
    if c.quantity.unit_word in _RANKED:
        return "level", "duration, age or rank"
    if unit_code == "CNY" and len(c.series) == 1 and phrases.ATTRIBUTE.match(c.own_after):
        return "level", "says which ones are counted"
    if match := re.search(r"(?:注册|实缴|拥有|保有|存量|余额|总容)[^,。;、]{0,12}$", near):
        return "level", match[0]
    if match := re.search(w.FLOW + "|年度|当年|首次|工作时间", near):
        return "flow", match[0]
    if match := re.search(w.STOCK, near):
        return "level", match[0]
    if match := re.search(w.ACTIVITY + r"[^,。;、]{0,12}$", near):
        return "flow", match[0]
    return (
        ("level", "state to be in")
        if unit_code in {"org", "person", "other", "year"}
        else ("flow", "to be done")
    )


def _of_density(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """A figure per head: 每万人口发明专利拥有量."""
    if re.search(r"[人户]均[^,。;、]{0,8}(?:收入|费用|支出|消费|产值)", c.near_before):
        return "flow", "a flow per head"
    match = re.search(r"人均|户均|每[百千万]*(?:名|人|户)", c.near_before)
    if unit_code == "items_per_10k_people" or match:
        return "level", match[0] if match else "density"
    return None


def _of_change(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """A count that grew by so much: 比2015年增加9.6件."""
    if re.search(r"[比较][^,。;]{2,14}(?:增加|减少|提高|增长|多|少)$", c.near_before):
        return "growth_total", "比…增加"
    return None


def _of_count(c: Context, kind_code: str, unit_code: str) -> tuple[str, str]:
    """A total at a date (总数达到1500家, 累计300家), or what is produced (培育50家, 成交额突破40亿元)."""
    near = c.near_before or c.clause_before
    if match := re.search(
        r"(?:[一二两三四五六七八九十\d]年|期间|规划期)[^,。;]{0,10}(?:累计|总额|总量)", c.clause_before
    ):
        return "flow", match[0]
    if c.quantity.column_year:
        return "level", "cell of a table"
    if kind_code == "target" and (match := phrases.YEARLY_COUNT.search(c.clause_before)):
        return "flow", match[0]
    if kind_code == "baseline":
        return _of_past_count(c, near)
    if (match := re.search(w.FLOW + w.REACHING + "$", near)) and not re.search(
        "达|突破|超|稳定|保持", match[0]
    ):
        return "flow", match[0]
    if match := re.search(w.STOCK, near):
        return "level", match[0]
    if re.search(
        r"(?:达到?(?:了)?(?:不少于|不低于|超过)?|为|超过?|突破|保持在?|稳定在?)$", near
    ) and not _ACTIVE.match(c.clause_before):
        return "level", "达到"
    return "flow", "to be produced"


def _of_past_count(c: Context, near: str) -> tuple[str, str]:
    if match := re.search(r"共有|拥有|现有|保有|存量|余额|总数|每[千万]|共$", near):
        return "level", match[0]
    span = re.search(r"期间|年来|全年|去年|上年|(?<!到)\d{4}年(?!底|末|初)", c.sentence.text[: c.first.start])
    if span and (match := re.search(w.ACTIVITY + r"|" + w.FLOW, near) or re.search("累计|达到?$", near)):
        return "flow", f"{span[0]}, {match[0]}"
    if "累计" in near:
        return "level", "累计"
    if match := re.search(w.FLOW + w.REACHING + "$", near) or re.search(w.DONE + r"[^,。;、]{0,16}$", near):
        return "flow", match[0]
    return "level", "reported state"


FORMS = (
    _multiple,
    _of_percent,
    _of_payment,
    _of_funding,
    _of_threshold,
    _of_density,
    _of_change,
)  # the first that fits


def form(c: Context, kind_code: str, unit_code: str) -> tuple[str, str]:
    """level, flow, growth_annual, growth_total, multiple or share."""
    for rule in FORMS:
        if found := rule(c, kind_code, unit_code):
            return found
    return _of_count(c, kind_code, unit_code)


_ACTIVE = re.compile(
    r"^(?:\s|全[市省县区]|我[市省县区]|每年|累计|共|再|年内|到?\d{4}年(?:底|末)?|力争|争取|推动|支持|鼓励|[,、])*"
    + w.ACTIVITY
)
