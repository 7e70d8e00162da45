"""A municipality's theme: its colours and its font, out of a style sheet, checked for contrast.

A theme is no style sheet beside ours. Of the file it comes from only the values of our own
properties are kept, computed and written anew, so that what was checked is what is shown, and
nothing else in the file can change, hide or send anything.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Final

from simulation.report import chart, properties
from simulation.report.colours import as_hex, contrast
from simulation.report.fonts import Face, bare, faces, families
from simulation.report.properties import WHERE, Declared
from simulation.report.shell import Theme
from simulation.scenario.problems import Problem, ScenarioError, suggest

_DEFAULTS = Path(__file__).parent / "assets" / "theme.css"

FONTS: Final = ("--kk-font", "--kk-font-head")
ROUND: Final = "--kk-round"

TEXT: Final = 4.5
MARK: Final = 3.0
"""Least contrast of text, and of what is no text but carries meaning: WCAG 2.2, level AA."""

FOCUS: Final = ("--kk-focus", "--kk-focus-edge")
BACKS: Final = ("--kk-paper", "--kk-soft", "--kk-action-soft")
_WORDS = ("--kk-ink", "--kk-quiet", "--kk-link", "--kk-action")
_NORMS = ("--kk-good", "--kk-bad", "--kk-unsure")

PAIRS: Final = (
    *((front, back) for front in (*_WORDS, *_NORMS) for back in BACKS),
    ("--kk-ink", "--kk-warn"),
    ("--kk-on-action", "--kk-action"),
    ("--kk-on-badge", "--kk-badge"),
)
"""Colours of text, each with what is behind it."""

DRAWN: Final = (*(shade for shade, _ in chart.CHANNELS), chart.OTHER, chart.CHEAPER, chart.DEARER)
"""Colours in figures that mean something and are the same in every theme."""

_LENGTH = re.compile(r"0|\d{1,3}(\.\d{1,3})?(px|rem|em)")

_fault = partial(Problem, "")
"""Line, place, value, problem and remedy, before it is known how the file is called."""


def read_theme(text: str, name: str) -> Theme:
    """Read a theme out of a style sheet.

    Parameters
    ----------
    text : a style sheet with custom properties: our own, or tokens of the NL Design System
    name : its file, for messages

    Raises
    ------
    ScenarioError
        With everything that is wrong: what cannot be taken over, what is no colour or font, and
        every pair of colours with too little contrast.
    """
    try:
        theme, faults = _read(text)
    except RecursionError:
        theme, faults = None, [_fault(None, "", None, "is nested too deeply", "make it simpler")]
    if theme is None or faults:
        raise ScenarioError([replace(each, file=name) for each in faults])
    return theme


def _read(text: str) -> tuple[Theme, list[Problem]]:
    """Give the theme, and what is wrong with it."""
    rules = properties.rules(text)
    own = properties.declared(rules)
    values, faults = compute({**defaults(), **own}, own)
    used = {each.casefold() for name in FONTS for each in bare(values.get(name, ""))}
    found = [face for face in faces(rules) if face.family in used]
    changed = {each: value for each, value in values.items() if value != neutral()[each]}
    faults = [*_unfit(text, rules), *_unknown(own), *faults, *_absent(found), *_faint(values)]
    if not faults and not changed:
        faults = [_no_effect()]
    fonts = "".join(face.rule for face in found)
    sheet = "".join(f"{each}:{value};" for each, value in changed.items())
    return Theme(f"{fonts}:root{{{sheet}}}", bool(fonts)), faults


def _unfit(text: str, rules: properties.Tokens) -> Iterator[Problem]:
    """Find what makes a file something else than the style sheet of one theme."""
    if found := re.search("</style", text, re.IGNORECASE):
        line = text[: found.start()].count("\n") + 1
        yield _fault(line, "", found[0], "is no CSS", "give a style sheet only")
    for rule in rules:
        if rule.type == "error":
            yield _fault(rule.source_line, "", None, f"{rule.message}; not CSS", "put it right")
        elif rule.type == "at-rule" and rule.lower_at_keyword == "import":
            remedy = "put what is in that file into this one"
            yield _fault(rule.source_line, "", "@import", "is not followed", remedy)
    if len(classes := properties.themes(rules)) > 1:
        yield _fault(None, "", ", ".join(classes), "are several themes", "keep one of them")


def _unknown(own: Mapping[str, Declared]) -> Iterator[Problem]:
    """Find properties that look like ours and are not."""
    for name in own:
        if name.startswith("--kk-") and name not in defaults():
            line, remedy = own[name].line, suggest(name, defaults())
            yield _fault(line, name, None, "is no property of the page", remedy)


def _absent(found: list[Face]) -> Iterator[Problem]:
    """Find fonts that the page would have to fetch."""
    remedy = "put the font into this file, as url(data:font/woff2;base64,...)"
    for face in found:
        if not face.rule:
            place = f"@font-face {face.family}"
            yield _fault(face.line, place, None, "is not in the file", remedy)


def _no_effect() -> Problem:
    remedy = f"set --basis-* tokens or --kk-* properties on {WHERE}, outside @media and the like"
    return _fault(None, "", None, "changes nothing on the page", remedy)


@cache
def defaults() -> dict[str, Declared]:
    """Give our properties as our own style sheet declares them, in its order."""
    return properties.declared(properties.rules(_DEFAULTS.read_text(encoding="utf-8")))


@cache
def neutral() -> dict[str, str]:
    """Give the values of our properties where there is no theme."""
    return compute(defaults(), {})[0]


def compute(
    given: Mapping[str, Declared], own: Mapping[str, Declared]
) -> tuple[dict[str, str], list[Problem]]:
    """Compute our properties; the lines in what is wrong are those of the theme's ``own``."""
    values, faults = {}, []
    for name in defaults():
        found = properties.computed(name, given)
        try:
            values[name] = _value(name, found)
        except ValueError as error:
            line = own[name].line if name in own else None
            shown = None if found is None else found[:60]
            problem, remedy = error.args
            faults.append(_fault(line, name, shown, problem, remedy))
    return values, faults


