"""Identities of counts and money: who came, how it ended, what it cost."""

from collections import Counter

from simulation.contacts.table import Effect, Source
from simulation.costs import price
from simulation.play.record import NEVER, NOBODY, PASSED_ON, Cause, Outcome
from simulation.verification.identity import Identity, hold
from simulation.verification.played import Played

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


def offered_is_the_sum_of_its_outcomes(run: Played) -> None:
    """Attempts offered are the sum of their outcomes, per channel and reason."""
    for root in (
        *(f"channels.{name}" for name in run.names),
        *(
            f"channels.{name}.reasons.{reason}"
            for name in run.names
            for reason in run.scenario.reasons
        ),
    ):
        parts = sum(run.measures[f"{root}.{outcome.name.lower()}"] for outcome in Outcome)
        hold(run.measures[f"{root}.offered"] == parts)


def measures_count_what_was_written_down(run: Played) -> None:
    """Counts are those of the attempts that were written down."""
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
    hold({path: run.measures[path] for path in counts} == counts)


def reasons_and_months_add_up_to_the_channel(run: Played) -> None:
    """Reasons and months add up to the channel."""
    for name in run.names:
        root = f"channels.{name}"
        for count in ("offered", *(outcome.name.lower() for outcome in Outcome)):
            for part in ("reasons", "months"):
                pieces = [
                    value
                    for path, value in run.measures.items()
                    if path.startswith(f"{root}.{part}.") and path.endswith(f".{count}")
                ]
                hold(run.measures[f"{root}.{count}"] == sum(pieces))


def everyone_makes_one_first_attempt(run: Played) -> None:
    """Everyone makes one first attempt, when and where they came."""
    first = [row for row in run.rows if row["number"] == 1]
    hold([row["contact"] for row in first] == list(range(len(run.contacts))))
    hold(all((row["cause"] == Cause.FIRST) == (row["number"] == 1) for row in run.rows))
    hold([row["arrived"] for row in first] == run.contacts.time.tolist())
    hold([row["channel"] for row in first] == run.contacts.channel.tolist())


def later_attempts_follow_from_earlier_ones(run: Played) -> None:
    """Later attempts follow from how earlier ones ended."""
    for attempts in run.by_contact.values():
        ends = Counter((row["outcome"], row["ended"]) for row in attempts)
        numbers = [row["number"] for row in attempts]
        hold(len(set(numbers)) == len(numbers))
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
            hold(before)
            if cause in PASSED_ON:
                hold(ends[BEFORE[cause], row["arrived"]])
        for outcome, number in followed.items():
            hold(number <= sum(row["outcome"] == outcome for row in attempts))
        diverted = sum(row["outcome"] == Outcome.DIVERTED for row in attempts)
        hold(diverted == sum(row["cause"] == Cause.DIVERTED for row in attempts))


def a_resolved_question_brings_nobody_back(run: Played) -> None:
    """A resolved question brings nobody back; attempts stay within their bound."""
    for attempts in run.by_contact.values():
        solved = min((row["ended"] for row in attempts if row["resolved"]), default=None)
        tries = [row for row in attempts if row["cause"] not in PASSED_ON]
        hold(len(tries) <= run.scenario.returns.max_attempts)
        if solved is not None:
            hold(all(row["arrived"] <= solved for row in tries))


def nobody_waits_less_than_nothing(run: Played) -> None:
    """Nobody waits less than nothing or is answered before arriving."""
    for row in run.rows:
        hold(row["arrived"] <= row["since"] or row["ended"] == run.record.end)
        hold((row["team"] == NOBODY) == (row["started"] == NEVER))
        if row["started"] != NEVER:
            hold(row["since"] <= row["started"] <= row["ended"])
        hold(row["arrived"] <= row["ended"] <= run.record.end)
        hold(
            (row["outcome"] in (Outcome.ANSWERED, Outcome.IN_SERVICE)) <= (row["started"] != NEVER)
        )
    hold(all(value >= 0 for path, value in run.measures.items() if "wait" in path))


def demand_is_accounted_for(run: Played) -> None:
    """Demanded, deflected, substituted and induced contacts make the first attempts."""
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
        hold(of["substituted"] == (moved & (run.contacts.origin == index)).sum())
        first = (
            of["demanded"]
            - of["deflected"]
            - of["substituted"]
            + of["induced"]
            + (moved & here).sum()
            + (backlog & here).sum()
        )
        hold(run.measures[f"channels.{name}.first_attempts"] == first)


def the_total_is_the_sum_of_the_lines_to_the_cent(run: Played) -> None:
    """Total cost is the sum of its lines, to the cent."""
    bill = price(run.scenario, run.measures)
    values = bill.measures()
    hold(all(run.measures[path] == value for path, value in values.items()))
    lines = [value for path, value in values.items() if path.startswith("costs.lines.")]
    hold(round(100 * values["costs.total"]) == sum(round(100 * line) for line in lines))
    hold(len(lines) == len(bill.lines))
    for line, quantity, cents in zip(bill.lines, bill.quantities, bill.cents, strict=True):
        hold(abs(cents - 100 * quantity * line.rate) <= 0.5 + 1e-6)
    parts = ("costs.full", "costs.once")
    hold(round(100 * values["costs.total"]) == sum(round(100 * values[part]) for part in parts))


COUNTS: tuple[Identity, ...] = (
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
