"""The scenario table: a forest plot in rows, with the status of every norm."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from simulation.comparison.document import Attainment, Estimate, NormResult, Result, ScenarioResult
from simulation.report import claims, estimates, facts, words
from simulation.report.chart import NONE, ends
from simulation.report.reader import Reader
from simulation.report.speech import mark, title
from simulation.report.traced import Traced

WIDTH: Final = 130.0
"""Width of a row's drawing."""

MOST_COLUMNS: Final = 4
"""Norms that get a column of their own; more of them share a cell."""

ROOM: Final = 120
LONGEST_WHY: Final = 400
"""Characters of a title in a row, and of the reason for a scenario."""

ICONS: Final = {"attained": "✓", "missed": "✗", "unclear": "≈"}


@dataclass(frozen=True)
class NormCell:
    """One norm of one scenario."""

    name: str
    status: str
    icon: str
    word: str
    share: str
    runs: Markup


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
    remark: str
    """What it comes down to, computed."""

    why: str
    tag: str
    amount: str
    interval: str
    once: str
    """Difference of the one-off costs with today."""

    mark: Mark | None
    norms: tuple[NormCell | None, ...]
    together: NormCell | None
    failures: str


@dataclass(frozen=True)
class Forest:
    """The table."""

    title: Markup
    columns: tuple[tuple[str, str], ...]
    """Name and rule of each norm that counts; empty when there are too many for columns."""

    rows: tuple[Row, ...]
    priced: bool
    once: bool
    """Whether any scenario has one-off costs."""

    together: bool


def forest(result: Result, reader: Reader) -> Forest:
    """Give the table of the scenarios to which the same people come, cheapest first."""
    scenarios = [facts.baseline(result), *facts.comparable(result)]
    scenarios.sort(key=lambda s: difference.mean if (difference := facts.cost(s)) else 0.0)
    heading = mark(claims.forest_title(result), reader, result)
    return _table(result, reader, scenarios, heading)


def circumstances(result: Result, reader: Reader) -> Forest | None:
    """Give the table of scenarios with other circumstances; None if there are none."""
    scenarios = facts.elsewhere(result)
    return _table(result, reader, scenarios, Markup()) if scenarios else None


def _table(
    result: Result, reader: Reader, scenarios: list[ScenarioResult], heading: Markup
) -> Forest:
    norms = _norms(scenarios)
    columns = [words.norm_column(reader, *where) for where in norms.values()]
    limits = _ends([e for s in result.scenarios if (e := facts.cost(s))])
    return Forest(
        title=heading,
        columns=tuple(columns) if len(columns) <= MOST_COLUMNS else (),
        rows=tuple(_row(result, reader, s, list(norms), limits) for s in scenarios),
        priced=facts.has_costs(result),
        once=any(s.measures[facts.ONCE].mean for s in scenarios if facts.ONCE in s.measures),
        together=bool(columns),
    )


def _norms(scenarios: list[ScenarioResult]) -> dict[str, tuple[ScenarioResult, NormResult]]:
    found: dict[str, tuple[ScenarioResult, NormResult]] = {}
    for scenario in scenarios:
        for norm in facts.counting(scenario):
            found.setdefault(norm.name, (scenario, norm))
    return found


def _ends(differences: list[Estimate]) -> tuple[float, float]:
    found = [0.0, *(end for difference in differences for end in ends(difference))]
    return (min(found), max(found)) if max(found) > min(found) else (-1.0, 1.0)


