"""Identities of people and time: agents, queues, lines, opening hours."""

import numpy as np

from simulation.play.record import NEVER, Outcome
from simulation.scenario.channels import Deferred
from simulation.scenario.values import HOUR
from simulation.verification.identity import Identity, hold, near
from simulation.verification.played import Played, changes, together, waits


def nobody_is_busy_who_is_not_there(run: Played) -> None:
    """Nobody is busy who is not at work."""
    for team, levels in enumerate(run.at_work):
        roster = [
            (time, heads - before)
            for (time, heads), before in zip(
                levels, [0, *(heads for _, heads in levels)], strict=False
            )
        ]
        for _, _, (busy, present, scheduled) in together(
            changes(run.work(team)), run.presence(team), roster
        ):
            hold(0 <= busy <= present or not run.plan.teams[team].groups)
            hold(present >= scheduled >= 0)


def busy_and_idle_are_at_work_and_overtime(run: Played) -> None:
    """Busy and idle hours are hours at work and overtime."""
    begin, end = run.scenario.horizon.warm_up, run.plan.horizon
    for team, plan in enumerate(run.plan.teams):
        root = f"teams.{plan.name}"
        hours = {
            kind: run.measures[f"{root}.{kind}_hours"]
            for kind in ("busy", "idle", "at_work", "overtime", "rostered", "absent")
        }
        hold(near(hours["busy"] + hours["idle"], hours["at_work"] + hours["overtime"]))
        hold(near(hours["rostered"], hours["at_work"] + hours["absent"]))
        hold(all(value >= 0 or near(value, 0) for value in hours.values()), hours)
        area = [0, 0]
        for time, after, values in together(changes(run.work(team)), run.presence(team)):
            inside = max(0, min(after or run.record.end, end) - max(time, begin))
            area = [total + inside * value for total, value in zip(area, values, strict=True)]
        if plan.groups:
            hold(near(hours["busy"], area[0] / HOUR))
        hold(near(hours["at_work"] + hours["overtime"], area[1] / HOUR))


def nobody_waits_beside_an_idle_agent(run: Played) -> None:
    """Nobody waits while an agent who could help is idle."""
    for queue in run.plan.queues:
        if run.plan.channels[queue.channel].deferred:
            continue
        waiting = changes([waits(row) for row in run.of_queue(queue)])
        for team in (team for rank in queue.ranks for team in rank):
            walk = together(waiting, changes(run.work(team)), run.presence(team))
            for time, _, (count, busy, present) in walk:
                if time < run.record.end:
                    hold(not count or busy == present)


def queues_have_no_more_than_their_places(run: Played) -> None:
    """Queues hold no more than their places, and block only when full."""
    for queue in run.plan.queues:
        channel = run.plan.channels[queue.channel]
        rows = run.of_queue(queue)
        most = channel.capacity
        walked = {
            time: count for time, _, (count,) in together(changes([waits(row) for row in rows]))
        }
        if most is not None:
            # A backlog is there from the start, whatever the places.
            backlog = run.scenario.channels[channel.name].backlog
            hold(max(walked.values(), default=0) <= max(most, backlog))
        blocked = [row["ended"] for row in rows if row["outcome"] == Outcome.BLOCKED]
        hold(not blocked or most is not None or channel.line is not None)
        if channel.line is None and most is not None:
            hold(all(walked[time] >= most for time in blocked))


def lines_are_not_used_twice(run: Played) -> None:
    """Lines are not used twice, and block only when all are in use.

    A line is in use until the conversation ends: at least until it begins, at most until the
    wrap-up ends. Who is blocked for want of a line finds all of them in use.
    """
    for line, capacity in enumerate(run.plan.lines):
        least, most, refused = [], [], []
        for row in run.rows:
            channel = run.plan.channels[row["channel"]]
            if channel.line != line or row["outcome"] == Outcome.CLOSED:
                continue
            if row["outcome"] == Outcome.BLOCKED:
                refused += [row["arrived"]] if channel.capacity is None else []
                continue
            wraps_up = run.scenario.channels[channel.name].wrap_up is not None
            begins = row["started"] if wraps_up and row["started"] != NEVER else row["ended"]
            least.append((row["arrived"], begins))
            most.append((row["arrived"], row["ended"]))
        hold(max((count for _, _, (count,) in together(changes(least))), default=0) <= capacity)
        marks = [(time, 0) for time in refused]
        walked = {time: count for time, _, (count, _) in together(changes(most), marks)}
        hold(all(walked[time] >= capacity for time in refused))


def the_first_come_is_the_first_served(run: Played) -> None:
    """Who comes first is served first."""
    for queue in run.plan.queues:
        met = [row for row in run.of_queue(queue) if row["started"] != NEVER]
        # Among equals in time the order of events decides too: an opening precedes an arrival.
        pairs = sorted((row["since"], row["started"]) for row in met)
        starts = [started for _, started in pairs]
        hold(starts == sorted(starts))


def agents_hold_no_more_chats_than_they_may(run: Played) -> None:
    """Agents hold no more chats than they may."""
    for name, channel in run.scenario.channels.items():
        if channel.kind != "chat":
            continue
        index = run.names.index(name)
        chats = [row for row in run.rows if row["channel"] == index and row["started"] != NEVER]
        spells = run.record.spells
        agents = spells[spells["channel"] == index][["begin", "end"]].tolist()
        open_chats = changes([(row["started"], row["ended"]) for row in chats])
        for _, _, (count, busy) in together(open_chats, changes(agents)):
            hold(busy <= count <= busy * len(channel.slowdown))


def closed_doors_are_respected(run: Played) -> None:
    """Nobody enters a closed channel; messages wait for its opening."""
    for name, channel in run.scenario.channels.items():
        index = run.names.index(name)
        openings = run.plan.channels[index].openings
        begins = np.array([begin for begin, _ in openings])
        for row in run.rows:
            if row["channel"] != index:
                continue
            place = np.searchsorted(begins, row["arrived"], side="right") - 1
            is_open = place >= 0 and row["arrived"] < openings[place][1]
            if isinstance(channel, Deferred):
                later = begins[begins > row["arrived"]]
                opening = row["arrived"] if is_open else int(later[0]) if len(later) else None
                if opening is not None and opening < run.record.end:
                    hold(row["since"] == opening)
            else:
                hold(is_open == (row["outcome"] != Outcome.CLOSED))


PEOPLE: tuple[Identity, ...] = (
    nobody_is_busy_who_is_not_there,
    busy_and_idle_are_at_work_and_overtime,
    nobody_waits_beside_an_idle_agent,
    queues_have_no_more_than_their_places,
    lines_are_not_used_twice,
    the_first_come_is_the_first_served,
    agents_hold_no_more_chats_than_they_may,
    closed_doors_are_respected,
)
