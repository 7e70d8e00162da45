"""What `size` prints: how many people, how sure that is, and when they are needed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.text import Text

from simulation.cli.layout import Column, Table
from simulation.cli.tables import Teller, show_tables
from simulation.cli.terminal import put, put_prose, results
from simulation.comparison.document import Attainment
from simulation.report import words
from simulation.report.size_cautions import cautions
from simulation.sizing.answer import NoSize
from simulation.sizing.document import SeasonHeads, SizeResult, TeamSize
from simulation.sizing.ladder import Ladder
from simulation.sizing.why import Miss

_SHORT: Final = 16
_MOST_SEASONS: Final = 4
_HALF: Final = 0.5


def show(result: SizeResult, language: str, repeat: str) -> None:
    """Print what was found, and the command that repeats it."""
    tell, console = Teller(language), results()
    put_prose(console, tell.reader.text(result.title), "bold")
    put_prose(console, tell("size_asks", share=tell.reader.percent(result.share)))
    put(console, Text())
    show_tables(console, [_sizes(result, tell)])
    for sentence in (*_sentences(result, tell), *cautions(result, tell.reader)):
        put_prose(console, sentence)
    if result.example:
        put_prose(console, tell("example"))
    put(console, Text())
    for title, table in _weeks(result, tell):
        put_prose(console, title, "bold")
        show_tables(console, [table])
    said = tell(
        "size_identity",
        question=result.question[:_SHORT],
        version=result.version,
        seed=result.seed,
        search=tell.reader.number(result.search),
        fresh=tell.reader.number(result.fresh),
    )
    put_prose(console, f"{said} {tell('repeat')}")
    put(console, Text(f"  {repeat}"))


def _sizes(result: SizeResult, tell: Teller) -> Table:
    heads = ["size_needed", "size_now", "size_at"]
    heads += ["size_less"] if result.mode == "team" else []
    table = Table([Column(tell("team"), "name"), *(Column(tell(key)) for key in heads)])
    for team in result.teams:
        table.add(
            name_of(team, tell),
            fte(team.fte, tell),
            fte(team.today, tell),
            counted(team.at_size, tell),
            *([counted(team.one_less, tell)] if result.mode == "team" else []),
        )
    return table


def name_of(team: TeamSize, tell: Teller) -> str:
    """Write the name of a team, or of one of its sites."""
    name = words.upper_first(tell.reader.text(team.title, team.team))
    _, _, site = team.unit.partition("/")
    return f"{name}: {site.replace('_', ' ')}" if site else name


def fte(value: float, tell: Teller) -> str:
    """Write full-time equivalents."""
    return tell.reader.number(value, 1)


def counted(share: Attainment | None, tell: Teller) -> str:
    """Write in how many replications norms are attained."""
    return "–" if share is None else tell.reader("x_of_y", n=share.attained, of=share.of)


def _sentences(result: SizeResult, tell: Teller) -> Iterator[str]:
    for team in result.teams if result.mode == "team" else ():
        values = {
            "team": name_of(team, tell),
            "fte": fte(team.fte, tell),
        }
        low, high = (None if end is None else fte(end, tell) for end in (team.low, team.high))
        if high is None:
            yield tell("size_at_least", low=low, **values)
        elif low != high:
            yield tell("size_between", low=low, high=high, **values)
        else:
            yield tell("size_exactly", **values)
        if team.reversals:
            yield tell("size_reversals", n=team.reversals, of=result.search + result.fresh)
    if result.together is not None:
        yield tell("size_together", count=counted(result.together, tell))
        yield tell("size_local")
    if result.kept and result.mode == "all":
        yield tell("size_kept", teams=", ".join(result.kept))


def _weeks(result: SizeResult, tell: Teller) -> Iterator[tuple[str, Table]]:
    """Give the heads by hour and weekday, for teams without sites."""
    for team in result.teams:
        for place in team.places:
            if place.site is not None:
                continue
            for season in place.seasons[:_MOST_SEASONS]:
                title = tell(
                    "size_week",
                    team=name_of(team, tell),
                    first=_date(season.first, tell),
                    last=_date(season.last, tell),
                )
                yield title, _week(season, tell)


def _date(day: str, tell: Teller) -> str:
    return words.date(tell.reader, dt.date.fromisoformat(day))


def _week(season: SeasonHeads, tell: Teller) -> Table:
    """Lay out a week: a row for each day, a column for each part of it."""
    spans = sorted({(slot.begin, slot.end) for slot in season.slots})
    columns = [Column(begin if begin[3:] != "00" else begin[:2]) for begin, _ in spans]
    table = Table([Column(tell("size_day"), "name"), *columns])
    for weekday, group in groupby(season.slots, key=lambda slot: slot.weekday):
        own = {(slot.begin, slot.end): slot for slot in group}
        cells: list[str] = []
        for span in spans:
            slot = own.get(span)
            if slot is None:
                cells.append("")
                continue
            people = int(abs(slot.heads - slot.today) + _HALF)
            arrow = "▲" if slot.heads > slot.today else "▼"
            mark = f" {arrow}{people}" if people else ""
            cells.append(f"{slot.heads}{mark}")
        table.add(tell(f"size_weekday_{weekday}"), *cells)
    return table


def explain(none: NoSize, ladder: Ladder, found: Sequence[Miss]) -> Iterator[str]:
    """Say in English which norms even the largest team misses, and what is in the way."""
    largest, often = ladder.fte(ladder.highest), f"{none.attained} of {none.of} simulations"
    if none.together:
        yield (
            "no sizes attain all norms together often enough; with the largest ones they are "
            f"attained in {often}; most is missed with team '{none.team}', {largest:.0f} fte"
        )
    else:
        yield (
            f"no size of team '{none.team}' attains its norms often enough; with {largest:.0f} fte "
            f"they are attained in {often}"
        )
    if not ladder.highest:
        yield (
            f"  teams.{ladder.team}: is off whenever its channels are open in this period: see "
            f"teams.{ladder.team}.holidays"
        )
    for miss in found:
        share = "nobody" if miss.share is None else f"{100 * miss.share:.1f} %"
        when = " in every month" if miss.monthly else ""
        causes = "; ".join(
            _CAUSES[cause].format(100 * part, miss.channel) for cause, part in miss.causes
        )
        asked = f"{100 * miss.target:.1f} % asked{when}"
        yield f"  norms.{miss.norm}: {share} on time, {asked}. {causes}"


_CAUSES: Final = {
    "blocked": "{:.1f} % find all lines or places taken: raise lines.*.capacity or"
    " channels.{}.queue_capacity",
    "impatient": "{:.1f} % leave before they are helped: their patience is short,"
    " see channels.{}.patience",
    "sent_away": "{:.1f} % are sent away at closing: see channels.{}.at_closing",
    "diverted": "{:.1f} % are passed on to another channel: see channels.{}.divert",
    "closed": "{:.1f} % come when it is closed: widen channels.{}.open",
    "late": "{:.1f} % are helped too late: nobody may be at work when they come, see"
    " teams.*.holidays and .absence",
    "slow": "{:.1f} % are answered too late: the work itself may take longer than the norm allows,"
    " the channel may be closed too much of the time, or people may be kept free for who waits;"
    " see channels.{}.handling and .open, and teams.*.reserve",
}
