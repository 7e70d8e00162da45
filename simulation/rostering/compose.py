"""From the numbers of a programme to persons, the cover they give, and their hours."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import fsum

from simulation.rostering.days import Shift
from simulation.rostering.need import Day, Week
from simulation.rostering.people import Row, rows_of_a_week, with_breaks
from simulation.rostering.programme import Columns, Rules
from simulation.rostering.roster import Cover, Person, Turn, WeekHours
from simulation.scenario.values import HOUR

_ROUNDING = 1e-9


def people_of(
    name: str,
    weeks: Sequence[Week],
    rules: Rules,
    solved: tuple[Columns, Sequence[int]],
    shrinkage: float,
) -> tuple[Person, ...]:
    """Make persons of the numbers that were found, with no shift that nobody needs.

    Parameters
    ----------
    name : of the team, with its site
    weeks : what is covered
    rules : of the team
    solved : where the numbers are, and the numbers
    shrinkage : planned share of paid time outside shifts
    """
    rows = [_rows(rules, number, solved) for number in range(len(weeks))]
    for week, own in zip(weeks, rows, strict=True):
        _trim(week, own, rules)
    held: list[tuple[float, tuple[Turn, ...]]] = []
    for place in range(max(map(len, rows), default=0)):
        mine = [own[place] if place < len(own) else {} for own in rows]
        turns = tuple(_turns(weeks, mine))
        if turns:
            held.append((_contract(mine, rules, shrinkage), turns))
    held.sort(key=lambda one: -one[0])
    return tuple(
        Person(name=f"{name} {number}", contract=contract, turns=turns)
        for number, (contract, turns) in enumerate(held, start=1)
    )


def _rows(rules: Rules, number: int, solved: tuple[Columns, Sequence[int]]) -> list[Row]:
    at, values = solved
    people = {key[1:]: values[place] for key, place in at.tours.items() if key[0] == number}
    parts = {key[1:]: values[place] for key, place in at.parts.items() if key[0] == number}
    shifts = {key[1:]: values[place] for key, place in at.shifts.items() if key[0] == number}
    breaks = {key[1:]: values[place] for key, place in at.breaks.items() if key[0] == number}
    people = {key: many for key, many in people.items() if many}
    whole = with_breaks(rules.shifts, rules.lengths, shifts, breaks)
    return rows_of_a_week(rules.tours, people, parts, whole)


def _trim(week: Week, rows: Sequence[Row], rules: Rules) -> None:
    """Take out shifts without which every hour still has the people it needs."""
    for place, day in enumerate(week.days):
        for row in reversed(rows):
            shift = row.pop(place, None)
            if shift is None:
                continue
            others = [other[place] for other in rows if place in other]
            if not _enough(day, others, rules.minimum_crew):
                row[place] = shift


def _enough(day: Day, shifts: Sequence[Shift], minimum_crew: int) -> bool:
    return all(
        rostered >= needed and (not rostered or rostered >= minimum_crew)
        for _, _, needed, rostered in _pieces(day, shifts)
    )


def _pieces(day: Day, shifts: Sequence[Shift]) -> Iterator[tuple[int, int, int, int]]:
    """Give (begin, end, needed, rostered) through a day."""
    changes: dict[int, int] = defaultdict(int)
    for shift in shifts:
        for time, change in zip(shift, (1, -1, 1, -1), strict=True):
            changes[time] += change
    edges = sorted(changes.keys() | {edge for piece in day.pieces for edge in piece[:2]})
    rostered, ahead = 0, 0
    for begin, end in pairwise(edges):
        rostered += changes[begin]
        while ahead < len(day.pieces) and day.pieces[ahead].end <= begin:
            ahead += 1
        piece = day.pieces[ahead] if ahead < len(day.pieces) else None
        needed = piece.heads if piece is not None and piece.begin <= begin else 0
        yield begin, end, needed, rostered


def _contract(weeks: Sequence[Row], rules: Rules, shrinkage: float) -> float:
    """Give the smallest contract that holds each of the weeks of a person."""
    most = max(sum(shift.work for shift in row.values()) / HOUR for row in weeks)
    return next(hours for hours in rules.contracts if hours * (1.0 - shrinkage) >= most - _ROUNDING)


def _turns(weeks: Sequence[Week], rows: Sequence[Row]) -> Iterator[Turn]:
    for number, (week, row) in enumerate(zip(weeks, rows, strict=True)):
        for place, shift in sorted(row.items()):
            pauses = shift.pause < shift.resume
            yield Turn(
                week=number,
                weekday=week.days[place].weekday,
                begin=shift.begin,
                break_begin=shift.pause if pauses else None,
                break_end=shift.resume if pauses else None,
                end=shift.end,
            )


def cover_of(weeks: Sequence[Week], people: Sequence[Person]) -> tuple[Cover, ...]:
    """Give who is needed and who is at work through each week; nothing where both are nobody."""
    turns = [turn for person in people for turn in person.turns]
    found = []
    for number, week in enumerate(weeks):
        for day in week.days:
            own = [t.shift for t in turns if (t.week, t.weekday) == (number, day.weekday)]
            for begin, end, needed, rostered in _pieces(day, own):
                if needed or rostered:
                    found.append(
                        Cover(
                            week=number,
                            weekday=day.weekday,
                            begin=begin,
                            end=end,
                            needed=needed,
                            rostered=rostered,
                        )
                    )
    return tuple(found)


def hours_of(
    weeks: Sequence[Week], people: Sequence[Person], shrinkage: float
) -> tuple[WeekHours, ...]:
    """Give how the paid hours of each week add up."""
    contracts = fsum(person.contract for person in people)
    found = []
    for number in range(len(weeks)):
        worked = fsum(turn.hours for p in people for turn in p.turns if turn.week == number)
        outside = contracts * shrinkage
        found.append(
            WeekHours(
                week=number,
                contracts=contracts,
                shifts=worked,
                shrinkage=outside,
                unused=contracts - worked - outside,
            )
        )
    return tuple(found)


def extra_weight(weeks: Sequence[Week], people: Sequence[Person], rules: Rules) -> float:
    """Give what extra pay costs, in contract hours in a mean week."""
    days = {(n, day.weekday): day for n, week in enumerate(weeks) for day in week.days}
    return fsum(
        rules.extra_cost(begin, end, days[turn.week, turn.weekday])
        for person in people
        for turn in person.turns
        for begin, end in turn.stretches
    )
