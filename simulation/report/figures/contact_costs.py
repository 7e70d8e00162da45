"""What a contact and a resolved question cost by channel: in full, and the part that can go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from markupsafe import Markup

from simulation.finance.document_contacts import ChannelCost, ContactCosts
from simulation.report import words
from simulation.report.case_view import BASELINE, CaseView
from simulation.report.chart import (
    INK,
    NONE,
    PAPER,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    colour,
    label,
    neat,
)
from simulation.report.numbers import euros
from simulation.report.planner import faint
from simulation.report.traced import Traced, plain

WAYS: Final = ("per_contact", "per_resolved")
"""What a cost is divided by."""

MOST: Final = 6
"""Channels in the figure; the table has every one."""

_LIGHT: Final = 0.35
_SMALL: Final = 100.0


@dataclass(frozen=True)
class Bar:
    """One bar: a channel, divided one way."""

    name: str
    channel: str
    full: float
    avoidable: float

    half: float
    """Half of the interval around ``full``; 0 where there is none."""


def contact_costs(view: CaseView) -> Chart | None:
    """Draw the costs of the best strategy, or of 0*; None where nobody was answered."""
    order, own = _shown(view)
    if own is None:
        return None
    bars = list(_bars(view, own))
    if not bars:
        return None
    reader = view.reader
    title = _title(view, order, own)
    spoken = "; ".join(
        reader(
            "fin.contact.spoken",
            name=bar.name,
            full=_euros(view, bar.full),
            avoidable=_euros(view, bar.avoidable),
        )
        for bar in bars
    )
    apart = fsum(each.full for each in own.apart)
    return Chart(
        key="contact-costs",
        title=title,
        subtitle=reader.mark("fin.contact.subtitle", scenario=view.name(own.letter)),
        note=Markup(" ").join(
            [
                reader.mark(
                    "fin.contact.note",
                    apart=view.about(apart, f"contacts.{order}.apart", "sum_full"),
                ),
                *_by_contracts(view, order, own),
            ]
        ),
        alt=reader("fin.contact.alt", title=plain(title), numbers=spoken),
        table=_table(view),
        figure=_figure(view, bars),
    )


def _shown(view: CaseView) -> tuple[int, ContactCosts | None]:
    strategies = view.case.strategies
    letter = strategies[view.best].letter if strategies else BASELINE
    found = (each for each in enumerate(view.case.contacts) if each[1].letter == letter)
    return next(found, (0, None))


def _name(view: CaseView, own: ContactCosts, channel: str) -> str:
    return words.channel_name(view.reader, view.scenario(own.letter), channel)


def _bars(view: CaseView, own: ContactCosts) -> Iterator[Bar]:
    for cost in own.channels[:MOST]:
        for way in WAYS:
            full, avoidable = (getattr(cost, f"{part}_{way}") for part in ("full", "avoidable"))
            if full is not None and avoidable is not None:
                channel = _name(view, own, cost.channel)
                name = view.reader(f"fin.contact.{way}", channel=channel)
                half = cost.full_per_contact_half if way == WAYS[0] else None
                yield Bar(name, cost.channel, full, avoidable, half or 0.0)


def _dearest(own: ContactCosts) -> int:
    """Give the place of the channel in which a resolved question costs most."""
    return max(range(len(own.channels)), key=lambda n: own.channels[n].full_per_resolved or 0.0)


def _by_contracts(view: CaseView, order: int, own: ContactCosts) -> Iterator[Markup]:
    """Hold the cost by paid contracts against that by hours needed, for the dearest channel."""
    place = _dearest(own)
    cost = own.channels[place]
    for other, paid in enumerate(view.case.paid_contacts):
        each = paid.channels[place].full_per_contact if paid.letter == own.letter else None
        if each is not None and cost.full_per_contact is not None:
            contacts, contracts = f"contacts.{order}", f"paid_contacts.{other}"
            path = f"channels.{place}.full_per_contact"
            yield view.reader.mark(
                "fin.contact.by_contracts",
                channel=words.clip(words.lower_first(_name(view, own, cost.channel)), 30, 2),
                needed=Traced(_euros(view, cost.full_per_contact), f"{contacts}.{path}"),
                paid=Traced(_euros(view, each), f"{contracts}.{path}"),
                year=Traced(str(paid.year), f"{contracts}.year", "name"),
            )


def _title(view: CaseView, order: int, own: ContactCosts) -> Markup:
    """Say where a resolved question costs most."""
    place = _dearest(own)
    cost = own.channels[place]
    path = f"contacts.{order}.channels.{place}.full_per_resolved"
    return view.reader.mark(
        "fin.contact.title",
        scenario=view.name(own.letter),
        channel=words.clip(words.lower_first(_name(view, own, cost.channel)), 30, 2),
        amount=Traced(_euros(view, cost.full_per_resolved or 0.0), path),
    )


def _euros(view: CaseView, amount: float) -> str:
    return euros(amount, view.reader.language, 2 if amount < _SMALL else 0)


def _table(view: CaseView) -> Table:
    reader = view.reader
    columns = [f"{part}_{way}" for way in WAYS for part in ("full", "avoidable")]
    heads = ("scenario", "channel", "n", *columns, "half")
    return Table(
        head=tuple(reader(f"fin.contact.head.{each}") for each in heads),
        rows=tuple(
            (
                own.letter,
                _name(view, own, cost.channel),
                Traced(reader.number(cost.contacts), f"{path}.contacts"),
                *(_cell(view, cost, column, path) for column in columns),
                _cell(view, cost, "full_per_contact_half", path),
            )
            for order, own in enumerate(view.case.contacts)
            for place, cost in enumerate(own.channels)
            for path in (f"contacts.{order}.channels.{place}",)
        ),
        prose=(0, 1),
    )


def _cell(view: CaseView, cost: ChannelCost, column: str, path: str) -> str:
    amount = getattr(cost, column)
    return NONE if amount is None else Traced(_euros(view, amount), f"{path}.{column}")


def _figure(view: CaseView, bars: Sequence[Bar]) -> Figure:
    reader = view.reader
    texts = [
        reader(
            "fin.contact.beside",
            full=_euros(view, bar.full),
            avoidable=_euros(view, bar.avoidable),
        )
        for bar in bars
    ]
    shown = [_euros(view, bar.full) for bar in bars]
    most = max(bar.full for bar in bars) or 1.0
    layout = base_layout(reader, 50 + 46 * len(bars))
    layout["barmode"] = "overlay"
    layout["margin"] |= {"b": 24}
    layout["xaxis"] = axis(range=[0, neat(most * 1.02)], showticklabels=False, ticks="")
    layout["yaxis"] = axis(
        range=[len(bars) - 0.45, -0.85], showticklabels=False, ticks="", showgrid=False,
        showline=False,
    )  # fmt: skip
    layout["annotations"] = [
        {
            "xref": "paper", "x": x, "xanchor": anchor, "y": neat(row - 0.2), "yanchor": "bottom",
            "text": label(text, 40, 1), "showarrow": False, "font": {"size": 13}, "bgcolor": PAPER,
            "borderpad": 1,
        }
        for row, (bar, beside) in enumerate(zip(bars, shown, strict=True))
        for x, anchor, text in ((0, "left", bar.name), (1, "right", beside))
    ]  # fmt: skip
    shades = [colour(bar.channel) for bar in bars]
    whole = _trace([bar.full for bar in bars], [faint(shade, _LIGHT) for shade in shades], texts)
    whole["error_x"] = {
        "type": "data", "array": [neat(bar.half) for bar in bars], "thickness": 1.5, "width": 4,
        "color": INK,
    }  # fmt: skip
    return {
        "data": [
            whole,
            _trace([bar.avoidable for bar in bars], shades, texts),
        ],
        "layout": layout,
    }


def _trace(values: list[float], shades: list[str], texts: list[str]) -> Figure:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(values))),
        "x": [neat(value) for value in values],
        "width": 0.36,
        "marker": {"color": shades, "line": {"color": INK, "width": 0.5}},
        "hoverinfo": "text",
        "hovertext": texts,
    }
