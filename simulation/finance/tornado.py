"""One assumption at a time: at the low and at the high end of its range, the others as they are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from simulation.finance.document_sensitivity import Base, End, Flip, Found, LeftOut, Swing
from simulation.finance.elsewhere import Elsewhere, Impossible, Looker, Place, hours_factor
from simulation.finance.ranges import Range
from simulation.finance.ranked import size
from simulation.finance.structural import Seen, less
from simulation.scenario.scenario import Scenario

RESIZED = 6
"""Assumptions by strategy of which people are searched for in a quick look."""

Today = tuple[Mapping[str, float], Mapping[str, float]]
"""Full-time equivalents of today's rosters, by team of the strategy and of 0*."""

Stage = Callable[[str], None]
"""Told what begins."""


@dataclass(frozen=True)
class Beside:
    """A strategy beside 0*.

    Attributes
    ----------
    own, baseline : the strategy and 0*
    today : full-time equivalents of today's rosters, by team of each
    """

    own: Place
    baseline: Place
    today: Today

    def ranges(self) -> dict[str, Range]:
        """Give the assumptions of the strategy, and those that 0* alone has."""
        return {**self.baseline.ranges, **self.own.ranges}

    def values(self, moved: Range, value: float) -> tuple[dict[str, float], dict[str, float]]:
        """Give what moves in the strategy and in 0*: both where both have the same value."""
        own, before = (place.ranges.get(moved.path) for place in (self.own, self.baseline))
        here = {moved.path: value} if own else {}
        same = before is not None and (own is None or before.value == own.value)
        return here, {moved.path: value} if same else {}


@dataclass(frozen=True)
class _At:
    """A strategy and 0* with one assumption at one end."""

    beside: Beside
    range: Range
    value: float
    own: Elsewhere
    baseline: Elsewhere


class Tornado:
    """Moves assumptions one at a time.

    Parameters
    ----------
    besides : strategies beside 0*
    looker : plays them
    quick : whether people are searched for only where most changes
    stage : told what begins
    """

    def __init__(
        self, besides: Sequence[Beside], looker: Looker, *, quick: bool, stage: Stage
    ) -> None:
        self._besides, self._looker = besides, looker
        self._quick, self._stage = quick, stage
        self.left_out: list[LeftOut] = []
        self._ends: dict[tuple[str, str, float], End] = {}

    def bases(self) -> list[Base]:
        """Give the strategies with everything as it is."""
        self._stage("Assumptions as they are")
        return [self._base(beside) for beside in self._besides]

    def swings(self) -> list[Swing]:
        """Give what each assumption does to each strategy, the largest first."""
        items = list(self._items())
        self._stage("Assumptions at the rosters found")
        self._looker.prepare(_all(items), sizes=False)
        quick = self._interpolated(items)
        chosen = self._chosen(items, quick)
        self._stage("Sizes under other assumptions")
        self._looker.prepare([self._looker.elsewhere(b.own, {}) for b in self._besides], sizes=True)
        self._looker.prepare(_all(chosen), sizes=True)
        for item in items:
            if _key(item) in quick:
                end = self._resized(item) if item in chosen else quick[_key(item)]
                if end is not None:
                    self._ends[_key(item)] = end
        bases = {base.letter: base for base in map(self._base, self._besides)}
        return sorted(self._swings(), key=lambda own: size(own, bases[own.letter]), reverse=True)

    def _items(self) -> Iterator[_At]:
        for beside in self._besides:
            for each in beside.ranges().values():
                for value in dict.fromkeys((each.low, each.high)):
                    own, before = beside.values(each, value)
                    try:
                        yield _At(
                            beside,
                            each,
                            value,
                            self._looker.elsewhere(beside.own, own),
                            self._looker.elsewhere(beside.baseline, before),
                        )
                    except Impossible:
                        self._impossible(beside, each)

    def _impossible(self, beside: Beside, own: Range) -> None:
        letter = beside.own.stand.letter
        self.left_out.append(LeftOut(what="impossible", letter=letter, path=own.path, count=1))

    def _interpolated(self, items: Sequence[_At]) -> dict[tuple[str, str, float], End]:
        ends = {}
        for item in items:
            try:
                ends[_key(item)] = self._quickly(item)
            except Impossible:
                self._impossible(item.beside, item.range)
        return ends

    def _quickly(self, item: _At) -> End:
        """Give the answer without searching for people."""
        look, both = self._looker, (item.own, item.baseline)
        if item.range.priced:
            seen = [
                Seen(each.scenario, here.need, (), here.measures)
                for each in both
                for here in [look.here(each.place)]
            ]
            return self._end(item, seen, "priced")
        seen = [look.interpolated(each) for each in both]
        unmoved = all(
            look.measures(each) == look.measures(look.elsewhere(each.place, {})) and _as_long(each)
            for each in both
        )
        return self._end(item, seen, "unmoved" if unmoved else "interpolated")

    def _resized(self, item: _At) -> End | None:
        try:
            seen = [self._looker.resized(each) for each in (item.own, item.baseline)]
        except Impossible:
            self._impossible(item.beside, item.range)
            return None
        return self._end(item, seen, "resized")

    def _chosen(
        self, items: Sequence[_At], ends: Mapping[tuple[str, str, float], End]
    ) -> list[_At]:
        """Give the ends for which people are searched for."""
        moving = [
            item
            for item in items
            if _key(item) in ends and ends[_key(item)].found == "interpolated"
        ]
        if not self._quick:
            return moving
        chosen = []
        for beside in self._besides:
            own = [item for item in moving if item.beside is beside]
            base = self._base(beside)
            first = _first(own, ends, base)
            chosen += [item for item in own if item.range.path in first]
            letter = beside.own.stand.letter
            rest = len({item.range.path for item in own}) - len(first)
            if rest:
                self.left_out.append(LeftOut(what="sizes", letter=letter, path=None, count=rest))
        return chosen

    def _base(self, beside: Beside) -> Base:
        own, baseline = (self._looker.here(place) for place in (beside.own, beside.baseline))
        cost = less(own, baseline, beside.today)
        weakest, margin, _ = service(own.scenario, own.measures)
        return Base(
            letter=beside.own.stand.letter,
            contracts=round(cost.contracts, 2),
            fte=round(cost.fte, 2),
            half=None,
            weakest=weakest,
            margin=margin,
        )

    def _end(self, item: _At, seen: Sequence[Seen], found: Found) -> End:
        own, baseline = seen
        cost = less(own, baseline, item.beside.today)
        weakest, margin, together = service(own.scenario, own.measures)
        return End(
            value=item.value,
            contracts=round(cost.contracts, 2),
            fte=round(cost.fte, 2),
            weakest=weakest,
            margin=margin,
            all_norms=together,
            found=found,
        )

    def _swings(self) -> Iterator[Swing]:
        for beside in self._besides:
            letter = beside.own.stand.letter
            for each in beside.ranges().values():
                low, high = (
                    self._ends.get((letter, each.path, end)) for end in (each.low, each.high)
                )
                if low is not None and high is not None:
                    yield Swing(
                        letter=letter,
                        path=each.path,
                        unit=each.unit,
                        base=each.value,
                        low=low,
                        high=high,
                    )


