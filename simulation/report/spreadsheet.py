"""The figures of the page for a spreadsheet: a row each, with plain numbers as in the result.

Dutch spreadsheets read a decimal comma and semicolons, English ones a decimal point and commas.
No text starts like a formula.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from simulation.comparison.document import Attainment, Estimate, Result, ScenarioResult
from simulation.report import facts, words
from simulation.report.reader import Reader
from simulation.report.sections.assumptions import Assumption
from simulation.report.sections.bill import Bill, charged

Cell = str | float | None
"""A text, a number, or nothing."""

Row = tuple[Cell, ...]
"""Table, scenario, what, value, ends of its interval or range, unit."""

COLUMNS: Final = ("table", "scenario", "what", "value", "low", "high", "unit")
TOTALS: Final = ("structural", "full", "once", "obligation")

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_SPECIAL: Final = re.compile(r'[;,"\t\r\n]')
"""Needs quotation marks: separators of every language, so that no other one splits a text."""

_SEPARATORS: Final = {"nl": (";", ","), "en": (",", ".")}


def spreadsheet(
    result: Result, reader: Reader, bills: list[Bill], assumptions: list[Assumption]
) -> str:
    """Write the figures of the scenarios, of the bills on the page, and of all assumptions."""
    rows: list[Row] = [tuple(reader(f"csv.{column}") for column in COLUMNS)]
    whole = {bill.letter for bill in bills if not bill.left}
    for scenario in facts.billed(result):
        rows += _scenario(reader, scenario)
    rows += _step(result, reader)
    for scenario in result.scenarios:
        rows += _bill(result, reader, scenario, lines=scenario.letter in whole)
    rows += _assumptions(reader, assumptions)
    return sheet(rows, reader.language)


def sheet(rows: Iterable[Sequence[Cell]], language: str) -> str:
    """Write rows as a spreadsheet of a language reads them."""
    separator, point = _SEPARATORS[language]
    return "".join(separator.join(_cell(cell, point) for cell in row) + "\r\n" for row in rows)


def no_formula(text: str) -> str:
    """Keep a spreadsheet from computing a text that looks like a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _cell(value: Cell, point: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = no_formula(value)
        return '"{}"'.format(text.replace('"', '""')) if _SPECIAL.search(text) else text
    return format(Decimal(repr(value)), "f").removesuffix(".0").replace(".", point)


def _name(reader: Reader, scenario: ScenarioResult) -> str:
    return f"{scenario.letter} {words.scenario_name(reader, scenario)}"


def _scenario(reader: Reader, scenario: ScenarioResult) -> Iterator[Row]:
    """Give the costs, the waits and the norms of a scenario."""
    start = (reader("nav.scenarios"), _name(reader, scenario))
    for name in TOTALS:
        yield from _euros(reader, start, scenario, f"costs.{name}", reader(f"bill.total.{name}"))
    for found, what in _both(reader, scenario, facts.WAIT, reader("csv.wait")):
        yield from _estimate(start, what, found, reader("per.hour"))
    for norm in scenario.norms:
        name, rule = words.norm_column(reader, scenario, norm)
        what = f"{name}: {rule}"
        yield from _estimate(start, what, scenario.measures.get(norm.path), reader("csv.share"))
        yield _attained(reader, start, what, norm.attainment)
    if scenario.all_norms is not None:
        yield _attained(reader, start, reader("csv.together"), scenario.all_norms)


def _step(result: Result, reader: Reader) -> Iterator[Row]:
    """Give what 0* differs from 0, and the people of every team, where scenarios were staffed."""
    equal = result.equal_service
    if equal is None:
        return
    start = (reader("nav.equal"), _name(reader, result.scenarios[0]))
    for name in TOTALS:
        what = f"{reader(f'bill.total.{name}')}, {reader('csv.step')}"
        yield from _estimate(start, what, equal.step.get(f"costs.{name}"), reader("csv.euros"))
    for scenario, staffing in zip(result.scenarios, equal.staffing, strict=True):
        start = (reader("nav.equal"), _name(reader, scenario))
        for unit in staffing.units:
            team = words.upper_first(words.part_name(reader, scenario, "teams", unit.unit))
            if scenario.letter == result.scenarios[0].letter:
                now = (reader("nav.equal"), _name(reader, equal.today))
                yield (*now, team, unit.rostered, None, None, reader("glossary.fte.term"))
            yield (*start, team, unit.sized, None, None, reader("glossary.fte.term"))


def _attained(reader: Reader, start: Row, what: str, many: Attainment) -> Row:
    unit = reader("csv.of", n=reader.number(many.of))
    return (*start, f"{what}, {reader('status.attained')}", many.attained, None, None, unit)


def _both(
    reader: Reader, scenario: ScenarioResult, path: str, what: str
) -> Iterator[tuple[Estimate | None, str]]:
    """Give a level, and its difference with today."""
    yield scenario.measures.get(path), what
    yield scenario.differences.get(path), f"{what}, {reader('csv.difference')}"


def _euros(
    reader: Reader, start: Row, scenario: ScenarioResult, path: str, what: str
) -> Iterator[Row]:
    for found, said in _both(reader, scenario, path, what):
        yield from _estimate(start, said, found, reader("csv.euros"))


def _estimate(start: Row, what: str, found: Estimate | None, unit: str) -> Iterator[Row]:
    if found is not None:
        yield (*start, what, found.mean, found.low, found.high, unit)


def _bill(
    result: Result, reader: Reader, scenario: ScenarioResult, *, lines: bool
) -> Iterator[Row]:
    """Give the groups of a bill; with ``lines`` also quantity, rate and amount of each line."""
    start = (reader("nav.bills"), _name(reader, scenario))
    own, today = charged(scenario), facts.baseline(result)
    owners = {line.group: today for line in today.lines} | {line.group: scenario for line in own}
    for group, owner in owners.items():
        what = words.upper_first(words.group_name(reader, owner, group))
        path = f"costs.groups.{group}"
        yield from _euros(reader, start, scenario, path, what)
        yield from _one_sided(result, reader, scenario, path, (*start, what))
    for line in own if lines else ():
        what, unit = words.line_name(reader, scenario, line), reader(f"per.{line.unit}")
        quantity = scenario.measures.get(f"costs.quantities.{line.name}")
        yield from _estimate(start, f"{what}, {reader('csv.quantity')}", quantity, unit)
        per = f"{reader('csv.euros')} / {unit}"
        yield (*start, f"{what}, {reader('csv.rate')}", line.rate, None, None, per)
        yield from _euros(reader, start, scenario, f"costs.lines.{line.name}", what)


def _one_sided(
    result: Result, reader: Reader, scenario: ScenarioResult, path: str, names: tuple[str, str, str]
) -> Iterator[Row]:
    """Give the difference of what only the scenario or only today pays: its whole amount."""
    if scenario is facts.baseline(result) or path in scenario.differences:
        return
    table, who, what = names
    amount = facts.mean_difference(result, scenario, path)
    against = f"{what}, {reader('csv.difference')}"
    yield (table, who, against, amount, None, None, reader("csv.euros"))


def _assumptions(reader: Reader, stated: list[Assumption]) -> Iterator[Row]:
    """Give the assumptions; a value that is a text is one here too."""
    for row in stated:
        told = (row.stated.value, row.stated.low, row.stated.high)
        values = [words.value(reader, cell) if isinstance(cell, str) else cell for cell in told]
        what = f"{row.words} ({row.path})"
        yield (reader("nav.assumptions"), " ".join(row.letters), what, *values, None)
