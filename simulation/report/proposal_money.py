"""What a proposal says about money: structural, one-off, what can be booked, on which basis.

Structural and one-off amounts stand apart, and a gain in capacity is never among them.
"""

from simulation.comparison.document import Estimate, Result, ScenarioResult
from simulation.report import equal_claims, facts
from simulation.report.claim import (
    Claim,
    Confidence,
    Count,
    During,
    Gap,
    Money,
    Sentences,
    Stated,
    Titles,
    Value,
)

_CENT = 0.005
"""Amounts below this are 0 on a bill."""


def funding(result: Result) -> list[Sentences]:
    """Give the points about money."""
    focus, today = facts.focus(result), facts.baseline(result)
    if facts.has_costs(result) and facts.too_few(result):
        return [(Claim("proposal.funding.too_few"),)]
    if focus is None and (level := today.measures.get(facts.STRUCTURAL)):
        path = facts.at(result, today, "measures", facts.STRUCTURAL)
        amount = Money(level, path, today.letter)
        alone = Claim("proposal.funding.today", {"amount": amount, "during": During()})
        example = [(Claim("proposal.funding.booking.example"),)] if result.example else []
        return [*_step(result), (alone,), *example, _basis(result, today)]
    if focus is None or (difference := facts.cost(focus)) is None:
        return [(Claim("proposal.funding.no_costs"),)]
    if facts.direction(difference) is None:
        return [(Claim("proposal.funding.too_few"),)]
    apart = (*_apart(result, focus), *_most_once(result, focus))
    return [
        *_step(result),
        (_structural(result, focus, difference), *_cheapest(result, focus), *_dearest(result)),
        *([apart] if apart else []),
        (_booking(result, focus), *_capacity(result, focus)),
        _basis(result, focus),
    ]


def _step(result: Result) -> list[Sentences]:
    """Set apart what the norms ask without any strategy, where scenarios have just enough staff."""
    said = equal_claims.apart(result)
    return [said] if said else []


def _cheapest(result: Result, focus: ScenarioResult) -> Sentences:
    """Say why this scenario is the one spoken of, when it is not the verdict's."""
    if focus.letter == result.verdict.scenario or len(facts.comparable(result)) == 1:
        return ()
    return (Claim("proposal.funding.cheapest"),)


def _structural(result: Result, focus: ScenarioResult, difference: Estimate) -> Claim:
    path = facts.at(result, focus, "differences", facts.STRUCTURAL)
    return Claim(
        f"proposal.funding.structural.{facts.direction(difference)}",
        {
            "scenario": Titles((focus.letter,)),
            "amount": Money(difference, path, focus.letter),
            "during": During(),
            "confidence": Confidence(),
            "gap": Gap(difference, path),
        },
    )


def _dearest(result: Result) -> Sentences:
    """Give the dearest scenario too where the verdict is not about a single one."""
    priced = [(d.mean, d, s) for s in facts.comparable(result) if (d := facts.cost(s))]
    if len(priced) == 1 or result.verdict.kind == "cheapest_attaining":
        return ()
    _, difference, dearest = max(priced, key=lambda one: one[0])
    way = facts.direction(difference)
    if way is None or dearest is facts.focus(result):
        return ()
    path = facts.at(result, dearest, "differences", facts.STRUCTURAL)
    amount = Money(difference, path, dearest.letter)
    values: dict[str, Value] = {"scenario": Titles((dearest.letter,)), "amount": amount}
    return (Claim(f"proposal.funding.dearest.{way}", values),)


