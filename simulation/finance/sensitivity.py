"""Sensitivity: what each assumption does, what they do together, what would change the verdict."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from simulation.comparison.document import PlacedAssumption
from simulation.finance.case import (
    BASELINE,
    TODAY,
    finance_of,
    priced,
    taken_over_by,
    with_moves,
)
from simulation.finance.cube import Cube, together
from simulation.finance.document_sensitivity import LeftOut, Sensitivity
from simulation.finance.effects import strategy_case
from simulation.finance.elsewhere import Looker, Place
from simulation.finance.formulas import discount_factor
from simulation.finance.moved import amount
from simulation.finance.needs import Facts, Stand
from simulation.finance.points import Clerk
from simulation.finance.ranges import ranges
from simulation.finance.structural import Seen, half_of, see_at
from simulation.finance.tornado import Beside, Stage, Tornado, flips
from simulation.scenario.scenario import Scenario
from simulation.sizing.played import Bench, bench

STRATEGIES = 2
"""Strategies that a quick look takes, the cheapest first."""


@dataclass(frozen=True)
class Depth:
    """How well sensitivity is to be known.

    Attributes
    ----------
    quick : whether people are mostly interpolated
    plays, searches : replications on which the found rosters are played, and people searched for
    points : of one cube
    """

    quick: bool
    plays: int
    searches: int
    points: int


QUICK = Depth(quick=True, plays=2, searches=1, points=24)
FULL = Depth(quick=False, plays=4, searches=2, points=40)


@dataclass(frozen=True)
class Material:
    """What sensitivity rests on.

    Attributes
    ----------
    stands : 0, 0* and the strategies, by badge
    staffed : the same scenarios with the rosters that were found
    assumptions : of each scenario
    found : what each takes in each simulated year
    search : replications on which the base is known
    """

    stands: Mapping[str, Stand]
    staffed: Mapping[str, Scenario]
    assumptions: Mapping[str, Sequence[PlacedAssumption]]
    found: Mapping[tuple[str, int], Facts]
    search: int


def sensitivity(material: Material, depth: Depth, clerk: Clerk, stage: Stage) -> Sensitivity:
    """Say what would change the answer.

    Parameters
    ----------
    material : what it rests on
    depth : how well
    clerk, stage : who has it done, and who is told what begins

    Raises
    ------
    ReplicationFailed
        When a scenario could not be played as it is.
    """
    looker, left_out = Looker(clerk, depth.plays, depth.searches), list[LeftOut]()
    besides = _besides(material, depth, looker, left_out)
    tornado = Tornado(besides, looker, quick=depth.quick, stage=stage)
    bases, swings = tornado.bases(), tornado.swings()
    halves = {each.own.stand.letter: _half(material, each, clerk) for each in besides}
    life = _Life(material, besides, looker)
    errors = {
        letter: (half or 0.0, (half or 0.0) * life.weight()) for letter, half in halves.items()
    }
    cube = Cube(besides, depth.points, _scenario(material).seed % 2**31, resize=not depth.quick)
    return Sensitivity(
        quick=depth.quick,
        plays=depth.plays,
        searches=depth.searches,
        bases=tuple(base.model_copy(update={"half": halves[base.letter]}) for base in bases),
        swings=tuple(swings),
        flips=tuple(flips(bases, swings)),
        together=tuple(together(cube, looker, life.value, errors, stage)),
        left_out=tuple(_once([*left_out, *_one_ended(material), *tornado.left_out])),
    )


def _scenario(material: Material) -> Scenario:
    return material.stands[BASELINE].scenario


def _besides(
    material: Material, depth: Depth, looker: Looker, left_out: list[LeftOut]
) -> list[Beside]:
    """Give the strategies that are looked at, and note those that are not."""
    places = {letter: _place(material, letter) for letter in material.stands if letter != TODAY}
    today = material.stands[TODAY].kept
    before = with_moves(_scenario(material), today)
    besides: list[Beside] = []
    for letter, place in places.items():
        if letter == BASELINE:
            continue
        if any(each.own.stand.scenario == place.stand.scenario for each in besides):
            left_out.append(LeftOut(what="same_people", letter=letter, path=None, count=1))
            continue
        now = with_moves(place.stand.scenario, today)
        besides.append(Beside(place, places[BASELINE], (now, before)))
    if not depth.quick or len(besides) <= STRATEGIES:
        return besides
    costs = {
        base.letter: base.contracts
        for base in Tornado(besides, looker, quick=True, stage=lambda _: None).bases()
    }
    cheapest = sorted(costs, key=lambda letter: costs[letter])[:STRATEGIES]
    for beside in besides:
        if beside.own.stand.letter not in cheapest:
            own = beside.own.stand.letter
            left_out.append(LeftOut(what="strategy", letter=own, path=None, count=1))
    return [each for each in besides if each.own.stand.letter in cheapest]


def _place(material: Material, letter: str) -> Place:
    stand = material.stands[letter]
    own = {each.path: each for each in ranges(material.assumptions[letter])}
    return Place(stand, _rostered(material.staffed[letter], stand.bench), own)


def _rostered(scenario: Scenario, like: Bench) -> Bench:
    return bench(scenario, {}, like.engine)


def _half(material: Material, beside: Beside, clerk: Clerk) -> float | None:
    own, baseline = (
        see_at(clerk, place.stand, place.stand.scenario, material.search)
        for place in (beside.own, beside.baseline)
    )
    return half_of(own, baseline)


def _one_ended(material: Material) -> Iterable[LeftOut]:
    """Note the assumptions of which only one end is stated."""
    for letter, own in material.assumptions.items():
        if letter in material.stands:
            for each in own:
                ends = [amount(end) for end in (each.low, each.high)]
                if ends.count(None) == 1:
                    yield LeftOut(what="range", letter=None, path=each.path, count=1)


def _once(left_out: Iterable[LeftOut]) -> Iterable[LeftOut]:
    return dict.fromkeys(left_out)


class _Life:
    """Years of a strategy at other points: what it takes moves as in the year of full use."""

    def __init__(self, material: Material, besides: Sequence[Beside], looker: Looker) -> None:
        self._material = material
        places = [place for each in besides for place in (each.baseline, each.own)]
        self._here = {place.stand.letter: looker.here(place) for place in places}

    def weight(self) -> float:
        """Give what a euro in every year of the life is worth in year 0."""
        finance = finance_of(_scenario(self._material))
        return sum(discount_factor(finance.rate, place) for place in range(finance.life))

    def value(self, letter: str, at: Mapping[str, Seen]) -> tuple[float, float | None]:
        """Give net present value and payback of a strategy at a point."""
        stands = self._material.stands
        before = at[BASELINE].scenario
        moved = {TODAY: before, BASELINE: before, letter: at[letter].scenario}
        own = [replace(stands[each], scenario=scenario) for each, scenario in moved.items()]
        found = {
            (each, place): facts
            if each == TODAY
            else self._moved(each, facts, finance_of(moved[letter]).adoption.share(place), at)
            for (each, place), facts in self._material.found.items()
            if each in moved
        }
        years = priced(own, found, stands[TODAY].kept)
        case = strategy_case(letter, years, finance_of(before).rate, taken_over_by(moved[letter]))
        return case.present_value, case.payback

    def _moved(self, letter: str, facts: Facts, adoption: float, at: Mapping[str, Seen]) -> Facts:
        """Move what a year takes by what the point takes more than the scenario as it is."""
        shift = self._shift(BASELINE, at)
        if letter != BASELINE:
            full = self._shift(letter, at)
            shift = {
                team: shift.get(team, 0.0) + adoption * (more - shift.get(team, 0.0))
                for team, more in full.items()
            }
        need = {team: max(0.0, fte + shift.get(team, 0.0)) for team, fte in facts.need.items()}
        here, there = self._here[letter].measures, at[letter].measures
        measures = {
            path: value * (there[path] / here[path]) if path in there and here.get(path) else value
            for path, value in facts.measures.items()
        }
        return Facts(need, measures, facts.attained)

    def _shift(self, letter: str, at: Mapping[str, Seen]) -> dict[str, float]:
        here = self._here[letter].need
        return {team: fte - here[team] for team, fte in at[letter].need.items()}
