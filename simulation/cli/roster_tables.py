"""What `roster` prints: contracts, how their hours add up, cost, and where today differs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Final

from rich.text import Text

from simulation.cli.layout import Column, Table
from simulation.cli.roster_afresh import Attained
from simulation.cli.roster_files import Compared
from simulation.cli.roster_people import show_people
from simulation.cli.tables import Teller, show_tables
from simulation.cli.terminal import put, put_prose, results
from simulation.report import words
from simulation.report.shortage import sentence
from simulation.rostering.need import Location
from simulation.rostering.roster import Roster, SiteRoster
from simulation.rostering.shortage import spans
from simulation.scenario.load import Loaded
from simulation.scenario.scenario import Scenario

_MOST_SENTENCES: Final = 12
_ROUNDING: Final = 1e-6


def show(
    loaded: Loaded,
    rosters: Sequence[Roster],
    compared: Sequence[Compared],
    language: str,
    attained: Sequence[Attained],
) -> None:
    """Print rosters, whether they attain the norms, and where today's people differ from them."""
    tell, console = Teller(language), results()
    scenario, file = loaded.scenario, Path(loaded.path).stem
    for roster in rosters:
        name = _name(scenario, roster.team, None, tell)
        put_prose(console, name, "bold")
        show_tables(console, [_hours(roster, tell)])
        for said in _sentences(roster, tell):
            put_prose(console, said)
        put(console, Text())
        show_people(roster, name, file, tell)
    for each in attained:
        put_prose(console, _afresh(scenario, each, tell))
    if attained:
        put(console, Text())
    if compared:
        put_prose(console, tell("roster_now"))
        put(console, Text())
    for team, place, parts in compared:
        put_prose(console, _name(scenario, team, place.site, tell), "bold")
        found = spans(parts)
        if not found:
            put_prose(console, tell("roster_right"))
        for season, own in groupby(found, key=lambda span: span.season):
            put_prose(console, _between(place, season, tell))
            several = list(own)
            for span in several[:_MOST_SENTENCES]:
                put_prose(console, f"  {sentence(tell.reader, span)}")
            if len(several) > _MOST_SENTENCES:
                put_prose(console, tell("roster_more", n=len(several) - _MOST_SENTENCES, file=file))
        put(console, Text())


def _afresh(scenario: Scenario, each: Attained, tell: Teller) -> str:
    norm, reader = scenario.norms[each.norm], tell.reader
    name = reader.text(norm.title, each.norm) if norm.title is not None else each.norm
    counts = {"n": each.attainment.attained, "of": each.attainment.of}
    if each.share is None:
        return tell("roster_afresh_nobody", norm=words.upper_first(name), **counts)
    share = reader.beside(each.share, norm.target)
    target = reader.percent(norm.target)
    return tell("roster_afresh", norm=words.upper_first(name), share=share, target=target, **counts)


def _between(place: Location, season: int, tell: Teller) -> str:
    own = place.grid.seasons[season]
    first, last = words.date(tell.reader, own.first), words.date(tell.reader, own.last)
    return tell("roster_between", first=first, last=last)


def _name(scenario: Scenario, team: str, site: str | None, tell: Teller) -> str:
    name = words.upper_first(tell.reader.text(scenario.teams[team].title, team))
    return f"{name}: {site.replace('_', ' ')}" if site else name


def _hours(roster: Roster, tell: Teller) -> Table:
    """Lay out how the paid hours of each week add up."""
    heads = ("people", "contracts", "shifts", "shrinkage", "unused")
    columns = [Column(tell(f"roster_{head}")) for head in heads]
    table = Table([Column(tell("roster_week"), "name"), *columns])
    for site in roster.sites:
        for hours in site.hours:
            figures = (hours.contracts, hours.shifts, hours.shrinkage, hours.unused)
            cells = [tell.reader.number(figure, 1) for figure in figures]
            table.add(_week(site, hours.week, tell), str(len(site.people)), *cells)
    return table


def _week(site: SiteRoster, week: int, tell: Teller) -> str:
    season = next(each for each in site.seasons if each.week == week)
    name = site.site.replace("_", " ") if site.site else ""
    if len(site.hours) > 1:
        since = tell("roster_from", first=words.date(tell.reader, season.first))
        name = f"{name}, {since}" if name else since
    return name or tell("roster_every_week")


def _sentences(roster: Roster, tell: Teller) -> Iterator[str]:
    counted = Counter(person.contract for person in roster.people)
    listed = [
        tell("roster_contract", n=many, hours=tell.reader.number(hours, 0 if hours % 1 == 0 else 1))
        for hours, many in sorted(counted.items(), reverse=True)
    ]
    fte = tell.reader.number(roster.fte, 1)
    yield tell("roster_fte", fte=fte, listed=tell.reader.listing(listed))
    if roster.cost is not None:
        total, extra = (
            tell.reader.euros(round(amount))
            for amount in (roster.cost.total, roster.cost.extra_pay)
        )
        yield tell(
            "roster_cost" if roster.cost.extra_pay else "roster_cost_plain",
            total=total,
            extra=extra,
        )
    # To the next tenth of a per cent, so that the sentence is true.
    gap = ceil(roster.gap * 1_000 - _ROUNDING) / 1_000
    yield tell("roster_gap", gap=tell.reader.percent(gap, 1)) if gap else tell("roster_cheapest")
