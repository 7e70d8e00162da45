"""A whole scenario to break, one place at a time."""

import copy
import json
from typing import Any

from simulation.scenario import ScenarioError, loads

GONE = object()
"""Stands for a key that is taken out."""

WHOLE: dict[str, Any] = {
    "kanaalkompas": 1,
    "title": "whole",
    "horizon": {"start": "2026-03-02", "length": "7 days"},
    "reasons": {"question": {}, "report": {}},
    "demand": {
        "phone": {"yearly": 50_000, "reasons": {"question": 0.7, "report": 0.3}},
        "counter": {"rates": [{"per_hour": 5}], "reasons": {"question": 1}},
    },
    "events": {
        "storm": {
            "start": "2026-03-03",
            "contacts": 50,
            "decay": "3 hours",
            "reasons": {"report": 1},
            "channels": {"phone": 0.6, "social": 0.4},
        }
    },
    "shift": {
        "deflection": {"news": {"shares": {"question": 0.1}}},
        "substitution": {
            "messages": {
                "to": "social",
                "willingness": {"question": 0.5},
                "stated_to_realised": 0.1,
                "channels": {"phone": 1},
                "reach": {"platforms": {"facebook": 0.7, "x": 0.2}, "offered": ["facebook"]},
            }
        },
        "induced": {"extra": {"to": "social", "shares": {"question": 0.01}}},
    },
    "channels": {
        "phone": {
            "kind": "live",
            "open": [{"days": "mon-fri", "from": "08:00", "until": "18:00"}],
            "handling": {"family": "exponential", "mean": "5 minutes"},
            "patience": {"family": "exponential", "mean": "6 minutes"},
            "divert": {"after": "10 minutes", "to": "social"},
            "after_abandoned": {
                "probability": 0.5,
                "delay": {"family": "deterministic", "mean": "10 minutes"},
                "to": {"phone": 0.8, "social": 0.2},
            },
        },
        "counter": {
            "kind": "live",
            "handling": {"family": "exponential", "mean": "8 minutes"},
            "sites": {"centre": 0.5, "north": 0.5},
        },
        "social": {
            "kind": "deferred",
            "open": [{"days": "mon-fri", "from": "09:00", "until": "17:00"}],
            "handling": {"family": "gamma", "mean": "8 minutes", "cv": 1},
            "transfer": {"to": "back_office", "probability": 0.2},
        },
        "back_office": {
            "kind": "deferred",
            "handling": {"family": "uniform", "low": "5 minutes", "high": "9 minutes"},
        },
    },
    "lines": {"trunks": {"capacity": 20, "channels": ["phone"]}},
    "teams": {
        "kcc": {
            "roster": [{"days": "mon-fri", "from": "08:00", "heads": [5, 6, 7]}],
            "channels": {"phone": {}, "social": {"rank": 2}},
            "pay_scale": "employee",
        },
        "desks": {
            "sites": {"centre": [{"heads": 2}], "north": [{"heads": 1}]},
            "channels": {"counter": {}},
            "pay_scale": "employee",
        },
        "experts": {
            "roster": [{"heads": 1}],
            "channels": {"back_office": {}},
            "pay_scale": "employee",
        },
    },
    "norms": {
        "fast": {"channel": "phone", "within": "25 seconds", "target": 0.8},
        "soon": {"channel": "social", "within_working_days": 1, "target": 0.9},
    },
    "costs": {
        "price_level": 2025,
        "pay_scales": {"employee": {"monthly_salary": 3_000, "includes": ["seat"]}},
        "per_contact": {"calls": {"channel": "phone", "amount": 0.1, "vat": "cost"}},
        "per_month": {
            "tool": {"amount": 500, "team": "kcc", "covers": "licence", "vat": "compensable"}
        },
    },
}


def change(changes: dict[str, Any]) -> dict[str, Any]:
    """Give the whole scenario with changes by dotted path."""
    data = copy.deepcopy(WHOLE)
    for place, value in changes.items():
        *outer, last = place.split(".")
        part: Any = data
        for key in outer:
            part = part[int(key)] if isinstance(part, list) else part.setdefault(key, {})
        if value is GONE:
            del part[last]
        elif isinstance(part, list):
            part[int(last)] = value
        else:
            part[last] = value
    return data


def problems_of(data: Any) -> dict[str, str]:
    """Load data as a file and give what is said about each place."""
    text = data if isinstance(data, str | bytes) else json.dumps(data, indent=1)
    try:
        loads(text, "file.yaml")
    except ScenarioError as error:
        said: dict[str, str] = {}
        for problem in error.problems:
            said[problem.place] = said.get(problem.place, "") + f"{problem}\n"
        return said
    return {}
