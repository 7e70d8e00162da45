"""Claims in words: fills the placeholders of a claim in a reader's language."""

import re
from collections.abc import Callable
from typing import Final

from markupsafe import Markup

from simulation.comparison.document import Estimate, Result
from simulation.report import estimates, words
from simulation.report.claim import (
    Amount,
    Badges,
    CheapestOther,
    Claim,
    Confidence,
    Count,
    During,
    Enough,
    Fte,
    Gap,
    Group,
    Hours,
    Money,
    NormOf,
    Organisation,
    PeriodOf,
    Points,
    Share,
    Span,
    Spread,
    Stated,
    Title,
    Titles,
    Unsure,
    Value,
    WaitingAt,
)
from simulation.report.facts import at, by_letter, limit, place, undecided
from simulation.report.numbers import round_to_interval
from simulation.report.reader import Reader
from simulation.report.traced import Traced

Fill = Callable[..., str]
"""Fills a text of the catalogue: `Reader.__call__` or `Reader.mark`."""

_LONGEST_GROUP: Final = 34
_LEADING: Final = re.compile(r"\{(\w+)\}")


def speak(claim: Claim, reader: Reader, result: Result) -> str:
    """Give the sentence of a claim, with a capital."""
    said = {name: _say(value, reader, result, reader) for name, value in claim.values.items()}
    return words.upper_first(reader(claim.key, **said))


def mark(claim: Claim, reader: Reader, result: Result) -> Markup:
    """Give the sentence of a claim as HTML, each figure with its path."""
    said = {name: _say(value, reader, result, reader.mark) for name, value in claim.values.items()}
    first = _LEADING.match(reader.template(claim.key))
    if first and isinstance(value := said[first[1]], Traced):
        said[first[1]] = value.capital()
    text = reader.mark(claim.key, **said)
    return text if text.startswith("<") else Markup(words.upper_first(text))


def _say(value: Value, reader: Reader, result: Result, fill: Fill) -> str:
    """Write a value: a figure, a name, or a text as it is."""
    match value:
        case PeriodOf():
            said: str | None = period(result, reader)
        case During():
            said = during(result, reader, fill)
        case Span(many):
            said = span(result, reader, many=many)
        case Confidence():
            said = confidence(result, reader)
        case Enough():
            said = enough(result, reader)
        case Organisation():
            said = organisation(result, reader)
        case Unsure(letter):
            said = unsure(result, reader, letter, fill)
        case Titles(letters):
            said = titles(reader, result, letters, fill)
        case WaitingAt(letter):
            said = words.waiting_at(reader, result, letter)
        case int():
            said = reader.number(value)
        case str():
            said = value
        case _:
            said = _figure(value, reader, fill) or _name(value, reader, result)
    return said or ""


def period(result: Result, reader: Reader) -> Traced:
    """Write the simulated period: a calendar year by its number, else its first and last day."""
    when = result.period
    name = when.start[:4] if when.calendar_year else words.period(reader, when)
    return Traced(name, "period", "name")


def during(result: Result, reader: Reader, fill: Fill) -> str:
    """Say in which period, as a part of a sentence: ``in 2026``."""
    return fill(f"during.{_kind(result)}", period=period(result, reader))


def span(result: Result, reader: Reader, *, many: bool) -> str:
    """Name what one simulation covers: a year or a period."""
    kind = _kind(result)
    return reader(f"spans.{kind}" if many else f"span.{kind}")


def _kind(result: Result) -> str:
    return "year" if result.period.calendar_year else "part"


def organisation(result: Result, reader: Reader) -> str:
    """Name whom the scenarios are about."""
    return reader.text(result.organisation, reader("banner.here"))


def unsure(result: Result, reader: Reader, letter: str, fill: Fill) -> str:
    """Say how many attained norms of a scenario are not certain yet; nothing if all are."""
    scenario = by_letter(result, letter)
    n = undecided(scenario)
    count = estimates.count(reader, n, at(result, scenario, "norms"), "undecided")
    return fill("norms.unsure", n=count) if n else ""


def confidence(result: Result, reader: Reader) -> Traced:
    """Write the level of the intervals."""
    return Traced(reader.percent(result.confidence), "confidence")


def enough(result: Result, reader: Reader) -> str:
    """Write the share of the simulations from which on a norm counts as attained."""
    share = limit(result)
    text = reader.beside(share, share)
    return Traced(text, "equal_service.share") if result.equal_service else text


