"""Telling people apart: counts of shifts become weeks of persons.

People who share a tour have, in each week, so many shifts of each length on each day. Shifts are
the edges of a bipartite graph of lengths and days; to colour it with one colour for each person,
so that no colour comes twice at a day, nor more often at a length than the tour has, is always
possible (König 1916; de Werra 1971): the counts lose nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from simulation.rostering.days import Shift, span, window
from simulation.rostering.tours import Tour
from simulation.scenario.shifts import Shifts

Edge = tuple[int, int]
"""A length and a day, by their places."""

Row = dict[int, Shift]
"""One person's week: a shift by day."""


def rows_of_a_week(
    tours: Sequence[Tour],
    people: Mapping[tuple[int, int], int],
    parts: Mapping[tuple[int, int, int, int], int],
    shifts: Mapping[tuple[int, int, int], Sequence[Shift]],
) -> list[Row]:
    """Give each person of a week the shifts to work.

    Parameters
    ----------
    tours : by number
    people : how many, by band and tour
    parts : how many of them work, by band, tour, length and day
    shifts : of all people together, by band, day and length

    Returns
    -------
    The shifts of each person; those who need the largest contract come first.
    """
    found: list[tuple[int, dict[int, int]]] = []
    for (band, place), count in sorted(people.items(), key=lambda one: -tours[one[0][1]].contract):
        edges = [
            (length, day)
            for (b, t, length, day), many in sorted(parts.items())
            if (b, t) == (band, place)
            for _ in range(many)
        ]
        for days in split(edges, tours[place].counts, count):
            found.append((band, days))
    return _timed(found, shifts)


def split(edges: Iterable[Edge], counts: Sequence[int], people: int) -> list[dict[int, int]]:
    """Divide shifts over people: one a day for each, and as many of a length as the tour has.

    Parameters
    ----------
    edges : length and day of each shift
    counts : most shifts of each length for one person
    people : how many there are

    Returns
    -------
    For each person the length by day.
    """
    seen: dict[int, int] = defaultdict(int)
    ends: list[tuple[tuple[int, int], int]] = []
    for length, day in sorted(edges):
        # A length that a person may have k times is k nodes with one shift for each person.
        ends.append(((length, seen[length] // people), day))
        seen[length] += 1
    if any(number > counts[length] * people for length, number in seen.items()):
        raise ValueError("more shifts of a length than people can work")
    result: list[dict[int, int]] = [{} for _ in range(people)]
    for (node, day), colour in zip(ends, coloured(ends, people), strict=True):
        result[colour][day] = node[0]
    return result


def coloured(edges: Sequence[tuple[tuple[int, int], int]], colours: int) -> list[int]:
    """Colour the edges of a bipartite multigraph, none twice at a node.

    Parameters
    ----------
    edges : left and right node of each
    colours : how many there are; no node has more edges

    Raises
    ------
    ValueError
        When a node has more edges than there are colours.
    """
    at: dict[tuple[str, object], dict[int, int]] = defaultdict(dict)
    given = [-1] * len(edges)
    for edge, (one, two) in enumerate(edges):
        left, right = ("left", one), ("right", two)
        free_left = _free(at[left], colours)
        free_right = _free(at[right], colours)
        if free_left != free_right:
            _swap(at, given, edges, (right, free_left, free_right))
        given[edge] = free_left
        at[left][free_left] = at[right][free_left] = edge
    return given


def _free(used: Mapping[int, int], colours: int) -> int:
    for colour in range(colours):
        if colour not in used:
            return colour
    raise ValueError("a node has more edges than there are colours")


def _swap(
    at: dict[tuple[str, object], dict[int, int]],
    given: list[int],
    edges: Sequence[tuple[tuple[int, int], int]],
    start: tuple[tuple[str, object], int, int],
) -> None:
    """Exchange two colours along the path that begins at a node, to free the first one there."""
    node, wanted, other = start
    path: list[int] = []
    colour = wanted
    while colour in at[node]:
        edge = at[node][colour]
        path.append(edge)
        one, two = edges[edge]
        node = ("right", two) if node == ("left", one) else ("left", one)
        colour = other if colour == wanted else wanted
    for edge in path:
        one, two = edges[edge]
        for end in (("left", one), ("right", two)):
            if at[end].get(given[edge]) == edge:
                del at[end][given[edge]]
        given[edge] = other if given[edge] == wanted else wanted
        one, two = edges[edge]
    for edge in path:
        one, two = edges[edge]
        at["left", one][given[edge]] = at["right", two][given[edge]] = edge


def _timed(
    found: Sequence[tuple[int, dict[int, int]]],
    shifts: Mapping[tuple[int, int, int], Sequence[Shift]],
) -> list[Row]:
    """Choose for each shift when it begins: who is first in line begins early on every day."""
    waiting = {key: sorted(own, reverse=True) for key, own in shifts.items()}
    return [
        {day: waiting[band, day, length].pop() for day, length in sorted(days.items())}
        for band, days in found
    ]


def with_breaks(
    rules: Shifts,
    lengths: Sequence[int],
    shifts: Mapping[tuple[int, int, int, int], int],
    breaks: Mapping[tuple[int, int, int], int],
) -> dict[tuple[int, int, int], list[Shift]]:
    """Share out breaks: of one length, who begins first has the first break.

    Parameters
    ----------
    rules : of the team
    lengths : of shifts, in microseconds
    shifts : how many people work, by band, day, length and begin
    breaks : how many people have a break, by day, length and time

    Returns
    -------
    Shifts by band, day and length.
    """
    times: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (day, length, time), many in sorted(breaks.items(), reverse=True):
        times[day, length] += [time] * many
    found: dict[tuple[int, int, int], list[Shift]] = defaultdict(list)
    in_order = sorted(shifts.items(), key=lambda one: (one[0][3], one[0]))
    for (band, day, length, begin), many in in_order:
        end = begin + span(rules, lengths[length])
        for _ in range(many):
            pause = times[day, length].pop() if window(rules, lengths[length]) else end
            resume = min(pause + rules.break_length, end)
            found[band, day, length].append(Shift(begin, pause, resume, end))
    return found
