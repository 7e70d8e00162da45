"""First enough people, then compare: 0, 0* and the strategies, and their teams side by side."""

from dataclasses import dataclass

from markupsafe import Markup

from simulation.comparison.document import Result, ScenarioResult
from simulation.report import equal, equal_claims, estimates, facts, words
from simulation.report.chart import NONE
from simulation.report.claim import Claim
from simulation.report.reader import Reader, half_width
from simulation.report.speech import mark, title
from simulation.report.traced import Traced, together


@dataclass(frozen=True)
class Strategy:
    """What one strategy does itself: its difference with 0*."""

    letter: str
    title: Traced
    cost: str
    interval: str
    beyond: str
    """The same against information only, if it informs and does more; else empty."""

    beyond_interval: str
    people: str


@dataclass(frozen=True)
class Cell:
    """How many people a team has in a scenario, and how many more than in 0*."""

    many: str
    more: str


@dataclass(frozen=True)
class Team:
    """One team in all scenarios."""

    name: str
    kept: bool
    """Whether it keeps its roster: no norm is about it."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Equal:
    """The section."""

    text: Markup
    step: str
    """Difference in costs between 0* and 0; empty without costs."""

    step_interval: str
    step_text: Markup
    strategies: tuple[Strategy, ...]
    yardstick: str
    """Letter of the scenario that only informs; empty if there is none to compare with."""

    letters: tuple[str, ...]
    """Heads of the table of teams."""

    teams: tuple[Team, ...]
    total: Team
    notes: tuple[Markup, ...]


def section(result: Result, reader: Reader) -> Equal | None:
    """Give the section; None where scenarios are as rostered."""
    told = result.equal_service
    if told is None:
        return None

    def say(claims: list[Claim]) -> tuple[Markup, ...]:
        return tuple(mark(claim, reader, result) for claim in claims)

    kept = any(equal.keeps(result, name) for name in equal.teams(result))
    return Equal(
        text=mark(equal_claims.staffed(result), reader, result),
        step=_step(result, reader),
        step_text=together(*say(equal_claims.step(result))),
        step_interval=_step_interval(result, reader),
        strategies=tuple(_strategy(result, reader, each) for each in facts.comparable(result)),
        yardstick=next(
            (
                other.letter
                for each in facts.comparable(result)
                if (other := equal.yardstick(result, each))
            ),
            "",
        ),
        letters=(told.today.letter, *(each.letter for each in result.scenarios)),
        teams=tuple(_team(result, reader, name) for name in equal.teams(result)),
        total=_total(result, reader),
        notes=(
            *([reader.mark("equal.kept")] if kept else []),
            *say([*equal_claims.sized_like(result), *equal_claims.resolution(result)]),
        ),
    )


def _step(result: Result, reader: Reader) -> str:
    difference = equal.equal_service(result).step.get(facts.STRUCTURAL)
    if difference is None:
        return ""
    bill = reader.total(facts.baseline(result).letter)
    return estimates.signed_euros(reader, difference, equal.STEP, bill)


def _step_interval(result: Result, reader: Reader) -> str:
    difference = equal.equal_service(result).step.get(facts.STRUCTURAL)
    return estimates.euro_interval(reader, difference, equal.STEP) if difference else ""


def _strategy(result: Result, reader: Reader, scenario: ScenarioResult) -> Strategy:
    cost, path = facts.cost(scenario), facts.at(result, scenario, "differences", facts.STRUCTURAL)
    place = facts.place(result, scenario.letter)
    beyond, interval = _beyond(result, reader, scenario)
    return Strategy(
        letter=scenario.letter,
        title=title(reader, result, scenario.letter),
        cost=estimates.signed_euros(reader, cost, path, reader.total(scenario.letter))
        if cost
        else NONE,
        interval=estimates.euro_interval(reader, cost, path) if cost else "",
        beyond=beyond,
        beyond_interval=interval,
        people=_more(result, reader, place),
    )


def _beyond(result: Result, reader: Reader, scenario: ScenarioResult) -> tuple[str, str]:
    """Write the difference in costs with the scenario that only informs, and its interval."""
    other = equal.yardstick(result, scenario)
    difference = equal.beyond(result, scenario, other) if other else None
    if other is None or difference is None:
        return NONE, ""
    path = facts.at(result, scenario, "raw", facts.STRUCTURAL)
    how, half = f"less.{facts.place(result, other.letter)}", half_width(difference)

    def ends(end: float | None, name: str) -> Traced:
        return Traced(reader.signed_euros(end or 0.0, half), path, f"{how}.{name}")

    amount = Traced(reader.signed_euros(difference.mean, half), path, how)
    if half is None:
        return amount, reader("interval.none")
    low, high = ends(difference.low, "low"), ends(difference.high, "high")
    return amount, reader.mark("interval", low=low, high=high)


def _more(result: Result, reader: Reader, place: int) -> str:
    """Write how many more full-time equivalents a scenario has than 0*, and 0* than 0."""
    path = f"{equal.PATH}.staffing.{place}.units"
    return estimates.fte(reader, equal.more(result, place), path, "more", signed=True)


def _team(result: Result, reader: Reader, name: str) -> Team:
    first = equal.unit(result, 0, name)
    now = Cell(NONE, "")
    if first is not None:
        now = Cell(estimates.fte(reader, first.size.rostered, f"{first.path}.rostered"), "")
    cells = [_cell(result, reader, place, name) for place in range(len(result.scenarios))]
    owner = equal.owner(result, name)
    return Team(
        name=words.upper_first(words.part_name(reader, owner, "teams", name)),
        kept=equal.keeps(result, name),
        cells=(now, *cells),
    )


def _cell(result: Result, reader: Reader, place: int, name: str) -> Cell:
    own, change = equal.unit(result, place, name), equal.change(result, place, name)
    many = estimates.fte(reader, own.size.sized, f"{own.path}.sized") if own else NONE
    if change is None or not change.fte:
        return Cell(many, "")
    return Cell(many, estimates.fte(reader, change.fte, change.path, change.how, signed=True))


def _total(result: Result, reader: Reader) -> Team:
    staffing, cells = equal.equal_service(result).staffing, []
    for place, each in enumerate(staffing):
        path = f"{equal.PATH}.staffing.{place}.units"
        many = estimates.fte(reader, equal.fte(each.units), path, "sized")
        cells.append(Cell(many, _more(result, reader, place)))
    now = equal.fte(staffing[0].units, sized=False)
    first = Cell(estimates.fte(reader, now, f"{equal.PATH}.staffing.0.units", "rostered"), "")
    return Team(name=reader("equal.total"), kept=False, cells=(first, *cells))
