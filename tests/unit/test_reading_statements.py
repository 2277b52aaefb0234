"""What a text says of offices in charge, of other documents and of itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dagster_project.reading import read
from dagster_project.records import Period


@pytest.mark.parametrize(
    ("text", "lead", "supporting"),
    [
        pytest.param(
            "(责任单位:市科技局、市财政局)", ["市科技局", "市财政局"], [], id="责任单位 alone leads"
        ),
        pytest.param(
            "(责任单位:市科技局牵头,市财政局、市教育局配合)",
            ["市科技局"],
            ["市财政局", "市教育局"],
            id="verbs behind 责任单位",
        ),
        pytest.param(
            "责任单位:市科技局牵头,市财政局、市乡村振兴局。",
            ["市科技局"],
            ["市财政局", "市乡村振兴局"],
            id="a verb behind some",
        ),
        pytest.param(
            "(责任单位:市科技局,配合单位:市财政局等)", ["市科技局"], ["市财政局"], id="配合单位, 等"
        ),
        pytest.param(
            "\n牵头单位:市科技局\n责任单位:市财政局", ["市科技局"], ["市财政局"], id="牵头 leads 责任"
        ),
        pytest.param("【牵头部门：市科技局；参与单位：市财政局】", ["市科技局"], ["市财政局"], id="牵头部门"),
        pytest.param("\n主办单位:市科技局;协办单位:市财政局。", ["市科技局"], ["市财政局"], id="主办, 协办"),
        pytest.param(
            "(负责单位:市市场监管局(知识产权局))", ["市市场监管局(知识产权局)"], [], id="bracket in a name"
        ),
        pytest.param(
            "〔牵头单位:市科技局,责任单位:市财政局〕", ["市科技局"], ["市财政局"], id="〔〕 around labels"
        ),
        pytest.param(
            "(市科技局牵头,市财政局、市司法局配合)", ["市科技局"], ["市财政局", "市司法局"], id="verbs"
        ),
        pytest.param("(市科技局、市财政局按职责分工负责)。", ["市科技局", "市财政局"], [], id="分工负责"),
        pytest.param("具体工作由市科技局负责。", ["市科技局"], [], id="由 … 负责"),
        pytest.param(
            "(责任单位:市科技局和市财政局、市文化和旅游局)",
            ["市科技局", "市财政局", "市文化和旅游局"],
            [],
            id="和",
        ),
        pytest.param(
            "(责任单位:市科技局(牵头)、市财政局)", ["市科技局"], ["市财政局"], id="(牵头) in a list"
        ),
        pytest.param(
            "由市市场监管局牵头,市财政局、市科技局配合。",
            ["市市场监管局"],
            ["市财政局", "市科技局"],
            id="由 … 牵头, … 配合",
        ),
        pytest.param(
            "建立联席会议制度,由市科技局牵头,市财政局按职责分工配合",
            ["市科技局"],
            ["市财政局"],
            id="behind a comma, no 。",
        ),
        pytest.param(
            "(市科技局牵头,市财政局等配合)", ["市科技局"], ["市财政局"], id="等 in a bracket with verbs"
        ),
        pytest.param("由市市场监管局负责", ["市市场监管局"], [], id="由 … 负责 without 。"),
        pytest.param(
            "由县农业农村局牵头,区财政局、省科技厅、市委宣传部等部门配合。",
            ["县农业农村局"],
            ["区财政局", "省科技厅", "市委宣传部"],
            id="offices of county, district, province and party",
        ),
        pytest.param(
            "由各县(市、区)政府、高新区管委会分别负责。",
            ["各县(市、区)政府", "高新区管委会"],
            [],
            id="governments",
        ),
        pytest.param("由市科技局会同市财政局组织实施。", ["市科技局"], ["市财政局"], id="会同, 组织实施"),
        pytest.param(
            "\n  由市科技局牵头,会同县财政局落实;", ["市科技局"], ["县财政局"], id="an indented line, ;"
        ),
        pytest.param(
            "由市发展改革委、市文化和旅游局负责。", ["市发展改革委", "市文化和旅游局"], [], id="和 in a name"
        ),
        pytest.param(
            "由财政部门牵头,市场监管部门配合。", ["财政部门"], ["市场监管部门"], id="部门 of a function"
        ),
        pytest.param("市科技局牵头,市财政局配合。", ["市科技局"], ["市财政局"], id="a sentence without 由"),
        *(
            pytest.param(sentence, [], [], id=sentence)
            for sentence in (
                "由企业负责。",
                "由第三方机构负责。",
                "由第三方机构负责",
                "(由第三方机构负责)",
                "由申报单位负责。",
                "由主管部门负责。",
                "由有关部门牵头负责。",
                "由企业知识产权部门负责。",
                "由行业协会牵头,会员企业配合。",
                "由市科技局牵头,企业配合。",
                "由市级技术创新中心负责。",
                "由研究院、事务所负责。",
                "由合作银行负责。",
                "由专家评审委员会负责。",
                "由项目部负责。",
                "优化空间布局,加强与市法院配合。",
                "市财政局配合。",
                "由市财政局负责安排资金。",
            )
        ),
        pytest.param("由高新区管委会牵头,推进设立平台。", [], [], id="牵头 in a sentence"),
        pytest.param("本办法由市科技局负责解释。", [], [], id="负责解释"),
        pytest.param("(企业自愿参与)", [], [], id="a bracket without offices"),
    ],
)
def test_offices_in_charge(text: str, lead: list[str], supporting: list[str]) -> None:
    (provision,) = read(f"一、加强保护。完善机制。{text}").provisions
    found = {
        role: [a.printed_name for a in provision.agencies if a.role == role]
        for role in ("lead", "supporting")
    }
    assert found == {"lead": lead, "supporting": supporting}


@pytest.mark.parametrize(
    ("text", "title", "number", "year", "role"),
    [
        pytest.param(
            "根据《纲要意见》(国发〔2015〕71号)制定。",
            "纲要意见",
            "国发〔2015〕71号",
            2015,
            "basis",
            id="number",
        ),
        pytest.param(
            "为贯彻落实《强国纲要(2021-2035年)》,", "强国纲要(2021-2035年)", None, None, "basis", id="period"
        ),
        pytest.param(
            "按照《关于印发〈甲规划〉的通知》要求,",
            "关于印发〈甲规划〉的通知",
            None,
            None,
            "basis",
            id="nested",
        ),
        pytest.param("依据《统计分类(2019)》,", "统计分类(2019)", None, 2019, "basis", id="edition"),
        pytest.param(
            "按照国发〔2021〕20号文件要求,", None, "国发〔2021〕20号", 2021, "basis", id="number alone"
        ),
        pytest.param("制定了《某省专利条例》。", "某省专利条例", None, None, "mention", id="mention"),
        pytest.param("实施《管理规范》(GB/T33251—2016)。", "管理规范", None, None, "mention", id="standard"),
    ],
)
def test_citations(text: str, title: str | None, number: str | None, year: int | None, role: str) -> None:
    (cited,) = read(f"某市实施方案\n{text}推动发展。\n一、任务\n1.落实。").citations
    assert (cited.title, cited.document_number, cited.year, cited.role) == (title, number, year, role)


def test_a_provision_that_carries_a_document_out_does_not_rest_on_it() -> None:
    (cited,) = read("一、任务\n1.加强导航。贯彻《专利导航指南》国家标准。").citations
    assert (cited.role, cited.provision) == ("mention", 0)


NOTICE = (
    "{head}各区人民政府:\n《某市方案》已经同意,现印发给你们。\n{signature}某市方案\n"
    "为加强保护,制定本方案。\n一、任务\n1.落实。\n{end}"
)
SIGNED = date(2021, 3, 4)


@pytest.mark.parametrize(
    ("head", "signature", "end", "issuer", "issued_on", "number"),
    [
        pytest.param("", "某市人民政府\n2021年3月4日\n", "", "某市人民政府", SIGNED, None, id="signature"),
        pytest.param(
            "",
            "某市科技局\n某市财政局\n二〇二一年三月四日\n",
            "",
            "某市科技局、某市财政局",
            SIGNED,
            None,
            id="two offices",
        ),
        pytest.param("", "", "某市人民政府\n2021年3月4日", "某市人民政府", SIGNED, None, id="at the end"),
        pytest.param(
            "某市科技局关于印发《某市方案》的通知\n某科〔2021〕5号\n",
            "2021年3月4日\n",
            "",
            "某市科技局",
            SIGNED,
            "某科〔2021〕5号",
            id="title of the notice",
        ),
        pytest.param(
            "发布日期:2024-01-10\n发文字号:某科〔2021〕5号\n成文日期:2021年3月4日\n",
            "",
            "",
            None,
            SIGNED,
            "某科〔2021〕5号",
            id="labels of the web page",
        ),
        pytest.param("日期:2024-01-10 19:04:44\n", "", "", None, None, None, id="day of upload"),
    ],
)
def test_who_issued_it_when_and_under_which_number(
    head: str, signature: str, end: str, issuer: str | None, issued_on: date | None, number: str | None
) -> None:
    about = read(NOTICE.format(head=head, signature=signature, end=end)).metadata
    assert (about.title, about.issuer, about.issued_on, about.document_number) == (
        "某市方案",
        issuer,
        issued_on,
        number,
    )


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("某市方案(2020-2023年)", Period("2020-2023年", 2020, 2023)),
        ("某市方案（2020年—2023年）", Period("2020年—2023年", 2020, 2023)),
        ("某市“十四五”知识产权规划", Period("十四五", 2021, 2025)),
        ("某市2024年工作要点", Period("2024年", 2024, 2024)),
        ("某市2023年总结和2024年要点", None),
        ("某市若干措施", None),
    ],
)
def test_the_period_is_that_of_the_title(title: str, period: Period | None) -> None:
    text = f"{title}\n根据《纲要(2021-2035年)》,制定本文件。\n一、任务\n1.落实。"
    assert read(text).metadata.period == period


@pytest.mark.parametrize(
    ("closing", "validity"),
    [
        ("本措施自印发之日起实施,有效期五年。", "五年"),
        ("本办法自2021年1月1日起施行,有效期至2025年12月31日。", "至2025年12月31日"),
        ("本办法自发布之日起施行,试行两年。", "两年"),
        ("专利有效期五年。", None),
    ],
)
def test_validity(closing: str, validity: str | None) -> None:
    assert read(f"某市措施\n一、任务\n1.落实。\n{closing}").metadata.validity == validity


DOCUMENTS = Path(__file__).parent / "documents"
STATED = [json.loads(line) for line in (DOCUMENTS / "stated.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("stated", STATED, ids=lambda stated: stated["text"])
def test_a_document_is_read_for_what_it_states_of_itself(stated: dict[str, object]) -> None:
    """Composed documents as people have them, coded by hand: pages, dumps, scans, copies in one line."""
    reading = read((DOCUMENTS / f"{stated['text']}.txt").read_text("utf-8"))
    about = reading.metadata
    period = about.period and [about.period.start_year, about.period.end_year]
    assert {
        "title": about.title,
        "document_number": about.document_number,
        "issuer": about.issuer,
        "issued_on": about.issued_on and about.issued_on.isoformat(),
        "period": period,
        "provisions": len(reading.provisions),
    } == {name: value for name, value in stated.items() if name != "text"}


@pytest.mark.parametrize("lead", ["一图读懂丨", "图解:", "政策解读 | "])
def test_the_title_of_a_digest_is_that_of_its_document(lead: str) -> None:
    text = f"{lead}《某市知识产权三年行动计划（2026—2028年）》\n来源：某市局　时间：2026-03-19\n\n★目标\n√ 专利13件\n"
    metadata = read(text).metadata
    assert metadata.title == "某市知识产权三年行动计划（2026—2028年）"
    assert metadata.period == Period("2026—2028年", 2026, 2028)


def test_what_explains_a_document_without_its_name_is_no_digest() -> None:
    assert read("政策解读《办法》\n一、任务\n培训3次。").metadata.title != "办法"
