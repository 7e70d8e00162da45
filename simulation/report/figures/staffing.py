"""Extra people at equal service: each strategy against 0*, team by team."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulation.comparison.document import Result, ScenarioResult
from simulation.report import equal, equal_claims, estimates, facts, words
from simulation.report.chart import (
    GRID,
    INK,
    PAPER,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    label,
    neat,
    span,
    team_colour,
    ticks,
)
from simulation.report.reader import Reader
from simulation.report.speech import mark, speak
from simulation.report.traced import Traced

MOST = 8
"""Groups of bars that a figure holds; the table has every strategy."""

ROOM = 0.055
"""Part of the bars' width that one character of a number takes beside them on a phone."""

APART = 0.7
"""Room between two strategies, in bars."""


@dataclass(frozen=True)
class Bar:
    """What a team of a strategy has more than that of 0*, or all its teams together."""

    name: str
    fte: Traced
    many: float
    shade: str


@dataclass(frozen=True)
class Group:
    """The bars of strategies with the same teams, their total last."""

    letters: tuple[str, ...]
    bars: tuple[Bar, ...]


def staffing(result: Result, reader: Reader) -> Chart | None:
    """Draw who takes more people than 0*, and where; None without strategies to compare."""
    focus, shown = facts.focus(result), facts.comparable(result)
    if focus is None or not shown or not focus.same_demand:
        return None
    claim = equal_claims.staffing_title(result, focus)
    groups = _groups(result, reader, shown)
    return Chart(
        key="staffing",
        title=mark(claim, reader, result),
        subtitle=reader.mark("staffing.subtitle"),
        note=reader.mark("staffing.note" if len(groups) <= MOST else "staffing.note.more"),
        alt=reader(
            "staffing.alt",
            title=speak(claim, reader, result),
            numbers="; ".join(_spoken(reader, group) for group in groups[:MOST]),
        ),
        table=_table(result, reader, shown),
        figure=_figure(reader, groups[:MOST]),
    )


def _bars(result: Result, reader: Reader, scenario: ScenarioResult) -> tuple[Bar, ...]:
    """Give the teams that differ from 0*, then all together where that is not one team."""
    place = facts.place(result, scenario.letter)
    bars = tuple(_teams(result, reader, place))
    if len(bars) == 1:
        return bars
    many, path = equal.more(result, place), f"{equal.PATH}.staffing.{place}.units"
    return (
        *bars,
        Bar(
            name=reader("equal.total"),
            fte=estimates.fte(reader, many, path, "more", signed=True),
            many=many,
            shade=INK,
        ),
    )


def _teams(result: Result, reader: Reader, place: int) -> Iterator[Bar]:
    for name in equal.teams(result):
        found = equal.change(result, place, name)
        if found is None or not found.fte:
            continue
        owner = equal.owner(result, name)
        yield Bar(
            name=words.upper_first(words.part_name(reader, owner, "teams", name)),
            fte=estimates.fte(reader, found.fte, found.path, found.how, signed=True),
            many=found.fte,
            shade=team_colour(owner, f"staff.{name}"),
        )


def _groups(result: Result, reader: Reader, shown: list[ScenarioResult]) -> list[Group]:
    """Put strategies with the same teams together."""
    found: dict[tuple[tuple[str, float], ...], Group] = {}
    for scenario in shown:
        bars = _bars(result, reader, scenario)
        key = tuple((bar.name, bar.many) for bar in bars)
        earlier = found.get(key, Group((), bars))
        found[key] = Group((*earlier.letters, scenario.letter), earlier.bars)
    return list(found.values())


def _spoken(reader: Reader, group: Group) -> str:
    bars = ", ".join(f"{words.lower_first(bar.name)} {bar.fte}" for bar in group.bars)
    return f"{reader.listing(group.letters)}: {bars}"


def _table(result: Result, reader: Reader, shown: list[ScenarioResult]) -> Table:
    return Table(
        head=tuple(reader(f"staffing.head.{i}") for i in range(1, 4)),
        rows=tuple(
            (
                words.upper_first(words.badge_name(reader, result, scenario.letter)),
                bar.name,
                bar.fte,
            )
            for scenario in shown
            for bar in _bars(result, reader, scenario)
        ),
        prose=(0, 1),
    )


def _figure(reader: Reader, groups: list[Group]) -> Figure:
    rows, breaks, place = [], [], 0.0
    for group in groups:
        rows += [(place + n, group, bar) for n, bar in enumerate(group.bars)]
        place += len(group.bars) + APART
        breaks.append(place - 0.95)
    texts = [str(bar.fte) for _, _, bar in rows]
    low, high = span([bar.many for _, _, bar in rows], ROOM * max(map(len, texts)))
    layout = base_layout(reader, round(70 + 46 * (place - APART)))
    layout["xaxis"] = axis(
        **ticks(low, high, reader),
        title={"text": reader("staffing.axis"), "standoff": 8, "font": {"size": 13}},
    )
    layout["yaxis"] = axis(
        range=[neat(place - APART - 0.55), -0.85],
        showticklabels=False,
        ticks="",
        showgrid=False,
        showline=False,
    )
    layout["annotations"] = [_name(y, group, bar) for y, group, bar in rows]
    layout["shapes"] = [_zero(), *(_line(y) for y in breaks[:-1])]
    return {"data": [_trace([(y, bar) for y, _, bar in rows], texts)], "layout": layout}


def _trace(rows: list[tuple[float, Bar]], texts: list[str]) -> Figure:
    """Give the bars; more people is hatched, fewer is full, a total is black."""
    shades = [bar.shade for _, bar in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [neat(y) for y, _ in rows],
        "x": [neat(bar.many) for _, bar in rows],
        "width": 0.36,
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "constraintext": "none",
        "textfont": {"size": 13, "color": INK},
        "marker": {
            "color": shades,
            "line": {"color": shades, "width": 1},
            "pattern": {
                "shape": ["/" if bar.many > 0 and bar.shade != INK else "" for _, bar in rows],
                "fillmode": "replace",
                "size": 7,
                "solidity": 0.35,
            },
        },
        "hoverinfo": "text",
        "hovertext": [
            f"{label(bar.name, 40, 1)}: {text}" for (_, bar), text in zip(rows, texts, strict=True)
        ],
    }


def _name(y: float, group: Group, bar: Bar) -> Figure:
    """Write above a bar whose it is, so that bars have the whole width of a phone."""
    letters = ", ".join(group.letters)
    return {
        "xref": "paper", "x": 0, "xanchor": "left", "y": neat(y - 0.2), "yanchor": "bottom",
        "text": f"{letters} · {label(bar.name, 34, 1)}", "showarrow": False,
        "font": {"size": 13}, "bgcolor": PAPER, "borderpad": 1,
    }  # fmt: skip


def _zero() -> Figure:
    return {
        "type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": 0, "x1": 0, "layer": "between",
        "line": {"color": INK, "width": 1.2},
    }  # fmt: skip


def _line(y: float) -> Figure:
    return {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": neat(y), "y1": neat(y),
        "layer": "below", "line": {"color": GRID, "width": 1},
    }  # fmt: skip
