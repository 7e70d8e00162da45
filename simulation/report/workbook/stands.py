"""The scenarios of a case: who they are, and the money that their files state."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from simulation.comparison.document import ScenarioResult
from simulation.finance.document import CaseResult, ScenarioYear, StrategyCase, TeamYear
from simulation.report import words
from simulation.report.reader import Reader
from simulation.scenario.costs import Costs, PayScale
from simulation.scenario.finance import Finance, Workforce

TODAY, BASELINE = "0", "0*"


def short(name: str) -> str:
    """Give a name on one line, no longer than fits in a cell, with a capital."""
    return words.upper_first(words.clip(name, words.LONGEST_TITLE))


@dataclass(frozen=True)
class Stand:
    """One scenario of the case.

    Attributes
    ----------
    letter : badge
    scenario : as it was compared
    years : its budgets, over the whole life
    """

    letter: str
    scenario: ScenarioResult
    years: tuple[ScenarioYear, ...]

    @cached_property
    def costs(self) -> Costs:
        """Its prices."""
        return Costs.model_validate_json(json.dumps(self.scenario.scenario["costs"]))

    @cached_property
    def finance(self) -> Finance:
        """Its money over the years."""
        return Finance.model_validate_json(json.dumps(self.scenario.scenario.get("finance") or {}))

    @property
    def teams(self) -> tuple[str, ...]:
        """Its teams, in the order of the budget."""
        return tuple(team.team for team in self.years[0].teams)

    def scale_name(self, team: str) -> str:
        """Give the name of the pay scale of a team."""
        return str(self.scenario.scenario["teams"][team]["pay_scale"])

    def scale(self, team: str) -> PayScale:
        """Give the pay scale of a team."""
        return self.costs.pay_scales[self.scale_name(team)]

    def workforce(self, team: str) -> Workforce:
        """Say how a team can shrink."""
        return self.finance.workforce.get(team, Workforce())

    def team(self, place: int, name: str) -> TeamYear:
        """Give a team in a year.

        Raises
        ------
        LookupError
            When the year has no such team.
        """
        return {team.team: team for team in self.years[place].teams}[name]

    def team_name(self, reader: Reader, team: str) -> str:
        """Give what readers call a team."""
        return short(words.part_name(reader, self.scenario, "teams", team))


@dataclass(frozen=True)
class Cast:
    """All scenarios of a case: 0, 0* and the strategies, in this order."""

    case: CaseResult
    stands: Mapping[str, Stand]

    @property
    def life(self) -> range:
        """Places of the years over which the case counts."""
        return range(self.case.terms.life)

    @property
    def strategies(self) -> tuple[StrategyCase, ...]:
        """The cases of the strategies."""
        return self.case.strategies

    def title(self, reader: Reader, letter: str) -> str:
        """Give the badge of a scenario with what it is called."""
        if letter == TODAY:
            return f"0 {reader('book.today')}"
        if letter == BASELINE:
            return f"0* {reader('book.baseline')}"
        return f"{letter} {words.scenario_name(reader, self.stands[letter].scenario)}"


def cast_of(case: CaseResult) -> Cast:
    """Give the scenarios of a case.

    Raises
    ------
    LookupError
        When one that is in the case is not in its comparison.
    """
    found = {each.letter: each for each in case.comparison.scenarios}
    equal = case.comparison.equal_service
    if equal is not None:
        found[equal.today.letter] = equal.today
    letters = dict.fromkeys(year.letter for year in case.years)
    stands = {
        letter: Stand(
            letter, found[letter], tuple(year for year in case.years if year.letter == letter)
        )
        for letter in letters
    }
    return Cast(case, stands)
