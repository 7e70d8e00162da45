"""Every euro of a business case: quantity × rate = amount, line by line, year by year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from simulation.finance.document import ScenarioYear, YearLine
from simulation.report import numbers, words
from simulation.report.case_view import BASELINE, SHOWN, TODAY, CaseView, rooted, total
from simulation.report.chart import NONE
from simulation.report.sections.bill import Rows, Source, quantity_text, rate_text, source_of
from simulation.report.traced import Traced

MOST_LINES: Final = 1_500
"""Lines that fit on the page; the case document holds them all."""


@dataclass(frozen=True)
class Line:
    """One line of a budget."""

    name: str
    amount: str
    difference: str
    quantity: str
    unit: str
    rate: str
    kind: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class YearBill:
    """The lines of one scenario in one year."""

    place: str
    year: str
    against: str
    simulated: bool
    left: bool
    """Whether its lines are left out."""

    lines: tuple[Line, ...]
    totals: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class LetterBills:
    """The bills of one scenario."""

    letter: str
    title: str
    years: tuple[YearBill, ...]


def year_bills(view: CaseView, rows: Rows) -> list[LetterBills]:
    """Give the bills of 0* and the strategies, in t to t+3 and in the last year.

    Of strategies that do not fit on the page, only the totals: 0* and the best one always fit.
    """
    letters = [BASELINE, *(strategy.letter for strategy in view.case.strategies)]
    places = list(range(min(SHOWN, view.case.terms.life)))
    if view.case.terms.life > len(places):
        places.append(view.case.terms.life - 1)
    kept = _kept(view, letters, places)
    return [
        LetterBills(
            letter=letter,
            title=view.title(letter),
            years=tuple(
                _bill(view, letter, place, rows, left=letter not in kept) for place in places
            ),
        )
        for letter in letters
    ]


def _kept(view: CaseView, letters: Sequence[str], places: Sequence[int]) -> set[str]:
    """Give the scenarios whose lines fit on the page."""
    strategies, room = view.case.strategies, MOST_LINES
    kept: set[str] = set()
    first = [BASELINE, *([strategies[view.best].letter] if strategies else [])]
    for letter in dict.fromkeys([*first, *letters]):
        room -= sum(len(view.budget(letter, place)[1].lines) for place in places)
        if room >= 0 or letter in first:
            kept.add(letter)
    return kept


def _bill(view: CaseView, letter: str, place: int, rows: Rows, *, left: bool) -> YearBill:
    order, own = view.budget(letter, place)
    other_order, other = view.budget(TODAY if letter == BASELINE else BASELINE, place)
    return YearBill(
        place=view.bill(letter, place),
        year=str(own.year),
        against=view.reader("fin.bill.against", letter=other.letter),
        simulated=own.simulated,
        left=left,
        lines=() if left else tuple(_lines(view, (order, own), (other_order, other), rows)),
        totals=tuple(_totals(view, (order, own), (other_order, other))),
    )


Placed = tuple[int, ScenarioYear]
"""A budget with its place in the document."""


def _lines(view: CaseView, own: Placed, other: Placed, rows: Rows) -> Iterator[Line]:
    before = {line.name: line.amount for line in other[1].lines}
    for number, line in enumerate(own[1].lines):
        was = before.pop(line.name, 0.0)
        if line.amount or was:
            yield _line(view, own, number, total((line.amount, -was)), rows)
    for number, line in enumerate(other[1].lines):
        if line.name in before and line.amount:
            yield _gone(view, other, number)


def _line(view: CaseView, own: Placed, number: int, difference: float, rows: Rows) -> Line:
    reader, letter, line = view.reader, own[1].letter, own[1].lines[number]
    path, scenario = f"years.{own[0]}.lines.{number}", view.scenario(letter)
    return Line(
        name=_name(view, letter, line),
        amount=Traced(numbers.euros(line.amount, reader.language), f"{path}.amount"),
        difference=Traced(_signed(view, difference), f"{path}.amount", "difference"),
        quantity=Traced(quantity_text(reader, line.quantity, line.rate), f"{path}.quantity"),
        unit=reader(f"per.{line.unit}"),
        rate=Traced(rate_text(reader, line.rate), f"{path}.rate"),
        kind=_kind(view, line),
        sources=tuple(
            _rooted(source_of(view.result, reader, scenario, each, rows)) for each in line.sources
        ),
    )


def _gone(view: CaseView, other: Placed, number: int) -> Line:
    """Give a line that only the other side has."""
    line = other[1].lines[number]
    path = f"years.{other[0]}.lines.{number}.amount"
    return Line(
        name=_name(view, other[1].letter, line),
        amount=NONE,
        difference=Traced(_signed(view, -line.amount), path, "less"),
        quantity=NONE,
        unit="",
        rate=NONE,
        kind=_kind(view, line),
        sources=(),
    )


def _rooted(found: Source) -> Source:
    return Source(found.name, rooted(found.value), found.path, found.grade, found.row)


def _signed(view: CaseView, amount: float) -> str:
    return numbers.signed_euros(amount, view.reader.language)


def _kind(view: CaseView, line: YearLine) -> str:
    return view.reader("fin.row.structural" if line.structural else "fin.row.once")


def _name(view: CaseView, letter: str, line: YearLine) -> str:
    """Name a line as the bills of the comparison do; a transition by its team and its part."""
    kind, *parts = line.name.split(".")
    if kind == "staff":
        return f"{view.team(letter, parts[0])}: {words.word(view.reader, parts[-1])}"
    if kind == "transition":
        return f"{view.team(letter, parts[0])}: {view.reader(f'fin.part.{parts[-1]}')}"
    if line.title is not None:
        return words.upper_first(view.reader.text(line.title))
    return words.upper_first(words.plain(parts[-1]))


def _totals(view: CaseView, own: Placed, other: Placed) -> Iterator[tuple[str, str, str]]:
    for part, recurs in (("structural", True), ("once", False)):
        amount, before = (
            total(line.amount for line in each[1].lines if line.structural is recurs)
            for each in (own, other)
        )
        path = f"years.{own[0]}.lines"
        yield (
            view.reader(f"fin.row.{part}"),
            Traced(numbers.euros(amount, view.reader.language), path, f"total_{part}"),
            Traced(_signed(view, total((amount, -before))), path, f"total_difference_{part}"),
        )
