"""People who share a tour can always be told apart."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.rostering.people import coloured, split


@st.composite
def shared(draw):
    """Draw a tour, people, and shifts that they can work in number, but whose is not said."""
    counts = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    people = draw(st.integers(1, 6))
    left = {length: most * people for length, most in enumerate(counts)}
    edges = []
    for day in range(7):
        free = draw(st.integers(0, people))
        for _ in range(free):
            length = draw(st.sampled_from(range(len(counts))))
            if left[length]:
                left[length] -= 1
                edges.append((length, day))
    return edges, counts, people


@given(shared())
def test_everyone_works_one_shift_a_day_and_no_more_of_a_length_than_the_tour_has(drawn):
    edges, counts, people = drawn
    rows = split(edges, counts, people)
    assert len(rows) == people
    assert Counter((length, day) for row in rows for day, length in row.items()) == Counter(edges)
    for row in rows:
        for length, number in Counter(row.values()).items():
            assert number <= counts[length]


def test_more_shifts_than_people_can_work_are_refused():
    with pytest.raises(ValueError, match="more shifts of a length"):
        split([(0, 0), (0, 1), (0, 2)], [1], 2)
    with pytest.raises(ValueError, match="more edges than there are colours"):
        coloured([((0, 0), 0), ((1, 0), 0), ((2, 0), 0)], 2)
