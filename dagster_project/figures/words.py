"""What charts say: the words they add themselves, and numbers and quantities as people write them."""

from __future__ import annotations

import math
from typing import Literal, get_args

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)

COMPARATORS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "eq": ""}

# Chinese and English of every phrase; the codes of the tables' vocabularies are keys as they are.
_PHRASES: dict[str, tuple[str, str]] = {
    # shared
    "and": ("、", ", "),
    "colon": ("：", ": "),
    "dot": (" · ", "; "),
    "stop": ("；", "; "),
    "sentence": ("。", ". "),
    "date": ("{0.year}年{0.month}月{0.day}日", "{0:%Y-%m-%d}"),
    "province": ("{}（省级）", "{} (province)"),
    "stale": ("{}（旧版数据）", "{} (last good reading)"),
    "several": ("{}个规划", "{} plans"),
    "several_things": ("{}项", "{} of them"),
    "sources": ("资料来源", "Sources"),
    "more_sources": ("另有{}个规划，见网页版", "{} more plans, cited in the HTML version"),
    "release": ("发布编号 {}", "Release {}"),
    "cited": ("《{}》（{}）", "《{}》 ({})"),
    "cited_untitled": ("{}，未载明标题（{}）", "{}, title not stated ({})"),
    "undated": ("未注明文号和日期", "number and date not stated"),
    "no_plans": ("{theme}：尚无规划数据", "{theme}: there are no plans in the tables"),
    "rules": ("规则：{}", "Rules: {}"),
    "more": ("另有 {}，见网页版和CSV", "Not shown: {}; see the HTML version and the CSV"),
    "more_indicators": ("{}项指标", "{} more indicators"),
    "more_statements": ("{}条不可比的表述", "{} more statements that are not comparable"),
    "more_rows": ("{}行", "{} more rows"),
    "more_columns": ("{}列", "{} more columns"),
    "more_offices": ("{}个部门", "{} more offices"),
    "more_plans": ("{}个规划", "{} more plans"),
    "more_awards": ("{}项奖补", "{} more awards"),
    "more_documents": ("{}份文件", "{} more documents"),
    "more_parts": ("{}组", "{} more groups"),
    "of": ("{} / {}", "{} of {}"),
    "percent": ("{}%", "{}%"),
    # comparability
    "exact": ("口径一致", "exact"),
    "rescaled": ("折算", "rescaled"),
    "narrower": ("范围较窄", "narrower scope"),
    "broader": ("范围较宽", "broader scope"),
    "not_comparable": ("不可比", "not comparable"),
    "aspirational": ("力争", "aspirational"),
    "hollow": ("空心：力争", "hollow: aspirational"),
    "exact_rule": ("口径一致＝按指标口径表述", "exact = stated on the basis of the indicator"),
    "rescaled_rule": (
        "折算＝按成文规则换算到该口径，附算式",
        "rescaled = carried to that basis by a written rule, with its arithmetic",
    ),
    "narrower_rule": (
        "范围较窄＝口径相同，所指少于指标（如仅指专利）",
        "narrower scope = same basis, but less than the indicator means (say, patents only)",
    ),
    "broader_rule": (
        "范围较宽＝口径相同，所指多于指标",
        "broader scope = same basis, but more than the indicator means",
    ),
    "not_comparable_rule": (
        "不可比＝不能换算到该口径，不上坐标轴，原因另列",
        "not comparable = cannot be carried to that basis: on no axis, with the reason",
    ),
    # comparison
    "nothing": ("{theme}：{n}个规划均未见量化表述", "{theme}: no figure found in the {n} plans searched"),
    "highest": (
        "{theme}：“{indicator}”以{plans}为最高，{value}",
        '{theme}: in "{indicator}", {plans} the most, {value}',
    ),
    "limited": ("{}（{}）", "{} ({})"),
    "one": ("{} ", "{} promises"),
    "many": ("{} 并列", "{} promise"),
    "among_cities": ("；城市中以{plans} 为最高，{value}", "; among the cities {plans}, {value}"),
    "one_each": (
        "{theme}：各项指标都只有一个规划给出可比数值，不能排出高低",
        "{theme}: no indicator is stated on a comparable basis by more than one plan",
    ),
    "none_comparable": (
        "{theme}：所有表述均不可比，逐条列于下方",
        "{theme}: no statement is comparable; all are listed below",
    ),
    "comparison_basis": (
        "条长为按指标口径的数值，单位见各图；“≥ ≈ ≤”依原文；重复表述不计",
        "Bars: values on the basis of the indicator, in the unit of each panel; ≥ ≈ ≤ as the plan says; no restatements",
    ),
    "silent": ("未见本主题量化表述：{}", "No figure on this theme in: {}"),
    "axis": ("{}（单位：{}）", "{} (in {})"),
    "until": ("到{}年", "by {}"),
    "per_million": ("每百万人口{}", "{} per million residents"),
    "apart": (
        "另列：不可比的表述（{}条），不上坐标轴",
        "Apart, on no axis: statements that are not comparable ({})",
    ),
    "plan": ("规划", "Plan"),
    "stated_indicator": ("指标 / 原文用语", "Indicator / the plan's words"),
    "stated": ("原文数值", "As stated"),
    "verdict": ("可比性", "Comparability"),
    "per_year": ("/年", "/yr"),
    "formula": ("算式", "Arithmetic"),
    "residents": ("按常住人口", "By population"),
    "quote": ("原文", "Sentence"),
    "heading": ("出处", "Section"),
    "offset": ("字符位置", "Characters"),
    # coverage
    "coverage": ("主题覆盖", "Theme coverage"),
    "most_quantified": (
        "主题覆盖：{plans} 有量化承诺的主题最多（{n}/{themes}）",
        "Theme coverage: most themes with numbers in {plans} ({n}/{themes})",
    ),
    "least_headline": (
        "；重点主题中{theme}最少，{n}/{plans}个规划有量化承诺",
        "; of the headline themes, fewest plans give numbers for {theme} ({n}/{plans})",
    ),
    "coverage_basis": (
        "单位：以该主题为主的量化承诺条数；以往情况和重复表述不计；★为重点主题",
        "Unit: quantified commitments with this primary theme; no reports of the past, no restatements; ★ headline theme",
    ),
    "coverage_rule": (
        "有量化承诺＝至少一条；有表述，无数字＝有以该主题为主的条款；仅提及＝只出现该主题的词语；未见＝已检索全文",
        "quantified = one commitment or more; without number = a provision has this primary theme; mentioned only = "
        "its words occur; not found = the whole text was searched",
    ),
    "quantified": ("有量化承诺", "quantified"),
    "stated_without_number": ("有表述，无数字", "stated without number"),
    "mentioned_only": ("仅提及", "mentioned only"),
    "searched_not_found": ("已检索，未见", "searched, not found"),
    "quantified_cell": ("● {}条", "● {}"),
    "stated_without_number_cell": ("◐ 无数字", "◐ no number"),
    "mentioned_only_cell": ("○ 仅提及", "○ mention"),
    "searched_not_found_cell": ("– 未见", "– not found"),
    "theme": ("主题", "Theme"),
    "provisions": ("条款", "Provisions"),
    "commitments": ("量化承诺", "Commitments"),
    "targets": ("其中目标", "of which targets"),
    "measures": ("量化表述（含以往情况）", "Figures, reports of the past included"),
    "money": ("资金", "Money"),
    "money_per_year": ("每年资金", "Money per year"),
    "share_of_text": ("篇幅占比", "Share of text"),
}


