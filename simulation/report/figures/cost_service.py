"""Costs against service: every scenario by its price and by its weakest norm."""

from simulation.comparison.document import Estimate, Result, ScenarioResult
from simulation.report import claims, estimates, facts, words
from simulation.report.chart import (
    GOOD_LAND,
    INK,
    NONE,
    OTHER,
    PAPER,
    QUIET,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    ends,
    legend,
    neat,
    scale,
    span,
    ticks,
)
from simulation.report.numbers import points
from simulation.report.reader import Reader, half_width
from simulation.report.speech import confidence, mark, norm_title, period, speak, title

NOTHING = Estimate(mean=0.0, low=0.0, high=0.0, p5=0.0, p95=0.0, n=0)
"""The difference of the baseline with itself."""

ROOM = (0.16, 0.11)
"""Parts of the width and height of the figure that a marker with its letter takes on a phone."""

Point = tuple[ScenarioResult, Estimate, Estimate]
"""A scenario, its difference in costs, the distance of its weakest norm."""


def cost_service(result: Result, reader: Reader) -> Chart | None:
    """Draw costs against the weakest norm; None without costs, norms or anything to compare."""
    found = _points(result)
    if len(found) <= 1:
        return None
    size, unit = scale([end for _, cost, _ in found for end in ends(cost)], reader)
    claim = claims.attaining_title(result)
    return Chart(
        key="cost-service",
        title=mark(claim, reader, result),
        subtitle=reader.mark(
            "cost_service.subtitle",
            unit=words.lower_first(unit),
            period=period(result, reader),
            confidence=confidence(result, reader),
        ),
        note=reader.mark("cost_service.note"),
        alt=reader(
            "cost_service.alt", title=speak(claim, reader, result), numbers=_spoken(found, reader)
        ),
        table=_table(result, reader, found),
        figure=_figure(result, reader, found, size, unit),
        legend=legend(result, reader, [scenario for scenario, _, _ in found]),
    )


def _points(result: Result) -> list[Point]:
    today = facts.baseline(result)
    found = []
    for scenario in (today, *facts.comparable(result)):
        cost = NOTHING if scenario is today else facts.cost(scenario)
        gap = facts.distance(scenario)
        if cost is not None and gap is not None:
            found.append((scenario, cost, gap))
    return found if facts.has_costs(result) else []


def _spoken(found: list[Point], reader: Reader) -> str:
    return "; ".join(
        reader(
            "cost_service.spoken",
            letter=scenario.letter,
            amount=reader.signed_euros(cost.mean, half_width(cost)),
            points=points(gap.mean, reader.language),
        )
        for scenario, cost, gap in found
    )


def _table(result: Result, reader: Reader, found: list[Point]) -> Table:
    def norm(scenario: ScenarioResult) -> str:
        return norm_title(reader, result, scenario.weakest or "", scenario.letter) or NONE

    return Table(
        head=tuple(reader(f"cost_service.head.{i}") for i in range(1, 6)),
        rows=tuple(
            (
                title(reader, result, scenario.letter),
                *_cost_cells(result, reader, scenario, cost),
                norm(scenario),
                estimates.points(
                    reader, gap, facts.at(result, scenario, "measures", facts.DISTANCE)
                ),
            )
            for scenario, cost, gap in found
        ),
        prose=(0, 3),
        badges=tuple(scenario.letter for scenario, _, _ in found),
    )


def _cost_cells(
    result: Result, reader: Reader, scenario: ScenarioResult, cost: Estimate
) -> tuple[str, str]:
    if cost is NOTHING:
        return reader.signed_euros(0.0), NONE
    path = facts.at(result, scenario, "differences", facts.STRUCTURAL)
    bill = reader.total(scenario.letter)
    return (
        estimates.signed_euros(reader, cost, path, bill),
        estimates.euro_interval(reader, cost, path),
    )


