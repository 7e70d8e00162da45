"""What the pages say, in one language."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from simulation.report import numbers, words
from simulation.report.reader import Reader, catalogue

_TEXTS = Path(__file__).parent / "texts"

_MINUTE: Final = 60.0
_HOUR: Final = 3600.0


class Words(Reader):
    """A reader of the catalogue of these pages; words that the reports have too are theirs."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._texts = {**catalogue(language), **own_texts(language)}

    def title(self, title: str | dict[str, str]) -> str:
        """Give a title of a scenario: one text, or one by language."""
        return title if isinstance(title, str) else title[self.language]

    def when(self, moment: str) -> str:
        """Write a moment of the records by the clock of this machine."""
        local = dt.datetime.fromisoformat(moment).astimezone()
        clock = f"{local:%H.%M}" if self.language == "nl" else f"{local:%H:%M}"
        return self("when", date=words.date(self, local), clock=clock)

    def exactly(self, value: float, least: int = 1) -> str:
        """Write a number with all its decimals: none, or so many at least."""
        decimals = len(repr(float(value)).partition(".")[2].rstrip("0"))
        return self.number(value, max(least, decimals) if decimals else 0)

    def percent_exactly(self, share: float) -> str:
        """Write a share as a percentage with all its decimals."""
        return f"{self.exactly(percent(share))}%"

    def points(self, share: float) -> str:
        """Write a share as percentage points, without the word."""
        return self.number(100 * share, 2)

    def about(self, seconds: float) -> str:
        """Write a length of time as nobody knows it better: no seconds after the first minute."""
        unit = 1.0 if seconds < _MINUTE else _MINUTE if seconds < _HOUR else 0.5 * _HOUR
        step = 5 * unit if unit == 1 else unit
        return numbers.duration(max(step, round(seconds / step) * step), self.language)


def percent(share: float) -> float:
    """Give a share as the percentage that a person writes: 0.57 is 57.0, not 56.99999999999999."""
    return float(f"{share!r}e2")


@cache
def read_words(language: str) -> Words:
    """Give the words of a language."""
    return Words(language)


@cache
def own_texts(language: str) -> dict[str, str]:
    """Read the catalogue of these pages."""
    found: dict[str, Any] = json.loads((_TEXTS / f"{language}.json").read_text(encoding="utf-8"))
    return found
