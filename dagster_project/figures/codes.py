"""The words of the codes that tables hold: names and definitions of kinds, verdicts, statuses and the like. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from dagster_project.figures.words import LANGUAGES, Lang, Names

CODE_TABLES: Mapping[str, tuple[str, ...]] = {
    "dim_code": (
        "vocabulary", "code", "code_order", "name_zh", "name_en", "definition_zh", "definition_en",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """What a code is called, and what it means."""

    name: Names
    definition: Names


class Codes:
    """The vocabularies of ``dim_code``; a code that is not known yet is called by itself."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        """Read them from marts with the columns of `CODE_TABLES`."""
        self._vocabularies: dict[str, dict[str, Code]] = defaultdict(dict)
        for row in tables["dim_code"].sort("vocabulary", "code_order").iter_rows(named=True):
            texts = (
                {lang: row[f"{column}_{lang}"] for lang in LANGUAGES} for column in ("name", "definition")
            )
            self._vocabularies[row["vocabulary"]][row["code"]] = Code(*texts)

    def of(self, vocabulary: str) -> Mapping[str, Code]:
        """Return the codes of a vocabulary in their order."""
        return self._vocabularies[vocabulary]

    def ordered(self, vocabulary: str, found: Iterable[str]) -> list[str]:
        """Return codes in the order of their vocabulary, each once; those that are not known yet come last."""
        order = list(self._vocabularies[vocabulary])
        return sorted(set(found), key=lambda code: (order.index(code) if code in order else len(order), code))

    def names(self, vocabulary: str, code: str) -> Names:
        """Return what a code is called in each language."""
        known = self._vocabularies[vocabulary].get(code)
        return known.name if known else dict.fromkeys(LANGUAGES, code)

    def name(self, vocabulary: str, code: str, lang: Lang) -> str:
        """Return what a code is called in a language."""
        return self.names(vocabulary, code)[lang]
