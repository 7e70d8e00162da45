"""What an answer costs in AWS, in words."""

import math
from collections.abc import Mapping

from functions.logic.costs import Costs
from simulation.report.numbers import euros

_CENT = 0.01


def in_words(costs: Costs, language: str, texts: Mapping[str, str]) -> str:
    """Say what something costs in AWS, such as ``ongeveer € 0,07 (…)``.

    Parameters
    ----------
    costs : with its span
    language : ``nl`` or ``en``
    texts : of the pages, in that language
    """

    def amount(value: float) -> str:
        return euros(value, language, 2)

    span = costs.euros
    if span.high < _CENT / 2:
        return texts["cost.less"].format(value=amount(_CENT))
    low, value, high = map(amount, (span.low, span.value, span.high))
    if low == high:
        return texts["cost.about"].format(value=value)
    if span.low < _CENT / 2:
        bound = math.ceil(round(span.high / _CENT, 6)) * _CENT
        return texts["cost.most"].format(value=amount(bound))
    return texts["cost.between"].format(value=value, low=low, high=high)
