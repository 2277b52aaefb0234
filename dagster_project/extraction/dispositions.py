"""Numbers that are no measures: rules that say what a numeral in running text is.

Each rule names a form with an example; where two hold a numeral, the first counts. A numeral that no rule and no
measure explains stays `unexplained` in the ledger, so that it can be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dagster_project.extraction.numbers import ARABIC, HAN, HAN_DIGITS
from dagster_project.extraction.words import one_of
from dagster_project.records import Disposition


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of number that is no measure.

    Attributes:
        name: What the ledger gives as the reason.
        disposition: What the numeral is.
        pattern: Where it stands; every numeral inside the match is explained, or inside its one named group.
        example: A text that it fits.
    """

    name: str
    disposition: Disposition
    pattern: re.Pattern[str]
    example: str


def _rule(name: str, disposition: Disposition, pattern: str, example: str) -> Rule:
    return Rule(name, disposition, re.compile(pattern), example)


N = rf"(?:{ARABIC}|{HAN})"
YEAR = rf"(?:(?:19|20)\d{{2}}|[一二][九〇零][{HAN_DIGITS}]{{2}})"
TO = r"(?:—+|-+|~|–|至|到)"
MONTH_DAY = rf"(?:{N}月(?:份|{N}[日号])?)?"
SPAN = rf"(?:\d{{1,2}}|[{HAN_DIGITS}十]{{1,3}})"  # the number of a span of time
TIME = r"(?:年|个月|月|周(?!岁)|星期|天|日|小时|分钟)"
DID = one_of(
    "增加 新增 多 超过 超出 增 满 提高 上升 下降 完成 参与 引进 获得 获批 通过 转让 实现 培养 建设 制定 主导 推荐 介绍 招聘 举办"
)

# Forms that belong to a measure without being one of their own; they are looked for first.
ASIDE: tuple[Rule, ...] = (
    _rule(
        "restated", Disposition.RESTATED, rf"\((?:不?含|包括|其中)\s*(?:本数|{N}[^()]{{0,6}})\)", "(含40件)"
    ),
    _rule(
        "denominator",
        Disposition.DENOMINATOR,
        rf"每(?:{DID})?[^\d,。;、每年月日天季周次家件个人户名项亩位米给奖补最不]{{0,6}}?(?P<n>{N})(?:[千百万亿]*)"
        r"(?:个|件|名|人|家|户|项|元|亩|平方米|吨|单|例|台|套|次|场|篇|常住人口|人口)",
        "每增加1件",
    ),
    _rule(
        "per capita",
        Disposition.DENOMINATOR,
        r"每?(?P<n>[百千万亿十]{1,4})(?=人口|名?(?:劳动力|人口)|人(?:口)?[^,。;、]{0,6}(?:拥有|发明|专利|床位|高价值)|户)",
        "每万人口发明专利拥有量",
    ),
    _rule(
        "per unit of output",
        Disposition.DENOMINATOR,
        r"(?P<n>万)(?=元[^,。;]{0,8}(?:能耗|GDP|产值|增加值))",
        "万元GDP能耗",
    ),
)

NUMBERING = _rule(
    "numbering",
    Disposition.HEADING_NUMBER,
    r"\s*(?:第[\d一二三四五六七八九十百零]+[编章节条]|[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)、]|\.(?!\d)|是)|[①-⑳])",
    "三、主要任务",
)

