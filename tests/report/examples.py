"""A realistic, made-up result to look at, built from a few numbers per scenario."""

import random
import statistics
from typing import Any

from simulation.comparison.document import Result
from tests.report.example_data import (
    ASSUMPTIONS,
    DUMP,
    LINES,
    NORMS,
    RATES,
    REPLICATIONS,
    STRATEGIES,
)

TEAMS = ("counter", "phone", "webcare")


def estimate(values: list[float]) -> dict[str, Any]:
    mean, half = statistics.fmean(values), 0.0
    if len(values) > 1:
        half = 1.7 * statistics.stdev(values) / len(values) ** 0.5
    ordered = sorted(values)
    few = len(values) < 10
    return {
        "mean": mean,
        "low": None if few else mean - half,
        "high": None if few else mean + half,
        "p5": ordered[len(values) // 20],
        "p95": ordered[-1 - len(values) // 20],
        "n": len(values),
    }


def attainment(attained: int, of: int) -> dict[str, Any]:
    share = attained / of
    half = 1.6 * (max(share * (1 - share), 0.01) / of) ** 0.5
    status = "attained" if share >= 0.8 else "missed" if share <= 0.2 else "unclear"
    low, high = max(0.0, share - half), min(1.0, share + half)
    decided = {"attained": low >= 0.8, "missed": high <= 0.2, "unclear": low > 0.2 and high < 0.8}
    return {
        "attained": attained,
        "of": of,
        "low": low,
        "high": high,
        "status": status,
        "decided": decided[status],
    }


def played(strategy: dict[str, Any], replications: int, citizens: random.Random) -> dict[str, Any]:
    """Give the values of each replication, by path."""
    days = [citizens.gauss(0, 1) for _ in range(replications)]
    own = random.Random(strategy["name"])
    series: dict[str, list[float]] = {"citizens.wait_hours": [], "costs.structural": []}
    for day in days:
        staff = [amount * (1 + 0.002 * own.gauss(0, 1)) for amount in strategy["staff"]]
        calls = 31_000 + 900 * day + own.gauss(0, 60)
        lines = dict(zip((f"staff.{team}.pay" for team in TEAMS), staff, strict=True))
        lines["staff.phone.overhead"] = staff[1] / RATES["staff.phone.pay"] * 20_000.0
        lines["contact.telephony"] = 0.11 * calls
        lines["month.webcare_tool"] = 1_750.0 if staff[2] > 20_000 else 0.0
        lines["once.training"] = strategy.get("once", 0.0)
        for name, amount in lines.items():
            series.setdefault(f"costs.lines.{name}", []).append(amount)
            rate = RATES[name]
            series.setdefault(f"costs.quantities.{name}", []).append(amount / rate)
        counted = [line for line in LINES if line.get("avoidable", True)]
        groups = dict.fromkeys((line["group"] for line in counted), 0.0)
        for line in counted:
            groups[line["group"]] += lines[line["name"]]
        for group, amount in groups.items():
            series.setdefault(f"costs.groups.{group}", []).append(amount)
        full, once = sum(lines.values()) - lines["once.training"], lines["once.training"]
        series["costs.structural"].append(full - lines["staff.phone.overhead"])
        series.setdefault("costs.once", []).append(once)
        series.setdefault("costs.full", []).append(full)
        series.setdefault("costs.total", []).append(sum(lines.values()))
        series["citizens.wait_hours"].append(strategy["wait"] * (1 + 0.1 * day))
        for team, amount in zip(TEAMS, staff, strict=True):
            series.setdefault(f"teams.{team}.paid_hours", []).append(round(amount / 35))
            series.setdefault(f"channels.{team}.handling_hours", []).append(amount / 48)
        for channel in ("counter", "phone"):
            waited = strategy["wait"] * (1 + 0.1 * day) / 2
            series.setdefault(f"channels.{channel}.citizen_wait_hours", []).append(waited)
        distances = []
        for (name, _, _, _, target), share in zip(NORMS, strategy["shares"], strict=True):
            value = min(1.0, share - 0.012 * day + own.gauss(0, 0.006))
            series.setdefault(f"norms.{name}.share", []).append(value)
            distances.append(value - target)
        series.setdefault("norms_together.distance", []).append(min(distances))
    return series


def norms_of(series: dict[str, list[float]], replications: int) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "title": None,
            "channel": channel,
            "within": within,
            "kind": kind,
            "target": target,
            "formula": "answered_within / offered",
            "period": "horizon",
            "counts": True,
            "attainment": attainment(
                sum(share >= target for share in series[f"norms.{name}.share"]), replications
            ),
            "path": f"norms.{name}.share",
        }
        for name, channel, within, kind, target in NORMS
    ]


