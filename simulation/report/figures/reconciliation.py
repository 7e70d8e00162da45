"""From the budget to today as simulated: a waterfall of what explains the difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from markupsafe import Markup

from simulation.finance.document_budget import Reconciliation
from simulation.report import words
from simulation.report.case_view import CaseView
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
    ticks,
)
from simulation.report.numbers import euros, signed_euros, signed_number
from simulation.report.traced import Traced, plain
from simulation.scenario.text import Text

PATH: Final = "reconciliation"
_SMALL: Final = 0.001
"""Part of the budget below which what is left is not worth a word."""

_ROOM: Final = 0.055
"""Part of the width that one character beside a bar takes on a phone."""

_MILLION: Final = 1e6
_KNOWN: Final = "#004488"
_OPEN: Final = "#C4500A"


@dataclass(frozen=True)
class Step:
    """One bar: a level at both ends, else what is added to the level before it."""

    name: str
    amount: float
    shade: str
    level: bool = False


def reconciliation(view: CaseView) -> Chart | None:
    """Draw it; None where no budget is stated."""
    own = view.case.reconciliation
    if own is None:
        return None
    reader, told = view.reader, _title(view, own)
    steps = list(_steps(view, own))
    spoken = "; ".join(
        f"{step.name} {_amount(view, step.amount, level=step.level)}" for step in steps
    )
    return Chart(
        key="reconciliation",
        title=told,
        subtitle=reader.mark(
            "fin.recon.subtitle",
            year=Traced(str(own.year), f"{PATH}.year", "name"),
            level=Traced(str(own.price_level), f"{PATH}.price_level", "name"),
        ),
        note=_note(view, own),
        alt=reader("fin.recon.alt", title=plain(told), numbers=spoken),
        table=_table(view, own),
        figure=_figure(view, steps),
    )


def _title(view: CaseView, own: Reconciliation) -> Markup:
    """Say how much of the simulated costs nothing explains."""
    if abs(own.rest) <= _SMALL * own.budget:
        return view.reader.mark("fin.recon.title.closed")
    return view.reader.mark(
        "fin.recon.title.more" if own.rest > 0 else "fin.recon.title.less",
        amount=view.about(abs(own.rest), f"{PATH}.rest"),
    )


def _note(view: CaseView, own: Reconciliation) -> Markup:
    names = [_named(view, entry.name, entry.title) for entry in own.entries]
    empty = [
        name for name, entry in zip(names, own.entries, strict=True) if entry.name in own.empty
    ]
    told = view.reader.mark("fin.recon.note")
    if empty:
        told += " " + view.reader.mark("fin.recon.empty", entries=view.reader.listing(empty))
    return told


def _named(view: CaseView, name: str, title: Text | None) -> str:
    return words.upper_first(words.plain(name) if title is None else view.reader.text(title))


def _amount(view: CaseView, amount: float, *, level: bool) -> str:
    write = euros if level else signed_euros
    return write(amount, view.reader.language)


def _steps(view: CaseView, own: Reconciliation) -> Iterator[Step]:
    reader = view.reader
    yield Step(reader("fin.recon.budget", year=own.year), own.budget, INK, level=True)
    if own.index:
        yield Step(reader("fin.recon.index", level=own.price_level), own.index, _KNOWN)
    for entry in own.entries:
        for gap in entry.gaps:
            yield Step(_named(view, gap.name, gap.title), gap.amount, _KNOWN)
    if own.not_covered:
        yield Step(reader("fin.recon.open"), own.not_covered, _KNOWN)
    yield Step(reader("fin.recon.rest"), own.rest, _OPEN)
    yield Step(reader("fin.recon.simulated"), own.simulated, INK, level=True)


def _table(view: CaseView, own: Reconciliation) -> Table:
    reader, language = view.reader, view.reader.language

    def level(amount: float, path: str) -> str:
        return Traced(euros(amount, language), f"{PATH}.{path}")

    def change(amount: float, path: str, how: str = "") -> str:
        return Traced(signed_euros(amount, language), f"{PATH}.{path}", how)

    entries = tuple(
        (
            _named(view, entry.name, entry.title),
            entry.taakveld or NONE,
            level(entry.budget, f"{at}.budget"),
            change(entry.index, f"{at}.index"),
            change(sum(gap.amount for gap in entry.gaps), f"{at}.gaps", "sum_amount"),
            change(entry.rest, f"{at}.rest"),
            level(entry.simulated, f"{at}.simulated"),
        )
        for n, entry in enumerate(own.entries)
        for at in (f"entries.{n}",)
    )
    opens = tuple(
        (
            reader("fin.recon.without", part=view.part_of_bill(part.part)),
            *(NONE, NONE, NONE, NONE, NONE),
            level(part.amount, f"open.{n}.amount"),
        )
        for n, part in enumerate(own.open)
    )
    total = (
        (
            reader("fin.row.together"),
            NONE,
            level(own.budget, "budget"),
            change(own.index, "index"),
            change(own.gaps, "gaps"),
            change(own.rest, "rest"),
            level(own.simulated, "simulated"),
        ),
    )
    heads = ("entry", "field", "budget", "index", "gaps", "rest", "simulated")
    return Table(
        head=tuple(reader(f"fin.recon.head.{name}") for name in heads),
        rows=(*entries, *opens, *total),
        prose=(0, 1),
    )


def _figure(view: CaseView, steps: list[Step]) -> Figure:
    reader = view.reader
    ends = list(
        accumulate(0.0 if step.level and n else step.amount for n, step in enumerate(steps))
    )
    bases = [
        0.0 if step.level else end - step.amount for step, end in zip(steps, ends, strict=True)
    ]
    size, unit = scale([step.amount for step in steps if step.level], reader)
    texts = [
        reader.number(step.amount / size, _digits(size))
        if step.level
        else signed_number(step.amount / size, reader.language, _digits(size))
        for step in steps
    ]
    reach = [(base + step.amount) / size for base, step in zip(bases, steps, strict=True)]
    low, high = span(reach, _ROOM * max(map(len, texts)))
    layout = base_layout(reader, 70 + 52 * len(steps))
    marks = ticks(min(0.0, low) if min(reach) < 0 else 0.0, high, reader)
    marks["ticktext"] = [text.removeprefix("+") for text in marks["ticktext"]]
    layout["xaxis"] = axis(
        **marks,
        title={
            "text": unit.partition("(")[2].rstrip(")") or unit,
            "standoff": 8,
            "font": {"size": 13},
        },
    )
    layout["yaxis"] = axis(
        range=[len(steps) - 0.5, -0.8], showticklabels=False, ticks="", showgrid=False,
        showline=False,
    )  # fmt: skip
    layout["annotations"] = [
        {
            "xref": "paper", "x": 0, "xanchor": "left", "y": neat(row - 0.23), "yanchor": "bottom",
            "text": label(step.name, 38, 1), "showarrow": False, "font": {"size": 13},
            "bgcolor": PAPER, "borderpad": 1,
        }
        for row, step in enumerate(steps)
    ]  # fmt: skip
    layout["shapes"] = [
        {
            "type": "line", "x0": neat(end / size), "x1": neat(end / size), "y0": row + 0.2,
            "y1": row + 0.8, "line": {"color": QUIET, "width": 1},
        }
        for row, end in enumerate(ends)
    ]  # fmt: skip
    return {"data": [_trace(steps, bases, size, texts)], "layout": layout}


def _digits(size: float) -> int:
    return 2 if size >= _MILLION else 0


def _trace(steps: list[Step], bases: list[float], size: float, texts: list[str]) -> Figure:
    """Give the bars; what nothing explains is hatched."""
    shades = [step.shade for step in steps]
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(steps))),
        "x": [neat(step.amount / size) for step in steps],
        "base": [neat(base / size) for base in bases],
        "width": 0.4,
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "constraintext": "none",
        "textfont": {"size": 13, "color": INK},
        "marker": {
            "color": shades,
            "line": {"color": shades, "width": 1},
            "pattern": {
                "shape": ["/" if step.shade == _OPEN else "" for step in steps],
                "fillmode": "replace",
                "size": 7,
                "solidity": 0.35,
            },
        },
        "hoverinfo": "text",
        "hovertext": [f"{step.name}: {text}" for step, text in zip(steps, texts, strict=True)],
    }
