"""A stored business case, read back: bytes that may be cut off, edited or made by anybody."""

from collections.abc import Iterator
from dataclasses import fields

from simulation.comparison.consistency import inconsistencies
from simulation.comparison.references import Flaw
from simulation.comparison.stored import NotAResult, read_as
from simulation.finance.beside import Beside, beside_budget
from simulation.finance.case import BASELINE, contacts_of, paid_contacts_of, taken_over_by
from simulation.finance.document import FORMAT, CaseResult, ScenarioYear
from simulation.finance.effects import strategy_case
from simulation.finance.formulas import to_cents
from simulation.scenario.load import validate


def read_case(content: bytes) -> CaseResult:
    """Read a business case.

    Raises
    ------
    NotAResult
        With everything that is wrong with it.
    """
    case = read_as(content, CaseResult, FORMAT)
    flaws = [
        Flaw(f"comparison.{flaw.place}" if flaw.place else "comparison", flaw.problem)
        for flaw in inconsistencies(case.comparison)
    ]
    flaws += _flaws(case)
    flaws += [] if flaws else _beside_flaws(case)
    if flaws:
        raise NotAResult(flaws)
    return case


def _flaws(case: CaseResult) -> Iterator[Flaw]:
    """Find scenarios that are not compared, and lives of another length than the terms say."""
    terms = case.terms
    life = [terms.first_year + place for place in range(terms.life)]
    if BASELINE not in {each.letter for each in case.comparison.scenarios}:
        yield Flaw("comparison", f"has no {BASELINE}: it is not at equal service")
    if BASELINE not in {year.letter for year in case.years}:
        yield Flaw("years", f"those of {BASELINE} are missing")
    known = {each.letter for each in case.comparison.scenarios}
    if case.comparison.equal_service is not None:
        known.add(case.comparison.equal_service.today.letter)
    strategies = [each.letter for each in case.strategies]
    for letter in dict.fromkeys([*(year.letter for year in case.years), *strategies]):
        if letter not in known:
            yield Flaw("years", f"{letter} is not in the comparison")
        if [year.year for year in case.years if year.letter == letter] != life:
            yield Flaw("years", f"those of {letter} are not {life[0]} to {life[-1]}")
    told = case.sensitivity
    looked = [base.letter for base in told.bases] if told else []
    moved = [swing.letter for swing in told.swings] if told else []
    for letter in dict.fromkeys([*looked, *moved]):
        if letter not in strategies or letter not in looked:
            yield Flaw("sensitivity", f"{letter} is not a strategy that was looked at")
    for place, strategy in enumerate(case.strategies):
        if [effect.year for effect in strategy.effects] != life:
            yield Flaw(f"strategies.{place}.effects", f"are not of {life[0]} to {life[-1]}")


def _beside_flaws(case: CaseResult) -> Iterator[Flaw]:
    """Find what is held against a budget, and is not what comparison and years give."""
    equal, both = case.comparison.equal_service, case.comparison.scenarios
    years: dict[str, list[ScenarioYear]] = {}
    for year in case.years:
        years.setdefault(year.letter, []).append(year)
    found = beside_budget(
        equal.today if equal else both[0],
        {each.letter: validate(each.scenario) for each in both},
        years,
        [each.letter for each in case.strategies],
    )
    terms = case.terms
    for place, strategy in enumerate(case.strategies):
        of = next(each for each in both if each.letter == strategy.letter)
        taken = taken_over_by(validate(of.scenario))
        if strategy != strategy_case(strategy.letter, years, terms.rate, taken):
            yield Flaw(f"strategies.{place}", "is not what the years of the case give")
    for year in case.years:
        for line in year.lines:
            if line.amount != to_cents(line.quantity * line.rate):
                yield Flaw(
                    f"years.{year.letter}.{year.year}.{line.name}",
                    "has an amount that is not quantity × rate",
                )
    if case.contacts != contacts_of(case.comparison, years):
        yield Flaw("contacts", "is not what the comparison of the case gives")
    paid = paid_contacts_of(case.comparison, years, terms.years)
    if case.paid_contacts and case.paid_contacts != paid:
        yield Flaw("paid_contacts", "is not what the comparison and the years of the case give")
    for part in fields(Beside):
        if getattr(case, part.name) != getattr(found, part.name):
            yield Flaw(part.name, "is not what the comparison and the years of the case give")
