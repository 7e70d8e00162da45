"""Equal service: how scenarios that are each staffed just well enough compare.

Three things stand apart. 0 is today as it is rostered; 0* has the same channels, staffed just well
enough for the norms; a strategy is staffed just well enough too. A strategy's own effect is its
difference with 0*. The step from 0 to 0* belongs to no strategy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot

from simulation.comparison.document import (
    Attainment,
    EqualService,
    Estimate,
    NormResult,
    Result,
    ScenarioResult,
    Staffing,
    UnitSize,
)
from simulation.comparison.resolution import steps, widened
from simulation.comparison.verdict import paired
from simulation.report import facts
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.words import clip
from simulation.scenario.text import Text, Translated

PATH = "equal_service"
STEP = f"{PATH}.step.{facts.STRUCTURAL}"
"""Path of the difference 0* - 0 in structural costs."""

_TITLE = 34
"""Characters that the title of 0* leaves for the title of the baseline."""


def as_shown(result: Result) -> Result:
    """Give a result as it is shown: unchanged, unless scenarios were staffed just well enough.

    Then the baseline is told apart from today as rostered by its title. And whether a scenario that
    was sized attains its norms is as certain as it will be: it was sized to do so, and more
    simulations would size it anew.
    """
    equal = result.equal_service
    if equal is None:
        return result
    sized = [
        _settled(scenario)
        if staffing.sized_for == scenario.letter or scenario.same_demand
        else scenario
        for scenario, staffing in zip(result.scenarios, equal.staffing, strict=True)
    ]
    first = sized[0]
    sized[0] = first.model_copy(update={"title": _enough(first.title)})
    return result.model_copy(update={"scenarios": tuple(sized)})


def _settled(scenario: ScenarioResult) -> ScenarioResult:
    together = scenario.all_norms
    return scenario.model_copy(
        update={
            "norms": tuple(
                norm.model_copy(update={"attainment": _decided(norm.attainment)})
                if norm.counts
                else norm
                for norm in scenario.norms
            ),
            "all_norms": _decided(together) if together else None,
        }
    )


def _decided(attainment: Attainment) -> Attainment:
    if attainment.status != "attained":
        return attainment
    return attainment.model_copy(update={"decided": True})


def _enough(title: Text) -> Translated:
    """Give the title of the baseline, staffed just well enough."""
    readers = [Reader(language) for language in LANGUAGES]
    return Translated(
        **{
            reader.language: reader("equal.title", title=clip(reader.text(title), _TITLE))
            for reader in readers
        }
    )


def shown(fte: float) -> float:
    """Round full-time equivalents as they are shown: to one decimal."""
    return round(fte, 1)


def fte(units: Iterable[UnitSize], *, sized: bool = True) -> float:
    """Add up full-time equivalents as they are shown: as sized, or as rostered.

    Rounded team by team, so that whoever adds up a column, or subtracts two, finds what stands
    there. It can be a twentieth of a full-time equivalent a team from the exact sum.
    """
    return shown(sum(shown(unit.sized if sized else unit.rostered) for unit in units))


def smallest_difference(result: Result, scenario: ScenarioResult) -> float | None:
    """Give what one step of every team costs, in a scenario and in 0* together, in euros.

    None without costs of staff. Steps are independent: their squares add up.
    """
    if result.equal_service is None:
        return None
    cost = hypot(*(_steps(result, each) for each in (facts.baseline(result), scenario)))
    return cost or None


def _steps(result: Result, scenario: ScenarioResult) -> float:
    return _all_steps(result, scenario)[facts.STRUCTURAL]


def _all_steps(result: Result, scenario: ScenarioResult) -> dict[str, float]:
    staffing = staffing_of(result, scenario)
    return steps(scenario.lines, result.period.days, staffing)


def equal_service(result: Result) -> EqualService:
    """Give how scenarios were staffed, of a result of scenarios staffed just well enough."""
    if result.equal_service is None:
        raise ValueError("the scenarios are as rostered")
    return result.equal_service


def staffing_of(result: Result, scenario: ScenarioResult) -> Staffing:
    """Give how a scenario was staffed."""
    return equal_service(result).staffing[facts.place(result, scenario.letter)]


def yardstick(result: Result, scenario: ScenarioResult) -> ScenarioResult | None:
    """Give the scenario that informs people as this one does, and does no more.

    Against today, a strategy that also informs takes credit for contacts that information alone
    prevents. None if there is no such scenario, or this is it.
    """
    mine = _shift(scenario)
    for other in facts.comparable(result):
        theirs = _shift(other)
        same = theirs.get("deflection") and theirs.get("deflection") == mine.get("deflection")
        if same and not _moves(theirs) and _moves(mine):
            return other
    return None


def _shift(scenario: ScenarioResult) -> dict[str, object]:
    shift = scenario.scenario.get("shift")
    return shift if isinstance(shift, dict) else {}


def _moves(shift: dict[str, object]) -> bool:
    """Tell whether people write instead of calling, or write who would not have called."""
    return bool(shift.get("substitution") or shift.get("induced"))


def beyond(result: Result, scenario: ScenarioResult, other: ScenarioResult) -> Estimate | None:
    """Give the difference in structural costs between two scenarios, each with just enough staff.

    The interval holds one step in the size of every team of both.
    """
    difference = paired(facts.STRUCTURAL, scenario, other)
    if difference is None:
        return None
    both = (_all_steps(result, each) for each in (scenario, other))
    return widened({facts.STRUCTURAL: difference}, *both)[facts.STRUCTURAL]


@dataclass(frozen=True)
class Unit:
    """One team in one scenario: its place in the document and its size."""

    path: str
    size: UnitSize


def unit(result: Result, place: int, name: str) -> Unit | None:
    """Give a team of the scenario at a place; None if it has no such team."""
    for order, size in enumerate(equal_service(result).staffing[place].units):
        if size.unit == name:
            return Unit(f"{PATH}.staffing.{place}.units.{order}", size)
    return None


def teams(result: Result) -> list[str]:
    """Name the teams of all scenarios, in the order in which they come."""
    staffing = equal_service(result).staffing
    return list(dict.fromkeys(size.unit for each in staffing for size in each.units))


def owner(result: Result, name: str) -> ScenarioResult:
    """Give the first scenario that has a team."""
    return next(
        scenario
        for place, scenario in enumerate(result.scenarios)
        if unit(result, place, name) is not None
    )


@dataclass(frozen=True)
class Change:
    """How many more full-time equivalents a team has, and the place in the document it is from."""

    fte: float
    path: str
    how: str


def change(result: Result, place: int, name: str) -> Change | None:
    """Set a team against that of 0*, and that of 0* against 0; None if there is no such team."""
    own, enough = unit(result, place, name), unit(result, 0, name)
    if own is None:
        if enough is None:
            return None
        return Change(-shown(enough.size.sized), f"{enough.path}.sized", "gone")
    before = 0.0
    if enough is not None:
        before = shown(enough.size.sized if place else enough.size.rostered)
    return Change(shown(shown(own.size.sized) - before), f"{own.path}.sized", "more")


def more(result: Result, place: int) -> float:
    """Give how many more full-time equivalents a scenario has than 0*, and 0* than 0."""
    staffing = equal_service(result).staffing
    return shown(fte(staffing[place].units) - fte(staffing[0].units, sized=bool(place)))


def keeps(result: Result, name: str) -> bool:
    """Tell whether a team keeps its roster in every scenario that has it."""
    found = [unit(result, place, name) for place in range(len(result.scenarios))]
    return all(each.size.step is None for each in found if each is not None)


def attains(norms: Iterable[NormResult]) -> bool:
    """Tell whether every norm that counts is attained."""
    return all(norm.attainment.status == "attained" for norm in norms if norm.counts)
