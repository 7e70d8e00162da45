"""Why there is no roster: the hour that no shift can cover, and the rule that keeps it so."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from simulation.rostering.days import shifts_of_a_day, span
from simulation.rostering.need import Day, Piece, Week
from simulation.rostering.tours import Band
from simulation.scenario.shifts import Shifts
from simulation.scenario.values import HOUR, WEEKDAYS, format_clock, format_duration


class NoRoster(Exception):
    """Shift rules that cannot cover what is needed; everything that binds is in ``problems``."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def uncovered(
    where: str, rules: Shifts, weeks: Sequence[Week], bands: Sequence[Band]
) -> Iterator[str]:
    """Find hours that no shift can cover.

    Parameters
    ----------
    where : the team, and its site if it has one
    rules : of the team
    weeks : what has to be covered
    bands : times of day of one person's shifts
    """
    told: set[tuple[int, int, int]] = set()
    for week in weeks:
        for day in week.days:
            for piece in _holes(rules, day, bands):
                key = (day.weekday, piece.begin, piece.end)
                if key not in told:
                    told.add(key)
                    yield f"{where}: {_because(rules, day, piece)}"


def _holes(rules: Shifts, day: Day, bands: Sequence[Band]) -> Iterator[Piece]:
    """Find the parts of a day that no shift covers, neighbours joined."""
    shifts = [
        shift
        for shift in shifts_of_a_day(rules, day.opens, day.closes)
        if any(begin <= shift.begin and shift.end <= end for begin, end in bands)
    ]
    edges = {edge for shift in shifts for edge in shift}
    edges |= {edge for piece in day.pieces for edge in piece[:2]}
    hole: Piece | None = None
    ordered = sorted(edges)
    for begin, end in pairwise(ordered):
        heads = max((p.heads for p in day.pieces if p.begin <= begin < p.end), default=0)
        if not heads or any(shift.covers(begin, end) for shift in shifts):
            continue
        if hole is not None and (hole.end, hole.heads) == (begin, heads):
            hole = hole._replace(end=end)
        else:
            if hole is not None:
                yield hole
            hole = Piece(begin, end, heads)
    if hole is not None:
        yield hole


def _because(rules: Shifts, day: Day, piece: Piece) -> str:
    hours = ", ".join(f"{length / HOUR:.3g}" for length in sorted(set(rules.lengths)))
    clock = f"{WEEKDAYS[day.weekday]} {format_clock(piece.begin)}-{format_clock(piece.end)}"
    opening = f"{format_clock(day.opens)}-{format_clock(day.closes)}"
    heads = f"{piece.heads} {'head is' if piece.heads == 1 else 'heads are'} needed"
    shortest = min(span(rules, length) for length in rules.lengths)
    if shortest > day.closes - day.opens:
        return (
            f"{clock}: {heads}, but no shift of {hours} hours fits in the opening hours {opening};"
            f" allow a shift of at most {format_duration(day.closes - day.opens)} in 'lengths', or"
            " need nobody then"
        )
    return (
        f"{clock}: {heads}, but every shift of {hours} hours that 'start_every'"
        f" ({format_duration(rules.start_every)}) allows has its break then or does not reach it;"
        " let shifts start more often, or add a length"
    )
