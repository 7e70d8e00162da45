"""Texts for readers: one text for every language, or one for each."""

from typing import Annotated
from unicodedata import bidirectional, category

from pydantic import AfterValidator, Field

from simulation.scenario.base import Part


def readable(text: str) -> str:
    """Refuse a text that is blank or holds characters that steer a terminal or turn text around.

    Raises
    ------
    ValueError
        When it does.
    """
    if not text.strip():
        raise ValueError("is blank; write a text")
    if text.isprintable():  # What steers is not; most texts are, and need no second look.
        return text
    steering = sorted({character for character in text if _steers(character)})
    if steering:
        codes = ", ".join(f"U+{ord(character):04X}" for character in steering)
        raise ValueError(f"holds control characters ({codes}); leave them out")
    return text


def _steers(character: str) -> bool:
    return (category(character) == "Cc" and character != "\n") or bidirectional(character) in _TURNS


_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}

Line = Annotated[str, Field(min_length=1, max_length=2_000), AfterValidator(readable)]


class Translated(Part):
    """The same text in the two languages of the reports."""

    nl: Line
    """Dutch text."""

    en: Line
    """English text."""


Text = Line | Translated
"""A text, in one language for everyone or in each language."""


def in_language(text: Text | None, language: str, otherwise: str = "") -> str:
    """Give the text in a language (``nl`` or ``en``)."""
    if text is None:
        return otherwise
    return text if isinstance(text, str) else getattr(text, language)