def _value(name: str, text: str | None) -> str:
    if text is None:
        raise ValueError("refers to a property that is not set", "set it, or leave this one out")
    if name in FONTS:
        return families(text)
    if name == ROUND:
        if not _LENGTH.fullmatch(text):
            raise ValueError("is no length", "give one such as 4px or 0.25rem")
        return text
    try:
        return as_hex(text)
    except ValueError as error:
        raise ValueError(str(error), "write it as #rrggbb, rgb(), hsl() or oklch()") from error


def _faint(values: Mapping[str, str]) -> Iterator[Problem]:
    """Find every pair of colours with too little contrast; wrong values have no part in it."""
    known = {name: value for name, value in values.items() if value.startswith("#")}
    for front, back in PAIRS:
        if {front, back} <= known.keys():
            yield from _too_little(front, [known[front]], back, known[back], TEXT)
    lines = [known[name] for name in FOCUS if name in known]
    for back in (*BACKS, "--kk-warn"):
        if lines and back in known:
            yield from _too_little(" with ".join(FOCUS), lines, back, known[back], MARK)
    for shade in DRAWN if "--kk-paper" in known else ():
        yield from _too_little("figures", [shade], "--kk-paper", known["--kk-paper"], MARK)


def _too_little(
    front: str, shades: list[str], back: str, behind: str, least: float
) -> Iterator[Problem]:
    """Tell of a pair that is too faint; of several shades, one that stands out is enough."""
    found = max(contrast(shade, behind) for shade in shades)
    if found < least:
        seen = f"{' with '.join(shades)} on {back} {behind}"
        problem = f"has a contrast of {math.floor(100 * found) / 100:.2f}, less than {least}"
        yield _fault(None, front, seen, problem, "set colours that are further apart")
