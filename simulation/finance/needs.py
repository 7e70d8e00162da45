"""How many people a scenario takes in another year, or under other assumptions.

The comparison has found sizes with care. Another point differs from them by what the same citizens
take more or fewer there, on average over some replications; then it is simulated, and a step is
added where the norms are not attained as often as they have to be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from simulation.comparison.document import Attainment
from simulation.comparison.statistics import attainment
from simulation.finance.points import Clerk, PointJob, PointSeen, like
from simulation.scenario.scenario import Scenario
from simulation.sizing.answer import confirming, enough, searched
from simulation.sizing.played import Bench, ladders_of, with_rungs
from simulation.sizing.size import norms_of
from simulation.sizing.trials import Levels


class Unattainable(Exception):
    """No size of a team attains its norms at some point."""

    def __init__(self, letter: str, team: str, replication: int) -> None:
        super().__init__(
            f"{letter}: no size of team {team} attains its norms in replication {replication}"
        )
        self.letter, self.team = letter, team


@dataclass(frozen=True)
class Stand:
    """Where a scenario stands: as it was compared.

    Attributes
    ----------
    letter : badge
    scenario : as compared, in the year of full adoption
    bench : the scenario with the steps of its teams
    sized : full-time equivalents found for its teams, by name
    kept : full-time equivalents of teams that keep their roster
    share : of the replications in which all norms have to be attained
    """

    letter: str
    scenario: Scenario
    bench: Bench
    sized: Mapping[str, float]
    kept: Mapping[str, float]
    share: float

    @property
    def levels(self) -> Levels:
        """The rungs that were found."""
        return nearest(self.bench, self.sized)


@dataclass(frozen=True)
class Facts:
    """What one scenario takes at one point.

    Attributes
    ----------
    need : full-time equivalents by team
    measures : on average over the replications, by path
    attained : in how many of them all norms are attained; None without norms
    """

    need: dict[str, float]
    measures: dict[str, float]
    attained: Attainment | None


def nearest(bench: Bench, fte: Mapping[str, float]) -> Levels:
    """Give the rungs nearest to full-time equivalents."""
    ladders = ladders_of(bench)
    return tuple(sorted((team, ladders[team].nearest(own)) for team, own in fte.items()))


def differences(
    clerk: Clerk, stand: Stand, scenario: Scenario, search: int
) -> dict[str, list[float]]:
    """Give how many people each team takes more at another point, on each replication.

    Parameters
    ----------
    clerk : who has it done
    stand, scenario : where it stands, and the other point
    search : number of replications

    Raises
    ------
    Unattainable
        When no size of a team attains its norms there.
    """
    here, there = stand.bench, like(stand.bench, scenario)
    numbers, start = searched(search), stand.levels
    jobs = [PointJob(each, number, start) for each in (here, there) for number in numbers]
    seen = clerk.do(jobs)
    pairs = list(zip(numbers, seen[: len(numbers)], seen[len(numbers) :], strict=True))
    return {team: [_less(stand, team, pair) for pair in pairs] for team in stand.sized}


def _less(stand: Stand, team: str, pair: tuple[int, PointSeen, PointSeen]) -> float:
    number, here, there = pair
    before, after = here.need[team], there.need[team]
    if before is None or after is None:
        raise Unattainable(stand.letter, team, number)
    return after - before


def needs(stand: Stand, found: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Give the full-time equivalents of each sized team at a point, from `differences`."""
    return {
        team: max(0.0, fte + fsum(found[team]) / len(found[team]))
        for team, fte in stand.sized.items()
    }


def facts(clerk: Clerk, stand: Stand, scenario: Scenario, search: int, fresh: int) -> Facts:
    """Find what a scenario takes at another point, and confirm it.

    Parameters
    ----------
    clerk : who has it done
    stand, scenario : where it stands, and the other point
    search, fresh : replications to compare needs on, and others to confirm on

    Raises
    ------
    Unattainable
        When no size of a team attains its norms there.
    """
    bench = like(stand.bench, scenario)
    need = needs(stand, differences(clerk, stand, scenario, search)) if stand.sized else {}
    levels, ladders = nearest(bench, need), ladders_of(bench)
    norms = norms_of(scenario)
    while True:
        seen = clerk.do([PointJob(bench, number, levels=levels) for number in confirming(fresh)])
        missed = {
            team: sum(not _attains(each, own) for each in seen) for team, own in norms.items()
        }
        flags = [int(_attains(each, [n for own in norms.values() for n in own])) for each in seen]
        if not norms or not stand.sized or enough(sum(flags), fresh, stand.share):
            break
        team = max(sorted(levels), key=lambda own: missed[own[0]])[0]
        rung = dict(levels)[team] + 1
        if rung > ladders[team].highest:
            raise Unattainable(stand.letter, team, 1)
        levels = with_rungs(levels, {team: rung})
        need[team] = max(need[team], ladders[team].fte(rung))
    return Facts(
        {**stand.kept, **need},
        _means(seen),
        attainment(flags, stand.share) if norms and stand.sized else None,
    )


def _attains(seen: PointSeen, norms: Sequence[str]) -> bool:
    return all(seen.measures[f"norms.{norm}.attained"] for norm in norms)


def _means(seen: Sequence[PointSeen]) -> dict[str, float]:
    paths = {path: None for each in seen for path in each.measures}
    return {
        path: fsum(values) / len(values)
        for path in paths
        if (values := [each.measures[path] for each in seen if path in each.measures])
    }
