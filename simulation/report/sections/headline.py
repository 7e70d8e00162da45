"""The top of the page: verdict, summary, key figures, where the numbers come from."""

from dataclasses import dataclass

from simulation.comparison.document import Estimate, Result, ScenarioResult
from simulation.report import claims, facts, words
from simulation.report.numbers import NBSP
from simulation.report.reader import Reader, half_width
from simulation.report.speech import speak


@dataclass(frozen=True)
class KeyFigure:
    """A number with what it means and its path in the result document."""

    value: str
    label: str
    path: str


@dataclass(frozen=True)
class Headline:
    """The top of the page."""

    heading: str
    sentences: tuple[str, ...]
    cautions: tuple[str, ...]
    figures: tuple[KeyFigure, ...]
    provenance: tuple[str, ...]


def headline(result: Result, reader: Reader) -> Headline:
    """Give the top of the page."""
    focus = facts.focus(result)
    return Headline(
        heading=speak(claims.heading(result), reader, result),
        sentences=tuple(speak(claim, reader, result) for claim in claims.summary(result)),
        cautions=tuple(speak(claim, reader, result) for claim in claims.cautions(result)),
        figures=tuple(_figures(result, reader, focus)),
        provenance=tuple(provenance(result, reader)),
    )


def _figures(result: Result, reader: Reader, focus: ScenarioResult | None) -> list[KeyFigure]:
    shown = focus or facts.baseline(result)
    here = f"scenarios.{facts.place(result, shown.letter)}"
    makers = (_cost_figure, _norm_figure, _wait_figure)
    return [figure for make in makers if (figure := make(result, reader, shown, here))]


def _cost_figure(
    result: Result, reader: Reader, shown: ScenarioResult, here: str
) -> KeyFigure | None:
    if shown is facts.baseline(result):
        level = shown.measures.get(facts.STRUCTURAL)
        if level is None:
            return None
        value = reader.euros(level.mean, half_width(level))
        return KeyFigure(value, reader("key.cost_today"), f"{here}.measures.{facts.STRUCTURAL}")
    difference = facts.cost(shown)
    if difference is None:
        return None
    label = reader(
        "key.cost",
        scenario=words.badge_name(reader, result, shown.letter),
        confidence=reader.percent(result.confidence),
        interval=reader.interval(difference),
    )
    value = reader.signed_euros(difference.mean, half_width(difference))
    return KeyFigure(value, label, f"{here}.differences.{facts.STRUCTURAL}")


def _norm_figure(
    result: Result, reader: Reader, shown: ScenarioResult, here: str
) -> KeyFigure | None:
    today = facts.baseline(result)
    if not facts.counting(shown):
        return None
    counts = {"n": facts.attained(shown), "of": len(facts.counting(shown))}
    label = reader(
        "key.norms_today" if shown is today else "key.norms",
        scenario=words.badge_name(reader, result, shown.letter),
        n=facts.attained(today),
        of=len(facts.counting(today)),
    )
    return KeyFigure(reader("x_of_y", **counts), label, f"{here}.norms")


def _wait_figure(
    result: Result, reader: Reader, shown: ScenarioResult, here: str
) -> KeyFigure | None:
    today = shown is facts.baseline(result)
    room = "measures" if today else "differences"
    hours = (shown.measures if today else shown.differences).get(facts.WAIT)
    if hours is None:
        return None
    half = half_width(hours)
    amount = reader.amount(hours.mean, half) if today else reader.signed(hours.mean, half)
    label = reader("key.wait_today") if today else _wait_label(result, reader, shown, hours)
    return KeyFigure(f"{amount}{NBSP}{reader('hour')}", label, f"{here}.{room}.{facts.WAIT}")


def _wait_label(result: Result, reader: Reader, shown: ScenarioResult, hours: Estimate) -> str:
    badge = words.badge_name(reader, result, shown.letter)
    if hours.low is None or hours.high is None:
        return reader("key.wait", scenario=badge)
    half = half_width(hours)
    return reader(
        "key.wait_interval",
        scenario=badge,
        confidence=reader.percent(result.confidence),
        low=reader.signed(hours.low, half),
        high=reader.signed(hours.high, half),
    )


def provenance(result: Result, reader: Reader) -> list[str]:
    """Say where the numbers come from: enough to make them again."""
    others = len(result.scenarios) - 1
    name = reader.text(result.period.name)
    when = words.period(reader, result.period)
    return [
        *([reader.count("provenance.scenarios", others)] if others else []),
        reader.count("provenance.replications", result.replications),
        reader("provenance.period", period=f"{name} ({when})" if name else when),
        reader("provenance.model", version=result.version),
        reader("provenance.question", question=result.question.rpartition(":")[2][:8]),
        reader("provenance.year" if result.period.calendar_year else "provenance.period_only"),
    ]
