"""The search for the smallest size: the same answer as trying every size."""

from hypothesis import given
from hypothesis import strategies as st

from simulation.sizing.search import Range, smallest


@given(
    low=st.integers(0, 5),
    width=st.integers(0, 200),
    crossing=st.integers(-3, 210),
    guess=st.integers(-10, 230),
)
def test_where_larger_teams_never_do_worse_the_smallest_is_found(low, width, crossing, guess):
    high = low + width
    found = smallest(lambda rung: rung >= crossing, Range(low, high, guess))
    assert found.smallest == (max(low, crossing) if crossing <= high else None)
    assert found.monotone
    assert all(low <= rung <= high for rung in found.tried)


@given(st.sets(st.integers(0, 40), min_size=1), st.integers(0, 40))
def test_the_answer_attains_and_so_does_everything_above_it_that_was_tried(attaining, guess):
    found = smallest(attaining.__contains__, Range(0, 40, guess))
    if found.smallest is None:
        assert not found.tried[40]
        return
    assert found.smallest in attaining
    assert all(flag for rung, flag in found.tried.items() if rung >= found.smallest)
    below = [flag for rung, flag in found.tried.items() if rung < found.smallest]
    assert found.smallest == 0 or not all(below)


def test_a_size_that_misses_what_a_smaller_one_attains_is_noticed():
    attaining = {4, 6, 7, 8, 9, 10}
    found = smallest(attaining.__contains__, Range(0, 10, 4))
    assert not found.monotone
    assert found.smallest == 6


def test_a_good_guess_needs_few_trials():
    found = smallest(lambda rung: rung >= 50, Range(0, 1_000, 50))
    assert sorted(found.tried) == [49, 50, 51]
