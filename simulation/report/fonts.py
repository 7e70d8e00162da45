"""Fonts of a theme: the names in a list of families, and fonts that are in the file itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import tinycss2

from simulation.report.properties import Token, Tokens, declarations

_FAMILY = re.compile(r"[^\W_][\w .-]{0,80}")
_DATA = re.compile(r"data:(font|application)/[a-z0-9.+-]+;base64,[A-Za-z0-9+/]+={0,2}")
_WORD = re.compile(r"[\w+?, .%-]{1,200}")
_KEPT = ("font-weight", "font-style", "font-stretch", "unicode-range")


@dataclass(frozen=True)
class Face:
    """One font of a family."""

    line: int
    family: str
    """Its name, in lower case."""
    rule: str
    """Its ``@font-face`` rule, written anew; empty if the font is not in the file."""


def families(text: str) -> str:
    """Write a list of font families anew.

    Raises
    ------
    ValueError
        With what is wrong and a remedy, when it is no such list.
    """
    names = bare(text)
    if not all(map(_FAMILY.fullmatch, names)):
        raise ValueError("is no list of font names", "separate names by commas")
    written = (part.strip() for part in text.split(","))
    pairs = zip(written, names, strict=True)
    return ", ".join(name if part == name else f'"{name}"' for part, name in pairs)


def bare(text: str) -> list[str]:
    """Give the names in a list of font families without their quotes."""
    return [re.sub(r"""^(["'])(.*)\1$""", r"\2", part.strip()) for part in text.split(",")]


def faces(rules: Tokens) -> Iterator[Face]:
    """Give the fonts that a style sheet declares."""
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face" and rule.content:
            values = {each.lower_name: each.value for each in declarations(rule)}
            yield _face(rule.source_line, values)


def _face(line: int, values: dict[str, Tokens]) -> Face:
    texts = {key: tinycss2.serialize(value).strip() for key, value in values.items()}
    family = bare(texts.get("font-family", ""))[0]
    source = next(filter(None, map(_address, values.get("src", []))), None)
    if source is None or not _FAMILY.fullmatch(family):
        return Face(line, family.casefold(), "")
    kept = {key: texts[key] for key in _KEPT if _WORD.fullmatch(texts.get(key, ""))}
    rule = {"font-family": f'"{family}"', "src": f"url({source})", "font-display": "swap", **kept}
    inside = "".join(f"{key}:{value};" for key, value in rule.items())
    return Face(line, family.casefold(), f"@font-face{{{inside}}}")


def _address(token: Token) -> str | None:
    """Give the address of a font that is in the file itself."""
    arguments = token.arguments if token.type == "function" else [token]
    found = (each.value for each in arguments if each.type in {"url", "string"})
    return next(filter(_DATA.fullmatch, found), None)
