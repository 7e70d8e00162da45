"""How precise the answer is, in words: what was asked and reached, and what pairing brought."""

from markupsafe import Markup

from simulation.comparison.document import Precision, Result
from simulation.report import estimates, facts, words
from simulation.report.reader import Reader
from simulation.report.traced import Traced

LITTLE = 1.1
"""Worth of a pair in independent simulations up to which pairing brings little."""


def precision(result: Result, reader: Reader, *, row: bool = False) -> Markup | None:
    """Say which precision was asked and what was reached, in a line or as a row of its own.

    None if none was asked.
    """
    told = result.precision
    if told is None:
        return None
    asked = (_cost(told, reader), _service(told, reader))
    parts = Markup(", ").join(part for part in asked if part is not None)
    state = "reached" if told.reached else "missed"
    return reader.mark(
        f"sure.precision.{state}" if row else f"provenance.precision.{state}",
        parts=parts,
        most=estimates.count(reader, told.most, "precision.most"),
        n=estimates.count(reader, result.replications, "replications"),
    )


def _cost(told: Precision, reader: Reader) -> Markup | None:
    if told.cost is None:
        return None
    got: str = reader("provenance.precision.unknown")
    if told.cost_half_width is not None:
        got = Traced(reader.euros(told.cost_half_width), "precision.cost_half_width")
    wanted = Traced(reader.euros(told.cost), "precision.cost")
    return reader.mark("provenance.precision.cost", got=got, wanted=wanted)


def _service(told: Precision, reader: Reader) -> Markup | None:
    if told.service is None:
        return None
    got: str = reader("provenance.precision.unknown")
    if told.service_half_width is not None:
        got = _points(told.service_half_width, "precision.service_half_width", reader)
    wanted = _points(told.service, "precision.service", reader)
    return reader.mark("provenance.precision.service", got=got, wanted=wanted)


def _points(share: float, path: str, reader: Reader) -> Traced:
    return Traced(reader.number(100 * share, 2), path, "points")


def pairing(result: Result, reader: Reader) -> Markup | None:
    """Say what it brings that the same citizens meet both scenarios; None if nobody knows."""
    focus = facts.focus(result)
    if focus is None or focus.pairing is None:
        return None
    told, here = focus.pairing, facts.at(result, focus, "pairing")
    scenario = words.badge_name(reader, result, focus.letter)
    n = estimates.count(reader, told.pairs, f"{here}.pairs")
    if told.worth is None:
        return reader.mark("sure.pairing.exact", scenario=scenario, n=n)
    worth = Traced(reader.amount(told.worth, told.worth), f"{here}.worth")
    brings = "sure.pairing" if told.worth > LITTLE * told.pairs else "sure.pairing.little"
    return reader.mark(brings, scenario=scenario, n=n, worth=worth)
