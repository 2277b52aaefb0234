"""What charts say: the words they add themselves, and numbers and quantities as people write them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Literal, get_args

from dagster_project.warehouse.sentences import told_percent

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
#: A name in each language.
Names = dict[Lang, str]

COMPARATORS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "eq": ""}

# At the end of a name of an indicator: words of the plan that no term knows, and the basis.
_CALLED = re.compile(r",(?: called)? ?“[^”]*”")
_BASIS = re.compile(r"\s*\([^()]*\)(?=$|[;、])")
# Of an axis, not of what a plan states: a total over its period, by a date.
_AXIS_BASIS = re.compile(r"\s*\((?:per year|level at a date|每年|时点水平)\)")

# Chinese and English of every phrase. What codes are called stands in ``dim_code``.
_PHRASES: dict[str, tuple[str, str]] = {
    # shared
    "and": ("、", ", "),
    "colon": ("：", ": "),
    "dot": (" · ", "; "),
    "stop": ("；", "; "),
    "sentence": ("。", ". "),
    "date": ("{0.year}年{0.month}月{0.day}日", "{0:%Y-%m-%d}"),
    "province": ("{}（省级）", "{} (province)"),
    "noted": ("{}（{}）", "{} ({})"),
    "plan_value": ("{}：{}", "{}: {}"),
    "several": ("{}个规划", "{} plans"),
    "several_things": ("{}项", "{} of them"),
    "sources": ("资料来源", "Sources"),
    "more_sources": ("另有{}个规划，见网页版", "{} more plans, cited in the HTML version"),
    "numbered_sources": (
        "资料来源：{}个规划，按编号列于 sources.{}.csv",
        "Sources: {} plans, by number in sources.{}.csv",
    ),
    "share_span": ("{}–{}%", "{}–{}%"),
    "of_short": ("{}/{}", "{}/{}"),
    "no_plan": ("无规划", "no plan"),
    "no_province": ("{}个规划未知省份", "{} plans of no known province"),
    "spread_median": ("中位数", "Median"),
    "spread_lowest": ("最低", "Lowest"),
    "spread_highest": ("最高", "Highest"),
    "spread_plans": ("使用的规划", "Plans"),
    "spread": (
        "{n}个规划；中位数{median}；最高：{highest}；最低：{lowest}",
        "{n} plans; median {median}; highest: {highest}; lowest: {lowest}",
    ),
    "spread_chosen": ("；所选：{}", "; chosen: {}"),
    "release": ("发布编号 {}", "Release {}"),
    "cited": ("《{}》（{}）", "《{}》 ({})"),
    "cited_untitled": ("{}，未载明标题（{}）", "{}, title not stated ({})"),
    "undated": ("未注明文号和日期", "number and date not stated"),
    "no_plans": ("尚无规划数据", "there are no plans in the tables"),
    "rules": ("规则：{}", "Rules: {}"),
    "more": ("未列出：{}，见网页版和CSV", "Not shown: {}; see the HTML version and the CSV"),
    "more_briefly": ("未列出：{}", "Not shown: {}"),
    "more_indicators": ("{}项指标", "{} of the indicators"),
    "more_values": ("{}个数值", "{} of the values"),
    "more_statements": ("{}条不可比的表述", "{} of the statements that are not comparable"),
    "more_rows": ("{}行", "{} of the rows"),
    "more_plans": ("{}个规划", "{} of the plans"),
    "more_columns": ("{}列", "{} of the columns"),
    "more_awards": ("{}项奖补", "{} of the awards"),
    "more_parts": ("{}个分图", "{} of the parts"),
    "more_themes": ("{}个主题", "{} of the themes"),
    "more_documents": ("{}份文件", "{} of the documents"),
    "of": ("{} / {}", "{} of {}"),
    "means": ("{}＝{}", "{} = {}"),
    "percent": ("{}%", "{}%"),
    # comparability
    "aspirational": ("力争", "aspirational"),
    "hollow": ("空心：力争", "hollow: aspirational"),
    "exact_rule": ("按指标口径表述", "stated on the basis of the indicator"),
    "rescaled_rule": (
        "按成文规则换算到该口径，附算式",
        "carried to that basis by a written rule, with its arithmetic",
    ),
    "narrower_rule": (
        "口径相同，所指少于指标（如仅指专利）",
        "same basis, but less than the indicator means (say, patents only)",
    ),
    "broader_rule": (
        "口径相同，所指多于指标",
        "same basis, but more than the indicator means",
    ),
    "not_comparable_rule": (
        "不能换算到该口径，不上坐标轴，原因另列",
        "cannot be carried to that basis: on no axis, with the reason",
    ),
    # comparison
    "nothing": ("{of}个规划均未见量化表述", "no figure found in the {of} plans searched"),
    "highest": (
        "“{indicator}”{basis}：{n}个规划中以{plans} 为最高，{value}",
        'in "{indicator}"{basis}, {plans} promises the most of {n} plans, {value}',
    ),
    "highest_many": (
        "“{indicator}”{basis}：{n}个规划中以{plans} 并列为最高，{value}",
        'in "{indicator}"{basis}, {plans} promise the most of {n} plans, {value}',
    ),
    "limited": ("（{}）", " ({})"),
    "others": ("等", " and others"),
    "highest_cities": (
        "“{indicator}”{basis}：{n}个城市规划中以{plans} 为最高，{value}",
        'in "{indicator}"{basis}, {plans} promises the most of {n} cities, {value}',
    ),
    "highest_cities_many": (
        "“{indicator}”{basis}：{n}个城市规划中以{plans} 并列为最高，{value}",
        'in "{indicator}"{basis}, {plans} promise the most of {n} cities, {value}',
    ),
    "basis": ("", ""),
    "basis_per_head": ("按常住人口计", " by population"),
    "highest_in_all": ("；总量以{plans} 为最高", "; in all, {plans} is the most"),
    "provinces": ("；省级不与城市排高低：{plans}", "; provinces are not ranked with cities: {plans}"),
    "not_ranked": ("“{indicator}”：{plans}", '"{indicator}": {plans}'),
    "not_ranked_per_head": ("“{indicator}”按常住人口计：{plans}", '"{indicator}" by population: {plans}'),
    "periods_apart": ("有的规划期互不重叠", "some of the periods do not overlap"),
    "one_each": (
        "{of}个规划中有{n}个给出数字，没有两个在同一坐标轴上",
        "{n} of {of} plans promise a number, no two on one axis",
    ),
    "none_comparable": (
        "所有表述均不可比，逐条列于下方",
        "no statement is comparable; all are listed below",
    ),
    "comparison_basis": (
        "条长为按指标口径的数值，同一单位用同一刻度；人口相差一半以上的按每百万常住人口；重复表述不计",
        "Bars: on the basis of the indicator, one scale for one unit; totals of unlike places per million residents",
    ),
    "strip_basis": (
        "每点一个规划（高低无含义），竖线为中位数；总量在人口相差一半以上时按每百万常住人口",
        "A dot for each plan, its height without meaning; line: median; totals of unlike places per million residents",
    ),
    "mixed_basis": (
        "条长为按指标口径的数值；规划多处每点一个规划；人口相差一半以上的按每百万常住人口",
        "Bars: on the basis of the indicator; of many plans a dot each; totals of unlike places per million residents",
    ),
    "alone_basis": (
        "只有一个规划给出的是数值、不画条；重复表述不计",
        "What one plan states is a number, no bar; no restatements",
    ),
    "by_population": ("{}，每百万常住人口", "{}, per million residents"),
    "floor_mark": ("下限", "floor"),
    "ceiling_mark": ("上限", "ceiling"),
    "approx_mark": ("约数", "about"),
    "baseline_mark": ("本规划基期值", "own report of the past"),
    "parent_mark": ("上级规划目标", "target of the plan above"),
    "limits_differ": ("时限或口径各有不同", "limits differ"),
    "continued": ("{}（续）", "{}, continued"),
    "alone": ("只有一个规划给出（{}条），不画条", "Stated by one plan only, a number and no bar ({})"),
    "more_alone": ("{}条只有一个规划给出的数值", "{} of the values of one plan only"),
    "silent": ("未见本主题量化表述：{}", "no figure on this theme in: {}"),
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
    # matrix
    "matrix_basis": (
        "{n}个规划：{counts}；“≥ ≈ ≤”依原文；*＝该主题任务的牵头部门",
        "{n} plans: {counts}; ≥ ≈ ≤ as the plan says; * = offices that lead the tasks of the theme",
    ),
    "matrix_rule": (
        "力度＝时限、牵头部门、资金来源、约束性用语各计一分；每百万常住人口＝数值÷2020年常住人口；英文句由要素组成，不是译文",
        (
            "strength = one point each for deadline, lead office, payer, binding word; per million = value by "
            "residents of 2020; sentences are composed of facets, no translation"
        ),
    ),
    "matrix_place": ("地区", "Place"),
    "matrix_target": ("目标（原文口径）", "Target, as stated"),
    "matrix_growth": ("增长", "Growth"),
    "matrix_per_head": ("每百万人口", "Per million residents"),
    "matrix_due": ("时限", "Due"),
    "matrix_payer": ("资金来源", "Whose money"),
    "matrix_office": ("牵头部门", "Lead office"),
    "matrix_strength": ("力度", "Strength"),
    "matrix_sentence": ("原文", "Sentence (composed)"),
    "matrix_spread": (
        "全部{}个规划：同一口径的数字如何分布",
        "All {} plans: how the numbers on one basis are spread",
    ),
    "matrix_others": ("另有{}个规划给出数字", "Other plans with numbers ({})"),
    "matrix_others_only": (
        "另有{}个规划给出数字，没有两个在同一坐标轴上",
        "Other plans with numbers ({}), no two on one axis",
    ),
    "matrix_median": ("中位数{}", "median {}"),
    "matrix_mean": ("平均{}", "mean {}"),
    "matrix_extremes": ("最高：{highest}；最低：{lowest}", "highest: {highest}; lowest: {lowest}"),
    "matrix_none": ("未写明", "not said"),
    "matrix_more": ("另有{}项", "{} more"),
    "more_lines": ("{}项承诺", "{} of the commitments"),
    "more_places": ("{}个规划（{}）", "{} plans ({})"),
    "as_said": ("{}", "{}"),
    "quoted": ("“{}”", "“{}”"),
    "composed": ("组成句", "Composed of facets"),
    "since": ("{}年：{}", "{}: {}"),
    "per_year_said": ("每年", "a year"),
    "over_years": ("{}年内", "over {} years"),
    "and_others": ("{}等{}个", "{} and {} more"),
    # coverage
    "coverage": ("主题覆盖", "Theme coverage"),
    "none_quantified": (
        "{of}个规划对任何主题都没有量化承诺",
        "none of the {of} plans puts a number to any theme",
    ),
    "each_quantified": (
        "{what}在{of}个规划中各有{n}个给出数字",
        "numbers for each of {what} in {n} of {of} plans",
    ),
    "fewest_quantified": (
        "给出数字的规划，{what}最少，{of}个中有{n}个",
        "fewest plans put numbers to {what}, {n} of {of}",
    ),
    "most_quantified": ("{what}最多，{n}个", "most to {what}, {n}"),
    "outside_of": ("另有{n}个的标题不含此主题", "outside the remit of {n}"),
    "coverage_basis": (
        "单位：以该主题为主的量化承诺条数（括号内为目标数）；门槛、以往情况和重复表述不计；★为重点主题",
        "Unit: commitments with numbers (of which targets), by primary theme; no thresholds, reports; ★ headline theme",
    ),
    "spread_basis": (
        "单位：规划数（占全部规划的百分比）；★为重点主题",
        "Unit: plans (per cent of all plans); ★ headline theme",
    ),
    "provinces_basis": (
        "各省有量化承诺的规划数 / 规划数（不计门槛、以往情况和重复表述）；方块只示意位置",
        "Plans of the province with numbers / all its plans; no thresholds, reports, restatements; tiles are no map",
    ),
    "quantified_rule": ("至少有一个目标、奖补、资金或罚则数字", "a target, award, sum or sanction"),
    "stated_without_number_rule": ("有以该主题为主的条款", "a provision is about it"),
    "mentioned_only_rule": ("只出现该主题的词语", "words only"),
    "outside_remit_rule": ("标题限定于其他主题", "the title is about others"),
    "quantified_cell": ("● {n}条（{targets}）", "● {n} ({targets})"),
    "stated_without_number_cell": ("◐ 无数字", "◐ no number"),
    "mentioned_only_cell": ("○ 仅提及", "○ mention"),
    "searched_not_found_cell": ("– 未见", "– not found"),
    "outside_remit_cell": ("× 范围外", "× outside remit"),
    "theme": ("主题", "Theme"),
    "provisions": ("条款", "Provisions"),
    "commitments": ("量化承诺", "Commitments"),
    "of_targets": ("其中目标", "of which targets"),
    "of_incentives": ("其中奖补", "of which awards"),
    "of_sums_of_money": ("其中资金和比例", "of which sums and shares of money"),
    "of_sanctions": ("其中罚则", "of which sanctions"),
    "of_thresholds": ("门槛（不计）", "Thresholds (not counted)"),
    "measures": ("量化表述（含以往情况）", "Figures, reports of the past included"),
    "money": ("资金", "Money"),
    "money_per_year": ("每年资金", "Money per year"),
    "share_of_text": ("篇幅占比", "Share of text"),
    "nothing_found": ("{of}个规划均未见", "none found in the {of} plans searched"),
    # instruments
    "instruments": ("政策工具", "Policy tools"),
    "instrument_basis": (
        "单位：占该规划全部工具使用次数的百分比；按 Rothwell 与 Zegveld 分为三侧，黑体为各侧合计",
        "Unit: per cent of all uses of tools in the plan; in bold, the sum of each side after Rothwell & Zegveld",
    ),
    "instrument_rule": (
        "一个条款使用几种工具就计几次；“–”＝未使用",
        "a provision counts once for each tool that it uses; – = not used",
    ),
    "side_most": (
        "{of}个规划中有{n}个用得最多的是{what}工具",
        "tools of the {what} are used most in {n} of {of} plans",
    ),
    "sides_level": ("{n}个规划中两侧并列", "two sides are level in {n}"),
    "side_least": (
        "{what}在各规划中都不超过{value}",
        "no plan takes more than {value} of its tools from the {what}",
    ),
    "instrument_many_basis": (
        "单位：占该规划全部工具使用次数的百分比；每点一个规划，竖线为中位数；按 Rothwell 与 Zegveld 分为三侧",
        "Unit: per cent of the uses of tools in a plan; a dot for each plan; median; sides after Rothwell & Zegveld",
    ),
    "side_in_provinces": (
        "以{}工具为主的规划数 / 规划数，分省",
        "Plans that use the {} most / all plans of the province",
    ),
    "tools_unused": ("无一规划使用{what}", "used by no plan: {what}"),
    "several_tools": ("{}种工具", "{} tools"),
    "leading_provisions": ("其中首要工具", "of which most prominent"),
    # agencies
    "agencies": ("责任部门", "Who is in charge"),
    "agency_basis": (
        "每格为该规划中牵头该主题最多的部门；○ 只有配合部门；–：未写；×：该规划通篇未写部门；★为重点主题",
        "Office that leads most of the theme in the plan; ○ only supports; – none; × none in all the plan; ★ headline",
    ),
    "agency_many_basis": (
        "写明牵头部门的规划数，及在最多规划中牵头的部门（括号内为规划数）；★为重点主题",
        "Plans that name a lead office, and the kinds of office that lead in most plans (how many); ★ headline theme",
    ),
    "agency_provinces_basis": (
        "各省写明该主题牵头部门的规划数 / 规划数；方块只示意位置",
        "Plans of the province that name a lead office for the theme / all its plans; tiles are no map",
    ),
    "agency_rule": (
        "同类部门的不同称呼归一（市发改委＝发展改革委）；不同地区的部门各算各的，条款数不相加",
        "one kind of office under all its printed names; offices of different places are never added up",
    ),
    "leads_named": ("{of}个规划中有{n}个写明牵头部门", "lead offices named by {n} of {of} plans"),
    "office_none": ("通篇未写部门的：{who}", "no office at all in {who}"),
    "leads_most": ("{what}在{n}个规划中牵头，为最多", "{what} leads in {n} plans, the most of all"),
    "themes_unled": ("{what}无牵头部门", "no lead office for {what}"),
    "lead_plans": ("写明牵头的规划", "Plans naming a lead"),
    "lead_first": ("牵头最多", "Leads in most plans"),
    "lead_second": ("其次", "Next"),
    "several_offices": ("{}个部门", "{} offices"),
    "several_themes": ("{}个主题", "{} themes"),
    "duties": ("牵头{}，配合{}", "leads {}, supports {}"),
    # accuracy
    "accuracy": ("准确率", "Accuracy"),
    "accuracy_basis": (
        "单位：与人工参考解读一致的百分比，逐字段、逐规划",
        "Unit: per cent of answers that agree with the reading by hand, by field and plan",
    ),
    "accuracy_rule": (
        "召回＝参考解读中被找到的；准确率＝找到的之中正确的；未评估＝没有人工参考解读；规则是对照随附的五个规划完善的，新规划会低一些",
        (
            "found = of the reading by hand; precision = of what was extracted; not assessed = no reading by hand; "
            "the rules were made on the five plans that come with the project: expect less of a new one"
        ),
    ),
    "unseen_found": (
        "未见过的{of}份文本（{n}条），F1为{value}",
        "F1 of {value} on {of} unseen texts ({n} measures)",
    ),
    "weakest": ("最弱的是“{what}”，{value}", 'weakest is "{what}", {value}'),
    "unseen": (
        "未见过的文本：由未看过规则的人撰写或选取并标注，先评分、后改规则",
        "Unseen texts: composed or chosen and coded by people who had not seen the rules, scored before mending",
    ),
    "unseen_all": ("全部（{}条）", "All ({} measures)"),
    "read_in_provinces": (
        "附人工参考解读的规划数 / 规划数，分省",
        "Plans with a reading by hand / all plans of the province",
    ),
    "more_fields": ("{}个字段", "{} of the fields of seen plans"),
    "seen": ("见过的规划，规则据以完善：{}", "Seen plans, which the rules were made on. {}"),
    "more_sets": ("{}组文本", "{} of the sets"),
    "all_plans": ("全部规划", "All plans"),
    "none_assessed": ("没有规划附人工参考解读，未评估", "not assessed, since no plan has a reading by hand"),
    "all_right": (
        "{of}个规划的{n}个字段全部正确",
        "every field assessed is right (fields: {n}, plans: {of})",
    ),
    "wholly_right": ("{of}个字段中{n}个全对", "wholly right in {n} of {of} fields"),
    "several_fields": ("{}个字段", "{} fields"),
    # incentives
    "incentives": ("奖补", "Incentives"),
    "incentive_basis": (
        "单位：元，对数坐标；实心：奖补金额；“]”：封顶；空心：金额本身为上限",
        "Unit: CNY, logarithmic; filled: award; ]: cap; hollow: the amount itself is a cap",
    ),
    "incentive_rule": (
        "金额依原文，不折算；封顶和条件归入所属奖补",
        "amounts as stated, not rescaled; caps and conditions belong to their award",
    ),
    "awards_named": (
        "{of}个规划中有{n}个写明奖补{whom}",
        "named by {n} of {of} plans{whom}",
    ),
    "awards_counted": ("共{n}项，其中{of}项为上限", "awards: {n}, of which caps: {of}"),
    "highest_award": (
        "最高的是{what}，{value}{whom}",
        "highest: {what}, {value}{whom}",
    ),
    "unnamed_award": ("没有名称的奖补", "an award that no term names yet"),
    "awards_in_provinces": (
        "写明奖补的规划数 / 规划数，分省",
        "Plans that name awards / all plans of the province",
    ),
    "capped": ("封顶{}", "at most {}"),
    "conditions_count": ("{}项条件", "conditions: {}"),
    "recipient": ("奖补对象", "Recipient"),
    "cap": ("封顶", "Cap"),
    "conditions": ("条件", "Conditions"),
    "period": ("期限", "Period"),
    "cap_quote": ("封顶原文", "Sentence of the cap"),
    # money
    "money_figure": ("资金", "Money"),
    "money_basis": (
        "只有一个规划给出的是数值、不画条；一条比例的各份首尾相接；重复表述不计",
        "What one plan states is a number, no bar; the parts of one ratio follow each other; no restatements",
    ),
    "divided": ("按一个比例分担", "Divided by one ratio"),
    "sums_named": (
        "{of}个规划中有{n}个自己写明资金数额{whom}",
        "sums of their own in {n} of {of} plans{whom}",
    ),
    "payer_said": ("{of}条承诺中{n}条写明谁出钱", "{n} of {of} commitments say whose money pays"),
    "passed_on": ("{n}条转述上级规定，不计{whom}", "rules passed on from above, not counted: {n}{whom}"),
    "sums_in_provinces": (
        "自己写明资金数额的规划数 / 规划数，分省",
        "Plans that name sums of their own / all plans of the province",
    ),
    # years
    "timeline": ("规划期限与时限", "Periods and deadlines"),
    "timeline_basis": (
        "横条：规划期；○内为当年到期的目标数；｜为印发日期；重复表述不计",
        "Bar: period of the plan; circles: targets due by the end of that year; | issued; no restatements",
    ),
    "timeline_many_basis": (
        "柱：目标数、规划数；每点一个规划（高低无含义），竖线为中位数；重复表述不计",
        "Bars: targets and plans; a dot for each plan, its height without meaning; line: median; no restatements",
    ),
    "timeline_many_rule": (
        "时限依原文；未写明年份的目标不计入各年",
        "deadlines as stated; targets without a year are counted in no year",
    ),
    "targets_of_plan": ("每个规划的目标数", "Targets of a plan"),
    "years_of_plan": ("规划期的年数", "Years that a plan runs"),
    "unit_targets": ("项", "targets"),
    "unit_years": ("年", "years"),
    "dated_in_provinces": (
        "目标写明年份的规划数 / 规划数，分省",
        "Plans that say by when / all plans of the province",
    ),
    "timeline_rule": (
        "时限依原文；未写明年份的目标不上年份轴",
        "deadlines as stated; targets without a year stand on no year",
    ),
    "due_targets": ("各年到期的目标数", "Targets due by the end of a year"),
    "running_plans": ("各年执行中的规划数", "Plans that run in a year"),
    "due_most": (
        "{year}年到期的目标最多，{of}项中有{n}项{whom}",
        "of {of} targets {n} fall due in {year}, more than in any other year{whom}",
    ),
    "due_last": (
        "{of}项目标中最晚的到{year}年，{n}项",
        "the latest of {of} targets fall due in {year}: {n}",
    ),
    "none_due": ("{of}项目标都未写明年份", "none of {of} targets states a year"),
    "nothing_due": ("{of}个规划均无量化目标", "no target with a number in {of} plans"),
    "no_targets": ("{who}无量化目标", "no target with a number in {who}"),
    "undated_targets": ("{n}项未写年份", "{n} without a year"),
    "targets_count": ("目标{}项", "targets: {}"),
    "undated_of_plan": ("未写年份{}项", "without a year: {}"),
    "no_period": ("未写明规划期", "no period stated"),
    "validity": ("有效期{}", "valid {}"),
    "validity_drawn": ("{}（空心条）", "{} (hollow bar)"),
    "validity_years": ("{}年", "for {} years"),
    "validity_months": ("{}个月", "for {} months"),
    "validity_until": ("至{}", "until {}"),
    "validity_quoted": ("“{}”", "“{}”"),
    "due": ("{}年到期", "due by {}"),
    "issued": ("印发", "issued"),
    # citations
    "citations": ("上位文件", "Superior documents"),
    "citation_basis": (
        "单位：规划年份减去文件年份（年）；实心：作为依据；空心：提及；黑体：共同引用",
        "Unit: years from the document to the plan; filled: cited as a basis; hollow: mentioned; bold: shared",
    ),
    "citation_rule": (
        "文号相同即同一文件，无文号则标题（去掉年份）相同",
        "one document = the same number or, without one, the same title without years",
    ),
    "citation_many_basis": (
        "单位：规划年份减去文件年份（年）；○内为规划数；每点一个规划（高低无含义），竖线为中位数",
        "Unit: years from the document to the plan; in circles: plans; a dot for each plan; line: median; bold: shared",
    ),
    "documents_of_plan": ("每个规划引用的文件数", "Documents that a plan cites"),
    "lag_of_plan": (
        "规划晚于所引文件的年数（各规划的中位数）",
        "Years from a document to the plan, median of each plan",
    ),
    "unit_documents": ("份", "documents"),
    "cited_in_provinces": (
        "引用《{}》的规划数 / 规划数，分省",
        "Plans that cite 《{}》 / all plans of the province",
    ),
    "most_shared": (
        "被引用最多的是{what}，{of}个规划中有{n}个引用",
        "cited most: {what}, by {n} of {of} plans",
    ),
    "most_shared_each": (
        "被引用最多的是{what}，{of}个规划中各有{n}个引用",
        "cited most: {what}, each by {n} of {of} plans",
    ),
    "none_shared": ("{n}份各只有一个规划引用", "each of {n} is cited by one plan only"),
    "cited_once": ("{of}份中有{n}份只有一个规划引用", "{n} of {of} are cited by one plan only"),
    "median_lag": ("从文件到规划，中位数{n}年", "median years from document to plan: {n}"),
    "several_documents": ("{}份文件", "{} documents"),
    "no_year": ("未载年份", "no year"),
    "lag": ("{}年", "{}"),
    "cited_by": ("被{}个规划引用", "cited by {} plans"),
}


def phrase(key: str, lang: Lang, *args: object, **fields: object) -> str:
    """Return a phrase with its fields filled in.

    Raises:
        KeyError: If there is no such phrase.
    """
    return template(key, lang).format(*args, **fields)


def template(key: str, lang: Lang) -> str:
    """Return a phrase with its fields still open.

    Raises:
        KeyError: If there is no such phrase.
    """
    return _PHRASES[key][LANGUAGES.index(lang)]


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


def short_name(name: str) -> str:
    """Return a name of indicators without the plan's own words and the basis at its ends: what titles have room for.

    "Award for standards (per recipient), called “地标”; Cap on it" becomes "Award for standards; Cap on it".
    """
    return _BASIS.sub("", _CALLED.sub("", name))


def named_in(name: str, lang: Lang) -> str:
    """Return a name of indicators as an image tells it: in English without the plan's own words, which are Chinese."""
    return name if lang == "zh" else _CALLED.sub("", name)


