"""A business case as one reader sees it: names, years side by side, and amounts as V or N.

Every figure carries its path in the case document. The comparison in it has its own texts, whose
paths begin at the comparison: `rooted` puts them in their place.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import Final, TypeVar

from markupsafe import Markup

from simulation.comparison.document import Result, ScenarioResult
from simulation.finance.document import CaseResult, ScenarioYear, StrategyCase, YearEffect
from simulation.finance.formulas import discount_factor
from simulation.report import words
from simulation.report.equal import as_shown
from simulation.report.reader import Reader
from simulation.report.traced import Traced

TODAY: Final = "0"
"""Badge of today as rostered."""

BASELINE: Final = "0*"
"""Badge of today's channels, staffed just well enough."""

SHOWN: Final = 4
"""Years that stand beside each other: t to t+3."""

THOUSAND: Final = 1_000.0

_PRECISION: Final = 0.05
"""Half of the width, as a part of an amount, to which it is rounded in a sentence: three digits."""

_PATH = re.compile(r'(?<= data-path=")')
_ROOT: Final = "comparison."
AnyText = TypeVar("AnyText", bound=str)


@dataclass(frozen=True)
class Years:
    """A column of a table: one year, or those after t+3 together.

    Attributes
    ----------
    places : of its years, from 0 for year t
    head : what stands above it
    """

    places: tuple[int, ...]
    head: str


@dataclass(frozen=True)
class CaseView:
    """A case and a reader."""

    case: CaseResult
    reader: Reader

    @cached_property
    def result(self) -> Result:
        """The comparison, as it is shown."""
        return as_shown(self.case.comparison)

    @cached_property
    def years(self) -> tuple[Years, ...]:
        """The columns: t to t+3, and the years after these together."""
        first, life = self.case.terms.first_year, self.case.terms.life
        single = [Years((n,), str(first + n)) for n in range(min(SHOWN, life))]
        after = tuple(range(SHOWN, life))
        if len(after) == 1:
            single.append(Years(after, str(first + SHOWN)))
        elif after:
            head = self.reader("fin.after", first=first + SHOWN, last=first + life - 1)
            single.append(Years(after, head))
        return tuple(single)

    @cached_property
    def settled(self) -> int:
        """The place of year t+3, or of the last year of a shorter life: what is said of a year."""
        return min(SHOWN, self.case.terms.life) - 1

    def year(self, place: int) -> int:
        """Give a calendar year."""
        return self.case.terms.first_year + place

    @cached_property
    def best(self) -> int:
        """The place of the strategy of which most is left over."""
        values = [strategy.present_value for strategy in self.case.strategies]
        return values.index(max(values))

    def scenario(self, letter: str) -> ScenarioResult:
        """Give a scenario of the comparison, 0 too."""
        equal = self.result.equal_service
        if letter == TODAY and equal is not None:
            return equal.today
        return next(each for each in self.result.scenarios if each.letter == letter)

    def name(self, letter: str) -> str:
        """Give what a sentence calls a scenario: by its badge."""
        return self.reader("scenario.letter", letter=letter)

    def title(self, letter: str) -> Traced:
        """Give the title of a scenario."""
        place = [each.letter for each in self.result.scenarios].index(letter)
        text = words.scenario_name(self.reader, self.scenario(letter))
        return Traced(text, f"{_ROOT}scenarios.{place}.title", "name")

    def team(self, letter: str, team: str) -> str:
        """Give what readers call a team."""
        return words.upper_first(words.part_name(self.reader, self.scenario(letter), "teams", team))

    def part_of_bill(self, name: str) -> str:
        """Name a group of today's bill, or a line of one."""
        scenario = self.scenario(TODAY)
        for line in scenario.lines:
            if line.name == name and line.group != name:
                return words.lower_first(words.line_name(self.reader, scenario, line))
        return words.group_name(self.reader, scenario, name)

    def budget(self, letter: str, place: int) -> tuple[int, ScenarioYear]:
        """Give the budget of a scenario in a year, with its place in the document."""
        wanted = (letter, self.year(place))
        return next(
            (order, own)
            for order, own in enumerate(self.case.years)
            if (own.letter, own.year) == wanted
        )

    def of_today(self, letter: str, team: str) -> bool:
        """Tell whether people of today are in a team: a new team has none."""
        _, own = self.budget(letter, 0)
        return any(each.team == team and each.today_fte > 0.0 for each in own.teams)

    def capacity(self, letter: str, effect: YearEffect) -> float:
        """Give what time that is won costs, in euros, in the teams of today alone."""
        return fsum(team.capacity for team in effect.teams if self.of_today(letter, team.team))

    def bill(self, letter: str, place: int) -> str:
        """Give the id of the bill of a scenario in a year."""
        return self.reader.place("bill", f"{letter}-{self.year(place)}")

    def about(self, amount: float, path: str, how: str = "") -> Traced:
        """Write an amount for a sentence: three digits, no sign."""
        return Traced(self.reader.euros(amount, _PRECISION * abs(amount)), path, how)

    def payback(self, place: int) -> Traced:
        """Write the years until a strategy has paid itself back; or never."""
        years, path = self.case.strategies[place].payback, f"strategies.{place}.payback"
        if years is None:
            return Traced(self.reader("fin.never"), path, "never")
        return Traced(self.reader.number(years, 0 if round(years, 1) % 1 == 0 else 1), path)

    def rate(self, rate: float, path: str) -> Traced:
        """Write a rate a year with the decimals that it has."""
        digits = next((d for d in range(3) if round(100 * rate, d) == round(100 * rate, 6)), 2)
        return Traced(self.reader.percent(rate, digits), path)

    def side(self, amount: float) -> str:
        """Say whether a cost is an advantage (below 0) or a disadvantage."""
        if not round(amount / THOUSAND):
            return "none"
        return "loss" if amount > 0 else "gain"

    def effect(self, amount: float, path: str, how: str = "thousands", opens: str = "") -> Traced:
        """Write a cost in thousands with V for an advantage, N for a disadvantage."""
        side = self.side(amount)
        text = self.reader.number(abs(amount) / THOUSAND)
        if side != "none":
            text = f"{text} {self.reader(f'fin.{side}.letter')}"
        return Traced(text, path, how, opens)


def together(effect: YearEffect) -> float:
    """Give what a strategy costs more in a year, recurring and once together."""
    return fsum((effect.structural, effect.once))


def running_value(strategy: StrategyCase, rate: float) -> list[float]:
    """Give the present value of the advantages up to and with each year, in euros."""
    total, found = 0.0, []
    for place, effect in enumerate(strategy.effects):
        total -= together(effect) * discount_factor(rate, place)
        found.append(total)
    return found


def booked(effect: YearEffect) -> tuple[int, float]:
    """Give the contracts of today that end because of a strategy, with what they cost."""
    return (
        sum(team.cashable_contracts for team in effect.teams),
        fsum(team.cashable for team in effect.teams),
    )


def contracts(amount: int, reader: Reader) -> str:
    """Write a number of contracts, without its sign."""
    return reader.count("fin.contracts", abs(amount))


def rooted(text: AnyText) -> AnyText:
    """Give a text of the comparison, each figure with its path in the case document."""
    if isinstance(text, Traced):
        return type(text)(str(text), _ROOT + text.path, text.how, text.opens)
    if isinstance(text, Markup):
        return type(text)(_PATH.sub(_ROOT, str(text)))
    return text


def total(values: Iterable[float]) -> float:
    """Add up to the cent."""
    return round(fsum(values), 2)