def _apart(result: Result, focus: ScenarioResult) -> Sentences:
    """Give the amounts that do not recur: one-off costs, and what contracts commit afterwards."""
    found = []
    for name, path in (("once", facts.ONCE), ("obligation", facts.OBLIGATION)):
        sources = (focus.differences, focus.measures, facts.baseline(result).measures)
        estimate = next((source[path] for source in sources if path in source), None)
        amount = facts.mean_difference(result, focus, path)
        values: dict[str, Value] = {"scenario": Titles((focus.letter,))}
        if estimate is not None and abs(amount) >= _CENT:
            where = facts.difference_at(result, focus, path).removesuffix(".mean")
            values["amount"] = Money(estimate, where, focus.letter, name)
            form = "more" if amount > 0 else "less"
            found.append(Claim(f"proposal.funding.{name}.{form}", values))
        elif estimate is not None and name == "once":
            found.append(Claim("proposal.funding.once.none", values))
    return tuple(found)


def _most_once(result: Result, focus: ScenarioResult) -> Sentences:
    """Name the scenario with the highest one-off costs, where it is not the one spoken of."""
    others = [(facts.mean_difference(result, s, facts.ONCE), s) for s in facts.comparable(result)]
    amount, highest = max(others, key=lambda one: one[0])
    found = facts.once(result, highest)
    mine = facts.mean_difference(result, focus, facts.ONCE)
    if found is None or amount < mine + _CENT or amount < _CENT:
        return ()
    values: dict[str, Value] = {
        "scenario": Titles((highest.letter,)),
        "amount": Money(*found, highest.letter, "once"),
    }
    return (Claim("proposal.funding.once.most", values),)


def _booking(result: Result, focus: ScenarioResult) -> Claim:
    """Say whether lower costs can be booked: only where every norm is surely attained."""
    way = facts.direction(facts.cost(focus))
    together = focus.all_norms
    if result.example:
        form = "example"
    elif way != "cheaper":
        form = str(way)
    elif together is None:
        form = "no_norms"
    elif facts.surely(focus):
        form = "cashable"
    else:
        form = "unsure" if facts.unsure(result, focus) else "missed"
    return Claim(f"proposal.funding.booking.{form}")


def _capacity(result: Result, focus: ScenarioResult) -> Sentences:
    """Say how much working time is gained, which is no money."""
    handled = facts.total(result, focus, "channels.", ".handling_hours")
    if handled is None or round(-handled) <= 1:
        return ()
    hours = Count(round(-handled), facts.at(result, focus, "measures"), "handling_hours")
    return (Claim("proposal.funding.capacity", {"scenario": Titles((focus.letter,)), "n": hours}),)


def _basis(result: Result, scenario: ScenarioResult) -> Sentences:
    """Say for which period, at which prices and with which taxes the amounts hold."""
    form = "year" if result.period.calendar_year else "part"
    found = [Claim(f"proposal.funding.period.{form}")]
    today = facts.baseline(result)
    if (level := facts.price_level(result)) is not None:
        path = facts.at(result, today, "scenario.costs.price_level")
        values: dict[str, Value] = {"year": Stated(str(level), path, "")}
        if facts.other_prices(result):
            values["then"] = Stated(result.period.start[:4], "period")
        form = "other" if facts.other_prices(result) else "same"
        found.append(Claim(f"proposal.funding.price_level.{form}", values))
    lines = (*today.lines, *scenario.lines)
    taxes = {line.vat for line in lines if line.vat}
    if taxes:
        tax = "both" if len(taxes) > 1 else taxes.pop()
        found.append(Claim(f"proposal.funding.vat.{tax}"))
    return (*found, *_overhead(result, scenario))


def _overhead(result: Result, scenario: ScenarioResult) -> Sentences:
    """Say that overhead is left out, and what the costs are if it follows the number of people."""
    if not facts.leaves_out(result, scenario):
        return ()
    fixed = Claim("proposal.funding.fixed")
    full = scenario.differences.get(facts.FULL)
    if full is None or abs(full.mean) < _CENT:
        return (fixed,)
    path = facts.at(result, scenario, "differences", facts.FULL)
    amount = Money(full, path, scenario.letter, "full")
    form = "more" if full.mean > 0 else "less"
    return (fixed, Claim(f"proposal.funding.full.{form}", {"amount": amount}))
