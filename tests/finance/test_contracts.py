"""Only whole contracts become cash, and only when somebody leaves."""

from hypothesis import given
from hypothesis import strategies as st

from simulation.finance.contracts import release, whole_contracts
from simulation.scenario.finance import Workforce

SHARE = st.floats(0, 1)
FTE = st.floats(0, 200)
WORKFORCES = st.builds(
    Workforce,
    contract=st.floats(8, 40),
    flexible=SHARE,
    attrition=SHARE,
    redeployment=SHARE,
    redundancy=SHARE,
)
FULL_TIME = 1_872.0


def test_hire_ends_first_then_people_leave_by_themselves():
    workforce = Workforce(flexible=0.2, attrition=0.1)
    paths = [release(10, 5, workforce, place, FULL_TIME) for place in range(5)]
    assert [path.flexible for path in paths] == [2, 2, 2, 2, 2]
    assert [path.attrition for path in paths] == [0, 0, 1, 2, 2]
    assert [path.unabsorbed for path in paths] == [3, 3, 2, 1, 1]
    assert [path.paid_fte for path in paths] == [8, 8, 7, 6, 6]


def test_nobody_is_made_redundant_unless_that_is_asked():
    assert release(10, 0, Workforce(), 9, FULL_TIME).unabsorbed == 10
    assert release(10, 0, Workforce(redundancy=1), 0, FULL_TIME).unabsorbed == 10
    assert release(10, 0, Workforce(redundancy=1), 1, FULL_TIME).redundancy == 10


@given(FTE, FTE, st.floats(0.1, 2))
def test_contracts_that_are_needed_cover_the_need_and_one_fewer_would_not(today, need, contract):
    change = whole_contracts(today, need, contract)
    assert today + change * contract >= need - 1e-4
    assert today + (change - 1) * contract < need + 1e-4


@given(FTE, FTE, WORKFORCES, st.integers(0, 30))
def test_contracts_add_up(today, need, workforce, place):
    own = release(today, need, workforce, place, FULL_TIME)
    ended = own.flexible + own.attrition + own.redeployment + own.redundancy
    assert min(own.flexible, own.attrition, own.redeployment, own.redundancy, own.unabsorbed) >= 0
    assert ended + own.unabsorbed == max(0, -own.needed)
    assert own.paid_fte >= need - 1e-3


@given(FTE, FTE, WORKFORCES, st.integers(0, 29))
def test_who_is_gone_stays_gone(today, need, workforce, place):
    own, later = (release(today, need, workforce, at, FULL_TIME) for at in (place, place + 1))
    assert later.unabsorbed <= own.unabsorbed
