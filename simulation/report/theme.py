"""A municipality's theme: its colours and its font, out of a style sheet, checked for contrast.

A theme is no style sheet beside ours. Of the file it comes from only the values of our own
properties are kept, computed and written anew, so that what was checked is what is shown, and
nothing else in the file can change, hide or send anything.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

from simulation.report import chart, properties
from simulation.report.colours import as_hex, contrast
from simulation.report.properties import WHERE, Declared
from simulation.scenario.problems import Problem, ScenarioError

_DEFAULTS = Path(__file__).parent / "assets" / "theme.css"

FONTS: Final = ("--kk-font", "--kk-font-head")
ROUND: Final = "--kk-round"

TEXT: Final = 4.5
MARK: Final = 3.0
"""Least contrast of text, and of what is no text but carries meaning: WCAG 2.2, level AA."""

_BACKS = ("--kk-paper", "--kk-soft", "--kk-action-soft")
_WORDS = ("--kk-ink", "--kk-quiet", "--kk-link", "--kk-action")
_NORMS = ("--kk-good", "--kk-bad", "--kk-unsure")

PAIRS: Final = (
    *((front, back) for front in (*_WORDS, *_NORMS) for back in _BACKS),
    ("--kk-ink", "--kk-warn"),
    ("--kk-on-action", "--kk-action"),
    ("--kk-on-badge", "--kk-badge"),
)
"""Colours of text, each with what is behind it."""

DRAWN: Final = (*(shade for shade, _ in chart.CHANNELS), chart.OTHER, chart.CHEAPER, chart.DEARER)
"""Colours in figures that mean something and are the same in every theme."""

_FAMILY = re.compile(r"[^\W_][\w .-]{0,80}")
_LENGTH = re.compile(r"0|\d{1,3}(\.\d{1,3})?(px|rem|em)")
_DATA = re.compile(r"data:(font/[a-z0-9+-]+|application/[a-z0-9+-]+);base64,[A-Za-z0-9+/]+={0,2}")
_WORD = re.compile(r"[\w+?, .%-]{1,200}")


@dataclass(frozen=True)
class Theme:
    """What a page needs to look like its municipality."""

    style: str
    """Style that sets our properties; it comes after our own style sheet."""
    has_fonts: bool
    """Whether the style carries fonts, as ``data:`` addresses."""


@dataclass(frozen=True)
class _Fault:
    """What is wrong: on which line, at which property or place, and what helps."""

    line: int | None
    place: str
    value: str | None
    problem: str
    remedy: str


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
        theme, faults = None, [_Fault(None, "", None, "is nested too deeply", "make it simpler")]
    if theme is None:
        raise ScenarioError(
            Problem(name, each.line, each.place, each.value, each.problem, each.remedy)
            for each in faults
        )
    return theme


def _read(text: str) -> tuple[Theme | None, list[_Fault]]:
    rules = properties.rules(text)
    own = properties.declared(rules)
    faults = [*_unfit(text, rules), *_unknown(own)]
    if faults:
        return None, faults
    values, faults = compute({**defaults(), **own}, own)
    used = ",".join(values.get(each, "") for each in FONTS).replace('"', "").casefold()
    faces = [_face(line, face) for line, face in properties.fonts(rules)]
    faults += [each for each in faces if isinstance(each, _Fault)]
    changed = {each: value for each, value in values.items() if value != neutral()[each]}
    if not faults and not changed:
        faults = [_no_effect()]
    faults += _faint(values)
    if faults:
        return None, faults
    sheet = "".join(f"{each}:{value};" for each, value in changed.items())
    styles = [face[1] for face in faces if isinstance(face, tuple) and face[0] in used.split(",")]
    return Theme(f"{''.join(styles)}:root{{{sheet}}}", bool(styles)), []


def _unfit(text: str, rules: properties.Tokens) -> Iterator[_Fault]:
    """Find what makes a file something else than the style sheet of one theme."""
    if "</" in text:
        line = text[: text.index("</")].count("\n") + 1
        yield _Fault(line, "", "</", "does not belong in a style sheet", "give a file of CSS only")
    for rule in rules:
        if rule.type == "error":
            yield _Fault(rule.source_line, "", None, f"{rule.message}; not CSS", "put it right")
        elif rule.type == "at-rule" and rule.lower_at_keyword == "import":
            remedy = "put what is in that file into this one"
            yield _Fault(rule.source_line, "", "@import", "is not followed", remedy)
    if len(found := properties.themes(rules)) > 1:
        yield _Fault(None, "", ", ".join(found), "are several themes", "keep one of them")


def _unknown(own: Mapping[str, Declared]) -> Iterator[_Fault]:
    """Find properties that look like ours and are not."""
    for name in own:
        if name.startswith("--kk-") and name not in defaults():
            near = get_close_matches(name, defaults(), 1)
            remedy = f"did you mean {near[0]}?" if near else f"choose from {', '.join(defaults())}"
            yield _Fault(own[name].line, name, None, "is no property of the page", remedy)


def _no_effect() -> _Fault:
    remedy = f"set --basis-* tokens or --kk-* properties on {WHERE}, outside @media and the like"
    return _Fault(None, "", None, "changes nothing on the page", remedy)


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
) -> tuple[dict[str, str], list[_Fault]]:
    """Compute our properties; the lines in what is wrong are those of the theme's ``own``."""
    values, faults = {}, []
    for name in defaults():
        found = properties.computed(name, given)
        try:
            values[name] = _value(name, found)
        except ValueError as error:
            line = own[name].line if name in own else None
            shown = None if found is None else found[:60]
            faults.append(_Fault(line, name, shown, *map(str, error.args)))
    return values, faults


