"""Commands that ask a release, or one text: nothing is built."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from dagster_project.cli.statements import Format, say_frame, say_statements
from dagster_project.cli.terminal import (
    DataDir,
    Lang,
    TextFile,
    current_release,
    fail,
    folder_of,
    new_table,
    say,
    show,
    word,
)
from dagster_project.release.manifest import ReleaseError
from dagster_project.release.store import describe_release, find_release, is_readable, releases

if TYPE_CHECKING:
    import polars as pl

    from dagster_project.api import Release
    from dagster_project.folder import DataFolder
    from dagster_project.records import Reading


def diff(
    old: Annotated[
        str | None,
        typer.Argument(help="Release id, or its beginning.", show_default="the one before the last"),
    ] = None,
    new: Annotated[
        str | None, typer.Argument(help="Release id, or its beginning.", show_default="the last")
    ] = None,
    data_dir: DataDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")] = False,
) -> None:
    """Show what changed between two releases: plans, measures field by field, verdicts, and rows of tables."""
    from dagster_project.api import Release
    from dagster_project.api.diff import lines

    folder = folder_of(data_dir)
    marts = folder.marts
    try:
        after = find_release(marts, new or current_release(folder).folder.name)
        others = [path for path in releases(marts) if path != after and is_readable(path)]
        if not old and not others:
            _say_first(after, as_json=as_json)
            return
        before = find_release(marts, old) if old else others[0]
    except ReleaseError as error:
        fail(str(error))
    left, right = Release(before), Release(after)
    found = right.diff(left)
    if as_json:
        content = {"old": before.name, "new": after.name} | asdict(found)
        say(json.dumps(content, ensure_ascii=False, default=str))
        return
    say(f"{describe_release(before)} → {describe_release(after)}")
    if left.manifest.get("program") != right.manifest.get("program"):
        say("The program is not the same: rules, models or seeds may have changed, too.")
    for line in lines(found):
        say(line)


def _say_first(release: Path, *, as_json: bool) -> None:
    """Say that there is no other release yet: that is no failure."""
    if as_json:
        say(json.dumps({"old": None, "new": release.name, "changes": [], "moved": {}, "rows": {}}))
    else:
        say(
            f"Only one release is kept, {describe_release(release)}: there is nothing to compare it with yet."
        )


def accuracy(
    plan: Annotated[
        str | None, typer.Option(help="Only of this plan, or of the plans of this place.", show_default="all")
    ] = None,
    lang: Lang = "zh",
    data_dir: DataDir = None,
) -> None:
    """Show how well the published rows agree with the reference readings, and every row that does not."""
    from dagster_project.api import UnknownNameError

    folder = folder_of(data_dir)
    release = current_release(folder)
    shares = release.table("audit_accuracy")
    try:
        chosen = release.plan_keys(plan) if plan else shares["plan_key"].unique().to_list()
    except UnknownNameError as error:
        fail(str(error))
    shares = shares.filter(shares["plan_key"].is_in(chosen))
    plans = sorted(set(shares["plan_key"]))
    cells = {(row["plan_key"], row["field"]): row for row in shares.iter_rows(named=True)}
    shown = new_table("field", lang=lang)
    for key in plans:
        shown.add_column(key, no_wrap=True)
    for field in dict.fromkeys(shares["field"]):
        found = [cells[plan, field] for plan in plans]
        shown.add_row(
            field,
            *(
                f"{c['right']}/{c['assessed']}" if c["assessed"] else word("not assessed", lang)
                for c in found
            ),
        )
    show(shown)
    from dagster_project.quality.differences import differing_measures, differing_provisions

    reference = _reference(folder)
    for difference in (
        *differing_measures(release.table("fct_measure"), reference["measures"]),
        *differing_provisions(release.table("fct_provision"), reference["provisions"]),
    ):
        if difference.plan_key not in chosen:
            continue
        fields = "; ".join(
            f"{name}: {ours} (reference: {theirs})" for name, (ours, theirs) in difference.fields.items()
        )
        say(f"{difference.plan_key} {difference.kind}: {difference.sentence}\n    {fields}")


def _reference(folder: DataFolder) -> dict[str, pl.DataFrame]:
    from dagster_project.corpus.files import read_table

    try:
        return {
            name: read_table(folder.extracted, f"reference_{name}") for name in ("measures", "provisions")
        }
    except FileNotFoundError:
        fail(f"The reference readings are no longer in {folder.extracted}: run `ip-plans build --force`.")


def explain(
    what: Annotated[
        str,
        typer.Argument(metavar="MEASURE_KEY|PLAN:OFFSET", help="As in hefei-2020@1079.1 or hefei-2020:1079."),
    ],
    lang: Lang = "zh",
    data_dir: DataDir = None,
) -> None:
    """Show where a number stands and how each of its fields was decided, by which rule and which words."""
    release = current_release(folder_of(data_dir))
    numerals, measures = release.table("audit_numeral"), release.table("fct_measure")
    plan, _, offset = what.rpartition(":")
    if plan and offset.isdecimal():
        numerals, measures = (
            table.filter(
                (table["plan_key"] == plan)
                & (table["char_start"] <= int(offset))
                & (int(offset) < table["char_end"])
            )
            for table in (numerals, measures)
        )
        for row in numerals.iter_rows(named=True):
            say(f"{row['text']}: {row['disposition']}" + (f" ({row['reason']})" if row["reason"] else ""))
            if measures.is_empty():
                say(f"    {row['sentence_zh']}")
    else:
        numerals, measures = numerals.clear(), measures.filter(measures["measure_key"] == what)
    if measures.is_empty() and numerals.is_empty():
        fail(
            f"There is no measure or number {what}: give a measure_key of fct_measure, or the plan and the offset of "
            "one of its numbers, as hefei-2020:1079. `ip-plans show hefei-2020` lists those of a plan"
        )
    statements = release.table("rpt_statement")
    for row in measures.iter_rows(named=True):
        said = statements.filter(statements["measure_key"] == row["measure_key"]).row(0, named=True)
        _explain_measure(row | said, release.evidence(row["measure_key"])["sentence_zh"][0], lang)


# What makes a commitment strong, each with the column that tells by what it was found.
_STRENGTH = {
    "payer": "payer_words_zh",
    "office_zh": "office_from",
    "binding": "binding_words_zh",
    "consequence": "",
    "origin": "origin_words_zh",
    "novelty": "novelty_words_zh",
    "strength": "",
}


def _explain_measure(row: dict[str, Any], sentence: str, lang: str) -> None:
    """Print a measure, its sentence with the value marked, and what decided each field."""
    say(f"\n{row['measure_key']}  {row['indicator_text_zh']}")
    say(f"    {row['heading_path_zh']}")
    say(f"    {sentence}")
    shown = new_table("field", "value", "decided by", lang=lang)
    for field, why in json.loads(row["decided_by"]).items():
        value = {"period": row["period_text"], "indicator": row["indicator_text_zh"]}.get(
            field, row.get(field)
        )
        shown.add_row(field, "" if value is None else str(value), why)
    for field in ("value", "restates_measure_key", "governs_measure_key", "theme_key", "indicator_key"):
        if row[field] is not None:
            shown.add_row(field, str(row[field]), "")
    for field, why in _STRENGTH.items():
        if row.get(field) is not None:  # a release made before the column has none
            shown.add_row(field, str(row[field]), str(row.get(why) or ""))
    show(shown)


def export(
    out: Annotated[Path, typer.Option(help="The file to write; for png and svg, the folder.")],
    theme: Annotated[
        list[str] | None,
        typer.Option(help="A theme, as talent; can be given more than once.", show_default="all"),
    ] = None,
    lang: Lang = "zh",
    fmt: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="html, pdf, docx, xlsx, csv, json, png or svg.",
            show_default="that of the suffix of --out",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is at --out.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Write a part of the published release: some themes, in one language and one format."""
    from dagster_project.briefing import ExportError
    from dagster_project.briefing import export as write_export

    folder = folder_of(data_dir)
    release = current_release(folder)
    folder.prepare()
    os.environ.update(folder.environment())
    try:
        notes = write_export(
            release.tables(),
            release.id,
            out.absolute(),
            fmt=fmt,
            lang=lang,
            themes=[release.theme_key(name) for name in theme or ()],
            force=force,
        )
    except (ExportError, ValueError) as error:
        fail(str(error))
    for note in notes:
        say(f"! {note}")
    say(str(out))


