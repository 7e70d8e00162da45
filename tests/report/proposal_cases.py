"""Small, made-up results: one for each thing that a proposal can have to say."""

from typing import Any

from hypothesis import strategies as st

from simulation.comparison.document import Attainment, Result, ScenarioResult
from simulation.comparison.verdict import reach_verdict
from simulation.report.reader import Reader
from simulation.report.sections.proposal import memo
from simulation.report.traced import plain
from tests.report.random_results import PERIODS, attainment, estimate, results

WEEK, YEAR = PERIODS[2], PERIODS[0]
LEVEL = 100_000.0
NORM = {
    "name": "phone_60",
    "title": None,
    "channel": "phone",
    "within": "60 seconds",
    "kind": "clock",
    "target": 0.8,
    "formula": "answered_within / offered",
    "period": "horizon",
    "counts": True,
    "path": "norms.phone_60.share",
}


def line(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "name": f"{name}.pay",
        "group": "month",
        "title": None,
        "unit": "month",
        "rate": 1.0,
        "avoidable": True,
        "structural": True,
        "sources": (),
        **changes,
    }


def scenario(
    letter: str,
    cost: float | None = 0.0,
    runs: int | None = 30,
    *,
    n: int = 30,
    together: int | None = None,
    share: float = 0.9,
    half: float = 100.0,
    more: dict[str, float] | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """Give a scenario: its structural cost against today, and how often it attains its norm.

    ``more`` are other differences with today, by path; the level of each today is 5.000.
    """
    today, differences = letter == "0", more or {}
    measures = {path: estimate(5_000.0 + d, 1.0, n) for path, d in differences.items()}
    made = {path: estimate(d, 1.0, n) for path, d in differences.items()}
    if cost is not None:
        measures["costs.structural"] = estimate(LEVEL + cost, half, n)
        made["costs.structural"] = estimate(cost, half, n)
    norms = []
    if runs is not None:
        norms = [NORM | {"attainment": attainment(runs, n)}]
        measures["norms.phone_60.share"] = estimate(share, 0.01, n)
        measures["norms_together.distance"] = estimate(share - 0.8, 0.01, n)
    all_runs = runs if together is None else together
    return {
        "letter": letter,
        "name": f"plan_{letter}",
        "title": f"Plan {letter}",
        "why": None,
        "changes": (),
        "scenario": {},
        "assumptions": [],
        "finished": n,
        "numbers": list(range(1, n + 1)),
        "failures": [],
        "same_demand": True,
        "measures": measures,
        "differences": {} if today else made,
        "norms": norms,
        "all_norms": None if all_runs is None else attainment(all_runs, n),
        "weakest": None if runs is None else "phone_60",
        "lines": [],
        "dominated_by": (),
        "raw": {} if cost is None else {"costs.structural": [LEVEL + cost] * n},
        **changes,
    }


def compared(*scenarios: dict[str, Any], **changes: Any) -> Result:
    """Give the comparison of these scenarios, with the verdict that their numbers give."""
    checked = [ScenarioResult.model_validate(each) for each in scenarios]
    return Result.model_validate(
        {
            "format": "kanaalkompas-result/1",
            "version": "0.1.0",
            "question": 4 * "3f2a9c1b7d5e4a60",
            "seed": 12345,
            "replications": scenarios[0]["finished"],
            "confidence": 0.9,
            "period": WEEK,
            "organisation": None,
            "example": False,
            "scenarios": scenarios,
            "verdict": reach_verdict(checked).model_dump(),
            **changes,
        }
    )


def assumption(path: str, source: str | None) -> dict[str, Any]:
    return {"path": path, "value": 1, "source": source}


MISSES = scenario("0", runs=0, share=0.5)
SOURCED = {"assumptions": [assumption("demand", "a report")]}
ESTIMATED = {"assumptions": [assumption("demand", None), assumption("shift", "a report")]}
VAT = {"compensable": ["compensable"], "cost": ["cost"], "both": ["cost", "compensable"]}
BOUGHT = {
    name: {"lines": [line(f"month.{vat}", vat=vat) for vat in kinds]} for name, kinds in VAT.items()
}
FIXED = {"lines": [line("staff.overhead", avoidable=False)]}
PRICED = {"scenario": {"costs": {"price_level": 2025}}}
FAILED = {"failures": [{"replication": 31, "error": "boom", "command": "kanaalkompas run x"}]}
SHORT = {"citizens.wait_hours": -40.0}
LONG = {"citizens.wait_hours": 40.0}
WORK = {"channels.phone.handling_hours": -250.0}
APART = {"costs.once": 25_000.0, "costs.obligation": 9_000.0}
FREED = {"costs.once": -4_000.0, "costs.obligation": -3_000.0}


def _close(count: int) -> list[dict[str, Any]]:
    return [scenario("ABCDEFG"[order], -5_000.0) for order in range(count + 1)]


CASES: dict[str, tuple[Result, tuple[str, ...]]] = {
    "cheaper": (
        compared(MISSES | PRICED, scenario("A", -5_000.0, more=SHORT | WORK) | BOUGHT["both"]),
        ("subject.one", "lead", "decisions.note.one", "decisions.choose.cheaper",
         "decisions.today.not_all", "decisions.money.cheaper", "funding.structural.cheaper",
         "funding.booking.cashable", "funding.capacity", "funding.price_level.other",
         "funding.vat.both", "funding.period.part", "risks.real", "risks.spread.same",
         "notes.without", "notes.model", "notes.record", "notes.interval"),
    ),
    "dearer": (
        compared(MISSES, scenario("A", 5_000.0, more=APART) | BOUGHT["cost"], period=YEAR),
        ("decisions.choose.dearer", "decisions.money.dearer", "funding.structural.dearer",
         "funding.booking.dearer", "funding.once.more", "funding.obligation.more",
         "funding.vat.cost", "funding.period.year"),
    ),
    "no clear difference": (
        compared(scenario("0", runs=0),
                 scenario("A", -10.0, share=0.805, more=FREED) | BOUGHT["compensable"]),
        ("decisions.choose.no_clear_difference", "decisions.money.no_clear_difference",
         "funding.structural.no_clear_difference", "funding.booking.no_clear_difference",
         "funding.once.less", "funding.obligation.less", "funding.vat.compensable",
         "risks.narrow", "risks.spread.both"),
    ),
    "difference unknown": (
        compared(MISSES, scenario("A", 5_000.0) | {"differences": {}}),
        ("decisions.choose.attains", "funding.no_costs"),
    ),
    "today attains too": (
        compared(scenario("0"), scenario("A", -5_000.0, more={"costs.once": 0.0}) | FIXED),
        ("decisions.today.all", "funding.once.none", "funding.fixed"),
    ),
    "prices of the year itself": (
        compared(MISSES | {"scenario": {"costs": {"price_level": 2027}}}, scenario("A", -5_000.0)),
        ("funding.price_level.same",),
    ),
    "overhead follows down": (
        compared(MISSES, scenario("A", -5_000.0, more={"costs.full": -8_000.0}) | FIXED),
        ("funding.fixed", "funding.full.less"),
    ),
    "overhead follows up": (
        compared(MISSES, scenario("A", 5_000.0, more={"costs.full": 8_000.0}) | FIXED),
        ("funding.full.more",),
    ),
    "another one has higher one-off costs": (
        compared(MISSES, scenario("A", -5_000.0), scenario("B", 9.0, more=APART)),
        ("funding.once.most",),
    ),
    "today without norms": (
        compared(scenario("0", runs=None), scenario("A", -5_000.0)),
        ("decisions.today.no_norms",),
    ),
    "today uncertain": (
        compared(scenario("0", runs=24), scenario("A", -5_000.0), scenario("B", 900.0, runs=0)),
        ("decisions.today.unsure", "subject.other", "decisions.note.other"),
    ),
    "about as dear": (compared(MISSES, *_close(2)), ("decisions.close.named",)),
    "many about as dear": (compared(MISSES, *_close(5)), ("decisions.close.count",)),
    "today is cheapest": (
        compared(scenario("0"), scenario("A", 5_000.0, more=LONG)),
        ("decisions.keep", "risks.waiting"),
    ),
    "none attains": (
        compared(MISSES, scenario("A", -9_000.0, runs=1, share=0.6), scenario("B", -5_000.0, 1)),
        ("decisions.none", "decisions.nearest", "decisions.none.next", "funding.cheapest",
         "funding.dearest.cheaper", "funding.booking.missed", "risks.short", "risks.furthest"),
    ),
    "none attains, dearer": (
        compared(MISSES, scenario("A", 1_000.0, 0), scenario("B", 5_000.0, 0)),
        ("funding.dearest.dearer",),
    ),
    "none attains, as dear": (
        compared(MISSES, scenario("A", -5_000.0, 0), scenario("B", 10.0, 0)),
        ("funding.dearest.no_clear_difference",),
    ),
    "not together": (
        compared(MISSES, scenario("A", -5_000.0, together=3)), ("risks.together",),
    ),
    "undecided": (
        compared(scenario("0", runs=24), scenario("A", -5_000.0, 24)),
        ("decisions.undecided", "funding.booking.unsure", "risks.unsure"),
    ),
    "only one undecided": (
        compared(MISSES, scenario("A", -5_000.0, 24)), ("decisions.undecided.one",),
    ),
    "undecided, though always attained": (
        compared(MISSES | {"finished": 12}, scenario("A", -5_000.0, 12, n=12)),
        ("risks.unsure.all",),
    ),
    "today attains sometimes": (
        compared(scenario("0", runs=12)), ("decisions.today.sometimes",),
    ),
    "too few": (
        compared(scenario("0", n=3, runs=3), scenario("A", n=3, runs=3)),
        ("decisions.too_few.all", "funding.too_few", "risks.too_few", "notes.chance"),
    ),
    "too few of one": (
        compared(scenario("0", n=3, runs=3), scenario("A", n=20, runs=20)),
        ("decisions.too_few.some",),
    ),
    "no norms": (
        compared(scenario("0", runs=None), scenario("A", -5_000.0, None)),
        ("decisions.no_norms", "funding.booking.no_norms", "risks.no_norms"),
    ),
    "no costs": (
        compared(scenario("0", None), scenario("A", None)),
        ("decisions.no_costs", "funding.no_costs", "risks.none"),
    ),
    "alone": (
        compared(scenario("0")),
        ("subject.alone", "decisions.note.alone", "decisions.add", "funding.today"),
    ),
    "alone and undecided": (compared(scenario("0", runs=24)), ("decisions.undecided.alone",)),
    "worked example": (
        compared(MISSES | ESTIMATED | FAILED, scenario("A", -5_000.0), example=True),
        ("subject.example", "lead", "decisions.example.note",
         "decisions.example.figures", "funding.booking.example", "notes.estimates",
         "notes.failed"),
    ),
    "all sourced": (compared(scenario("0") | SOURCED), ("notes.sourced",)),
    "nothing stated": (compared(scenario("0")), ("notes.unstated",)),
    "other circumstances": (
        compared(scenario("0"), scenario("A", 1.0, runs=2, same_demand=False)),
        ("risks.circumstances",),
    ),
    "one without advantage": (
        compared(MISSES, scenario("A", -5_000.0), scenario("B", 9.0, 0, dominated_by=("A",))),
        ("notes.dominated.named",),
    ),
    "many without advantage": (
        compared(MISSES, *(scenario(x, 9.0, 0, dominated_by=("0",)) for x in "ABCD")),
        ("notes.dominated.count",),
    ),
}  # fmt: skip
"""Name of a case: the result, and the texts that it has to reach."""


@st.composite
def decided(draw: st.DrawFn) -> Result:
    """Give a random result in which every scenario surely attains all norms, or surely does not."""
    result, made = draw(results()), []
    for each in result.scenarios:
        runs = draw(st.sampled_from([0, each.finished, each.finished]))
        together = Attainment.model_validate(attainment(runs, each.finished))
        sure = together.model_copy(update={"low": 0.9}) if runs else together
        made.append(each.model_copy(update={"all_norms": sure if each.all_norms else None}))
    verdict = reach_verdict(made)
    return result.model_copy(update={"scenarios": tuple(made), "verdict": verdict})


any_result = results() | decided() | st.sampled_from([result for result, _ in CASES.values()])


def named(result: Result) -> Result:
    """Give every scenario a name that says its letter, and every norm the name of its channel."""
    made = [
        each.model_copy(
            update={
                "title": f"Plan {each.letter}",
                "scenario": {},
                "norms": tuple(norm.model_copy(update={"title": None}) for norm in each.norms),
            }
        )
        for each in result.scenarios
    ]
    return result.model_copy(update={"scenarios": tuple(made)})


def points(result: Result, language: str) -> list[list[str]]:
    """Give the points of each heading as a reader sees them."""
    parts = memo(result, Reader(language)).parts
    return [[plain(point) for point in part.points] for part in parts]


def said(result: Result, language: str) -> list[str]:
    return [point for part in points(result, language) for point in part]
