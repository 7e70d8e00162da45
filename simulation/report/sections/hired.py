"""From hours to contracts: who is needed, what one contract is, and what is paid, by team."""

from dataclasses import dataclass
from typing import Final

from simulation.finance.document import TeamYear
from simulation.report.bridging import Near, near
from simulation.report.case_view import BASELINE, CaseView, contracts
from simulation.report.numbers import signed_number
from simulation.report.traced import Traced

COLUMNS: Final = ("today", "need", "contract", "whole", "paid")
"""Of figures, in their order: today plus whole contracts of this size is what is paid."""

STEP: Final = "step"
"""The last column: what one step in size does to the contracts."""

_DIGITS: Final = 2


@dataclass(frozen=True)
class Hired:
    """One team in one scenario and year.

    Attributes
    ----------
    letter : badge of the scenario
    cells : full-time equivalents of today, needed and of one contract, contracts more than today,
        and full-time equivalents that are paid
    near : what one step does to the contracts; None where the team keeps its roster
    steps : the same in words, one for each way in which it changes them
    """

    letter: str
    cells: tuple[str, ...]
    near: Near | None
    steps: tuple[str, ...]


@dataclass(frozen=True)
class HiredTeam:
    """A team in 0* and in a strategy, as far as they have it."""

    name: str
    rows: tuple[Hired, ...]


def hired(view: CaseView, letter: str) -> tuple[HiredTeam, ...]:
    """Give the teams of 0* and of a strategy in year t+3, each beside the other."""
    found: dict[str, list[Hired]] = {}
    names: dict[str, str] = {}
    for each in (BASELINE, letter):
        order, own = view.budget(each, view.settled)
        for place, team in enumerate(own.teams):
            close = near(view, each, team)
            cells = _cells(view, team, f"years.{order}.teams.{place}")
            row = Hired(each, cells, close, _steps(view, close) if close else ())
            found.setdefault(team.team, []).append(row)
            names[team.team] = view.team(each, team.team)
    return tuple(HiredTeam(names[team], tuple(rows)) for team, rows in found.items())


def _cells(view: CaseView, team: TeamYear, path: str) -> tuple[str, ...]:
    def fte(field: str) -> Traced:
        value = view.reader.number(getattr(team, field), _DIGITS)
        return Traced(value, f"{path}.{field}")

    whole = signed_number(team.change, view.reader.language)
    return (
        fte("today_fte"),
        fte("need_fte"),
        fte("contract_fte"),
        Traced(_unpaid(view, whole, team.unabsorbed), path, "change"),
        fte("paid_fte"),
    )


def _unpaid(view: CaseView, whole: str, unabsorbed: int) -> str:
    """Add how many of today's contracts are not needed and are still paid."""
    if not unabsorbed:
        return whole
    return view.reader("fin.hired.kept", whole=whole, n=view.reader.number(unabsorbed))


def _steps(view: CaseView, found: Near) -> tuple[str, ...]:
    """Say how many contracts fewer or more it takes at one step less or more."""
    step = view.reader.number(found.step, 1)
    return tuple(
        view.reader(f"fin.hired.{way}", step=step, contracts=contracts(many, view.reader))
        for way, many in found.changes()
    )