def _row(
    result: Result,
    reader: Reader,
    scenario: ScenarioResult,
    names: list[str],
    limits: tuple[float, float],
) -> Row:
    today = scenario is facts.baseline(result)
    cost = facts.cost(scenario)
    own = {norm.name: place for place, norm in enumerate(scenario.norms)}
    cells = [
        _norm_cell(result, reader, scenario, own[name]) if name in own else None for name in names
    ]
    return Row(
        letter=scenario.letter,
        title=title(reader, result, scenario.letter, ROOM),
        remark=""
        if today
        else " ".join(mark(c, reader, result) for c in claims.remark(result, scenario)),
        why=words.clip(reader.text(scenario.why), LONGEST_WHY),
        tag=_tag(result, reader, scenario),
        amount=_amount(result, reader, scenario, cost),
        interval=_interval(result, reader, scenario, cost),
        once=_once(result, reader, scenario),
        mark=_mark(cost, limits, today=today),
        norms=tuple(cells),
        together=_together(result, reader, scenario),
        failures=_failures(reader, scenario),
    )


def _amount(result: Result, reader: Reader, scenario: ScenarioResult, cost: Estimate | None) -> str:
    if cost is None:
        return reader.signed_euros(0.0)
    path = facts.at(result, scenario, "differences", facts.STRUCTURAL)
    return estimates.signed_euros(reader, cost, path, reader.total(scenario.letter))


def _interval(
    result: Result, reader: Reader, scenario: ScenarioResult, cost: Estimate | None
) -> str:
    if scenario is facts.baseline(result):
        return reader("reference")
    path = facts.at(result, scenario, "differences", facts.STRUCTURAL)
    return estimates.euro_interval(reader, cost, path) if cost else ""


def _once(result: Result, reader: Reader, scenario: ScenarioResult) -> str:
    found = facts.once(result, scenario)
    if scenario is facts.baseline(result) or found is None:
        return reader.signed_euros(0.0)
    amount = facts.mean_difference(result, scenario, facts.ONCE)
    opens = reader.total(scenario.letter, "once")
    return Traced(reader.signed_euros(amount), f"{found[1]}.mean", opens=opens)


def _tag(result: Result, reader: Reader, scenario: ScenarioResult) -> str:
    """Mark the scenario of the verdict."""
    verdict = result.verdict
    if verdict.kind != "cheapest_attaining" or facts.too_few(result):
        return ""
    return reader("forest.tag") if scenario.letter == verdict.scenario else ""


def _mark(cost: Estimate | None, limits: tuple[float, float], *, today: bool) -> Mark | None:
    low, high = limits

    def x(value: float) -> float:
        return round(8 + (WIDTH - 16) * (value - low) / (high - low), 1)

    if today:
        return Mark(x(0), x(0), x(0), x(0), "today")
    if cost is None:
        return None
    start, end = ends(cost)
    way = facts.direction(cost) or "no_clear_difference"
    return Mark(x(start), x(cost.mean), x(end), x(0), way)


def _norm_cell(result: Result, reader: Reader, scenario: ScenarioResult, place: int) -> NormCell:
    norm = scenario.norms[place]
    share = scenario.measures.get(norm.path)
    path = facts.at(result, scenario, "measures", norm.path)
    return _cell(
        reader,
        norm.attainment,
        name=words.norm_name(reader, scenario, norm),
        share=estimates.share(reader, share, path, norm.target) if share else NONE,
        path=facts.at(result, scenario, "norms", str(place), "attainment"),
    )


def _together(result: Result, reader: Reader, scenario: ScenarioResult) -> NormCell | None:
    if scenario.all_norms is None:
        return None
    path = facts.at(result, scenario, "all_norms")
    return _cell(reader, scenario.all_norms, name=reader("forest.together"), share="", path=path)


def _cell(reader: Reader, attainment: Attainment, *, name: str, share: str, path: str) -> NormCell:
    return NormCell(
        name=name,
        status=attainment.status,
        icon=ICONS[attainment.status],
        word=reader(f"status.{attainment.status}"),
        share=share,
        runs=reader.mark(
            "runs" if attainment.decided else "runs.undecided",
            k=estimates.count(reader, attainment.attained, f"{path}.attained"),
            n=estimates.count(reader, attainment.of, f"{path}.of"),
        ),
    )


def _failures(reader: Reader, scenario: ScenarioResult) -> str:
    if not scenario.failures:
        return ""
    return reader.count("forest.failures", len(scenario.failures))
