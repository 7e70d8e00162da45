"""What `compare` prints: the verdict, the scenarios, and the service of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from simulation.cli.equal_tables import staffing_notes, staffing_tables
from simulation.cli.layout import Cell, Column, Table
from simulation.cli.tables import NONE, Teller, coloured, show_tables, sign
from simulation.cli.terminal import put, put_prose, results
from simulation.comparison.document import NormResult, Result, ScenarioResult
from simulation.report import equal_claims, facts, words
from simulation.report.claims import cautions, heading, summary
from simulation.report.equal import as_shown
from simulation.report.precise import pairing, precision
from simulation.report.speech import enough, speak
from simulation.report.traced import plain


def show(result: Result, language: str) -> None:
    """Print a comparison: the verdict first, then the figures, then how to read them."""
    equal, result = result.equal_service is not None, as_shown(result)
    tell = Teller(language, equal=equal, alone=len(result.scenarios) == 1)
    console = results()
    put_prose(console, speak(heading(result), tell.reader, result), "bold")
    put(console, Text())
    for claim in (*summary(result), *cautions(result)):
        put_prose(console, speak(claim, tell.reader, result))
    for sentences in equal_claims.headline(result):
        put_prose(console, " ".join(speak(claim, tell.reader, result) for claim in sentences))
    if result.example:
        put_prose(console, tell("example"))
    put(console, Text())
    tables = [_scenarios(result, tell, console.width), *_service(result, tell)]
    show_tables(console, [*tables, *staffing_tables(result, tell)])
    for note in _notes(result, tell):
        put_prose(console, note)
    put(console, Text())


@dataclass(frozen=True)
class Layout:
    """Which columns the table of scenarios has."""

    waits: bool
    stacked: bool
    """Whether an interval stands below its mean, and not beside it."""


def _scenarios(result: Result, tell: Teller, width: int) -> Table:
    """Lay out scenarios with costs, waits and norms in the fullest way that the width allows."""
    layouts = [Layout(waits, stacked) for waits in (True, False) for stacked in (False, True)]
    if not facts.has_costs(result):
        layouts = [layout for layout in layouts if layout.waits]
    tables = [_laid_out(result, tell, layout) for layout in layouts]
    return next((table for table in tables if table.fits(width)), tables[-1])


def _laid_out(result: Result, tell: Teller, layout: Layout) -> Table:
    columns = [Column("", "badge"), Column(tell("scenario"), "name")]
    confidence = tell.reader.percent(result.confidence)
    for measure in _measures(result, layout):
        columns.append(Column(tell(measure)))
        columns += _difference_columns(tell(f"{measure}_difference"), confidence, layout, tell)
    if facts.has_norms(result):
        columns.append(Column(tell("all_norms_status"), "status"))
        columns += [] if layout.stacked else [Column(tell("norms_met"))]
    made = Table(columns)
    for scenario in result.scenarios:
        made.add(*_row(result, scenario, layout, tell))
    return made


def _measures(result: Result, layout: Layout) -> list[str]:
    costs = ["cost"] if facts.has_costs(result) else []
    return costs + (["wait"] if layout.waits else [])


def _difference_columns(
    heading: str, confidence: str, layout: Layout, tell: Teller
) -> list[Column]:
    interval = tell("interval", confidence=confidence)
    if layout.stacked:
        return [Column(f"{heading}\n{interval}")]
    return [Column(heading), Column(interval)]


def _row(result: Result, scenario: ScenarioResult, layout: Layout, tell: Teller) -> list[Cell]:
    mark = "" if scenario.same_demand else tell("elsewhere_mark")
    cells: list[Cell] = [scenario.letter + mark, words.scenario_name(tell.reader, scenario)]
    for measure in _measures(result, layout):
        cells += _figures(scenario, measure, layout, tell)
    return cells + (_norms(scenario, layout, tell) if facts.has_norms(result) else [])


def _norms(scenario: ScenarioResult, layout: Layout, tell: Teller) -> list[Cell]:
    """Give the status of all norms together, and how many of them are attained."""
    together = scenario.all_norms
    if together is None:
        return [NONE] if layout.stacked else [NONE, NONE]
    status = coloured(tell.status(together), together)
    count = tell.reader("x_of_y", n=facts.attained(scenario), of=len(facts.counting(scenario)))
    return [status.append(f"\n  {count}", "default")] if layout.stacked else [status, count]


def _figures(scenario: ScenarioResult, measure: str, layout: Layout, tell: Teller) -> list[Cell]:
    """Give a level, and its paired difference with the baseline."""
    if measure == "cost":
        level = tell.euros(scenario.measures.get(facts.STRUCTURAL))
        difference, interval = tell.euro_difference(facts.cost(scenario))
    else:
        level = tell.amount(scenario.measures.get(facts.WAIT))
        difference, interval = tell.difference(scenario.differences.get(facts.WAIT))
    if not layout.stacked:
        return [level, difference, interval]
    return [level, difference if interval == NONE else f"{difference}\n{interval}"]


def _service(result: Result, tell: Teller) -> Iterator[Table]:
    """Lay out norms against scenarios, and against today as rostered where that stands apart."""
    shown = facts.billed(result)
    names = list(dict.fromkeys(norm.name for each in shown for norm in each.norms))
    if not names:
        return
    letters = [Column(scenario.letter) for scenario in shown]
    made = Table([Column(tell("norm_and_share"), "name"), *letters])
    for name in names:
        cells = [_cell(scenario, name, tell) for scenario in shown]
        made.add(_norm_name(result, name, tell), *cells)
    yield made


def _norm_name(result: Result, name: str, tell: Teller) -> str:
    known = [(each, norm) for each in facts.billed(result) if (norm := _norm(each, name))]
    return tell.norm(*known[0])


def _norm(scenario: ScenarioResult, name: str) -> NormResult | None:
    return next((norm for norm in scenario.norms if norm.name == name), None)


def _cell(scenario: ScenarioResult, name: str, tell: Teller) -> Cell:
    norm = _norm(scenario, name)
    if norm is None or norm.path not in scenario.measures:
        return NONE
    share = tell.share(scenario.measures[norm.path], norm.target)
    return coloured(f"{sign(norm.attainment)} {share}", norm.attainment)


def _notes(result: Result, tell: Teller) -> Iterator[str]:
    if facts.has_norms(result):
        yield tell("legend", enough=enough(result, tell.reader))
        shown = [norm.attainment for each in facts.billed(result) for norm in each.norms]
        shown += [each.all_norms for each in result.scenarios if each.all_norms]
        if not all(attainment.decided for attainment in shown):
            yield tell("doubt")
    if facts.elsewhere(result):
        yield tell("elsewhere", mark=tell("elsewhere_mark"))
    yield from staffing_notes(result, tell)
    for said in (precision(result, tell.reader), pairing(result, tell.reader)):
        if said is not None:
            yield words.upper_first(plain(said)).rstrip(".") + "."
    for scenario in result.scenarios:
        if scenario.failures:
            failed = tell.reader.count("forest.failures", len(scenario.failures))
            yield f"{scenario.letter}: {failed}."
