"""Scenarios with other assumptions: played at the rosters that were found, and sized anew.

A play at the found rosters says what an assumption does to service and to the work. How many people
the norms then take is searched for, or follows from the work: the part of the people that the
load keeps busy grows with it, the rest with its square root (square-root staffing).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from simulation.contacts.shift import ShiftRules
from simulation.contacts.timetable import Timetable
from simulation.finance.moved import moved
from simulation.finance.needs import Stand, Unattainable
from simulation.finance.points import Clerk, PointJob, PointSeen, like
from simulation.finance.ranges import Range
from simulation.finance.structural import Seen, means
from simulation.scenario.scenario import Scenario
from simulation.sizing.answer import searched
from simulation.sizing.ladder import fte_of_an_hour
from simulation.sizing.played import Bench, ReplicationFailed


class Impossible(Exception):
    """No scenario could hold these values, or no size attains the norms with them."""


@dataclass(frozen=True)
class Place:
    """A scenario that was sized, and the same with the rosters that were found.

    Attributes
    ----------
    stand : with the steps of its teams
    found : bench of the scenario with the rosters that were found
    ranges : its assumptions with a range, by path
    """

    stand: Stand
    found: Bench
    ranges: Mapping[str, Range]


@dataclass(frozen=True)
class Elsewhere:
    """One scenario with other values.

    Attributes
    ----------
    place : what it is of
    scenario : with these values
    sizing, found : benches with these values
    """

    place: Place
    scenario: Scenario
    sizing: Bench
    found: Bench


@dataclass
class Looker:
    """Plays scenarios elsewhere, a few replications each, the same for all.

    Attributes
    ----------
    clerk : who has it done
    plays, searches : replications on which the found rosters are played, and people searched for
    """

    clerk: Clerk
    plays: int
    searches: int
    _known: dict[tuple[str, tuple[tuple[str, float], ...]], Elsewhere] = field(default_factory=dict)

    def elsewhere(self, place: Place, values: Mapping[str, float]) -> Elsewhere:
        """Give a scenario with other values.

        Raises
        ------
        Impossible
            When it could not hold them.
        """
        own = {
            path: value
            for path, value in values.items()
            if path in place.ranges and place.ranges[path].value != value
        }
        key = (place.stand.letter, tuple(sorted(own.items())))
        if key not in self._known:
            self._known[key] = self._made(place, own)
        return self._known[key]

    def _made(self, place: Place, values: Mapping[str, float]) -> Elsewhere:
        try:
            scenario = moved(place.stand.scenario, values) if values else place.stand.scenario
            check(scenario)
            rostered = Scenario.model_validate_json(place.found.scenario)
            rostered = moved(rostered, values) if values else rostered
        except ValueError as error:
            raise Impossible(str(error)) from error
        return Elsewhere(
            place, scenario, like(place.stand.bench, scenario), like(place.found, rostered)
        )

    def prepare(self, all_of: Sequence[Elsewhere], *, sizes: bool) -> None:
        """Have many scenarios done at once, so that all workers have work and progress is known."""
        jobs = [job for own in all_of for job in (self._sizing(own) if sizes else self._plays(own))]
        # What cannot be played is told when it is asked for.
        while jobs:
            try:
                self.clerk.do(jobs)
            except ReplicationFailed:
                jobs = [job for job in jobs if self.clerk.recall(job) is None][1:]
            else:
                return

    def measures(self, own: Elsewhere) -> dict[str, float]:
        """Give what is measured at the rosters that were found, on average."""
        return means(self._do(self._plays(own)))

    def interpolated(self, own: Elsewhere) -> Seen:
        """Give what it takes, from the change in work."""
        here = self.measures(self.elsewhere(own.place, {}))
        there = self.measures(own)
        stand = own.place.stand
        need = {
            team: fte
            * _grown(here, there, team, own.scenario.teams[team].channels)
            * hours_factor(stand.scenario, own.scenario, team)
            for team, fte in stand.sized.items()
        }
        return Seen(own.scenario, {**_kept(own), **need}, (), there)

    def resized(self, own: Elsewhere) -> Seen:
        """Give what it takes, searched for anew.

        Raises
        ------
        Impossible
            When no size attains the norms.
        """
        stand = own.place.stand
        before = self._do(self._sizing(self.elsewhere(own.place, {})))
        after = self._do(self._sizing(own))
        need = {
            team: max(0.0, fte + _more(stand, team, before, after))
            for team, fte in stand.sized.items()
        }
        return Seen(own.scenario, {**_kept(own), **need}, (), self.measures(own))

    def here(self, place: Place) -> Seen:
        """Give what it takes as it is."""
        own = self.elsewhere(place, {})
        return Seen(own.scenario, {**place.stand.kept, **place.stand.sized}, (), self.measures(own))

    def _plays(self, own: Elsewhere) -> list[PointJob]:
        return [PointJob(own.found, number, levels=()) for number in searched(self.plays)]

    def _sizing(self, own: Elsewhere) -> list[PointJob]:
        start = own.place.stand.levels
        return [PointJob(own.sizing, number, start) for number in searched(self.searches)]

    def _do(self, jobs: Sequence[PointJob]) -> list[PointSeen]:
        try:
            return self.clerk.do(jobs)
        except ReplicationFailed as failed:
            raise Impossible(str(failed)) from failed


def check(scenario: Scenario) -> None:
    """Lay out channel shift, to see that no probability passes 1.

    Raises
    ------
    ValueError
        When one does.
    """
    rules = ShiftRules(scenario, Timetable(scenario.horizon, scenario.calendar))
    for channel in scenario.channels:
        for reason in scenario.reasons:
            rules.substitution(channel, reason)
            for event in (False, True):
                rules.deflection(channel, reason, event=event)


def _more(
    stand: Stand, team: str, before: Sequence[PointSeen], after: Sequence[PointSeen]
) -> float:
    return sum(_less(stand, team, a, b) for a, b in zip(before, after, strict=True)) / len(before)


def _less(stand: Stand, team: str, before: PointSeen, after: PointSeen) -> float:
    one, other = before.need[team], after.need[team]
    if one is None or other is None:
        raise Impossible(str(Unattainable(stand.letter, team, 0)))
    return other - one


def _kept(own: Elsewhere) -> dict[str, float]:
    before = own.place.stand.scenario
    kept = own.place.stand.kept
    return {team: fte * hours_factor(before, own.scenario, team) for team, fte in kept.items()}


def _grown(
    here: Mapping[str, float], there: Mapping[str, float], team: str, channels: Iterable[str]
) -> float:
    """Give how much larger a team becomes with the work that is offered to it."""
    before, after = (_work(own, team, channels) for own in (here, there))
    if before <= 0.0:
        return 1.0
    busy = min(max(here.get(f"teams.{team}.occupancy") or 0.0, 0.0), 1.0)
    return busy * after / before + (1.0 - busy) * sqrt(after / before)


def _work(seen: Mapping[str, float], team: str, channels: Iterable[str]) -> float:
    """Give the hours that all who came would have taken, also those who were not answered."""
    offered, answered = (
        sum(seen.get(f"channels.{channel}.{kind}", 0.0) for channel in channels)
        for kind in ("offered", "answered")
    )
    busy = seen.get(f"teams.{team}.busy_hours", 0.0)
    return busy * offered / answered if answered else busy


def hours_factor(before: Scenario, after: Scenario, team: str) -> float:
    """Give how many more people the same hours take, by shrinkage and contract hours."""
    return fte_of_an_hour(after, team) / fte_of_an_hour(before, team)
