"""One figure for several metrics, several figures for several heads: which figure belongs to which."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields.indicator import addressee, award_name, strip_form_words


def split_metrics(head: str) -> list[str]:
    """Split coordinated metrics that share one rate, e.g. 质押融资金额与数量 → 质押融资金额, 质押融资数量.

    Only metrics are split (转让、许可数量 → two; 成交金额、到账金额 → two); nouns that share a count are not
    (优势和示范企业), nor lists that 等 closes, nor modes that 的 ties to one metric (转让、许可的专利数量).
    """
    stem, of, tail = head.rpartition("的")
    parts = re.split(w.AND, tail)
    if len(parts) < 2 or not re.search(w.METRIC + "$", parts[-1]) or "等" in tail or "" in parts:
        return [head]
    metric = re.compile(w.METRIC + "$")
    prefix = stem + of
    if all(metric.search(part) for part in parts):
        found = metric.search(parts[0])
        shared = parts[0][: found.start()] if found else ""
        short = [
            shared + p if phrases.BARE.match(p) and not p.startswith(shared) and len(p) <= 3 else p
            for p in parts[1:]
        ]
        return [prefix + part for part in [parts[0], *short]]
    if not any(metric.search(part) for part in parts[:-1]) and all(len(part) <= 8 for part in parts[:-1]):
        found = re.search(r"(?P<mode>[^的]{2}?)(?P<metric>(?:数|金|总)?" + w.METRIC + ")$", parts[-1])
        if not found or any(len(part) < 2 for part in parts):
            return [head]
        mode_length = len(found["mode"])
        first, *middle = parts[:-1]
        if any(len(m) != mode_length for m in middle) or len(parts[-1]) - len(found["metric"]) != mode_length:
            return [head]
        shared = first[:-mode_length]
        modes = [first[-mode_length:], *middle, found["mode"]]
        return [prefix + shared + mode + found["metric"] for mode in modes]
    return [head]


_TIERS = re.compile(
    r"(?P<first>[一二三四五六七八九十])(?P<what>级|等|类|档|星级)(?:到|至|—|-)(?P<last>[一二三四五六七八九十])(?P=what)"
)
_TIER_NAMES = "一二三四五六七八九十"


def distribute(
    c: Context, place: int, name: str, kind: str, form: str, earlier: list[str]
) -> tuple[list[str], str]:
    """Spread figures over the heads that they belong to.

    - one rate for several metrics: 金额与数量年均增幅30% → two measures;
    - 分别 with as many figures as heads: 高校、科研院所,每家分别给予10万元、5万元 → paired in order;
    - tiers: 一级到五级分别… → one figure each;
    - 分别 over the figures before it: 申请量43件,授权量26件,分别增长20%、8% → paired in order;
    - 分别 with one figure for several addressees that 的 closes: 胜诉的、应对的,分别给予… → one measure each;
    - a ratio over its sides: 补偿资金与合作银行按8∶2的比例承担 → one share each.

    Args:
        c: The quantity in its place.
        place: Its place in its series.
        name: The indicator of the figure by itself.
        kind: Its kind.
        form: Its form.
        earlier: Indicators of the figures before the series, in the sentence.

    Returns:
        The indicator of each measure of this figure, and which of these ways it was.
    """
    if c.quantity.unit_word == "∶":
        sides = re.split(w.AND, strip_form_words(re.sub(r"按照?$", "", c.near_before)))
        return ([sides[place] + "承担比例"] if len(sides) == len(c.series) else [name]), "sides of a ratio"
    if "分别" in c.clause_before:
        respective = _respective(c, place, name, kind, form, earlier)
        if respective:
            return respective
    if form.startswith("growth") and c.quantity.unit_word == "%":
        names = split_metrics(name)
        return names, "metrics with one rate" if len(names) > 1 else "head before the figure"
    return [name], "head"


def _respective(
    c: Context, place: int, name: str, kind: str, form: str, earlier: list[str]
) -> tuple[list[str], str] | None:
    """Pair the figures of a series with 分别 before it, or None where nothing pairs."""
    count = len(c.series)
    found = phrases.AWARD_NOUN.search(c.clause_after + c.clause_before)
    award = found[0] if found else "奖补"
    if count == 1:
        addressees = [part for part in addressee(c).split("的、") if len(part) > 3]
        if kind != "incentive" or len(addressees) < 2:
            return None
        return [part.removesuffix("的") + award for part in addressees], "分别, one figure for each"
    if match := _TIERS.search(c.before):
        low, high = _TIER_NAMES.index(match["first"]), _TIER_NAMES.index(match["last"])
        if high - low + 1 == count:
            tier = _TIER_NAMES[low + place] + match["what"]
            whole = award_name(c).replace(match[0], "") if kind == "incentive" else name
            return [f"{whole}({tier})"], "tiers"
    clause_head = c.clause_before.split("分别")[0]
    clause_above = re.split(r"[,:]", c.before.removesuffix(c.clause_before).rstrip(",:"))[-1]
    heads = _heads(clause_head, count) or _heads(clause_above, count)
    tail = "增长率" if form.startswith("growth") else ""
    if heads:
        return [heads[place] + (award if kind == "incentive" else tail)], "分别"
    if len(earlier) >= count:
        return [earlier[place - count] + tail], "分别, over the figures before"
    return None


def _heads(text: str, count: int) -> list[str]:
    """Return the coordinated heads at the end of a clause if there are `count` of them."""
    text = strip_form_words(re.sub(r"每[家个户人名件项]$", "", text))
    parts = [part for part in re.split(w.AND, text) if part]
    if len(parts) < count or not (len(parts) == count or "的" in parts[-count]):
        return []
    stem, of, first = parts[-count].rpartition("的")
    others = parts[-count:][1:]
    if all(other[-1] == first[-1] and len(other) <= 4 < len(first) for other in others):
        stem, of, first = stem + of, first[:-2], first[-2:]  # 获得中国专利金奖、银奖 → 获得中国专利银奖
    return [stem + of + part for part in [first, *others]]
