"""The page of planners: how many people it takes, when, and what a week looks like then."""

import shlex
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from simulation.report.chart import CONFIG, Chart
from simulation.report.figures.answers import answers
from simulation.report.figures.backlog import backlog, quiet
from simulation.report.figures.occupancy import occupancy
from simulation.report.figures.productivity import productivity
from simulation.report.figures.recovery import recovery
from simulation.report.figures.staffing_curve import staffing_curve
from simulation.report.planner import Planner, planner
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.sections.heads import name_of, weeks
from simulation.report.shell import Theme, languages, picture_words, render
from simulation.report.size_cautions import cautions
from simulation.report.traced import Traced, plain
from simulation.scenario.load import validate
from simulation.scenario.scenario import Scenario
from simulation.sizing.document import SizeResult, TeamSize

_CONTACTS = 500
"""Extra contacts in the command that is shown where the scenario has no event."""

_SHORT = 16
"""Digits of the question's hash that are shown."""


def write_size_page(
    result: SizeResult, language: str = LANGUAGES[0], theme: Theme | None = None
) -> str:
    """Write the page of a size.

    Parameters
    ----------
    result : the size document
    language : language in which the page opens; the other one is a link away
    theme : colours and font of a municipality; neutral ones without it

    Raises
    ------
    ValueError
        When there is no catalogue for the language.
    """
    scenario = validate(result.scenario)
    versions = [_version(result, scenario, Reader(other)) for other in languages(language)]
    by_language = {version["t"].language: version for version in versions}
    data = {
        "config": CONFIG,
        "figures": {
            each: {
                chart.key: {**chart.figure, **picture_words(chart)}
                for chart in (*version["curves"], *version["week"], *version["peak"])
            }
            for each, version in by_language.items()
        },
        "texts": {each: _texts(version) for each, version in by_language.items()},
        "csv": dict.fromkeys(by_language, ""),
    }
    return render("size.html.j2", versions, data, theme)


def _version(result: SizeResult, scenario: Scenario, reader: Reader) -> dict[str, Any]:
    """Give everything that the template shows in one language."""
    own = planner(reader, scenario, "")
    heading = _heading(result, own)
    version: dict[str, Any] = {
        "t": reader,
        "reader": reader,
        "result": result,
        "top": {"plain": plain(heading), "heading": heading},
        "sentences": list(_sentences(result, own)),
        "cautions": list(cautions(result, reader)),
        "keys": list(_keys(result, own)),
        "rows": [_row(team, place, own) for place, team in enumerate(result.teams)],
        "heads": weeks(result, own),
        "curves": list(_curves(result, scenario, reader)),
        "week": list(_week(result, scenario, reader)),
        "quiet": _quiet(result, scenario, reader),
        "peak": list(_peak(result, scenario, reader)),
        "during": own.during,
        "peak_contacts": reader.number(_CONTACTS),
        "peak_command": f"kanaalkompas peak {shlex.quote(f'{result.name}-sized.yaml')}"
        f" --contacts {_CONTACTS}",
        "footer": reader(
            "size.footer",
            version=result.version,
            question=result.question[:_SHORT],
            seed=result.seed,
        ),
    }
    parts = {"sizes": True, "heads": True, "week": version["week"], "peak": True}
    return {**version, "contents": [name for name, there in parts.items() if there]}


def _texts(version: dict[str, Any]) -> dict[str, str]:
    t = version["t"]
    return {
        "copied": t("action.copied"),
        "not_copied": t("action.not_copied"),
        "example": "",
        "source": version["footer"],
    }


# What is said at the top


def _total(result: SizeResult) -> tuple[float, float]:
    needed = sum(team.fte for team in result.teams)
    return needed, sum(team.today for team in result.teams)


def _heading(result: SizeResult, own: Planner) -> Markup:
    needed, now = _total(result)
    step = max(team.step for team in result.teams)
    way = "same" if abs(needed - now) < step / 2 else "more" if needed > now else "fewer"
    gap = own.reader.number(abs(needed - now), 1)
    if result.mode == "all":
        told = own.traced(own.reader.number(needed, 1), "teams", how="sum_fte")
        return own.reader.mark(f"size.heading.all.{way}", fte=_bare(told), gap=gap)
    team = name_of(result.teams[0], own)
    told = own.traced(own.reader.number(needed, 1), "teams", 0, "fte")
    return own.reader.mark(f"size.heading.{way}", team=team, fte=_bare(told), gap=gap)


def _bare(told: Traced) -> Traced:
    """Give a traced text whose path has no root."""
    return Traced(str(told), told.path.removeprefix("."), told.how)


