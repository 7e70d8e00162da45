"""Every euro: quantity × rate = amount, line by line, with the paths of the values behind it."""

import math
from dataclasses import dataclass
from typing import Final

from simulation.comparison.document import CostLine, Result, ScenarioResult
from simulation.report import facts, numbers, words
from simulation.report.reader import Reader

MOST_LINES: Final = 700
"""Lines that fit on the page; the result document holds them all."""


@dataclass(frozen=True)
class Line:
    """One line of the bill."""

    name: str
    quantity: str
    rate: str
    amount: str
    kind: str
    sources: tuple[str, ...]
    path: str


@dataclass(frozen=True)
class Bill:
    """The bill of one scenario."""

    letter: str
    title: str
    lines: tuple[Line, ...]
    totals: tuple[tuple[str, str, str], ...]
    """Name, amount and path of each total."""


def bills(result: Result, reader: Reader) -> tuple[list[Bill], list[str]]:
    """Give the bills that fit, the explained scenario first, and the letters of the others."""
    focus, today = facts.focus(result), facts.baseline(result)
    first = [today, *([focus] if focus else [])]
    rest = [s for s in result.scenarios if all(s is not one for one in first)]
    shown: list[Bill] = []
    left: list[str] = []
    room = MOST_LINES
    for scenario in [*first, *rest]:
        if not scenario.lines:
            continue
        room -= len(_charged(scenario))
        if room < 0 and len(shown) >= len(first):
            left.append(scenario.letter)
        else:
            shown.append(_bill(result, reader, scenario))
    return shown, left


def _bill(result: Result, reader: Reader, scenario: ScenarioResult) -> Bill:
    here = f"scenarios.{facts.place(result, scenario.letter)}.measures"
    return Bill(
        letter=scenario.letter,
        title=words.scenario_name(reader, scenario),
        lines=tuple(_line(reader, scenario, line, here) for line in _charged(scenario)),
        totals=tuple(_totals(reader, scenario, here)),
    )


def _charged(scenario: ScenarioResult) -> list[CostLine]:
    """Give the lines that are not 0 in every replication."""
    nothing = {
        path.removeprefix("costs.lines.")
        for path, amount in scenario.measures.items()
        if path.startswith("costs.lines.") and amount.mean == amount.p5 == amount.p95 == 0
    }
    return [line for line in scenario.lines if line.name not in nothing]


def _line(reader: Reader, scenario: ScenarioResult, line: CostLine, here: str) -> Line:
    amount = scenario.measures.get(f"costs.lines.{line.name}")
    quantity = scenario.measures.get(f"costs.quantities.{line.name}")
    kind = "once" if not line.structural else "avoidable" if line.avoidable else "fixed"
    unit = reader(f"per.{line.unit}")
    return Line(
        name=words.line_name(reader, scenario, line),
        quantity=f"{_quantity(reader, quantity.mean, line.rate)} {unit}" if quantity else "–",
        rate=_rate(reader, line.rate),
        amount=numbers.euros(amount.mean, reader.language) if amount else "–",
        kind=reader(f"bill.{kind}") + (f", {reader(f'bill.vat.{line.vat}')}" if line.vat else ""),
        sources=line.sources,
        path=f"{here}.costs.lines.{line.name}" if amount else "",
    )


def _rate(reader: Reader, rate: float) -> str:
    """Write a rate with as many decimals as it has, two at least unless it is whole."""
    digits = next((d for d in (0, 2, 3, 4) if math.isclose(round(rate, d), rate)), 5)
    return numbers.euros(rate, reader.language, digits)


def _quantity(reader: Reader, quantity: float, rate: float) -> str:
    """Write a quantity so precisely that quantity × rate gives the amount to about a euro."""
    needed = 0 if quantity == int(quantity) else max(0, math.ceil(math.log10(max(rate, 1.0))))
    return reader.number(quantity, min(needed, 5))


def _totals(reader: Reader, scenario: ScenarioResult, here: str) -> list[tuple[str, str, str]]:
    names = ("structural", "once", "full", "total")
    return [
        (
            reader(f"bill.total.{name}"),
            numbers.euros(estimate.mean, reader.language),
            f"{here}.costs.{name}",
        )
        for name in names
        if (estimate := scenario.measures.get(f"costs.{name}"))
    ]