def _figure(result: Result, reader: Reader, found: list[Point], size: float, unit: str) -> Figure:
    left, right = span([end / size for _, cost, _ in found for end in ends(cost)], 0.12)
    bottom, top = span([100 * end for _, _, gap in found for end in ends(gap)], 0.14)
    layout = base_layout(reader, 380)
    layout["xaxis"] = axis(
        **ticks(left, right, reader), title={"text": unit, "standoff": 8, "font": {"size": 13}}
    )
    layout["yaxis"] = axis(**ticks(bottom, top, reader, zero=reader("cost_service.norm")))
    layout["margin"]["t"] = 28
    layout["shapes"] = [
        _box(0, neat(top)),
        _line(xref="paper", x0=0, x1=1, y0=0, y1=0, color=INK, dash="solid"),
        _line(yref="paper", y0=0, y1=1, x0=0, x1=0, color=QUIET, dash="dot"),
    ]
    layout["annotations"] = [
        {
            "xref": "paper", "x": 0, "xanchor": "left",
            "yref": "paper", "y": 1, "yanchor": "bottom",
            "text": reader("cost_service.region"), "showarrow": False,
            "font": {"size": 12, "color": "#0b5a5f"},
        }
    ]  # fmt: skip
    return {"data": [_markers(result, reader, found, size)], "layout": layout}


def _box(low: float, high: float) -> Figure:
    return {
        "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high,
        "fillcolor": GOOD_LAND, "line": {"width": 0}, "layer": "below",
    }  # fmt: skip


def _line(*, color: str, dash: str, **ends: object) -> Figure:
    line = {"color": color, "width": 1.2, "dash": dash}
    return {"type": "line", "line": line, "layer": "between", **ends}


def _markers(result: Result, reader: Reader, found: list[Point], size: float) -> Figure:
    letters = _letters(result, found)
    order = sorted(range(len(found)), key=lambda i: letters[i] != "")
    found, letters = [found[i] for i in order], [letters[i] for i in order]
    attains = [facts.surely(scenario) for scenario, _, _ in found]
    today = facts.baseline(result)
    fills = [
        PAPER if s is today else "#004488" if good else OTHER
        for (s, _, _), good in zip(found, attains, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [neat(cost.mean / size) for _, cost, _ in found],
        "y": [neat(100 * gap.mean) for _, _, gap in found],
        "text": letters,
        "textposition": "middle center",
        "textfont": {"size": 12, "color": [INK if fill == PAPER else PAPER for fill in fills]},
        "error_x": _bars([cost for _, cost, _ in found], 1 / size),
        "error_y": _bars([gap for _, _, gap in found], 100),
        "marker": {
            "size": [23 if letter else 9 for letter in letters],
            "opacity": 1,
            "symbol": ["circle" if good else "square" for good in attains],
            "color": fills,
            "line": {"width": 2, "color": [INK if s is today else PAPER for s, _, _ in found]},
        },
        "hoverinfo": "text",
        "hovertext": [_hover(reader, point) for point in found],
        "cliponaxis": False,
    }


def _letters(result: Result, found: list[Point]) -> list[str]:
    """Give the letters that fit beside each other on a phone, those that attain first."""
    costs, gaps = [cost.mean for _, cost, _ in found], [gap.mean for _, _, gap in found]
    width = (max(*costs, 0.0) - min(*costs, 0.0)) or 1.0
    height = (max(*gaps, 0.0) - min(*gaps, 0.0)) or 1.0
    first = facts.focus(result)
    order = sorted(
        range(len(found)),
        key=lambda i: (found[i][0] is not first, not facts.surely(found[i][0]), i),
    )
    placed: list[tuple[float, float]] = []
    letters = [""] * len(found)
    for i in order:
        x, y = costs[i] / width, gaps[i] / height
        if all(abs(x - a) > ROOM[0] or abs(y - b) > ROOM[1] for a, b in placed):
            placed.append((x, y))
            letters[i] = found[i][0].letter
    return letters


def _hover(reader: Reader, point: Point) -> str:
    scenario, cost, gap = point
    return "<br>".join(
        (
            scenario.letter,
            reader.signed_euros(cost.mean, half_width(cost)),
            reader("points", n=points(gap.mean, reader.language)),
        )
    )


def _bars(estimates: list[Estimate], factor: float) -> Figure:
    return {
        "type": "data",
        "symmetric": False,
        "array": [neat((ends(e)[1] - e.mean) * factor) for e in estimates],
        "arrayminus": [neat((e.mean - ends(e)[0]) * factor) for e in estimates],
        "color": QUIET,
        "thickness": 1.5,
        "width": 0,
    }
