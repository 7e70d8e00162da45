"""The pack fails where something is wrong, and says where."""

from collections.abc import Iterator

import numpy as np
import pytest

from simulation.cli.verify_tables import as_data
from simulation.play import compiled
from simulation.play.engines import Engine
from simulation.play.record import Outcome
from simulation.verification.case import Family, families, read
from simulation.verification.identity import Broken
from simulation.verification.observe import simulator
from simulation.verification.pack import Chosen, Fault, verify
from simulation.verification.played import Played, scenario_of
from simulation.verification.random_runs import IDENTITIES, play_random, sentences
from simulation.verification.random_scenario import Seeded, random_scenario

BOTH = (Engine.SIMPY, Engine.COMPILED)


def quick(name: str) -> Family:
    """Give a family with its first quick case."""
    (family,) = [each for each in families() if each.name == name]
    return family.model_copy(update={"cases": tuple(c for c in family.cases if c.quick)[:1]})


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """Let no simulator with another engine stay behind."""
    simulator.cache_clear()
    yield
    simulator.cache_clear()


def shifted(change):
    """Give the compiled engine with a fault: its record is changed afterwards."""
    play = compiled.play

    def with_fault(plan, contacts, replication):
        record = play(plan, contacts, replication)
        change(record.attempts)
        return record

    return with_fault


def one_microsecond_late(attempts):
    answered = np.flatnonzero(attempts["outcome"] == Outcome.ANSWERED)
    attempts["ended"][answered[-1:]] += 1


def one_in_twenty_lost(attempts):
    answered = np.flatnonzero(attempts["outcome"] == Outcome.ANSWERED)
    attempts["outcome"][answered[::20]] = Outcome.ABANDONED


def test_an_engine_that_is_a_microsecond_off_once_is_noticed(monkeypatch):
    monkeypatch.setattr(compiled, "play", shifted(one_microsecond_late))
    report = verify(Chosen([quick("m-m-c-g")], scenarios=2), BOTH, workers=1)
    assert report.differing == 0, "no statistic would show it"
    queues, randoms = report.engines
    assert len(queues.broken) == queues.runs
    assert queues.broken[0].startswith("M/M/11+D, load 1, replication 1: contact ")
    assert len(randoms.broken) == 2
    assert randoms.broken[0].startswith("random scenario 1: contact ")
    assert report.failures == 2


def test_an_engine_that_loses_callers_differs_from_theory_alone(monkeypatch):
    monkeypatch.setattr(compiled, "play", shifted(one_in_twenty_lost))
    report = verify(Chosen([quick("erlang-a")]), [Engine.COMPILED], workers=1)
    lines = report.sections[0].lines
    assert {line.figure: line.verdict for line in lines}["abandons"] == "differs"
    assert report.engines == ()


@pytest.mark.parametrize("place", range(len(IDENTITIES)))
def test_every_identity_can_be_broken_by_something(place):
    """One of many small faults in what was written down, or in what was measured of it."""
    identity = IDENTITIES[place]
    for number in range(1, 16):
        run = Played(scenario_of(random_scenario(Seeded(1, number))), Engine.COMPILED)
        identity(run)
        for fault in FAULTS:
            broken = Played(run.scenario, Engine.COMPILED)
            fault(broken)
            try:
                identity(broken)
            except (Broken, KeyError):
                return
    pytest.fail(f"nothing breaks: {identity.__doc__}")


def more(path):
    """Give a fault that adds one to the measures with a name."""

    def fault(run):
        for name in [name for name in run.measures if name.endswith(path)]:
            run.measures[name] += 1

    return fault


def column(name, change, where=lambda rows: np.ones(len(rows), bool)):
    """Give a fault that changes a column of the attempts that are meant, every third."""

    def fault(run):
        rows = run.record.attempts
        meant = np.flatnonzero(where(rows))[::3]
        rows[name][meant] += change

    return fault


def fewer_present(run):
    run.record.presence["present"] -= 1


FAULTS = (
    *(more(path) for path in (".offered", "busy_hours", "substituted", "costs.total")),
    column("arrived", -60_000_000),
    column("started", -3_600_000_000, lambda rows: rows["started"] >= 0),
    column("started", 600_000_000, lambda rows: (rows["started"] >= 0) & (rows["team"] >= 0)),
    column("ended", 3_600_000_000, lambda rows: rows["outcome"] == Outcome.ABANDONED),
    column("ended", 7_200_000_000),
    column("cause", 1, lambda rows: rows["cause"] > 0),
    column("resolved", 1, lambda rows: rows["resolved"] == 0),
    column("outcome", 1),
    column("number", 1),
    fewer_present,
)


def test_a_broken_identity_is_told_with_its_scenario(monkeypatch):
    monkeypatch.setattr(compiled, "play", shifted(one_in_twenty_lost))
    report = verify(Chosen(scenarios=3), [Engine.COMPILED], workers=1)
    wrong = [held for held in report.identities if held.broken]
    assert wrong
    assert all(place.startswith("random scenario ") for held in wrong for place in held.broken)
    assert report.failures == len(wrong)


def test_a_replication_that_fails_is_a_fault_with_its_case(monkeypatch):
    def fail(*_):
        raise RuntimeError("oops")

    monkeypatch.setattr(compiled, "play", fail)
    with pytest.raises(Fault, match=r"M/M/11/15, load 1, lines: RuntimeError: oops"):
        verify(Chosen([quick("trunks")]), [Engine.COMPILED], workers=1)


def test_an_interval_that_is_too_wide_proves_nothing():
    text = """
title: Too short
source: none
law: erlang_c
figures: [wait]
replications: {simpy: 12, compiled: 12}
precision: {simpy: 0.1, compiled: 0.1}
cases: [{agents: 3, load: 0.9, warm_up: 10, length: 50}]
"""
    (line,) = verify(Chosen([read(text, "short")]), [Engine.COMPILED], workers=1).sections[0].lines
    assert line.verdict == "too wide"


def test_the_same_seed_writes_the_same_report():
    reports = [
        as_data(
            verify(Chosen([quick("m-g-1")], scenarios=2), [Engine.COMPILED], seed=seed, workers=1)
        )
        for seed in (5, 5, 6)
    ]
    assert reports[0] == reports[1] != reports[2]


def test_every_statement_is_told_once():
    assert len(set(sentences())) == len(sentences())
    assert play_random(1, 1, [Engine.COMPILED]).broken == {}
