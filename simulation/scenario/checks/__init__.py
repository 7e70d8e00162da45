"""What must hold between the parts of a scenario.

A single part checks itself when it is read; here is what takes two: names that are referred to,
shares that add up, queues that somebody serves, blocks that do not overlap, prices that are not
paid twice, and a run that fits in memory.
"""

from collections.abc import Callable, Iterable, Iterator

from simulation.scenario.checks.blocks import overlaps
from simulation.scenario.checks.budget import budget
from simulation.scenario.checks.costs import paid_twice, pay
from simulation.scenario.checks.names import unknown_names
from simulation.scenario.checks.routes import circles, lines, norms, targets
from simulation.scenario.checks.serving import ranked_teams, sites, unserved
from simulation.scenario.checks.shares import shares, unspread_volume, which_reason
from simulation.scenario.checks.shift import deflection, substitution
from simulation.scenario.checks.shifts import shifts
from simulation.scenario.checks.time import events, never_open
from simulation.scenario.checks.volume import volume
from simulation.scenario.problems import Finding
from simulation.scenario.scenario import Scenario

Check = Callable[[Scenario], Iterator[Finding]]

_DEMAND = ("reasons", "demand", "events", "shift")

CHECKS: tuple[tuple[Check, tuple[str, ...]], ...] = (
    (unknown_names, ("reasons", "channels", "teams", "costs", "finance")),
    (which_reason, ("reasons", "demand", "events")),
    (shares, ()),
    (unspread_volume, ()),
    (unserved, (*_DEMAND, "channels", "teams")),
    (ranked_teams, ("channels", "teams")),
    (sites, ("channels", "teams")),
    (targets, ("channels",)),
    (circles, ("channels",)),
    (lines, ("channels", "lines")),
    (norms, ("channels", "norms")),
    (overlaps, ()),
    (substitution, ("shift",)),
    (deflection, ("shift", "reasons", "channels")),
    (events, ("horizon", "events")),
    (never_open, ("horizon", "calendar", "channels")),
    (shifts, ()),
    (pay, ("costs", "teams")),
    (paid_twice, ("costs", "teams")),
    (budget, ("costs", "finance")),
    (volume, ("horizon", *_DEMAND, "channels", "numbers")),
)
"""Each check with the sections that must be whole for it; a dropped part would mislead it."""


def cross_check(scenario: Scenario, *, without: Iterable[str] = ()) -> list[Finding]:
    """Check all that takes more than one part of a scenario.

    Parameters
    ----------
    scenario
        A scenario whose parts are valid by themselves.
    without
        Sections of which parts were lost; checks that need them whole are left out.

    Returns
    -------
    list of Finding
        Everything that is wrong; empty if nothing is.
    """
    lost = set(without)
    return [
        finding for check, needs in CHECKS if not lost & set(needs) for finding in check(scenario)
    ]