RULES: tuple[Rule, ...] = (
    _rule(
        "web address", Disposition.OTHER, r"(?:https?://|www\.)[\w./?=&%#:-]+|[\w.-]+@[\w.-]+", "www.a1.com"
    ),
    _rule(
        "document number",
        Disposition.DOCUMENT_NUMBER,
        r"[〔\[【(](?:19|20)\d{2}[〕\]】)]\s*第?\d+(?:-\d+)?号?|(?:19|20)\d{2}年?第\d+号|[令公告]第?\d+号|第\d+号令?",
        "国发〔2015〕71号",
    ),
    _rule(
        "standard code",
        Disposition.STANDARD_CODE,
        r"(?:GB|DB|ISO|IEC|QB|HG|JB|YY|NY|T/|IATF|AS|HB|CNAS|IPC)[A-Z/]{0,6}\s?\d[\d.:/—-]*\d?(?:[—-]\d{4})?",
        "GB/T33251—2016",
    ),
    _rule(
        "contact",
        Disposition.PHONE,
        r"(?:电话|热线|传真|手机|联系人|联系方式|邮编|邮政编码|专线)[^\d。;\n]{0,8}[\d()—×、,/ 转-]{4,40}",
        "联系电话:0631-12345",
    ),
    _rule(
        "phone",
        Disposition.PHONE,
        r"(?<!\d)(?:0\d{2,3}[-—]?\d{7,8}(?:[-—]\d{1,4})?|1[3-9]\d{9}|(?:400|800)-?\d{3}-?\d{4}|[2-9]\d{6,7}|[2-8]\d{3} \d{4})(?!\d|\.\d|[万亿元%家件个名项人户吨亩])|(?<!\d)1[02]\d{3}(?!\d)(?=[^,。;\d]{0,16}(?:电话|热线|平台|专线))",
        "12330热线",
    ),
    _rule(
        "address",
        Disposition.OTHER,
        r"(?<![\d第])[A-Z]?\d+(?:号楼?|弄|巷|栋|幢|座(?=\d)|室|单元|楼(?!盘|宇))(?!令)",
        "滨河路123号5楼",
    ),
    _rule(
        "caption",
        Disposition.HEADING_NUMBER,
        r"(?:附件|附表|专栏|表|图|附录)[::]?\s*\d{1,2}(?!\d)|(?:条|款|项|附件|[(])\s*\d{1,2}[.、)](?!\d)",
        "专栏1",
    ),
    _rule(
        "row number",
        Disposition.HEADING_NUMBER,
        r"(?<![^\s|])\d{1,3}(?=[\s|]+[^\s\d()|]{2,30}(?:\([^()\s]{1,4}\)|[\s|]+[^\s\d()|]{1,4})[\s|]+\d)",
        "属性 2 海外发明专利授权量(件) 186 400",
    ),
    _rule(
        "clock time",
        Disposition.DATE,
        r"(?<![\d:])\d{1,2}:[0-5]\d(?::[0-5]\d)?(?![\d:])(?!\s*(?:的)?(?:比例|配套|给予))",
        "19:04:44",
    ),
    _rule(
        "date in figures",
        Disposition.DATE,
        r"(?<!\d)(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)",
        "2024-01-10",
    ),
    _rule(
        "span of years",
        Disposition.PERIOD,
        rf"(?<!\d){YEAR}年?{MONTH_DAY}{TO}(?:{YEAR}年?{MONTH_DAY}|\d{{2}}年)",
        "2020-2023年",
    ),
    _rule("span of months", Disposition.PERIOD, rf"\d{{1,2}}月?{TO}\d{{1,2}}月", "1-3月"),
    _rule(
        "date",
        Disposition.DATE,
        rf"(?<![\d.]){YEAR}年度?{MONTH_DAY}|(?<!\d){N}月(?:{N}[日号]|份|底|末|初|[上中下]旬)|(?<![\d.]){YEAR}(?=年|版|\))",
        "2020年8月27日",
    ),
    _rule("quoted day", Disposition.DATE, r"(?<=[“\"「])\d{1,2}[·•.?]\d{1,2}(?=[”\"」])", "“4·26”"),
    _rule("quarter", Disposition.DATE, r"第?[一二三四1-4]季度|每?[上下]半年", "第三季度"),
    _rule(
        "five-year plan",
        Disposition.PERIOD,
        r"[“\"]?十[一二三四五六七]五[”\"]?(?:期间|末|时期|规划|以来|末期|初)?",
        "“十四五”期间",
    ),
    _rule(
        "reporting year",
        Disposition.PERIOD,
        rf"(?:近|过去|未来|今后|连续|前|后|每|头)的?{SPAN}(?:个?年|个月)|{SPAN}年(?:来|多来|以来|间|期|里|后|之后|前|任期|一遇)",
        "近三年",
    ),
    _rule(
        "term of validity",
        Disposition.PERIOD,
        rf"(?:有效期|有效期限|试行期?|期限|执行期|任期|服务期|建设期|合作期|周期|为期|实施期|培育期|考核期|管理期|过渡期|质保期|合同期|保护期)(?:限|为|是|满|不[少低]于|不超过|最长|一般为|暂定)*\s*{SPAN}{TIME}",
        "有效期五年",
    ),
    _rule(
        "horizon",
        Disposition.PERIOD,
        rf"{SPAN}个?(?:年|月)(?:左右|时间|之?内|以内|建设期|行动|计划|规划|滚动|攻坚|目标|任务|期满|奋斗)|{SPAN}年(?=(?:累计|共|内|总共|合计|总体)?(?:增长|增幅|安排|投入|培育|新增|建成|实现|完成|提高|提升|翻))",
        "三年内",
    ),
    _rule(
        "time limit",
        Disposition.DATE,
        rf"{N}个?(?:工作日|自然日|日历日|{TIME})(?:之?内|以内|之?前|以后|后)|(?:自|从|于|在)[^,。;]{{0,20}}之日起{N}个?(?:工作日|{TIME})|{N}个工作日|(?:提前|逾期|公示期?(?:为|不少于)?){N}个?(?:工作日|{TIME})",
        "15个工作日内",
    ),
    _rule(
        "session",
        Disposition.ORDINAL,
        rf"第{N}(?!产业)|{N}届(?:{N}[中次]全会)?|[一二三四五六七八九十、]{{1,16}}中全会|{N}大(?=精神|报告|以来|和|代表|[,、。])",
        "第67次常务会议",
    ),
    _rule(
        "enumeration",
        Disposition.HEADING_NUMBER,
        r"(?<![\d唯统])[一二三四五六七八九十]是|其[一二三](?=[,、])",
        "一是",
    ),
    _rule(
        "quoted name", Disposition.PROPER_NAME, r"[“\"「『‘][^”\"」』’。;]{1,18}[”\"」』’]", "“9+5”产业集群"
    ),
    _rule(
        "cited title",
        Disposition.PROPER_NAME,
        r"《[^《》]{1,80}》|[〈<][^〈〉<>]{1,60}[〉>]",
        "《统计分类(2019)》",
    ),
    _rule("sum of names", Disposition.PROPER_NAME, rf"{N}(?:\s*[+]\s*(?:{N}|[NnXx]))+", "5+10+10"),
    _rule(
        "issuing offices",
        Disposition.PROPER_NAME,
        r"(?<=局|部|委|厅|会|院|室|等)等?\d{1,2}部门|[一二两三四五六七八九十]{1,3}部门|\d{1,2}个?部门(?=关于|联合|印发|协同|会同|落实|负责)|(?<=会同)\d{1,2}个?部门",
        "国家知识产权局等17部门",
    ),
    _rule(
        "named number",
        Disposition.PROPER_NAME,
        rf"(?<![同统唯任某逐每单专])(?:[一两二三四五六七八九十百千]{{1,6}}|(?<!\d)\d{{1,2}})(?:{one_of('大 位一体 个全面 高地 核心 基地 核 中心 轴 带 圈 廊 翼 极 链 网 平台 体系 站式 体化 同步 融合 协同 联动 合一 农 新 好 强 优 精 特 品 企 校 地 城 省 市 方 方面 者 线 代 馆 厅 件套 上市 化')})",
        "一核一中心多平台",
    ),
    _rule(
        "set phrase",
        Disposition.PROPER_NAME,
        r"百千万|双百|千百亿|[百千万][校企村园所][百千万][企校村户人]|万企|千企|百企|[百千万]人计划|[百千]强|[百十]佳|十强|五百强|双一流|[十百千万]亿(?:元)?(?=级|产业|集群)",
        "千百亿产业集群",
    ),
    _rule(
        "grade",
        Disposition.ORDINAL,
        r"[0-9一二两三四五六七八九十甲乙丙特]{1,4}[级等](?:甲等|乙等)?|[一二三四五]星级?|\d+A级?|[3-6]G|\d+V(?![A-Za-z])|\d+\.\d+版|[A-Za-z]+[-—]?\d{1,3}(?:\.\d+)?(?![\d.万亿千百家个名项元%])|\d[A-Z](?![A-Za-z])",
        "5A级",
    ),
    _rule("duration", Disposition.PERIOD, rf"(?<!第){N}个?{TIME}(?!以上)", "连续发放3年"),
    _rule(
        "copies", Disposition.OTHER, r"[一二两三四五六七八九十]式[一二两三四五六七八九十\d]+份", "一式三份"
    ),
)


def explain(sentence: str) -> Iterator[tuple[int, int, Rule]]:
    """Yield the spans of `sentence` that a rule explains, in the order of the rules."""
    for rule in RULES:
        for match in rule.pattern.finditer(sentence):
            yield match.start(), match.end(), rule
