"""Names of things in a reader's language: channels, teams, norms, groups, paths, dates."""

import datetime as dt
import re
from typing import Final

from simulation.comparison.document import CostLine, NormResult, Period, Result, ScenarioResult
from simulation.report import numbers
from simulation.report.facts import by_letter, place, waiting_channels
from simulation.report.reader import Reader

LONGEST_TITLE: Final = 70
"""Characters of a scenario's title in a sentence."""

_WITHIN = re.compile(r"(\d+(?:\.\d+)?) ([a-z]+(?: [a-z]+)?)")
SMALL: Final = 1e-3
"""Below this a value needs more decimals."""

_LIST = re.compile(r"-?\d+(?:\.\d+)?(?:, -?\d+(?:\.\d+)?)+")
_SEGMENT = re.compile(r"[^.\[\]/]+")


def clip(text: str, characters: int, words: int | None = None) -> str:
    """Shorten a text at a word, with an ellipsis where something is left out."""
    text = " ".join(text.split())
    kept = " ".join(text.split(" ")[:words])
    if len(kept) > characters:
        kept = kept[: characters - 1]
        kept = kept.rpartition(" ")[0] or kept
    return kept if kept == text else kept.rstrip(" ,.;:") + "…"


def title_of(node: object, language: str) -> str | None:
    """Give the title of a part of a scenario's dump, if it has one."""
    title = node.get("title") if isinstance(node, dict) else None
    if isinstance(title, dict):
        title = title.get(language)
    return title if isinstance(title, str) and title else None


def lower_first(text: str) -> str:
    """Start with a small letter, for use inside a sentence; abbreviations stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Start with a capital."""
    return text[:1].upper() + text[1:]


def plain(key: str) -> str:
    """Make a key readable."""
    return key.replace("_", " ")


def scenario_name(reader: Reader, scenario: ScenarioResult) -> str:
    """Give the title of a scenario, short enough for a sentence."""
    return clip(reader.text(scenario.title), LONGEST_TITLE)


def badge_name(reader: Reader, result: Result, letter: str) -> str:
    """Give what a title calls a scenario: ``scenario A``, or today."""
    if place(result, letter) == 0:
        return reader("today")
    return reader("scenario.letter", letter=letter)


def badge_names(reader: Reader, result: Result, letters: tuple[str, ...]) -> str:
    """Give what a title calls several scenarios: ``today and scenarios A and B``."""
    others = [letter for letter in letters if place(result, letter) > 0]
    today = [reader("today")] if len(others) < len(letters) else []
    if len(others) == 1:
        return reader.listing([*today, reader("scenario.letter", letter=others[0])])
    several = [reader("scenario.letters", letters=reader.listing(others))] if others else []
    return reader.listing([*today, *several])


def part_name(reader: Reader, scenario: ScenarioResult, room: str, key: str) -> str:
    """Give the title of a channel, team or cost line of a scenario."""
    parts = scenario.scenario.get(room)
    node = parts.get(key) if isinstance(parts, dict) else None
    if title := title_of(node, reader.language):
        return title
    known = f"{room}.{key}"
    return reader(known) if reader.knows(known) else plain(key).capitalize()


def channel_name(reader: Reader, scenario: ScenarioResult, channel: str) -> str:
    """Give what readers call a channel."""
    return part_name(reader, scenario, "channels", channel)


def waiting_at(reader: Reader, result: Result, letter: str) -> str:
    """Say on which channels citizens wait, after a space; nothing where that is not measured."""
    scenario = by_letter(result, letter)
    names = [
        lower_first(clip(channel_name(reader, scenario, channel), LONGEST_TITLE))
        for channel in waiting_channels(result, scenario)
    ]
    return reader("waiting.at", channels=reader.listing(names)) if names else ""


def group_name(reader: Reader, scenario: ScenarioResult, group: str) -> str:
    """Give what readers call a group of cost lines."""
    kind, _, team = group.partition(".")
    if kind == "staff" and team:
        return reader("group.staff", team=lower_first(part_name(reader, scenario, "teams", team)))
    known = f"group.{kind}"
    return reader(known) if reader.knows(known) else plain(group)


def line_name(reader: Reader, scenario: ScenarioResult, line: CostLine) -> str:
    """Give what readers call a line of the bill."""
    kind, *parts = line.name.split(".")
    if kind == "staff" and parts:
        team = part_name(reader, scenario, "teams", parts[0])
        return ": ".join([upper_first(team), *(word(reader, part) for part in parts[1:])])
    if line.title is not None:
        return upper_first(reader.text(line.title))
    return upper_first(" ".join(word(reader, part) for part in parts or [kind]))


def within(reader: Reader, text: str) -> str:
    """Give the time of a norm in words: ``8 hours working time`` becomes ``8 werkuren``."""
    match = _WITHIN.match(text)
    if match is None:
        return text
    amount = float(match[1])
    unit = match[2].split(" ")[0].rstrip("s")
    kind = "working_" if "working" in text else ""
    unit = "day" if unit == "working" else unit
    key = f"unit.{kind}{unit}"
    if not reader.knows(f"{key}.one"):
        return text
    digits = 0 if amount == int(amount) else 1
    form = "one" if amount == 1 else "other"
    return reader(f"{key}.{form}", n=reader.number(amount, digits))


