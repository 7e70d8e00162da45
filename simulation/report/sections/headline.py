"""The top of the page: verdict, summary, key figures, where the numbers come from."""

from dataclasses import dataclass

from markupsafe import Markup

from simulation.comparison.document import Result, ScenarioResult
from simulation.report import claims, equal, equal_claims, estimates, facts, words
from simulation.report.claim import Sentences
from simulation.report.precise import precision
from simulation.report.reader import Reader
from simulation.report.speech import confidence, mark, period, speak, unsure
from simulation.report.traced import Traced, together


@dataclass(frozen=True)
class KeyFigure:
    """A number with what it means."""

    value: str
    label: Markup


@dataclass(frozen=True)
class Headline:
    """The top of the page."""

    plain: str
    """The verdict without its paths, for the title of the window."""

    heading: Markup
    sentences: tuple[Markup, ...]
    cautions: tuple[Markup, ...]
    figures: tuple[KeyFigure, ...]
    provenance: tuple[str, ...]


def headline(result: Result, reader: Reader) -> Headline:
    """Give the top of the page."""
    focus = facts.focus(result)
    return Headline(
        plain=speak(claims.heading(result), reader, result),
        heading=mark(claims.heading(result), reader, result),
        sentences=tuple(mark(claim, reader, result) for claim in claims.summary(result)),
        cautions=tuple(
            together(*(mark(claim, reader, result) for claim in sentences))
            for sentences in _cautions(result)
            if sentences
        ),
        figures=tuple(_figures(result, reader, focus)),
        provenance=tuple(provenance(result, reader)),
    )


def _cautions(result: Result) -> list[Sentences]:
    """Give what a reader has to know beside the verdict, point by point."""
    return [*((claim,) for claim in claims.cautions(result)), *equal_claims.headline(result)]


def _figures(result: Result, reader: Reader, focus: ScenarioResult | None) -> list[KeyFigure]:
    shown = focus or facts.baseline(result)
    makers = (_cost_figure, _step_figure, _norm_figure, _wait_figure)
    return [figure for make in makers if (figure := make(result, reader, shown))]


def _cost_figure(result: Result, reader: Reader, shown: ScenarioResult) -> KeyFigure | None:
    bill = reader.total(shown.letter)
    if shown is facts.baseline(result):
        level = shown.measures.get(facts.STRUCTURAL)
        if level is None:
            return None
        path = facts.at(result, shown, "measures", facts.STRUCTURAL)
        return KeyFigure(
            estimates.euros(reader, level, path, bill),
            reader.mark("key.cost_today", period=period(result, reader)),
        )
    difference = facts.cost(shown)
    if difference is None:
        return None
    path = facts.at(result, shown, "differences", facts.STRUCTURAL)
    label = reader.mark(
        "key.cost_mean" if difference.low is None else "key.cost",
        scenario=words.badge_name(reader, result, shown.letter),
        period=period(result, reader),
        confidence=confidence(result, reader),
        interval=estimates.euro_interval(reader, difference, path),
    )
    return KeyFigure(estimates.signed_euros(reader, difference, path, bill), label)


def _step_figure(result: Result, reader: Reader, _: ScenarioResult) -> KeyFigure | None:
    """Give what 0* costs against 0, which is credited to no scenario."""
    told = result.equal_service
    difference = told.step.get(facts.STRUCTURAL) if told else None
    if difference is None:
        return None
    bill = reader.total(facts.baseline(result).letter)
    return KeyFigure(
        estimates.signed_euros(reader, difference, equal.STEP, bill),
        reader.mark(
            "key.step",
            period=period(result, reader),
            confidence=confidence(result, reader),
            interval=estimates.euro_interval(reader, difference, equal.STEP),
        ),
    )


def _norm_figure(result: Result, reader: Reader, shown: ScenarioResult) -> KeyFigure | None:
    today = facts.baseline(result)
    if not facts.counting(shown):
        return None
    label = reader.mark(
        "key.norms_today" if shown is today else "key.norms",
        scenario=words.badge_name(reader, result, shown.letter),
        unsure=unsure(result, reader, shown.letter, reader.mark),
        today_unsure=unsure(result, reader, today.letter, reader.mark),
        **norm_counts(result, reader, today),
    )
    return KeyFigure(reader.mark("x_of_y", **norm_counts(result, reader, shown)), label)


def norm_counts(result: Result, reader: Reader, scenario: ScenarioResult) -> dict[str, Traced]:
    """Give the number of norms that a scenario attains, and of those that count."""
    path = facts.at(result, scenario, "norms")
    return {
        "n": estimates.count(reader, facts.attained(scenario), path, "attained"),
        "of": estimates.count(reader, len(facts.counting(scenario)), path, "counting"),
    }


def _wait_figure(result: Result, reader: Reader, shown: ScenarioResult) -> KeyFigure | None:
    today = shown is facts.baseline(result)
    hours = (shown.measures if today else shown.differences).get(facts.WAIT)
    if hours is None:
        return None
    path = facts.at(result, shown, "measures" if today else "differences", facts.WAIT)
    value = estimates.hours(reader, hours, path, signed=not today)
    said = {
        "at": words.waiting_at(reader, result, shown.letter),
        "period": period(result, reader),
        "scenario": words.badge_name(reader, result, shown.letter),
    }
    if today or hours.low is None or hours.high is None:
        return KeyFigure(value, reader.mark("key.wait_today" if today else "key.wait", **said))
    label = reader.mark(
        "key.wait_interval",
        **said,
        confidence=confidence(result, reader),
        interval=estimates.interval(reader, hours, path),
    )
    return KeyFigure(value, label)


def provenance(result: Result, reader: Reader) -> list[str]:
    """Say where the numbers come from: enough to make them again."""
    others, asked = len(result.scenarios) - 1, result.replications
    name = reader.text(result.period.name)
    when = words.period(reader, result.period)
    reached = precision(result, reader)
    return [
        *([_counted(reader, "scenarios", others, "scenarios", "others")] if others else []),
        _counted(reader, "replications", asked, "replications"),
        *([reached] if reached is not None else []),
        *_staffed(result, reader),
        reader.mark(
            "provenance.period",
            period=Traced(f"{name} ({when})" if name else when, "period", "name"),
        ),
        reader.mark("provenance.model", version=Traced(result.version, "version", "name")),
        reader.mark("provenance.question", question=question(result)),
        reader("provenance.year" if result.period.calendar_year else "provenance.period_only"),
    ]


def _staffed(result: Result, reader: Reader) -> list[Markup]:
    told = result.equal_service
    if told is None:
        return []
    search = estimates.count(reader, told.search, f"{equal.PATH}.search")
    fresh = estimates.count(reader, told.fresh, f"{equal.PATH}.fresh")
    return [reader.mark("provenance.sized", search=search, fresh=fresh)]


def question(result: Result) -> Traced:
    """Give the start of the hash of the question: enough to tell two apart."""
    return Traced(result.question.rpartition(":")[2][:8], "question", "name")


def _counted(reader: Reader, key: str, n: int, path: str, how: str = "") -> Markup:
    form = "one" if n == 1 else "other"
    return reader.mark(f"provenance.{key}.{form}", n=estimates.count(reader, n, path, how))
