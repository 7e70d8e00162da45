"""All values that are stated as assumptions, with their range, source and owner."""

import re
from dataclasses import dataclass, replace

from simulation.comparison.document import PlacedAssumption, Result, ScenarioResult
from simulation.report import facts, words
from simulation.report.chart import NONE
from simulation.report.reader import Reader
from simulation.report.traced import Traced

_OWN = re.compile(r"^(own estimate|eigen schatting)\b\W*", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…][)'\"’”]*$")


@dataclass(frozen=True)
class Assumption:
    """One assumption."""

    place: str
    """Id on the page."""

    stated: PlacedAssumption
    words: str
    path: str
    value: str
    range: str
    grade: str
    source: str
    own: bool
    note: str
    letters: tuple[str, ...]


def assumptions(result: Result, reader: Reader) -> list[Assumption]:
    """Give every assumption once per value, with the scenarios that set it."""
    today = facts.baseline(result)
    merged: dict[PlacedAssumption, list[str]] = {}
    first: dict[PlacedAssumption, tuple[ScenarioResult, str]] = {}
    for place, scenario in enumerate(result.scenarios):
        for order, assumption in enumerate(scenario.assumptions):
            pointer = f"scenarios.{place}.assumptions.{order}"
            first.setdefault(assumption, (scenario, pointer))
            letters = merged.setdefault(assumption, [])
            if scenario is today or today.letter not in letters:
                letters.append(scenario.letter)
    rows = [
        _assumption(reader, assumption, *first[assumption], _set_by(result, assumption, letters))
        for assumption, letters in merged.items()
    ]
    rows.sort(key=lambda row: row.path)
    return [replace(row, place=reader.place("value", str(n))) for n, row in enumerate(rows, 1)]


def _set_by(result: Result, assumption: PlacedAssumption, letters: list[str]) -> tuple[str, ...]:
    """Give the scenarios whose own file sets it: the baseline's counts for all that inherit."""
    own = [
        letter
        for letter in letters
        if any(_touches(change, assumption.path) for change in _changes(result, letter))
    ]
    return tuple(own or letters[:1])


def _changes(result: Result, letter: str) -> tuple[str, ...]:
    return facts.by_letter(result, letter).changes


def _touches(change: str, path: str) -> bool:
    return path == change or path.startswith((f"{change}.", f"{change}["))


def _assumption(
    reader: Reader,
    assumption: PlacedAssumption,
    scenario: ScenarioResult,
    pointer: str,
    letters: tuple[str, ...],
) -> Assumption:
    source = [assumption.source, assumption.date] if assumption.source else []
    note = [_note(assumption, reader), assumption.owner and reader("owner", owner=assumption.owner)]
    return Assumption(
        place="",
        stated=assumption,
        words=words.path_words(reader, scenario, assumption.path),
        path=assumption.path,
        value=Traced(words.value(reader, assumption.value), f"{pointer}.value"),
        range=_range(reader, assumption, pointer),
        grade=assumption.grade or NONE,
        source=Traced(
            ", ".join(filter(None, source)) or reader("own_estimate"), f"{pointer}.source", "name"
        ),
        own=not assumption.source,
        note=Traced(" ".join(filter(None, note)), f"{pointer}.note", "name"),
        letters=letters,
    )


def _note(assumption: PlacedAssumption, reader: Reader) -> str:
    """Give the remark as a sentence, without repeating that there is no source."""
    note = reader.text(assumption.note).strip()
    if not assumption.source:
        note = _OWN.sub("", note)
    if note and not _ENDED.search(note):
        note += "."
    return note[:1].upper() + note[1:]


def _range(reader: Reader, assumption: PlacedAssumption, pointer: str) -> str:
    if assumption.low is None and assumption.high is None:
        return NONE
    low = words.value(reader, assumption.low) or "…"
    high = words.value(reader, assumption.high) or "…"
    return reader.mark(
        "range", low=Traced(low, f"{pointer}.low"), high=Traced(high, f"{pointer}.high")
    )
