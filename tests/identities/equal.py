"""The engines against each other on many random scenarios: ``make equal N=10000``.

It prints progress, and for the first difference the smallest scenario that shows it.
"""

import sys
import time

import yaml
from hypothesis import HealthCheck, Verbosity, given, settings

from simulation.experiment.replication import Simulator
from simulation.play import compiled, engine
from simulation.verification.played import scenario_of
from tests.identities.random_scenarios import scenarios, unusual_scenarios
from tests.play.alike import assert_same


def play_both(data, replication=1):
    """Play a scenario with both engines and see that they agree; give the number of attempts."""
    simulator = Simulator(scenario_of(data))
    contacts = simulator.sampler.contacts(replication)
    expected = engine.play(simulator.plan, contacts, replication)
    record = compiled.play(simulator.plan, contacts, replication)
    assert_same(expected, record, "compiled")
    return len(expected.attempts)


def main(number):
    """Compare the engines on so many scenarios."""
    begin, done = time.monotonic(), [0, 0]

    @settings(
        max_examples=number,
        derandomize=False,
        deadline=None,
        database=None,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @given(scenarios() | unusual_scenarios())
    def agree(data):
        try:
            done[1] += play_both(data)
        except AssertionError as error:
            error.add_note(yaml.safe_dump(data, sort_keys=False))
            raise
        done[0] += 1
        if done[0] % 500 == 0:
            rate = done[0] / (time.monotonic() - begin)
            print(f"{done[0]} of {number}, {max(0, number - done[0]) / rate:.0f} s left")

    agree()
    print(f"{done[0]} scenarios, {done[1]:,} attempts: the engines agree on every one")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