def within(name: str, lang: Lang) -> str:
    """Return a name as it reads within a sentence: in English in lower case, but for abbreviations such as IP, PCT."""
    return name if lang == "zh" or not name[1:2].islower() else name[0].lower() + name[1:]


def stated_in(name: str, lang: Lang, per: str | None) -> str:
    """Return a name of indicators as it stands beside a value as the plan states it.

    The axis of "Agents trained (per year)" has a yearly rate, but 600 by 2025 are 600 agents trained, and not 600 per
    year; that stays only where the plan itself says so (`per`).
    """
    return named_in(name if per == "year" else _AXIS_BASIS.sub("", name), lang)


def rate_unit(unit: str, axis_unit: str, lang: Lang) -> str:
    """Return the unit of a value in that of its plan as the axis has it: per year, where the axis is of a rate."""
    per_year = "/年" if lang == "zh" else " per year"
    return unit + per_year if axis_unit.endswith(per_year) and not unit.endswith(per_year) else unit


def _singular(unit: str) -> str:
    """Return an English unit for one of it: people per year becomes person per year."""
    first, *rest = unit.split(" ")
    if first == "people":
        first = "person"
    elif first.endswith("ies"):
        first = f"{first[:-3]}y"
    elif first.endswith("s"):
        first = first[:-1]
    return " ".join([first, *rest])


