"""What stands in a folder of plans: it is read, or named with what to do; the plan beside it is built."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from dagster_project.corpus import reader
from dagster_project.corpus.build import build_corpus
from dagster_project.corpus.places import KnownPlace
from dagster_project.corpus.plans import ExtractedPlan, accept_plan

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
PLACES = {"340100": KnownPlace("合肥市", "Hefei", "prefecture", "安徽省", 9369881)}
TEXT = (
    "丙市知识产权发展行动方案(2021-2023年)\n一、工作目标\n"
    "(一)促进转化。到2023年,专利质押融资金额达到12亿元。责任单位:市市场监管局\n"
    "(二)培育人才。培训专利代理师500人次。责任单位:市教育局\n"
)
OTHER = TEXT.replace("丙", "丁")
TRADITIONAL = (
    OTHER.replace("识产权", "識產權").replace("发展行动", "發展行動").replace("专利质", "專利質").replace("亿", "億")
    .replace("标", "標").replace("进转", "進轉").replace("额达", "額達").replace("监", "監").replace("训专", "訓專")
    .replace("师", "師").replace("单", "單").replace("场", "場").replace("资金", "資金").replace("责", "責")
)  # fmt: skip


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with one good plan, bing-2021."""
    put(tmp_path / "raw" / "bing-2021", TEXT.encode())
    return tmp_path / "raw"


def put(folder: Path, text: bytes | None) -> Path:
    """Write a plan and return its folder."""
    folder.mkdir(parents=True)
    if text is not None:
        (folder / "plan.txt").write_bytes(text)
    origin = f'plan_id: {folder.name}\njurisdiction: {{adcode: "340100"}}\n'
    (folder / "origin.yml").write_text(origin, encoding="utf-8")
    return folder


def built(raw: Path, name: str = "ding-2021") -> tuple[str, str]:
    """Build all, hold that the good plan is built, and return status and reason of another."""
    tables = build_corpus(raw, PLACES, {}, NOW)
    rows = {row["plan_key"]: row for row in tables["plan_status"].iter_rows(named=True)}
    assert (rows["bing-2021"]["status"], rows["bing-2021"]["reason"]) == ("ok", None)
    assert tables["measures"].filter(plan_key="bing-2021").height == 2
    return rows[name]["status"], rows[name]["reason"] or ""


READ = {
    "utf-8": (OTHER.encode(), "utf-8"),
    "utf-8-with-a-mark": (OTHER.encode("utf-8-sig"), "utf-8-sig"),
    "utf-16-with-a-mark": (OTHER.encode("utf-16"), "utf-16"),
    "utf-16-big-endian": (b"\xfe\xff" + OTHER.encode("utf-16-be"), "utf-16"),
    "utf-32-with-a-mark": (OTHER.encode("utf-32"), "utf-32"),
    "gbk": (OTHER.encode("gbk"), "gb18030"),
    "gb18030-of-four-bytes": (OTHER.replace("丁", "㐆").encode("gb18030"), "gb18030"),
    "big5": (TRADITIONAL.encode("cp950"), "big5"),
    "lines-of-windows": (OTHER.replace("\n", "\r\n").encode(), "utf-8"),
    "lines-of-an-old-mac": (OTHER.replace("\n", "\r").encode(), "utf-8"),
    "controls": (OTHER.replace("金额", "\x01金\x7f额").encode(), "utf-8"),
    "directions-of-writing": (OTHER.replace("达到", "\u202e达到\u202c").encode(), "utf-8"),
    "a-private-character": (OTHER.replace("丁", "\ue5e5").encode(), "utf-8"),
    "rare-characters": (OTHER.replace("丁", "𠀋𬺰").encode(), "utf-8"),
    "numbers-that-go-back": (OTHER.replace("(二)", "(一)").encode(), "utf-8"),
    "numbers-a-hundred-deep": (
        (OTHER + "".join(f"{'1.' * n}{n} {'加强工作' * n}。\n" for n in range(1, 100))).encode(), "utf-8"),
    "brackets-without-end": ((OTHER + "(" * 5000 + "加强工作" * 3000 + ")" * 4000).encode(), "utf-8"),
    "very-many-lines": ((OTHER + "\n" * 300_000 + "责任。").encode(), "utf-8"),
    "one-very-long-line": (OTHER.encode() + "加强知识产权工作。".encode() * 20_000, "utf-8"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "encoding"), READ.values(), ids=READ)
def test_it_is_read_and_its_encoding_recorded(raw: Path, data: bytes, encoding: str) -> None:
    put(raw / "ding-2021", data)
    tables = build_corpus(raw, PLACES, {}, NOW)
    row = tables["documents"].row(by_predicate=pl.col("plan_key") == "ding-2021", named=True)
    assert row["encoding"] == encoding
    assert tables["measures"].filter(plan_key="ding-2021")["value"].to_list() == [1.2e9, 500]


