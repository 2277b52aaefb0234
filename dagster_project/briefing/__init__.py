"""Briefings: what the plans say, as a page, as PDF and as a Word file, each number with the sentence it stands in.

A briefing reads only marts. Its parts, in the order in which data flow: `evidence` (what stands behind each number),
`findings` (sentences computed from it), `page` (HTML) and `document` (the same on paper), which `printed` and `office`
turn into files. All but the last two, and the writers in `files` and `exports`, are pure.
"""

from dagster_project.briefing.evidence import Corpus, read_corpus
from dagster_project.briefing.exports import FORMATS, ExportError, export
from dagster_project.briefing.files import write_briefing
from dagster_project.briefing.findings import Finding, findings
from dagster_project.briefing.page import render_page
from dagster_project.figures.statements import Statement

__all__ = [
    "FORMATS",
    "Corpus",
    "ExportError",
    "Finding",
    "Statement",
    "export",
    "findings",
    "read_corpus",
    "render_page",
    "write_briefing",
]
