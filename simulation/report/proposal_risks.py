"""What a proposal says about risks, and what it does not know."""

from simulation.comparison.document import NormResult, Result, ScenarioResult
from simulation.report import equal_claims, facts
from simulation.report.claim import (
    Claim,
    Confidence,
    Count,
    Hours,
    NormOf,
    Sentences,
    Share,
    Span,
    Spread,
    Stated,
    Titles,
    Value,
    WaitingAt,
)

_MOST = 4
"""Risks that are listed; they come in order of weight."""

_NARROW = 0.02
"""Distance above its target, as a share, below which a norm is attained narrowly."""


def risks(result: Result) -> list[Sentences]:
    """Give the risks that follow from the numbers, the heaviest first."""
    focus, today = facts.focus(result), facts.baseline(result)
    if facts.too_few(result):
        return [(Claim("proposal.risks.too_few"),)]
    keeps = focus is None or result.verdict.scenario == today.letter
    found = [
        *(_norms(result, today) if keeps else []),
        *(_norms(result, focus) if focus else []),
        *([] if facts.has_norms(result) else [(Claim("proposal.risks.no_norms"),)]),
        *(_real(focus) if focus else []),
        *(_waiting(result, focus) if focus else []),
        *_circumstances(result),
        *(_spread(result, focus) if focus and not result.equal_service else []),
    ]
    return found[:_MOST] or [(Claim("proposal.risks.none"),)]


def _norms(result: Result, scenario: ScenarioResult) -> list[Sentences]:
    """Say how a scenario stands to its norms, unless it attains them all with room to spare."""
    together, values = scenario.all_norms, _runs(result, scenario)
    if together is None:
        return []
    short = [n for n in facts.counting(scenario) if n.attainment.high < facts.limit(result)]
    if short:
        return [(_attained(result, scenario, "short"), *_furthest(result, scenario, short))]
    if facts.surely(scenario):
        return _narrow(result, scenario)
    if not facts.unsure(result, scenario):
        return [(Claim("proposal.risks.together", values),)]
    every = ".all" if together.attained == together.of else ""
    return [(Claim(f"proposal.risks.unsure{every}", values),)]


def _runs(result: Result, scenario: ScenarioResult) -> dict[str, Value]:
    """Give in how many simulations a scenario attains all norms together."""
    together, path = scenario.all_norms, facts.at(result, scenario, "all_norms")
    if together is None:
        return {}
    return {
        "scenario": Titles((scenario.letter,)),
        "k": Count(together.attained, f"{path}.attained"),
        "n": Count(together.of, f"{path}.of"),
    }


def _attained(result: Result, scenario: ScenarioResult, form: str) -> Claim:
    path = facts.at(result, scenario, "norms")
    return Claim(
        f"proposal.risks.{form}",
        {
            "scenario": Titles((scenario.letter,)),
            "attained": Count(facts.attained(scenario), path, "attained"),
            "of": Count(len(facts.counting(scenario)), path, "counting"),
        },
    )


def _furthest(result: Result, scenario: ScenarioResult, short: list[NormResult]) -> Sentences:
    """Name the norm that is attained least."""
    measured = [(_margin(scenario, n), n) for n in short if n.path in scenario.measures]
    if not measured:
        return ()
    _, norm = min(measured, key=lambda one: one[0])
    path = facts.at(result, scenario, "norms", str(scenario.norms.index(norm)), "attainment")
    runs: dict[str, Value] = {
        "k": Count(norm.attainment.attained, f"{path}.attained"),
        "n": Count(norm.attainment.of, f"{path}.of"),
    }
    return (Claim("proposal.risks.furthest", _measured(result, scenario, norm) | runs),)


def _narrow(result: Result, scenario: ScenarioResult) -> list[Sentences]:
    measured = [n for n in facts.counting(scenario) if n.path in scenario.measures]
    close = [(gap, n) for n in measured if (gap := _margin(scenario, n)) < _NARROW]
    if not close:
        return []
    _, norm = min(close, key=lambda one: one[0])
    values = _measured(result, scenario, norm) | {"scenario": Titles((scenario.letter,))}
    return [(Claim("proposal.risks.narrow", values),)]


