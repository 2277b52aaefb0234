"""The vocabulary of the grammar of measures: the words that rules share, all in simplified script.

Words that one table of rules alone needs stand there. Nothing here names a theme, a city or a plan. A new unit, noun
or verb is one more entry.
"""

from __future__ import annotations

import re

from dagster_project.reading.numerals import FEW, FIVE_YEARS, HAN_DIGITS, NEAR_YEAR
from dagster_project.reading.vocabulary import Word, coded, one_of

# Unit words → unit code; None where the noun that is counted decides (`NOUNS`).
UNITS: dict[str, str | None] = coded(
    {
        "CNY": "元 元人民币 元整 块",
        "percent": "% 个百分点 百分点 个点 ‰",
        "org": "家 家次 户次",
        "person": "名 人 人次 人才 名额",
        "item": "件 篇 幅 册 份",
        "deal": "单 例 笔 宗",
        "year": "年 周年",
        "ratio": "倍 ∶ :",
        None: "项 个 款 种 类 只 支 套 条 台 对 门 户 所 座 部 位 起",
        "other": (
            "批 批次 美元 港元 欧元 日元 个工作日 工作日 个月 月 日 天 小时 分钟 岁 周岁 级 届 次 场 期 场次 台次 班 学时 课时 "
            "厘米 cm m³ ℃ 马力 晚 箱 TEU Gbps Mbps 亩 公顷 平方米 平米 平方公里 平方千米 立方米 立方 公里 千米 米 毫米 吨 斤 公斤 千克 克 升 "
            "千瓦 千瓦时 兆瓦 度 标准煤 吨标准煤 辆 架 艘 张 床 头 株 尾 羽 粒 枚 座位 车位 个车位 个床位 分 微克 标箱 万标箱 "
            "字 页 行 户籍 名次 公里/小时 P TB GB PB MW kW KW 间 栋 幢 处 口 列 孔 人年 人天 层 本 件次 辆次 ㎡ km GWh 万千瓦 /10万 1/10万"
        ),
    }
)

# What the unit words that leave it open mostly count, where no known noun follows or stands before.
USUAL_UNITS: dict[str, str] = coded(
    {
        "project": "项",
        "org": "户 所",
        "person": "位",
        "item": "部",
        "deal": "起",
        "product": "款",
    }
)

# The noun counted → unit code, where the unit word leaves it open (5个… 30项…), and for 件 of products.
NOUNS: dict[str, str] = coded(
    {
        "org": (
            "企业 机构 基地 中心 园区 平台 工作站 服务站 服务站点 单位 学校 高校 院校 院所 研究院 研究所 实验室 联盟 市场主体 主体 "
            "示范区 集聚区 试验区 功能区 园 所 站点 分站 援助站 示范站 指导站 联络站 网点 节点 示范点 联系点 指导点 载体 孵化器 加速器 众创空间 协会 组织 合作社 公司 银行 医院 门店 工厂 车间 "
            "瞪羚 独角兽 小巨人 示范园 产业园 开发区 营地 场馆 博物馆 展馆 驿站 综合体 工作室 团队 支行 总部 学院 部门 商户 农场 "
            "家庭农场 服务点 窗口 分中心 法庭 仲裁院 委员会 运营商 经营主体 书院 幼儿园 社区 服务队 创新体 联合体 共同体"
        ),
        "person": "人才 人士 代理师 代理人 人员 专家 企业家 领军人才 工程师 特派员 专员 人 学生 毕业生 教师 医生 劳动力 岗位 就业岗位 就业",
        "project": "项目 专利池 专利组合 标准 工程 课题 任务 活动 计划 行动 试点 案例 技术 示范项目 成果 池 场景 应用场景 专题库 数据库 方案",
        "product": "产品 新产品 药品 单品 商品 精品 新品",
        "item": "专利 发明专利 商标 版权 著作权 作品 案件 论文 地理标志 证书 许可证 注册商标 证明商标 集体商标 专利权 发明 品种 新品种",
        "industry": "产业 产业集群 集群 行业 产业链",
        "brand": "品牌 商标品牌 名牌 字号",
        "other": "县(市) 城市 县区 县 镇 乡镇 村 市 区 街道 小区 国家 地区",
    }
)
# People who are counted without a unit word of their own: 50万⟨贫困人口⟩.
PEOPLE = (
    f"(?:{one_of('老年 贫困 脱贫 农村 城镇 城乡 受灾 困难 常住 低收入 农业 搬迁 转移 流动 户籍')}){{0,3}}"
    + one_of("群众 人口 居民 农民 牧民 职工 劳动力 学生 师生 市民 老人 妇女")
)
# Words in brackets, which only add to what stands before them.
BRACKETED = re.compile(r"\([^()]*\)")
# Who an award can be paid to.
PARTY = one_of(
    " ".join(
        n
        for n, unit in NOUNS.items()
        if unit in {"org", "person"} and len(n) > 1 and n[-2:] not in {"就业", "岗位"}
    )
    + " 个人 职工 员工 农户 居民 选手 消费者 经理人 经纪人 发明人 权利人 专利权人 注册人 申请人 研究生 本科生 博士后 博士 硕士 旅行社 事务所 大户"
)
# Nouns that make 件 count products, not rights.
PRODUCTS = one_of(
    "产品 商品 产品数 产品备案数",
    Word("新品", unless_after="种", example="开发新品30件", source="植物新品种保护条例"),
)
# A noun stands before a verb, a mark or the end: this is what may follow a counted noun.
NOUN_END = re.compile(
    r"$|[,。;:、()的]|(?:的|和|与|及|或|以及|等|数|数量|总数|总量|备案|认定|认证|开展|进行|通过|成功|参与|参加|建设|达到|实现|完成|进入|获得|获批|"
    r"入选|入库|入驻|上市|落地|落户|创建|申报|达|以上|纳入|列入|加入|为|在|被|从事|覆盖|增长|就业|转化|发行|注册|提供)"
)

