"""``kanaalkompas peak``: what an event does to channels, and by when that is gone."""

import csv
import datetime as dt
import io
import math
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from simulation.cli.document import lined
from simulation.cli.inputs import (
    Asked,
    is_example,
    out_of_bound,
    out_of_bounds,
    prepare,
    read_all,
    refuse,
)
from simulation.cli.options import WEEKS, Format, Language
from simulation.cli.peak_tables import show
from simulation.cli.problems import DONE, FAULT, INTERRUPTED, Stop, say
from simulation.cli.progress import shown
from simulation.cli.signals import ignore_from_now_on
from simulation.cli.slow import default_replications
from simulation.cli.terminal import write
from simulation.comparison.peak import Gone, Level, PeakChannel, PeakResult, hours_of, peak_result
from simulation.experiment.incident import Wish, wished
from simulation.experiment.peaks import Incident, Peaks, play_peaks, window_of
from simulation.play.engines import Engine
from simulation.scenario.load import Loaded
from simulation.scenario.values import WEEKDAYS, parse_duration, parse_moment

MOST_WEEKS: Final = 52
MOST_CONTACTS: Final = 1e6
_SHORT: Final = 16
_MOST_FAILURES: Final = 10

_DUTCH: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_ENGLISH: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip

CSV_COLUMNS: Final = ("channel", "quantity", "case", "moment", "statistic", "value")

Read = TypeVar("Read")


@dataclass(frozen=True)
class Order:
    """What is asked, as it was typed."""

    file: str
    event: str | None
    at: str | None
    on: str | None
    contacts: float | None
    decay: str | None
    weeks: int
    replications: int | None
    seed: int | None
    workers: int | None
    engine: Engine
    language: Language


def peak(order: Order, form: Format) -> int:
    """Play a scenario with an event and without it, and show what the event did.

    Returns
    -------
    The exit code.

    Raises
    ------
    Stop
        When the command line or the scenario is not in order, or nothing was finished.
    """
    wish = _read(order)
    loaded = read_all([order.file])
    replications = order.replications
    if replications is None:
        replications = default_replications(loaded, order.engine)
    asked = prepare(loaded, replications, order.seed)[0]
    peaks = _play(asked, _incident(loaded[0], asked, wish, order.weeks), order)
    result = peak_result(peaks, Path(asked.loaded.path).stem, asked.scenario.replications)
    repeat = _repeat(asked, order)
    if form is Format.JSON:
        write(lined(result.model_dump(mode="json")))
    elif form is Format.CSV:
        write(as_csv(result))
    else:
        show(result, repeat, order.language.value, example=is_example(loaded[0]))
    if form is not Format.TABLE:
        say(
            f"Question {result.question[:_SHORT]}, version {result.version}, seed {result.seed},"
            f" replications {result.finished} of {result.replications}"
        )
        say(f"Repeat with: {repeat}")
    if peaks.interrupted:
        return INTERRUPTED
    return FAULT if peaks.failed else DONE


def _read(order: Order) -> Wish:
    """Read what was typed.

    Raises
    ------
    Stop
        With all that is wrong with it.
    """
    problems = out_of_bounds(
        replications=order.replications, seed=order.seed, workers=order.workers
    )
    problems += out_of_bound("weeks", order.weeks, 1, MOST_WEEKS)
    contacts = order.contacts
    if contacts is not None and not (math.isfinite(contacts) and 0 < contacts <= MOST_CONTACTS):
        problems.append(
            f"--contacts {contacts:g} is not possible; give a number above 0, up to"
            f" {MOST_CONTACTS:.0f}"
        )
    if order.at is not None and order.on is not None:
        problems.append("--at and --on exclude each other; leave one of them out")
    at = _parsed("at", order.at, parse_moment, problems)
    weekday = _parsed("on", order.on, parse_weekday, problems)
    decay = _parsed("decay", order.decay, parse_duration, problems)
    refuse(problems)
    return Wish(order.event, at, weekday, contacts, decay)


def _parsed(
    option: str, text: str | None, parse: Callable[[object], Read], problems: list[str]
) -> Read | None:
    try:
        return None if text is None else parse(text)
    except ValueError as error:
        problems.append(f"--{option} {error}")
        return None