def _margin(scenario: ScenarioResult, norm: NormResult) -> float:
    return scenario.measures[norm.path].mean - norm.target


def _measured(result: Result, scenario: ScenarioResult, norm: NormResult) -> dict[str, Value]:
    """Give a norm with the share that was in time and the share that was wanted."""
    order = str(scenario.norms.index(norm))
    share = facts.at(result, scenario, "measures", norm.path, "mean")
    target = facts.at(result, scenario, "norms", order, "target")
    return {
        "norm": NormOf(norm.name, scenario.letter),
        "share": Share(scenario.measures[norm.path].mean, norm.target, share),
        "target": Share(norm.target, norm.target, target),
    }


def _real(focus: ScenarioResult) -> list[Sentences]:
    if facts.direction(facts.cost(focus)) != "cheaper":
        return []
    return [(Claim("proposal.risks.real"),)]


def _waiting(result: Result, focus: ScenarioResult) -> list[Sentences]:
    difference = focus.differences.get(facts.WAIT)
    if difference is None or facts.direction(difference) != "dearer":
        return []
    hours = Hours(difference, facts.at(result, focus, "differences", facts.WAIT))
    values: dict[str, Value] = {
        "scenario": Titles((focus.letter,)),
        "hours": hours,
        "at": WaitingAt(focus.letter),
    }
    return [(Claim("proposal.risks.waiting", values),)]


def _circumstances(result: Result) -> list[Sentences]:
    """Name the scenario with other circumstances that attains the fewest norms."""
    fails = [
        scenario
        for scenario in facts.elsewhere(result)
        if any(norm.attainment.high < facts.limit(result) for norm in facts.counting(scenario))
    ]
    if not fails:
        return []
    return [(_attained(result, min(fails, key=facts.attained), "circumstances"),)]


def _spread(result: Result, focus: ScenarioResult) -> list[Sentences]:
    difference = facts.cost(focus)
    if difference is None or facts.direction(difference) is None:
        return []
    if difference.p5 == difference.p95:
        return []
    form = "both" if difference.p5 < 0 < difference.p95 else "same"
    path = facts.at(result, focus, "differences", facts.STRUCTURAL)
    values: dict[str, Value] = {
        "scenario": Titles((focus.letter,)),
        "spread": Spread(difference, path),
        "span": Span(),
        "spans": Span(many=True),
    }
    return [(Claim(f"proposal.risks.spread.{form}", values),)]


def notes(result: Result, dominated: list[Sentences]) -> list[Sentences]:
    """Give what a reader has to know beside the numbers."""
    focus = facts.focus(result)
    model = [Claim("proposal.notes.model")]
    if focus and facts.direction(facts.cost(focus)) == "cheaper":
        model.append(Claim("proposal.notes.without", {"scenario": Titles((focus.letter,))}))
    sized = [tuple(equal_claims.resolution(result))] if result.equal_service else []
    return [_assumptions(result), tuple(model), *dominated, *filter(None, sized), _record(result)]


def _assumptions(result: Result) -> Sentences:
    own, stated = facts.own_estimates(result)
    values: dict[str, Value] = {
        "n": Count(own, "scenarios", "own_estimates"),
        "of": Count(stated, "scenarios", "assumptions"),
    }
    form = "unstated" if not stated else "estimates" if own else "sourced"
    chance = Claim("proposal.notes.interval", {"confidence": Confidence()})
    if facts.too_few(result):
        chance = Claim("proposal.notes.chance")
    return (Claim(f"proposal.notes.{form}", values), chance)


def _record(result: Result) -> Sentences:
    """Say which run it was: enough to make it again."""
    record = Claim(
        "proposal.notes.record",
        {
            "version": Stated(result.version, "version"),
            "n": Count(result.replications, "replications"),
            "seed": Stated(str(result.seed), "seed"),
            "question": Stated(result.question.rpartition(":")[2][:8], "question"),
        },
    )
    failed = sum(len(scenario.failures) for scenario in result.scenarios)
    if not failed:
        return (record,)
    return (record, Claim("proposal.notes.failed", {"n": Count(failed, "scenarios", "failures")}))