# Bounds right after a number: 40件以上(含40件), 5家(含)以上, 30%以内, 10名左右.
GE_AFTER = re.compile(
    r"(?:\((?:不?含|包括)[^()]*\)|含|(?:及|或)(?=以上))*(?:[(]?含[)]?)?(?:及|和)?(?:其?以上|之上)"
)
_AT_MOST = one_of(
    "以下 以内 之内 以里 之下 封顶 为限 为上限",
    Word("内", unless_after="设 部 外 涵 容 资 陆 地 需 生", example="控制在30万元内"),
)
LE_AFTER = re.compile(rf"(?:\((?:不?含|包括)[^()]*\)|含|(?:及|或)(?=以[下内]))*(?:及|和)?{_AT_MOST}")
LT_AFTER = re.compile(r"\(不含[^()]*\)(?:以下|以内)|以下\(不含")
APPROX_AFTER = re.compile(r"(?:左右|上下|前后)")

# Unit words that name as often as they count: 三级, 第5期, 4类.
NAMING_UNITS = frozenset(
    "级 届 期 次 分 度 门 对 班 页 字 行 块 条 批 类 种 套 支 米 份 口 处 层 本 列 辆次".split()
)

# Words before a number that bound it; the last one in the clause wins, the longest at one place.
COMPARATORS: dict[str, str] = coded(
    {
        "ge": (
            "不少于 不低于 不小于 不得少于 不得低于 不得小于 不能少于 不能低于 不应低于 不应少于 应不少于 至少 最少 最低 起步 保底 不短于 高于或等于 "
            "大于等于 大于或等于 满 已满 ≥"
        ),
        "gt": "超过 突破 首破 高于 大于 多于 逾 超 > 长于 快于",
        "le": (
            "不超过 不高于 不大于 不多于 不得超过 不得高于 不得多于 不能超过 最高 最高额度 最高额度为 最高不超过 最多 至多 上限 上限为 限额 限额为 最长 最长不超过 "
            "控制在 封顶 限报 限享 只能 只可 低于或等于 小于等于 不突破 ≤ 不逾 不长于 不得长于 不得大于"
        ),
        "lt": "低于 少于 小于 不足 不到 不满 未满 未达 未达到 <",
        "approx": "约 大约 约为 近 接近 将近 平均约",
    }
)
# Of these, the ones that must stand next to the number: elsewhere they are parts of other words (圆满, 节约, 附近).
ADJACENT = frozenset("满 已满 近 超 约 > < ≥ ≤ 逾".split())
# Words that begin like one of these and bound nothing; after one, no earlier word of the clause is meant.
NO_COMPARATORS = frozenset(
    "上 超级 超高清 超大 超前 超额 超标 超常 超出 最高价 最高限价 最高额 最高等级 最高限度 最高控制价 "
    "最低价 最低工资 最低生活 最低收费 最低等级 最低限度".split()
)
# Words of growth and fall; a figure beside one is a rate of change: 增长8%, 年均增幅20%.
GROWTH = one_of(
    "增长 增幅 增速 递增 递减 增加 提高 提升 上升 下降 降低 减少 降幅 减幅 压减 扩大 上浮 下浮 涨幅 上涨 跌幅 缩短 压缩 增 减"
)
# What may stand between what is measured, or a word of growth, and the figure; none of these is made of others (稳定 and 在 are
# two), so that a run of them is read in one way only.
REACHING = (
    r"(?:均|各|分别|力争|争取|达到|达|为|是|在|近|了|再|平均|累计|实现|完成|保持|稳定|控制在|突破|超过?|不低于|不少于|不高于|不超过|高于|低于|不?小于|不?大于|不足|不到|"
    r"至少|最低|最高|约)*"
)
# A number of years: 三年, 5年.
YEARS = f"{FEW}年"
# A rate of change for each year, or against the year before.
YEARLY = re.compile(
    rf"年均|年平均|每年(?:平均)?(?:递?增|增长|提高|提升|下降|降低|递减|新增)|同比|[比较](?:上年|去年|前一年|上年同期)|(?<![{HAN_DIGITS}十\d])年递?增|逐年|年增长率|上年(?:度)?(?:增长|提高)|环比"
)
# A rate of change over a longer span: 比十二五期间增长, 三年增长15%.
SINCE = re.compile(
    rf"[比较][^,。;]{{0,14}}(?:期间|末|年底?|初|时)|[比较]前[两三四五]年|累计(?:增长|下降|降低|减少|提高|压减)(?![到至])|{YEARS}(?:累计)?(?:平均)?(?:增|提高|提升|下降|降低|减少)|总体(?:增长|提高)"
)

