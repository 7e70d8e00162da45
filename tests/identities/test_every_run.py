"""What holds in every run (MODEL.md §11), on random scenarios with every feature on."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from simulation.contacts.table import Effect, Source
from simulation.costs import price
from simulation.play.record import NEVER, NOBODY, Cause, Outcome
from simulation.scenario.channels import Deferred
from simulation.scenario.values import HOUR
from tests.identities.playing import Played, changes, together, waits
from tests.identities.random_scenarios import scenarios

BEFORE = {
    Cause.ABANDONED: Outcome.ABANDONED,
    Cause.BLOCKED: Outcome.BLOCKED,
    Cause.CLOSED: Outcome.CLOSED,
    Cause.SENT_AWAY: Outcome.SENT_AWAY,
    Cause.DIVERTED: Outcome.DIVERTED,
    Cause.UNRESOLVED: Outcome.ANSWERED,
    Cause.TRANSFERRED: Outcome.ANSWERED,
}
"""How the attempt before one of a cause ended."""

PASSED_ON = (Cause.DIVERTED, Cause.TRANSFERRED)

every_run = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate],
)


def offered_is_the_sum_of_its_outcomes(run):
    for root in (
        *(f"channels.{name}" for name in run.names),
        *(
            f"channels.{name}.reasons.{reason}"
            for name in run.names
            for reason in ("question", "report")
        ),
    ):
        parts = sum(run.measures[f"{root}.{outcome.name.lower()}"] for outcome in Outcome)
        assert run.measures[f"{root}.offered"] == parts


def measures_count_what_was_written_down(run):
    warm_up, reasons = run.scenario.horizon.warm_up, list(run.scenario.reasons)
    counts: Counter[str] = Counter()
    for row in run.rows:
        if run.contacts.time[row["contact"]] >= warm_up:
            outcome = Outcome(row["outcome"]).name.lower()
            root = f"channels.{run.names[row['channel']]}"
            reason = reasons[run.contacts.reason[row["contact"]]]
            for part in (root, f"{root}.reasons.{reason}"):
                counts[f"{part}.{outcome}"] += 1
                counts[f"{part}.offered"] += 1
            counts[f"{root}.{'first' if row['number'] == 1 else 'repeat'}_attempts"] += 1
            counts["demand.attempts"] += 1
    assert {path: run.measures[path] for path in counts} == counts


def reasons_and_months_add_up_to_the_channel(run):
    for name in run.names:
        root = f"channels.{name}"
        for count in ("offered", *(outcome.name.lower() for outcome in Outcome)):
            for part in ("reasons", "months"):
                pieces = [
                    value
                    for path, value in run.measures.items()
                    if path.startswith(f"{root}.{part}.") and path.endswith(f".{count}")
                ]
                assert run.measures[f"{root}.{count}"] == sum(pieces)


def everyone_makes_one_first_attempt(run):
    first = [row for row in run.rows if row["number"] == 1]
    assert [row["contact"] for row in first] == list(range(len(run.contacts)))
    assert all((row["cause"] == Cause.FIRST) == (row["number"] == 1) for row in run.rows)
    assert [row["arrived"] for row in first] == run.contacts.time.tolist()
    assert [row["channel"] for row in first] == run.contacts.channel.tolist()


def later_attempts_follow_from_earlier_ones(run):
    for attempts in run.by_contact.values():
        ends = Counter((row["outcome"], row["ended"]) for row in attempts)
        numbers = [row["number"] for row in attempts]
        assert len(set(numbers)) == len(numbers)
        followed: Counter[int] = Counter()
        for row in attempts[1:]:
            cause = Cause(row["cause"])
            if cause == Cause.IMPATIENT:
                continue
            followed[BEFORE[cause]] += 1
            before = [
                other
                for other in attempts
                if other["outcome"] == BEFORE[cause] and other["ended"] <= row["arrived"]
            ]
            assert before
            if cause in PASSED_ON:
                assert ends[BEFORE[cause], row["arrived"]]
        for outcome, number in followed.items():
            assert number <= sum(row["outcome"] == outcome for row in attempts)
        diverted = sum(row["outcome"] == Outcome.DIVERTED for row in attempts)
        assert diverted == sum(row["cause"] == Cause.DIVERTED for row in attempts)


def a_resolved_question_brings_nobody_back(run):
    for attempts in run.by_contact.values():
        solved = min((row["ended"] for row in attempts if row["resolved"]), default=None)
        tries = [row for row in attempts if row["cause"] not in PASSED_ON]
        assert len(tries) <= run.scenario.returns.max_attempts
        if solved is not None:
            assert all(row["arrived"] <= solved for row in tries)


def nobody_waits_less_than_nothing(run):
    for row in run.rows:
        assert row["arrived"] <= row["since"] or row["ended"] == run.record.end
        assert (row["team"] == NOBODY) == (row["started"] == NEVER)
        if row["started"] != NEVER:
            assert row["since"] <= row["started"] <= row["ended"]
        assert row["arrived"] <= row["ended"] <= run.record.end
        assert (row["outcome"] in (Outcome.ANSWERED, Outcome.IN_SERVICE)) <= (
            row["started"] != NEVER
        )
    assert all(value >= 0 for path, value in run.measures.items() if "wait" in path)


def demand_is_accounted_for(run):
    """Demanded − deflected − substituted + taken over + induced + backlog = first attempts."""
    warm_up = run.scenario.horizon.warm_up
    own_rhythm = any(rule.hours for rule in run.scenario.shift.substitution.values())
    counted = run.contacts.time >= (0 if own_rhythm else warm_up)
    if own_rhythm and warm_up:
        return
    moved = counted & (run.contacts.effect == Effect.SUBSTITUTED)
    backlog = counted & (run.contacts.source == Source.BACKLOG)
    for index, name in enumerate(run.names):
        of = {
            what: run.measures[f"demand.{name}.{what}"]
            for what in ("demanded", "deflected", "substituted", "induced")
        }
        here = run.contacts.channel == index
        assert of["substituted"] == (moved & (run.contacts.origin == index)).sum()
        first = (
            of["demanded"]
            - of["deflected"]
            - of["substituted"]
            + of["induced"]
            + (moved & here).sum()
            + (backlog & here).sum()
        )
        assert run.measures[f"channels.{name}.first_attempts"] == first


def the_total_is_the_sum_of_the_lines_to_the_cent(run):
    bill = price(run.scenario, run.measures)
    values = bill.measures()
    lines = [value for path, value in values.items() if path.startswith("costs.lines.")]
    assert round(100 * values["costs.total"]) == sum(round(100 * line) for line in lines)
    assert len(lines) == len(bill.lines) == 4 * 8 + 4
    for line, quantity, cents in zip(bill.lines, bill.quantities, bill.cents, strict=True):
        assert abs(cents - 100 * quantity * line.rate) <= 0.5 + 1e-6
    parts = ("costs.full", "costs.once")
    assert round(100 * values["costs.total"]) == sum(round(100 * values[part]) for part in parts)


COUNTS = (
    offered_is_the_sum_of_its_outcomes,
    measures_count_what_was_written_down,
    reasons_and_months_add_up_to_the_channel,
    everyone_makes_one_first_attempt,
    later_attempts_follow_from_earlier_ones,
    a_resolved_question_brings_nobody_back,
    nobody_waits_less_than_nothing,
    demand_is_accounted_for,
    the_total_is_the_sum_of_the_lines_to_the_cent,
)


def nobody_is_busy_who_is_not_there(run):
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
            assert 0 <= busy <= present or not run.plan.teams[team].groups
            assert present >= scheduled >= 0


def busy_and_idle_are_at_work_and_overtime(run):
    begin, end = run.scenario.horizon.warm_up, run.plan.horizon
    for team, plan in enumerate(run.plan.teams):
        root = f"teams.{plan.name}"
        hours = {
            kind: run.measures[f"{root}.{kind}_hours"]
            for kind in ("busy", "idle", "at_work", "overtime", "rostered", "absent")
        }
        assert hours["busy"] + hours["idle"] == pytest.approx(hours["at_work"] + hours["overtime"])
        assert hours["rostered"] == pytest.approx(hours["at_work"] + hours["absent"])
        assert all(value >= -1e-9 for value in hours.values()), hours
        area = [0, 0]
        for time, after, values in together(changes(run.work(team)), run.presence(team)):
            inside = max(0, min(after or run.record.end, end) - max(time, begin))
            area = [total + inside * value for total, value in zip(area, values, strict=True)]
        if plan.groups:
            assert hours["busy"] == pytest.approx(area[0] / HOUR)
        assert hours["at_work"] + hours["overtime"] == pytest.approx(area[1] / HOUR)


def nobody_waits_beside_an_idle_agent(run):
    """A citizen who waits: no idle agent of a team that serves that queue."""
    for queue in run.plan.queues:
        if run.plan.channels[queue.channel].deferred:
            continue
        waiting = changes([waits(row) for row in run.of_queue(queue)])
        for team in (team for rank in queue.ranks for team in rank):
            walk = together(waiting, changes(run.work(team)), run.presence(team))
            for time, _, (count, busy, present) in walk:
                if time < run.record.end:
                    assert not count or busy == present


def queues_have_no_more_than_their_places(run):
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
            assert max(walked.values(), default=0) <= max(most, backlog)
        blocked = [row["ended"] for row in rows if row["outcome"] == Outcome.BLOCKED]
        assert not blocked or most is not None or channel.line is not None
        if channel.line is None:
            assert all(walked[time] >= most for time in blocked)


def lines_are_not_used_twice(run):
    """A line is in use until the conversation ends: at least until it begins, at most until the
    wrap-up ends. Who is blocked for want of a line finds all of them in use."""
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
        assert max((count for _, _, (count,) in together(changes(least))), default=0) <= capacity
        marks = [(time, 0) for time in refused]
        walked = {time: count for time, _, (count, _) in together(changes(most), marks)}
        assert all(walked[time] >= capacity for time in refused)


def the_first_come_is_the_first_served(run):
    for queue in run.plan.queues:
        met = [row for row in run.of_queue(queue) if row["started"] != NEVER]
        # Among equals in time the order of events decides too: an opening precedes an arrival.
        pairs = sorted((row["since"], row["started"]) for row in met)
        starts = [started for _, started in pairs]
        assert starts == sorted(starts)


def agents_hold_no_more_chats_than_they_may(run):
    for name, channel in run.scenario.channels.items():
        if channel.kind != "chat":
            continue
        index = run.names.index(name)
        chats = [row for row in run.rows if row["channel"] == index and row["started"] != NEVER]
        spells = run.record.spells
        agents = spells[spells["channel"] == index][["begin", "end"]].tolist()
        open_chats = changes([(row["started"], row["ended"]) for row in chats])
        for _, _, (count, busy) in together(open_chats, changes(agents)):
            assert busy <= count <= busy * len(channel.slowdown)


def closed_doors_are_respected(run):
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
                    assert row["since"] == opening
            else:
                assert is_open == (row["outcome"] != Outcome.CLOSED)


TIMES = (
    nobody_is_busy_who_is_not_there,
    busy_and_idle_are_at_work_and_overtime,
    nobody_waits_beside_an_idle_agent,
    queues_have_no_more_than_their_places,
    lines_are_not_used_twice,
    the_first_come_is_the_first_served,
    agents_hold_no_more_chats_than_they_may,
    closed_doors_are_respected,
)


@every_run
@given(scenarios())
def test_counts_money_and_people_reconcile_in_every_run(data):
    run = Played(data)
    for holds in COUNTS:
        holds(run)


@every_run
@given(scenarios())
def test_agents_queues_and_hours_reconcile_in_every_run(data):
    run = Played(data)
    for holds in TIMES:
        holds(run)
