"""Estimates as a reader sees them: each figure rounded, and with its path in the result document.

Every function takes an estimate and its path, such as ``scenarios.1.differences.costs.structural``.
"""

from markupsafe import Markup

from simulation.comparison.document import Estimate
from simulation.report.numbers import points as _points
from simulation.report.numbers import signed_number
from simulation.report.reader import Reader, half_width
from simulation.report.traced import Traced


def euros(reader: Reader, estimate: Estimate, path: str, opens: str = "") -> Traced:
    """Write a mean amount without its sign; ``opens`` shows how it is made up."""
    return Traced(reader.euros(estimate.mean, half_width(estimate)), f"{path}.mean", opens=opens)


def signed_euros(reader: Reader, estimate: Estimate, path: str, opens: str = "") -> Traced:
    """Write a mean difference in euros with its sign."""
    text = reader.signed_euros(estimate.mean, half_width(estimate))
    return Traced(text, f"{path}.mean", opens=opens)


def euro_interval(reader: Reader, estimate: Estimate, path: str) -> Markup:
    """Write the interval of a difference in euros."""
    half = half_width(estimate)
    if estimate.low is None or estimate.high is None:
        return reader.mark("interval.none")
    return reader.mark(
        "interval",
        low=Traced(reader.signed_euros(estimate.low, half), f"{path}.low"),
        high=Traced(reader.signed_euros(estimate.high, half), f"{path}.high"),
    )


def interval(reader: Reader, estimate: Estimate, path: str) -> Markup:
    """Write the interval of a difference."""
    half = half_width(estimate)
    if estimate.low is None or estimate.high is None:
        return reader.mark("interval.none")
    return reader.mark(
        "interval",
        low=Traced(reader.signed(estimate.low, half), f"{path}.low"),
        high=Traced(reader.signed(estimate.high, half), f"{path}.high"),
    )


def hours(reader: Reader, estimate: Estimate, path: str, *, signed: bool) -> Traced:
    """Write a number of hours."""
    half = half_width(estimate)
    write = reader.signed if signed else reader.amount
    return Traced(reader("hours", n=write(estimate.mean, half)), f"{path}.mean")


def share(reader: Reader, estimate: Estimate, path: str, limit: float) -> Traced:
    """Write a share so that its side of a limit shows."""
    return Traced(reader.beside(estimate.mean, limit), f"{path}.mean")


def points(reader: Reader, estimate: Estimate, path: str) -> Traced:
    """Write a difference between shares in percentage points."""
    text = reader("points", n=_points(estimate.mean, reader.language))
    return Traced(text, f"{path}.mean", "points")


def count(reader: Reader, n: int, path: str, how: str = "") -> Traced:
    """Write a number of things."""
    return Traced(reader.number(n), path, how)


def fte(reader: Reader, many: float, path: str, how: str = "", *, signed: bool = False) -> Traced:
    """Write a number of full-time equivalents, without the unit."""
    text = signed_number(many, reader.language, 1) if signed else reader.number(many, 1)
    return Traced(text, path, how)
