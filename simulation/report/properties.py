"""Custom properties that a style sheet declares for a whole page, and their values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import tinycss2

_EVERYWHERE = re.compile(r"(:root|html|body)?(\.[\w-]+-theme)?")
WHERE: Final = ":root, html, body or a class that ends in -theme"
"""The selectors that `declared` reads."""

_DEEPEST: Final = 50
_LONGEST: Final = 10_000
"""How far values may refer to values, and how long they may become; no theme comes near."""

Token = Any
Tokens = list[Token]
"""What tinycss2 gives: rules, declarations, values."""


@dataclass(frozen=True)
class Declared:
    """The value of a custom property, and the line on which it stands."""

    value: Tokens
    line: int


def rules(text: str) -> Tokens:
    """Give the rules of a style sheet."""
    return list(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))


def declared(found: Tokens) -> dict[str, Declared]:
    """Give the custom properties that hold for a whole page; the last one of a name counts.

    Those under a condition (``@media``) and those of a part of a page are no part of it.
    """
    return {
        each.name: Declared(each.value, each.source_line)
        for rule in found
        if rule.type == "qualified-rule" and any(map(_EVERYWHERE.fullmatch, selectors(rule)))
        for each in declarations(rule)
        if each.name.startswith("--")
    }


def themes(found: Tokens) -> list[str]:
    """Give the classes for which themes are declared, in order."""
    classes = [
        match[2]
        for rule in found
        if rule.type == "qualified-rule"
        for selector in selectors(rule)
        if (match := _EVERYWHERE.fullmatch(selector)) and match[2]
    ]
    return list(dict.fromkeys(classes))


def selectors(rule: Token) -> list[str]:
    """Give the selectors of a rule, none of which is empty."""
    written = tinycss2.serialize(rule.prelude).split(",")
    return list(filter(None, map(str.strip, written)))


def declarations(rule: Token) -> Iterator[Token]:
    """Give what a rule declares."""
    for each in tinycss2.parse_blocks_contents(rule.content):
        if each.type == "declaration":
            yield each


def computed(name: str, given: Mapping[str, Declared], within: tuple[str, ...] = ()) -> str | None:
    """Give the value of a custom property with every ``var()`` in it replaced.

    Returns
    -------
    The value, or none if it is not set, refers to what is not set, or refers to itself.
    """
    if name not in given or name in within or len(within) >= _DEEPEST:
        return None
    value = _replaced(given[name].value, given, (*within, name))
    return None if value is None else value.strip()


def _replaced(tokens: Tokens, given: Mapping[str, Declared], within: tuple[str, ...]) -> str | None:
    whole = ""
    for token in tokens:
        part = _part(token, given, within)
        if part is None or len(whole) + len(part) > _LONGEST:
            return None
        whole += part
    return whole


def _part(token: Token, given: Mapping[str, Declared], within: tuple[str, ...]) -> str | None:
    if token.type in {"comment", "error"}:
        return "" if token.type == "comment" else None
    if token.type != "function":
        return str(token.serialize())
    if token.lower_name != "var":
        inside = _replaced(token.arguments, given, within)
        return None if inside is None else f"{token.name}({inside})"
    name, fallback = _reference(token.arguments)
    value = computed(name, given, within)
    if value is None and fallback is not None:
        return _replaced(fallback, given, within)
    return value


def _reference(arguments: Tokens) -> tuple[str, Tokens | None]:
    """Split what stands in ``var()``: the name, and the fallback if there is one."""
    commas = [place for place, token in enumerate(arguments) if token == ","]
    first = commas[0] if commas else len(arguments)
    names = [token.value for token in arguments[:first] if token.type == "ident"]
    return names[0] if len(names) == 1 else "", arguments[first + 1 :] if commas else None
