"""The result document: one JSON file with everything that a report may show.

The same question gives the same bytes: no clock, no machine, no path of a disk is in it (those
go into a record beside it). Measures are a flat mapping from a path to an estimate, so that every
figure on a page can carry its path: ``scenarios.2.measures.channels.phone.offered``.

The document is input too: what stands here are its bounds, and `simulation.comparison.stored`
reads it back.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from simulation.comparison.fields import (
    Column,
    Day,
    Group,
    Hash,
    Letter,
    LineName,
    MeasurePath,
    Moment,
    Month,
    Number,
    Ordinal,
    Tally,
)
from simulation.scenario.norms import Formula
from simulation.scenario.text import Line, Text
from simulation.scenario.values import Name, Share

FORMAT = "kanaalkompas-result/1"
"""Name and version of the format."""

Status = Literal["attained", "missed", "unclear"]
"""``attained`` in at least 80 % of the replications, or, at equal service, in the share that was
asked; ``missed`` in at most 20 %."""

Direction = Literal["cheaper", "dearer", "no_clear_difference"]
"""Sign of a paired difference whose interval does not hold 0."""


class Entry(BaseModel):
    """A part of the document: frozen, without unknown keys."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Estimate(Entry):
    """A mean over replications with its Monte Carlo interval, and the spread between them."""

    mean: Number
    """Mean over the replications in which the measure exists."""

    low: Number | None = None
    """Lower end of the 90 % t-interval of the mean; absent below 10 replications."""

    high: Number | None = None
    """Upper end of the 90 % t-interval of the mean."""

    p5: Number
    """5th percentile of the replications: the spread between simulated periods."""

    p95: Number
    """95th percentile of the replications."""

    n: Tally
    """Replications in which the measure exists."""


class Attainment(Entry):
    """In how many replications a norm is attained."""

    attained: Tally
    """Replications in which it is."""

    of: Tally
    """Replications that were played."""

    low: Share
    """Lower end of the exact (Clopper-Pearson) 90 % interval of the share."""

    high: Share
    """Upper end of the interval."""

    status: Status
    """By the share of replications: at least 80 % (at equal service, the share that was asked), at
    most 20 %, or between."""

    decided: bool
    """Whether the interval lies wholly on one side of the limit that the status names."""


class NormResult(Entry):
    """One service norm in one scenario."""

    name: Name
    """Key in the scenario."""

    title: Text | None
    """Title in the scenario."""

    channel: Name
    """Channel to which it applies."""

    within: Annotated[str, Field(min_length=1, max_length=100)]
    """T in words as in the scenario: ``25 seconds``, ``8 hours working time``, ``1 working
    days``."""

    kind: Literal["clock", "working_time", "working_days"]
    """Clock on which T runs."""

    target: Share
    """Share wanted."""

    formula: Formula
    """Formula of the share."""

    period: Literal["horizon", "month"]
    """Period over which it has to be attained."""

    counts: bool
    """Whether it counts for all norms together."""

    attainment: Attainment
    """In how many replications it is attained."""

    path: MeasurePath
    """Path in ``measures`` of the share."""


class CostLine(Entry):
    """One line of the bill; quantity × rate = amount, per replication to the cent."""

    name: LineName
    """Name, such as ``staff.phone.salary``; the amount is at ``costs.lines.<name>`` and the
    quantity at ``costs.quantities.<name>`` in ``measures``."""

    group: Group
    """Group for the waterfall: ``staff.<team>``, ``contact``, ``month`` or ``once``."""

    title: Text | None
    """Title in the scenario, if it has one."""

    unit: Literal["fte_year", "hour", "contact", "month", "once"]
    """Unit of the quantity."""

    rate: Annotated[Number, Field(ge=0)]
    """Euros per unit."""

    avoidable: bool
    """Whether it ends when the work ends."""

    structural: bool
    """Whether it recurs."""

    sources: tuple[str, ...]
    """Paths in the scenario of the values behind the rate."""

    vat: Literal["compensable", "cost"] | None = None
    """Of a purchase: compensable VAT is left out of the amount, VAT that is a cost is in it."""


class PlacedAssumption(Entry):
    """A value of the scenario that is stated as an assumption."""

    path: str
    """Path in the scenario file."""

    value: float | int | str
    """Value that was used."""

    low: float | int | str | None = None
    """5th percentile."""

    high: float | int | str | None = None
    """95th percentile."""

    source: Line | None = None
    """Where it comes from; without one it is the project's own estimate."""

    date: Day | None = None
    """Date of the source."""

    owner: Line | None = None
    """Who answers for it."""

    note: Text | None = None
    """Remark."""

    grade: Literal["A", "B", "C", "D"] | None = None
    """How sure: A primary source, B reputable secondary source, C weak or old, D derived."""