def scenario(
    place: int, strategy: dict[str, Any], base: dict[str, list[float]], replications: int
) -> dict[str, Any]:
    series = played(strategy, replications, random.Random(7))
    norms = norms_of(series, replications)
    together = sum(distance >= 0 for distance in series["norms_together.distance"])
    means = {n["name"]: statistics.fmean(series[n["path"]]) - n["target"] for n in norms}
    return {
        "letter": "0ABCDEFGH"[place],
        "name": strategy["name"],
        "title": strategy["title"],
        "why": strategy.get("why", {"nl": "Waarom dit kan helpen.", "en": "Why this may help."}),
        "changes": ("demand", "channels", "costs", "teams") if place == 0 else ("shift", "teams"),
        "scenario": DUMP,
        "assumptions": ASSUMPTIONS[:2] + ASSUMPTIONS[3:4] if place == 0 else ASSUMPTIONS,
        "finished": replications,
        "numbers": list(range(1, replications + 1)),
        "failures": [],
        "same_demand": not strategy.get("other", False),
        "measures": {path: estimate(values) for path, values in series.items()},
        "differences": {}
        if place == 0
        else {
            path: estimate([a - b for a, b in zip(values, base[path], strict=True)])
            for path, values in series.items()
        },
        "norms": norms,
        "all_norms": attainment(together, replications),
        "weakest": min(means, key=lambda name: means[name]),
        "lines": [
            {
                "title": None,
                "avoidable": True,
                "structural": line["group"] != "once",
                "sources": ("costs.pay_scales.scale_8.monthly_salary",),
                "rate": RATES[line["name"]],
                **line,
            }
            for line in LINES
        ],
        "dominated_by": (),
        "raw": {path: values for path, values in series.items() if path.startswith("costs.")},
    }


def verdict(scenarios: list[dict[str, Any]]) -> dict[str, Any]:
    """Make the verdict as the comparison would, roughly."""
    fit = [s for s in scenarios if s["same_demand"]]
    costs = {
        s["letter"]: s["differences"].get("costs.structural", {"mean": 0.0, "low": 0, "high": 0})
        for s in fit
    }
    sure = {s["letter"]: s["all_norms"] for s in fit}
    attaining = sorted(
        (x for x, norms in sure.items() if norms["status"] == "attained" and norms["decided"]),
        key=lambda letter: costs[letter]["mean"],
    )
    undecided = [x for x, norms in sure.items() if norms["low"] < 0.8 <= norms["high"]]
    undecided = [letter for letter in undecided if letter not in attaining]
    kind = "cheapest_attaining" if attaining else "undecided" if undecided else "none_attains"
    way = None
    if attaining and attaining[0] != "0" and costs[attaining[0]]["low"] is not None:
        cost = costs[attaining[0]]
        way = "cheaper" if cost["high"] < 0 else "dearer" if cost["low"] > 0 else (
            "no_clear_difference")  # fmt: skip
    return {
        "kind": kind,
        "scenario": attaining[0] if attaining else None,
        "direction": way,
        "attaining": attaining,
        "undecided": undecided,
        "close": (),
    }


def realistic(
    strategies: list[dict[str, Any]] = STRATEGIES, replications: int = REPLICATIONS
) -> dict[str, Any]:
    """Give the document of a comparison as it would stand in a file."""
    base = played(strategies[0], replications, random.Random(7))
    scenarios = [scenario(i, s, base, replications) for i, s in enumerate(strategies)]
    return {
        "format": "kanaalkompas-result/1",
        "version": "0.1.0",
        "question": 4 * "3f2a9c1b7d5e4a60",
        "seed": 1,
        "replications": replications,
        "confidence": 0.9,
        "period": {
            "start": "2026-03-02T00:00:00",
            "end": "2026-03-30T00:00:00",
            "name": {"nl": "vier gewone weken in maart", "en": "four ordinary weeks in March"},
            "days": 28.0,
            "months": ("2026-03",),
            "calendar_year": False,
        },
        "organisation": None,
        "example": True,
        "scenarios": scenarios,
        "verdict": verdict(scenarios),
    }


def result(**changes: Any) -> Result:
    """Give the realistic comparison, checked."""
    return Result.model_validate(realistic(**changes))
