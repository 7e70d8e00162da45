"""Queues in equilibrium, from scenario text, against the formulas.

The tolerance is the 99.9 % interval of the run itself, and the run must be long enough for that
interval to be as narrow as its case says: a test that could not fail would fail. Where the books
are silent about narrow intervals at hundreds of agents, `test_same_people` compares every single
contact. ``python -m tests.theory.campaign 20`` plays twenty times as much.
"""

import pytest

from tests.theory.cases import CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_simulated_queue_is_the_one_of_theory(case):
    wrong = []
    for what, (mean, half) in case.observe().items():
        exact = case.exact[what]
        if half > case.precision[what] * exact:
            wrong.append(f"{what}: the interval ± {half / exact:.1%} is too wide to mean anything")
        if abs(mean - exact) > half:
            wrong.append(f"{what}: {mean:.5f} ± {half:.5f}, exactly {exact:.5f}")
    assert wrong == []
