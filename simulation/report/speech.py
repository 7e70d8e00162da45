"""Claims in words: fills the placeholders of a claim in a reader's language."""

from simulation.comparison.document import Estimate, Result
from simulation.report import words
from simulation.report.claim import (
    Badges,
    CheapestOther,
    Claim,
    Confidence,
    Gap,
    Group,
    Hours,
    Money,
    NormOf,
    PeriodOf,
    Share,
    Title,
    Value,
)
from simulation.report.facts import by_letter
from simulation.report.numbers import round_to_interval
from simulation.report.reader import Reader, half_width

_LONGEST_GROUP = 34


def speak(claim: Claim, reader: Reader, result: Result) -> str:
    """Give the sentence of a claim, with a capital."""
    said = {name: _say(value, reader, result) for name, value in claim.values.items()}
    return words.upper_first(reader(claim.key, **said))


def _say(value: Value, reader: Reader, result: Result) -> str:
    """Write a value: a number, a name, or a text as it is."""
    said = _number(value, reader) or _name(value, reader, result)
    if said is None:
        said = words.period(reader, result.period) if value == PeriodOf() else str(value)
    return reader.percent(result.confidence) if value == Confidence() else said


def _number(value: Value, reader: Reader) -> str | None:
    said = None
    match value:
        case Money(mean, half):
            said = reader.euros(mean, half)
        case Gap(estimate):
            said = gap(reader, estimate)
        case Hours(mean, half):
            said = words.hours(reader, mean, half)
        case Share(share):
            said = reader.number(abs(100 * share), 1)
        case int():
            said = reader.number(value)
    return said


def _name(value: Value, reader: Reader, result: Result) -> str | None:
    """Write the name of a scenario, of a group of cost lines or of a norm."""
    said = None
    match value:
        case Title(letter):
            said = words.scenario_name(reader, by_letter(result, letter))
        case CheapestOther(letter):
            title = words.scenario_name(reader, by_letter(result, letter))
            said = reader("scenario.cheapest_other", title=title)
        case Badges(letters):
            said = words.badge_names(reader, result, letters)
        case Group(name, letter):
            group = words.group_name(reader, by_letter(result, letter), name)
            said = words.clip(group, _LONGEST_GROUP, 4)
        case NormOf(name, letter):
            scenario = by_letter(result, letter)
            norms = [norm for norm in scenario.norms if norm.name == name]
            said = words.norm_name(reader, scenario, norms[0]) if norms else name
    return said


def gap(reader: Reader, estimate: Estimate) -> str:
    """Write an interval of a difference in costs in words: ``€ 120.000 tot € 360.000 minder``."""
    half = half_width(estimate)
    if estimate.low is None or estimate.high is None:
        return reader("interval.none")
    low = round_to_interval(estimate.low, half)
    high = round_to_interval(estimate.high, half)
    small, large = sorted((low, high), key=abs)
    ends = {"small": reader.euros(small, half), "large": reader.euros(large, half)}
    if high <= 0:
        return reader("gap.less", **ends)
    if low >= 0:
        return reader("gap.more", **ends)
    return reader("gap.both", less=reader.euros(low, half), more=reader.euros(high, half))
