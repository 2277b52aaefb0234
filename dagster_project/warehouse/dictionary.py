"""The data dictionary: the published tables as dbt's YAML describes them, as one page (``make dictionary``)."""

from __future__ import annotations

from collections.abc import Mapping

from dagster_project.folder import PROJECT, DataFolder
from dagster_project.warehouse.dbt_project import Mart, ensure_manifest, load_marts

PAGE = PROJECT / "docs" / "data_dictionary.md"
_GROUPS = {
    "fct_": "Facts",
    "dim_": "Dimensions",
    "bridge_": "Bridges",
    "rpt_": "Reports",
    "audit_": "Audits",
}
_HEAD = """# Data dictionary

Generated from the descriptions in `dbt/models/` by `make dictionary`; change them there. Money is in yuan, shares and
growth in percent, offsets in code points of the file as decoded. Keys end in `_key`; `_zh` is Chinese, `_en` English.
"""


def render(marts: Mapping[str, Mart]) -> str:
    """Return the page (Markdown) of the published tables, by kind of table and name."""
    parts = [_HEAD]
    for prefix, group in _GROUPS.items():
        parts.append(f"\n## {group}\n")
        for name, mart in marts.items():
            if name.startswith(prefix):
                parts.append(_table(mart))
    return "".join(parts)


def _table(mart: Mart) -> str:
    lines = [
        f"| {column.name} | {column.type} | {column.unit or ''} | {column.label_zh} | {column.label_en} | "
        f"{_cell(column.description)} |"
        for column in mart.columns
    ]
    head = ["| column | type | unit | 中文 | English | meaning |", "|---|---|---|---|---|---|"]
    return f"\n### {mart.name}\n\n{_cell(mart.description)}\n\n" + "\n".join([*head, *lines]) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(render(load_marts(ensure_manifest(DataFolder.from_environment()))), encoding="utf-8")
