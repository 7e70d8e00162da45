"""The weeks of many replications: the same bytes however they are played."""

import numpy as np

from simulation.experiment.replication import Simulator
from simulation.experiment.weeks import play_weeks
from simulation.measures.week import WeekTally, measure_week
from simulation.scenario.scenario import by_name
from tests.experiment import workload

SCENARIO = workload.scenario()
ARRAYS = [name for name, value in vars(WeekTally(["a"], ["b"])).items() if hasattr(value, "shape")]


def arrays(tally):
    """Give the bytes of all arrays of a tally."""
    return {name: getattr(tally, name).tobytes() for name in ARRAYS}


def test_two_workers_and_another_order_give_the_same_bytes():
    one = play_weeks(SCENARIO, [1, 2, 3, 4], workers=1)
    two = play_weeks(SCENARIO, [4, 2, 3, 1], workers=2)
    assert arrays(one.tally) == arrays(two.tally)
    assert one.finished == two.finished == [1, 2, 3, 4]
    assert one.tally.replications == 4


def test_the_sum_is_that_of_the_replications():
    weeks = play_weeks(SCENARIO, [1, 2], workers=1)
    own = Simulator(by_name(SCENARIO))
    tally = WeekTally(list(own.scenario.channels), list(own.scenario.teams))
    for number in (1, 2):
        played = own.played(number)
        tally.add(measure_week(own.plan, played.contacts, played.record))
    assert arrays(weeks.tally) == arrays(tally)
    assert np.sum(tally.work) > 0


def test_an_interruption_keeps_what_was_finished():
    def stop(done, _):
        if done == 2:
            raise KeyboardInterrupt

    weeks = play_weeks(SCENARIO, range(1, 100), workers=1, progress=stop)
    assert weeks.interrupted
    assert weeks.finished == [1, 2]
    assert weeks.tally.replications == 2
