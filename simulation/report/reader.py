"""One reader's language: the catalogue of texts, and numbers written in that language."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from simulation.comparison.document import Estimate
from simulation.report import numbers
from simulation.scenario.text import Text, in_language

LANGUAGES: Final = ("nl", "en")
"""Languages of a page; the first is the default."""

_TEXTS = Path(__file__).parent / "texts"


@cache
def catalogue(language: str, *, equal: bool = False, alone: bool = False) -> dict[str, str]:
    """Read the texts of a language: a flat mapping from key to text with placeholders.

    Where scenarios are compared at equal service (``equal``) some texts differ: the yardstick is
    not today as rostered but 0*, today's channels staffed just well enough. A scenario that stands
    alone (``alone``) may be a strategy: nothing is said of today then.
    """
    names = [language]
    names += [f"{language}.equal"] * equal + [f"{language}.alone"] * alone
    names += [f"{language}.alone.equal"] * (alone and equal)
    texts: dict[str, str] = {}
    for name in names:
        texts |= _read(name)
    return texts


def _read(name: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads((_TEXTS / f"{name}.json").read_text(encoding="utf-8"))
    return texts


def half_width(estimate: Estimate) -> float | None:
    """Give half the width of the interval of a mean; None where there is none."""
    if estimate.low is None or estimate.high is None:
        return None
    return (estimate.high - estimate.low) / 2


class Reader:
    """Says things in one language; see `catalogue`."""

    def __init__(self, language: str, *, equal: bool = False, alone: bool = False) -> None:
        self.language = language
        self._texts = catalogue(language, equal=equal, alone=alone)

    def __call__(self, key: str, /, **values: object) -> str:
        """Give a text of the catalogue with its placeholders filled in."""
        return self._texts[key].format(**values)

    def template(self, key: str) -> str:
        """Give a text of the catalogue with its placeholders open."""
        return self._texts[key]

    def mark(self, key: str, /, **values: object) -> Markup:
        """Give a text as HTML: each figure among the values carries its path."""
        return Markup(escape(self._texts[key])).format(**values)

    def place(self, kind: str, name: str) -> str:
        """Give the id of a part of the page in this language: ``nl-bill-A``."""
        return f"{self.language}-{kind}-{name}"

    def total(self, letter: str, name: str = "structural") -> str:
        """Give the id of a total of a scenario's bill: ``structural``, ``once``, ``full``."""
        return self.place("total", f"{letter}-{name}")

    def knows(self, key: str) -> bool:
        """Tell whether the catalogue has a text."""
        return key in self._texts

    def count(self, key: str, n: int, /, **values: object) -> str:
        """Give the singular or plural of a text; ``{n}`` is the number."""
        form = "one" if n == 1 else "other"
        return self(f"{key}.{form}", n=self.number(n), **values)

    def text(self, text: Text | None, otherwise: str = "") -> str:
        """Give a text of the scenario in this language."""
        return in_language(text, self.language, otherwise)

    def listing(self, names: Iterable[str]) -> str:
        """Write ``A, B and C``."""
        *first, last = list(names) or [""]
        return f"{', '.join(first)} {self('and')} {last}" if first else last

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number."""
        return numbers.number(value, self.language, digits)

    def percent(self, share: float, digits: int = 0) -> str:
        """Write a share as a percentage."""
        return numbers.percent(share, self.language, digits)

    def beside(self, share: float, limit: float) -> str:
        """Write a share so that the side of the limit shows."""
        return numbers.percent_beside(share, limit, self.language)

    def euros(self, amount: float, half: float | None = None) -> str:
        """Write an amount without its sign, to the precision of an interval."""
        amount = abs(numbers.round_to_interval(amount, half))
        return numbers.euros(amount, self.language, self._cents(amount, half))

    def signed_euros(self, amount: float, half: float | None = None) -> str:
        """Write a difference in euros with its sign, to the precision of an interval."""
        amount = numbers.round_to_interval(amount, half)
        return numbers.signed_euros(amount, self.language, self._cents(amount, half))

    def rounded_euros(self, amount: float, digits: int) -> str:
        """Write a difference in euros that was rounded to a decimal place before."""
        return numbers.signed_euros(amount, self.language, max(0, digits))

    def signed(self, value: float, half: float | None = None) -> str:
        """Write a difference with its sign, to the precision of an interval."""
        value = numbers.round_to_interval(value, half, 1)
        return numbers.signed_number(value, self.language, numbers.decimals(value, half, 1))

    def amount(self, value: float, half: float | None = None) -> str:
        """Write a number without its sign, to the precision of an interval."""
        value = abs(numbers.round_to_interval(value, half, 1))
        return numbers.number(value, self.language, numbers.decimals(value, half, 1))

    def interval(self, estimate: Estimate) -> str:
        """Write the interval of a difference in euros: ``−€ 360.000 tot −€ 120.000``."""
        half = half_width(estimate)
        if estimate.low is None or estimate.high is None:
            return self("interval.none")
        low, high = self.signed_euros(estimate.low, half), self.signed_euros(estimate.high, half)
        return self("interval", low=low, high=high)

    @staticmethod
    def _cents(amount: float, half: float | None) -> int:
        return 2 if 0 < abs(amount) < numbers.LARGE and numbers.decimals(amount, half) else 0
