"""Hours of teams: six kinds, each with one name, computed in this one place.

paid = rostered / (1 - planned shrinkage); rostered = absent + at work; at work + overtime =
busy + idle. All run from the end of the warm-up to the horizon; work after the horizon is
``run_out``.
"""

from collections.abc import Iterator

import numpy as np

from simulation.measures.attempts import Attempts
from simulation.measures.counts import Measure, window_of
from simulation.measures.overlap import Times, hours, overlap, step_hours
from simulation.play.plan import Plan
from simulation.play.record import Record

Hours = dict[str, float]


def team_hours(
    plan: Plan, attempts: list[Attempts], record: Record, at_work: list[Times]
) -> Iterator[Measure]:
    """Measure the hours of every team, at every site and over its sites.

    Parameters
    ----------
    plan : the scenario, compiled
    attempts, record : what happened, the attempts by channel
    at_work : (time, heads) per team, absence taken off
    """
    totals: dict[str, Hours] = {}
    for index, team in enumerate(plan.teams):
        own = _hours(plan, attempts, record, index, at_work[index])
        if team.name != team.parent:
            yield from _yield(f"teams.{team.name}", own)
        total = totals.setdefault(team.parent, dict.fromkeys(own, 0.0))
        for kind, value in own.items():
            total[kind] += value
    for name, total in totals.items():
        yield from _yield(f"teams.{name}", total)
        paid = total["rostered_hours"] / (1.0 - plan.scenario.teams[name].shrinkage)
        yield f"teams.{name}.paid_hours", paid
        if plan.scenario.costs is not None:
            yield f"teams.{name}.paid_fte_years", paid / plan.scenario.costs.contract_hours


def _yield(root: str, own: Hours) -> Iterator[Measure]:
    for kind, value in own.items():
        yield f"{root}.{kind}", value
    present = own["at_work_hours"] + own["overtime_hours"]
    if present:
        yield f"{root}.occupancy", own["busy_hours"] / present


def _hours(
    plan: Plan,
    attempts: list[Attempts],
    record: Record,
    team: int,
    levels: Times,
) -> Hours:
    window = window_of(plan)
    begin, end, heads = np.array(plan.teams[team].roster, np.int64).reshape(-1, 3).T
    rostered = step_hours(begin, end, heads, window)
    at_work = step_hours(levels[:, 0], np.append(levels[1:, 0], plan.end), levels[:, 1], window)
    present = _present_hours(record, team, window)
    busy, run_out = _busy_hours(plan, attempts, record, team)
    if not plan.teams[team].groups:
        busy = present
    return {
        "rostered_hours": rostered,
        "absent_hours": rostered - at_work,
        "at_work_hours": at_work,
        "overtime_hours": present - at_work,
        "busy_hours": busy,
        "idle_hours": present - busy,
        "run_out_hours": run_out,
    }


def _present_hours(record: Record, team: int, window: tuple[int, int]) -> float:
    rows = record.presence[record.presence["team"] == team]
    ends = np.append(rows["time"][1:], record.end)[: len(rows)]
    return hours(overlap(rows["time"], ends, window) * rows["present"])


def _busy_hours(
    plan: Plan, attempts: list[Attempts], record: Record, team: int
) -> tuple[float, float]:
    """Give busy hours within the counted window, and after the horizon."""
    parts = record.spells[record.spells["team"] == team]
    whole = [(each, (each.team == team) & each.unbroken) for each in attempts]
    begin = np.concatenate([parts["begin"], *(each.started[mask] for each, mask in whole)])
    end = np.concatenate([parts["end"], *(each.ended[mask] for each, mask in whole)])
    after = (plan.horizon, record.end)
    return hours(overlap(begin, end, window_of(plan))), hours(overlap(begin, end, after))
