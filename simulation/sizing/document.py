"""The size document: how many people it takes, as one JSON file with all that may be shown.

The same question gives the same bytes, as with `simulation.comparison.document`.
"""

from typing import Any, Literal

from simulation.comparison.document import Attainment, Entry, Estimate
from simulation.comparison.fields import Day, Hash, Number, Ordinal, Tally
from simulation.comparison.peak import PeakResult
from simulation.comparison.week import WeekView
from simulation.scenario.text import Text
from simulation.scenario.values import Name, Share

FORMAT = "kanaalkompas-size/1"
"""Name and version of the format."""


class SlotHeads(Entry):
    """Heads in one part of the week."""

    weekday: int
    """0 is Monday."""

    begin: str
    """Time of day, ``HH:MM``."""

    end: str
    """Time of day; ``24:00`` for midnight."""

    heads: int
    """People who have to be rostered."""

    today: Number
    """People in today's roster, on average over this part of the week."""

    load: Number
    """Offered load that was expected, in erlangs: people who would be busy all the time."""


class SeasonHeads(Entry):
    """The week of one season at one place."""

    first: Day
    """First date."""

    last: Day
    """Last date."""

    slots: tuple[SlotHeads, ...]
    """Parts of the week, in order."""


class PlaceHeads(Entry):
    """Heads by hour and weekday at one place."""

    site: Name | None
    """Site; ``null`` for a team without sites."""

    seasons: tuple[SeasonHeads, ...]
    """In order of time."""


class Rung(Entry):
    """What one size came to in the replications in which it was tried."""

    fte: Number
    """Full-time equivalents."""

    of: Tally
    """Replications in which it was tried."""

    attained: Tally
    """Of those, the ones in which all norms of the team were attained."""

    shares: dict[Name, Estimate]
    """By norm, the share on time."""


class TeamSize(Entry):
    """The size of one team, or of one site of it."""

    unit: str
    """Name of the team, or ``team/site``."""

    team: Name
    """Name of the team."""

    title: Text | None
    """Title of the team in the scenario."""

    norms: tuple[Name, ...]
    """Norms that it has to attain."""

    step: Number
    """Full-time equivalents from one size to the next."""

    fte: Number
    """The answer, in full-time equivalents."""

    low: Number | None
    """Smallest size that the answer may be, with the confidence of the document; ``null`` where
    teams are sized together."""

    high: Number | None
    """Largest size that it may be; ``null`` where so few replications do not bound it, or where
    teams are sized together."""

    today: Number
    """Full-time equivalents in today's roster."""

    at_size: Attainment
    """In how many of the fresh replications the norms are attained with this size."""

    one_less: Attainment | None
    """The same with one step less; ``null`` if there is no smaller size, or where teams are sized
    together."""

    tight: Literal["search", "fresh", "lowest"] | None
    """Where teams are sized together: on which replications one step less here would miss all norms
    together too often, those of the search or the fresh ones; ``lowest`` if there is no smaller
    size. ``null`` for one team."""

    reversals: Tally
    """Replications in which a size missed what a smaller one attained."""

    curve: tuple[Rung, ...]
    """What each size that was tried came to, from small to large."""

    places: tuple[PlaceHeads, ...]
    """Heads by hour and weekday."""


class SizeResult(Entry):
    """How many people it takes to attain the norms of a scenario."""

    format: Literal["kanaalkompas-size/1"]
    """Name and version of the format."""

    version: str
    """Version of the product."""

    question: Hash
    """Hash of everything that determines the answer."""

    seed: int
    """Random seed."""

    share: Share
    """Share of the simulated periods in which the norms have to be attained."""

    search: Ordinal
    """Replications on which sizes were searched; their numbers begin at 50,001."""

    fresh: Ordinal
    """Replications on which they were confirmed; their numbers begin at 1, as in a run."""

    confidence: Share
    """Level of the intervals."""

    mode: Literal["team", "all"]
    """Whether one team was sized, or all of them together."""

    name: str
    """Stem of the scenario's file."""

    title: Text
    """Title of the scenario."""

    example: bool
    """Whether leading values are own estimates: "rekenvoorbeeld, geen uitspraak"."""

    scenario: dict[str, Any]
    """The scenario that was sized, whole."""

    teams: tuple[TeamSize, ...]
    """The answer."""

    kept: tuple[Name, ...]
    """Teams that keep their roster, because no norm that counts is about their channels or
    because they were not asked for."""

    together: Attainment | None
    """In how many of the fresh replications all norms are attained; ``null`` for one team."""

    week: WeekView | None = None
    """What a week looks like with these rosters; ``null`` where it was not played."""

    peak: PeakResult | None = None
    """What the first event of the scenario does with these rosters; ``null`` without events."""

    added: Tally
    """Steps that the fresh replications asked for beyond those that the search found."""