def _figure(value: Value, reader: Reader, fill: Fill) -> str | None:
    said: str | None = None
    match value:
        case Money(estimate, path, bill, total):
            said = estimates.euros(reader, estimate, path, reader.total(bill, total))
        case Gap(estimate, path):
            said = gap(reader, estimate, path, fill)
        case Spread(estimate, path):
            said = spread(reader, estimate, path, fill)
        case Hours(estimate, path):
            said = estimates.hours(reader, estimate, path, signed=False)
        case Amount(euros, path, how, half):
            said = Traced(reader.euros(euros, half), path, how)
        case Fte(fte, path, how):
            said = estimates.fte(reader, fte, path, how)
        case Points(estimate, path):
            text = reader.number(abs(100 * estimate.mean), 1)
            said = Traced(text, f"{path}.mean", "points")
        case Share(share, limit, path):
            said = Traced(reader.beside(share, limit), path)
        case Stated(text, path, how):
            said = Traced(text, path, how)
        case Count(n, path, how):
            said = estimates.count(reader, n, path, how)
    return said


def _name(value: Value, reader: Reader, result: Result) -> str | None:
    """Write the name of a scenario, of a group of cost lines or of a norm."""
    match value:
        case Title(letter):
            return title(reader, result, letter)
        case CheapestOther(letter):
            name = reader("scenario.cheapest_other", title=title(reader, result, letter))
            return Traced(name, f"scenarios.{place(result, letter)}.title", "name")
        case Badges(letters):
            return words.badge_names(reader, result, letters)
        case Group(name, letter):
            group = words.group_name(reader, by_letter(result, letter), name)
            return words.clip(group, _LONGEST_GROUP, 4)
        case NormOf(name, letter):
            return norm_title(reader, result, name, letter)
    return None


def title(
    reader: Reader, result: Result, letter: str, longest: int = words.LONGEST_TITLE
) -> Traced:
    """Write the title of a scenario, short enough for a sentence."""
    name = words.clip(reader.text(by_letter(result, letter).title), longest)
    return Traced(name, f"scenarios.{place(result, letter)}.title", "name")


def titles(reader: Reader, result: Result, letters: tuple[str, ...], fill: Fill) -> str:
    """Write the titles of scenarios in quotation marks: ``‘Webcare’ and today's situation``."""
    names = [
        fill("proposal.quoted", title=title(reader, result, letter))
        if place(result, letter)
        else fill("proposal.today")
        for letter in letters
    ]
    listed = reader.listing(names)
    return Markup(listed) if isinstance(names[0], Markup) else listed


def norm_title(reader: Reader, result: Result, name: str, letter: str) -> str:
    """Write the name of a norm of a scenario."""
    scenario = by_letter(result, letter)
    for order, norm in enumerate(scenario.norms):
        if norm.name == name:
            text = words.norm_name(reader, scenario, norm)
            path = f"scenarios.{place(result, letter)}.norms.{order}"
            return Traced(text, path, "name")
    return name


def gap(reader: Reader, estimate: Estimate, path: str, fill: Fill) -> str:
    """Write an interval of a difference in costs in words: ``€ 120.000 tot € 360.000 minder``."""
    if estimate.low is None or estimate.high is None:
        return reader("interval.none")
    return _between(reader, {"low": estimate.low, "high": estimate.high}, path, fill)


def spread(reader: Reader, estimate: Estimate, path: str, fill: Fill) -> str:
    """Write the spread of a difference in costs in words, as `gap` does."""
    return _between(reader, {"p5": estimate.p5, "p95": estimate.p95}, path, fill)


def _between(reader: Reader, amounts: dict[str, float], path: str, fill: Fill) -> str:
    """Write from which to which amount, the lower one first; named as in an estimate."""
    lower, upper = amounts.values()
    half = (upper - lower) / 2
    low, high = round_to_interval(lower, half), round_to_interval(upper, half)
    ends = {
        end: Traced(reader.euros(end, half), f"{path}.{name}")
        for end, name in zip((low, high), amounts, strict=True)
    }
    small, large = sorted((low, high), key=abs)
    if high <= 0:
        return fill("gap.less", small=ends[small], large=ends[large])
    if low >= 0:
        return fill("gap.more", small=ends[small], large=ends[large])
    return fill("gap.both", less=ends[low], more=ends[high])