# A fund or a budget. 融资 is not 资金, and neither are a sum, a need or a rate of them.
MONEY_POOL = one_of(
    "基金 经费 专项经费 预算 拨款 财政投入 财力 奖金池 信贷额度 授信额度 贷款额度 债券",
    Word("资金池", unless_before="融 出", example="设立1亿元资金池"),
    Word("资金额度", unless_before="融 出 到位", example="安排资金额度1亿元"),
    Word("资金", unless_before="融 出 到位", unless_after="额 需求 到位率", example="安排专项资金1亿元"),
)
# Sums that are reached, not granted: 完成投资…, 融资金额….
ACHIEVEMENT = (
    "(?:完成|实现|达到|突破|投资|产值|收入|成交|交易|融资|利润|销售|增加值|总额|余额|贷款|撬动|带动|规模达)"
)
# Money set aside, year by year or once; it flows.
APPROPRIATED = one_of("安排 拨付 拨出 列支 投入 筹措 筹集 下达 统筹 争取 注资 出资")

# Words of granting.
AWARD = one_of(
    "奖励 奖补 补助 补贴 资助 贴息 给予 予以 返还 减免 减缴 奖金 补足 免除 减征 抵扣 抵减 可获 贴补 奖给 退还 兑现 享受 扶持 免征 免收 支持 配套奖励 配套支持 配套补助 加奖 补贴标准 返补 计奖 返奖",
    Word("发放", unless_after="额 量 总额 规模 率 余额", example="发放补贴2万元"),
    Word("补给", unless_after="站 线 船 基地 能力 品", example="按劳动报酬的20%补给单位"),
    Word("代偿", unless_after="率 损失 金额 余额 额", example="给予代偿"),
    Word("补偿", unless_after="资金 基金 金 机制 池", example="按损失的30%给予补偿"),
)
# A sum of so much for each, with one word: 每件补⟨2000元⟩.
PAYS = r"(?<![弥填增递候])[补奖贴]$|(?:^|[,;]|[再另各均先]|每招\d[名人个]?,?)[补奖贴](?![充齐短近合项牌偿缴强足助贴励给])[^,。;、\d]{1,8}$"
# What may follow from meeting a condition: an award, or the right to ask for one.
GRANT = (
    "(?:"
    + AWARD
    + r"|(?:可以?|(?<![获取])得)(?:申报|申请|享受|参评|优先)|方可|在?上述[^,。;]{0,8}基础上|上浮|优先(?:支持|推荐|安排)|减按|减半[征收]|[奖补](?=\d))"
)
PENALTY = "(?:罚款|罚金|罚锾|滞纳金|滞报金|怠报金)"
# 的 that closes a clause of who is entitled: …40件以上的,每家给予…; …满2年的给予….
ENTITLED = re.compile(
    r"的\s?(?=[,、;)(:]|一次性|分别|每|按|最高|再|另|可|由|各|单个|同一|年度|择优|直接|额外|叠加)|的(?="
    + AWARD
    + r")"
)
# 的 inside what 对 addresses: 对成立5年以上…的机构,择优给予….
ADDRESSED_END = re.compile(r"的[^,。;]{0,60},(?=[^。;]{0,16}?" + AWARD + ")")
# Headings of requirements.
CONDITION_HEADING = re.compile(
    r"条件|资格|门槛|申报要求|申请要求|准入(?=条件|要求|标准|门槛)|^准入$|认定标准|申报对象|适用对象|支持对象|具备"
)
# Words that stand alone on a line, or at its head, and say what the lines below are: 支持标准, 申报条件, 【申报条件】;
# 国际标准 每项100万元 is a row of such a list. 附注: ends it.
LABEL = re.compile(
    r"【(?P<bracketed>[\u4e00-\u9fff]{2,12})】|(?P<note>附注|备注|注释?)[:：]|(?P<alone>[\u4e00-\u9fff]{2,12}?)(?:[:：][ \u3000]|[:：]?(?:[ \u3000](?!(?:每[\u4e00-\u9fff]{1,3}|各|最高)?\d)|\n|$))"
)
# A heading that begins another part, in which no label above it holds: 二、 第三章.
PART = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,4}[编章节条])[^,。;]*$"
)
# Words that lead in a list of requirements.
CONDITION_LEAD = re.compile(
    r"(?:下列|以下|如下|相应)[^。;]{0,8}(?:条件|情形|要求|标准)|(?:满足|具备|符合)(?:下列|以下|如下|下面)[^。;]{0,2}[条点项][^。;]{0,6}:|(?:符合|合于)(?:下列|以下)[^。;]{0,4}规定|(?:应当?|须)(?:同时)?(?:具备|符合|满足)[^,。;]{0,8}:"
)
CONDITION_MUST = re.compile("(?:应当?|须)(?:同时)?(?:具备|符合|满足)")
# What a sum in an attribute says which ones are counted: 10亿元以上项目8个.
ATTRIBUTED = one_of(
    "项目 企业 工业 产业 集群 的村 村 园区 平台 单位 主体 人才 公司 企业数 项目数 品牌 产品 案件"
)

