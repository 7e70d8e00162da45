"""Quantiles of smallest sizes: right, and with no more played than it takes to know them."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as some

from simulation.experiment.workers import Crew
from simulation.sizing.counted import Counted
from simulation.sizing.played import Desk, Job, Tried, bench
from simulation.sizing.trials import NormOutcome
from simulation.verification.played import scenario_of
from tests.sizing.asked import morning

HIGH = 12
BENCH = bench(scenario_of(morning()), {"desk": 1.0})


@dataclass
class Table(Crew[Job, Tried | str]):
    """Plays by a table instead of simulating: whether each rung attains, by replication."""

    table: dict[int, list[bool]]
    played: list[tuple[int, int]] = field(default_factory=list)

    def do(self, jobs):
        for job in jobs:
            rungs = [rung for ((_, rung),) in job.levels]
            self.played += [(job.replication, rung) for rung in rungs]
            flags = (self.table[job.replication][rung] for rung in rungs)
            outcomes = ({"calls": NormOutcome(None, flag)} for flag in flags)
            yield job, Tried({}, tuple(zip(job.levels, outcomes, strict=True)), {})


def counted(table):
    crew = Table(table)
    numbers = range(1, len(table) + 1)
    desk = Desk(crew, {}, lambda *_: None)
    own = Counted(
        BENCH, desk, numbers, ("calls",), 0, HIGH, lambda rung: (("desk", rung),), lambda: None
    )
    return own, crew


def attaining_from(sizes):
    return {n: [rung >= size for rung in range(HIGH + 1)] for n, size in enumerate(sizes, 1)}


sizes = some.lists(some.integers(0, HIGH + 1), min_size=1, max_size=40)


@given(sizes, some.integers(0, HIGH), some.data())
def test_the_size_that_suffices_in_k_replications_is_the_kth_smallest_one(own, guess, data):
    need = data.draw(some.integers(1, len(own)))
    kth = sorted(own)[need - 1]
    assert counted(attaining_from(own))[0].smallest(need, guess) == (kth if kth <= HIGH else None)


@given(sizes, some.integers(0, HIGH), some.data())
def test_no_trial_is_played_after_it_is_decided(own, rung, data):
    need = data.draw(some.integers(1, len(own)))
    these, crew = counted(attaining_from(own))
    assert these.suffices(rung, need) == (sum(size <= rung for size in own) >= need)
    flags = [own[number - 1] <= rung for number, _ in crew.played]
    assert len(crew.played) == len(set(crew.played))
    hits, misses = sum(flags[:-1]), len(flags[:-1]) - sum(flags[:-1])
    assert hits < need
    assert misses <= len(own) - need


tables = some.lists(
    some.lists(some.booleans(), min_size=HIGH + 1, max_size=HIGH + 1), min_size=1, max_size=20
).map(lambda rows: dict(enumerate(rows, 1)))


@given(tables, some.integers(0, HIGH), some.data())
def test_reversals_that_were_played_are_counted_and_no_others(table, guess, data):
    these, crew = counted(table)
    these.smallest(data.draw(some.integers(1, len(table))), guess)
    turned = {
        number
        for number, low in crew.played
        for other, high in crew.played
        if number == other and low < high and table[number][low] and not table[number][high]
    }
    assert these.reversals() == len(turned)
    for number, flags in these.tried.items():
        assert flags == {rung: table[number][rung] for n, rung in crew.played if n == number}
