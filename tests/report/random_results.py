"""Random results: valid documents of every kind, with numbers that decide the claims."""

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from simulation.comparison.document import Result, ScenarioResult
from simulation.comparison.verdict import reach_verdict

NASTY = ("<script>alert(1)</script>", "A & B", "=1+1", "{n}", "</style>", "'\" onload=x", "x" * 300)

amounts = st.floats(-1e9, 1e9, allow_nan=False) | st.floats(-500, 500) | st.just(0.0)
titles = st.sampled_from([*NASTY, "Webcare als extra kanaal"]) | st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=60
)


def estimate(mean: float, half: float, n: int) -> dict[str, Any]:
    enough = n >= 10
    return {
        "mean": mean,
        "low": mean - half if enough else None,
        "high": mean + half if enough else None,
        "p5": mean - 2 * half,
        "p95": mean + 2 * half,
        "n": n,
    }


def attainment(attained: int, of: int) -> dict[str, Any]:
    share = attained / of
    half = 0.9 / of**0.5
    low, high = max(0.0, share - half), min(1.0, share + half)
    status = "attained" if share >= 0.8 else "missed" if share <= 0.2 else "unclear"
    decided = {"attained": low >= 0.8, "missed": high <= 0.2, "unclear": low > 0.2 and high < 0.8}
    return {
        "attained": attained,
        "of": of,
        "low": low,
        "high": high,
        "status": status,
        "decided": decided[status],
    }


@st.composite
def estimates(draw: st.DrawFn, n: int, values: st.SearchStrategy[float] = amounts) -> Any:
    mean = draw(values)
    return estimate(mean, draw(st.sampled_from([0.0, 0.01, 0.3, 1.5])) * abs(mean), n)


@st.composite
def norms(draw: st.DrawFn, n: int, names: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "title": draw(st.none() | titles),
            "channel": name.split("_")[0],
            "within": draw(
                st.sampled_from(["25 seconds", "8 hours working time", "1 working days"])
            ),
            "kind": "clock",
            "target": draw(st.sampled_from([0.8, 0.9, 0.855])),
            "formula": "answered_within / offered",
            "period": "horizon",
            "counts": draw(st.booleans()),
            "attainment": attainment(draw(st.integers(0, n)), n),
            "path": f"norms.{name}.share",
        }
        for name in names
    ]


@st.composite
def pairings(draw: st.DrawFn, n: int) -> Any:
    return draw(st.none() | st.just({"pairs": n, "worth": draw(st.none() | st.floats(1, 1e6))}))


