"""Claims in words: fills the placeholders of a claim in a reader's language."""

from simulation.comparison.document import Estimate, Result
from simulation.report import claim as said_as
from simulation.report import words
from simulation.report.claim import Claim, Value
from simulation.report.facts import by_letter
from simulation.report.numbers import round_to_interval
from simulation.report.reader import Reader, half_width

_LONGEST_GROUP = 34


def speak(claim: Claim, reader: Reader, result: Result) -> str:
    """Give the sentence of a claim, with a capital."""
    said = {name: _say(value, reader, result) for name, value in claim.values.items()}
    return words.upper_first(reader(claim.key, **said))


def _say(value: Value, reader: Reader, result: Result) -> str:
    """Write a number; names are another matter."""
    match value:
        case said_as.Money(mean, half):
            return reader.euros(mean, half)
        case said_as.Gap(estimate):
            return gap(reader, estimate)
        case said_as.Hours(mean, half):
            return words.hours(reader, mean, half)
        case said_as.Share(share):
            return reader.number(abs(100 * share), 1)
        case said_as.PeriodOf():
            return words.period(reader, result.period)
        case said_as.Confidence():
            return reader.percent(result.confidence)
        case int():
            return reader.number(value)
        case _:
            return _name(value, reader, result)


def _name(value: Value, reader: Reader, result: Result) -> str:
    """Write the name of a scenario, of a group of cost lines or of a norm."""
    match value:
        case said_as.Title(letter):
            return words.scenario_name(reader, by_letter(result, letter))
        case said_as.CheapestOther(letter):
            title = words.scenario_name(reader, by_letter(result, letter))
            return reader("scenario.cheapest_other", title=title)
        case said_as.Badges(letters):
            return words.badge_names(reader, result, letters)
        case said_as.Group(name, letter):
            group = words.group_name(reader, by_letter(result, letter), name)
            return words.clip(group, _LONGEST_GROUP, 4)
        case said_as.NormOf(name, letter):
            scenario = by_letter(result, letter)
            norms = [norm for norm in scenario.norms if norm.name == name]
            return words.norm_name(reader, scenario, norms[0]) if norms else name
        case _:
            return str(value)


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
