"""What would change the verdict, and all assumptions together: a section of a business case."""

from dataclasses import dataclass

from markupsafe import Markup

from simulation.report.case_view import CaseView
from simulation.report.chart import Chart
from simulation.report.figures.tornado import tornado
from simulation.report.sensing import Sense, flips, interval, left_out, sense
from simulation.report.traced import Traced


@dataclass(frozen=True)
class Range:
    """What all assumptions together do to one strategy."""

    letter: str
    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """What the page shows of sensitivity."""

    flips: tuple[Markup, ...]
    some: bool
    """Whether anything would change the verdict."""

    charts: tuple[Chart, ...]
    ranges: tuple[Range, ...]
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
        left=tuple(left_out(own)),
    )


def _range(own: Sense, letter: str) -> Range:
    found = own.together(letter)
    assert found is not None
    path, each = found
    reader = own.view.reader
    never = Traced(reader.percent(each.never), f"{path}.never")
    if each.payback is None:
        back: str = Traced(reader("fin.never"), f"{path}.payback", "never")
    else:
        back = Traced(reader.number(each.payback, 1), f"{path}.payback")
    return Range(
        letter=letter,
        title=own.view.title(letter),
        cells=(
            interval(own, each.structural, f"{path}.structural"),
            interval(own, each.present_value, f"{path}.present_value", sign=-1.0),
            never,
            back,
        ),
    )
