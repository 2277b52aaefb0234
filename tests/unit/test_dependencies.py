"""What the project is made of: every part is pinned with its hashes, and under a licence that goes with its own."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
LOCKS = sorted((PROJECT / "requirements").glob("*.txt"))
_PINNED = re.compile(
    r"^([A-Za-z0-9._-]+)==(\S+)((?:.*\\\n)(?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", re.MULTILINE
)
#: May be part of a program under Apache-2.0: permissive, or, as MPL and OFL, with duties for changes of their files.
ALLOWED = re.compile(
    r"MIT|MIT-0|MIT-CMU|0BSD|BSD(?:-[23]-Clause)?|Apache-2\.0|ISC|PSF-2\.0|Zlib|CC0-1\.0|MPL-2\.0|OFL-1\.1|Unlicense"
    r"|AFL-2\.1"
)
#: How packages write them that do not use SPDX.
WRITTEN = {
    "MIT License": "MIT", "BSD License": "BSD", "BSD 3-Clause": "BSD", "3-Clause BSD License": "BSD",
    "Apache Software License": "Apache-2.0", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0", "ISC License (ISCL)": "ISC",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1", "The Unlicense (Unlicense)": "Unlicense",
}  # fmt: skip
#: What their metadata do not say, or say in words of their own, with where it is said.
KNOWN = {
    "logistro": "MIT",  # the text of the licence stands in place of its name
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",  # and those of PDFium's own parts, all permissive: its LICENSES/
    "text-unidecode": "Artistic-1.0-Perl",  # or GPL, as one likes: its LICENSE
}
#: May be taken as it is, and is by choice: not copied, not changed.
BY_CHOICE = {"text-unidecode"}


def packages(lock: Path) -> list[str]:
    """Return the names of the packages of a lock."""
    return re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE)


def licence(package: str) -> str:
    """Return the licence of a package in terms of SPDX."""
    if package in KNOWN:
        return KNOWN[package]
    about = metadata(package)
    named = [
        name.rpartition(" :: ")[2]
        for name in about.get_all("Classifier", [])
        if name.startswith("License ::")
    ]
    written = about.get("License-Expression") or " OR ".join(WRITTEN.get(name, name) for name in named)
    written = written or (about.get("License") or "not stated").strip()
    return WRITTEN.get(written, written)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_of_a_lock_is_pinned_with_its_hashes(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert packages(lock)
    assert [match[1] for match in _PINNED.finditer(text)] == packages(lock)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_no_lock_names_an_address(lock: Path) -> None:
    assert not re.search(
        r"^[^#]*(?:https?|file|git)(?:\+\w+)?://", lock.read_text(encoding="utf-8"), re.MULTILINE
    )


def test_every_part_has_a_licence_that_goes_with_apache() -> None:
    found = {}
    for package in packages(PROJECT / "requirements" / "main.txt"):
        try:
            found[package] = licence(package)
        except PackageNotFoundError:
            continue  # of another system
    assert len(found) > 150
    others = {
        package: named
        for package, named in found.items()
        if package not in BY_CHOICE
        # One of those that it may be chosen from is enough; of those that hold together all must be.
        and not any(
            all(ALLOWED.fullmatch(each.strip(" ()")) for each in re.split(r" AND |, ", choice))
            for choice in named.split(" OR ")
        )
    }
    assert others == {}


def test_the_page_of_licences_is_that_of_the_lock() -> None:
    page = (PROJECT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| ([A-Za-z0-9._-]+) \| ([^|]+) \|$", page, re.MULTILINE))
    expected = {}
    for package in packages(PROJECT / "requirements" / "main.txt"):
        try:
            expected[package] = licence(package)
        except PackageNotFoundError:
            expected[package] = listed.get(package, "")
    listed.pop("package")
    assert listed == expected


if __name__ == "__main__":
    for each in dict.fromkeys(packages(PROJECT / "requirements" / "main.txt")):
        try:
            print(f"| {each} | {licence(each)} |")
        except PackageNotFoundError:
            print(f"| {each} | PSF-2.0 |" if each == "pywin32" else f"| {each} | BSD-3-Clause |")
