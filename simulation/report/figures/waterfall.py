"""From today to a scenario: how the structural costs differ, group by group."""

import math
from itertools import accumulate

from markupsafe import Markup

from simulation.comparison.document import Result, ScenarioResult
from simulation.report import claims, estimates, facts, words
from simulation.report.chart import (
    INK,
    NONE,
    PAPER,
    QUIET,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    label,
    neat,
    scale,
    span,
    team_colour,
    ticks,
)
from simulation.report.facts import Waterfall
from simulation.report.numbers import signed_number
from simulation.report.reader import Reader
from simulation.report.speech import confidence, during, mark, speak
from simulation.report.traced import Traced, together

ROOM = 0.055
"""Part of the bars' width that one character of an amount takes beside them on a phone."""

Bar = tuple[str, str, float]
"""Group, its name, its amount."""


def waterfall(result: Result, reader: Reader, scenario: ScenarioResult) -> Chart | None:
    """Draw the difference in structural costs as bars with a base; None without costs."""
    fall = facts.waterfall(result, scenario)
    if fall is None:
        return None
    bars = _bars(result, reader, scenario, fall)
    claim = claims.waterfall_title(result, scenario)
    _, unit = _unit(reader, bars, fall)
    total = reader.rounded_euros(fall.total, fall.digits)
    named = "; ".join(
        f"{name} {reader.rounded_euros(amount, fall.digits)}" for _, name, amount in bars
    )
    return Chart(
        key="waterfall",
        title=mark(claim, reader, result),
        subtitle=reader.mark(
            "waterfall.subtitle",
            scenario=words.badge_name(reader, result, scenario.letter),
            unit=unit,
            during=during(result, reader, reader.mark),
        ),
        note=_note(result, reader, scenario, fall),
        alt=reader(
            "waterfall.alt",
            title=speak(claim, reader, result),
            numbers=named or NONE,
            total=total,
        ),
        table=_table(result, reader, scenario, bars, fall),
        figure=_figure(reader, scenario, bars, fall),
    )


def _bars(result: Result, reader: Reader, scenario: ScenarioResult, fall: Waterfall) -> list[Bar]:
    today = facts.baseline(result)
    mine = {line.group for line in scenario.lines}

    def name(group: str) -> str:
        owner = scenario if group in mine else today
        return words.upper_first(words.group_name(reader, owner, group))

    bars = [(group, name(group), amount) for group, amount in fall.steps]
    if fall.residual:
        bars.append(("", reader("waterfall.residual"), fall.residual))
    return bars


def _note(result: Result, reader: Reader, scenario: ScenarioResult, fall: Waterfall) -> Markup:
    sentences = [reader.mark("waterfall.note")]
    difference = facts.cost(scenario)
    if difference and difference.low is not None:
        path = facts.at(result, scenario, "differences", facts.STRUCTURAL)
        sentences.append(
            reader.mark(
                "waterfall.interval",
                interval=estimates.euro_interval(reader, difference, path),
                confidence=confidence(result, reader),
            )
        )
    if fall.once:
        sentences.append(
            reader.mark("waterfall.once", amount=_apart(result, reader, scenario, facts.ONCE))
        )
    if facts.mean_difference(result, scenario, facts.OBLIGATION):
        amount = _apart(result, reader, scenario, facts.OBLIGATION)
        sentences.append(reader.mark("waterfall.obligation", amount=amount))
    return together(*sentences)


def _apart(result: Result, reader: Reader, scenario: ScenarioResult, path: str) -> Traced:
    """Write an amount that is not part of the total."""
    text = reader.signed_euros(facts.mean_difference(result, scenario, path))
    where = facts.difference_at(result, scenario, path)
    opens = reader.total(scenario.letter, path.removeprefix("costs."))
    return Traced(text, where, opens=opens)


def _table(
    result: Result, reader: Reader, scenario: ScenarioResult, bars: list[Bar], fall: Waterfall
) -> Table:
    total = facts.at(result, scenario, "differences", f"{facts.STRUCTURAL}.mean")
    bill = reader.place("bill", scenario.letter)

    def amount(group: str, value: float) -> Traced:
        text = reader.rounded_euros(value, fall.digits)
        if not group:
            return Traced(text, facts.at(result, scenario, "differences"), "residual")
        where = facts.difference_at(result, scenario, f"costs.groups.{group}")
        return Traced(text, where, opens=f"{bill}-{group}")

    rows: list[tuple[str, ...]] = [(name, amount(group, value)) for group, name, value in bars]
    shown = Traced(
        reader.rounded_euros(fall.total, fall.digits), total, opens=reader.total(scenario.letter)
    )
    rows.append((reader("waterfall.total"), shown))
    if fall.once:
        once = _apart(result, reader, scenario, facts.ONCE)
        rows.append((reader("waterfall.once_row"), once))
    head = (reader("waterfall.head.1"), reader("waterfall.head.2"))
    return Table(head, tuple(rows))


