"""Shifts can be worked, and contracts can hold them."""

from collections.abc import Iterator

from simulation.scenario.problems import Finding, Path
from simulation.scenario.scenario import Scenario
from simulation.scenario.shifts import FINEST, LONGEST_SHIFT, Shifts
from simulation.scenario.teams import Team
from simulation.scenario.values import DAY, HOUR, format_duration

_ROUNDING = 1e-9


def shifts(scenario: Scenario) -> Iterator[Finding]:
    """Find rules for shifts that contradict each other, in teams that state them."""
    for name, team in scenario.teams.items():
        if team.shifts is not None:
            for path, value, problem, remedy in shift_findings(team.shifts, team.shrinkage):
                yield Finding(("teams", name, "shifts", *path), value, problem, remedy)


def rules_of(team: Team) -> Shifts:
    """Give the rules for the shifts of a team: its own, or those of the law."""
    return team.shifts or Shifts()


def shift_findings(rules: Shifts, shrinkage: float) -> Iterator[Finding]:
    """Find what is wrong with rules for shifts.

    Parameters
    ----------
    rules : of a team
    shrinkage : planned share of paid time outside shifts
    """
    yield from _durations(rules)
    yield from _breaks(rules)
    yield from _contracts(rules, shrinkage)


def _durations(rules: Shifts) -> Iterator[Finding]:
    bounds: list[tuple[Path, int, int, int]] = [
        *((("lengths", n), length, HOUR, LONGEST_SHIFT) for n, length in enumerate(rules.lengths)),
        (("start_every",), rules.start_every, FINEST, 12 * HOUR),
        (("break_after",), rules.break_after, HOUR, LONGEST_SHIFT),
        (("break_length",), rules.break_length, FINEST, 2 * HOUR),
        (("rest",), rules.rest, 0, 23 * HOUR),
    ]
    for path, value, low, high in bounds:
        if not low <= value <= high or value % FINEST:
            yield Finding(
                path,
                format_duration(value),
                f"is not from {format_duration(low)} to {format_duration(high)} in steps of 5"
                " minutes",
                "give such a duration",
            )


def _breaks(rules: Shifts) -> Iterator[Finding]:
    for number, length in enumerate(rules.lengths):
        path: Path = ("lengths", number)
        shown = format_duration(length)
        if length > 2 * rules.break_after:
            yield Finding(
                path,
                shown,
                "is more than twice 'break_after', so that one break is not enough",
                "shorten the shift or raise 'break_after'",
            )
        elif length + rules.break_length + rules.rest > DAY:
            yield Finding(
                path,
                shown,
                "leaves no room in 24 hours for its break and 'rest'",
                "shorten the shift, 'break_length' or 'rest'",
            )


def _contracts(rules: Shifts, shrinkage: float) -> Iterator[Finding]:
    shortest = min(rules.lengths)
    hours = [contract * (1.0 - shrinkage) for contract in rules.contracts]
    for number, (contract, left) in enumerate(zip(rules.contracts, hours, strict=True)):
        if left < shortest / HOUR - _ROUNDING:
            yield Finding(
                ("contracts", number),
                f"{contract:g}",
                f"leaves {left:.3g} hours a week for shifts, less than the shortest shift"
                f" ({format_duration(shortest)})",
                "give more hours, or allow a shorter shift",
            )
    for number, length in enumerate(rules.lengths):
        if shortest < length and max(hours) < length / HOUR - _ROUNDING:
            yield Finding(
                ("lengths", number),
                format_duration(length),
                f"is longer than any contract leaves for shifts ({max(hours):.3g} hours a week)",
                "shorten the shift, or give a contract more hours",
            )
