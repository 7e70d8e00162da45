"""Assumptions: a value with its range, its source, and who stands for it.

Any number or text of a scenario may be written as a mapping with the key ``value``::

    mean: {value: 5 minutes, low: 4 minutes, high: 6 minutes, source: jaarstukken 2019}

Validation sees the value alone; the rest is kept beside it, under the same dotted path. A list
of numbers may be one assumption too, then without a range.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from simulation.scenario.base import Part
from simulation.scenario.explain import explain
from simulation.scenario.problems import Finding, Path, Plain, dotted
from simulation.scenario.text import Line, Text
from simulation.scenario.values import parse_duration

Scalar = float | int | Line
"""A number, or a text such as a duration."""


def _year(value: object) -> object:
    """Let a year be written as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Assumption(Part):
    """A value that could be otherwise: its range, where it comes from, how sure it is."""

    value: Scalar | Annotated[tuple[Scalar, ...], Field(min_length=1)]
    """The value that is used; a list has no range."""

    low: Scalar | None = None
    """5th percentile: the value is lower with a probability of 5 %."""

    high: Scalar | None = None
    """95th percentile: the value is higher with a probability of 5 %."""

    source: Line | None = None
    """Where the value comes from; without a source it is the project's own estimate."""

    date: (
        Annotated[str, BeforeValidator(_year), Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None
    ) = None
    """Year, month or day to which the value belongs: 2019, 2019-03 or 2019-03-31."""

    owner: Line | None = None
    """Who stands for the value."""

    note: Text | None = None
    """What a reader should know about it."""

    grade: Literal["A", "B", "C", "D"] | None = None
    """How sure: A read in the primary source, B in a reputable secondary source, C old, unclear
    or a single opinion, D derived."""

    @property
    def own_estimate(self) -> bool:
        """Whether the value has no source and so is the project's own estimate."""
        return self.source is None

    @model_validator(mode="after")
    def _range_around_value(self) -> Self:
        if self.low is None and self.high is None:
            return self
        value, low, high = (_measure(each) for each in (self.value, self.low, self.high))
        if value is None or (self.low is not None) > (low is not None):
            raise ValueError("a range needs numbers or durations; leave out 'low' and 'high'")
        if (self.high is not None) > (high is not None):
            raise ValueError("a range needs numbers or durations; leave out 'low' and 'high'")
        if len({kind for kind, _ in filter(None, (value, low, high))}) > 1:
            raise ValueError("'low' and 'high' are not of the same kind as 'value'; make them so")
        if low is not None and high is not None and low[1] > high[1]:
            raise ValueError(f"'low' {self.low} is above 'high' {self.high}; exchange them")
        if low is not None and low[1] > value[1]:
            raise ValueError(f"'low' {self.low} is above the value {self.value}; lower it")
        if high is not None and high[1] < value[1]:
            raise ValueError(f"'high' {self.high} is below the value {self.value}; raise it")
        return self


def _measure(value: object) -> tuple[str, float] | None:
    """Give a number or a duration as something that can be compared."""
    if isinstance(value, int | float):
        return "number", value
    try:
        return "duration", parse_duration(value)
    except ValueError:
        return None


@dataclass(frozen=True)
class PlacedAssumption:
    """An assumption and the dotted path of its value in the scenario."""

    path: str
    assumption: Assumption


def is_assumption(raw: object) -> bool:
    """Tell whether a mapping of a file is an assumption."""
    return isinstance(raw, dict) and "value" in raw


def extract(raw: Plain) -> tuple[Plain, tuple[PlacedAssumption, ...]]:
    """Replace each assumption by its value.

    Returns
    -------
    tuple
        The plain data, and the assumptions in the order of the file. What is wrong with an
        assumption is left out here; `extract_all` reports it.
    """
    plain, placed, _ = extract_all(raw)
    return plain, placed


def at_end(raw: Plain, end: Literal["low", "high"]) -> Plain:
    """Give the plain data with each assumption at one end of its range, where it has that."""
    if is_assumption(raw):
        return raw["value"] if raw.get(end) is None else raw[end]
    if isinstance(raw, dict):
        return {key: at_end(part, end) for key, part in raw.items()}
    if isinstance(raw, list):
        return [at_end(part, end) for part in raw]
    return raw


def extract_all(raw: Plain) -> tuple[Plain, tuple[PlacedAssumption, ...], list[Finding]]:
    """Replace each assumption by its value, and report what is wrong with assumptions."""
    placed: list[PlacedAssumption] = []
    findings: list[Finding] = []

    def take(mapping: dict[str, Plain], path: Path) -> None:
        assumption, found = _validated(mapping, path)
        findings.extend(found)
        if assumption is not None:
            placed.append(PlacedAssumption(dotted(path), assumption))

    return _replace(raw, (), take), tuple(placed), findings


def _validated(mapping: dict[str, Plain], path: Path) -> tuple[Assumption | None, list[Finding]]:
    """Validate an assumption; unknown keys do not hide what else is wrong."""
    try:
        return Assumption.model_validate(_tuples(mapping)), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    findings = explain(details, Assumption, mapping, at=path)
    unknown = {detail["loc"][0] for detail in details if detail["type"] == "extra_forbidden"}
    if len(unknown) == len(details):
        known = {key: part for key, part in mapping.items() if key not in unknown}
        findings += _validated(known, path)[1]
    return None, findings


def _tuples(mapping: dict[str, Plain]) -> dict[str, Plain]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in mapping.items()}


def _replace(raw: Plain, path: Path, take: Callable[[dict[str, Plain], Path], None]) -> Plain:
    if is_assumption(raw):
        take(raw, path)
        return raw["value"]
    if isinstance(raw, dict):
        return {key: _replace(part, (*path, key), take) for key, part in raw.items()}
    if isinstance(raw, list):
        return [_replace(part, (*path, place), take) for place, part in enumerate(raw)]
    return raw
