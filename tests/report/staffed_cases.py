"""Business cases whose teams need parts of contracts, or are new."""

from typing import Any

from simulation.finance.document import CaseResult, TeamYear
from simulation.finance.effects import strategy_case
from tests.report import case_examples as cases


def changed(case: CaseResult, letter: str, team: str, **fields: Any) -> CaseResult:
    """Give a case in which fields of a team are otherwise in every year of a scenario."""
    years = tuple(
        year.model_copy(update={"teams": tuple(_team(each, team, fields) for each in year.teams)})
        if year.letter == letter
        else year
        for year in case.years
    )
    by_letter = {
        each.letter: [year for year in years if year.letter == each.letter] for each in years
    }
    strategies = tuple(
        strategy_case(each.letter, by_letter, case.terms.rate, {}) for each in case.strategies
    )
    return case.model_copy(update={"years": years, "strategies": strategies})


def _team(each: TeamYear, team: str, fields: dict[str, Any]) -> TeamYear:
    return each.model_copy(update=fields) if each.team == team else each


def parted() -> CaseResult:
    """Give the case of B: its phone team needs 5.3 of contracts of 1 fte, in steps of 0.5."""
    case = cases.alone(cases.Plan({"phone": 6}, fast=9))
    return changed(case, "B", "phone", need_fte=5.3)


def with_new_team() -> CaseResult:
    """Give the case of B, in which webcare is new and takes much work, and the counter less."""
    case = cases.alone(cases.Plan({"counter": 3, "webcare": 2}, fast=9))
    for letter in ("0", "0*"):
        years = tuple(
            year.model_copy(update={"teams": tuple(t for t in year.teams if t.team != "webcare")})
            if year.letter == letter
            else year
            for year in case.years
        )
        case = case.model_copy(update={"years": years})
    return changed(
        case, "B", "webcare", today_fte=0.0, needed=2, need_fte=1.2, handling_hours=9_000.0
    )
