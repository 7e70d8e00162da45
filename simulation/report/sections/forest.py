"""The scenario table: a forest plot in rows, with the status of every norm."""

from dataclasses import dataclass
from typing import Final

from simulation.comparison.document import Attainment, Estimate, NormResult, Result, ScenarioResult
from simulation.report import claims, facts, words
from simulation.report.reader import Reader, half_width
from simulation.report.speech import speak

WIDTH: Final = 130.0
"""Width of a row's drawing."""

MOST_COLUMNS: Final = 4
"""Norms that get a column of their own; more of them share a cell."""

ICONS: Final = {"attained": "✓", "missed": "✗", "unclear": "≈"}


@dataclass(frozen=True)
class NormCell:
    """One norm of one scenario."""

    name: str
    status: str
    icon: str
    word: str
    share: str
    runs: str
    path: str


@dataclass(frozen=True)
class Mark:
    """Where the drawing of a difference lies, from 0 to `WIDTH`."""

    low: float
    mean: float
    high: float
    zero: float
    way: str


@dataclass(frozen=True)
class Row:
    """One scenario."""

    letter: str
    title: str
    why: str
    tag: str
    amount: str
    interval: str
    mark: Mark | None
    path: str
    norms: tuple[NormCell | None, ...]
    together: NormCell | None
    failures: str


@dataclass(frozen=True)
class Forest:
    """The table."""

    title: str
    columns: tuple[tuple[str, str], ...]
    """Name and rule of each norm that counts; empty when there are too many for columns."""

    rows: tuple[Row, ...]
    priced: bool
    together: bool


def forest(result: Result, reader: Reader) -> Forest:
    """Give the table of the scenarios to which the same people come, cheapest first."""
    scenarios = [facts.baseline(result), *facts.comparable(result)]
    scenarios.sort(key=lambda s: difference.mean if (difference := facts.cost(s)) else 0.0)
    title = speak(claims.forest_title(result), reader, result)
    return _table(result, reader, scenarios, title)


def circumstances(result: Result, reader: Reader) -> Forest | None:
    """Give the table of scenarios with other circumstances; None if there are none."""
    scenarios = facts.elsewhere(result)
    return _table(result, reader, scenarios, "") if scenarios else None


def _table(result: Result, reader: Reader, scenarios: list[ScenarioResult], title: str) -> Forest:
    norms = _norms(scenarios)
    columns = [words.norm_column(reader, *where) for where in norms.values()]
    ends = _ends([e for s in scenarios if (e := facts.cost(s))])
    return Forest(
        title=title,
        columns=tuple(columns) if len(columns) <= MOST_COLUMNS else (),
        rows=tuple(_row(result, reader, s, list(norms), ends) for s in scenarios),
        priced=facts.has_costs(result),
        together=bool(columns),
    )


def _norms(scenarios: list[ScenarioResult]) -> dict[str, tuple[ScenarioResult, NormResult]]:
    found: dict[str, tuple[ScenarioResult, NormResult]] = {}
    for scenario in scenarios:
        for norm in facts.counting(scenario):
            found.setdefault(norm.name, (scenario, norm))
    return found


def _ends(differences: list[Estimate]) -> tuple[float, float]:
    lows = [e.mean if e.low is None else e.low for e in differences]
    highs = [e.mean if e.high is None else e.high for e in differences]
    low, high = min([0.0, *lows]), max([0.0, *highs])
    return (low, high) if high > low else (-1.0, 1.0)


def _row(
    result: Result,
    reader: Reader,
    scenario: ScenarioResult,
    names: list[str],
    ends: tuple[float, float],
) -> Row:
    here = f"scenarios.{facts.place(result, scenario.letter)}"
    today = scenario is facts.baseline(result)
    cost = facts.cost(scenario)
    own = {norm.name: (place, norm) for place, norm in enumerate(scenario.norms)}
    cells = [
        _norm_cell(reader, scenario, own[name][1], f"{here}.norms.{own[name][0]}")
        if name in own
        else None
        for name in names
    ]
    return Row(
        letter=scenario.letter,
        title=words.clip(reader.text(scenario.title), 120),
        why=words.clip(reader.text(scenario.why), 240),
        tag=_tag(result, reader, scenario),
        amount=_amount(reader, cost),
        interval=reader("reference") if today else reader.interval(cost) if cost else "",
        mark=_mark(cost, ends, today=today),
        path=f"{here}.differences.{facts.STRUCTURAL}" if cost else here,
        norms=tuple(cells),
        together=_together(reader, scenario, here),
        failures=_failures(reader, scenario),
    )


def _amount(reader: Reader, cost: Estimate | None) -> str:
    return reader.signed_euros(cost.mean, half_width(cost)) if cost else reader.signed_euros(0.0)


def _tag(result: Result, reader: Reader, scenario: ScenarioResult) -> str:
    """Mark the scenario of the verdict."""
    verdict = result.verdict
    if verdict.kind != "cheapest_attaining" or facts.too_few(result):
        return ""
    return reader("forest.tag") if scenario.letter == verdict.scenario else ""


def _mark(cost: Estimate | None, ends: tuple[float, float], *, today: bool) -> Mark | None:
    low, high = ends

    def x(value: float) -> float:
        return round(8 + (WIDTH - 16) * (value - low) / (high - low), 1)

    if today:
        return Mark(x(0), x(0), x(0), x(0), "today")
    if cost is None:
        return None
    start = cost.mean if cost.low is None else cost.low
    end = cost.mean if cost.high is None else cost.high
    way = facts.direction(cost) or "no_clear_difference"
    return Mark(x(start), x(cost.mean), x(end), x(0), way)


def _norm_cell(reader: Reader, scenario: ScenarioResult, norm: NormResult, path: str) -> NormCell:
    share = scenario.measures.get(norm.path)
    return _cell(
        reader,
        norm.attainment,
        name=words.norm_name(reader, scenario, norm),
        share=reader.beside(share.mean, norm.target) if share else "–",
        path=path,
    )


def _together(reader: Reader, scenario: ScenarioResult, here: str) -> NormCell | None:
    if scenario.all_norms is None:
        return None
    name = reader("forest.together")
    return _cell(reader, scenario.all_norms, name=name, share="", path=f"{here}.all_norms")


def _cell(reader: Reader, attainment: Attainment, *, name: str, share: str, path: str) -> NormCell:
    runs = reader("runs", k=attainment.attained, n=attainment.of)
    return NormCell(
        name=name,
        status=attainment.status,
        icon=ICONS[attainment.status],
        word=reader(f"status.{attainment.status}"),
        share=share,
        runs=runs if attainment.decided else reader("runs.undecided", runs=runs),
        path=path,
    )


def _failures(reader: Reader, scenario: ScenarioResult) -> str:
    if not scenario.failures:
        return ""
    return reader.count("forest.failures", len(scenario.failures))