def _value(name: str, text: str | None) -> str:
    if text is None:
        raise ValueError("refers to a property that is not set", "set it, or leave this one out")
    if name in FONTS:
        return _families(text)
    if name == ROUND:
        if not _LENGTH.fullmatch(text):
            raise ValueError("is no length", "give one such as 4px or 0.25rem")
        return text
    try:
        return as_hex(text)
    except ValueError as error:
        raise ValueError(str(error), "write it as #rrggbb, rgb(), hsl() or oklch()") from error


def _families(text: str) -> str:
    """Write a list of font families anew."""
    names = [part.strip() for part in text.split(",")]
    bare = [name[1:-1] if name[:1] in {'"', "'"} and name[-1:] == name[:1] else name
            for name in names]  # fmt: skip
    if not all(map(_FAMILY.fullmatch, bare)):
        raise ValueError("is no list of font names", "separate names by commas")
    pairs = zip(names, bare, strict=True)
    return ", ".join(f'"{inside}"' if name != inside else name for name, inside in pairs)


def _face(line: int, face: dict[str, properties.Tokens]) -> tuple[str, str] | _Fault:
    """Write a font face anew: its name, folded, and its rule."""
    texts = {key: properties.tinycss2.serialize(value).strip() for key, value in face.items()}
    try:
        family = _families(texts.get("font-family", ""))
    except ValueError as error:
        return _Fault(line, "@font-face", texts.get("font-family"), *map(str, error.args))
    source = next(filter(None, map(_data, face.get("src", []))), None)
    if source is None:
        remedy = "put the font into this file, as url(data:font/woff2;base64,...)"
        return _Fault(line, f"@font-face {family}", None, "is not in the file", remedy)
    keys = ("font-weight", "font-style", "font-stretch", "unicode-range")
    more = {key: texts[key] for key in keys if key in texts and _WORD.fullmatch(texts[key])}
    rule = {"font-family": family, "src": f"url({source})", "font-display": "swap", **more}
    inside = "".join(f"{key}:{value};" for key, value in rule.items())
    return family.replace('"', "").casefold(), f"@font-face{{{inside}}}"


def _data(token: object) -> str | None:
    """Give the address of a font that is in the file itself."""
    addresses = [
        each.value for each in (token, *getattr(token, "arguments", ()))
        if getattr(each, "type", "") in {"url", "string"}
    ]  # fmt: skip
    return next((each for each in addresses if _DATA.fullmatch(each)), None)


def _faint(values: Mapping[str, str]) -> Iterator[_Fault]:
    """Find every pair of colours with too little contrast."""
    for front, back in PAIRS:
        if {front, back} <= values.keys():
            yield from _too_little(front, (values[front],), back, values[back], TEXT)
    lines = [values[name] for name in ("--kk-focus", "--kk-focus-edge") if name in values]
    for back in (*_BACKS, "--kk-warn"):
        if lines and back in values:
            yield from _too_little("--kk-focus", lines, back, values[back], MARK)
    for shade in DRAWN if "--kk-paper" in values else ():
        yield from _too_little("figures", (shade,), "--kk-paper", values["--kk-paper"], MARK)


def _too_little(
    front: str, shades: tuple[str, ...] | list[str], back: str, behind: str, least: float
) -> Iterator[_Fault]:
    """Tell of a pair that is too faint; of several shades, one that stands out is enough."""
    found = max(contrast(shade, behind) for shade in shades)
    if found < least:
        seen = f"{' with '.join(shades)} on {back} {behind}"
        problem = f"has a contrast of {int(100 * found) / 100:.2f}, less than {least}"
        fixed = front if front in defaults() else back
        remedy = "set a lighter one" if fixed == back else f"set {front} or {back} further apart"
        yield _Fault(None, front, seen, problem, remedy)