def service(
    scenario: Scenario, measures: Mapping[str, float]
) -> tuple[str | None, float | None, float | None]:
    """Give the norm that is furthest from its target, by how much, and how often all are attained.

    Parameters
    ----------
    scenario : with its norms
    measures : on average over replications
    """
    margins = {
        name: round(measures[path] - norm.target, 6)
        for name, norm in scenario.norms.items()
        if norm.counts and (path := f"norms.{name}.share") in measures
    }
    if not margins:
        return None, None, None
    weakest = min(margins, key=lambda name: margins[name])
    return weakest, margins[weakest], measures.get("norms_together.attained")


def flips(bases: Sequence[Base], swings: Sequence[Swing]) -> list[Flip]:
    """Give what would change the verdict: the sign of a strategy, or which of two is cheapest.

    Parameters
    ----------
    bases : the strategies as they are
    swings : the largest first
    """
    by_letter = {base.letter: base for base in bases}
    told = []
    for swing in swings:
        costs = [swing.low.contracts, by_letter[swing.letter].contracts, swing.high.contracts]
        told += [_flip("sign", (swing.letter,), swing, at) for at in _turns(swing, costs)]
    cheapest = sorted(bases, key=lambda base: base.contracts)[:2]
    for one, other in combinations([base.letter for base in cheapest], 2):
        mine = {each.path: each for each in swings if each.letter == one}
        for theirs in (each for each in swings if each.letter == other and each.path in mine):
            swing = mine[theirs.path]
            if swing.base != theirs.base:
                continue
            costs = [
                swing.low.contracts - theirs.low.contracts,
                by_letter[one].contracts - by_letter[other].contracts,
                swing.high.contracts - theirs.high.contracts,
            ]
            told += [_flip("ranking", (one, other), swing, at) for at in _turns(swing, costs)]
    return told


def _turns(swing: Swing, costs: Sequence[float]) -> Iterator[float]:
    """Give the value nearest to the stated one at which a cost turns, on straight lines."""
    low, base, high = costs
    for end, cost in ((swing.low, low), (swing.high, high)):
        if end.value != swing.base and (cost > 0.0) != (base > 0.0):
            yield swing.base + (end.value - swing.base) * base / (base - cost)
            return


def _flip(kind: str, letters: tuple[str, ...], swing: Swing, value: float) -> Flip:
    return Flip.model_validate(
        {
            "kind": kind,
            "letters": letters,
            "path": swing.path,
            "unit": swing.unit,
            "base": swing.base,
            "value": value,
        }
    )


def _key(item: _At) -> tuple[str, str, float]:
    return item.beside.own.stand.letter, item.range.path, item.value


def _all(items: Sequence[_At]) -> list[Elsewhere]:
    return [each for item in items if not item.range.priced for each in (item.own, item.baseline)]


def _as_long(own: Elsewhere) -> bool:
    """Tell whether people work as many hours for their pay as before."""
    before = own.place.stand.scenario
    return all(hours_factor(before, own.scenario, team) == 1.0 for team in own.scenario.teams)


def _first(own: Sequence[_At], ends: Mapping[tuple[str, str, float], End], base: Base) -> list[str]:
    """Name the assumptions that matter most in euros, then those that matter most to service."""

    def euros(item: _At) -> float:
        return abs(ends[_key(item)].fte - base.fte)

    def margin(item: _At) -> float:
        return abs((ends[_key(item)].margin or 0.0) - (base.margin or 0.0))

    told = dict.fromkeys(item.range.path for item in sorted(own, key=euros, reverse=True))
    first = list(told)[: RESIZED // 2]
    told = dict.fromkeys(item.range.path for item in sorted(own, key=margin, reverse=True))
    return [*first, *[path for path in told if path not in first][: RESIZED - len(first)]]
