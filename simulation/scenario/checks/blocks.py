"""Blocks of one list must not overlap, or it would be unclear which one holds."""

import datetime as dt
from collections.abc import Iterator, Sequence

from simulation.scenario.blocks import Block, SteppedBlock
from simulation.scenario.checks.parts import everything
from simulation.scenario.problems import Finding, Path
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY, WEEKDAYS, format_clock


def overlaps(scenario: Scenario) -> Iterator[Finding]:
    """Find blocks that overlap with an earlier one of the same list."""
    for path, part in everything(scenario):
        if isinstance(part, tuple) and part and isinstance(part[0], Block):
            yield from _overlaps(path, part)


def end_of(block: Block) -> int:
    """Give the time of day at which a block ends."""
    if isinstance(block, SteppedBlock):
        return block.steps()[-1][1]
    return DAY if block.until is None else block.until


def _overlaps(path: Path, blocks: Sequence[Block]) -> Iterator[Finding]:
    ends = [end_of(block) for block in blocks]
    reported: set[int] = set()
    for day in range(7):
        here = [place for place, block in enumerate(blocks) if day in block.days]
        here.sort(key=lambda place: (blocks[place].first_date or dt.date.min, place))
        active: list[int] = []
        for place in here:
            begins = blocks[place].first_date or dt.date.min
            active = [p for p in active if (blocks[p].last_date or dt.date.max) >= begins]
            for other in active:
                if _clash(blocks[other], ends[other], blocks[place], ends[place], day):
                    first, second = sorted((other, place))
                    if second not in reported:
                        reported.add(second)
                        yield _finding(path, blocks, first, second, day)
                    break
            else:
                active.append(place)


def _clash(one: Block, one_end: int, two: Block, two_end: int, day: int) -> bool:
    """Tell whether two blocks that hold on a weekday share a moment of it."""
    if max(one.start, two.start) >= min(one_end, two_end):
        return False
    first = max(one.first_date or dt.date.min, two.first_date or dt.date.min)
    last = min(one.last_date or dt.date.max, two.last_date or dt.date.max)
    return first <= last and (last - first).days >= (day - first.weekday()) % 7


def _finding(path: Path, blocks: Sequence[Block], first: int, second: int, day: int) -> Finding:
    start = max(blocks[first].start, blocks[second].start)
    return Finding(
        (*path, second),
        None,
        f"overlaps with block {path[-1]}.{first} on {WEEKDAYS[day]} {format_clock(start)}",
        "change days, dates or times so that one block holds at a time",
    )
