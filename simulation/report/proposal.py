"""A proposal to the municipal executive: what it can decide, what it costs, risks and remarks.

Computed from the result alone, as claims. Nothing is ever advised: the decisions are what the
executive can decide given the numbers. With a worked example it can take note, and no more.
"""

from dataclasses import dataclass

from simulation.comparison.document import Result, ScenarioResult
from simulation.report import claims, equal_claims, facts
from simulation.report.claim import Claim, Count, Organisation, PeriodOf, Sentences, Titles, Value
from simulation.report.proposal_money import funding
from simulation.report.proposal_risks import notes, risks

_NAMED = 3
"""Scenarios that a sentence still names one by one."""


@dataclass(frozen=True)
class Proposal:
    """The points of a proposal, heading by heading."""

    subject: Sentences
    lead: Claim
    decisions: list[Sentences]
    funding: list[Sentences]
    risks: list[Sentences]
    notes: list[Sentences]


def proposal(result: Result) -> Proposal:
    """Give the points of a proposal: at most four under each heading, five at equal service."""
    return Proposal(
        subject=_subject(result),
        lead=Claim("proposal.lead"),
        decisions=_decisions(result),
        funding=funding(result),
        risks=risks(result),
        notes=notes(result, _dominated(result)),
    )


def _subject(result: Result) -> Sentences:
    form, values = _others(result)
    subject = Claim(f"proposal.subject.{form}", values | {"period": PeriodOf()})
    if not result.example:
        return (subject,)
    return (subject, Claim("proposal.subject.example", {"organisation": Organisation()}))


def _others(result: Result) -> tuple[str, dict[str, Value]]:
    """Give how many scenarios there are besides today, with the form of the text."""
    n = len(result.scenarios) - 1
    if not n:
        return "alone", {}
    return "one" if n == 1 else "other", {"n": Count(n, "scenarios", "others")}


def _decisions(result: Result) -> list[Sentences]:
    if result.example:
        keys = ("proposal.decisions.example.note", "proposal.decisions.example.figures")
        return [(Claim(key),) for key in keys]
    form, values = _others(result)
    note = (Claim(f"proposal.decisions.note.{form}", values),)
    return [note, *_choice(result), *equal_claims.decide(result)]


def _choice(result: Result) -> list[Sentences]:
    """Give what there is to decide, by the kind of the verdict."""
    verdict, alone = result.verdict, not facts.comparable(result)
    if first := _first(result, alone=alone):
        return first
    if alone:
        return [(Claim("proposal.decisions.add"), _today(result)), *_next(result)]
    if verdict.kind == "none_attains" or verdict.scenario is None:
        return [(Claim("proposal.decisions.none"), *_nearest(result)), *_next(result)]
    if verdict.scenario == facts.baseline(result).letter:
        return [(Claim("proposal.decisions.keep"),), *_close(result)]
    return _choose(result, facts.by_letter(result, verdict.scenario))


def _first(result: Result, *, alone: bool) -> list[Sentences]:
    """Give what has to be there before anything can be chosen."""
    kind = result.verdict.kind
    if facts.too_few(result):
        return [(_too_few(result),)]
    if kind in {"no_norms", "no_costs"}:
        more = [(Claim("proposal.decisions.add"),)] if alone else []
        return [(Claim(f"proposal.decisions.{kind}"),), *more]
    if kind != "undecided":
        return []
    if alone:
        return [(Claim("proposal.decisions.undecided.alone"), _today(result))]
    unsure = [
        s for s in (facts.baseline(result), *facts.comparable(result)) if facts.unsure(result, s)
    ]
    if len(unsure) != 1:
        return [(Claim("proposal.decisions.undecided"),)]
    values: dict[str, Value] = {"scenario": Titles((unsure[0].letter,))}
    return [(Claim("proposal.decisions.undecided.one", values),)]


def _too_few(result: Result) -> Claim:
    form, least = claims.fewest(result)
    return Claim(f"proposal.decisions.too_few.{form}", {"n": least, "needed": facts.ENOUGH})


def _next(result: Result) -> list[Sentences]:
    """Say what can follow when no scenario attains every norm."""
    if result.verdict.kind != "none_attains":
        return []
    return [(Claim("proposal.decisions.none.next"),)]


def _nearest(result: Result) -> Sentences:
    """Name the scenario whose weakest norm is nearest to its target, or furthest above it."""
    rivals = [facts.baseline(result), *facts.comparable(result)]
    measured = [(gap.mean, s) for s in rivals if (gap := facts.distance(s))]
    if not measured:
        return ()
    _, nearest = max(measured, key=lambda one: one[0])
    return (Claim("proposal.decisions.nearest", {"scenario": Titles((nearest.letter,))}),)


def _choose(result: Result, scenario: ScenarioResult) -> list[Sentences]:
    """Set the cheapest scenario that attains every norm beside today."""
    way = facts.direction(facts.cost(scenario))
    choice = Claim(
        f"proposal.decisions.choose.{way or 'attains'}", {"scenario": Titles((scenario.letter,))}
    )
    waiting = facts.direction(scenario.differences.get(facts.WAIT))
    shorter = [claims.waiting(result, scenario)] if waiting == "cheaper" else []
    money = [(Claim(f"proposal.decisions.money.{way}"),)] if way else []
    return [(choice, *shorter, _today(result)), *_close(result), *money]


def _today(result: Result) -> Claim:
    today = facts.baseline(result)
    if today.all_norms is None:
        return Claim("proposal.decisions.today.no_norms")
    return Claim(f"proposal.decisions.today.{facts.standing(result, today)}")


def _close(result: Result) -> list[Sentences]:
    """Name the other options that attain every norm at about the same cost."""
    today = facts.baseline(result).letter
    close = tuple(
        letter
        for letter in result.verdict.close
        if letter != today and facts.surely(facts.by_letter(result, letter))
    )
    return _named("proposal.decisions.close", close, "verdict", "close")


def _dominated(result: Result) -> list[Sentences]:
    """Name the scenarios that are worse than another one on cost or service, better on none."""
    beaten = tuple(s.letter for s in facts.comparable(result) if s.dominated_by)
    return _named("proposal.notes.dominated", beaten, "scenarios", "dominated")


def _named(key: str, letters: tuple[str, ...], path: str, how: str) -> list[Sentences]:
    if not letters:
        return []
    if len(letters) <= _NAMED:
        return [(Claim(f"{key}.named", {"scenarios": Titles(letters)}),)]
    return [(Claim(f"{key}.count", {"n": Count(len(letters), path, how)}),)]