ANEW, TEXT_ITSELF = "save it again as utf-8", "save the text of the plan"
REFUSED = {
    "empty": (b"", "plan.txt is empty: " + TEXT_ITSELF),
    "white-space": (b" \n\t\n", "plan.txt is empty: " + TEXT_ITSELF),
    "only-a-mark": (b"\xef\xbb\xbf", "file is empty: " + TEXT_ITSELF),
    "a-nul": (OTHER.encode().replace(b"\n", b"\0\n", 1), "is NUL"),
    "utf-16-without-a-mark": (OTHER.encode("utf-16-le"), "is NUL"),
    "utf-16-cut-short": (OTHER.encode("utf-16")[:-1], ANEW),
    "half-a-character-of-utf-16": (b"\xff\xfe" + OTHER.encode("utf-16-le") + b"\x00\xd8", ANEW),
    "half-a-character-inside": (OTHER.encode().replace("专利".encode(), "专利".encode()[:-1]), ANEW),
    "half-a-character-at-the-end": (OTHER.encode()[:-2], ANEW),
    "a-surrogate": (OTHER.encode() + b"\xed\xa0\x80", ANEW),
    "an-overlong-form": (OTHER.encode() + b"\xc0\xaf", ANEW),
    "two-encodings": (OTHER.encode() + OTHER.encode("big5", "ignore"), ANEW),
    "bytes-at-random": (bytes(range(1, 256)) * 20, ANEW),
    "a-pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n" * 9, ANEW),
    "a-zip": (b"PK\x03\x04\x14\0\0\0" + bytes(range(256)), "is NUL"),
    "a-picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99), "is NUL"),
    "english": (b"The city will grant 12 patents by 2023. " * 20, "no chinese character"),
    "mostly-english": (b"The city will grant 12 patents. " * 20 + "合肥市".encode(), "is not a chinese text"),
    "japanese": ("知的財産推進計画により、これからのとりくみをすすめていくことにする。" * 20).encode(),
    "only-numbers": (b"1 2 3 4 5\n" * 99, "no chinese character"),
    "a-page": (b"<html><head><script>var a=1;</script></head><body><p>" + "专利".encode() + b"</p></body></html>" * 9,
               "is not a chinese text"),
    "a-million-line-breaks": (b"\n" * 1_000_000, "plan.txt is empty"),
    "fifty-megabytes-in-a-line": (OTHER.encode().replace(b"\n", b"") * 201_000, "has 50 MB, more than 10 MB: leave out"),
}  # fmt: skip
REFUSED = {
    name: case if isinstance(case, tuple) else (case, "is not a chinese text")
    for name, case in REFUSED.items()
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_what_to_do(raw: Path, data: bytes, said: str) -> None:
    put(raw / "ding-2021", data)
    status, reason = built(raw)
    assert status == "refused"
    assert said.lower() in reason.lower()
    assert "ding-2021/plan.txt" in reason


def linked(raw: Path, name: str) -> None:
    put(raw / "ding-2021", OTHER.encode())
    own = raw / "ding-2021" / name
    outside = raw.parent / "outside"
    outside.write_bytes(own.read_bytes() if own.exists() else b"")
    own.unlink(missing_ok=True)
    own.symlink_to(outside)


def linked_folder(raw: Path) -> None:
    put(raw.parent / "elsewhere" / "ding-2021", OTHER.encode())
    (raw / "ding-2021").symlink_to(raw.parent / "elsewhere" / "ding-2021")


def folder_for(raw: Path, name: str) -> None:
    folder = put(raw / "ding-2021", OTHER.encode())
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()


def pipe_for(raw: Path, name: str) -> None:
    folder = put(raw / "ding-2021", OTHER.encode())
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)


LEADS_OUT = "leads out of the folder of plans: put the file itself there"
FOLDERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no-text": (lambda raw: put(raw / "ding-2021", None), "ding-2021/plan.txt is missing: save the text"),
    "empty-folder": (lambda raw: (raw / "ding-2021").mkdir(), "ding-2021/origin.yml is missing: add it, with plan_id"),
    "a-text-linked-outside": (lambda raw: linked(raw, "plan.txt"), "ding-2021/plan.txt " + LEADS_OUT),
    "an-origin-linked-outside": (lambda raw: linked(raw, "origin.yml"), "ding-2021/origin.yml " + LEADS_OUT),
    "corrections-linked-outside": (lambda raw: linked(raw, "corrections.yml"), "/corrections.yml " + LEADS_OUT),
    "a-folder-linked-outside": (linked_folder, "ding-2021/origin.yml " + LEADS_OUT),
    "a-link-to-nothing": (
        lambda raw: (raw / "ding-2021").symlink_to(raw / "nothing"),
        "ding-2021 is a link that leads nowhere: mend or remove it",
    ),
    "a-link-to-itself": (
        lambda raw: (raw / "ding-2021").symlink_to(raw / "ding-2021"),
        "ding-2021 is a link that leads nowhere: mend or remove it",
    ),
    "a-folder-for-the-text": (lambda raw: folder_for(raw, "plan.txt"), "ding-2021/plan.txt is no file: put one there"),
    "a-folder-for-origin": (lambda raw: folder_for(raw, "origin.yml"), "/origin.yml is no file: put one there"),
    "a-folder-for-corrections": (
        lambda raw: folder_for(raw, "corrections.yml"),
        "ding-2021/corrections.yml is no file: put one there",
    ),
    "a-pipe-for-the-text": (lambda raw: pipe_for(raw, "plan.txt"), "ding-2021/plan.txt is no file: put one there"),
    "a-pipe-for-origin": (lambda raw: pipe_for(raw, "origin.yml"), "ding-2021/origin.yml is no file: put one there"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "said"), FOLDERS.values(), ids=FOLDERS)
