"""Points that were kept: a file that somebody else wrote or a crash cut off does no harm."""

from typing import Any

import pytest

from simulation.cli.kept_lines import KeptLines
from simulation.cli.point_store import PointStore
from simulation.finance.points import PointSeen

GOOD: dict[str, Any] = {
    "job": "a",
    "need": {"desk": 1.5, "post": None},
    "measures": {"costs.full": 3.0},
}

ODD = [
    GOOD | {"job": "b", "need": None},
    GOOD | {"job": "c", "need": {"desk": "many"}},
    GOOD | {"job": "d", "measures": 5},
    GOOD | {"job": "e", "measures": {"costs.full": None}},
    {"job": "f"},
]
"""Lines with the right check sum, of another layout."""


@pytest.fixture
def file(tmp_path):
    with KeptLines(tmp_path / "points.jsonl") as lines:
        for line in [*ODD, GOOD]:
            lines.write(line)
    return tmp_path / "points.jsonl"


def test_only_what_is_laid_out_as_now_is_known(file):
    assert PointStore(file).known == {"a": PointSeen(GOOD["need"], GOOD["measures"])}


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"[]\n", b"null\n", b"[" * 5_000 + b"\n", b'{"jo'])
def test_garbage_before_and_after_does_no_harm(file, damage):
    whole = PointStore(file).known
    file.write_bytes(damage + b"\n" + file.read_bytes() + damage)
    with PointStore(file) as store:
        assert store.known == whole
        store.write(GOOD | {"job": "z"})
    assert set(PointStore(file).known) == {"a", "z"}
