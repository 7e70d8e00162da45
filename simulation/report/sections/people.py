"""Contracts by team and year: what can be booked, what is avoided, what stays paid; and time won.

They are never added together: a contract that is no longer needed can be booked only when it ends,
and time that is won stays paid. Time stands apart, and only that of teams that are there today: a
new team wins none, and its work is no loss of theirs.
"""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from simulation.finance.document import StrategyCase, TeamEffect
from simulation.report.case_view import SHOWN, CaseView, booked, contracts
from simulation.report.chart import NONE
from simulation.report.numbers import signed_euros, signed_number
from simulation.report.sections.hired import HiredTeam, hired
from simulation.report.traced import Traced

KINDS: Final = ("cashable", "avoided", "unabsorbed")
"""Of rows, for each team."""

CAPACITY: Final = "capacity"


@dataclass(frozen=True)
class Kind:
    """One row: a figure in each year, with its amount below it."""

    key: str
    name: str
    cells: tuple[tuple[str, str], ...]

    @property
    def there(self) -> bool:
        """Whether there is anything to show in any year."""
        return any(figure != NONE for figure, _ in self.cells)


@dataclass(frozen=True)
class Team:
    """The rows of one team."""

    name: str
    kinds: tuple[Kind, ...]
    capacity: Kind | None
    """Time that is won; None for a team that is not there today."""

    @property
    def there(self) -> bool:
        """Whether anything changes in this team."""
        return bool(self.kinds or self.capacity)


@dataclass(frozen=True)
class People:
    """The contracts of one strategy."""

    letter: str
    title: str
    head: tuple[str, ...]
    teams: tuple[Team, ...]

    hired: tuple[HiredTeam, ...]
    """How hours become contracts, for these and all other teams."""

    summary: str
    """What can be booked in t+3."""

    best: bool
    """Whether it is the strategy that is worth most."""


def people(view: CaseView) -> list[People]:
    """Give the contracts of every strategy, in t to t+3 and in the last year."""
    places = list(range(min(SHOWN, view.case.terms.life)))
    if view.case.terms.life > len(places):
        places.append(view.case.terms.life - 1)
    return [
        People(
            letter=strategy.letter,
            title=view.title(strategy.letter),
            head=tuple(str(view.year(place)) for place in places),
            teams=tuple(team for team in _teams(view, order, strategy, places) if team.there),
            hired=hired(view, strategy.letter),
            summary=_summary(view, order, strategy),
            best=order == view.best,
        )
        for order, strategy in enumerate(view.case.strategies)
    ]


def _summary(view: CaseView, order: int, strategy: StrategyCase) -> Markup:
    many, amount = booked(strategy.effects[view.settled])
    path = f"strategies.{order}.effects.{view.settled}"
    year = Traced(str(view.year(view.settled)), f"{path}.year", "name")
    if many <= 0:
        return view.reader.mark("fin.people.summary_none", year=year)
    return view.reader.mark(
        "fin.people.summary",
        year=year,
        contracts=Traced(contracts(many, view.reader), f"{path}.teams", "sum_cashable"),
        amount=view.about(amount, f"{path}.teams", "sum_cashable_euros"),
    )


def _teams(view: CaseView, order: int, strategy: StrategyCase, places: list[int]) -> list[Team]:
    numbers = range(len(strategy.effects[0].teams))
    return [_team(view, order, strategy, number, places) for number in numbers]


def _team(
    view: CaseView, order: int, strategy: StrategyCase, number: int, places: list[int]
) -> Team:
    years = [
        (
            f"strategies.{order}.effects.{place}.teams.{number}",
            strategy.effects[place].teams[number],
        )
        for place in places
    ]
    team = years[0][1].team
    time = _kind(view, CAPACITY, years)
    return Team(
        name=view.team(strategy.letter, team),
        kinds=tuple(own for kind in KINDS if (own := _kind(view, kind, years)).there),
        capacity=time if time.there and view.of_today(strategy.letter, team) else None,
    )


def _kind(view: CaseView, kind: str, years: list[tuple[str, TeamEffect]]) -> Kind:
    return Kind(
        key=kind,
        name=view.reader(f"fin.kind.{kind}"),
        cells=tuple(_cell(view, kind, path, effect) for path, effect in years),
    )


def _cell(view: CaseView, kind: str, path: str, effect: TeamEffect) -> tuple[str, str]:
    """Give a number of contracts, or hours, and what that is in euros."""
    reader = view.reader
    if kind == CAPACITY and not round(effect.capacity_hours):
        return NONE, ""
    if kind == CAPACITY:
        hours = signed_number(effect.capacity_hours, reader.language)
        return (
            Traced(reader("hours", n=hours), f"{path}.capacity_hours"),
            Traced(signed_euros(effect.capacity, reader.language), f"{path}.capacity"),
        )
    if kind == "unabsorbed":
        many = effect.unabsorbed_contracts
        return (Traced(reader.number(many), f"{path}.unabsorbed_contracts") if many else NONE), ""
    many = getattr(effect, f"{kind}_contracts")
    if not many:
        return NONE, ""
    return (
        Traced(signed_number(many, reader.language), f"{path}.{kind}_contracts"),
        Traced(signed_euros(getattr(effect, kind), reader.language), f"{path}.{kind}"),
    )
