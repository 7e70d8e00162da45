"""Every euro: quantity × rate = amount, line by line, with the values behind each rate."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simulation.comparison.document import CostLine, PlacedAssumption, Result, ScenarioResult
from simulation.report import facts, numbers, words
from simulation.report.chart import NONE
from simulation.report.reader import Reader
from simulation.report.traced import Traced

MOST_LINES: Final = 220
"""Lines that fit on the page; the result document holds them all."""


@dataclass(frozen=True)
class Source:
    """A value behind a rate."""

    name: str
    value: str
    path: str
    """Path in the scenario file."""

    grade: str
    row: str
    """Id of its row among the assumptions; empty if it is not stated as one."""


@dataclass(frozen=True)
class Line:
    """One line of the bill."""

    name: str
    quantity: str
    unit: str
    rate: str
    amount: str
    difference: str
    kind: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Group:
    """Lines that the waterfall shows as one bar."""

    place: str
    """Id on the page."""

    name: str
    structural: bool
    amount: str
    difference: str
    lines: tuple[Line, ...]


Total = tuple[str, str, str, str]
"""Id on the page, name, amount and difference."""


@dataclass(frozen=True)
class Bill:
    """The bill of one scenario."""

    letter: str
    place: str
    title: str
    compared: bool
    """Whether it has differences with today."""

    against: str
    """Head of the column of differences."""

    groups: tuple[Group, ...]
    totals: tuple[Total, ...]

    left: bool
    """Whether its lines are left out."""


Rows = Mapping[PlacedAssumption, str]
"""Id of the row of each assumption."""


def bills(result: Result, reader: Reader, rows: Rows) -> list[Bill]:
    """Give the bills in the order of the scenarios; of those that do not fit, only the groups."""
    room = MOST_LINES
    kept: list[str] = []
    focus, today = facts.focus(result), facts.baseline(result)
    first, shown = [today, *([focus] if focus else [])], facts.billed(result)
    for scenario in [*first, *(s for s in shown if all(s is not f for f in first))]:
        room -= len(charged(scenario))
        if room >= 0 or len(kept) < len(first):
            kept.append(scenario.letter)
    return [
        _bill(result, reader, scenario, rows, left=scenario.letter not in kept)
        for scenario in shown
        if scenario.lines
    ]


def _bill(
    result: Result, reader: Reader, scenario: ScenarioResult, rows: Rows, *, left: bool
) -> Bill:
    place = reader.place("bill", scenario.letter)
    groups: dict[str, list[CostLine]] = {}
    for line in charged(scenario):
        groups.setdefault(line.group, []).append(line)
    against = facts.against(result, scenario)
    gone = (line.group for line in (against or scenario).lines)
    for group in gone:
        groups.setdefault(group, [])
    return Bill(
        letter=scenario.letter,
        place=place,
        title=words.scenario_name(reader, scenario),
        compared=against is not None,
        against=reader("bill.difference" if scenario.differences else "bill.step"),
        groups=tuple(
            Group(
                place=f"{place}-{group}",
                name=words.upper_first(_group_name(result, reader, scenario, group)),
                structural=group != "once",
                amount=_level(result, reader, scenario, f"costs.groups.{group}"),
                difference=_difference(result, reader, scenario, f"costs.groups.{group}"),
                lines=() if left else tuple(_line(result, reader, scenario, x, rows) for x in own),
            )
            for group, own in groups.items()
        ),
        totals=tuple(_totals(result, reader, scenario)),
        left=left,
    )


def _group_name(result: Result, reader: Reader, scenario: ScenarioResult, group: str) -> str:
    own = any(line.group == group for line in scenario.lines)
    return words.group_name(reader, scenario if own else facts.baseline(result), group)


def charged(scenario: ScenarioResult) -> list[CostLine]:
    """Give the lines that are not 0 in every replication."""
    nothing = {
        path.removeprefix("costs.lines.")
        for path, amount in scenario.measures.items()
        if path.startswith("costs.lines.") and amount.mean == amount.p5 == amount.p95 == 0
    }
    return [line for line in scenario.lines if line.name not in nothing]


def _line(
    result: Result, reader: Reader, scenario: ScenarioResult, line: CostLine, rows: Rows
) -> Line:
    path = f"costs.quantities.{line.name}"
    quantity = scenario.measures.get(path)
    kind = "once" if not line.structural else "avoidable" if line.avoidable else "fixed"
    place = scenario.lines.index(line)
    return Line(
        name=words.line_name(reader, scenario, line),
        quantity=Traced(
            quantity_text(reader, quantity.mean, line.rate),
            facts.at(result, scenario, "measures", f"{path}.mean"),
        )
        if quantity
        else NONE,
        unit=reader(f"per.{line.unit}"),
        rate=Traced(
            rate_text(reader, line.rate), facts.at(result, scenario, "lines", str(place), "rate")
        ),
        amount=_level(result, reader, scenario, f"costs.lines.{line.name}"),
        difference=_difference(result, reader, scenario, f"costs.lines.{line.name}"),
        kind=reader(f"bill.{kind}") + (f", {reader(f'bill.vat.{line.vat}')}" if line.vat else ""),
        sources=tuple(source_of(result, reader, scenario, path, rows) for path in line.sources),
    )


def _level(result: Result, reader: Reader, scenario: ScenarioResult, path: str) -> str:
    amount = scenario.measures.get(path)
    if amount is None:
        return NONE
    where = facts.at(result, scenario, "measures", f"{path}.mean")
    return Traced(numbers.euros(amount.mean, reader.language), where)


def _difference(result: Result, reader: Reader, scenario: ScenarioResult, path: str) -> str:
    """Write the difference with today; a line that only one side has differs by its amount."""
    other = facts.against(result, scenario)
    if other is None or not (path in scenario.measures or path in other.measures):
        return NONE
    difference = facts.mean_difference(result, scenario, path)
    where = facts.difference_at(result, scenario, path)
    return Traced(numbers.signed_euros(difference, reader.language), where)


def source_of(
    result: Result, reader: Reader, scenario: ScenarioResult, path: str, rows: Rows
) -> Source:
    """Give the value behind a rate that stands at a path of a scenario."""
    name = words.word(reader, path.rpartition(".")[2])
    for place, assumption in enumerate(scenario.assumptions):
        if assumption.path == path:
            where = facts.at(result, scenario, "assumptions", str(place), "value")
            value = Traced(words.value(reader, assumption.value), where)
            return Source(name, value, path, assumption.grade or "", rows.get(assumption, ""))
    found = _value(scenario.scenario, path)
    if found is None:
        return Source(words.path_words(reader, scenario, path), "", path, "", "")
    where = facts.at(result, scenario, "scenario", path)
    return Source(name, Traced(words.value(reader, found), where), path, "", "")


def _value(node: object, path: str) -> float | int | str | None:
    """Give a value of a scenario; None when it is not a number or a text."""
    for key in path.split("."):
        node = node.get(key) if isinstance(node, dict) else None
    return node if isinstance(node, float | int | str) else None


def rate_text(reader: Reader, rate: float) -> str:
    """Write a rate with as many decimals as it has, two at least unless it is whole."""
    digits = next((d for d in (0, 2, 3, 4) if math.isclose(round(rate, d), rate)), 5)
    return numbers.euros(rate, reader.language, digits)


def quantity_text(reader: Reader, quantity: float, rate: float) -> str:
    """Write a quantity so precisely that quantity × rate gives the amount to about a euro."""
    needed = 0 if quantity == int(quantity) else max(0, math.ceil(math.log10(max(rate, 1.0))))
    return reader.number(quantity, min(needed, 5))


def _totals(result: Result, reader: Reader, scenario: ScenarioResult) -> list[Total]:
    return [
        (
            reader.total(scenario.letter, name),
            reader(f"bill.total.{name}"),
            _level(result, reader, scenario, f"costs.{name}"),
            _difference(result, reader, scenario, f"costs.{name}"),
        )
        for name in ("structural", "once", "full", "obligation")
        if any(f"costs.{name}" in side.measures for side in (scenario, facts.baseline(result)))
    ]
