"""Numbers that are no measures: rules that say what a numeral in running text is.

Each rule names a form; every numeral inside what its pattern fits is explained, or inside its one named group. Where two
rules hold a numeral, the first counts. A numeral that no rule and no measure explains stays `unexplained` in the ledger, so
that it can be seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from dagster_project.extraction.numbers import NUMBER, TO
from dagster_project.extraction.phrases import ANY_YEAR, MONTH_DAY, TIME
from dagster_project.reading.numerals import FEW, FIVE_YEARS
from dagster_project.reading.vocabulary import one_of
from dagster_project.records import Disposition
from dagster_project.rules import Rule, RuleTable
from dagster_project.sieve import opened

#: Returns the spans of a sentence that a rule explains, given whether the sentence opens a block.
DispositionRule: TypeAlias = Callable[[str, bool], list[tuple[int, int]]]
DISPOSITIONS: RuleTable[DispositionRule] = RuleTable("disposition")
#: A span and the rule that explains the numerals in it.
Explained: TypeAlias = tuple[int, int, Rule[DispositionRule]]

#: The low end of a range of which the high end has the unit: ⟨3—⟩6个月.
FROM = rf"(?:{NUMBER}{TO})?"
DID = one_of(
    "增加 新增 多 超过 超出 增 满 提高 上升 下降 完成 参与 引进 获得 获批 通过 转让 实现 培养 建设 制定 主导 推荐 介绍 招聘 举办"
)


def _form(
    name: str,
    disposition: Disposition,
    pattern: str,
    *,
    yes: tuple[str, ...],
    no: tuple[str, ...],
    after: tuple[str, ...] = (),
    source: str | None = None,
    opens_block: bool = False,
) -> None:
    """Add a form of number that is no measure; one that `opens_block` stands only at the beginning of a block."""
    form = re.compile(opened(pattern))

    def spans(sentence: str, is_first: bool) -> list[tuple[int, int]]:  # noqa: FBT001 - as the rules are asked
        if not opens_block:
            return [match.span(match.lastgroup or 0) for match in form.finditer(sentence)]
        opening = form.match(sentence) if is_first else None
        return [opening.span()] if opening else []

    DISPOSITIONS.add(Rule(DISPOSITIONS.name, name, disposition, spans, yes, no, after, source, pattern))


# Forms that belong to a measure without being one of their own come first.
_form(
    "restated",
    Disposition.RESTATED,
    rf"\((?:不?含|包括|其中)\s*(?:本数|{NUMBER}[^()]{{0,6}})\)",
    yes=("新增发明专利40件以上(含⟨40⟩件)的企业,奖励2万元。",),
    no=("培育企业50家(含规模以上企业⟨10家⟩)。",),
)

_form(
    "said twice",
    Disposition.RESTATED,
    rf"(?P<first>{NUMBER}[名个人家件项])或者?(?P<again>(?P=first))(?=以上)",
    yes=("合议组由3名或⟨3名⟩以上执法人员组成。",),
    no=("合议组由⟨3名⟩或3名以上执法人员组成。", "新增商标3件或⟨5件⟩以上的,奖励1万元。"),
    source="Criminal Procedure Law and its like count so: 二人或者二人以上",
)

_form(
    "no number",
    Disposition.OTHER,
    r"(?<![人户件总次指家个倍份台参系分位点基岁多少半无辆项床班株量计])数(?P<tens>[十百千万亿]+)|几(?P<some>[十百千万亿]+)"
    r"|(?P<teens>[一二三四五六七八九]?十)几|(?<=十几)(?P<mag>[百千万亿]+)|(?P<many>成[百千]上[千万]|数以[十百千万亿]+计)",
    yes=(
        "安排资金数⟨万元⟩。",
        "奖励几⟨万元⟩。",
        "培育二⟨十⟩几家企业。",
        "投入十几⟨万元⟩。",
        "服务成⟨百⟩上千家企业。",
    ),
    no=("户数⟨十家⟩以上。", "培育企业⟨十余家⟩。"),
    source="GB/T 15835-2011, 4.2: numbers that are only about right are written in words; 数 and 几 leave them open",
)

_form(
    "denominator",
    Disposition.DENOMINATOR,
    rf"每(?![省市县区镇乡村校街])(?:{DID})?[^\d,。;、每年月日天季周次家件个人户名项亩位米给奖补最不]{{0,6}}?(?P<n>{NUMBER})(?:[千百万亿]*)"
    r"(?:个|件|名|人|家|户|项|亩|平方米|吨|单|例|台|套|次|场|篇|常住人口|人口)"
    rf"|每(?:[^\d,。;、年月每给奖补最不至]{{0,6}}?(?:{DID})[^\d,。;、给奖补最不至]{{0,4}}?)?(?P<sum>{NUMBER})[千百万亿]*[美港欧]?元",
    yes=("每增加⟨1⟩件,奖励2000元。", "贷款每新增⟨1000⟩万元,奖励3万元。"),
    no=(
        "每年新增⟨10件⟩。",
        "每县建设站点⟨3个⟩。",
        "获得认证的,每张证书⟨3万元⟩。",
        "按每吨标准煤⟨300元⟩奖励。",
    ),
)

_form(
    "per capita",
    Disposition.DENOMINATOR,
    r"每?(?P<n>[百千万亿十]{1,4})(?=人口|名?(?:劳动力|人口)|人(?:口)?[^,。;、]{0,6}(?:拥有|发明|专利|床位|高价值)|户(?![,。;、以]|$))",
    yes=("⟨万⟩人口发明专利拥有量达到12件。",),
    no=(
        "每⟨万⟩人口发明专利拥有量达到12件。",
        "惠及群众⟨5万人⟩。",
        "惠及居民⟨十万⟩户。",
    ),
    after=("denominator",),
)

_form(
    "per unit of output",
    Disposition.DENOMINATOR,
    r"(?P<n>万)(?=元[^,。;]{0,8}(?:能耗|GDP|产值|增加值))",
    yes=("⟨万⟩元GDP能耗下降13.5%。",),
    no=("实现产值5⟨万⟩元。",),
    source="GB/T 2589-2020: energy use for each unit of output value",
)

_form(
    "numbering",
    Disposition.HEADING_NUMBER,
    r"\s*(?:第 ?(?:\d(?: ?\d){0,2}|[一二三四五六七八九十百零]+)(?: ?[-—] ?\d+)? ?[编章节条]|[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)、]|\.(?!\d)|是)|[①-⑳])",
    yes=(
        "⟨3⟩.培育企业50家。",
        "⟨三⟩、主要任务",
        "第 1 ⟨2⟩ 条 鼓励企业升级。",
    ),
    no=("⟨3家⟩以上企业上市。",),
    opens_block=True,
)
_form(
    "count of a part",
    Disposition.HEADING_NUMBER,
    r"\s*[一二三四五六七八九十]{1,3}、[^,。;:()\d]{2,30}\((?:共 ?)?\d{1,3} ?[项条个](?:[,、]? ?(?:子项)? ?\d{1,3} ?个?[子小]?[项条])?\)$",
    yes=("三、便利企业方面(⟨7项⟩)",),
    no=("三、便利企业。服务企业(⟨7家⟩)。", "便利企业(⟨7项⟩)"),
    opens_block=True,
    source="lists of measures taken over from pilot places: the head of a part says how many items it has",
)

_form(
    "cell of a table",
    Disposition.OTHER,
    r"^(?=\D*\d)[\d\s,.|~—/%()≥≤><=-]+$",
    yes=("20-100",),
    no=("20-100家",),
    source="GB/T 1.1-2020, 9.9: a cell of a table has its unit and subject in the head of its column and row",
)
CELL = next(rule for rule in DISPOSITIONS if rule.name == "cell of a table")
RESTATED = next(rule for rule in DISPOSITIONS if rule.name == "restated")
_form(
    "web address",
    Disposition.OTHER,
    r"(?:https?://|www\.)[\w./?=&%#:-]+|[\w.-]+@[\w.-]+",
    yes=("登录www.a⟨1⟩.gov.cn查询。",),
    no=("创建⟨5A⟩级景区。",),
    source="RFC 3986, 3: scheme and authority of an address",
)

_form(
    "articles cited",
    Disposition.DOCUMENT_NUMBER,
    r"第? ?\d{1,3}(?:—\d{1,2})?(?:[、~至-] ?(?:第 ?)?\d{1,3}(?:—\d{1,2})?)+ ?条(?!例)|第 ?\d{1,3}(?:[-—]\d{1,2})? ?(?:条(?!例)|款(?!项)|项(?!目))",
    yes=("修正第2、8、9-1、70条条文。",),
    no=("发布政策5条。",),
    source="立法技术规范(试行)(一), 法工委发〔2009〕62号: articles are cited by number",
)
_form(
    "document number",
    Disposition.DOCUMENT_NUMBER,
    r"[〔\[【(](?:19|20)\d{2}[〕\]】)]\s*第?\d+(?:-\d+)?号?|(?:19|20)\d{2}年?第\d+号|〔(?:19|20)\d{2}〕|字第 {0,2}\d{2,14}|CLI\.[\d.]+|[令公告]第?\d+号|第\d+号令?",
    yes=("按照国发〔2015〕⟨71⟩号文件执行。", "总经字第⟨10800068291⟩号令修正。"),
    no=("位于中山路⟨71⟩号。",),
)

_form(
    "footnote mark",
    Disposition.OTHER,
    r"\[\d{1,2}\]",
    yes=("专利质押额达到12亿元[⟨1⟩]。",),
    no=("按照国发[2015]⟨71⟩号文件执行。",),
    source="GB/T 7714-2015, 9.1: notes are cited by numbers in square brackets",
)

_form(
    "standard code",
    Disposition.STANDARD_CODE,
    r"(?:GB|DB|ISO|IEC|QB|HG|JB|YY|NY|T/|IATF|AS|HB|CNAS|IPC)[A-Z/]{0,6}\s?\d[\d.:/—-]*\d?(?:[—-]\d{4})?",
    yes=("执行GB/T⟨33251⟩—2016标准。",),
    no=("新增ISO认证企业⟨10家⟩。",),
)

_form(
    "contact",
    Disposition.PHONE,
    r"(?:电话|热线|传真|手机|联系人|联系方式|邮编|邮政编码|专线)[^\d。;\n]{0,8}(?!\d{1,2}[×*xX])[\d()—×、,/ 转-]{4,40}",
    yes=("联系电话:0631-⟨5123456⟩。",),
    no=("开通热线⟨50⟩条。",),
)

_form(
    "phone",
    Disposition.PHONE,
    r"(?<!\d)(?:0\d{2,3}[-—]?\d{7,8}(?:[-—]\d{1,4})?|1[3-9]\d{9}|(?:400|800)-?\d{3}-?\d{4}|[2-9]\d{6,7}|[2-8]\d{3} \d{4})(?!\d|\.\d|[万亿元%家件个名项人户吨亩])|(?<!\d)(?:(?:1[02]|9[56])\d{3}、?){1,4}(?!\d)(?=[^,。;\d]{0,16}(?:电话|热线|平台|专线|便民))",
    yes=("拨打⟨12330⟩热线。", "畅通⟨12328⟩、96122等热线。"),
    no=(
        "联系电话:0631-⟨5123456⟩。",
        "服务企业⟨12330家⟩。",
    ),
    after=("contact",),
)

_form(
    "hours of service",
    Disposition.PERIOD,
    r"\d{1,2} ?[×*xX] ?\d{1,2} ?小时",
    yes=("热线⟨7⟩×24小时人工服务。",),
    no=("按⟨24⟩小时计价。",),
    source="国办发〔2020〕53号, 三(七): hotlines are staffed 7×24 hours",
)

_form(
    "address",
    Disposition.OTHER,
    r"(?<![\d第])(?:(?:\d+、)+(?=\d+号楼)|[A-Z]?\d+(?:号楼?|弄|巷|[栋幢](?=[\dA-Z室单])|座(?=\d)|室|单元|楼)|(?:[A-Z]|(?<=[号路]))\d+[栋幢])",
    yes=("位于滨河路⟨123⟩号5楼。", "建设⟨1⟩、2、3号楼。", "滨河路123号⟨5⟩栋。", "滨河花园⟨5⟩栋3单元。"),
    no=("按照国发〔2015〕⟨71⟩号文件执行。", "新建厂房⟨12⟩栋。"),
    after=("document number",),
)

_form(
    "caption",
    Disposition.HEADING_NUMBER,
    r"(?:附件|附表|专栏|表|图|附录)[::]?\s*\d{1,2}(?:[-—.]\d{1,2})?(?!\d)|注[::]\s*\d{1,2}[.、](?!\d)|(?:条|款|项|附件|[(])\s*\d{1,2}[.、)](?!\d)",
    yes=("详见附件⟨2⟩。", "见图3-⟨2⟩。", "注:⟨1⟩. 表中数据为上年数。"),
    no=(
        "(⟨1⟩)培育企业50家。",
        "新建图书馆⟨2座⟩。",
    ),
    after=("numbering",),
)

_form(
    "row number",
    Disposition.HEADING_NUMBER,
    r"(?<![^\s|])\d{1,3}(?=[\s|]+[^\s\d()|]{2,30}(?:\([^()\s]{1,4}\)|[\s|]+[^\s\d()|]{1,4})[\s|]+\d)",
    yes=("属性 ⟨2⟩ 海外发明专利授权量(件) 186 400",),
    no=("引进 ⟨2⟩ 家机构。",),
)

_form(
    "clock time",
    Disposition.DATE,
    r"(?<![\d:])\d{1,2}:[0-5]\d(?::[0-5]\d)?(?![\d:])(?!\s*(?:的)?(?:比例|配套|给予))",
    yes=("上午⟨9:30⟩召开会议。",),
    no=("按⟨60:40⟩的比例分担风险。",),
)

_form(
    "date in figures",
    Disposition.DATE,
    r"(?<!\d)(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)",
    yes=("发布于⟨2024-01-10⟩。",),
    no=("实施期为⟨2020-2023⟩年。",),
)

_form(
    "span of years",
    Disposition.PERIOD,
    rf"(?<!\d){ANY_YEAR}年?{MONTH_DAY} ?{TO} ?(?:{ANY_YEAR}年?{MONTH_DAY}|\d{{2}}年)",
    yes=("于⟨2020-2023年⟩实施。", "于⟨2001⟩ -2005年实施。"),
    no=("⟨2020⟩年启动,2023年完成。",),
)

_form(
    "span of months",
    Disposition.PERIOD,
    rf"\d{{1,2}}月?{TO}\d{{1,2}}月|\d{{1,2}}(?:、\d{{1,2}})+月",
    yes=("⟨1-3⟩月完成。", "分别于⟨3⟩、6、9月举办培训。"),
    no=("⟨3⟩月完成。",),
)

_form(
    "date",
    Disposition.DATE,
    rf"(?<![\d.]){ANY_YEAR}年度?{MONTH_DAY}|(?<!\d){NUMBER}月(?:{NUMBER}[日号]|份|底|末|初|[上中下]旬)|(?<![\d.]){ANY_YEAR}(?=年|版|\)|(?:、{ANY_YEAR})+年)",
    yes=(
        "于⟨2020年8月27日⟩印发。",
        "到⟨2025⟩、2027、2030年分别达到10、15、30项。",
        "⟨8⟩月底前完成。",
    ),
    no=(
        "于2020-⟨2023⟩年实施。",
        "按照公告⟨2020⟩年第44号执行。",
        "执行企业知识产权管理规范(GB/T33251—⟨2016⟩)。",
        "⟨1-3⟩月份完成。",
        "服务企业⟨2020家⟩。",
    ),
    after=(
        "document number",
        "standard code",
        "span of years",
        "span of months",
    ),
)

_form(
    "quoted day",
    Disposition.DATE,
    r"(?<=[“\"「])\d{1,2}[·•.?]\d{1,2}(?=[”\"」])",
    yes=("以“⟨4·26⟩”为契机。",),
    no=("打造“⟨9+5⟩”产业集群。",),
)

_form(
    "quarter",
    Disposition.DATE,
    r"第?[一二三四1-4]季度|每?[上下]半年",
    yes=("第⟨三⟩季度完成。",),
    no=("召开第⟨三⟩次会议。",),
    source="企业所得税法, article 54: tax is prepaid by month or by quarter",
)

_form(
    "five-year plan",
    Disposition.PERIOD,
    rf"[“\"]?{FIVE_YEARS}[”\"]?(?:期间|末|时期|规划|以来|末期|初)?",
    yes=("“⟨十四五⟩”期间完成。",),
    no=("培育⟨十五家⟩企业。",),
)

_form(
    "reach that names",
    Disposition.PROPER_NAME,
    r"\d{1,4}(?:分钟|小时|公里|米)(?=[一-鿿]{0,8}(?:圈|覆盖率))",
    yes=("打造⟨15⟩分钟就医圈。", "站点⟨500⟩米覆盖率达到90%。"),
    no=("新建地铁⟨15公里⟩。",),
    source="自然资源部 TD/T 1062-2021: 15-minute living circles",
)

_form(
    "reporting year",
    Disposition.PERIOD,
    rf"(?:近|过去|未来|今后|连续|前|后|每|头)的?{FEW}(?:个?年|个月)|{FEW}年(?:来|多来|以来|间|期|里|后|之后|前|任期|一遇)",
    yes=("近⟨三⟩年无违法记录。",),
    no=("⟨三⟩年内建成10个基地。",),
)

_form(
    "term of validity",
    Disposition.PERIOD,
    rf"(?:有效期|有效期限|试行期?|期限|执行期|任期|服务期|建设期|合作期|周期|为期|实施期|培育期|考核期|管理期|过渡期|质保期|合同期|保护期)(?:限|为|是|满|不[少低]于|不超过|最长|一般为|暂定)*\s*{FEW}{TIME}",
    yes=("本办法有效期⟨五⟩年。",),
    no=("维持有效专利⟨50件⟩。",),
)

_form(
    "horizon",
    Disposition.PERIOD,
    rf"{FROM}{FEW}个?(?:年|月)(?:左右|时间|之?内|以内|建设期|行动|计划|规划|滚动|攻坚|目标|任务|期满|奋斗)|{FEW}年(?=(?:累计|共|内|总共|合计|总体)?(?:增长|增幅|安排|投入|培育|新增|建成|实现|完成|提高|提升|翻))",
    yes=("⟨三⟩年内建成10个基地。", "用⟨5⟩—10年左右时间建成强市。"),
    no=("近⟨三⟩年内无违法记录。",),
    after=("reporting year",),
)

_form(
    "time limit",
    Disposition.DATE,
    rf"{FROM}{NUMBER}个?(?:工作日|自然日|日历日|{TIME})(?:之?内|以内|之?前|以后|后)|(?:自|从|于|在)[^,。;]{{0,20}}之日起{NUMBER}个?(?:工作日|{TIME})|{NUMBER}个工作日|(?:提前|逾期|公示期?(?:为|不少于)?){NUMBER}个?(?:工作日|{TIME})",
    yes=("⟨15⟩个工作日内答复。", "⟨3⟩至5个工作日内答复。"),
    no=(
        "⟨三⟩年内建成10个基地。",
        "⟨6月30日⟩前完成。",
    ),
    after=(
        "date",
        "horizon",
    ),
)

_form(
    "session",
    Disposition.ORDINAL,
    rf"第{NUMBER}(?:、{NUMBER})*(?!产业|[单例](?![元位子会如题]))|{NUMBER}届(?:{NUMBER}[中次]全会)?|[一二三四五六七八九十、]{{1,16}}中全会|{NUMBER}大(?=精神|报告|以来|和|代表|[,、。])",
    yes=("经第⟨67⟩次常务会议通过。", "完成第1、⟨2⟩、3项任务。", "完成第⟨二⟩单元教学。"),
    no=(
        "发行第⟨二⟩单专利证券化产品。",
        "第⟨三⟩章 保障措施",
        "发展第⟨三⟩产业。",
        "按照公告2020年第⟨44⟩号执行。",
        "第⟨三⟩季度完成。",
    ),
    after=(
        "numbering",
        "document number",
        "quarter",
    ),
)

_form(
    "enumeration",
    Disposition.HEADING_NUMBER,
    r"(?<![\d唯统])[一二三四五六七八九十]是|其[一二三](?=[,、])",
    yes=("主要任务:⟨一⟩是加强保护,二是促进运用。",),
    no=(
        "⟨一⟩是加强保护。",
        "统⟨一⟩是原则。",
    ),
    after=("numbering",),
)

_form(
    "quoted name",
    Disposition.PROPER_NAME,
    r"[“\"「『‘][^”\"」』’。;]{1,18}[”\"」』’]",
    yes=("打造“⟨9+5⟩”产业集群。",),
    no=(
        "“⟨十四五⟩”期间完成。",
        "以“⟨4·26⟩”为契机。",
        "开通“⟨12330⟩”热线。",
    ),
    after=(
        "phone",
        "quoted day",
        "five-year plan",
    ),
)

_form(
    "cited title",
    Disposition.PROPER_NAME,
    r"《[^《》]{1,80}》|[〈<][^〈〉<>]{1,60}[〉>]",
    yes=("依据《知识产权保护⟨10⟩问》。",),
    no=(
        "依据《统计分类(⟨2019⟩)》。",
        "依据《专利转化规划(⟨2021-2025⟩年)》。",
        "依据《⟨十四五⟩知识产权规划》。",
        "依据《专利导航⟨三⟩年行动计划》。",
        "依据《第⟨五⟩次普查方案》。",
    ),
    after=(
        "span of years",
        "date",
        "five-year plan",
        "horizon",
        "session",
    ),
)

_form(
    "sum of names",
    Disposition.PROPER_NAME,
    rf"{NUMBER}(?:\s*[+]\s*(?:{NUMBER}|[NnXx]))+",
    yes=("打造⟨9+5⟩产业集群。",),
    no=("打造“⟨9+5⟩”产业集群。",),
    after=("quoted name",),
    source="国发〔2019〕4号, 二(六): the 1+X system of certificates",
)

_form(
    "issuing offices",
    Disposition.PROPER_NAME,
    r"(?<=局|部|委|厅|会|院|室|等)等?\d{1,2}部门|[一二两三四五六七八九十]{1,3}部门|\d{1,2}个?部门(?=关于|联合|印发|协同|会同|落实|负责)|(?<=会同)\d{1,2}个?部门",
    yes=("国家知识产权局等⟨17⟩部门联合印发。",),
    no=("服务⟨17⟩个部门。",),
)

_form(
    "named number",
    Disposition.PROPER_NAME,
    rf"(?<![同统唯任某逐每单专])(?:[一两二三四五六七八九十百千]{{1,6}}|(?<!\d)\d{{1,2}})(?:{one_of('大 位一体 个全面 高地 核心 基地 核 中心 轴 带 圈 廊 翼 极 链 网 平台 体系 站式 体化 同步 融合 协同 联动 合一 农 新 好 强 优 精 特 品 企 校 地 城 省 市 方 方面 个方面 个阶段 个层次 个档次 个步骤 者 线 代 馆 厅 件套 上市 化')})",
    yes=("构建⟨一⟩核⟨两⟩带格局。",),
    no=(
        "推进“⟨三⟩大工程”。",
        "贯彻党的⟨二十⟩大精神。",
        "搭建统⟨一⟩平台。",
    ),
    after=(
        "session",
        "quoted name",
    ),
)

_form(
    "ranking list",
    Disposition.PROPER_NAME,
    r"(?:世界|全球|全国|中国|国内|全省|民营|民企|制造业|服务业|软件|行业|企业|百强|前)[^,。;、\d]{0,8}\d{2,4} ?强(?!度)(?:、\d{2,4} ?强(?!度))*|\d{3} ?强(?=企业|名单|[,。;、]|$)",
    yes=(
        "引进世界500强企业。",
        "入围中国民营企业500强的,奖励100万元。",
        "全国20强、⟨100⟩强事务所迁入的,奖励100万元。",
    ),
    no=("培育强村500个。",),
    source="全国工商联, 中国民营企业500强: yearly lists are named by how many they hold",
)
_form(
    "set phrase",
    Disposition.PROPER_NAME,
    r"百千万|双百|千百亿|[百千万][校企村园所][百千万][企校村户人]|万企|千企|百企|[百千万]人计划|[百千]强|[百十]佳|十强|五百强|双一流|[十百千万]亿(?:元)?(?=级|产业|集群)",
    yes=("开展⟨百千万⟩行动。",),
    no=(
        "评选“⟨十⟩佳企业”。",
        "组织⟨百⟩校千企对接。",
        "培育⟨百⟩家以上企业。",
    ),
    after=(
        "quoted name",
        "named number",
    ),
)

_form(
    "grade",
    Disposition.ORDINAL,
    rf"{FROM}\d年级|\d\.\d级|\d+(?:\.\d+)? ?(?:千伏|[kK]V)(?!安|A)|\d\.\d ?(?:系统|平台)|[0-9一二两三四五六七八九十甲乙丙特]{{1,4}}[级等](?:甲等|乙等)?|[一二三四五]星级?|\d+A级?|[3-6]G|\d+V(?![A-Za-z])|\d+\.\d+版|[A-Za-z]+[-—]?\d{{1,3}}(?:\.\d+)?(?![\d.万亿千百家个名项元%])|\d[A-Z](?![A-Za-z])",
    yes=("创建⟨5⟩A级景区。", "⟨6.2⟩级地震灾后重建。", "建设⟨750⟩千伏输电工程。", "⟨1⟩—2年级不留作业。"),
    no=(
        "登录www.a.gov.cn/art⟨12⟩/col查询。",
        "推进“⟨三⟩级联动”。",
        "开发APP⟨5个⟩。",
    ),
    after=(
        "web address",
        "quoted name",
    ),
)

_form(
    "duration",
    Disposition.PERIOD,
    rf"{FROM}{NUMBER}个?半?{TIME}(?!以上)",
    yes=("补贴发放⟨3⟩年。", "培训⟨2⟩个半小时。", "欠费⟨3⟩—6个月不停水。"),
    no=(
        "⟨2020年⟩完成。",
        "本办法有效期⟨五⟩年。",
        "打造⟨15⟩分钟就医圈。",
        "实施⟨三⟩年行动。",
        "近⟨三⟩年无违法记录。",
        "自印发之日起⟨30⟩日内答复。",
        "工作满⟨3年⟩以上的,奖励1万元。",
    ),
    after=(
        "date",
        "reach that names",
        "reporting year",
        "term of validity",
        "horizon",
        "time limit",
    ),
)

_form(
    "copies",
    Disposition.OTHER,
    r"[一二两三四五六七八九十]式[一二两三四五六七八九十\d]+份",
    yes=("一式⟨三⟩份报送。",),
    no=("报送材料⟨三⟩份。",),
)


_form(
    "class of people",
    Disposition.OTHER,
    rf"{FROM}{NUMBER}周?岁(?:\(含\))?(?:及?以[上下](?![的且并者人])(?=[一-鿿])|(?=婴幼儿|幼儿|儿童))",
    yes=(
        "为⟨60周岁⟩以上老年人提供服务。",
        "每千人口⟨3⟩岁以下婴幼儿托位数达到4.6个。",
        "发展⟨0⟩—3岁婴幼儿照护。",
    ),
    no=("申请人年龄在⟨60周岁⟩以下的,给予奖励。",),
    source="Law on the Protection of the Rights of the Elderly, article 2 (60 years); 国发〔2022〕8号 (infants under 3 years)",
)

_form(
    "rank reached",
    Disposition.ORDINAL,
    rf"(?:居|列|跻身)[^,。;:\d]{{0,12}}前(?P<n>{NUMBER})[位名](?!的(?!目标)[^,。;]{{0,14}}(?:,|给予|予以))|排名?第?(?P<from>{NUMBER}{TO}第?{NUMBER})[位名]",
    yes=("专利授权量居全省前⟨3位⟩。", "排⟨一⟩至三名的企业,奖励5万元。"),
    no=("对国家标准起草单位排名前⟨3位⟩的企业,给予奖励。", "考核位列前⟨三名⟩的工作站,追加奖励。"),
    source="five_year_and_action_plans_2; reports state the place among provinces like this: 增速居全国前10位",
)

_form(
    "size class of cities",
    Disposition.OTHER,
    r"(?:超大|特大|大|中等|小)城市(?:是?指|为)[^,。;\d]{0,12}\d+万以[上下](?: ?\d+万以[上下])?",
    yes=("大城市指城区常住人口⟨100⟩万以上500万以下的城市。",),
    no=("对服务人口⟨100⟩万以上的城市给予奖励。",),
    source="国发〔2014〕51号: cities are classed by the resident population of their urban area",
)

_form(
    "line of a network",
    Disposition.PROPER_NAME,
    r"(?:\d{1,2} ?(?:号线)?[、,和及] ?)*\d{1,2} ?号线",
    yes=("建设地铁⟨7⟩、8、11号线。",),
    no=("新增公交线路⟨7条⟩。",),
    source="GB/T 38707-2020, 5.3: lines of urban rail are numbered",
)

_form(
    "term of a formula",
    Disposition.OTHER,
    r"=[^,。;]{1,60}[÷×] ?(?P<n>\d+(?:\.\d+)?)(?!\d*[万亿元家个])",
    yes=("年度得分=(上半年得分+下半年得分)÷⟨2⟩。",),
    no=("按实际投资额的⟨5%⟩给予补助。",),
    source="GB/T 3102.11-1993, 11-6: signs of operations",
)


def explain(sentence: str, *, opens_block: bool) -> Iterator[Explained]:
    """Yield the spans of `sentence` that a rule explains, in the order of the rules."""
    for rule in DISPOSITIONS.candidates(sentence):
        for start, end in rule.apply(sentence, opens_block):
            yield start, end, rule