def parse_weekday(text: object) -> int:
    """Read ``tue``, ``tuesday``, ``di`` or ``dinsdag`` as a weekday; 0 is Monday.

    Raises
    ------
    ValueError
        When it is none.
    """
    name = str(text).lower()
    for names in (WEEKDAYS, _ENGLISH, _DUTCH, tuple(day[:2] for day in _DUTCH)):
        if name in names:
            return names.index(name)
    raise ValueError(f"{text!r} is not a weekday; write tuesday, tue or dinsdag")


def _incident(loaded: Loaded, asked: Asked, wish: Wish, weeks: int) -> Incident:
    """Give the event that is asked about.

    Raises
    ------
    Stop
        When the scenario cannot have it.
    """
    try:
        incident = Incident(*wished(asked.scenario, wish), weeks)
        window_of(asked.scenario, incident)
    except ValueError as error:
        raise Stop(f"{loaded.path}: {error}") from None
    return incident


def _play(asked: Asked, incident: Incident, order: Order) -> Peaks:
    """Play, in sight of the user; see `simulation.cli.progress.play` on interruptions.

    Raises
    ------
    Stop
        When no replication was finished, or the demand cannot be laid out.
    """
    numbers = range(1, asked.scenario.replications + 1)
    with shown("Simulating", "replications") as progress:
        try:
            peaks = play_peaks(
                asked.scenario,
                incident,
                numbers,
                workers=order.workers,
                progress=progress,
                engine=order.engine,
            )
        except ValueError as error:
            raise Stop(f"{asked.loaded.path}: {error}") from None
    if peaks.interrupted:
        ignore_from_now_on()
    for number, reason in sorted(peaks.failed.items())[:_MOST_FAILURES]:
        say(f"Replication {number} failed ({reason})")
    if not peaks.finished:
        code = INTERRUPTED if peaks.interrupted else FAULT
        raise Stop("no replication was finished; nothing is shown", code)
    if peaks.interrupted:
        say(f"Interrupted; shown is what was finished ({len(peaks.finished)} of {len(numbers)}).")
    return peaks


def _repeat(asked: Asked, order: Order) -> str:
    words = [f"kanaalkompas peak {asked.command}"]
    options = {
        "event": order.event,
        "at": order.at,
        "on": order.on,
        "contacts": None if order.contacts is None else f"{order.contacts:.15g}",
        "decay": order.decay,
        "weeks": None if order.weeks == WEEKS else order.weeks,
        "replications": order.replications,
        "language": None if order.language is Language.NL else order.language.value,
    }
    words += [
        f"--{name} {shlex.quote(str(value))}"
        for name, value in options.items()
        if value is not None
    ]
    return " ".join(words)


def as_csv(result: PeakResult) -> str:
    """Write a result as CSV: a row for every number."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(CSV_COLUMNS)
    table.writerows(_gone_rows("", result.everywhere))
    hours = hours_of(result)
    for channel in result.channels:
        table.writerows(_rows(channel, hours))
    return text.getvalue()


def _gone_rows(channel: str, gone: Gone) -> Iterator[tuple[str, ...]]:
    for statistic in ("p50", "p90"):
        moment = getattr(gone, statistic)
        yield channel, "gone_by", "difference", moment or "", statistic, "" if moment else "later"


def _rows(channel: PeakChannel, hours: Sequence[dt.datetime]) -> Iterator[tuple[object, ...]]:
    name = channel.channel
    yield from _gone_rows(name, channel.gone)
    levels: dict[tuple[str, str], Level] = {
        ("largest", "with"): channel.largest,
        ("largest", "without"): channel.usual_largest,
        ("longest_wait_seconds", "with"): channel.longest_wait,
        ("longest_wait_seconds", "without"): channel.usual_longest_wait,
        ("attempts", "difference"): channel.extra_attempts,
        ("closed", "difference"): channel.extra_closed,
        ("lost", "difference"): channel.extra_lost,
    }
    for (quantity, case), level in levels.items():
        for statistic in ("p50", "p90"):
            yield name, quantity, case, "", statistic, getattr(level, statistic)
    curve = channel.curve
    for case, statistic, row in (
        ("with", "p5", curve.p5),
        ("with", "p50", curve.p50),
        ("with", "p95", curve.p95),
        ("without", "p50", curve.usual_p50),
        ("without", "p95", curve.usual_p95),
    ):
        for hour, value in zip(hours, row, strict=True):
            yield name, "open_work", case, hour.isoformat(), statistic, value
