"""The queues that every engine plays: their figures, and our scenarios of them."""

import json

from simulation.scenario.scenario import Scenario

AGENTS, PER_HOUR, SERVICE, PATIENCE = 11, 200.0, 180.0, 300.0
"""M/M/11+M at an offered load of 10 erlangs; seconds."""

LOAD = PER_HOUR * SERVICE / 3600

DAY_RATES = (100, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60)
DAY_AGENTS = (4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4)
OPENING = 8
"""The call centre of SSJ's tutorial: calls and agents in each hour from 08:00 on.

Service is exponential with mean 100 s; one in ten has no patience, that of the others is
exponential with mean 1,000 s; a day is busier or quieter by a gamma factor of shape 10. Source:
github.com/umontreal-simul/ssj, src/main/docs/examples/tutorial/CallCenter.dat.
"""


def impatient_queue(hours: int) -> Scenario:
    """Give M/M/11+M over so many hours."""
    return _scenario(
        f"{hours} hours",
        {"rates": [{"per_hour": PER_HOUR}]},
        {"patience": _exponential(PATIENCE), "handling": _exponential(SERVICE)},
        [{"heads": AGENTS}],
    )


def call_centre(days: int) -> Scenario:
    """Give the call centre over so many days."""
    hours = [
        {"from": f"{hour:02d}:00", "until": f"{hour + 1:02d}:00"}
        for hour in range(OPENING, OPENING + len(DAY_RATES))
    ]
    return _scenario(
        f"{days} days",
        {
            "rates": [
                {**hour, "per_hour": rate} for hour, rate in zip(hours, DAY_RATES, strict=True)
            ]
        },
        {
            "open": [{"from": hours[0]["from"], "until": hours[-1]["until"]}],
            "patience": {**_exponential(1_000), "zero_share": 0.1},
            "handling": _exponential(100),
        },
        [{**hour, "heads": heads} for hour, heads in zip(hours, DAY_AGENTS, strict=True)],
        variation={"day_cv": 10**-0.5},
    )


def _exponential(mean: float) -> dict[str, str]:
    return {"family": "exponential", "mean": f"{mean:.0f} seconds"}


def _scenario(
    length: str, demand: object, channel: dict[str, object], roster: object, **parts: object
) -> Scenario:
    """Give a scenario of one telephone channel and one team."""
    plain = {
        "kanaalkompas": 1,
        "title": "Benchmark",
        "horizon": {"start": "2026-01-01", "length": length},
        "demand": {"phone": demand},
        "channels": {"phone": {"kind": "live", **channel}},
        "teams": {"agents": {"roster": roster, "channels": {"phone": {}}}},
        **parts,
    }
    return Scenario.model_validate_json(json.dumps(plain))
