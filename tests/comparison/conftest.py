"""Comparisons made by hand: measures are written down, not simulated."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from simulation.comparison.compare import Entrant, compare
from simulation.experiment import Experiment
from simulation.scenario import loads

BASE: dict[str, Any] = {
    "kanaalkompas": 1,
    "title": "By hand",
    "horizon": {"start": "2026-01-05", "length": "1 day"},
    "demand": {"phone": {"rates": [{"per_hour": 10}]}},
    "channels": {
        "phone": {"kind": "live", "handling": {"family": "exponential", "mean": "3 minutes"}}
    },
    "teams": {"agents": {"roster": [{"heads": 2}], "channels": {"phone": {}}}},
    "norms": {"fast": {"channel": "phone", "within": "25 s", "target": 0.8}},
}


def written(**parts):
    """Read a scenario of `BASE` with other parts."""
    return loads(json.dumps({**BASE, **parts})).scenario


def experiment(cost=None, attained=None, distance=None, *, scenario=None, failed=()):
    """Write down replications: costs, attainment and distance to the norm, one each."""
    columns = {
        "costs.structural": cost,
        "norms_together.attained": attained,
        "norms.fast.attained": attained,
        "norms_together.distance": distance,
        "norms.fast.distance": distance,
    }
    columns = {path: column for path, column in columns.items() if column is not None}
    count = len(next(iter(columns.values())))
    finished: dict[int, Mapping[str, float | int]] = {
        number: {path: column[number - 1] for path, column in columns.items()}
        for number in range(1, count + 1)
        if number not in failed
    }
    return Experiment(
        scenario or written(), finished, dict.fromkeys(failed, "MemoryError: no room")
    )


def around(middle, count=30, spread=1.0):
    """Give values around a middle: -1, 0 and 1 times the spread in turn."""
    return [middle + spread * (number % 3 - 1) for number in range(count)]


def yes(times, count=30):
    """Give that many ones and zeros for the rest."""
    return [1] * times + [0] * (count - times)


@pytest.fixture
def result():
    """Compare experiments, the baseline first."""

    def make(*experiments):
        entrants = [
            Entrant(f"s{place}", f"s{place}.yaml", (), (), each)
            for place, each in enumerate(experiments)
        ]
        return compare(entrants, 30)

    return make