def quantity(value: float, unit: str, lang: Lang, significant: int = 12, printed: str = "") -> str:
    """Return a number with its unit: 30%, 50万元/单位; CNY 500,000 per recipient, 40 organisations.

    Args:
        value: The number.
        unit: Its symbol.
        lang: Language.
        significant: Digits at the most.
        printed: What the plan prints, by which a percentage has decimals, see `told_percent`.
    """
    if unit == "%":
        value = told_percent(value, printed)
    text = number(value, lang, significant)
    if lang == "en" and text == "1":
        unit = _singular(unit)
    if lang == "zh" or unit.startswith("%"):
        return text + unit
    if unit.startswith("CNY"):
        return f"CNY {text}{unit.removeprefix('CNY')}"
    return f"{text} {unit}".strip()


def joined_short(names: Sequence[str], lang: Lang, most: int) -> str:
    """Return the first names of a list, and how many there are (in Chinese) or follow (in English)."""
    shown = phrase("and", lang).join(names[:most])
    if len(names) <= most:
        return shown
    return phrase("and_others", lang, shown, len(names) if lang == "zh" else len(names) - most)


def award(amount: str, per: str, lang: Lang) -> str:
    """Return an amount with what it is for each of: 每户3万元; CNY 30,000 per recipient."""
    return f"{per}{amount}" if lang == "zh" else f"{amount} {per}".strip()
