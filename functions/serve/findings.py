"""What is wrong with a scenario, in Dutch: what reads scenarios tells it in English.

The catalogue has a Dutch text for each English one, with the same placeholders. What it does not
know stays as it is; the page marks that as English.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from functions.serve.words import Words
from simulation.scenario.problems import Problem

ENGLISH: Final = "en"
DUTCH: Final = "nl"

_TEXTS = Path(__file__).parent / "texts" / "findings.nl.json"

_HOLE = re.compile(r"\{(\w+)\}")

_LONGEST: Final = 2_000
"""Characters of a text that is looked up: what a file holds may be in it."""

_NUMBERS: Final = frozenset("nmk")
"""Placeholders of whole numbers, which stand in a file without commas."""


@dataclass(frozen=True)
class Told:
    """One thing that is wrong.

    Attributes
    ----------
    where : file, line and place in the scenario, in the reader's language
    text : what is wrong, and what to do
    language : of the text
    """

    where: str
    text: str
    language: str


def told(problem: Problem, file: str, t: Words) -> Told:
    """Tell a problem to a reader.

    Parameters
    ----------
    problem : as it was found
    file : name of the file, as the reader has it; empty where it is about none
    t : the reader's words
    """
    parts = [file] if file else []
    if problem.line is not None:
        parts.append(t("told.line", n=problem.line))
    if problem.column is not None:
        parts.append(t("told.column", n=problem.column))
    where = ", ".join(filter(None, [*parts, problem.place]))
    found = _dutch(problem) if t.language == DUTCH else None
    return Told(where, found or _said(problem.value, problem), DUTCH if found else ENGLISH)


def end_told(problem: str, t: Words) -> Told:
    """Tell why a run failed: in Dutch if each line of it is known."""
    lines = [_end(each) for each in problem.splitlines()] if t.language == DUTCH else []
    known = [each for each in lines if each is not None]
    if lines and len(known) == len(lines):
        return Told("", "\n".join(known), DUTCH)
    return Told("", problem, ENGLISH)


def _end(line: str) -> str | None:
    """Give the Dutch of a line about a run, which may begin with the name of a file."""
    file, said = re.fullmatch(r"(\S+\.yaml: )?\s*(.*)", line.rstrip()).groups()  # type: ignore[union-attr]
    found = translated("ends", said)
    return None if found is None else f"{file or ''}{found}"


def _said(value: str | None, problem: Problem) -> str:
    what = problem.problem if value is None else f"{value} {problem.problem}"
    return f"{what}; {problem.remedy}"


def _dutch(problem: Problem) -> str | None:
    what, remedy = translated("problems", problem.problem), translated("remedies", problem.remedy)
    if what is None or remedy is None:
        return None
    what = re.sub(r"\bis niet een\b", "is geen", what)
    value = problem.value and (translated("words", problem.value) or problem.value)
    return f"{what}; {remedy}" if value is None else f"{value} {what}; {remedy}"


def translated(section: str, text: str) -> str | None:
    """Give the Dutch of a text; None if the catalogue has none.

    Parameters
    ----------
    section : of the catalogue, such as ``problems``
    text : in English
    """
    texts = _catalogue()[section]
    if text in texts or len(text) > _LONGEST:
        return texts.get(text)
    for pattern, dutch in _patterns(section):
        found = pattern.fullmatch(text)
        values = found and _filled(found.groupdict())
        if values:
            return dutch.format(**values)
    return None


def _filled(holes: Mapping[str, str]) -> dict[str, str] | None:
    """Give what stands in the Dutch text; None if some of it has no Dutch."""
    found = {name: _WAYS.get(name, _as_it_is)(value) for name, value in holes.items()}
    if any(value is None for value in found.values()):
        return None
    return {name: str(value) for name, value in found.items()}


def _as_it_is(text: str) -> str:
    return text


def _without_commas(text: str) -> str:
    return text.replace(",", "")


def _word(text: str) -> str:
    return translated("words", text) or text


def _words(text: str) -> str | None:
    """Give the Dutch of shapes that a value may have, of which there may be several."""
    if text.startswith("'"):
        first, _, rest = text.partition(", or ")
        others = f", of {_words(rest)}" if rest else ""
        return first.replace("' or '", "' of '") + others
    known = [translated("words", each) for each in text.split(", or ")]
    return None if None in known else ", of ".join(map(str, known))


def _causes(text: str) -> str | None:
    """Give the Dutch of why norms are missed: one cause after the other, each with its share."""
    parts = re.split(r"; (?=\d)", text)
    known = [each and translated("causes", each) for each in parts]
    return None if None in known else "; ".join(map(str, known))


def _choice(text: str) -> str:
    return text.replace(" or ", " of ").replace(" and ", " en ")


_WAYS: Final[Mapping[str, Callable[[str], str | None]]] = {
    **dict.fromkeys(_NUMBERS, _without_commas),
    **dict.fromkeys(("way", "day", "also"), _word),
    **dict.fromkeys(("options", "parameters", "years"), _choice),
    "what": _words,
    "causes": _causes,
    "share": lambda text: "niemand" if text == "nobody" else text,
    "hint": lambda text: translated("remedies", text),
}
"""How what fills a placeholder is said in Dutch; others stay as they are."""


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(_TEXTS.read_text(encoding="utf-8"))
    return found


@cache
def _patterns(section: str) -> list[tuple[re.Pattern[str], str]]:
    """Give the texts of a section that have placeholders, in their order."""
    return [
        (re.compile(_HOLE.sub(r"(?P<\1>.+?)", _escaped(english))), dutch)
        for english, dutch in _catalogue()[section].items()
        if _HOLE.search(english)
    ]


def _escaped(text: str) -> str:
    """Escape a text for a pattern, but for its placeholders."""
    return re.sub(r"[^{}\w]", lambda found: re.escape(found[0]), text)
