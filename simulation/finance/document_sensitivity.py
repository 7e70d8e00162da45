"""Sensitivity in the case document: what each assumption does, and all of them together."""

from typing import Annotated, Literal

from pydantic import Field

from simulation.comparison.document import Entry
from simulation.comparison.fields import Letter, Number, Ordinal, Tally
from simulation.scenario.values import Name, Share

Found = Literal["priced", "unmoved", "interpolated", "resized"]
"""How people were found: a price moves none; the play at the found rosters did not change; from the
change in work; or searched for anew."""


class End(Entry):
    """The answer with one assumption at one value."""

    value: Number
    """The number, or the duration in seconds."""

    contracts: Number
    """Structural cost of the strategy less that of 0*, in whole contracts; euros a year."""

    fte: Number
    """The same without rounding to contracts."""

    weakest: Name | None
    """Norm that is furthest from its target at the rosters that were found."""

    margin: Number | None
    """Share that it reaches there less its target; below 0 is missed."""

    all_norms: Share | None
    """Share of the replications in which all norms are attained at these rosters."""

    found: Found
    """How people were found."""


class Swing(Entry):
    """What one assumption does to one strategy, the others as they are."""

    letter: Letter
    """Badge of the strategy."""

    path: Annotated[str, Field(max_length=300)]
    """Path of the assumption."""

    unit: Literal["number", "seconds"]
    """What its values are in."""

    base: Number
    """Value in the scenario."""

    low: End
    """At the low end of its range."""

    high: End
    """At the high end."""


class Flip(Entry):
    """A value within its range at which an assumption changes the verdict."""

    kind: Literal["sign", "ranking"]
    """Whether the strategy turns from dearer to cheaper than 0* or back, or two strategies change
    places."""

    letters: tuple[Letter, ...]
    """The strategy; or the two cheapest, the cheapest first."""

    path: Annotated[str, Field(max_length=300)]
    """Path of the assumption."""

    unit: Literal["number", "seconds"]
    """What its values are in."""

    base: Number
    """Value in the scenario."""

    value: Number
    """Value at which it flips, on straight lines between low, value and high."""


class Spread(Entry):
    """A range that assumptions and simulation give together."""

    low: Number
    """5th percentile."""

    median: Number
    """50th percentile."""

    high: Number
    """95th percentile."""


class Together(Entry):
    """A strategy with all assumptions moved together."""

    letter: Letter
    """Badge of the strategy."""

    points: Ordinal
    """Points that were looked at, in all cubes."""

    impossible: Tally
    """Points that no scenario could hold, or where no size attains the norms."""

    found: Literal["interpolated", "resized"]
    """How people were found at the points."""

    structural: Spread
    """Structural cost less that of 0*, in whole contracts; euros a year."""

    present_value: Spread
    """Net present value."""

    never: Share
    """Share of the points that are not paid back within the life."""

    payback: Number | None
    """Median of the years until it is paid back; ``null`` where that is never."""

    cubes: tuple[Spread, ...]
    """``structural`` by cube, each with points of its own: how sure the range itself is."""


class LeftOut(Entry):
    """Something that was not looked at."""

    what: Literal["strategy", "sizes", "range", "impossible", "same_people"]
    """A strategy; sizes that were interpolated only; an assumption with one end; an end that no
    scenario could hold or where no size attains the norms; a strategy that takes the people of
    another."""

    letter: Letter | None
    """Badge of the strategy, if it is about one."""

    path: Annotated[str, Field(max_length=300)] | None
    """Path of the assumption, if it is about one."""

    count: Tally
    """How many, where they are not named."""


class Base(Entry):
    """The answer with all assumptions as they are."""

    letter: Letter
    """Badge of the strategy."""

    contracts: Number
    """Structural cost less that of 0*, in whole contracts; euros a year."""

    fte: Number
    """The same without rounding to contracts."""

    half: Number | None
    """Half of the 90 % interval of the simulation alone around ``fte``, at least half of a step in
    size."""

    weakest: Name | None
    """Norm that is furthest from its target at the rosters that were found."""

    margin: Number | None
    """Share that it reaches there less its target."""


class Sensitivity(Entry):
    """What would change the answer."""

    quick: bool
    """Whether it was looked at quickly."""

    plays: Ordinal
    """Replications on which the found rosters were played, the same for all."""

    searches: Ordinal
    """Replications on which people were searched for, the same for all."""

    bases: tuple[Base, ...]
    """The strategies with everything as it is."""

    swings: tuple[Swing, ...]
    """One assumption at a time; those first whose costs lie furthest apart in whole contracts."""

    flips: tuple[Flip, ...]
    """What would change the verdict, within the ranges."""

    together: tuple[Together, ...]
    """All assumptions together, by strategy."""

    left_out: tuple[LeftOut, ...]
    """What was not looked at."""