def _unit(reader: Reader, bars: list[Bar], fall: Waterfall) -> tuple[float, str]:
    """Choose the unit of the axis: plain euros where thousands would need many decimals."""
    ends = [fall.total, *accumulate(amount for _, _, amount in bars)]
    return scale(ends, reader, fall.digits)


def _figure(reader: Reader, scenario: ScenarioResult, bars: list[Bar], fall: Waterfall) -> Figure:
    size, unit = _unit(reader, bars, fall)
    ends = list(accumulate(amount for _, _, amount in bars))
    amounts = [*(amount for _, _, amount in bars), fall.total]
    shown = [_amount(reader, amount, size, fall.digits) for amount in amounts]
    room = ROOM * max(map(len, shown))
    low, high = span([x / size for x in (*ends, fall.total)], room)
    names = [*(label(name, 40, 1) for _, name, _ in bars), reader("waterfall.total")]
    layout = base_layout(reader, 70 + 58 * len(names))
    layout["xaxis"] = axis(
        **ticks(low, high, reader), title={"text": unit, "standoff": 8, "font": {"size": 13}}
    )
    layout["yaxis"] = axis(
        range=[len(names) - 0.7, -0.8],
        showticklabels=False,
        ticks="",
        showgrid=False,
        showline=False,
    )
    layout["annotations"] = [_name(row, name) for row, name in enumerate(names)]
    layout["shapes"] = [_zero(), *(_connector(row, x / size) for row, x in enumerate(ends))]
    shades = [*(team_colour(scenario, group) for group, _, _ in bars), INK]
    trace = _trace(amounts, [0.0, *ends[:-1], 0.0][-len(amounts) :], size, shades)
    trace["text"] = shown
    trace["hovertext"] = [
        f"{name}: {reader.rounded_euros(amount, fall.digits)}"
        for name, amount in zip(names, amounts, strict=True)
    ]
    return {"data": [trace], "layout": layout}


def _trace(amounts: list[float], bases: list[float], size: float, shades: list[str]) -> Figure:
    """Give the bars; an amount that adds cost is hatched, the total is solid."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(amounts))),
        "x": [neat(amount / size) for amount in amounts],
        "base": [neat(base / size) for base in bases],
        "width": 0.42,
        "textposition": "outside",
        "cliponaxis": False,
        "constraintext": "none",
        "textfont": {"size": 13, "color": INK},
        "marker": {
            "color": shades,
            "line": {"color": shades, "width": 1},
            "pattern": {
                "shape": [*("/" if amount > 0 else "" for amount in amounts[:-1]), ""],
                "fillmode": "replace",
                "size": 7,
                "solidity": 0.35,
            },
        },
        "hoverinfo": "text",
    }


def _name(row: int, name: str) -> Figure:
    """Write the name of a bar above it, so that bars have the whole width of a phone."""
    return {
        "xref": "paper", "x": 0, "xanchor": "left", "y": row - 0.25, "yanchor": "bottom",
        "text": name, "showarrow": False, "font": {"size": 13}, "bgcolor": PAPER, "borderpad": 1,
    }  # fmt: skip


def _zero() -> Figure:
    return {
        "type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": 0, "x1": 0, "layer": "between",
        "line": {"color": INK, "width": 1.2},
    }  # fmt: skip


def _amount(reader: Reader, amount: float, size: float, digits: int) -> str:
    """Write a bar's amount in the unit of the axis, exactly as it was rounded."""
    places = max(0, digits + round(math.log10(size)))
    return signed_number(amount / size, reader.language, places)


def _connector(row: int, x: float) -> Figure:
    return {
        "type": "line", "x0": neat(x), "x1": neat(x), "y0": row + 0.21, "y1": row + 0.79,
        "line": {"color": QUIET, "width": 1},
    }  # fmt: skip