def test_a_folder_that_is_not_what_it_should_be_is_refused(
    raw: Path, make: Callable[[Path], object], said: str
) -> None:
    make(raw)
    status, reason = built(raw)
    assert status == "refused"
    assert said in reason


@pytest.mark.parametrize("name", ["plan.txt", "origin.yml", "corrections.yml"])
def test_a_file_that_may_not_be_read_is_told_as_that(
    raw: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = put(raw / "ding-2021", OTHER.encode())
    (folder / "corrections.yml").write_bytes(b"")
    real = Path.open

    def guarded(path: Path, *args: object, **more: object) -> object:
        if path == folder / name:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    status, reason = built(raw)
    assert status == "refused"
    assert f"ding-2021/{name} cannot be opened (Permission denied): make it readable" in reason
    assert str(raw) not in reason


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder of plans, read by a user who has no right to what is 0000; root, who has, is nobody for a while."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        raw = Path(folder) / "raw"
        put(raw / "bing-2021", TEXT.encode())
        build_corpus(raw, PLACES, {}, NOW)  # what is imported late may lie where nobody may look
        user = os.geteuid()
        yield raw
        os.seteuid(user)
        for path in raw.rglob("*"):
            path.chmod(0o755)


UNREADABLE = {
    "the-text": ("ding-2021/plan.txt", "ding-2021/plan.txt cannot be opened (Permission denied): make it readable"),
    "origin": ("ding-2021/origin.yml", "ding-2021/origin.yml cannot be opened (Permission denied): make it readable"),
    "the-folder": ("ding-2021", "cannot be opened (Permission denied): make it readable"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_has_no_right_to_be_read_is_told_as_that(nobody: Path, name: str, said: str) -> None:
    put(nobody / "ding-2021", OTHER.encode())
    (nobody / name).chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    status, reason = built(nobody)
    assert (status, said in reason) == ("refused", True), reason


def test_a_link_within_the_folder_of_plans_is_followed(raw: Path) -> None:
    folder = put(raw / "ding-2021", OTHER.encode())
    (folder / "plan.txt").rename(folder / "text-of-2021.txt")
    (folder / "plan.txt").symlink_to("text-of-2021.txt")
    assert built(raw) == ("ok", "")


@pytest.mark.parametrize("copy", [TEXT.encode(), TEXT.replace("\n", "\r\n").encode("gbk")])
def test_a_text_under_two_ids_is_built_with_a_warning(raw: Path, copy: bytes) -> None:
    put(raw / "ding-2021", copy)
    status, reason = built(raw)
    assert status == "ok"
    assert "ding-2021/plan.txt has the same text as bing-2021/plan.txt" in reason
    assert "replace one of the two with the right text, or remove its folder" in reason
    assert build_corpus(raw, PLACES, {}, NOW)["measures"].filter(plan_key="ding-2021").height == 2


def test_two_plans_under_one_id_are_told_apart(raw: Path) -> None:
    folder = put(raw / "ding-2021", OTHER.encode())
    (folder / "origin.yml").write_text(
        'plan_id: bing-2021\njurisdiction: {adcode: "340100"}\n', encoding="utf-8"
    )
    assert "plan_id is bing-2021, but the folder is ding-2021: make them the same" in built(raw)[1]


def test_a_file_that_changes_while_it_is_read_is_read_again_in_the_next_build(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = put(raw / "ding-2021", OTHER.encode()) / "plan.txt"
    real = accept_plan

    def slow(folder: Path, places: Mapping[str, KnownPlace]) -> ExtractedPlan:
        accepted = real(folder, places)
        if folder.name == "ding-2021":
            changed.write_text(OTHER.replace("500", "700"), encoding="utf-8")
        return accepted

    monkeypatch.setattr(reader, "accept_plan", slow)
    for value in (500, 700):
        tables = build_corpus(raw, PLACES, {}, NOW, tmp_path / "readings")
        assert tables["measures"].filter(plan_key="ding-2021")["value"].to_list() == [1.2e9, value]
