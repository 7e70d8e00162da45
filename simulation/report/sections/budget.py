"""The first tables of a business case: effects on the budget, and what they are worth together."""

from collections.abc import Callable
from dataclasses import dataclass

from simulation.finance.document import StrategyCase, YearEffect
from simulation.report.case_view import CaseView, Years, together, total
from simulation.report.finance_claims import first_booked
from simulation.report.traced import Traced


@dataclass(frozen=True)
class Cell:
    """One figure of a table."""

    text: str

    side: str = "none"
    """``gain``, ``loss`` or ``none``."""


@dataclass(frozen=True)
class Row:
    """One row of a table."""

    name: str
    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass(frozen=True)
class Block:
    """The rows of one strategy."""

    letter: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Budget:
    """The effects of all strategies on the budget."""

    head: tuple[str, ...]
    blocks: tuple[Block, ...]

    already: Row | None
    """What the norms ask of today's channels, apart from any strategy."""


Part = Callable[[YearEffect], float]


def budget(view: CaseView) -> Budget:
    """Give the effects on the budget by year, the same columns for every strategy."""
    strategies = view.case.strategies
    heads = (*(years.head for years in view.years), view.reader("fin.col.all"))
    return Budget(
        head=heads,
        blocks=tuple(_block(view, n, strategy) for n, strategy in enumerate(strategies)),
        already=_row(view, 0, strategies[0], "already") if strategies else None,
    )


def _block(view: CaseView, place: int, strategy: StrategyCase) -> Block:
    return Block(
        letter=strategy.letter,
        title=view.title(strategy.letter),
        rows=tuple(
            _row(view, place, strategy, part) for part in ("structural", "once", "together")
        ),
    )


def _row(view: CaseView, place: int, strategy: StrategyCase, part: str) -> Row:
    everything = Years(tuple(range(len(strategy.effects))), "")
    return Row(
        name=view.reader(f"fin.row.{part}"),
        cells=tuple(
            _cell(view, place, strategy, years, part) for years in (*view.years, everything)
        ),
        strong=part == "together",
    )


def _cell(view: CaseView, place: int, strategy: StrategyCase, years: Years, part: str) -> Cell:
    take: Part = together if part == "together" else lambda effect: float(getattr(effect, part))
    amount = total(take(strategy.effects[n]) for n in years.places)
    path = f"strategies.{place}.effects"
    if len(years.places) > 1:
        how = f"sum_{part}.{years.places[0]}.{years.places[-1]}"
        return Cell(view.effect(amount, path, how), view.side(amount))
    (only,) = years.places
    at = f"{path}.{only}"
    opens = view.bill(strategy.letter, only) if part != "already" else view.bill("0*", only)
    if part == "together":
        return Cell(view.effect(amount, at, "together", opens), view.side(amount))
    return Cell(view.effect(amount, f"{at}.{part}", opens=opens), view.side(amount))


# Worth


@dataclass(frozen=True)
class Worth:
    """What one strategy is worth over its life."""

    letter: str
    title: str
    value: Cell
    payback: str
    first: str
    """First year in which contracts of today end because of it."""


def worths(view: CaseView) -> list[Worth]:
    """Give value and payback of every strategy."""
    return [_worth(view, n, strategy) for n, strategy in enumerate(view.case.strategies)]


def _worth(view: CaseView, place: int, strategy: StrategyCase) -> Worth:
    reader, path = view.reader, f"strategies.{place}"
    value, first = strategy.present_value, first_booked(strategy)
    return Worth(
        letter=strategy.letter,
        title=view.title(strategy.letter),
        value=Cell(view.effect(-value, f"{path}.present_value", "thousands"), view.side(-value)),
        payback=view.payback(place),
        first=reader("fin.never")
        if first is None
        else Traced(str(view.year(first)), f"{path}.effects.{first}.year", "name"),
    )
