"""What `verify` prints: a table for each part, then how many figures were judged and how."""

from dataclasses import asdict
from typing import Any

from rich.text import Text

from simulation.cli.layout import Column, Table
from simulation.cli.terminal import put, put_prose, results
from simulation.verification.case import Family
from simulation.verification.judgement import FAMILY_ERROR, Line
from simulation.verification.pack import Report

_STYLES = {"agrees": "green", "differs": "red", "too wide": "yellow"}
_SIGNS = {"agrees": "✓", "differs": "✗", "too wide": "≈"}


def show(report: Report) -> None:
    """Print a report."""
    console = results()
    for family, lines in report.families:
        put_prose(console, family.title, "bold")
        put_prose(console, f"Source: {family.source}.")
        put(console, Text())
        for line in _table(lines).lines(console.width):
            put(console, line)
        put(console, Text())
    for sentence in closing(report):
        put_prose(console, sentence)


def _table(lines: list[Line]) -> Table:
    made = Table(
        [
            Column("Queue and figure", "name"),
            Column("Exact"),
            Column("Engine", "status"),
            Column("Simulated"),
            Column("±"),
            Column("Verdict", "status"),
        ]
    )
    before = ""
    for line in lines:
        name = f"{line.queue}: {line.figure}"
        exact, simulated, half = map(figure, (line.exact, line.simulated, line.half_width))
        verdict = Text(f"{_SIGNS[line.verdict]} {line.verdict}", _STYLES[line.verdict])
        made.add(name if name != before else "", exact, line.engine, simulated, half, verdict)
        before = name
    return made


def figure(value: float) -> str:
    """Write a figure to five decimals."""
    return f"{value:.5f}"


def closing(report: Report) -> list[str]:
    """Say how it was judged, and the outcome."""
    judged, failures = report.judged, report.failures
    return [
        f"{judged} figures were judged together, each by an interval of "
        f"{1 - FAMILY_ERROR / judged:.4%}: a correct simulator fails anywhere in at most "
        f"{FAMILY_ERROR:.0%} of all runs. Seed {report.seed}.",
        f"{judged - failures} of {judged} agree." if failures else f"All {judged} agree.",
    ]


def as_data(report: Report) -> dict[str, Any]:
    """Give a report as plain data, with figures to nine digits."""
    return {
        "seed": report.seed,
        "family_error": FAMILY_ERROR,
        "judged": report.judged,
        "failures": report.failures,
        "parts": [_part(family, lines) for family, lines in report.families],
    }


def _part(family: Family, lines: list[Line]) -> dict[str, Any]:
    return {
        "name": family.name,
        "title": family.title,
        "source": family.source,
        "lines": [_rounded(asdict(line)) for line in lines],
    }


def _rounded(data: dict[str, Any]) -> dict[str, Any]:
    """Round figures so far that no last bit of a processor can be seen."""
    return {
        key: float(f"{value:.9g}") if isinstance(value, float) else value
        for key, value in data.items()
    }
