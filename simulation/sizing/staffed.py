"""A scenario with teams of other sizes: the same citizens, met by other rosters."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from simulation.scenario.blocks import HeadsBlock
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import HOUR
from simulation.sizing.ladder import Ladder
from simulation.sizing.places import Place


def staffed(
    scenario: Scenario, ladders: Mapping[str, Ladder], levels: Mapping[str, int]
) -> Scenario:
    """Give a scenario in which some teams stand on a rung of their ladder.

    Parameters
    ----------
    scenario : with names in order
    ladders, levels : ladder and rung by the name of the team, or of one site of it
    """
    teams = dict(scenario.teams)
    for name, rung in levels.items():
        ladder = ladders[name]
        team = teams[ladder.team]
        sites = dict(team.sites)
        for place, heads in zip(ladder.places, ladder.heads(rung), strict=True):
            blocks = roster(place, heads.tolist())
            if place.site is None:
                team = team.model_copy(update={"roster": blocks})
            else:
                sites[place.site] = blocks
        teams[ladder.team] = team.model_copy(update={"sites": sites})
    return scenario.model_copy(update={"teams": teams})


def roster(place: Place, heads: Sequence[int]) -> tuple[HeadsBlock, ...]:
    """Write the heads of a place as blocks of a roster, alike days together.

    Parameters
    ----------
    place : with its slots
    heads : people in each slot
    """
    days: dict[tuple[int, tuple[tuple[int, int, int], ...]], list[int]] = {}
    rows = zip(place.grid.slots, heads, strict=True)
    for (season, weekday), own in groupby(rows, key=lambda row: (row[0].season, row[0].weekday)):
        pattern = tuple((slot.begin, slot.end, number) for slot, number in own if number)
        if pattern:
            days.setdefault((season, pattern), []).append(weekday)
    blocks = []
    for (season, pattern), weekdays in days.items():
        for run in _runs(pattern):
            blocks.append(_block(place, season, weekdays, run))
    return tuple(blocks)


def _runs(pattern: Sequence[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    """Cut a day where it is interrupted, or where a step is not a whole hour."""
    runs: list[list[tuple[int, int, int]]] = []
    for piece in pattern:
        last = runs[-1][-1] if runs else None
        whole = last is not None and last[1] - last[0] == piece[1] - piece[0] == HOUR
        if last is not None and whole and last[1] == piece[0]:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _block(
    place: Place, season: int, weekdays: Sequence[int], run: Sequence[tuple[int, int, int]]
) -> HeadsBlock:
    only = len(place.grid.seasons) == 1
    numbers = tuple(number for _, _, number in run)
    return HeadsBlock.model_construct(
        days=tuple(weekdays),
        start=run[0][0],
        until=run[-1][1],
        first_date=None if only else place.grid.seasons[season].first,
        last_date=None if only else place.grid.seasons[season].last,
        every=None,
        heads=numbers[0] if len(set(numbers)) == 1 else numbers,
    )
