"""Tables in a terminal: figures stay whole, names give way.

A column of figures never wraps; a column of names wraps at spaces. Where even that does not
fit, the table is wider than the terminal rather than cut.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from simulation.comparison.document import Attainment, Estimate, NormResult, ScenarioResult
from simulation.report import words
from simulation.report.reader import Reader, half_width

SIGNS: Final = {"attained": "✓", "missed": "✗", "unclear": "≈"}
COLOURS: Final = {"attained": "green", "missed": "red", "unclear": "yellow"}
NONE: Final = "–"
"""Stands where a measure does not exist."""


@cache
def catalogue(language: str) -> dict[str, str]:
    """Read the texts of tables in a language."""
    text = files("simulation.cli").joinpath(f"texts/{language}.json").read_text(encoding="utf-8")
    texts: dict[str, str] = json.loads(text)
    return texts


class Teller:
    """Writes headings, figures and statuses for a table in one language."""

    def __init__(self, language: str) -> None:
        self.reader = Reader(language)
        self._texts = catalogue(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Give a text of the tables."""
        return self._texts[key].format(**values)

    def euros(self, estimate: Estimate | None) -> str:
        """Write a mean amount to the precision of its interval."""
        if estimate is None:
            return NONE
        sign = "\N{MINUS SIGN}" if estimate.mean < 0 else ""
        return sign + self.reader.euros(estimate.mean, half_width(estimate))

    def euro_difference(self, estimate: Estimate | None) -> str:
        """Write a difference in euros, with its interval below it."""
        if estimate is None:
            return NONE
        mean = self.reader.signed_euros(estimate.mean, half_width(estimate))
        return f"{mean}\n{self.reader.interval(estimate)}" if _has_interval(estimate) else mean

    def amount(self, estimate: Estimate | None) -> str:
        """Write a mean of 0 or more to the precision of its interval."""
        return NONE if estimate is None else self.reader.amount(estimate.mean, half_width(estimate))

    def difference(self, estimate: Estimate | None) -> str:
        """Write a difference, with its interval below it."""
        if estimate is None:
            return NONE
        half = half_width(estimate)
        mean = self.reader.signed(estimate.mean, half)
        if estimate.low is None or estimate.high is None:
            return mean
        low, high = (self.reader.signed(end, half) for end in (estimate.low, estimate.high))
        return f"{mean}\n{self.reader('interval', low=low, high=high)}"

    def share(self, estimate: Estimate | None, limit: float | None = None) -> str:
        """Write a mean share, with decimals if it takes them to show its side of a limit."""
        if estimate is None:
            return NONE
        if limit is None:
            return self.reader.percent(estimate.mean, 0)
        return self.reader.beside(estimate.mean, limit)

    def seconds(self, estimate: Estimate | None) -> str:
        """Write a mean length of time."""
        return NONE if estimate is None else words.seconds(self.reader, estimate.mean)

    def norm(self, scenario: ScenarioResult, norm: NormResult) -> str:
        """Write what a norm is called and asks, and whether it stands beside the others."""
        name = words.norm_name(self.reader, scenario, norm)
        if norm.title is None:
            name += f": {words.norm_rule(self.reader, norm)}"
        else:
            target = self.reader.percent(
                norm.target, 0 if round(100 * norm.target, 6) % 1 == 0 else 1
            )
            name += f", {self.reader('service.norm', target=target)}"
        return name if norm.counts else f"{name} ({self('beside')})"

    def status(self, attainment: Attainment | None) -> str:
        """Write a status as sign and word; a question mark says that it is not certain yet."""
        if attainment is None:
            return NONE
        doubt = "" if attainment.decided else "?"
        return f"{SIGNS[attainment.status]} {self(attainment.status)}{doubt}"


def _has_interval(estimate: Estimate) -> bool:
    return estimate.low is not None and estimate.high is not None


def table(names: Sequence[str], figures: Sequence[str]) -> Table:
    """Make an empty table with columns of names, then columns of figures."""
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for place, name in enumerate(names):
        made.add_column(name, no_wrap=place < len(names) - 1, overflow="fold", vertical="top")
    for figure in figures:
        made.add_column(figure, no_wrap=True, justify="right", vertical="top")
    return made


def coloured(text: str, attainment: Attainment | None) -> "object":
    """Colour a status; sign and word say the same without it."""
    return Text(text, COLOURS[attainment.status]) if attainment else Text(text)


def show_tables(console: Console, tables: Iterable[Table]) -> None:
    """Print tables, each followed by an empty line."""
    for each in tables:
        needed = console.measure(each).minimum
        console.print(each, width=max(console.width, needed), crop=False, no_wrap=True)
        console.print()