class Failure(Entry):
    """A replication that could not be finished."""

    replication: Ordinal
    """Its number."""

    error: str
    """What went wrong, in one line."""

    command: str
    """Command that repeats this replication alone."""


class Pairing(Entry):
    """What it brings that the same citizens meet the scenario and the baseline."""

    pairs: Tally
    """Pairs of replications with structural costs on both sides, from 10 on."""

    worth: Annotated[Number, Field(gt=0)] | None
    """Independent replications of both scenarios that would tell the difference in structural costs
    as precisely: pairs × (var a + var b) / var (a − b). ``null`` when the difference is the same to
    the cent in every pair."""


class Precision(Entry):
    """How precise the answer had to be, and how precise it became.

    Replications were added until every interval was narrow enough at two looks in a row: after 30,
    and each time half as many again.
    """

    cost: Annotated[Number, Field(gt=0)] | None
    """Half-width in euros that was wanted, of the interval of every scenario's difference in
    structural costs with the baseline."""

    service: Annotated[float, Field(gt=0, lt=1)] | None
    """Half-width that was wanted of the interval of the mean share of every norm in every
    scenario: 0.005 is half a percentage point."""

    most: Ordinal
    """Replications at which it ended, precise enough or not."""

    reached: bool
    """Whether all intervals are as narrow as wanted at the end."""

    cost_half_width: Annotated[Number, Field(ge=0)] | None
    """The widest of those intervals of costs; ``null`` if not wanted, or not known."""

    service_half_width: Annotated[Number, Field(ge=0)] | None
    """The widest of those intervals of shares."""


class ScenarioResult(Entry):
    """One scenario with its measures, and its paired differences with the baseline."""

    letter: Letter
    """Badge: 0 for the baseline, A, B, ... for the others."""

    name: str
    """Stem of the file's name."""

    title: Text
    """Title of the scenario."""

    why: Text | None
    """Why somebody would choose it."""

    changes: tuple[str, ...]
    """Paths that the scenario's own file sets."""

    scenario: dict[str, Any]
    """The scenario as it was run, complete."""

    assumptions: tuple[PlacedAssumption, ...]
    """All values stated as assumptions, inherited ones too."""

    finished: Tally
    """Replications that were finished."""

    numbers: tuple[Ordinal, ...]
    """Their numbers, in order: the columns of ``raw``."""

    failures: tuple[Failure, ...]
    """Replications that failed."""

    same_demand: bool
    """Whether the same people come as in the baseline, before any channel shift; if not, the
    difference shows other circumstances and not the strategy."""

    measures: dict[MeasurePath, Estimate]
    """Every measure, by path."""

    differences: dict[MeasurePath, Estimate]
    """Paired differences with the baseline, scenario minus baseline; empty for the baseline."""

    pairing: Pairing | None = None
    """What pairing with the baseline brings; absent for the baseline, below 10 pairs, without costs
    and where costs do not vary."""

    norms: tuple[NormResult, ...]
    """Norms, in the scenario's order."""

    all_norms: Attainment | None
    """All norms that count, in the same replication; absent without norms."""

    weakest: Name | None
    """Name of the norm with the smallest mean distance to its target."""

    lines: tuple[CostLine, ...]
    """Lines of the bill, in the order of the bill; empty without prices."""

    dominated_by: tuple[Letter, ...]
    """Letters of scenarios that are clearly cheaper and not worse on the weakest norm, or not
    dearer and clearly better; only among scenarios with the same demand."""

    raw: dict[MeasurePath, Column]
    """Counts, norms and amounts of each replication of ``numbers``; absent ones are null."""

    def paired(self, path: str, other: "ScenarioResult") -> list[tuple[float, float]]:
        """Give (own, other's) values of a raw measure in replications that both have."""
        theirs = dict(zip(other.numbers, other.raw.get(path, ()), strict=False))
        own = zip(self.numbers, self.raw.get(path, ()), strict=False)
        pairs = [(mine, theirs.get(number)) for number, mine in own]
        return [(a, b) for a, b in pairs if a is not None and b is not None]


