"""What people write into origin.yml: each fault refuses its plan with the line, the field and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dagster_project.corpus.origin import PlanRefusedError, load_corrections, load_origin
from dagster_project.corpus.places import KnownPlace

PLACES = {"340100": KnownPlace("合肥市", "Hefei", "prefecture", "安徽省", 9369881)}
HEAD = 'plan_id: yi-2021\njurisdiction: {adcode: "340100"}\n'
DESCRIBED = "plan_id: yi-2021\njurisdiction: {name_zh: 乙县, level: county%s}\n"
ALIAS = "uses an alias \\(\\*a\\): write the value out"


def written(folder: Path, content: str | bytes, name: str = "origin.yml") -> Path:
    """Write a file of the plan yi-2021 and return its path."""
    path = folder / "yi-2021" / name
    path.parent.mkdir()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


CASES = {
    "empty": ("", "line 1: expected fields such as 'plan_id: yi-2021'"),
    "only-a-comment": ("# later\n", "line 1: expected fields such as"),
    "a-list": ("- plan_id\n", "line 1: expected fields such as"),
    "a-scalar": ("yi-2021", "line 1: expected fields such as"),
    "not-yaml": ("plan_id: {yi\n", "cannot be read as YAML: .*: correct or rewrite it"),
    "tabs": ("plan_id:\tyi-2021\njurisdiction:\n\tadcode: 340100\n", "cannot be read as YAML: .* '\\\\t'"),
    "two-documents": (HEAD + "---\n" + HEAD, "cannot be read as YAML: expected a single document"),
    "not-utf-8": ((HEAD + "title_zh: 乙县计划\n").encode("gb18030"), "cannot be read as YAML: .*utf-8"),
    "utf-16": (HEAD.encode("utf-16"), "cannot be read as YAML: .*utf-8"),
    "a-nul": (HEAD + "title_zh: 计划\0\n", "cannot be read as YAML: .*special characters are not allowed"),
    "an-object-of-python": ("plan_id: !!python/object/apply:os.getcwd []\n", "cannot be read as YAML: .*tag"),
    "too-large": (HEAD + "# " + "长" * 100_000, "has 300 kB, more than 256 kB: leave out what is not"),
    "too-deep": ("plan_id: " + "[" * 120_000 + "]" * 120_000, "line 1: is nested too deep: write it as in"),
    **{
        f"a-number-without-end-{name}": (HEAD + f"{field}: {number}\n", "found a number without end .*line 3")
        for field in ("title_zh", "unknown")
        for name, number in {
            "of-sixties": ":".join("1" * 9000), "in-hex": "0x" + "f" * 9000, "in-eights": "0" + "7" * 9000,
            "in-tens": "9" * 9000, "of-bits": "0b" + "1" * 20000,
        }.items()
    },
    "too-deep-by-lines": ("".join(f"{' ' * n}a:\n" for n in range(600)), "line 21: is nested too deep: write it as in"),
    "an-alias-of-itself": ("plan_id: yi-2021\njurisdiction: &a {x: *a}\n", ALIAS),
    "aliases-of-aliases": (
        "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)),
        ALIAS,
    ),
    "a-field-twice": (HEAD + "plan_id: yi-2021\n", "line 3: plan_id is given a second time"),
    "an-inner-field-twice": (
        "plan_id: yi-2021\njurisdiction:\n  adcode: 340100\n  adcode: 340200\n",
        "line 4: adcode is given a second time: remove one of the two",
    ),
    "an-unknown-field-and-a-fault": (
        HEAD.replace("jurisdiction", "juristiction"),
        "jurisdiction: this field is missing: add it; line 2: juristiction: unknown field: remove it, or correct its name",
    ),
    "an-unknown-field-and-a-period-that-ends-before-it-starts": (
        HEAD + "issued: 2021\nperiod: {start: 2025, end: 2021}\n",
        "line 4: period: start is after end",
    ),
    "no-jurisdiction": ("plan_id: yi-2021\n", "jurisdiction: this field is missing: add it"),
    "jurisdiction-is-a-text": ("plan_id: yi-2021\njurisdiction: 合肥市\n", "line 2: jurisdiction: .*合肥市"),
    "another-id": (HEAD.replace("yi", "bing"), "line 1: plan_id is bing-2021, but the folder is yi-2021"),
    "an-id-that-is-a-path": (
        HEAD.replace("yi-2021", "../../etc/yi-2021"),
        "line 1: plan_id is ../../etc/yi-2021, but the folder is yi-2021: make them the same",
    ),
    "neither-code-nor-name": (
        "plan_id: yi-2021\njurisdiction: {province_zh: 安徽省}\n",
        "line 2: jurisdiction: give the adcode of a place in dbt/seeds/jurisdictions.csv, or name_zh and level",
    ),
    "a-name-without-level": ("plan_id: yi-2021\njurisdiction: {name_zh: 乙县}\n", "or name_zh and level"),
    "a-code-for-a-name": (
        'plan_id: yi-2021\njurisdiction: {name_zh: "370700", level: county}\n',
        "line 2: jurisdiction.name_zh: write it in Chinese",
    ),
    "a-name-in-letters": (DESCRIBED.replace("乙县", "Yixian") % "", "jurisdiction.name_zh: write it in Chinese"),
    "a-name-of-a-page": (DESCRIBED.replace("乙县", "乙" * 51) % "", "jurisdiction.name_zh: .*at most 50 characters"),
    "a-title-of-a-book": (HEAD + f"title_zh: {'计划' * 300}\n", "line 3: title_zh: .*at most 500 characters"),
    "an-address-without-end": (
        HEAD + f"source: {{url: 'https://example.org/{'x' * 3000}'}}\n",
        "line 3: source.url: .*at most 2000 characters",
    ),
    "an-unknown-level": (DESCRIBED.replace("county", "city") % "", "line 2: jurisdiction.level: .*'county'"),
    "an-unknown-code": (HEAD.replace("340100", "999999"), "adcode 999999 is not in dbt/seeds/jurisdictions.csv"),
    "a-code-of-five-digits": (HEAD.replace("340100", "34010"), "line 2: jurisdiction.adcode: .*34010"),
    "a-code-in-wide-digits": (DESCRIBED % ", adcode: '３４０１００'", "line 2: jurisdiction.adcode: "),
    "the-code-of-another-place": (
        HEAD.replace('"340100"', '"340100", name_zh: 乙县, level: county'),
        "line 2: adcode 340100 is 合肥市 in dbt/seeds/jurisdictions.csv, not 乙县: correct one of the two",
    ),
    "a-population-in-words": (DESCRIBED % ", population: 96万", "population: write a whole number in figures"),
    "a-population-of-none": (DESCRIBED % ", population: 0", "population: .*greater than 0"),
    "a-population-past-the-earth": (DESCRIBED % f", population: {10**20}", "population: .*10000000000"),
    "a-day-that-is-none": (
        HEAD + "issued_on: 2024-02-30\n",
        "line 3: issued_on: write a day that there is, .*\\(it is 2024-02-30\\)",
    ),
    "a-month-that-is-none": (
        HEAD + "issued_on: 2024-13-01\n",
        "line 3: issued_on: write a day that there is, .*\\(it is 2024-13-01\\)",
    ),
    "a-date-in-words": (HEAD + "issued_on: 去年\n", "line 3: issued_on: write a day that there is, as 2024-01-31"),
    "a-period-that-ends-before-it-starts": (
        HEAD + "period: {start: 2025, end: 2021}\n",
        "line 3: period: start is after end",
    ),
    "a-year-of-three-digits": (HEAD + "period: {start: 202}\n", "line 3: period.start: .*1949 \\(it is 202\\)"),
    "a-hash-cut-short": (HEAD + "sha256: abc\n", "line 3: sha256: .*abc"),
    "an-empty-title": (HEAD + "title_zh: ' '\n", "line 3: title_zh: .*at least 1 character"),
    "a-title-that-is-a-list": (HEAD + "title_zh: [计划]\n", "line 3: title_zh: .*valid string"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), CASES.values(), ids=CASES)
def test_a_fault_is_named_with_its_line_and_what_to_do(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    with pytest.raises(PlanRefusedError, match=r"^yi-2021/origin\.yml.*" + said):
        load_origin(written(tmp_path, content), PLACES)


UNKNOWN = {
    "an-unknown-field": (HEAD + "issued: 2021\n", "line 3: issued: unknown field: remove it, or correct its name"),
    "inside-a-field": (HEAD + "source: {nmae: 网站}\n", "line 3: source.nmae: unknown field: remove it"),
    "indented-too-little": (DESCRIBED % "" + "population: 5\n", "line 3: population: unknown field"),
    "a-number-for-a-name": (HEAD + "2021: 2025\n", "line 3: 2021: unknown field"),
    "nothing-for-a-name": (HEAD + "? \n", "None: unknown field"),
    "many": (HEAD + "".join(f"f{n}: 1\n" for n in range(500)), "line 12: f9: unknown field[^;]*; and 490 more "),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_field_that_is_not_known_is_a_warning(tmp_path: Path, content: str, said: str) -> None:
    origin, (note,) = load_origin(written(tmp_path, content), PLACES)
    assert origin.plan_id == "yi-2021"
    assert re.search(r"^yi-2021/origin\.yml, .*" + said, note)
    assert note.endswith(" (it is not read)")
    assert len(note) < 1000


CORRECTIONS = {
    "not-a-list": ("char_start: 0\n", "valid list"),
    "an-alias-of-itself": ("&a [*a]\n", ALIAS),
    "not-yaml": ("- {\n", "cannot be read as YAML"),
    "before-is-missing": ("- {char_start: 0, after: 万, reason: 错字}\n", "0.before: this field is missing: add it"),
    "a-place-before-the-text": ("- {char_start: -1, before: 元, after: 万, reason: 错字}\n", "0.char_start: .*0"),
    "no-reason": ("- {char_start: 0, before: 元, after: 万}\n", "0.reason: this field is missing: add it"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_a_fault_in_corrections_is_named(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(PlanRefusedError, match=r"^yi-2021/corrections\.yml.*" + said):
        load_corrections(written(tmp_path, content, "corrections.yml"))