def _sentences(result: SizeResult, own: Planner) -> Iterator[Markup]:
    reader = own.reader
    norms = {norm for team in result.teams for norm in team.norms}
    form = "one" if len(norms) == 1 else "more"
    yield reader.mark(
        "size.asked",
        share=reader.percent(result.share),
        norms=reader(f"size.norm.{form}"),
        **{"is": reader(f"size.is.{form}")},
    )
    shown = result.together or result.teams[0].at_size
    path = "together" if result.together else "teams.0.at_size"
    yield reader.mark(
        "size.confirmed",
        search=Traced(reader.number(result.search), "search"),
        fresh=Traced(reader.number(result.fresh), "fresh"),
        n=Traced(reader.number(shown.attained), f"{path}.attained"),
        of=Traced(reader.number(shown.of), f"{path}.of"),
    )
    if result.week is not None:
        yield reader.mark(
            "size.looked_at",
            n=Traced(reader.number(result.week.replications), "week.replications"),
            fresh=Traced(reader.number(result.fresh), "fresh"),
        )
    yield from _around(result, own) if result.mode == "team" else [reader.mark("size.local")]
    if result.kept:
        yield reader.mark("size.kept", teams=reader.listing(own.team(each) for each in result.kept))


def _around(result: SizeResult, own: Planner) -> Iterator[Markup]:
    """Say of one team what one step less does, and how sure the answer is."""
    reader, team = own.reader, result.teams[0]
    if team.one_less is not None:
        yield reader.mark(
            "size.less",
            step=Traced(reader.number(team.step, 1), "teams.0.step"),
            n=Traced(reader.number(team.one_less.attained), "teams.0.one_less.attained"),
            of=Traced(reader.number(team.one_less.of), "teams.0.one_less.of"),
        )
    if team.low is not None:
        low = Traced(reader.number(team.low, 1), "teams.0.low")
        if team.high is None:
            yield reader.mark("size.open", low=low)
        elif team.high > team.low:
            high = Traced(reader.number(team.high, 1), "teams.0.high")
            yield reader.mark("size.range", low=low, high=high)
    if team.reversals:
        yield reader.mark(
            "size.reversals",
            n=Traced(reader.number(team.reversals), "teams.0.reversals"),
            of=reader.number(result.search + result.fresh),
        )


def _keys(result: SizeResult, own: Planner) -> Iterator[tuple[str, str]]:
    needed, now = _total(result)
    shown = result.together or result.teams[0].at_size
    path = "together" if result.together else "teams.0.at_size"
    reader, one = own.reader, len(result.teams) == 1
    yield (
        reader("size.key.needed"),
        Traced(reader.number(needed, 1), *(("teams.0.fte",) if one else ("teams", "sum_fte"))),
    )
    yield (
        reader("size.key.now"),
        Traced(reader.number(now, 1), *(("teams.0.today",) if one else ("teams", "sum_today"))),
    )
    counted = reader("x_of_y", n=shown.attained, of=shown.of)
    yield reader("size.key.at"), Traced(counted, path, "attained")


def _row(team: TeamSize, place: int, own: Planner) -> tuple[str, tuple[str, ...]]:
    reader, at = own.reader, f"teams.{place}"
    gap = reader.signed(round(team.fte - team.today, 1), 0.1)
    return name_of(team, own), (
        Traced(reader.number(team.fte, 1), f"{at}.fte"),
        Traced(reader.number(team.today, 1), f"{at}.today"),
        gap,
        Traced(
            reader("x_of_y", n=team.at_size.attained, of=team.at_size.of),
            f"{at}.at_size",
            "attained",
        ),
    )


# Figures


def _curves(result: SizeResult, scenario: Scenario, reader: Reader) -> Iterator[Chart]:
    """Draw the norm that a team misses soonest, of a team that was sized alone."""
    if result.mode == "all":
        return
    team = result.teams[0]
    room = {
        norm: min(rung.shares[norm].mean for rung in team.curve) - scenario.norms[norm].target
        for norm in team.norms
        if team.curve and all(norm in rung.shares for rung in team.curve)
    }
    if room:
        own, share = planner(reader, scenario, "teams.0"), reader.percent(result.share)
        drawn = staffing_curve(team, min(room, key=room.__getitem__), own, share)
        if drawn is not None:
            yield drawn


def _week(result: SizeResult, scenario: Scenario, reader: Reader) -> Iterator[Chart]:
    if result.week is None:
        return
    own = planner(reader, scenario, "week")
    for draw in (backlog, answers, occupancy, productivity):
        if draw is backlog and quiet(result.week, own):
            continue
        drawn = draw(result.week, own)
        if drawn is not None:
            yield drawn


def _quiet(result: SizeResult, scenario: Scenario, reader: Reader) -> str | None:
    return quiet(result.week, planner(reader, scenario, "week")) if result.week else None


def _peak(result: SizeResult, scenario: Scenario, reader: Reader) -> Iterator[Chart]:
    if result.peak is not None:
        drawn = recovery(result.peak, planner(reader, scenario, "peak"))
        if drawn is not None:
            yield drawn
