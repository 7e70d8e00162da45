"""Runs in words, as the command line shows them."""

from collections.abc import Iterator
from typing import Final

from simulation.cli.cloud.answers import UNDER_WAY, Costs, Precision, Run

_CENT: Final = 0.01

_ROUNDED: Final = 0.005
"""As much as is written as one of the last figure."""


def line(run: Run) -> str:
    """Give a run in one line."""
    scenarios = ", ".join(run.scenarios)
    return f"{run.id}  {run.created[:16]}  {run.state:9}  {run.kind}: {scenarios}"


def details(run: Run) -> Iterator[str]:
    """Give lines on how far a run is, and what it costs."""
    for part in run.parts if run.state in UNDER_WAY else ():
        yield f"  step {run.round}, {part.stage}: {part.done} of {part.jobs}"
    precision = run.precision
    if precision is not None:
        yield f"  after {precision.replications} simulations: {_precise(precision)}"
    yield f"  {money(run.costs)}{' so far' if run.state in UNDER_WAY else ''}"
    if run.documents:
        yield f"  documents: {', '.join(run.documents)}"
    if run.problem:
        yield f"  {run.problem}"


def _precise(told: Precision) -> str:
    found = []
    for name, asked, width, form in (
        ("cost", told.cost, told.cost_half_width, "€ {:,.2f}"),
        ("service", told.service, told.service_half_width, "{:.4f}"),
    ):
        if asked is not None:
            got = "unknown" if width is None else form.format(width)
            found.append(f"{name} ± {got} (asked {form.format(asked)})")
    return ", ".join(found)


def money(costs: Costs) -> str:
    """Give costs with their range, to the cent."""
    euros = costs.euros
    if euros.high < _CENT:
        return "less than a cent in AWS"
    if euros.high < _CENT + _ROUNDED:
        return "a cent in AWS at most"
    return f"about € {euros.value:.2f} in AWS (between {euros.low:.2f} and {euros.high:.2f})"
