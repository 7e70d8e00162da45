"""The scenario table as a picture: what a memo can show of it."""

from simulation.comparison.document import Estimate, Result, ScenarioResult
from simulation.report import facts, words
from simulation.report.chart import (
    INK,
    QUIET,
    Figure,
    axis,
    base_layout,
    colour_of,
    ends,
    label,
    neat,
    scale,
    span,
    ticks,
)
from simulation.report.reader import Reader

MOST = 24
"""Scenarios in one picture."""


def forest_picture(result: Result, reader: Reader) -> Figure | None:
    """Draw the differences in costs, cheapest first; None without anything to compare."""
    found = [(s, cost) for s in facts.comparable(result) if (cost := facts.cost(s))]
    found.sort(key=lambda pair: pair[1].mean)
    shown = found[:MOST]
    if not shown:
        return None
    size, unit = scale([end for _, cost in shown for end in ends(cost)], reader)
    low, high = span([end / size for _, cost in shown for end in ends(cost)], 0.1)
    rows = list(range(len(shown)))
    layout = base_layout(reader, 90 + 44 * len(shown))
    layout["xaxis"] = axis(
        **ticks(low, high, reader), title={"text": unit, "standoff": 8, "font": {"size": 13}}
    )
    layout["yaxis"] = axis(
        range=[len(shown) - 0.5, -0.5],
        tickvals=rows,
        ticktext=[_name(reader, scenario) for scenario, _ in shown],
        ticks="",
        showgrid=False,
    )
    line = {"color": INK, "width": 1.2, "dash": "dot"}
    layout["shapes"] = [
        {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": 0, "x1": 0, "line": line}
    ]
    return {"data": [_marks([cost for _, cost in shown], size)], "layout": layout}


def _name(reader: Reader, scenario: ScenarioResult) -> str:
    return f"{scenario.letter}  {label(words.scenario_name(reader, scenario), 34, 2)}"


def _marks(costs: list[Estimate], size: float) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [neat(cost.mean / size) for cost in costs],
        "y": list(range(len(costs))),
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [neat((ends(cost)[1] - cost.mean) / size) for cost in costs],
            "arrayminus": [neat((cost.mean - ends(cost)[0]) / size) for cost in costs],
            "color": QUIET,
            "thickness": 2,
            "width": 5,
        },
        "marker": {"size": 11, "color": [colour_of(facts.direction(cost)) for cost in costs]},
    }