def phrase(key: str, lang: Lang, *args: object, **fields: object) -> str:
    """Return a phrase with its fields filled in.

    Raises:
        KeyError: If there is no such phrase.
    """
    return _PHRASES[key][LANGUAGES.index(lang)].format(*args, **fields)


def number(value: float, lang: Lang, significant: int = 12) -> str:
    """Return a number with the magnitude words of a language: 12亿, 50万; 1.2 billion, 500,000.

    Args:
        value: The number.
        lang: The language.
        significant: Digits that are kept, but never fewer than stand before the point.
    """
    sizes = ((1e8, "亿"), (1e4, "万")) if lang == "zh" else ((1e9, " billion"), (1e6, " million"))
    size, word = next((pair for pair in sizes if abs(value) >= pair[0]), (1.0, ""))
    scaled = value / size
    before_point = math.floor(math.log10(abs(scaled))) + 1 if scaled else 1
    text = f"{scaled:{'' if lang == 'zh' else ','}.{max(0, significant - before_point)}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + word


def quantity(value: float, unit: str, lang: Lang, significant: int = 12) -> str:
    """Return a number with its unit: 30%, 50万元/单位; CNY 500,000 per recipient, 40 organisations."""
    text = number(value, lang, significant)
    if lang == "zh" or unit.startswith("%"):
        return text + unit
    if unit.startswith("CNY"):
        return f"CNY {text}{unit.removeprefix('CNY')}"
    return f"{text} {unit}".strip()
