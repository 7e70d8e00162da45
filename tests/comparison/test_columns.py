"""Columns of an experiment say what its rows say, also where a measure does not always exist."""

from simulation.comparison.columns import Columns, Rows
from simulation.experiment.row import Packer

ROWS: Rows = [
    (1, {"offered": 3, "mean_wait": 1.5}),
    (2, {"offered": 0}),
    (4, {"offered": 2, "mean_wait": 2.0, "left": 1}),
]


def packed(rows):
    packer = Packer()
    return [(number, packer.pack(dict(row))) for number, row in rows]


def test_a_value_stands_at_the_place_of_its_replication():
    for rows in (ROWS, packed(ROWS)):
        columns = Columns(rows)
        assert columns.numbers == [1, 2, 4]
        assert list(columns) == ["offered", "mean_wait", "left"]
        assert dict(columns) == {
            "offered": [3, 0, 2],
            "mean_wait": [1.5, None, 2.0],
            "left": [None, None, 1],
        }
        assert columns.existing("mean_wait") == [1.5, 2.0]
        assert columns.existing("unknown") == []


def test_counts_stay_whole():
    columns = Columns(packed(ROWS))
    assert [type(value) for value in columns["offered"]] == [int, int, int]
    assert (columns.counted("offered"), columns.counted("mean_wait")) == (True, False)


def test_differences_are_taken_within_a_replication_that_both_have():
    columns = Columns(packed(ROWS))
    other = Columns([(2, {"offered": 5}), (3, {"offered": 9}), (4, {"offered": 1})])
    assert columns.less(other, "offered") == [-5, 1]
