"""What `compare` prints: the verdict, the scenarios, and the service of each."""

from collections.abc import Iterator
from typing import Final

from rich.console import Console
from rich.table import Table

from simulation.cli.tables import NONE, SIGNS, Teller, coloured, show_tables, table
from simulation.cli.terminal import results
from simulation.comparison.document import NormResult, Result, ScenarioResult
from simulation.report import facts
from simulation.report.claims import cautions, heading, summary
from simulation.report.speech import speak

WIDE: Final = 100
"""Columns from which waiting times stand beside the costs."""

_STATUS_WIDTH: Final = 9
_NAME_WIDTH: Final = 26
"""Room for ``✓ 100%`` with its margin, and for the names of norms."""


def show(result: Result, language: str) -> None:
    """Print a comparison."""
    tell, console = Teller(language), results()
    for claim in (heading(result), *summary(result), *cautions(result)):
        console.print(speak(claim, tell.reader, result), style="bold" if _first(claim) else None)
    console.print()
    show_tables(console, [_scenarios(result, tell, console.width)])
    show_tables(console, _service(result, tell, console))
    for note in _notes(result, tell):
        console.print(note)
    console.print()


def _first(claim: object) -> bool:
    return str(getattr(claim, "key", "")).startswith("verdict")


def _scenarios(result: Result, tell: Teller, width: int) -> Table:
    """Lay out scenarios with costs, waiting times and norms, each with paired differences."""
    costs, norms = facts.has_costs(result), facts.has_norms(result)
    waits = width >= WIDE or not costs
    confidence = tell.reader.percent(result.confidence)
    figures = [tell("cost"), tell("cost_difference", confidence=confidence)] if costs else []
    figures += [tell("wait"), tell("wait_difference")] if waits else []
    figures += [tell("norms")] if norms else []
    made = table(["", tell("scenario")], figures)
    for scenario in result.scenarios:
        mark = "" if scenario.same_demand else "*"
        row: list[object] = [scenario.letter + mark, tell.reader.text(scenario.title)]
        if costs:
            row.append(tell.euros(scenario.measures.get(facts.STRUCTURAL)))
            row.append(tell.euro_difference(facts.cost(scenario)))
        if waits:
            row.append(tell.amount(scenario.measures.get(facts.WAIT)))
            row.append(tell.difference(scenario.differences.get(facts.WAIT)))
        if norms:
            row.append(coloured(_norms(scenario, tell), scenario.all_norms))
        made.add_row(*row, end_section=True)  # type: ignore[arg-type]
    return made


def _norms(scenario: ScenarioResult, tell: Teller) -> str:
    if scenario.all_norms is None:
        return NONE
    counting = facts.counting(scenario)
    met = tell("norms_met", n=facts.attained(scenario), of=len(counting))
    return f"{tell.status(scenario.all_norms)}\n{met}"


def _service(result: Result, tell: Teller, console: Console) -> Iterator[Table]:
    """Lay out norms against scenarios, in as many tables as the width asks for."""
    names = list(dict.fromkeys(norm.name for each in result.scenarios for norm in each.norms))
    if not names:
        return
    fit = max(1, (console.width - _NAME_WIDTH) // _STATUS_WIDTH)
    for start in range(0, len(result.scenarios), fit):
        shown = result.scenarios[start : start + fit]
        made = table([tell("norm")], [scenario.letter for scenario in shown])
        for name in names:
            cells = [_cell(scenario, name, tell) for scenario in shown]
            made.add_row(_norm_name(result, name, tell), *cells)  # type: ignore[arg-type]
        yield made


def _norm_name(result: Result, name: str, tell: Teller) -> str:
    known = [(each, norm) for each in result.scenarios if (norm := _norm(each, name))]
    return tell.norm(*known[0])


def _norm(scenario: ScenarioResult, name: str) -> NormResult | None:
    return next((norm for norm in scenario.norms if norm.name == name), None)


def _cell(scenario: ScenarioResult, name: str, tell: Teller) -> object:
    norm = _norm(scenario, name)
    if norm is None or norm.path not in scenario.measures:
        return NONE
    share = tell.share(scenario.measures[norm.path], norm.target)
    return coloured(f"{SIGNS[norm.attainment.status]} {share}", norm.attainment)


def _notes(result: Result, tell: Teller) -> Iterator[str]:
    if facts.has_norms(result):
        yield tell("legend")
        yield tell("shares")
    if facts.elsewhere(result):
        yield tell("elsewhere")
    if facts.too_few(result):
        yield tell("too_few", n=facts.ENOUGH)
    if result.example:
        yield tell("example")
