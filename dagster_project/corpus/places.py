"""Places of China by their administrative codes: the jurisdictions seed, and the place that a title names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple


class KnownPlace(NamedTuple):
    """A row of the jurisdictions seed."""

    name_zh: str
    name_en: str
    level: str
    province_zh: str
    population: int | None

    def is_called(self, name_zh: str) -> bool:
        """Tell whether a name is this place's, be it with its province before it or without its rank behind."""
        return name_zh.endswith(self.name_zh) or self.name_zh.startswith(name_zh)


class KnownPlaces(dict[str, KnownPlace]):
    """adcode -> place of a seed; another process is handed the path of the seed, and reads it itself.

    A process that dies before it has taken up more than a pipe holds (64 kB) would be waited for without end.
    """

    def __init__(self, seed: Path) -> None:
        with seed.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                population = int(row["population_2020"]) if row["population_2020"] else None
                self[row["adcode"]] = KnownPlace(
                    row["name_zh"], row["name_en"], row["level"], row["province_zh"], population
                )
        self._seed = seed

    def __reduce__(self) -> tuple[type[KnownPlaces], tuple[Path]]:
        """Say how another process makes it."""
        return KnownPlaces, (self._seed,)


def known_places(seed: Path) -> KnownPlaces:
    """Return adcode -> place of the jurisdictions seed (CSV with these columns, population as population_2020)."""
    return KnownPlaces(seed)


def contradicted(described: Mapping[str, str | int], known: KnownPlace) -> list[str]:
    """Return the fields of a description (level, province_zh, ...) for which a known place has another value."""
    return [name for name, value in described.items() if getattr(known, name) not in (None, "", value)]


def find_places(city: str, places: Mapping[str, KnownPlace]) -> dict[str, KnownPlace]:
    """Return adcode -> place of those of `places` that have this code, Chinese name, or English name in any case."""
    wanted = city.strip()
    return {
        code: place
        for code, place in places.items()
        if wanted in (code, place.name_zh) or wanted.lower() == place.name_en.lower()
    }


def place_at_head(words: str, places: Mapping[str, KnownPlace]) -> str | None:
    """Return the code of the place that a title or an office begins with: the last of province, city, county.

    Args:
        words: As 安徽省合肥市知识产权局, or 中共甲县委; in simplified script.
        places: adcode -> place. The digits of a code name province, city and county (GB/T 2260).

    Returns:
        The code, or None if no place stands there or several bear the name (朝阳区).
    """
    rest, above, found = re.sub(r"^(?:关于印发|中共|《)+", "", words), "", None
    for digits in (2, 4, 6):
        here = {
            code: place.name_zh
            for code, place in places.items()
            if code.startswith(above) and len(_stem(code)) == digits and rest.startswith(place.name_zh)
        }
        if not above:  # 城区 and 郊区 are also common nouns: alone they name no place.
            here = {code: name for code, name in here.items() if len(name) > 2 or not name.endswith("区")}
        if len(here) > 1:
            return None
        for code, name in here.items():
            rest, above, found = rest.removeprefix(name), _stem(code), code
    return found


def narrowest(found: Iterable[str | None]) -> str | None:
    """Return the code that lies within all others, as 合肥市 of a title in 安徽省 of its issuer; None if none does."""
    codes = [code for code in found if code]
    inner = max(codes, key=lambda code: len(_stem(code)), default=None)
    return inner if inner and all(inner.startswith(_stem(code)) for code in codes) else None


def _stem(code: str) -> str:
    """Return the digits of a code that say what lies within: 34 of 340000, 3401 of 340100."""
    return re.sub(r"(?:00)+$", "", code)
