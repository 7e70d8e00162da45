"""What tables say: headings, figures to the precision of their interval, statuses."""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from rich.console import Console
from rich.text import Text

from simulation.cli.layout import Table
from simulation.cli.terminal import put
from simulation.comparison.document import Attainment, Estimate, NormResult, ScenarioResult
from simulation.report import words
from simulation.report.reader import Reader, half_width

SIGNS: Final = {"attained": "✓", "missed": "✗", "unclear": "≈"}
COLOURS: Final = {"attained": "green", "missed": "red", "unclear": "yellow"}
NONE: Final = "–"
"""Stands where a measure does not exist."""


@cache
def catalogue(language: str, *, equal: bool = False) -> dict[str, str]:
    """Read the texts of tables in a language; ``equal`` with those that differ at equal service."""
    texts = _read(language)
    return {**texts, **_read(f"{language}.equal")} if equal else texts


def _read(name: str) -> dict[str, str]:
    text = files("simulation.cli").joinpath(f"texts/{name}.json").read_text(encoding="utf-8")
    texts: dict[str, str] = json.loads(text)
    return texts


class Teller:
    """Writes headings, figures and statuses for a table in one language."""

    def __init__(self, language: str, *, equal: bool = False, alone: bool = False) -> None:
        self.reader = Reader(language, equal=equal, alone=alone)
        self._texts = catalogue(language, equal=equal)

    def __call__(self, key: str, /, **values: object) -> str:
        """Give a text of the tables."""
        return self._texts[key].format(**values)

    def euros(self, estimate: Estimate | None) -> str:
        """Write a mean amount in whole euros, cents below 100; the heading has the unit.

        Not to its own interval: that is wider than the one of a paired difference, and levels have
        to subtract to the difference beside them.
        """
        if estimate is None:
            return NONE
        sign = "\N{MINUS SIGN}" if estimate.mean < 0 else ""
        return sign + _bare(self.reader.euros(estimate.mean))

    def people(self, fte: float, *, signed: bool = False) -> str:
        """Write a number of full-time equivalents, or a difference between two."""
        return self.reader.signed(fte) if signed else self.reader.number(fte, 1)

    def euro_difference(self, estimate: Estimate | None) -> tuple[str, str]:
        """Write a difference in euros, and its interval; the heading has the unit."""
        if estimate is None:
            return NONE, NONE
        mean = _bare(self.reader.signed_euros(estimate.mean, half_width(estimate)))
        return mean, _bare(self.reader.interval(estimate)) if _has_interval(estimate) else NONE

    def amount(self, estimate: Estimate | None) -> str:
        """Write a mean of 0 or more to the precision of its interval."""
        if estimate is None:
            return NONE
        return self.reader.amount(estimate.mean, half_width(estimate)) if estimate.mean else "0"

    def difference(self, estimate: Estimate | None) -> tuple[str, str]:
        """Write a difference, and its interval."""
        if estimate is None:
            return NONE, NONE
        half = half_width(estimate)
        mean = self.reader.signed(estimate.mean, half)
        if estimate.low is None or estimate.high is None:
            return mean, NONE
        low, high = (self.reader.signed(end, half) for end in (estimate.low, estimate.high))
        return mean, self.reader("interval", low=low, high=high)

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
        return NONE if attainment is None else f"{sign(attainment)} {self(attainment.status)}"


def sign(attainment: Attainment) -> str:
    """Give the sign of a status, with a question mark if it is not certain yet."""
    return SIGNS[attainment.status] + ("" if attainment.decided else "?")


def coloured(text: str, attainment: Attainment | None) -> Text:
    """Colour a status; sign and word say the same without it."""
    return Text(text, COLOURS[attainment.status] if attainment else "")


def show_tables(console: Console, tables: Iterable[Table]) -> None:
    """Print tables, each followed by an empty line."""
    for table in tables:
        for line in table.lines(console.width):
            put(console, line)
        put(console, Text())


def _bare(amount: str) -> str:
    """Leave out the sign for euros, which the heading has."""
    return amount.replace("€\N{NO-BREAK SPACE}", "").replace("€", "")


def _has_interval(estimate: Estimate) -> bool:
    return estimate.low is not None and estimate.high is not None