class Period(Entry):
    """The simulated period."""

    start: Moment
    """First counted moment (after the warm-up), ISO 8601 local civil time."""

    end: Moment
    """End of the horizon."""

    name: Text | None
    """What readers call it."""

    days: Annotated[Number, Field(gt=0)]
    """Length in days, without warm-up."""

    months: Annotated[tuple[Month, ...], Field(min_length=1)]
    """Calendar months that it touches, as ``2026-03``."""

    calendar_year: bool
    """Whether it is exactly one calendar year. If not, amounts are never annualised."""


class UnitSize(Entry):
    """How many people a team has, or a site of it."""

    unit: Annotated[str, Field(min_length=1, max_length=100)]
    """Name of the team, or ``team/site``."""

    rostered: Annotated[Number, Field(ge=0)]
    """Full-time equivalents in the roster that the scenario states."""

    sized: Annotated[Number, Field(ge=0)]
    """Full-time equivalents in the smallest roster that attains the norms."""

    step: Annotated[Number, Field(gt=0)] | None
    """Full-time equivalents from one size to the next; ``null`` where a team keeps its roster."""


class Staffing(Entry):
    """How one scenario was staffed just well enough."""

    letter: Letter
    """Badge of the scenario."""

    sized_for: Letter
    """Badge of the scenario for which the sizes were found: its own, or that of the strategy that
    it extends when other people come."""

    together: Attainment
    """In how many of the fresh replications of the search all norms were attained together."""

    units: tuple[UnitSize, ...]
    """Its teams."""


class EqualService(Entry):
    """Scenarios that are each staffed just well enough for their norms."""

    share: Share
    """Share of the replications in which all norms have to be attained, and from which on a norm
    counts as attained."""

    search: Ordinal
    """Replications on which sizes were searched."""

    fresh: Ordinal
    """Replications on which they were confirmed."""

    asked_step: Annotated[Number, Field(gt=0)] | None = None
    """Full-time equivalents from one size to the next that were asked for every team; ``null`` if
    they follow from the size of the team."""

    today: ScenarioResult
    """The baseline as it is rostered: 0. The first of ``scenarios`` is 0*, the same channels
    staffed just well enough."""

    step: dict[MeasurePath, Estimate]
    """Paired differences 0* - 0 by path: what the norms ask without any strategy."""

    staffing: tuple[Staffing, ...]
    """How each of ``scenarios`` was staffed, in their order."""


class Verdict(Entry):
    """What the numbers allow to be said. Computed, never written by hand."""

    kind: Literal["cheapest_attaining", "none_attains", "undecided", "no_norms", "no_costs"]
    """``cheapest_attaining``: ``scenario`` is the cheapest of those that attain every norm.
    ``none_attains``: every scenario clearly misses a norm or may. ``undecided``: more
    replications are needed to tell which scenarios attain."""

    scenario: Letter | None
    """Letter of the scenario that the verdict is about; may be the baseline."""

    direction: Direction | None
    """Its structural cost against the baseline."""

    attaining: tuple[Letter, ...]
    """Letters of scenarios that attain all norms together, cheapest first."""

    undecided: tuple[Letter, ...]
    """Letters of scenarios for which the interval holds the limit of 80 %."""

    close: tuple[Letter, ...]
    """Letters of attaining scenarios whose cost does not clearly differ from the cheapest."""


class Result(Entry):
    """A comparison of scenarios."""

    format: Literal["kanaalkompas-result/1"]
    """Format of this document."""

    version: Annotated[str, Field(min_length=1, max_length=60)]
    """Version of the model."""

    question: Hash
    """Hash of everything that determines the answer: version, replications (or the precision that
    was asked and the most of them), scenarios."""

    seed: Annotated[int, Field(ge=0, lt=2**63)]
    """Seed of the citizens."""

    replications: Ordinal
    """Replications asked for; with a precision, those up to the look at which it ended."""

    precision: Precision | None = None
    """Up to which precision replications were added, if that was asked."""

    confidence: Annotated[float, Field(gt=0, lt=1)]
    """Level of all intervals."""

    period: Period
    """The simulated period."""

    organisation: Text | None
    """Whose channels these are, as the baseline says."""

    example: bool
    """Whether leading values are own estimates: "rekenvoorbeeld, geen uitspraak"."""

    scenarios: Annotated[tuple[ScenarioResult, ...], Field(min_length=1)]
    """Scenarios: the baseline first."""

    equal_service: EqualService | None = None
    """How the scenarios were staffed, if each was staffed just well enough for its norms. Then the
    baseline is 0*; absent if all are as rostered."""

    verdict: Verdict
    """What can be said."""

    checksum: Hash | None = None
    """SHA-256 of all the rest, written as JSON with sorted keys, so that a change by accident is
    seen; ``null`` in a result from before there was one."""