def norm_rule(reader: Reader, norm: NormResult) -> str:
    """Give what a norm asks: ``80% binnen 25 seconden``."""
    target = reader.percent(norm.target, 0 if round(norm.target * 100, 6) % 1 == 0 else 1)
    return reader("norm.rule", target=target, within=within(reader, norm.within))


def norm_column(reader: Reader, scenario: ScenarioResult, norm: NormResult) -> tuple[str, str]:
    """Give the name of a norm and what it asks, without saying its time twice."""
    name, time = norm_name(reader, scenario, norm), within(reader, norm.within)
    rule = norm_rule(reader, norm)
    if time in name:
        rule = reader("service.norm", target=reader.percent(norm.target))
    return name, rule


def norm_name(reader: Reader, scenario: ScenarioResult, norm: NormResult) -> str:
    """Give what readers call a norm: its title or its channel, with its time if not alone."""
    if norm.title is not None:
        return upper_first(clip(reader.text(norm.title), LONGEST_TITLE))
    name = channel_name(reader, scenario, norm.channel)
    same = [other for other in scenario.norms if other.channel == norm.channel]
    return f"{name} ({within(reader, norm.within)})" if len(same) > 1 else name


def word(reader: Reader, segment: str) -> str:
    """Give a word for one segment of a path."""
    known = f"word.{segment}"
    return reader(known) if reader.knows(known) else plain(segment)


def path_words(reader: Reader, scenario: ScenarioResult, path: str) -> str:
    """Give a path in a scenario in words: ``Telefoon › behandeltijd › gemiddelde``."""
    node: object = scenario.scenario
    words = []
    for segment in _SEGMENT.findall(path):
        node = _step(node, segment)
        title = title_of(node, reader.language) or _known_title(reader, scenario, segment)
        words.append(title or (f"{int(segment) + 1}" if segment.isdigit() else ""))
        words[-1] = words[-1] or _room_word(reader, segment)
    return " › ".join(words[1:] if len(words) > 1 and _is_room(path) else words)


def _step(node: object, segment: str) -> object:
    if isinstance(node, dict):
        return node.get(segment)
    if isinstance(node, list | tuple) and segment.isdigit() and int(segment) < len(node):
        return node[int(segment)]
    return None


def _known_title(reader: Reader, scenario: ScenarioResult, segment: str) -> str | None:
    """Give the title of a reason, channel or team that a path names outside its room."""
    rooms = (scenario.scenario.get(room) for room in ("reasons", "channels", "teams"))
    found = (room.get(segment) for room in rooms if isinstance(room, dict))
    return next(filter(None, (title_of(node, reader.language) for node in found)), None)


def _is_room(path: str) -> bool:
    """Tell whether a path starts with a room whose members speak for themselves."""
    return path.partition(".")[0] in {"channels", "teams"}


def _room_word(reader: Reader, segment: str) -> str:
    for room in ("channels", "teams"):
        if reader.knows(f"{room}.{segment}"):
            return reader(f"{room}.{segment}")
    return word(reader, segment)


def value(reader: Reader, number: float | int | str | None) -> str:
    """Write a value of a scenario: a number, or a text with its duration translated."""
    if number is None:
        return ""
    if isinstance(number, str):
        if _LIST.fullmatch(number):
            return "; ".join(value(reader, float(part)) for part in number.split(", "))
        return within(reader, number)
    if number and abs(number) < SMALL:
        return reader.number(number, 6).rstrip("0")
    digits = next((d for d in range(4) if round(number, d) == number), 4)
    return reader.number(number, digits)


def date(reader: Reader, moment: dt.date, *, year: bool = True) -> str:
    """Write a date: ``5 januari 2026``."""
    month = reader(f"month.{moment.month}")
    return f"{moment.day} {month} {moment.year}" if year else f"{moment.day} {month}"


def period(reader: Reader, when: Period) -> str:
    """Write the simulated period: ``5 t/m 11 januari 2026``, with times if shorter than a day."""
    start, end = dt.datetime.fromisoformat(when.start), dt.datetime.fromisoformat(when.end)
    if end - start < dt.timedelta(days=1):
        clock = reader("period.clock", start=f"{start:%H:%M}", end=f"{end:%H:%M}")
        return f"{date(reader, start)}, {clock}"
    last = end - dt.timedelta(microseconds=1)
    if start.date() == last.date():
        return date(reader, start)
    if (start.year, start.month) == (last.year, last.month):
        return reader("period.days", start=start.day, end=date(reader, last))
    first = date(reader, start, year=start.year != last.year)
    return reader("period.days", start=first, end=date(reader, last))


def hours(reader: Reader, amount: float, half: float | None = None) -> str:
    """Write a number of hours without its sign."""
    return reader("hours", n=reader.amount(amount, half))


def seconds(reader: Reader, amount: float) -> str:
    """Write a length of time."""
    return numbers.duration(amount, reader.language)
