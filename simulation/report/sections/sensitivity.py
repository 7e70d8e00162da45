"""What would change the verdict, and all assumptions together: a section of a business case."""

from dataclasses import dataclass

from markupsafe import Markup

from simulation.finance.document_sensitivity import Together
from simulation.report.case_view import CaseView
from simulation.report.chart import Chart
from simulation.report.figures.tornado import tornado
from simulation.report.sensing import Sense, bases, flips, interval, left_out, sense, still
from simulation.report.traced import Traced


@dataclass(frozen=True)
class Range:
    """What all assumptions together do to one strategy.

    Attributes
    ----------
    letter, title : of the strategy
    back : in how many cases it is never paid back, and the median payback
    rows : name of an amount, what it is as assumptions are, its median and its range
    """

    letter: str
    title: str
    back: Markup
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """What the page shows of sensitivity."""

    flips: tuple[Markup, ...]
    some: bool
    """Whether anything would change the verdict."""

    charts: tuple[Chart, ...]
    ranges: tuple[Range, ...]
    bases: str
    """Why the median is not what it is as assumptions are."""
    left: tuple[str, ...]


def sensitivity(view: CaseView) -> Section | None:
    """Give the section; None where that was not asked."""
    own = sense(view)
    if own is None:
        return None
    chart = tornado(view)
    return Section(
        flips=tuple(flips(own)),
        some=bool(own.told.flips),
        charts=(chart,) if chart else (),
        ranges=tuple(_range(own, each.letter) for each in own.told.together),
        bases=bases(own),
        left=(*(() if chart else (still(own),)), *left_out(own)),
    )


def _range(own: Sense, letter: str) -> Range:
    found = own.together(letter)
    assert found is not None
    path, each = found
    view, reader = own.view, own.view.reader
    place, cost = own.base(letter)
    order, value = next(
        (n, strategy.present_value)
        for n, strategy in enumerate(view.case.strategies)
        if strategy.letter == letter
    )
    return Range(
        letter=letter,
        title=view.title(letter),
        back=_back(own, path, each),
        rows=(
            (
                reader("fin.sens.col.structural"),
                view.effect(cost, f"{own.path}.bases.{place}.contracts"),
                view.effect(each.structural.median, f"{path}.structural.median"),
                interval(own, each.structural, f"{path}.structural"),
            ),
            (
                reader("fin.sens.col.value"),
                view.effect(-value, f"strategies.{order}.present_value"),
                view.effect(-each.present_value.median, f"{path}.present_value.median"),
                interval(own, each.present_value, f"{path}.present_value", sign=-1.0),
            ),
        ),
    )


def _back(own: Sense, path: str, each: Together) -> Markup:
    """Say how often a strategy is never paid back, and after how many years in the middle."""
    reader = own.view.reader
    never = Traced(reader.percent(each.never), f"{path}.never")
    if each.payback is None:
        return reader.mark("fin.sens.back.never", never=never)
    years = Traced(reader.number(each.payback, 1), f"{path}.payback")
    return reader.mark("fin.sens.back.after", never=never, years=years)
