"""What may be said of sensitivity: what would change the verdict, and how sure all together is.

It holds assumptions and simulation together; a range is where nine in ten of the points lie.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from simulation.finance.document_sensitivity import (
    Flip,
    LeftOut,
    Sensitivity,
    Spread,
    Swing,
    Together,
)
from simulation.finance.ranked import Ranked, ranked, searched, tipping
from simulation.report import words
from simulation.report.case_view import CaseView
from simulation.report.traced import Traced
from simulation.report.turning import in_unit

PATH: Final = "sensitivity"
MOST_FLIPS: Final = 6
"""Sentences on what would change the verdict; the document holds them all."""

SEARCHED: Final = "\N{SUPERSCRIPT ONE}"
"""Marks what was found in the same search."""

TIPPING: Final = "\N{SUPERSCRIPT TWO}"
"""Marks what moves the same whole contracts."""

_NAME: Final = 34
_NAME_WORDS: Final = 5


@dataclass(frozen=True)
class Sense:
    """The sensitivity of a case, for one reader.

    Attributes
    ----------
    view : the case and the reader
    told : the sensitivity
    path : of it, in the document that the page shows
    """

    view: CaseView
    told: Sensitivity
    path: str = PATH

    @property
    def letter(self) -> str:
        """The strategy that figures are about: the best one that was looked at."""
        looked = {base.letter for base in self.told.bases}
        worth = {each.letter: each.present_value for each in self.view.case.strategies}
        return max(looked, key=lambda letter: worth.get(letter, float("-inf")))

    @property
    def ranked(self) -> Ranked:
        """The assumptions of that strategy, the largest first."""
        return ranked(self.told, self.letter)

    def base(self, letter: str) -> tuple[int, float]:
        """Give the answer with everything as it is, with its place."""
        return next(
            (n, base.contracts) for n, base in enumerate(self.told.bases) if base.letter == letter
        )

    def together(self, letter: str) -> tuple[str, Together] | None:
        """Give all assumptions together for a strategy, with the path; None if not looked at."""
        for n, each in enumerate(self.told.together):
            if each.letter == letter:
                return f"{self.path}.together.{n}", each
        return None

    def name(self, letter: str, path: str) -> str:
        """Name an assumption."""
        named = words.path_words(self.view.reader, self.view.scenario(letter), path)
        return words.upper_first(named)


def sense(view: CaseView, root: str = "") -> Sense | None:
    """Prepare what is said; None where it was not asked, or nothing was looked at."""
    told = view.case.sensitivity
    return Sense(view, told, f"{root}{PATH}") if told and told.bases else None


def interval(own: Sense, spread: Spread, path: str, *, sign: float = 1.0) -> Markup:
    """Write a range as V or N, from low to high as the terminal does.

    ``sign`` is -1 where the document holds advantages.
    """
    return own.view.reader.mark(
        "interval",
        low=own.view.effect(sign * spread.low, f"{path}.low"),
        high=own.view.effect(sign * spread.high, f"{path}.high"),
    )


def unsure(view: CaseView) -> bool:
    """Tell whether the range of the best strategy holds both a gain and a loss."""
    own, best = sense(view), view.case.strategies[view.best].letter
    found = own.together(best) if own else None
    return found is not None and found[1].present_value.low < 0 < found[1].present_value.high


def marks(swings: Sequence[Swing]) -> dict[str, str]:
    """Give the marks of assumptions that do not confirm each other, by path."""
    found: dict[str, str] = {}
    for mark, paths in ((SEARCHED, searched(swings)), (TIPPING, tipping(swings))):
        found |= {path: f"{found.get(path, '')} {mark}" for path in paths}
    return found


def still(own: Sense) -> str:
    """Say how many assumptions move nothing, and how many the weakest norm alone."""
    found, reader = own.ranked, own.view.reader
    return reader(
        "fin.sens.still", still=reader.number(found.still), norm=reader.number(found.norm_only)
    )


def bases(own: Sense) -> str:
    """Say that assumptions as they are and all together do not rest on the same."""
    kind = own.told.together[0].found if own.told.together else "resized"
    return own.view.reader(f"fin.sens.bases.{kind}")


def worth(view: CaseView) -> Iterator[Markup]:
    """Say what the best strategy is worth where all assumptions move together."""
    own, place = sense(view), view.best
    letter = view.case.strategies[place].letter
    found = own.together(letter) if own else None
    if own is None or found is None:
        return
    path, each = found
    yield view.reader.mark(
        "fin.sens.worth",
        scenario=view.name(letter),
        interval=interval(own, each.present_value, f"{path}.present_value", sign=-1.0),
        median=view.effect(-each.present_value.median, f"{path}.present_value.median"),
        never=Traced(view.reader.percent(each.never), f"{path}.never"),
    )


def structural(
    view: CaseView, letter: str, root: str, key: str = "fin.sens.structural"
) -> Iterator[Markup]:
    """Say on the page of a comparison how far assumptions move its difference in costs."""
    own = sense(view, root)
    found = own.together(letter) if own else None
    if own is not None and found is not None:
        path, each = found
        yield view.reader.mark(
            key,
            scenario=view.name(letter),
            interval=interval(own, each.structural, f"{path}.structural"),
            median=view.effect(each.structural.median, f"{path}.structural.median"),
        )


def flips(own: Sense) -> Iterator[Markup]:
    """Say what would change the verdict: an assumption, and the value at which it flips."""
    if not own.told.flips:
        yield own.view.reader.mark("fin.sens.no_flips")
    for place, flip in enumerate(own.told.flips[:MOST_FLIPS]):
        yield _flip(own, place, flip)
    more = len(own.told.flips) - MOST_FLIPS
    if more > 0:
        yield own.view.reader.mark("fin.sens.more_flips", n=own.view.reader.number(more))


def _flip(own: Sense, place: int, flip: Flip) -> Markup:
    reader, path = own.view.reader, f"{own.path}.flips.{place}"
    cost = own.base(flip.letters[0])[1]
    key = "ranking" if flip.kind == "ranking" else "cheaper" if cost > 0 else "dearer"
    return reader.mark(
        f"fin.sens.{key}",
        scenario=words.upper_first(own.view.name(flip.letters[-1 if key == "ranking" else 0])),
        first=own.view.name(flip.letters[0]),
        name=own.name(flip.letters[0], flip.path),
        value=Traced(in_unit(own.view, flip.unit, flip.value), f"{path}.value"),
        base=Traced(in_unit(own.view, flip.unit, flip.base), f"{path}.base"),
    )


def title(own: Sense) -> Markup:
    """Name the assumption that does most."""
    place, most = own.ranked.moving[0]
    name = words.clip(own.name(own.letter, most.path).replace(" ›", ","), _NAME, _NAME_WORDS)
    return own.view.reader.mark(
        "fin.sens.title",
        scenario=own.view.name(own.letter),
        name=Traced(name, f"{own.path}.swings.{place}.path", "name"),
    )


def left_out(own: Sense) -> Iterator[str]:
    """Say what was not looked at, and how people were found."""
    reader = own.view.reader
    yield reader(
        "fin.sens.how",
        plays=reader.number(own.told.plays),
        searches=reader.number(own.told.searches),
    )
    if own.told.quick:
        yield reader("fin.sens.quick")
    parts = [_left(own, each) for each in own.told.left_out]
    if parts:
        yield reader("fin.sens.left_out", parts="; ".join(parts))


def _left(own: Sense, each: LeftOut) -> str:
    letter = each.letter or own.view.result.scenarios[0].letter
    return own.view.reader(
        f"fin.sens.left.{each.what}",
        scenario=own.view.name(letter),
        name=own.name(letter, each.path) if each.path else "",
        n=own.view.reader.number(each.count),
    )