# Titles and headings of reports, and headings of what is to come.
# A title that goes on to what is to be done is no report's: 改善发展状况行动计划.
PAST_TITLE = re.compile(
    r"(?:公报|总结|白皮书|简报|专报|快报|季报|月报|新闻发布会|(?:发展|保护|运行|工作)状况|年报|年度报告|(?:评估|发展|监测|分析|述职)报告|情况(?:的)?(?:报告|通报|汇报|介绍))"
    r"(?![^,。;和及与暨、]*(?:计划|方案|规划|办法|措施|意见|规定|细则))"
)
# In a report the part on what is still to be done: 2026年工作打算, 下一步工作计划.
NEXT_HEADING = re.compile(
    "打算|计划|安排|下一步|下一阶段|明年|下半年|今后|谋划|展望|思路|目标|任务|部署|重点工作|工作重点"
)
# What is to come, said in the middle of a report: 2025年,我们将…, 今年还将…, 下一步…要….
_STILL_TO_COME = one_of(
    "下一步 下一阶段 力争 争取 确保 我们将 今年将 还将 拟于",
    Word("将", unless_before="即", unless_after="军 领 士 近 来", example="2025年将登记3万件"),
    Word("要", unless_before="主 重 需 纪 摘 概 提", unless_after="求 素 点 闻", example="今年要登记3万件"),
)
STILL_TO_COME = re.compile(_STILL_TO_COME)
PAST_HEADING = re.compile(
    r"现状|回顾|发展基础|工作基础|基础条件|成效|成绩|取得的|主要成就|发展情况|(?:基本|进展|开展|推进|落实|办理|执行)情况(?!的?(?:监督|督查|检查|评估|考核|通报))|亮点|已开展的?工作|形势|完成情况|过去|背景|总结|家底(?:怎么|如何|有多|几何)"
)
# Who is in charge of a provision, at its end, with the place of the office: (云岭市局).
IN_CHARGE = re.compile(
    r"[(（](?:责任单位[:：])?(?P<place>(?!各|本|全|有关|相关)[\u4e00-\u9fff]{1,5}[市州盟区县])(?:市场监管|知识产权|市场监督管理)?局[)）]\s*$"
)
# Lines without a number that head a part of a report: “十四五”时期工作回顾, 2026年重点工作.
PART_HEADING = re.compile(
    r"[▍▎▶►◆■★❖➤◎]\s*[^,。;:\d]{2,20}|(?![一二三四五六七八九十]+、|[(]|\d{1,2}[.、]|第.{1,3}[章节部])[^,。;:!?]{0,20}(?:回顾|总结|完成情况|主要成就|工作安排|重点工作|重点任务|工作任务|目标任务|主要目标|总体要求|工作建议|工作打算)"
)
# How a line is numbered: 第一条, 一、, (一), 1., (1), ①; each way is a group.
NUMBERED_LINE = re.compile(
    r"\s*(?:(第[^\s条]{1,6}条)|([一二三四五六七八九十]{1,3}、)|(\([一二三四五六七八九十]{1,3}\))|(\d{1,2}[.、])|(\(\d{1,2}\))|([①-⑳]))"
)
FUTURE_HEADING = re.compile(
    r"目标|任务|安排|措施|要求|计划|指标|部署|打算|重点|要点|保障|展望|预期|工程|行动|路径|夯实|筑牢|打牢|厚植|巩固|(?:提高|提升|增强|扩大)[^,。;]{0,10}成效(?!显著|明显|突出)"
)
# Words of a report: 截至2023年底, 目前, 过去五年, 近年来.
PAST = re.compile(
    rf"截至(?!.{{0,12}}(?:日前|之前|报名|申报|申请))|截止目前|目前,|现有|上年末|近年来|(?:今年|去年)以来|过去{YEARS}|{YEARS}(?:来|间)|顺利完成|圆满完成"
)
# Tenses of a report, weighed only where nothing else says what a figure is.
_LAST_YEAR = one_of("", Word("去年", unless_before="比 较", example="去年登记3万件"))
PAST_TENSE = re.compile(
    rf"全年(?:完成|实现|新增|共)|同比(?:增长|提高|下降|增加|减少)|居全[国省市]|位居|排名全|{_LAST_YEAR}|是(?:上年|去年|[^,。;]{{2,8}}(?:年|末|期))[^,。;]{{0,4}}的|已(?:经)?(?:建成|达到?|有|累计|完成|实现|超过|突破)|"
    r"(?:完成|实现|新增|达到|增长到|提高到|提升至)了|截至"
)
# Words that the whole sentence is wanted.
AIM = re.compile(rf"[到至]{NEAR_YEAR}年|力争|争取|目标|预期")
# Words that what follows is wanted, not reported.
_WANTED = one_of(
    "力争 争取 确保 目标 预期 计划 预计 下一步 不断 推动 促进 推进 支持 鼓励 加快 打造 培育 引进 今年将",
    Word("要", unless_after="求 素 点", example="今年要登记3万件"),
)
FUTURE = re.compile(rf"[到至]{NEAR_YEAR}年|{_WANTED}")
# A count mentioned in passing: 发挥…等6家高新区的作用.
PASSING = re.compile(
    r"(?:发挥|利用|依托|借助|借力|凭借|围绕|结合|立足|聚焦)[^,。;]*等$|(?:依托|结合|立足)(?:[全我本][省市县区])?$"
)

