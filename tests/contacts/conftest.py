"""A small scenario to vary: one phone channel in 2026, without closed days."""

import json

import pytest

from simulation.scenario.scenario import Scenario

PLAIN = {
    "kanaalkompas": 1,
    "title": "Test",
    "horizon": {"start": "2026-01-01", "length": "365 days"},
    "demand": {"phone": {"yearly": 10_000}},
    "channels": {
        "phone": {
            "kind": "live",
            "open": [{"days": "mon-fri", "from": "09:00", "until": "17:00"}],
            "handling": {"family": "exponential", "mean": "4 minutes"},
        }
    },
}


@pytest.fixture(scope="session")
def build():
    """Make a scenario of `PLAIN` with other parts, written as in a file."""

    def make(**parts):
        return Scenario.model_validate_json(json.dumps({**PLAIN, **parts}))

    return make


@pytest.fixture(scope="session")
def channel():
    """Make a channel as a file writes it."""

    def make(kind="live", **parts):
        handling = {"family": "exponential", "mean": "4 minutes"}
        return {"kind": kind, "handling": handling, **parts}

    return make
