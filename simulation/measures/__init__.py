"""Measures: everything that is counted in one replication, by path.

``channels.phone.offered``, ``teams.webcare.busy_hours``, ``norms.phone_25s.share``: a flat mapping
that experiments average and reports point into. Counts are whole numbers; waits are in seconds,
work in hours. A measure that does not exist (a mean wait of nobody) is left out.
"""

from simulation.contacts.table import Contacts
from simulation.measures.counts import count_attempts, demand, experience
from simulation.measures.fast import tally
from simulation.measures.hours import team_hours
from simulation.measures.norms import norms
from simulation.measures.rules import rules
from simulation.play.plan import Plan
from simulation.play.record import Record

Measures = dict[str, float | int]
"""Value by path."""


def measure(plan: Plan, contacts: Contacts, record: Record, replication: int) -> Measures:
    """Measure one replication.

    Parameters
    ----------
    plan, contacts, record : what was asked, who came, what happened
    replication : number of the replication, for the absence that was drawn
    """
    fixed = rules(plan)
    total = tally(fixed, contacts, record)
    return dict(
        [
            *demand(plan, fixed, contacts, total, record),
            *count_attempts(plan, fixed, total),
            *experience(plan, fixed, total),
            *norms(plan, fixed, total),
            *team_hours(plan, fixed, total, record, plan.at_work(replication)),
        ]
    )


def measure_norms(plan: Plan, contacts: Contacts, record: Record) -> Measures:
    """Give of `measure` only what it says of norms, which is all that a trial asks."""
    fixed = rules(plan)
    return dict(norms(plan, fixed, tally(fixed, contacts, record)))