# A verb of doing makes a count a flow (what is produced), unless the text says that it is a total.
DOING = one_of(
    "建成 建设 新建 改建 扩建 创建 打造 培育 培养 引进 引育 选育 集聚 新增 增加 惠及 完成 实施 开展 组织 举办 支持 扶持 认定 遴选 选树 评选 筛选 推动 发行 发放 "
    "转化 转让 许可 申请 授权 登记 备案 推广 制定 制修订 编制 出台 设立 成立 布局 落地 签约 实现 组建 服务 指导 辅导 帮助 资助 奖励 培训 吸引 招引 "
    "招收 招聘 筹集 申报 获批 获得 获评 通过 入选 改造 整治 建立 攻克 突破 研发 开发 解决 孵化 覆盖 推出 发布 受理 办理 调解 查处 惠企 减排 新认定 争创 引入 参与 制订 起草 主导 运用"
)
# What a plan does in a period; 企业达到50家 is a state, 引进企业达到50家 an activity.
ACTIVITY = one_of(
    "引进 培养 培育 惠及 新增 完成 实施 建设 新建 建成 组织 发放 服务 认定 创建 打造 举办 开展 引育 选育 集聚 发展 改造 扶持 转化 新认定 制定 推广 招引 吸引 培训 帮助 孵化 入选 "
    "申报 受理 办理 主办 承办 指导 辅导 转让 许可 登记 备案 实现 发行 筹集 调解 查处 签约 落地 参与 推荐 接待 改建 整治"
)
# Of these, what a report tells as done; the others (认定, 获批, 建成) it tells as a state.
DONE = one_of(
    "引进 培养 惠及 新增 完成 实施 新建 新开工 竣工 组织 发放 举办 开展 引育 选育 改造 转化 新认定 新培育 推广 招引 培训 帮助 办理 受理 主办 承办 指导 辅导 转让 许可 登记 "
    "备案 发行 调解 查处 签约 新签约 落地 接待 整治 整合 投资 净增 解决 查办 破获 侦破 抓获 打掉 捣毁 查获 移送 收缴 新收 审结 结案 争取 新改建 新设 新开 追回 适用 "
    "处理 立案 罚没 挽回 抽检 检查 检验 约谈 走访 制修订 兑现 化解 清理 下架 处置 调处 排查 整改 巡查 发出 制发 关闭 删除 扣留 查扣 没收 批捕 逮捕 起诉 判处 判赔 办结 到位 诊疗 移交 兑付 拨付 选派 "
    "提供 支持 形成 推出 评选 征集 曝光 减免 吸纳 签订 达成 促成 对接 匹配 推送 宣讲 发布 出台 投入",
    Word("服务", unless_after="机构 站 平台 中心 业 网点 点 体系 能力 窗口", example="服务企业300家"),
)
# A span that a rate of growth without 年均 or 同比 is meant for as a whole.
SPAN_TO = re.compile(rf"[到至]{NEAR_YEAR}年|{YEARS}内|“?{FIVE_YEARS}”?(?:期间|末)")
# A stock: what is there at a date.
_IN_STOCK = one_of(
    "总数 总量 总规模 拥有量 保有量 存量 余额 累计 数量 金额 额度 人数 家数 面积 里程 稳定在 保持在 注册资 成立 排名 资产 "
    "拥有 配备 从业 职称 实缴 持有 具有 持股",
    Word("年限", unless_before="每", example="工作年限5年"),
    Word("规模", unless_after="以上", example="规模达到10亿元"),
)
STOCK = rf"(?:{_IN_STOCK}|不少于\d+年|(?:增加|提高|增长|扩大|扩充|拓展|发展|集聚|聚集|提升|减少|压减|压缩|缩短|缩减|精简|增|升|减)(?:到|至))"
# What happens, and is counted or summed up in a span of time: 登记金额, 转让次数.
HAPPENING = one_of(
    "申请 授权 登记 注册 备案 成交 交易 转让 许可 质押 融资 贷款 受理 结案 查处 查办 办理 培训 发行 募集 签约 导航 指导 调解 裁决 维权 销售 服务"
)
# A flow: what comes about in a span of time.
FLOW = (
    r"(?:(?:申请|授权|登记|注册|备案|成交|交易|受理|结案|新增|销售|发放|签约|招生|接待|零售|融资|用电|用水|节能|减排|吞吐|发电|产|进出口|出口|进口|使用费)(?:总?额|量|数|件数|总值)|(?:申请|授权|登记|注册)|增加值|生产总值|总产值|产值|营业收入|收入|"
    rf"投资额?|支出|采购(?:额|金额)|产量|销量|营收|融资|税收|利润|研发费用|劳动报酬|销售额|客流量|增量|案值|罚没款|判赔额|涉案(?:金额|价值)|(?:合同|签约|发行|募集)(?:金额|规模)|{FIVE_YEARS}期间)"
)

