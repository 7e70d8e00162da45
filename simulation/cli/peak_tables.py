"""What `peak` prints: by when it is gone, how bad it gets, and open work hour by hour."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from rich.text import Text

from simulation.cli.layout import Column, Table
from simulation.cli.tables import Teller, show_tables
from simulation.cli.terminal import put, put_prose, results
from simulation.comparison.peak import Gone, Level, PeakChannel, PeakResult, hours_of
from simulation.report import moments, words
from simulation.report.numbers import signed_number

_SHORT: Final = 16
_CLOCKS: Final = (9, 12, 15, 18)
"""Hours of the first days that are shown; of later ones, only noon."""

_NOON: Final = 12
_FRIDAY: Final = 4
_FIRST_DAYS: Final = 2
_MOST_ROWS: Final = 16


def show(result: PeakResult, repeat: str, language: str, *, example: bool) -> None:
    """Print what an event did; ``example`` tells whether leading values are own estimates."""
    tell, console = Teller(language), results()
    put_prose(console, words.clip(tell.reader.text(result.title), words.LONGEST_TITLE), "bold")
    put_prose(console, _what(result, tell))
    if example:
        put_prose(console, tell("example"))
    put_prose(console, _headline(result, tell))
    put(console, Text())
    noticed = [channel for channel in result.channels if channel.noticed]
    show_tables(console, [_gone(result, tell)])
    if result.extra_closed.p90 > 0:
        put_prose(console, _closed(result, tell))
        put(console, Text())
    show_tables(console, [_worst(result, tell)])
    if noticed:
        put_prose(console, tell("peak_curve"))
        put(console, Text())
        show_tables(console, [_curve(result, noticed, tell)])
    put_prose(console, tell("peak_note"))
    said = tell(
        "identity",
        question=result.question[:_SHORT],
        version=result.version,
        seed=result.seed,
        played=_played(result, tell),
    )
    put_prose(console, f"{said} {tell('repeat')}")
    put(console, Text(f"  {repeat}"))


def _played(result: PeakResult, tell: Teller) -> str:
    count = tell.reader.number(result.finished)
    return tell("played_once") if result.finished == 1 else tell("played", n=count)


def _what(result: PeakResult, tell: Teller) -> str:
    title = tell.reader.text(result.event_title, words.plain(result.event))
    start = dt.datetime.fromisoformat(result.start)
    return tell(
        "peak_what",
        event=words.upper_first(title),
        moment=moments.moment(tell.reader, start, year=True),
        contacts=tell.reader.number(result.contacts),
        decay=words.within(tell.reader, result.decay),
    )


def _headline(result: PeakResult, tell: Teller) -> str:
    """Say by when everything is back to normal."""
    gone = result.everywhere
    if gone.p90 == result.start:
        return tell("peak_unnoticed")
    if gone.p90 is None:
        date = moments.gone_by(tell.reader, result, None)
        return tell("peak_stays", later=date)
    return tell("peak_gone", moment=moments.gone_by(tell.reader, result, gone.p90))


def _closed(result: PeakResult, tell: Teller) -> str:
    """Say how many found their channel closed, and what became of them."""
    closed, again = result.extra_closed, result.extra_again
    said = tell("peak_closed", n=tell.reader.number(closed.p50))
    if again.p90 <= 0:
        return f"{said} {tell('peak_closed_gone')}"
    return f"{said} {tell('peak_closed_again', n=tell.reader.number(again.p50))}"


def _name(channel: PeakChannel, tell: Teller) -> str:
    name = moments.channel_name(tell.reader, channel.channel, channel.title)
    return words.clip(name, words.LONGEST_TITLE)


def _table(tell: Teller, *keys: str) -> Table:
    name, *others = keys
    return Table([Column(tell(name), "name"), *(Column(tell(key)) for key in others)])


def _gone(result: PeakResult, tell: Teller) -> Table:
    made = _table(tell, "channel", "gone_half", "gone_most", "extra_contacts", "extra_closed",
                  "extra_lost")  # fmt: skip
    language = tell.reader.language

    def moments_of(gone: Gone) -> Iterator[str]:
        for when in (gone.p50, gone.p90):
            yield moments.gone_by(tell.reader, result, when)

    for channel in result.channels:
        made.add(
            _name(channel, tell),
            *moments_of(channel.gone),
            signed_number(channel.extra_attempts.p50, language),
            signed_number(channel.extra_closed.p50, language),
            signed_number(channel.extra_lost.p50, language),
        )
    made.draw_line()
    closed = signed_number(result.extra_closed.p50, language)
    made.add(tell("everywhere"), *moments_of(result.everywhere), "", closed, "")
    return made


def _worst(result: PeakResult, tell: Teller) -> Table:
    made = _table(tell, "channel", "open_usual", "open_half", "open_most", "wait_usual",
                  "wait_half", "wait_most")  # fmt: skip
    for channel in result.channels:
        if not channel.noticed:
            continue

        def waits(level: Level, own: PeakChannel = channel) -> tuple[str, str]:
            return (
                moments.wait(tell.reader, own, level.p50),
                moments.wait(tell.reader, own, level.p90),
            )

        made.add(
            _name(channel, tell),
            *(
                moments.open_work(tell.reader, channel, count)
                for count in (
                    channel.usual_largest.p50,
                    channel.largest.p50,
                    channel.largest.p90,
                )
            ),
            waits(channel.usual_longest_wait)[0],
            *waits(channel.longest_wait),
        )
    return made


def _curve(result: PeakResult, noticed: Sequence[PeakChannel], tell: Teller) -> Table:
    """Show open work with the event, and without it in brackets."""
    made = Table(
        [Column(tell("moment"), "name"), *(Column(_name(channel, tell)) for channel in noticed)]
    )
    hours = hours_of(result)
    for place in list(_places(result, hours))[:_MOST_ROWS]:
        cells = [
            tell(
                "with_usual",
                n=tell.reader.number(channel.curve.p50[place]),
                usual=tell.reader.number(channel.curve.usual_p50[place]),
            )
            for channel in noticed
        ]
        made.add(moments.moment(tell.reader, hours[place]), *cells)
    return made


def _places(result: PeakResult, hours: Sequence[dt.datetime]) -> Iterator[int]:
    """Choose hours: several on the first days, then noon, until it is gone in 90 % of the runs."""
    start = dt.datetime.fromisoformat(result.start)
    last = result.everywhere.p90 or result.followed_until
    end = dt.datetime.fromisoformat(last) + dt.timedelta(days=1)
    for place, hour in enumerate(hours):
        early = (hour.date() - start.date()).days < _FIRST_DAYS
        wanted = hour.hour in _CLOCKS if early else hour.hour == _NOON and hour.weekday() <= _FRIDAY
        if start <= hour < end and wanted:
            yield place
