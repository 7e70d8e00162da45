"""Present value year by year: how far each strategy has come by the end of a year."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from simulation.report.case_view import CaseView, running_value
from simulation.report.chart import (
    INK,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    neat,
    scale,
    span,
    ticks,
)
from simulation.report.finance_claims import line_title, prices
from simulation.report.numbers import signed_euros
from simulation.report.planner import line
from simulation.report.sensing import sense
from simulation.report.traced import Traced, plain

MOST: Final = 6
"""Lines in the figure; the table has every strategy."""

_HEIGHT: Final = 320
_APART: Final = 0.075
"""Least distance between two names, as a part of the height."""

DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SHADES: Final = ("#004488", "#C4500A", "#138086", "#7a3b8f", "#5b6770", "#8a5a00")


def present_value(view: CaseView) -> Chart | None:
    """Draw the present value that is reached year by year; None without strategies."""
    case, reader = view.case, view.reader
    if not case.strategies:
        return None
    title = line_title(view)
    runs = [running_value(strategy, case.terms.rate) for strategy in case.strategies]
    ends = "; ".join(
        reader(
            "fin.line.spoken",
            letter=strategy.letter,
            amount=signed_euros(run[-1], reader.language),
        )
        for strategy, run in zip(case.strategies, runs, strict=True)
    )
    return Chart(
        key="present-value",
        title=title,
        subtitle=reader.mark(
            "fin.line.subtitle",
            prices=prices(view),
            rate=view.rate(case.terms.rate, "terms.rate"),
        ),
        note=reader.mark("fin.line.note.range" if sense(view) else "fin.line.note"),
        alt=reader("fin.line.alt", title=plain(title), numbers=ends),
        table=_table(view, runs),
        figure=_figure(view, runs),
        legend=tuple(
            (strategy.letter, view.title(strategy.letter)) for strategy in case.strategies
        ),
    )


def _table(view: CaseView, runs: Sequence[Sequence[float]]) -> Table:
    language = view.reader.language
    return Table(
        head=(view.reader("fin.col.year"), *(each.letter for each in view.case.strategies)),
        rows=tuple(
            (
                str(view.year(place)),
                *(
                    Traced(
                        signed_euros(run[place], language),
                        f"strategies.{order}.effects.{place}",
                        "running_value",
                    )
                    for order, run in enumerate(runs)
                ),
            )
            for place in range(view.case.terms.life)
        ),
    )


def _figure(view: CaseView, runs: Sequence[Sequence[float]]) -> Figure:
    reader, shown = view.reader, runs[:MOST]
    size, unit = scale([value for run in shown for value in run], reader)
    x = [view.year(place) for place in range(view.case.terms.life)]
    ranges = _ranges(view)
    low, high = span([value / size for run in (*shown, *ranges.values()) for value in run])
    layout = base_layout(reader, _HEIGHT)
    layout["margin"] |= {"t": 16, "b": 40, "r": 40}
    layout["xaxis"] = axis(
        range=[x[0] - 0.5, x[-1] + 0.5], tickvals=_years(x), ticktext=[str(n) for n in _years(x)],
        showgrid=False,
    )  # fmt: skip
    unit = unit.partition("(")[2].rstrip(")") or unit
    layout["yaxis"] = axis(
        **ticks(low, high, reader), title={"text": unit, "font": {"size": 12}, "standoff": 6}
    )
    layout["shapes"] = [
        *(
            _range(order, x[-1], [end / size for end in ends])
            for order, ends in ranges.items()
        ),
        {
            "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0,
            "layer": "between", "line": {"color": INK, "width": 1.2},
        }
    ]  # fmt: skip
    letters = [strategy.letter for strategy in view.case.strategies[:MOST]]
    layout["annotations"] = letters_at(
        letters, [run[-1] / size for run in shown], x[-1] + 0.5, high - low
    )
    return {
        "data": [_line(view, order, run, size, x) for order, run in enumerate(shown)],
        "layout": layout,
    }


def _ranges(view: CaseView) -> dict[int, tuple[float, float]]:
    """Give where the present value of a strategy may end, by its place, where that is known."""
    own, found = sense(view), {}
    for order, strategy in enumerate(view.case.strategies[:MOST]):
        together = own.together(strategy.letter) if own else None
        if together is not None:
            value = together[1].present_value
            found[order] = (value.low, value.high)
    return found


def _range(order: int, x: int, ends: Sequence[float]) -> Figure:
    """Draw a range as a thick upright line, each strategy a little further on."""
    place = neat(x + 0.1 + 0.12 * order)
    return {
        "type": "line", "x0": place, "x1": place, "y0": neat(ends[0]), "y1": neat(ends[1]),
        "opacity": 0.55, "line": {"color": SHADES[order % len(SHADES)], "width": 5},
    }  # fmt: skip


def _line(view: CaseView, order: int, run: Sequence[float], size: float, x: list[int]) -> Figure:
    letter, language = view.case.strategies[order].letter, view.reader.language
    shade = SHADES[order % len(SHADES)]
    drawn = line(x, [neat(value / size) for value in run], shade, mode="lines+markers")
    return drawn | {
        "line": {"width": 2.5, "color": shade, "dash": DASHES[order % len(DASHES)]},
        "marker": {"size": 5, "color": shade},
        "hoverinfo": "text",
        "hovertext": [
            f"{letter} {year}: {signed_euros(value, language)}"
            for year, value in zip(x, run, strict=True)
        ],
    }


def _years(x: list[int]) -> list[int]:
    """Give the years that are named below the axis: at most six, the first one too."""
    step = -(-len(x) // 6)
    return x[::step]


def letters_at(letters: list[str], ends: list[float], x: float, height: float) -> list[Figure]:
    """Name each line at its end, apart from each other.

    Parameters
    ----------
    letters, ends : of the lines: their badges, and where each ends
    x : where the names stand
    height : of the whole figure, in what ``ends`` are in
    """
    order = sorted(range(len(ends)), key=lambda n: ends[n])
    at = [ends[n] for n in order]
    for below, above in pairwise(range(len(at))):
        at[above] = max(at[above], at[below] + _APART * height)
    middle = sum(at) / len(at) - sum(ends) / len(ends)
    return [
        {
            "x": neat(x), "xanchor": "left", "y": neat(place - middle), "yanchor": "middle",
            "text": letters[n], "showarrow": False, "xshift": 4,
            "font": {"size": 14, "weight": 700, "color": SHADES[n % len(SHADES)]},
        }
        for n, place in zip(order, at, strict=True)
    ]  # fmt: skip