def compare(
    what: Annotated[
        str,
        typer.Argument(
            metavar="THEME|INDICATOR|OBJECT|PLAN",
            help="A key, a name or a part of one: pledge, 质押融资, talent.patent_agents, 发明专利; or a plan.",
        ),
    ],
    other: Annotated[
        str | None, typer.Argument(metavar="PLAN", help="A second plan: all that the two have in common.")
    ] = None,
    lang: Lang = "zh",
    fmt: Format = "text",
    pairs: Annotated[bool, typer.Option(help="Also compare every two plans with each other.")] = True,
    award: Annotated[bool, typer.Option("--award", help="Who pays what for an object: 发明专利.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Show what the plans say on a theme, an indicator or an object, whether it may be compared, and the arithmetic.

    Of two plans: what may be compared, what is related, and what one says of the other that stands over it.
    """
    from dagster_project.api import UnknownNameError

    release = current_release(folder_of(data_dir))
    try:
        if fmt != "text":
            found = (
                release.between(what, other)
                if other
                else release.awards(what)
                if award
                else release.overview(what, lang=lang)
            )
            say_frame(found, fmt, lang)
        elif other:
            _compare_plans(release, what, other, lang)
        elif award:
            _compare_awards(release, what, lang)
        else:
            _compare_statements(release, what, lang, pairs=pairs)
    except UnknownNameError as error:
        fail(str(error))


def _compare_statements(release: Release, what: str, lang: Literal["zh", "en"], *, pairs: bool) -> None:
    """Print what the plans say, indicator by indicator, with every two of them, and who says nothing."""
    rows, matches, silent = release.overview(what, lang=lang), release.pairs(what), release.silent(what)
    more, provinces = _changes(release.compare(what))
    province = word("province", lang)
    rows = rows.with_columns(
        plan_key=rows["plan_key"].replace({key: f"{key} ({province})" for key in provinces})
    )
    indicators = release.table("dim_indicator")
    for indicator in indicators.filter(
        indicators["indicator_key"].is_in(rows["indicator_key"].to_list())
    ).iter_rows(named=True):
        key = indicator["indicator_key"]
        say(f"\n{indicator[f'name_{lang}']} [{key}], {indicator[f'axis_unit_{lang}']}")
        say(f"    {indicator[f'definition_{lang}']}")
        say_statements(rows.filter(rows["indicator_key"] == key), lang, more=more)
        if pairs:
            for pair in matches.filter(matches["indicator_key"] == key).iter_rows(named=True):
                say(_pair_line(release, pair, lang))
    if pairs:
        _say_related(release, release.related(what), lang)
    if rows.is_empty():
        say(word("No plan states a number for it.", lang))
    for row in silent.iter_rows(named=True):
        say(f"{row['plan_key']}: {row[f'theme_{lang}']}, {row[f'status_{lang}']}")


def _changes(rows: pl.DataFrame) -> tuple[dict[str, list[str]], set[str]]:
    """Return the change from its baseline of each measure that has one, and the plans of provinces."""
    more = {
        row["measure_key"]: [row["change_formula"]]
        for row in rows.iter_rows(named=True)
        if row["change_formula"]
    }
    return more, set(rows.filter("is_province")["plan_key"])


def _compare_plans(release: Release, plan: str, other: str, lang: str) -> None:
    """Print what two plans have in common, and how one keeps to the other where that stands over it."""
    found = release.between(plan, other)
    plan, other = release.plan_key(plan), release.plan_key(other)
    above = {(child, parent): release.cascade(child) for child, parent in ((plan, other), (other, plan))}
    names = _names(release, "dim_indicator", "indicator_key", lang)
    for pair in found.filter(found["comparability"] != "related").iter_rows(named=True):
        say(f"\n{names[pair['indicator_key']]} [{pair['indicator_key']}]")
        say(_two_sides(_said(release), pair))
        say(_pair_line(release, pair, lang))
    if found.is_empty():
        say(word("The two have nothing in common that is said with a number.", lang))
    _say_related(release, found, lang)
    for (_, parent), rows in above.items():
        _say_cascade(release, rows.filter(rows["parent_plan_key"] == parent), lang)


def _say_related(release: Release, pairs: pl.DataFrame, lang: str) -> None:
    """Print those of the pairs that are of one family, family by family."""
    related = pairs.filter(pairs["comparability"] == "related")
    if related.is_empty():
        return
    said = _said(release)
    for (reason,), rows in related.group_by(f"reason_{lang}", maintain_order=True):
        say(f"\n{_names(release, 'dim_code', 'code', lang, 'relation')['related']}: {reason}")
        for pair in rows.iter_rows(named=True):
            say(_two_sides(said, pair))


def _say_cascade(release: Release, rows: pl.DataFrame, lang: str) -> None:
    """Print the commitments of a plan that stands over another beside what that says of them."""
    if rows.is_empty():
        return
    words = {
        name: _names(release, "dim_code", "code", lang, name)
        for name in ("link", "value_relation", "time_relation", "scope")
    }
    indicators = _names(release, "dim_indicator", "indicator_key", lang)
    first = rows.row(0, named=True)
    say(f"\n{first['parent_plan_key']} → {first['plan_key']}: {words['link'][first['link']]}")
    shown = new_table("indicator", "above", "below", "value", "year", "per million", "note", lang=lang)
    for row in rows.iter_rows(named=True):
        shown.add_row(
            indicators[row["indicator_key"]],
            _stated(row["parent_comparator"], row["parent_value_text"]),
            _stated(row["child_comparator"], row["child_value_text"]) if row["child_measure_key"] else "–",
            words["value_relation"][row["value_relation"]],
            words["time_relation"].get(row["time_relation"], ""),
            words["value_relation"].get(row["per_million_relation"], ""),
            row[f"reason_{lang}"] or "",
        )
    show(shown)


def _said(release: Release) -> dict[str, dict[str, Any]]:
    """Return the measures by key."""
    return {row["measure_key"]: row for row in release.table("fct_measure").iter_rows(named=True)}


def _names(
    release: Release, table: str, key: str, lang: str, vocabulary: str | None = None
) -> dict[str, str]:
    """Return the names of a table by key; of the codes those of one vocabulary."""
    rows = release.table(table)
    if vocabulary:
        rows = rows.filter(vocabulary=vocabulary)
    return dict(rows.select(key, f"name_{lang}").iter_rows())


def _stated(comparator: str, value_text: str) -> str:
    """Return a value as the plan has it, with its bound."""
    from dagster_project.api.overview import SIGNS

    return f"{SIGNS[comparator]}{value_text}"


def _two_sides(said: dict[str, dict[str, Any]], pair: dict[str, Any]) -> str:
    """Return what the two plans of a pair say, each with its key."""
    sides = [said[pair[f"{side}_measure_key"]] for side in ("left", "right")]
    return "    " + " × ".join(
        f"{row['indicator_text_zh']} {_stated(row['comparator'], row['value_text'])} [{row['measure_key']}]"
        for row in sides
    )


def _compare_awards(release: Release, what: str, lang: str) -> None:
    """Print the awards for an object, what is paid for the same under one name."""
    awards = release.awards(what)
    per = {
        row["code"]: row[f"name_{lang}"]
        for row in release.table("dim_code").filter(vocabulary="per").to_dicts()
    }
    for (key,), rows in awards.group_by("indicator_key", maintain_order=True):
        name = rows[f"indicator_name_{lang}"][0]
        count = rows["plans_on_axis"][0]
        plans = f"{count}个规划" if lang == "zh" else f"{count} plan{'s' if count != 1 else ''}"
        say(f"\n{name} [{key}], {plans}" if name else f"\n[{key}]")
        shown = new_table("plan", "award", "per", "cap", "recipient", "for", "measure", lang=lang)
        for row in rows.iter_rows(named=True):
            shown.add_row(
                row["plan_key"],
                _stated(row["comparator"], row["value_text"]),
                per.get(row["per"], ""),
                row["cap_value_text"] or "",
                row["recipient_zh"] or "",
                row["indicator_text_zh"],
                row["measure_key"],
            )
        show(shown)
    if awards.is_empty():
        say(word("No plan pays for it.", lang))


def facets(
    what: Annotated[
        str,
        typer.Argument(
            metavar="MEASURE_KEY|FILE",
            help="As in hefei-2020@1079.1; or a text, .docx, .html, .pdf, .xlsx or .csv, which is not added.",
        ),
    ],
    lang: Lang = "zh",
    fmt: Format = "text",
    data_dir: DataDir = None,
) -> None:
    """Show what a measure is the number of: its facets, the words that told them, and the indicator that follows.

    Of a FILE: the same of each of its measures, and what is missing.
    """
    if Path(what).is_file():
        _facets_of_file(Path(what), lang, fmt)
        return
    from dagster_project.api import UnknownNameError

    release = current_release(folder_of(data_dir))
    try:
        found = release.facets(what)
    except UnknownNameError as error:
        fail(f"{error}, or a file")
    if fmt != "text":
        say_frame(found, fmt, lang)
        return
    [measure] = release.table("rpt_statement").filter(measure_key=what).to_dicts()
    say(f"{what}  {measure['indicator_text_zh']}: {measure['value_text']}")
    shown = new_table("facet", "code", "name", "words", "found in", lang=lang)
    for row in found.iter_rows(named=True):
        words = [row[name] or "" for name in ("words_zh", "found_in")]
        shown.add_row(word(row["facet"], lang), row["facet_key"], row[f"name_{lang}"], *words)
    show(shown)
    say(f"{measure[f'indicator_name_{lang}']} [{measure['indicator_key']}]")
    say(f"{measure['comparability']}: {measure[f'reason_{lang}']}")


def _facets_of_file(file: Path, lang: str, fmt: str) -> None:
    """Print the measures of a file that is no plan, taken apart, and how many are whole."""
    from dagster_project.corpus.origin import PlanRefusedError
    from dagster_project.warehouse.dbt_project import DbtProjectError
    from dagster_project.warehouse.trial import FACETS, facets_of_text

    try:
        found = facets_of_text(file)
    except (PlanRefusedError, DbtProjectError) as error:
        fail(str(error))
    if fmt != "text":
        say_frame(found, fmt, lang)
        return
    for row in found.iter_rows(named=True):
        say(f"\n{row['char_start']}  {row['indicator_text_zh']}: {row['value_text']} ({row['kind']})")
        for facet in FACETS:
            if name := row[f"{facet}_{lang}"]:
                words = row[f"{facet}_words_zh"]
                say(
                    f"    {word(facet, lang):<9}{name} [{row[f'{facet}_key']}]"
                    + (f"  {words}" if words else "")
                )
        missing = row[f"missing_{lang}"]
        say(f"    ! {missing}" if missing else f"    → {row[f'indicator_{lang}']} [{row['indicator_key']}]")
    whole = found.height - found["missing_en"].count()
    counted = word("measures", lang), word("of them with all that an indicator needs", lang)
    say(f"\n{found.height} {counted[0]}, {whole} {counted[1]}")


def _pair_line(release: Release, pair: dict[str, Any], lang: str) -> str:
    verdicts = _names(release, "dim_code", "code", lang, "comparability")
    caution = pair[f"cautions_{lang}"]
    return (
        f"    {pair['left_plan_key']} × {pair['right_plan_key']}: {verdicts[pair['comparability']]}"
        + (f", {pair['formula']}" if pair["formula"] else "")
        + f". {pair[f'reason_{lang}']}"
        + (f" ({caution})" if caution else "")
    )


def outline(file: TextFile) -> None:
    """Show how a text is divided: headings, provisions, annexes, and what the web page added."""
    from dagster_project.reading import outline_lines

    for line in outline_lines(_read(file)):
        say(line)


def extract(file: TextFile) -> None:
    """Print the measures of any text, one JSON object a line; nothing is built."""
    from dagster_project.corpus.rows import extraction_rows
    from dagster_project.extraction import extract as extract_measures

    reading = _read(file)
    rows = extraction_rows(file.stem, reading, extract_measures(reading), "")
    for row in rows["measures"]:
        say(json.dumps(row, ensure_ascii=False))


def _read(file: Path) -> Reading:
    from dagster_project.reading import ReadingError, decode, read

    try:
        return read(decode(file.read_bytes())[0])
    except ReadingError as error:
        fail(f"{file}: {error}")


def rules(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FOLDER...",
            help="More texts to try the rules on: <plan>/plan.txt or *.txt, with readings by hand beside them.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    field: Annotated[
        str | None, typer.Option(help="Only the rules of one table, as kind.", show_default="all")
    ] = None,
    without: Annotated[
        bool, typer.Option("--without/--counts-only", help="Also leave each rule out in turn (slow).")
    ] = True,
    data_dir: DataDir = None,
) -> None:
    """Show every rule: how often it decides, how often rightly, and how many rows change where it is left out.

    On the plans of the data folder, on the composed texts of the project and on each folder that is given.
    """
    from dagster_project.folder import PROJECT
    from dagster_project.quality.reach import reach, tables, texts_of

    groups = {
        "plans": folder_of(data_dir).raw,
        "composed": PROJECT / "tests" / "composed",
        "themes": PROJECT / "tests" / "dbt" / "composed",
        **{path.name: path for path in folders or ()},
    }
    if field is not None and field not in tables():
        fail(f"There are no rules for {field}: there are rules for {', '.join(tables())}")
    texts = [text for group, folder in groups.items() for text in texts_of(group, folder)]
    present = [group for group in groups if any(text.group == group for text in texts)]
    shown = new_table("decides", "rule", *present, "texts", "right", "wrong", "changed without", "source")
    for row in reach(texts, field, without=without):
        numbers = (*(row.decided[group] for group in present), row.texts, row.right, row.wrong, row.changed)
        cells = ("–" if number is None else str(number) for number in numbers)
        shown.add_row(row.table, row.rule, *cells, row.source or "")
    show(shown)