@st.composite
def scenarios(
    draw: st.DrawFn, letter: str, n: int, names: list[str], groups: list[str]
) -> dict[str, Any]:
    """Give one scenario; ``groups`` are its groups of cost lines, none without prices."""
    today = letter == "0"
    made = draw(norms(n, names))
    counted = [norm for norm in made if norm["counts"]]
    lines = [
        {
            "name": f"{group}.pay",
            "group": group,
            "title": draw(st.none() | titles),
            "unit": "hour",
            "rate": draw(st.floats(0.01, 1e6)),
            "avoidable": True,
            "structural": group != "once",
            "sources": ("costs.pay_scales.a.monthly_salary",),
        }
        for group in groups
    ]
    measures = {norm["path"]: draw(estimates(n, st.floats(0, 1))) for norm in made}
    measures["citizens.wait_hours"] = draw(estimates(n, st.floats(0, 1e7)))
    differences = {"citizens.wait_hours": draw(estimates(n))}
    if counted:
        measures["norms_together.distance"] = draw(estimates(n, st.floats(-1, 1)))
    for line in lines:
        level, difference = draw(estimates(n, st.floats(0, 1e9))), draw(estimates(n))
        for path in (f"costs.lines.{line['name']}", f"costs.groups.{line['group']}"):
            measures[path], differences[path] = level, difference
    if lines:
        structural = [line["name"] for line in lines if line["structural"]]
        measures["costs.structural"] = draw(estimates(n, st.floats(0, 1e9)))
        mean = sum(differences[f"costs.lines.{name}"]["mean"] for name in structural)
        width = draw(st.sampled_from([0.0, 0.02, 0.5, 2.0]))
        differences["costs.structural"] = estimate(mean, width * abs(mean), n)
    return {
        "letter": letter,
        "name": f"scenario_{letter}",
        "title": draw(titles),
        "why": draw(st.none() | titles),
        "changes": ("teams",),
        "scenario": {
            "channels": {"phone": {"title": draw(titles)}},
            "costs": {"pay_scales": {"a": {"monthly_salary": 3000.0}}},
        },
        "assumptions": [
            {
                "path": "teams.phone.shrinkage",
                "value": draw(st.floats(-1e6, 1e6) | titles),
                "source": draw(st.none() | titles),
            }
        ],
        "finished": n,
        "numbers": list(range(1, n + 1)),
        "failures": [{"replication": 1, "error": "boom <b>", "command": "kanaalkompas run x"}]
        if draw(st.booleans())
        else [],
        "same_demand": True if today else draw(st.sampled_from([True, True, True, False])),
        "measures": measures,
        "differences": {} if today else differences,
        "pairing": None if today or n < 10 or not lines else draw(pairings(n)),
        "norms": made,
        "all_norms": attainment(draw(st.integers(0, n)), n) if counted else None,
        "weakest": counted[0]["name"] if counted else None,
        "lines": lines,
        "dominated_by": (),
        "raw": {"costs.structural": [draw(amounts) for _ in range(n)]} if lines else {},
    }


@st.composite
def precisions(draw: st.DrawFn) -> dict[str, Any]:
    cost, service = draw(st.none() | st.floats(0.01, 1e6)), draw(st.none() | st.floats(1e-4, 0.5))
    return {
        "cost": cost,
        "service": service,
        "most": draw(st.integers(60, 10_000)),
        "reached": draw(st.booleans()),
        "cost_half_width": draw(st.none() | st.floats(0, 1e7)) if cost else None,
        "service_half_width": draw(st.none() | st.floats(0, 1)) if service else None,
    }


LETTERS = ["0", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *(f"A{x}" for x in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]


@st.composite
def results(draw: st.DrawFn, most: int = 4) -> Result:
    """Give a result of one to ``most`` scenarios, with the verdict that its numbers give."""
    n = draw(st.sampled_from([3, 12, 60]))
    names = draw(st.sampled_from([[], ["phone_25"], ["phone_25", "counter_15", "webcare_1"]]))
    priced = draw(st.sampled_from([True, True, False]))
    groups = ["staff.phone", "staff.webcare", "contact", "month", "once"] if priced else []
    count = draw(st.integers(1, most))
    made = [draw(scenarios(letter, n, names, groups)) for letter in LETTERS[:count]]
    checked = [ScenarioResult.model_validate(scenario) for scenario in made]
    return Result.model_validate(
        {
            "format": "kanaalkompas-result/1",
            "version": "0.1.0",
            "question": 4 * "3f2a9c1b7d5e4a60",
            "seed": 1,
            "replications": n,
            "precision": draw(st.none() | precisions()),
            "confidence": 0.9,
            "period": draw(st.sampled_from(PERIODS)),
            "organisation": draw(st.none() | titles),
            "example": draw(st.booleans()),
            "scenarios": made,
            "verdict": reach_verdict(checked).model_dump(),
        }
    )


PERIODS = [
    {
        "start": start,
        "end": end,
        "name": None,
        "days": 7.0,
        "months": ("2026-03",),
        "calendar_year": start.endswith("01-01T00:00:00"),
    }
    for start, end in pairwise(
        ["2026-01-01T00:00:00", "2027-01-01T00:00:00", "2027-01-01T01:00:00", "2027-03-02T00:00:00"]
    )
]
