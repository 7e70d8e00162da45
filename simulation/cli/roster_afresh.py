"""A roster of people, simulated afresh: whether it attains the norms of its teams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from math import fsum

from simulation.cli.problems import say
from simulation.cli.progress import shown
from simulation.comparison.document import Attainment
from simulation.comparison.statistics import attainment
from simulation.experiment import Task, run_all
from simulation.rostering.roster import Roster
from simulation.rostering.rostered import rostered
from simulation.scenario.scenario import Scenario


@dataclass(frozen=True)
class Attained:
    """What became of one norm.

    Attributes
    ----------
    norm : name
    share : mean share on time; None when nobody came
    attainment : in how many replications it was attained
    """

    norm: str
    share: float | None
    attainment: Attainment


def afresh(
    scenario: Scenario, rosters: Sequence[Roster], replications: int, workers: int | None
) -> list[Attained]:
    """Simulate a scenario with these people, and give what became of the norms of their teams.

    Parameters
    ----------
    scenario : whose teams they are
    rosters : of some teams; the others keep theirs
    replications : how many; none of them was searched on by `size`
    workers : processes
    """
    norms = list(_norms(scenario, rosters))
    if not norms:
        return []
    staffed = reduce(rostered, rosters, scenario)
    with shown("Simulating the roster", "simulated periods") as progress:
        run = run_all([Task(staffed, tuple(range(1, replications + 1)))], workers, progress)
    if run.interrupted:
        raise KeyboardInterrupt
    for number, error in sorted(run.experiments[0].failed.items())[:1]:
        say(f"Replication {number} failed ({error})")
    done = [measures for _, measures in run.experiments[0].ordered()]
    found = []
    for norm in norms:
        shares = [each[path] for each in done if (path := f"norms.{norm}.share") in each]
        flags = [each[f"norms.{norm}.attained"] for each in done]
        mean = fsum(shares) / len(shares) if shares else None
        found.append(Attained(norm, mean, attainment(flags)))
    return found


def _norms(scenario: Scenario, rosters: Sequence[Roster]) -> Iterator[str]:
    served = {channel for roster in rosters for channel in scenario.teams[roster.team].channels}
    for name, norm in scenario.norms.items():
        if norm.counts and norm.channel in served:
            yield name