# Metric nouns: what a figure can be a figure of. Coordinated metrics with one rate are measures of their own.
METRIC = (
    r"(?:金额|数量|数额|额度|额|量|数|收入|产值|增加值|营业收入|营收|利润|税收|投资|投入|支出|产量|销量|销售额|成交额|成交量|交易额|进出口|出口|进口|规模|"
    r"贷款|存款|余额|价值|次数|件数|项数|户数|人数|笔数|比例|占比|比重|消费|能耗|排放|面积)"
)
# What coordinates.
AND = one_of(
    "、 和 与 或 或者 以及",
    Word("及", unless_before="惠 普 涉 触 遍", unless_after="时 格 其", example="专利及商标"),
)

# What leads to a noun phrase without being part of it: 力争培育, 其中, 全市.
LEADING = one_of(
    "力争 争取 力求 我们 推动 推进 促进 实现 支持 确保 努力 将 要 再 并 且 其中 共 累计 新增 完成 建设 打造 培育 培养 引进 引育 选育 集聚 遴选 筛选 筛选培育 "
    "重点扶持 扶持 组织实施 组织 实施 开展 组建 设立 建立 新建 创建 认定 获批 拥有 现有 共有 全省共有 全市共有 全省 全市 全区 全县 我市 我省 基本 进一步 积极 先行 率先 "
    "预计 本年度 但 如 若 同时 大力 着力 加快 不断 稳步 持续 全面 重点培育 重点支持 重点建设 重点打造 重点推进 重点引进 重点发展 针对 以 发行 举办 制定 主导 参与 达到 以及 或者 或 由 等 聚焦 围绕 构建 对于 对 健全 打好 做好 用好 抓好 建好",
    Word("使", unless_after="用", example="使企业达到5家"),
    Word("建成", unless_after="区", example="建成园区5个"),
    Word("在", unless_after="孵 校 岗 册 建 编 职 读 线 途 役", example="在全市推广"),
)
# What follows a noun phrase up to its figure without being part of it: 分别达到, 年均, 累计完成.
TRAILING = one_of(
    "达到 达 为 实现 新台币 人民币 力争 争取 力争达到 年均 年平均 同比 累计 累计实现 共 分别 均 各 再 保持 保持在 稳定在 控制在 增长到 提高到 提升到 提升至 提高至 降到 降至 下降到 升至 达到了 增至 增加到 "
    "三年 两年 五年 一年 年 左右 已 仅 只 只有 仅有 仅为 预计 预计达到 动态 动态保持 动态保持在 稳定 确保 迈上 跨上 冲刺 迈过 攀升到 攀升至 破 期末 年末 常年 常态化 共计 合计 总计 发展到 力争到 占到 占 由 从 是 给予 奖励 补助 补贴 一次性 现有 累计达到 超过 突破 超 一般 平均 原则上 应 应当 须 需 不得 按 减按 在 处 于 建设 培育 新增 完成 安排 拨付 列支 统筹 了 等 内 首次 放宽至 可放宽至 放宽到 分别放宽至 最高可 按可比价 按可比价格 按可比价格计算 按可比价计算 按不变价 按不变价格 按不变价格计算",
    Word(
        "投入",
        unless_before="研发 研究 科研 科技 实际 总 经费 资金 设备 软件 硬件 财政 费用",
        example="每年投入5亿元",
    ),
    Word("约", unless_before="签 预 条 公 合 违 履", example="企业约"),
)
# Acts that what is counted does, or that are done to it: 300家企业通过认证.
ACTED = one_of(
    "通过 成功 开展 参与 参加 获得 进行 入选 进入 完成 实现 达到 纳入 接受 享受 从事 率先 申报 转化"
)

