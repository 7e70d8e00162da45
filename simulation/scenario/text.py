"""Texts for readers: one text for every language, or one for each."""

from typing import Annotated

from pydantic import Field

from simulation.scenario.base import Part

Line = Annotated[str, Field(min_length=1, max_length=2_000)]


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
