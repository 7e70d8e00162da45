"""Trials: what a worker kept is let go with them."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from simulation.play.engines import Engine
from simulation.sizing.trials import Trials
from simulation.verification.played import scenario_of
from tests.sizing.asked import morning


@pytest.fixture
def _no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
def test_trials_do_not_wait_for_the_collector_of_cycles() -> None:
    own = Trials(scenario_of(morning()), {"desk": 1.0}, Engine.AUTO)
    assert own.outcome((("desk", 2),), 1)
    assert own.measures((("desk", 2),), 1)
    alive = weakref.ref(own)
    del own
    assert alive() is None
