"""What a briefing says: the words it adds itself, in Chinese and in English.

Names of themes, indicators, units, places, codes and reasons come from the tables; titles and sentences of plans stay
Chinese.
"""

from __future__ import annotations

from dagster_project.figures.words import LANGUAGES, Lang, Names

# Chinese and English of every phrase; what codes are called stands in ``dim_code``. A "|" in English parts the singular
# from the plural (`counted`).
_WORDS: dict[str, tuple[str, str]] = {
    # The document
    "title": ("知识产权规划对照简报", "Intellectual-property plans compared"),
    "of_chosen": ("：{}", ": {}"),
    "lede": (
        "{plans}的{measures}，逐条附原文。凡数字均可点开，看到它在规划中的原句。",
        "{measures} in {plans}, each with its sentence. Every number leads to the words of the plan it stands in.",
    ),
    "cited_figure": (
        "{program}. {title}[DS]. 发布版本{release}. 依据: {based}.",
        "{program}. {title}[DS]. Release {release}. Based on: {based}.",
    ),
    "cited_plans": ("{}个规划", "{} plans"),
    "release": ("发布版本 {}", "Release {}"),
    "contents": ("目录", "Contents"),
    "findings": ("主要发现", "Findings"),
    "across": ("跨主题图表", "Across all themes"),
    "by_theme": ("分主题对照", "Theme by theme"),
    "other_themes": ("其他主题", "Other themes"),
    "across_short": ("跨主题", "Across"),
    "places": ("分地区", "Place by place"),
    "places_note": (
        "点地区名：它承诺什么、到哪年、谁出钱、哪个部门、力度如何，与上位规划和其他地区并列。",
        "Choose a place: its promises, by when, whose money, which office, how firm, beside its parent and its peers.",
    ),
    "places_label": (
        "各规划的承诺：多少、何时、谁出钱、哪个部门（本条款＋同主题任务）、力度",
        "What each plan promises: how much, by when, whose money, which office (own + task of the theme), how firm",
    ),
    "more_offices": ("等，另{}个", " and {} more"),
    "each_million": ("（每百万人口{}）", " ({} per million residents)"),
    "too_long": (
        "表述共{}条，逐条表格和原文见网页版，或用 ip-plans brief 按地区、主题另做简报。",
        "{} statements: their tables and sentences are on the page; ip-plans brief makes a briefing of a choice.",
    ),
    "tool": ("本简报的来历与可靠程度", "How this was made, and how far to trust it"),
    "tool_short": ("可靠程度", "Reliability"),
    "promises": ("各规划的承诺：期限、出资、部门、力度", "What each plan promises: by when, whose money, which office"),
    "measures_short": ("全部表述", "All statements"),
    "measures_table": ("全部量化表述", "All statements with a number"),
    "accuracy": ("准确率", "Accuracy"),
    "accuracy_note": (
        "与人工阅读结果逐条比对：一致的条数/比对的条数。没有人工阅读结果的规划未评估。",
        "Rows that agree with a reading by hand, of those compared; a plan that nobody read by hand is not assessed.",
    ),
    "sources": ("资料来源", "Sources"),
    "all_sources": ("全部规划", "All plans"),
    "method": ("比较规则", "How numbers are compared"),
    "appendix": ("附录：原文依据", "Appendix: the sentences"),
    "appendix_note": (
        "方括号内为正文所引编号；加粗为所指数值；位置按规划全文的字符计。",
        "Numbers in brackets are those of the text before; the value is bold; places count characters of the plan.",
    ),
    "table": ("表{}　{}", "Table {}. {}"),
    "figure": ("图{}　{}", "Figure {}. {}"),
    "outside_provisions": ("（条款之外）", "(outside the provisions)"),
    "characters": ("第{}–{}字符", "characters {}–{}"),
    "and": ("、", ", "),
    "between": ("；", "; "),
    "colon": ("：", ": "),
    "dot": (" · ", " · "),
    "stop": ("。", "."),
    "limits": ("（{}）", " ({})"),
    # Counts
    "plans": ("{}个规划", "{} plan|{} plans"),
    "statements": ("{}条量化表述", "{} statement with a number|{} statements with a number"),
    "commitments": ("{}条量化承诺", "{} quantified commitment|{} quantified commitments"),
    "awards": ("{}项奖补", "{} award|{} awards"),
    "n_target": ("目标{}条", "{} target|{} targets"),
    "n_incentive": ("奖补{}条", "{} incentive|{} incentives"),
    "n_money": ("资金和分配比例{}条", "{} sum or share of money|{} sums and shares of money"),
    "n_sanction": ("罚则{}条", "{} sanction|{} sanctions"),
    # Findings: {} is filled with numbers that lead to their evidence
    "overview": (
        "{plans}共提出{commitments}：{split}（门槛、对以往情况的陈述和重复表述不计）。",
        "{commitments} in {plans}: {split}; thresholds, reports of the past and restatements left out.",
    ),
    "overview_most": (
        "{plans}共提出{commitments}：{split}（门槛、对以往情况的陈述和重复表述不计）；目标最多的是{who}，{most}条。",
        "{commitments} in {plans}: {split}; no thresholds, reports or restatements. Most targets: {who}, {most}.",
    ),
    "no_commitments": ("{plans}中未见量化承诺。", "No quantified commitment was found in {plans}."),
    "verdicts": (
        "对照结果（重复表述不计）：{counts}。",
        "Statements side by side, restatements left out: {counts}.",
    ),
    "verdicts_why": (
        "对照结果（重复表述不计）：{counts}；不可比的原因以“{reason}”最多，{k}条。",
        "Statements side by side, restatements left out: {counts}, of these {k} for the reason: {reason}",
    ),
    "n_verdict": ("{n}条{verdict}", "{n} {verdict}"),
    "all_quantify": ("{plans}都给出数字的主题：{themes}。", "All {plans} put numbers to: {themes}."),
    "none_quantify": ("没有一个规划给出数字的主题：{themes}。", "No plan puts a number to: {themes}."),
    "money": (
        "写明资金数额的有{plans}；数额最大的是{who}的“{what}”，{amount}。",
        'Money is named by {plans}; the largest sum is {amount}, {who}: "{what}".',
    ),
    "money_of_cities": (
        "写明资金数额的有{plans}；城市中数额最大的是{who}的“{what}”，{amount}。",
        'Money is named by {plans}; the largest sum of a city is {amount}, {who}: "{what}".',
    ),
    "incentives": (
        "{plans}载明{awards}，单项从{low}到{high}{caps}{conditions}。",
        "{awards} in {plans}, from {low} to {high}{caps}{conditions}.",
    ),
    "incentives_one": (
        "{plans}载明{awards}，{high}{caps}{conditions}。",
        "{awards} in {plans}, of {high}{caps}{conditions}.",
    ),
    "with_caps": ("；其中{}项为上限", "; {} of them a cap|; {} of them caps"),
    "with_conditions": ("；{}项附有量化条件", "; {} with a quantified condition|; {} with quantified conditions"),
    # Numbers of the first page: what is counted, then what it means
    "n_pairs": ("对数字可以比较。", " pair of numbers can be compared.| pairs of numbers can be compared."),
    "n_indicators": ("{}项指标", "{} is|{} are"),
    "pairs": (
        "{all}项指标中，只有{n}由两个以上规划按同一口径给出：{names}。其余各自成立，可以并读，不能排名。",
        " Of {all} indicators, {n} stated by two plans or more: {names}. The rest stands alone, not to be ranked.",
    ),
    "no_pairs": (
        "按同一口径给出数字的{all}项指标，没有一项由两个规划给出：可以并读，不能排名。",
        " No two plans state an indicator on one basis ({all} looked at): their numbers can be read, not ranked.",
    ),
    "n_dated": ("条承诺（共{}条）写明期限。", " of {} commitments say by when."),
    "n_paid": ("条承诺（共{}条）写明由谁出钱。", " of {} commitments say whose money pays."),
    "n_payer": ("{payer}{n}条", "{payer} {n}"),
    "payers": ("出资方：{payers}。", " It is that of: {payers}."),
    "in_charge": (
        "在本条款写明牵头部门的{own}条；另有{theme}条，只在同主题的任务中有牵头部门。",
        " {own} name an office in their own provision; of {theme} more, only the tasks of their theme do.",
    ),
    "no_office_at_all": ("没有一条写明部门。", " None names an office."),
    "no_office": (
        "没有为任何一条承诺写明部门的规划：{plans}。",
        "No office at all is named for their commitments by: {plans}.",
    ),
    "deadlines": (
        "到{year}年的最多，{n}条；最晚的到{last}年，{k}条。",
        " No year has more that fall due than {year}, with {n}; the latest, {k}, in {last}.",
    ),
    "last_deadline": (
        "到{year}年的最多，{n}条，也是最晚的。",
        " No year has more that fall due than {year}, with {n}, which is also the latest.",
    ),
    "one_deadline": ("都到{year}年，共{n}条。", " All of them ({n}) fall due in {year}."),
    "accuracy_finding": (
        "与人工阅读比对，{found}条量化表述被找到，抽取的结果中{right}条有据。",
        "Compared with readings by hand, {found} statements were found, and {right} of those extracted are in them.",
    ),
    "theme_coverage": (
        "{n}个规划给出数字，共{commitments}。",
        "{n} plans put numbers to it, with {commitments}.",
    ),
    "theme_not_quantified": ("没有规划给出数字。", "No plan puts a number to it."),
    "theme_silent": ("{status}的有：{plans}。", "{status}: {plans}."),
    "then": ("；其次为{rest}", "; then {rest}"),
    "alone": ("；可比的有{n}条", "; comparable: {n}"),
    "theme_apart": (
        "{n}条不可比，多因{reason}",
        "{n} cannot be compared, most often because: {reason}",
    ),
    "more": ("等", " and others"),
    # Places, strength and citations
    "document": ("文件类型", "Document"),
    "promise": ("承诺什么", "What is promised"),
    "promised": ("承诺", "Commitments"),
    "dated": ("写明期限", "with a date"),
    "undated": ("未写期限", "without a date"),
    "latest": ("最晚", "Latest"),
    "any_payer": ("写明出资方", "any payer"),
    "no_payer": ("未写出资方", "no payer"),
    "office_own": ("本条款写明部门", "office in its own provision"),
    "office_theme": ("部门仅见于同主题任务", "office of the tasks of its theme"),
    "of_theme": ("同主题任务", "task of the theme"),
    "payer": ("出资", "Payer"),
    "office": ("部门", "Office"),
    "strength": ("力度", "Strength"),
    "mean_strength": ("平均力度", "Mean strength"),
    "strength_of": ("{n}/4：{parts}", "{n} of 4: {parts}"),
    "strength_note": (
        "力度0–4：期限、部门、出资、约束性措辞各计1。",
        "Strength 0 to 4: one each for a deadline, an office, a payer and a word that binds.",
    ),
    "deadline_part": ("期限", "deadline"),
    "office_part": ("部门", "office"),
    "payer_part": ("出资", "payer"),
    "binding_part": ("约束性措辞", "binding word"),
    "none_of_them": ("皆无", "none of them"),
    "peers": ("同一指标的其他规划", "Peers on the same indicator"),
    "peers_many": ("{n}条可比", "{n} comparable"),
    "parent": ("上位规划", "The plan above"),
    "beside_parent": ("与上位规划并列", "Beside the plans above it"),
    "no_parent": ("本版本没有它的上位规划。", "No plan that stands over it is in this release."),
    "above_says": ("上位规划", "Above"),
    "below_says": ("本规划", "This plan"),
    "relation": ("比较", "Relation"),
    "without_number": ("没有数字：", "Without a number: "),
    "silent_as": ("{plan}（{status}）", "{plan} ({status})"),
    "no_promises": ("没有量化承诺。", "No commitment with a number."),
    "all_of_them": ("在总表中查看全部{n}条", "All {n} in the table"),
    "period": ("规划期", "Period"),
    "ended": ("已到期", "ended"),
    "residents": ("常住人口{n}万", "{n} million residents"),
    "close_profile": ("收起", "Close"),
    "official": ("官方页面：", "Official page: "),
    "official_page": ("官方页面", "official page"),
    "save_png": ("下载PNG", "PNG"),
    "save_svg": ("下载SVG", "SVG"),
    "save_csv": ("下载CSV", "CSV"),
    "cite": ("引用格式", "Cite"),
    "gbt": ("GB/T 7714", "GB/T 7714"),
    "bibtex": ("BibTeX", "BibTeX"),
    "copy": ("复制", "Copy"),
    "copied": ("已复制", "Copied"),
    "not_copied": ("浏览器不允许复制：请选中文字后复制", "The browser refuses: select the text and copy it"),
    "partly": (
        "条数很多：搜索只看指标、规划、编号和原文用语，不看整句。",
        "There are many: the search looks at indicators, plans, keys and the plan's words, not at whole sentences.",
    ),
    "no_rows": (
        "表述未能显示：旁边没有rows文件夹。",
        "The statements are not shown: the folder “rows” is not beside this page.",
    ),
    "commitment_target": ("承诺：目标", "commitments: targets"),
    "commitment_incentive": ("承诺：奖补", "commitments: incentives"),
    "commitment_money": ("承诺：资金和分配", "commitments: money"),
    "commitment_sanction": ("承诺：罚则", "commitments: sanctions"),
    # Filters
    "all_comparable": ("全部可比", "all comparable"),
    "commitment": (
        "全部承诺（不含门槛、以往情况和重复）",
        "all commitments (no thresholds, reports of the past or restatements)",
    ),
    # Columns and fields
    "plan": ("规划", "Plan"),
    "theme": ("主题", "Theme"),
    "kind": ("类别", "Kind"),
    "form": ("形式", "Form"),
    "indicator": ("指标", "Indicator"),
    "words": ("原文用语", "The plan's words"),
    "composed": ("英文概述（据要素组成）", "In English (composed)"),
    "value": ("原文数值", "Stated"),
    "comparable": ("可比值", "On a common basis"),
    "verdict": ("可比性", "Comparability"),
    "reason": ("理由", "Reason"),
    "formula": ("算式", "Arithmetic"),
    "why": ("算式/理由", "Arithmetic or reason"),
    "per_million": ("每百万人口", "Per million residents"),
    "due": ("期限", "Due"),
    "recipient_zh": ("对象", "Recipient"),
    "agency": ("牵头部门", "Lead office"),
    "supporting": ("配合部门", "Supporting offices"),
    "comparator": ("比较词", "Comparator"),
    "per": ("计量对象", "Per"),
    "aspirational": ("力争", "aspirational"),
    "is_aspirational": ("力争（争取达到，非硬性承诺）", "Aspirational (力争, 争取)"),
    "restates": ("重复自", "Restates"),
    "restated_by": ("后文重复", "Restated by"),
    "governs": ("约束的奖补", "Belongs to the award"),
    "governed_by": ("条件和上限", "Its conditions and caps"),
    "chosen": ("图中所选", "Chosen in a figure"),
    "path": ("出处", "Section"),
    "offset": ("字符位置", "Characters"),
    "ref": ("依据", "Ref."),
    "field": ("项目", "Field"),
    "all_plans": ("合计", "All"),
    "definition": ("指标定义", "Definition"),
    "year_filter": ("期限", "Due in"),
    # The page
    "skip": ("跳到正文", "Skip to the text"),
    "language": ("语言", "Language"),
    "sections": ("章节", "Sections"),
    "filters": ("筛选", "Filters"),
    "search": ("搜索", "Search"),
    "search_hint": ("原文、指标、编号……", "words of the plan, indicator, key…"),
    "any": ("全部", "all"),
    "reset": ("清除筛选", "Clear filters"),
    "shown": ("{n}条，共{all}条", "{n} of {all}"),
    "marks_more": ("另有{n}条，见图表的 CSV", "{n} more: in the CSV of the figure"),
    "beside_more": ("另有{n}条，见表 rpt_cascade", "{n} more: table rpt_cascade"),
    "show_more": ("再显示{n}条", "Show {n} more"),
    "nothing_found": ("没有符合筛选条件的表述。", "Nothing fits these filters."),
    "sort": ("按“{}”排序", "Sort by {}"),
    "evidence": ("原文依据", "Evidence"),
    "close": ("关闭", "Close"),
    "copy_link": ("本条链接", "Link to this statement"),
    "whole_provision": ("所在条款全文", "The whole provision"),
    "behind": ("图中的数据（{n}条，可查看原文）", "What is drawn ({n}), with the sentences"),
    "pdf": ("PDF", "PDF"),
    "docx": ("Word", "Word"),
    "needs_script": (
        "筛选、图表和原文依据需要启用 JavaScript。",
        "Filters, figures and evidence need JavaScript.",
    ),
    "needs_plotly": (
        "图表未能显示：旁边没有 figures 文件夹中的 plotly.min.js。文字和表格不受影响。",
        "The figures are not shown: plotly.min.js of the folder “figures” is not beside this folder. All else is here.",
    ),
    "unknown_measure": (
        "本版本中没有编号为 {key} 的表述。",
        "There is no statement {key} in this release.",
    ),
    "explain": (
        "各字段的判定规则：",
        "What decided each field: ",
    ),
}  # fmt: skip


def word(key: str, lang: Lang, *args: object, **fields: object) -> str:
    """Return a phrase with its fields filled in.

    Raises:
        KeyError: If there is no such phrase.
    """
    return template(key, lang).format(*args, **fields)


def template(key: str, lang: Lang) -> str:
    """Return a phrase with its fields still open."""
    return _WORDS[key][LANGUAGES.index(lang)]


def counted(key: str, number: int, lang: Lang) -> str:
    """Return a number with its noun, which English has in two forms."""
    forms = template(key, lang).split("|")
    return (forms[0] if number == 1 else forms[-1]).format(number)


def names(key: str) -> Names:
    """Return a phrase in all languages."""
    return {lang: template(key, lang) for lang in LANGUAGES}


def all_words() -> dict[str, Names]:
    """Return every phrase in all languages, for the page's script."""
    return {key: names(key) for key in _WORDS}
