"""Results whose pages are looked at in a browser: the example, and what strains a page."""

from collections.abc import Callable
from random import Random
from typing import Any

from simulation.comparison.document import Result
from simulation.finance.document import CaseResult
from tests.report import case_examples, equal_example, examples, size_cases
from tests.report.example_data import STRATEGIES
from tests.report.random_results import NASTY

AMOUNTS = ("mean", "low", "high", "p5", "p95")
QUANTITIES = "costs.quantities."


def named(titles: list[str]) -> Result:
    """Give the example with other titles, which explain themselves by the same words."""
    strategies = [
        {**STRATEGIES[place % len(STRATEGIES)], "name": f"s_{place}", "title": title, "why": title}
        for place, title in enumerate(titles)
    ]
    return examples.result(strategies=strategies)


def forty() -> Result:
    """Give forty scenarios, each with costs and norms of its own."""
    document = examples.realistic(STRATEGIES[:3])
    today = STRATEGIES[0]
    base = examples.played(today, document["replications"], Random(7))
    scenarios = document["scenarios"][:1]
    for place in range(1, 40):
        counter, phone, webcare = today["staff"]
        strategy = {
            **STRATEGIES[2],
            "name": f"s_{place}",
            "staff": (counter - 900 * place, phone - 700 * (place % 7), webcare + 800 * place),
            "shares": (0.93 - 0.002 * place, 0.86 - 0.01 * (place % 9), 0.98 - 0.01 * (place % 5)),
        }
        played = examples.scenario(1, strategy, base, document["replications"])
        scenarios.append({**played, "letter": "ABCD"[place // 10] + "ABCDEFGHIJ"[place % 10]})
    verdict = examples.verdict(scenarios)
    return Result.model_validate({**document, "scenarios": scenarios, "verdict": verdict})


def city() -> Result:
    """Give the example with as much to tell as a large municipality has."""
    why = "Een bericht kan wachten en een beller niet. Eén team vult de stille minuten. " * 3
    document = examples.realistic([{**strategy, "why": why} for strategy in STRATEGIES])
    for scenario in document["scenarios"]:
        scenario["norms"] += [
            {
                **norm,
                "name": f"{norm['name']}_too",
                "title": f"{norm['name']} ruim",
                "counts": False,
            }
            for norm in scenario["norms"]
        ]
    return Result.model_validate(document)


def priced(factor: float) -> Result:
    """Give the example with every amount and every rate multiplied."""
    document = examples.realistic()
    for scenario in document["scenarios"]:
        for estimates in (scenario["measures"], scenario["differences"]):
            for path, estimate in estimates.items():
                if path.startswith("costs.") and not path.startswith(QUANTITIES):
                    estimate |= {k: times(estimate[k], factor) for k in AMOUNTS}
        for path, values in scenario["raw"].items():
            if not path.startswith(QUANTITIES):
                values[:] = [value * factor for value in values]
        for line in scenario["lines"]:
            line["rate"] *= factor
    return Result.model_validate(document)


def times(value: float | None, factor: float) -> Any:
    return None if value is None else value * factor


LONG = [
    "x" * 300,
    "Webcare en telefoon en balie samen in één ploeg die elkaar de hele dag helpt " * 4,
    "Meervoudigepersoonlijkheidsgegevensverwerkingsovereenkomst " * 5,
    "Kort",
]

SAMPLES = {
    "six": examples.result,
    "city": city,
    "equal": equal_example.result,
    "one": lambda: examples.result(strategies=STRATEGIES[:1]),
    "few": lambda: examples.result(replications=3),
    "forty": forty,
    "nasty": lambda: named(list(NASTY[:6])),
    "long": lambda: named(LONG),
    "huge": lambda: priced(1e12 / 7e5),
    "tiny": lambda: priced(0.01 / 3e4),
}
"""Six scenarios, and variants, by name."""

SIZES = {"size": size_cases.one, "sizes": size_cases.everyone}
"""Sizes by the name of the sample."""

CASES: dict[str, Callable[[], CaseResult]] = {
    "case": case_examples.reconciled,
    "hostile case": case_examples.hostile,
}
"""Business cases by the name of the sample."""