CLAUSE_MARKS = ",;:。!?"  # what parts clauses

# ---- tables

YEAR_SIGN = "年"
PART_OF_YEAR = r"年(?:度|底|末|初|前)*|末|期间|时期"
UP_TO = "(?:截至|[到至])"
AND_MORE = "[余多]"
INCLUDED = "不?含[^()]{0,6}"
TABLE_BOUND = "(?:及以上|以上|以下|以内|左右)"
UNIT_HEAD = "(?:计量)?单位"
#: The first cell of a header, where every cell has a line of its own.
FIRST_HEAD = re.compile(
    r"序号|编号|(?:主要|核心|具体|重点)?(?:指标|项目|任务|工程|内容|事项)(?:名称)?|领域|地区|地市|市县|[区县城]+市?|区域|年[份度]"
    r"|[\u4e00-\u9fff]{0,4}(?:名称|类别|类型|档次|等级|级别|层次|来源)"
)
NUMBER_HEAD = re.compile("序号|编号")
UNIT_COLUMN = re.compile(UNIT_HEAD)
#: Heads of columns that say nothing of what their figures are figures of, but whether these are reached or wanted.
HEADS_OF_VALUES = one_of(
    "目标 目标值 规划目标 规划值 预期值 预期目标 预期 计划 计划值 计划数 现状 现状值 基期 基期值 基准值 基准 基数 实际 实际值 实际数 实际完成 "
    "完成 完成值 完成情况 指标值 数值 值 当前 当前值 预计 预计值 任务 计划任务 任务数 其中 年度 累计 合计 绝对数 绝对值"
)
OF_TARGETS = re.compile(one_of("目标 规划 预期 计划 预计 任务"))
OF_STATUS = re.compile(one_of("现状 基期 基准 基数 实际 完成 当前"))
#: Heads of columns whose words name no figure of their row.
NO_LABEL_HEAD = re.compile(
    one_of(
        "责任 牵头 配合 部门 备注 属性 性质 类别 类型 分类 领域 周期 年限 说明 序号 编号 地点 地址 单位 方面 "
        "时限 时间 对象 内容 规模 标准 条件 方式 要求 措施"
    )
    + "|一级"
)
#: Heads of classes, which are a part of the name where two rows have the same label without them.
CLASS_HEAD = re.compile(one_of("类别 类型 分类 领域 方面") + "|一级")
#: Heads of columns that say when the task of a row is done.
TIME_HEAD = re.compile(
    "(?:完成|建设|实施|起止|办结|推进)?(?:时限|年限|期限|年月)|(?:完成|建设|实施|起止|办结|推进)(?:时间|周期)|时间(?:安排|节点|进度|要求)"
)
PLACE_HEAD = re.compile(
    one_of("地区 地市 市县 区县 县区 区域 城市 年份 年度 县市 市州")
    + r"|^[市县区州旗](?:[(、/]?[市县区州旗][)]?)*$"
)
TOTAL_ROW = re.compile("(?:合|总|小|共)计|总和|[全][市省县区](?:合计)?")
OPENS_LABEL = "其中:?|[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十]{1,3}[)]"
CAPTION_END = "(?:情况)?(?:分年度|年度)?(?:一览|统计|汇总|明细|分解|安排|计划)?表"
#: Heads of sums that are put into the project or task that the row names.
INVESTED = re.compile("(?:总投资|投资额?|总额|资金|经费|预算|投入)$")
PROJECTS = re.compile("项目|工程|任务|事项")
#: Captions and heads of tables that say what is paid for what: 补贴标准.
AWARDED = re.compile(
    f"(?:奖励|奖补|补助|补贴|资助|贴息|奖金)(?:资金)?(?:标准|金额|额度?|办法|政策|措施|项目|清单)?(?:{CAPTION_END})?$"
)
#: Names of rates, which have no unit of money or counts, and of counts, which have none of money.
RATES = re.compile(
    one_of(
        "率 比例 占比 比重 增速 增幅 同比 环比 指数 得分 排名 位次 名次 编号 代码 年份 年限 期限 满意度 强度 系数"
    )
    + "$|(?<!新)(?:增长|增幅|增速|递增)$"
)
# Heads of columns whose figures are per cent where nothing else says their unit: 年均增速 beside sums.
PER_CENT_HEAD = re.compile("增[速幅]|增长率")
#: Heads of figures of all years before the last: of growth and sums.
OVER_YEARS = re.compile("(?:增长|增幅|增速|递增|增长率|累计|合计|总计|小计)$")
COUNTS = re.compile("[数量]$")
_CAPTION_NUMBER = r"(?:附?表|专栏) ?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:[-—.][0-9]{1,2})?"
CAPTION = re.compile(rf"{_CAPTION_NUMBER}[:、 ]|表$")
CAPTION_LEAD = rf"(?:{_CAPTION_NUMBER}[:、]? *)?(?:各[市县区州]{{1,3}})?"
TIME_SIGNS = ("年", "月", "日", "天", "小时")
MONEY_SIGN = "元"
