"""Hours of teams: six kinds, each with one name, computed in this one place.

paid = rostered / (1 - planned shrinkage); rostered = absent + at work; at work + overtime =
busy + idle. All run from the end of the warm-up to the horizon; work after the horizon is
``run_out``.
"""

from collections.abc import Iterator

import numpy as np

from simulation.measures.counts import Measure
from simulation.measures.overlap import Times, hours, overlap, step_hours
from simulation.measures.rules import Rules
from simulation.measures.tally import Tally
from simulation.play.plan import Plan
from simulation.play.record import Record

Hours = dict[str, float]


def team_hours(
    plan: Plan, rules: Rules, tally: Tally, record: Record, at_work: list[Times]
) -> Iterator[Measure]:
    """Measure the hours of every team, at every site and over its sites.

    Parameters
    ----------
    plan, rules : the scenario, compiled
    tally, record : what happened
    at_work : (time, heads) per team, absence taken off
    """
    totals: dict[str, Hours] = {}
    for index, team in enumerate(plan.teams):
        own = _hours(plan, rules, tally, record, (index, at_work[index]))
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


def _hours(plan: Plan, rules: Rules, tally: Tally, record: Record, of: tuple[int, Times]) -> Hours:
    team, levels = of
    window = rules.warm_up, rules.horizon
    begin, end, heads = np.array(plan.teams[team].roster, np.int64).reshape(-1, 3).T
    rostered = step_hours(begin, end, heads, window)
    at_work = step_hours(levels[:, 0], np.append(levels[1:, 0], plan.end), levels[:, 1], window)
    present = _present_hours(record, team, window)
    busy = hours(tally.busy[team]) if plan.teams[team].groups else present
    return {
        "rostered_hours": rostered,
        "absent_hours": rostered - at_work,
        "at_work_hours": at_work,
        "overtime_hours": present - at_work,
        "busy_hours": busy,
        "idle_hours": present - busy,
        "run_out_hours": hours(tally.run_out[team]),
    }


def _present_hours(record: Record, team: int, window: tuple[int, int]) -> float:
    rows = record.presence[record.presence["team"] == team]
    ends = np.append(rows["time"][1:], record.end)[: len(rows)]
    return hours(overlap(rows["time"], ends, window) * rows["present"])
