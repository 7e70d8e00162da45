"""A scenario in which a team works by a roster of people, so that it can be simulated."""

from collections.abc import Iterator
from itertools import groupby

from simulation.rostering.roster import Cover, Roster, SiteRoster
from simulation.scenario.blocks import HeadsBlock
from simulation.scenario.scenario import Scenario


def rostered(scenario: Scenario, roster: Roster) -> Scenario:
    """Give a scenario in which the heads of a team are the people of a roster.

    Parameters
    ----------
    scenario : whose team it is
    roster : of the team; people on their break are not at work
    """
    blocks = {site.site: tuple(blocks_of(site)) for site in roster.sites}
    update: dict[str, object] = {"roster": blocks.get(None, ())}
    if None not in blocks:
        update = {"sites": blocks}
    team = scenario.teams[roster.team].model_copy(update=update)
    return scenario.model_copy(update={"teams": {**scenario.teams, roster.team: team}})


def blocks_of(site: SiteRoster) -> Iterator[HeadsBlock]:
    """Write the people at work as blocks; days with the same people stand together."""
    all_year = len(site.seasons) == 1
    for season in site.seasons:
        alike: dict[tuple[tuple[int, int, int], ...], list[int]] = {}
        own = (cover for cover in site.cover if cover.week == season.week)
        for weekday, covers in groupby(own, key=lambda cover: cover.weekday):
            alike.setdefault(tuple(_steps(covers)), []).append(weekday)
        for steps, weekdays in alike.items():
            for begin, end, heads in steps:
                yield HeadsBlock.model_construct(
                    days=tuple(weekdays),
                    start=begin,
                    until=end,
                    first_date=None if all_year else season.first,
                    last_date=None if all_year else season.last,
                    every=None,
                    heads=heads,
                )


def _steps(covers: "Iterator[Cover]") -> Iterator[tuple[int, int, int]]:
    """Join neighbours with as many people."""
    steps: list[tuple[int, int, int]] = []
    for cover in covers:
        if steps and steps[-1][1:] == (cover.begin, cover.rostered):
            steps[-1] = (steps[-1][0], cover.end, cover.rostered)
        elif cover.rostered:
            steps.append((cover.begin, cover.end, cover.rostered))
    return iter(steps)
