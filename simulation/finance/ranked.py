"""Assumptions in order of what they do to a strategy; those that move nothing stand apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulation.finance.document_sensitivity import Base, End, Sensitivity, Swing

NOTHING = 500.0
"""Euros a year below which nothing shows in amounts of a thousand euros."""

_THOUSAND = 1_000.0

_NO_SHARE = 0.0005
"""Share below which nothing shows in tenths of a percentage point."""


@dataclass(frozen=True)
class Ranked:
    """The assumptions of one strategy.

    Attributes
    ----------
    moving : those that move its cost, the largest first, each with its place in the document
    still : how many move neither cost nor norm
    norm_only : how many move the weakest norm and not the cost
    """

    moving: tuple[tuple[int, Swing], ...]
    still: int
    norm_only: int


def ranked(told: Sensitivity, letter: str) -> Ranked:
    """Rank the assumptions of a strategy by how far apart costs lie, in whole contracts.

    Parameters
    ----------
    told : the sensitivity of a case
    letter : badge of the strategy
    """
    base = next(base for base in told.bases if base.letter == letter)
    own = [each for each in enumerate(told.swings) if each[1].letter == letter]
    moving = [each for each in own if width(each[1], base) >= NOTHING]
    others = [swing for _, swing in own if width(swing, base) < NOTHING]
    norm_only = sum(_moves_norm(swing, base) for swing in others)
    return Ranked(
        moving=tuple(sorted(moving, key=lambda each: size(each[1], base), reverse=True)),
        still=len(others) - norm_only,
        norm_only=norm_only,
    )


def size(swing: Swing, base: Base) -> tuple[float, float]:
    """Give what the largest assumption has most of: the width in contracts, then without them."""
    return width(swing, base), _apart(base.fte, swing.low.fte, swing.high.fte)


def width(swing: Swing, base: Base) -> float:
    """Give how far apart the costs at both ends and as it is lie, in whole contracts; euros."""
    return _apart(base.contracts, swing.low.contracts, swing.high.contracts)


def ends(swing: Swing) -> tuple[End, End]:
    """Give the answers at both ends."""
    return swing.low, swing.high


def searched(swings: Iterable[Swing]) -> frozenset[str]:
    """Give the paths of assumptions whose answers come from one search; none where only one does.

    People are always searched for on the same replications, so what is chance in one is in all.
    """
    found = [own.path for own in swings if any(end.found == "resized" for end in ends(own))]
    return frozenset(found if len(found) > 1 else ())


def tipping(swings: Iterable[Swing]) -> frozenset[str]:
    """Give the paths of assumptions that differ in nothing: they move the same whole contracts.

    Parameters
    ----------
    swings : of one strategy; those that move a price only are never among them
    """
    found: dict[frozenset[int], list[str]] = {}
    for swing in swings:
        if {end.found for end in ends(swing)} != {"priced"}:
            costs = frozenset(round(end.contracts / _THOUSAND) for end in ends(swing))
            found.setdefault(costs, []).append(swing.path)
    return frozenset(path for paths in found.values() if len(paths) > 1 for path in paths)


def _apart(*values: float) -> float:
    return max(values) - min(values)


def _moves_norm(swing: Swing, base: Base) -> bool:
    margins = [end.margin for end in ends(swing)] + [base.margin]
    known = [margin for margin in margins if margin is not None]
    return len(known) > 1 and _apart(*known) >= _NO_SHARE
