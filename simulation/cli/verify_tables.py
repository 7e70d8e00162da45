"""What `verify` prints: a table for each part, then how many figures were judged and how."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.text import Text

from simulation.cli.layout import Column, Table
from simulation.cli.terminal import put, put_prose, results
from simulation.verification.judgement import FAMILY_ERROR, Line
from simulation.verification.report import Held, Report, Section

_STYLES = {"✓": "green", "✗": "red", "≈": "yellow"}
_SIGNS = {"agrees": "✓", "holds": "✓", "differs": "✗", "broken": "✗", "too wide": "≈"}

_MOST_SHOWN = 20
"""Places where something was broken that are told."""


def show(report: Report) -> None:
    """Print a report."""
    console = results()
    for section in report.sections:
        put_prose(console, section.title, "bold")
        put_prose(console, f"Source: {section.source}.")
        put(console, Text())
        for line in _table(section.lines).lines(console.width):
            put(console, line)
        put(console, Text())
    if report.identities:
        _show_held("What holds in every run of a random scenario", report.identities, "Identity")
    if report.engines:
        title = "The engines beside each other: the same attempts, to the microsecond"
        _show_held(title, report.engines, "What both played")
    for sentence in closing(report):
        put_prose(console, sentence)


def _show_held(title: str, held: Sequence[Held], heading: str) -> None:
    console = results()
    put_prose(console, title, "bold")
    put(console, Text())
    columns = [Column("Runs"), Column("Attempts"), Column("Verdict", "status")]
    made = Table([Column(heading, "name"), *columns])
    for each in held:
        verdict = "broken" if each.broken else "holds"
        made.add(each.says, f"{each.runs:,}", f"{each.attempts:,}", _shown(verdict))
    for line in made.lines(console.width):
        put(console, line)
    put(console, Text())
    for place in [place for each in held for place in each.broken][:_MOST_SHOWN]:
        put_prose(console, f"Broken in {place}.")
        put(console, Text())


def _table(lines: Sequence[Line]) -> Table:
    made = Table(
        [
            Column("Queue and figure", "name"),
            Column("Expected"),
            Column("Engine", "status"),
            Column("Simulated"),
            Column("±"),
            Column("Verdict", "status"),
        ]
    )
    before = ""
    for line in lines:
        name = f"{line.queue}: {line.figure}" if line.queue else line.figure
        exact, simulated, half = map(figure, (line.exact, line.simulated, line.half_width))
        made.add(
            name if name != before else "",
            exact,
            line.engine,
            simulated,
            half,
            _shown(line.verdict),
        )
        before = name
    return made


def figure(value: float) -> str:
    """Write a figure to five decimals, a large one to fewer."""
    whole = len(str(int(abs(value))))
    return f"{value:.{max(1, 6 - whole)}f}"


def _shown(verdict: str) -> Text:
    sign = _SIGNS[verdict]
    return Text(f"{sign} {verdict}", _STYLES[sign])


def closing(report: Report) -> Iterator[str]:
    """Say how it was judged, and the outcome."""
    judged, differing = report.judged, report.differing
    if judged:
        yield (
            f"{judged} figures were judged together, each by an interval of "
            f"{1 - FAMILY_ERROR / judged:.4%}: a correct simulator fails anywhere in at most "
            f"{FAMILY_ERROR:.0%} of all runs. Seed {report.seed}."
        )
        yield (
            f"{judged - differing} of {judged} figures agree."
            if differing
            else (f"All {judged} figures agree.")
        )
    held = report.identities + report.engines
    if held:
        kept = sum(not each.broken for each in held)
        yield f"{kept} of {len(held)} statements about every run hold."


def as_data(report: Report) -> dict[str, Any]:
    """Give a report as plain data, with figures to nine digits."""
    return {
        "seed": report.seed,
        "family_error": FAMILY_ERROR,
        "judged": report.judged,
        "failures": report.failures,
        "parts": [_part(section) for section in report.sections],
        "identities": [asdict(held) for held in report.identities],
        "engines": [asdict(held) for held in report.engines],
    }


def _part(section: Section) -> dict[str, Any]:
    return {
        "name": section.name,
        "title": section.title,
        "source": section.source,
        "lines": [_rounded(asdict(line)) for line in section.lines],
    }


def _rounded(data: dict[str, Any]) -> dict[str, Any]:
    """Round figures so far that no last bit of a processor can be seen."""
    return {
        key: float(f"{value:.9g}") if isinstance(value, float) else value
        for key, value in data.items()
    }
