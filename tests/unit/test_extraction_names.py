"""A measure is named so that the name says what it is of without its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.extraction import extract
from dagster_project.extraction.topics import dealt, is_fragment
from dagster_project.reading import read


def names(text: str) -> list[tuple[str, str]]:
    return [(m.value_text, m.indicator) for m in extract(read(f"一、主要措施\n{text}")).measures]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "对成功创建国家、省级设计中心的企业,分别给予80万元、30万元奖励。",
            [("80万元", "成功创建国家级设计中心的企业奖励"), ("30万元", "成功创建省级设计中心的企业奖励")],
        ),
        (
            "对获得云州市专利金奖、银奖的企业,分别奖励20万元、10万元。",
            [("20万元", "获得云州市专利金奖的企业奖励"), ("10万元", "获得云州市专利银奖的企业奖励")],
        ),
        (
            "企业购置检测设备的,按实际投入的20%给予补助,每年最高不超过50万元。",
            [("20%", "企业购置检测设备实际投入补助比例"), ("50万元", "企业购置检测设备补助年度上限")],
        ),
        (
            "通过国际途径申请的外观设计,在甲国获得注册的,每件资助不超过8000元;在其他国家获得注册的,每件资助不超过4000元。",
            [
                ("8000元", "通过国际途径申请的外观设计在甲国获得注册每件资助上限"),
                ("4000元", "通过国际途径申请的外观设计在其他国家获得注册每件资助上限"),
            ],
        ),
        (
            "对获得国家、省优势企业称号的,各奖20万元、10万元。",
            [("20万元", "获得国家优势企业称号奖励"), ("10万元", "获得省优势企业称号奖励")],
        ),
        (
            "按照国家标准开展贯标并通过认证的企业,奖励5万元。",
            [("5万元", "国家标准开展贯标并通过认证的企业奖励")],
        ),
        ("对获得认证的企业,按照投资额的5%给予奖励。", [("5%", "获得认证的企业投资额奖励比例")]),
    ],
    ids=["ranks", "prizes", "share and cap", "segments", "each", "by a standard", "by a share"],
)
def test_an_award_is_named_by_what_it_is_for(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "value", "expected"),
    [
        ("对年度研发费用达到100万元以上的企业,给予10万元奖励。", "100万元", "企业年度研发费用"),
        ("对新设立的代理机构,从业人员不少于12人的,给予10万元补助。", "12人", "新设立的代理机构从业人员数量"),
        ("对成立5年以上的律师事务所,给予10万元补助。", "5年", "律师事务所成立年限"),
    ],
    ids=["whose", "addressed", "time"],
)
def test_a_requirement_is_named_with_who_must_meet_it(sentence: str, value: str, expected: str) -> None:
    assert dict(names(sentence))[value] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("新增专利代理师20名。", [("20名", "新增专利代理师")]),
        ("建成专利导航服务基地20家。", [("20家", "专利导航服务基地")]),
        ("专利转让额年均增长20%以上。", [("20%", "专利转让额年均增长率")]),
        (
            "查处假冒专利案件300件,结案率98%以上。",
            [("300件", "查处假冒专利案件"), ("98%", "查处假冒专利案件结案率")],
        ),
        ("招引投资10亿元以上项目8个。", [("10亿元", "招引投资项目"), ("8个", "招引投资10亿元以上项目")]),
    ],
    ids=["what happens", "no event", "growth", "rate of the same", "a sum that says which"],
)
def test_a_target_is_named_by_what_is_counted(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("获批国家、省级创新中心", 2, ["获批国家级创新中心", "获批省级创新中心"]),
        ("全国20强、50强事务所迁入", 2, ["全国20强事务所迁入", "全国50强事务所迁入"]),
        ("引进的A、B、C类人才", 3, ["引进的A类人才", "引进的B类人才", "引进的C类人才"]),
        ("获得省专利金奖、银奖", 2, ["获得省专利金奖", "获得省专利银奖"]),
    ],
)
def test_a_list_is_dealt_out(text: str, count: int, expected: list[str]) -> None:
    assert [dealt(text, count, place) for place in range(count)] == expected


@pytest.mark.parametrize(
    ("text", "count"), [("优势和示范企业", 3), ("转让、许可专利的企业", 1), ("、北交所上市的企业", 2)]
)
def test_what_is_no_list_of_so_many_is_not_dealt_out(text: str, count: int) -> None:
    assert dealt(text, count, 0) is None


@pytest.mark.parametrize(
    "name", ["", "企业", "补助比例上限", "年销售额在", "占年度计划", "的企业数量", "优惠(含", "企业,资金"]
)
def test_a_fragment_is_known(name: str) -> None:
    assert is_fragment(name)


@pytest.mark.parametrize(
    "name",
    [
        "专利池",
        "地理标志商标",
        "中央补助资金",
        "高校专利转让额",
        "知识产权公共服务机构(含分支)",
        "以上市企业为主的基金",
    ],
)
def test_a_whole_name_is_no_fragment(name: str) -> None:
    assert not is_fragment(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "查处侵权案件90件:东城区20件、西城区15件。",
            ["查处侵权案件", "东城区查处侵权案件", "西城区查处侵权案件"],
        ),
        (
            "贷款本金损失由补偿资金、合作银行按6:4分担。",
            ["贷款本金损失补偿资金承担比例", "贷款本金损失合作银行承担比例"],
        ),
        (
            "每年安排专项资金500万元,其中用于转化运用的比例不低于40%。",
            ["专项资金", "专项资金用于转化运用的比例"],
        ),
        ("奖励资金按5:3:2的比例分三年兑付。", [f"奖励资金第{n}年兑付比例" for n in "一二三"]),
        (
            "原煤、原油、天然气产量分别增长7%、3%、1%。",
            ["原煤产量增长率", "原油产量增长率", "天然气产量增长率"],
        ),
        ("有效发明专利拥有量由200件上升到300件。", ["有效发明专利拥有量"] * 2),
        ("专利实施率较2020年提高5个百分点。", ["专利实施率较2020年提高幅度"]),
        (
            "营业收入首次突破1亿元、5亿元的企业,分别给予10万元、30万元奖励。",
            [
                *("企业营业收入(第一档)", "企业营业收入(第二档)"),
                *("营业收入首次突破1亿元的企业奖励", "营业收入首次突破5亿元的企业奖励"),
            ],
        ),
        ("对新获批的省级研发平台,最高给予80万元支持。", ["新获批的省级研发平台最高支持金额"]),
        ("伪造证书的,处一万元以上五万元以下罚款。", ["伪造证书罚款下限", "伪造证书罚款上限"]),
    ],
    ids=[
        *(
            "places",
            "burden",
            "use",
            "instalments",
            "shared tail",
            "rise",
            "base",
            "tiers",
            "highest",
            "fine",
        ),
    ],
)
def test_each_figure_of_a_sentence_has_its_name(text: str, expected: list[str]) -> None:
    assert [name for _, name in names(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建立重点商标培育库,入库企业达到60家。", ["重点商标培育库入库企业"]),
        ("举办专利代理培训班4期,培训300人次。", ["专利代理培训班", "专利代理培训班人次"]),
        ("专利质押登记额6亿元,惠及企业80家。", ["专利质押登记额", "专利质押惠及企业"]),
        (
            "新增国家知识产权示范企业3家、优势企业9家。",
            ["新增国家知识产权示范企业", "新增国家知识产权优势企业"],
        ),
        (
            "知识产权保护满意度得分达到85分,力争进入全国前5位。",
            ["知识产权保护满意度得分", "知识产权保护满意度全国排名"],
        ),
        ("培训知识产权师20名,其中高级3名。", ["培训知识产权师", "高级知识产权师"]),
        ("服务企业达到60家。", ["服务企业"]),  # of nothing before it
        (
            "建立预审服务平台,备案企业50家,入库企业20家。",
            ["预审服务平台备案企业", "预审服务平台入库企业"],
        ),
        ("营商环境满意度95%,网办率98%。", ["营商环境满意度", "网办率"]),  # nothing is of a degree
        ("规上工业企业30家、上市企业2家。", ["规上工业企业", "上市企业"]),  # two things, not two kinds of one
        ("每万人口高价值发明专利拥有量达到6件。", ["每万人口高价值发明专利拥有量"]),
        (
            "法院新收一审案件98件,审结96件,其中电商领域13件。",
            ["法院新收一审案件", "审结一审案件", "电商领域一审案件"],
        ),
        ("扣留侵权货物812批次、94万件。", ["扣留侵权货物", "扣留侵权货物件数"]),
        ("高新技术企业净增87家、总数达到604家。", ["高新技术企业净增数", "高新技术企业总数"]),
        (
            "有效发明专利12万件,其中高价值发明专利4万件,占比38%。",
            ["有效发明专利", "高价值发明专利", "高价值发明专利占有效发明专利比例"],
        ),
        ("新建市级以上研发平台30个,其中省级以上8个。", ["新建市级以上研发平台", "新建省级以上研发平台"]),
        ("建设1个千亿级、3个五百亿级产业集群。", ["千亿级产业集群", "五百亿级产业集群"]),
        ("每年遴选导航项目60个,每个项目给予30万元支持。", ["遴选导航项目", "导航项目支持金额"]),
        (
            "质押登记金额、项目数同比分别增长41%、35%。",
            ["质押登记金额增长率", "质押项目数增长率"],
        ),
        (
            "省级财政三年统筹安排6亿元,其中40%用于成果转化。",
            ["省级财政资金", "省级财政资金用于成果转化比例"],
        ),
    ],
    ids=[
        "object",
        "event",
        "figure",
        "kind",
        "place in a ranking",
        "rank",
        "nothing",
        "two of one",
        "degree",
        "no kind",
        "density",
        *("what is done", "another unit", "net", "share of a part", "part of a grade", "grade of the next"),
        *("each of those", "short metric", "part of a budget"),
    ],
)
def test_what_says_little_alone_is_named_with_its_thing(text: str, expected: list[str]) -> None:
    assert [name for _, name in names(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "设备投资额1000万元以上5000万元以下的,补助5%;设备投资额5000万元以上的,补助8%。",
            {
                "5%": "设备投资额1000万元以上5000万元以下补助比例",
                "8%": "设备投资额5000万元以上补助比例",
            },
        ),
        (
            "对年产值首次突破1亿元、5亿元的企业,分别奖励10万元、30万元。",
            {"10万元": "年产值首次突破1亿元的企业奖励", "30万元": "年产值首次突破5亿元的企业奖励"},
        ),
        (
            "对贷款额排名前两名的银行,分别奖励30万元、20万元。",
            {"30万元": "贷款额排名第一名的银行奖励", "20万元": "贷款额排名第二名的银行奖励"},
        ),
        ("首次进入全省前30名的机构,奖励10万元。", {"10万元": "首次进入全省前30名的机构奖励"}),
        (
            "通过国际途径在甲国获得注册的,每件资助8000元,在乙国获得注册的,每件资助2000元。",
            {"8000元": "通过国际途径在甲国获得注册每件资助", "2000元": "通过国际途径在乙国获得注册每件资助"},
        ),
        (
            "对授权专利,每件资助1万元。申请人年度获得上述资助的总金额不超过200万元。",
            {"200万元": "申请人资助年度上限"},
        ),
        ("金奖每项奖励20万元,银奖每项奖励8万元。", {"20万元": "金奖每项奖励", "8万元": "银奖每项奖励"}),
        (
            "首次列入省级名录奖励10万元,市级奖励5万元。",
            {"10万元": "首次列入省级名录奖励", "5万元": "首次列入市级名录奖励"},
        ),
        (
            "对获评国家级示范工厂、省级智能车间的企业,一次性给予80万元、30万元奖励。",
            {"80万元": "获评国家级示范工厂的企业一次性奖励", "30万元": "获评省级智能车间的企业一次性奖励"},
        ),
        (
            "新认定的国家知识产权示范企业、优势企业,分别奖励20万元、10万元。",
            {"10万元": "新认定的国家知识产权优势企业奖励"},
        ),
        (
            "新设立的综合总部、区域总部,实缴资本分别不低于2亿元、1亿元的,分别给予500万元、300万元落户奖励。",
            {"500万元": "新设立的综合总部落户奖励", "300万元": "新设立的区域总部落户奖励"},
        ),
        (
            "经认定的国内首套、省内首套装备,按销售额的20%、10%奖励,最高分别为300万元、150万元。",
            {"300万元": "经认定的国内首套奖励上限", "150万元": "经认定的省内首套装备奖励上限"},
        ),
        (
            "检验费按80%收取,对小微企业委托的检验,按50%收取。",
            {"50%": "小微企业委托的检验收取比例"},
        ),
    ],
    ids=[
        *("bounds", "thresholds", "places", "one place", "branches", "of all", "prizes", "grades"),
        "things of ranks",
        *("kinds of one", "heads of thresholds", "caps of rates", "another party"),
    ],
)
def test_awards_of_one_kind_are_told_apart_by_their_names(text: str, expected: dict[str, str]) -> None:
    found = dict(names(text))
    assert {value: found[value] for value in expected} == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        (
            "对租用厂房的企业,给予租金补贴10万元,最长补贴24个月。",
            "24个月",
            "租用厂房的企业租金补贴期限",
        ),
        (
            "对参训企业,给予培训补助1万元,每家企业每年最多补助3项。",
            "3项",
            "每家企业每年培训补助项数上限",
        ),
        ("B类人才年龄在55周岁以内,C类放宽至50周岁以内。", "50周岁", "C类人才年龄"),
        ("投保首台套保险的,保费补贴80%,期限不超过2年。", "2年", "投保首台套保险保费补贴期限"),
        ("新签约并在18个月内竣工投产的项目,给予奖励5万元。", "18个月", "项目新签约并竣工投产时长"),
        (
            "企业租用办公用房,使用面积500平方米以内的部分,每平方米补贴25元;500平方米以上2000平方米以下的部分,每平方米补贴15元。",
            "2000平方米",
            "企业租用办公用房使用面积第二档上限",
        ),
        ("考核不合格的,扣减30%的管理费。", "30%", "考核不合格扣减管理费比例"),
        ("骗取补助的,追回资金,5年内不得申报各类项目。", "5年", "骗取补助不得申报年限"),
        ("对投保企业,市级财政按保费的70%补贴,续保企业按50%补贴。", "50%", "续保企业补贴比例"),
        ("租用厂房的,每户补贴总额不得超过50万元。", "50万元", "租用厂房每户补贴总额上限"),
        (
            "主导制定国际标准的,每项奖励80万元。每家单位每年标准奖励总额不超过100万元。",
            "100万元",
            "每家单位标准奖励年度总额上限",
        ),
        (
            "对新认定的示范企业奖励10万元。同一企业年度获得的上述奖励总额不超过50万元。",
            "50万元",
            "新认定的示范企业奖励年度总额上限",
        ),
        (
            "对贷款损失,补偿资金与合作银行分别承担60%和40%。",
            "40%",
            "贷款损失合作银行承担比例",
        ),
        (
            "市财政每年统筹4500万元,设立工业发展专项资金。",
            "4500万元",
            "市财政工业发展专项资金",
        ),
    ],
    ids=[
        *(
            "how long",
            "how often",
            "another class",
            "of a premium",
            "until",
            "part of a tier",
            "cut",
            "barred",
        ),
        *(
            "next party",
            "total",
            "total of its own",
            "total of the above",
            "bearer",
            "pool in a later clause",
        ),
    ],
)
def test_limits_and_shares_are_named_by_what_they_are_of(text: str, value: str, expected: str) -> None:
    assert dict(names(text))[value] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("居民消费价格涨幅控制在3%以内。", ["居民消费价格涨幅"]),
        ("新建省级产业联盟1—2家。", ["新建省级产业联盟数量下限", "新建省级产业联盟数量上限"]),
        ("一般公共预算收入增长6%—7%。", ["一般公共预算收入增长率下限", "一般公共预算收入增长率上限"]),
    ],
    ids=["prices", "range of a count", "range of a rate"],
)
def test_a_target_is_named_with_what_its_figure_says(text: str, expected: list[str]) -> None:
    assert [name for _, name in names(text)] == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        (
            "对年产值达到2亿元且研发费用占比不低于3%的制造业项目,按设备投资额的10%给予补助。",
            "10%",
            "制造业项目设备投资额补助比例",
        ),
        ("对年度研发费用达到50万元以上的企业,给予10万元奖励。", "10万元", "企业年度研发费用奖励"),
        ("对新引进的总部项目,按其年度税收的50%给予企业奖励。", "50%", "新引进的总部项目年度税收奖励比例"),
        ("对牵头制定国家标准的,给予企业20万元奖励。", "20万元", "牵头制定国家标准企业奖励"),
        (
            "对建设智能工厂、数字车间的工业企业,分别给予50万元、30万元奖励。",
            "50万元",
            "建设智能工厂的工业企业奖励",
        ),
        ("对通过自主创新获得省专利金奖的企业,奖励10万元。", "10万元", "获得省专利金奖的企业奖励"),
        ("对通过海牙体系获得注册的外观设计,奖励1万元。", "1万元", "通过海牙体系获得注册的外观设计奖励"),
        ("企业首次入库的,管委会奖给8万元。", "8万元", "企业首次入库奖励"),
        ("入住人才公寓的,按市场租金的五折收取。", "五折", "入住人才公寓市场租金收取比例"),
        ("对小微企业,减按10%的税率征收企业所得税。", "10%", "小微企业税率"),
    ],
    ids=[
        "thresholds",
        "metric of a threshold",
        "a project paid through its firm",
        "a deed",
        "deeds",
        "means",
        "route",
        "verb",
        "rent",
        "tax",
    ],
)
def test_an_award_is_named_without_what_is_said_elsewhere(text: str, value: str, expected: str) -> None:
    assert dict(names(text))[value] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "贷款金额100万元以下的,贴息70%;100万元至500万元的,贴息50%;500万元以上的,贴息30%。",
            ["第一档上限", "第二档下限", "第二档上限", "第三档下限"],
        ),
        (
            "对特色农业项目,投资1000万元以上至5000万元、5000万元以上的,参照其税收的70%、80%给予奖励。",
            ["第一档下限", "第一档上限", "第二档下限"],
        ),
    ],
    ids=["segments", "series"],
)
def test_tiers_are_told_by_where_one_ends_and_the_next_begins(text: str, expected: list[str]) -> None:
    rows = extract(read(f"一、主要措施\n{text}")).measures
    assert [m.indicator[-5:] for m in rows if m.kind == "condition"] == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        (
            "对全国20强、50强事务所迁入的,分别奖励100万元、50万元;其新设立的分所,分别奖励30万元、20万元。",
            "20万元",
            "全国50强事务所迁入新设立的分所奖励",
        ),
        ("对新获批省级以上平台的,奖励50万元;市级的,奖励20万元。", "20万元", "新获批市级平台奖励"),
        ("对从事专利服务的机构,给予10万元补助。", "10万元", "从事专利服务的机构补助"),
        ("对资金困难的中小企业,给予5万元补助。", "5万元", "资金困难的中小企业补助"),
        ("对可再生能源企业,给予20万元补助。", "20万元", "可再生能源企业补助"),
        ("今明两年各新建充电站60家。", "60家", "新建充电站"),
        ("全社会研发投入增长12%。", "12%", "全社会研发投入增长率"),
        ("在孵企业毕业率提高3个百分点。", "3个百分点", "在孵企业毕业率提高幅度"),
        (
            "固定资产投资1亿元以上的工业类项目为重大产业项目。",
            "1亿元",
            "认定为重大产业项目的固定资产投资额",
        ),
        (
            "对服务业项目,投资3000万元以上且亩均税收不低于8万元的,奖励20万元。",
            "8万元",
            "服务业项目亩均税收",
        ),
        (
            "第三条 支持专利保险。企业投保专利执行险、海外侵权责任险等险种的,按保费的60%补助,单个企业每年最高10万元。",
            "10万元",
            "单个企业专利保险补助年度上限",
        ),
    ],
    ids=[
        "theirs",
        "and above",
        "what they do",
        "what they lack",
        "energy",
        "each year",
        "input",
        "incubated",
        "definition",
        "second requirement",
        "title",
    ],
)
def test_a_name_says_whose_and_which(text: str, value: str, expected: str) -> None:
    assert dict(names(text))[value] == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("签订2年以上经营合同、营业面积不小于100平方米的,给予补助5万元。", "100平方米", "营业面积"),
        ("推行链长制,招引投资10亿元以上项目8个。", "10亿元", "招引投资项目"),
        ("对年度考核排名前三位的县(市、区),给予奖励5万元。", "三位", "县(市、区)年度考核排名"),
    ],
    ids=["rest of the first threshold", "attribute", "brackets"],
)
def test_a_requirement_is_named_without_what_is_none_of_it(text: str, value: str, expected: str) -> None:
    assert dict(names(text))[value].endswith(expected)
    assert "经营合同" not in dict(names(text))[value]
    assert "链长制" not in dict(names(text))[value]


def test_a_list_of_requirements_ends_where_a_line_is_numbered_as_it_is() -> None:
    text = "1.团队须满足:\n(1)成员不少于3人;\n(2)资金到位。\n2.企业柔性引进的专家,每年工作不少于60天的,给予补贴。"
    assert all("团队" not in name for value, name in names(text) if value == "60天")


def test_who_asks_is_a_part_of_who_must_meet_a_requirement() -> None:
    text = "凡申请供地的工业项目,固定资产投资不得少于8000万元。"
    assert names(text) == [("8000万元", "申请供地的工业项目固定资产投资额")]


def test_a_list_of_many_thresholds_is_read_at_once() -> None:
    text = f"对{'、'.join(f'产值达到{n}亿元' for n in range(1, 61))}的企业给予奖励5万元。"
    assert names(text)[-1][0] == "5万元"


def test_values_that_are_kept_below_are_not_called_reached() -> None:
    found = dict(names("对不良率低于2%、1%的银行,分别给予奖励20万元、50万元。"))
    assert "达2%" not in found["20万元"]


def test_places_are_told_apart_only_where_each_has_its_sum() -> None:
    found = dict(names("对销售额排名前20名的企业,给予奖励10万元、5万元。"))
    assert "第一名" not in found["10万元"]


def test_a_name_that_says_nothing_takes_what_stands_before() -> None:
    assert names("建立商标名录,首批纳入商标120件,规模5亿元。")[-1][1] not in {"规模", "未载明"}


def test_the_row_says_where_the_parts_of_a_name_come_from() -> None:
    measure = extract(read("一、主要措施\n(一)支持品牌培育\n给予5万元奖励。")).measures[0]
    assert dict(measure.trace)["indicator"].words == "品牌培育 (heading) + 奖励"


def test_a_title_takes_the_place_of_above() -> None:
    text = "推行《企业专利管理规范》。对通过上述标准认证的企业,给予5万元补助。"
    assert names(text) == [("5万元", "通过《企业专利管理规范》认证的企业补助")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "对2024年1月1日至12月31日期间首次入库的批发、零售、住宿企业,分别给予10万元、8万元、5万元奖励。",
            ["首次入库的批发企业奖励", "首次入库的零售企业奖励", "首次入库的住宿企业奖励"],
        ),
        (
            "取得高级技师、技师证书的,分别给予3000元、2000元补贴。",
            ["取得高级技师证书补贴", "取得技师证书补贴"],
        ),
        ("净增高新技术企业86家、总数达到512家。", ["净增高新技术企业", "高新技术企业总数"]),
        ("在去年技术合同成交额64亿元的基础上,今年突破80亿元。", ["技术合同成交额", "技术合同成交额"]),
        (
            "★“数”说\n√ 新增马德里商标注册60件\n√ 备案密集型产品200个",
            ["新增马德里商标注册", "备案密集型产品"],
        ),
        (
            "对进入“国家队”“省队”行列的实验室,分别给予300万元、100万元奖励。",
            ["进入“国家队”行列的实验室奖励", "进入“省队”行列的实验室奖励"],
        ),
        (
            "对投资2000万元以上建设智能工厂、投资500万元以上建设智能车间的企业,给予奖励10万元。",
            [
                "企业建设智能工厂投资额",
                "企业建设智能车间投资额",
                "投资建设智能工厂、投资建设智能车间的企业奖励",
            ],
        ),
        ("改造老旧小区58个、惠及1.1万余户。", ["改造老旧小区", "改造老旧小区惠及户数"]),
        ("作品著作权登记量28.5万件,系上年的1.4倍。", ["作品著作权登记量", "作品著作权登记量与上年之比"]),
        ("地方税收入92.7亿元,同口径增长4.1%。", ["地方税收入", "地方税收入增长率"]),
        ("资金池与合作银行各承担50%的贷款损失。", ["资金池承担比例", "合作银行承担比例"]),
    ],
    ids=[
        "kinds of a party",
        "certificates",
        "in all",
        "last year",
        "ticks",
        "in quotation marks",
        "what is built",
        "done for whom",
        "so many times",
        "like terms",
        "two sides",
    ],
)
def test_a_name_is_of_one_thing_and_at_no_time(text: str, expected: list[str]) -> None:
    assert [name for _, name in names(text)] == expected


COMPOSED = sorted((Path(__file__).parents[1] / "composed").glob("*.txt"))


@pytest.mark.parametrize("path", COMPOSED, ids=lambda path: path.stem)
def test_no_name_is_empty(path: Path) -> None:
    assert all(measure.indicator for measure in extract(read(path.read_text(encoding="utf-8"))).measures)


def test_the_requirements_of_a_list_are_named_with_the_party_that_its_opening_speaks_of() -> None:
    items = "(一)注册资本不少于500万元;\n(二)专职人员不少于3人。"
    text = f"第一条 目的。\n第二条 受托机构通过遴选产生,应当符合下列要求:\n{items}\n第三条 其他。"
    found = [(m.value_text, m.indicator) for m in extract(read(text)).measures]
    assert found == [("500万元", "受托机构注册资本"), ("3人", "受托机构专职人员数量")]


def test_a_sum_that_is_counted_as_a_prize_behind_it_is_an_award() -> None:
    # Found by mutated texts: the verb behind the sum has no 奖 or 补 of its own before it.
    assert names("上万元计奖项按发市场主体活力。") == [("万元", "主要措施奖励")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "设立满三年的代理机构,按营业收入增量的4%奖励;如同比增长小于8%,但营业收入达到1000万元以上的,按营业收入总额的2%给予经营奖励。"
                "每家机构每年最高不超过150万元。"
            ),
            {"2%": "代理机构营业收入总额经营奖励比例", "150万元": "每家代理机构经营奖励年度上限"},
        ),
        (
            "对新建项目给予奖励,前2年给予企业地方财政贡献60%的奖励,后3年给予企业地方财政贡献40%的奖励,每年最高奖励不超过3000万元。",
            {
                "60%": "新建项目前2年企业地方财政贡献奖励比例",
                "40%": "新建项目后3年企业地方财政贡献奖励比例",
                "3000万元": "新建项目奖励年度上限",
            },
        ),
        (
            "2024年入驻的按50元/平方米/月、2025年入驻的按40元/平方米/月的标准给予租金支持。每家机构每年不超过500万元。",
            {
                "50元": "2024年入驻租金支持",
                "40元": "2025年入驻租金支持",
                "500万元": "每家机构租金支持年度上限",
            },
        ),
        (
            "根据上年度运营评估结果,给予10万元至50万元不同额度的补助。",
            {"10万元": "按上年度运营评估结果补助下限", "50万元": "按上年度运营评估结果补助上限"},
        ),
        ("按照上年度业务发生额,给予担保机构100万元补偿。", {"100万元": "担保机构补偿"}),
        ("按照国家标准通过认证的企业,给予5万元补偿。", {"5万元": "国家标准通过认证的企业补偿"}),
    ],
    ids=[
        "a tier of a party",
        "years of several",
        "a cap of all years",
        "measured out",
        "whom alone",
        "by a standard",
    ],
)
def test_an_award_of_a_tier_or_a_year_is_named_with_whom_it_is_for(
    text: str, expected: dict[str, str]
) -> None:
    found = {m.value_text: m.indicator for m in extract(read(text)).measures}
    assert expected.items() <= found.items()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新设立的分支机构且代理师不少于10人的,给予奖励。", ["新设立的分支机构代理师数量"]),
        ("对投产且亩均税收不低于10万元的项目,给予奖励。", ["项目亩均税收"]),
        ("首次进入全省营业收入前30名的机构,给予奖励。", ["机构全省营业收入排名"]),
        ("对年度考核排名后3名的园区,取消其资格。", ["园区年度考核倒数排名"]),
        ("在中央企业、总部企业、专利申请量超过100件的高校等除外。", ["高校专利申请量"]),
        ("企业购置检测设备100万元以上的,给予奖励。", ["企业购置检测设备金额"]),
        ("企业检测设备采购价款100万元以上的,给予奖励。", ["企业检测设备采购价款"]),
        (
            "申请支持的服务机构应满足在本区注册,且办公场地面积不低于100平方米。",
            ["申请支持的服务机构办公场地面积"],
        ),
        (
            (
                "第一条 目的。\n第二条 本办法所称小微企业,是指同时符合以下条件的企业:\n"
                "(一)从业人员不超过300人;\n(二)资产总额不超过5000万元。"
            ),
            ["小微企业从业人员数量", "小微企业资产总额"],
        ),
        (
            (
                "第一条 目的。\n第二条 本办法所称“聘用”,应同时符合以下条件:\n"
                "(一)签订一年以上劳动合同;\n(二)在符合条件的机构连续工作一年以上。"
            ),
            ["认定为“聘用”的劳动合同期限", "认定为“聘用”的连续工作年限"],
        ),
        ("本办法所称高价值专利,是指维持年限超过10年的发明专利。", ["高价值专利维持年限"]),
    ],
    ids=[
        "party and staff",
        "two conditions",
        "rank",
        "last ranks",
        "exceptions",
        "bought",
        "price",
        "must meet",
        "a party defined",
        "a deed defined",
        "a thing defined",
    ],
)
def test_a_requirement_is_named_with_whom_the_text_means(text: str, expected: list[str]) -> None:
    assert [m.indicator for m in extract(read(text)).measures] == expected


AGAIN = "对新获批的国家级示范企业给予50万元奖励;通过复核的,给予10万元奖励。"
MORE = "代理机构年代理专利申请100件以上的,奖励10万元;每增加50件,增加奖励5万元,最高不超过30万元。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (AGAIN, ["新获批的国家级示范企业奖励", "国家级示范企业通过复核奖励"]),
        ("对通过复核的企业给予10万元奖励。", ["通过复核的企业奖励"]),
        (
            "获得甲国授权的,每件资助3万元,其他国家授权的每件资助1.5万元。",
            ["获得甲国授权每件资助", "其他国家授权每件资助"],
        ),
        (
            MORE,
            [
                "代理机构年代理专利申请数量",
                "代理机构年代理专利申请奖励",
                "代理机构年代理专利申请每增加50件增加奖励",
                "代理机构年代理专利申请奖励上限",
            ],
        ),
        (
            "荣获中国专利奖金奖的,奖励40万元;银奖20万元;优秀奖8万元。",
            ["荣获中国专利奖金奖奖励", "荣获中国专利奖银奖奖励", "荣获中国专利奖优秀奖奖励"],
        ),
        (
            "对采用自动存取设备、自动分拣设备、新能源运输车辆等先进设备的企业,给予10万元补助。",
            ["采用先进设备的企业补助"],
        ),
        ("对采用存取、分拣等设备的企业,给予10万元补助。", ["采用存取、分拣等设备的企业补助"]),
        ("被省科技厅评定为国家级孵化载体的单位,奖励80万元。", ["被评定为国家级孵化载体的单位奖励"]),
        (
            "对新入选引才计划的团队,根据顶尖、杰出两个层次,给予1500万元、500万元资助。",
            ["新入选引才计划的团队顶尖层次资助", "新入选引才计划的团队杰出层次资助"],
        ),
        (
            "对实现“小升规”“规改股”两个目标的企业,分别给予10万元、20万元奖励。",
            ["实现“小升规”的企业奖励", "实现“规改股”的企业奖励"],
        ),
        ("对新落户的机构,一次性给予20万元落户奖励。", ["新落户的机构一次性落户奖励"]),
        ("企业一次性新招员工50人的,奖励20万元。", ["企业一次性新招员工数量", "企业奖励"]),
        (
            "第三条 对获得授权的企业给予奖励。奖励标准:国内每件3000元,国外每件1万元。",
            ["获得授权的企业国内每件奖励", "获得授权的企业国外每件奖励"],
        ),
        ("每年安排最高100万元经费支持创新创业中心建设。", ["创新创业中心建设年度经费"]),
        ("七、附则\n单个企业每年享受本政策资金累计不超过100万元。", ["单个企业奖补年度上限"]),
        ("依法受到驰名商标保护的,奖励30万元。", ["依法受到驰名商标保护奖励"]),
        (
            "对假冒专利的,处违法所得二倍以下罚款;没有违法所得的,处二十万元以下罚款。",
            ["假冒专利罚款倍数上限", "假冒专利没有违法所得罚款上限"],
        ),
    ],
    ids=[
        "passed again", "passed once", "others", "each more", "a third prize", "a long list", "a short list",
        "recognized by", "grades", "goals in quotes", "once", "recruited at once", "promised", "spent on",
        "general rules", "lawfully", "without gain",
    ],
)  # fmt: skip
def test_an_award_or_fine_is_named_by_what_it_is_of(text: str, expected: list[str]) -> None:
    assert [m.indicator for m in extract(read(text)).measures] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("启动建设标准厂房40万平方米、建成10万平方米。", ["启动建设标准厂房", "建成标准厂房"]),
        (
            "产业项目新签约230个、总投资330亿元,新开工100个。",
            ["产业项目新签约", "产业项目新签约总投资", "新开工产业项目"],
        ),
        ("金融机构存款余额3987亿元、贷款余额3096亿元。", ["金融机构存款余额", "金融机构贷款余额"]),
        ("粮食播种面积237万亩,总产量89.4万吨。", ["粮食播种面积", "粮食总产量"]),
        ("支持50家重点工业企业加快发展。", ["重点工业企业"]),
        ("完成技改投资65亿元。", ["完成技改投资"]),
        ("新增高速公路2600公里、农村公路3000公里。", ["新增高速公路", "农村公路"]),
    ],
    ids=[
        "begun and built",
        "begun past a sum",
        "loans",
        "harvest",
        "to what end",
        "done with money",
        "no part",
    ],
)
def test_a_target_is_named_with_what_the_figures_before_it_say(text: str, expected: list[str]) -> None:
    assert [m.indicator for m in extract(read(f"一、目标\n{text}")).measures] == expected


def test_a_blank_before_latin_letters_ends_no_heading() -> None:
    text = (
        "一、支持\n1.对获得授权的专利,每件资助3万元。\n"
        "2.根据上一年度 PCT 专利申请量和当年度在国外获得授权的发明专利量,予以5万—500万元不同程度的额外资助。"
    )
    assert {m.indicator for m in extract(read(text)).measures if "额外" in m.indicator} == {
        "按上一年度PCT专利申请量和当年度在国外获得授权的发明专利量额外资助下限",
        "按上一年度PCT专利申请量和当年度在国外获得授权的发明专利量额外资助上限",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "统筹整合各类专项资金,支持传统产业转型升级,对以技术改造方式实施的绿色制造项目,给予50万元补助。",
            ["以技术改造方式实施的绿色制造项目补助"],
        ),
        ("企业完成股份制改造,对企业奖励20万元。", ["企业完成股份制改造企业奖励"]),
        ("企业参加展会,对展位费给予70%补助。", ["企业参加展会展位费补助比例"]),
        (
            "出具虚假报告的服务机构,没收违法所得,对直接负责的主管人员处5000元罚款。",
            ["出具虚假报告的服务机构直接负责的主管人员罚款"],
        ),
        (
            "鼓励新设服务机构,对代理师达到10名以上的,给予30万元补助。",
            ["新设服务机构代理师数量", "新设服务机构补助"],
        ),
        ("对符合条件的科技型企业,给予10万元补助。", ["科技型企业补助"]),
        ("依法设立的物流联盟,一次性补助9万元。", ["依法设立的物流联盟一次性补助"]),
        (
            "首次被授予国家级、省级“守信用,重承诺”称号的商贸企业,分别奖励6万元、3万元。",
            [
                "首次被授予国家级“守信用,重承诺”称号的商贸企业奖励",
                "首次被授予省级“守信用,重承诺”称号的商贸企业奖励",
            ],
        ),
        (
            "企业租用标准厂房的,前三年给予租金补贴,其中第一年为80%,第二年、第三年为70%。",
            ["企业租用标准厂房第一年租金补贴比例", "企业租用标准厂房第二年、第三年租金补贴比例"],
        ),
        (
            "对在境外上市的企业奖励100万元;在区域性股权交易中心挂牌交易的,奖励10万元。",
            ["在境外上市的企业奖励", "在区域性股权交易中心挂牌交易奖励"],
        ),
        ("引进的首席专家,给予每人每年8万元的咨询费。", ["引进的首席专家每人每年咨询费"]),
        (
            "制造企业剥离设立服务主体的,首次达到800万元以上1500万元以下的奖励2万元,首次达到1500万元以上的奖励4万元。",
            [
                "制造企业剥离设立服务主体第一档下限",
                "制造企业剥离设立服务主体第一档上限",
                "制造企业剥离设立服务主体(第一档)奖励",
                "制造企业剥离设立服务主体首次第二档下限",
                "制造企业剥离设立服务主体(第二档)奖励",
            ],
        ),
        (
            "仓储企业年营业收入突破3000万元、1亿元,增幅10%以上的,分别奖励3万元、6万元。",
            [
                "仓储企业年营业收入(第一档)",
                "仓储企业年营业收入(第二档)",
                "仓储企业年营业收入增幅",
                "仓储企业年营业收入增幅(第一档)奖励",
                "仓储企业年营业收入增幅(第二档)奖励",
            ],
        ),
        (
            "仓储企业年营业收入1亿元以上的,奖励3万元;旅游住宿企业年营业收入800万元以上的,奖励2万元。",
            [
                "仓储企业年营业收入",
                "仓储企业年营业收入奖励",
                "旅游住宿企业年营业收入",
                "旅游住宿企业年营业收入奖励",
            ],
        ),
        (
            "对年产值5亿元以下的工业企业以及1亿元以下的服务业企业,给予5万元补助。",
            ["工业企业年产值", "服务业企业年产值", "工业企业以及服务业企业补助"],
        ),
    ],
    ids=[
        "aims before whom",
        "what is done before anyone",
        "a cost is nobody",
        "who before who else",
        "whom by a bound",
        "the eligible",
        "lawfully",
        "a comma in a name",
        "so much in a year",
        "a place that is a name",
        "a fee",
        "tiers in clauses",
        "tiers and a condition of all",
        "the next party",
        "two parties",
    ],
)
def test_an_award_is_named_by_its_own_party_and_tier(text: str, expected: list[str]) -> None:
    assert [name for _, name in names(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、申报条件\n(1)领军企业,应符合新材料等产业方向,具有较强的竞争力,上年度商标注册量达到60件以上。",
            ["领军企业上年度商标注册量"],
        ),
        (
            "一、申报条件\n(1)示范单位,应主导制定不少于4项行业标准和不少于3项团体标准。",
            ["示范单位制定行业标准数量", "示范单位制定团体标准数量"],
        ),
        ("对参展3天及以上的企业,给予2万元补助。", ["企业参展时长", "参展的企业补助"]),
        (
            "对签订1年以上劳动合同的企业,按每人1500元给予补助。",
            ["企业劳动合同期限", "签订劳动合同的企业每人补助"],
        ),
        (
            "联合设立过桥周转专项资金,市本级安排资金400万元,各县区各出资不少于300万元。",
            ["市本级安排资金", "过桥周转专项资金各县区各出资"],
        ),
        (
            "设立科技型企业专项资金贷款,第一期规模60亿元,市财政安排贴息资金8000万元。",
            ["科技型企业专项资金贷款第一期规模", "市财政安排贴息资金"],
        ),
        ("市财政安排资金500万元,组织实施专利转化专项计划。", ["组织实施专利转化专项计划资金"]),
        ("市财政安排知识产权专项资金500万元,支持企业发展。", ["市财政安排知识产权专项资金"]),
    ],
    ids=[
        "who must",
        "as many of another",
        "a duration",
        "a contract of theirs",
        "paid in by each",
        "a first part",
        "money by its purpose",
        "money with a name",
    ],
)
def test_a_bound_or_a_fund_is_named_by_what_its_sentence_began_with(text: str, expected: list[str]) -> None:
    assert [m.indicator for m in extract(read(text)).measures] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对投保专利险的机构,按保费的50%补贴,单户最高不超过8万元。", "投保专利险的机构单户补贴上限"),
        ("企业在境外应诉的,按费用的50%资助,单个案件最高50万元。", "企业在境外应诉单个案件资助上限"),
        ("对竣工投产的项目,按投资的5%补助,单个项目最高90万元。", "竣工投产的单个项目补助上限"),
        (
            "中小微企业质押贷款,按利息的50%贴息,同一企业每年不超过20万元。",
            "同一中小微企业质押贷款贴息年度上限",
        ),
        ("对投保专利险的机构,按保费的50%补贴,每家最高不超过8万元。", "投保专利险的机构补贴上限"),
        ("企业首次在科技板展示层挂牌奖补15万元,在培育层挂牌奖补25万元。", "企业首次在培育层挂牌奖补"),
        (
            "对出口额400万美元以上骨干企业参加境外展会的,给予展位费70%支持。",
            "获支持的出口额",
        ),
        ("对各地新引进的工业项目,每个奖励10万元。", "新引进的工业项目奖励"),
        ("对示范企业,按每人1200元标准发放稳岗补助。", "示范企业每人稳岗补助"),
    ],
    ids=[
        "one",
        "a case",
        "one of them",
        "the same",
        "each",
        "a branch",
        "a sum of its own",
        "anywhere",
        "paid out",
    ],
)
def test_a_limit_is_named_with_the_one_that_it_is_of(text: str, expected: str) -> None:
    assert expected in [name for _, name in names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "每万人口发明专利拥有量达到26件,其中高价值发明专利10.5件。",
            ["每万人口发明专利拥有量", "每万人口高价值发明专利拥有量"],
        ),
        ("发明专利拥有量2600件,其中高价值发明专利1050件。", ["发明专利拥有量", "高价值发明专利"]),
        (
            "三年累计实现专利转让、许可9000次,其中由高校院所转出1200次。",
            ["三年累计实现专利转让、许可次数", "高校院所专利转让、许可次数"],
        ),
        (
            "案件结案率保持在95%以上,维权援助工作站实现重点园区全覆盖,总数达到50家。",
            ["案件结案率", "维权援助工作站总数"],
        ),
        (
            "新增注册商标3000件,总数达到5万件。",
            ["新增注册商标", "注册商标总数"],
        ),
        (
            "创建国家地理标志产品保护示范区1个、省级示范区2个。",
            ["创建国家地理标志产品保护示范区", "省级地理标志产品保护示范区"],
        ),
        (
            "质押融资登记金额120亿元,惠及企业1500家,登记金额较2024年翻一番。",
            ["质押融资登记金额", "质押融资惠及企业", "质押登记金额"],
        ),
        ("培训地理标志从业人员600人次。", ["培训地理标志从业人员"]),
        ("年质押贷款发放额达到15亿元。", ["年质押贷款发放额"]),
        (
            "每年遴选产业规划类导航项目4个,验收后给予最高60万元。",
            ["遴选产业规划类导航项目", "产业规划类导航项目验收最高奖补金额"],
        ),
    ],
    ids=[
        "a part of a density",
        "a part of a stock",
        "a part done by some",
        "another subject",
        "the same in all",
        "of another rank",
        "of the loans, not of the firms",
        "who work there",
        "loans are not paid out as awards",
        "when it has passed",
    ],
)
def test_a_figure_behind_others_is_named_by_what_it_is_of(text: str, expected: list[str]) -> None:
    assert [name for _, name in names(text)] == expected
