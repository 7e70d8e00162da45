"""What can be booked beside what cannot: contracts that end, contracts avoided, time won."""

from math import fsum
from typing import Final

from markupsafe import Markup

from simulation.finance.document import StrategyCase
from simulation.report import words
from simulation.report.case_view import CaseView, booked
from simulation.report.chart import (
    INK,
    PAPER,
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
from simulation.report.numbers import signed_euros, signed_number
from simulation.report.traced import Traced, plain

MOST: Final = 6
"""Strategies in the figure; the table has every one."""

KINDS: Final = ("cashable", "avoided", "capacity")
_SHADES: Final = {"cashable": "#00695c", "avoided": "#004488", "capacity": "#8a949e"}
_ROOM: Final = 0.055
"""Part of the width that one character beside a bar takes on a phone."""


def booked_chart(view: CaseView) -> Chart | None:
    """Draw it for every strategy in t+3; None without strategies."""
    reader, strategies = view.reader, view.case.strategies
    if not strategies:
        return None
    title = _title(view)
    bars = _bars(view)
    numbers = "; ".join(
        f"{letter}, {reader(f'fin.kind.{kind}')}: {signed_euros(value, reader.language)}"
        for letter, kind, value in bars[: MOST * len(KINDS)]
    )
    return Chart(
        key="booked",
        title=title,
        subtitle=reader.mark(
            "fin.booked.subtitle",
            year=Traced(
                str(view.year(view.settled)), f"strategies.0.effects.{view.settled}.year", "name"
            ),
        ),
        note=reader.mark("fin.booked.note"),
        alt=reader("fin.booked.alt", title=plain(title), numbers=numbers),
        table=_table(view),
        figure=_figure(view, bars[: MOST * len(KINDS)]),
    )


def _bars(view: CaseView) -> list[tuple[str, str, float]]:
    """Give letters, kind and euros; strategies alike share bars, those without any have none."""
    found: dict[tuple[float, ...], list[str]] = {}
    for each in view.case.strategies:
        values = tuple(_amount(view, each, kind) for kind in KINDS)
        found.setdefault(values, []).append(each.letter)
    some = {values: letters for values, letters in found.items() if any(values)}
    return [
        (", ".join(letters), kind, value)
        for values, letters in (some or found).items()
        for kind, value in zip(KINDS, values, strict=True)
    ]


def _amount(view: CaseView, strategy: StrategyCase, kind: str) -> float:
    """Give the euros of one kind in t+3, all teams together; capacity of those of today alone."""
    effect = strategy.effects[view.settled]
    if kind == "capacity":
        return view.capacity(strategy.letter, effect)
    return fsum(float(getattr(team, kind)) for team in effect.teams)


def _title(view: CaseView) -> Markup:
    """Say of the strategy that books most what can be booked."""
    place = view.settled
    sums = [booked(strategy.effects[place]) for strategy in view.case.strategies]
    most = max(range(len(sums)), key=lambda n: sums[n][1])
    path = f"strategies.{most}.effects.{place}"
    year = Traced(str(view.year(place)), f"{path}.year", "name")
    if sums[most][0] <= 0:
        return view.reader.mark("fin.booked.title.nothing", year=year)
    return view.reader.mark(
        "fin.booked.title",
        scenario=words.upper_first(view.name(view.case.strategies[most].letter)),
        year=year,
        amount=view.about(sums[most][1], f"{path}.teams", "sum_cashable_euros"),
    )


def _table(view: CaseView) -> Table:
    reader, place = view.reader, view.settled
    return Table(
        head=(reader("fin.col.strategy"), *(reader(f"fin.kind.{kind}") for kind in KINDS)),
        rows=tuple(
            (
                view.title(strategy.letter),
                *(
                    Traced(
                        signed_euros(_amount(view, strategy, kind), reader.language),
                        f"strategies.{order}.effects.{place}.teams",
                        f"sum_{kind}_euros",
                    )
                    for kind in KINDS
                ),
            )
            for order, strategy in enumerate(view.case.strategies)
        ),
        badges=tuple(strategy.letter for strategy in view.case.strategies),
    )


def _figure(view: CaseView, bars: list[tuple[str, str, float]]) -> Figure:
    reader = view.reader
    size, unit = scale([value for *_, value in bars], reader)
    places = [n + 0.5 * (n // len(KINDS)) for n in range(len(bars))]
    texts = [signed_number(value / size, reader.language) for *_, value in bars]
    low, high = span([value / size for *_, value in bars], _ROOM * max(map(len, texts)))
    layout = base_layout(reader, round(70 + 46 * (places[-1] + 1)))
    unit = unit.partition("(")[2].rstrip(")") or unit
    layout["xaxis"] = axis(
        **ticks(low, high, reader), title={"text": unit, "standoff": 8, "font": {"size": 13}}
    )
    layout["yaxis"] = axis(
        range=[places[-1] + 0.55, -0.85], showticklabels=False, ticks="", showgrid=False,
        showline=False,
    )  # fmt: skip
    names = [f"{letter} · {reader(f'fin.kind.{kind}')}" for letter, kind, _ in bars]
    layout["annotations"] = [
        {
            "xref": "paper", "x": 0, "xanchor": "left", "y": neat(y - 0.2), "yanchor": "bottom",
            "text": name, "showarrow": False, "font": {"size": 13}, "bgcolor": PAPER,
            "borderpad": 1,
        }
        for y, name in zip(places, names, strict=True)
    ]  # fmt: skip
    layout["shapes"] = [
        {
            "type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": 0, "x1": 0,
            "layer": "between", "line": {"color": INK, "width": 1.2},
        }
    ]  # fmt: skip
    return {"data": [_trace(bars, places, size, texts, names)], "layout": layout}


def _trace(
    bars: list[tuple[str, str, float]],
    places: list[float],
    size: float,
    texts: list[str],
    names: list[str],
) -> Figure:
    """Give the bars; time that is won is hatched, for it stays paid."""
    shades = [_SHADES[kind] for _, kind, _ in bars]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [neat(y) for y in places],
        "x": [neat(value / size) for *_, value in bars],
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
                "shape": ["/" if kind == "capacity" else "" for _, kind, _ in bars],
                "fillmode": "replace",
                "size": 7,
                "solidity": 0.35,
            },
        },
        "hoverinfo": "text",
        "hovertext": [f"{name}: {text}" for name, text in zip(names, texts, strict=True)],
    }
