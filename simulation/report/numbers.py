"""Numbers as people read them, in Dutch and in English.

Dutch groups with a full stop and has a decimal comma; a negative number has a real minus sign;
amounts and their unit never break over two lines. A mean is shown to the precision that its
interval supports: two significant digits of half the interval's width.
"""

import math

MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"

LARGE = 100
"""From here on numbers and amounts are shown without decimals."""

_SWAP = str.maketrans(",.", ".,")
_UNITS = ((86_400.0, "day"), (3_600.0, "hour"), (60.0, "minute"), (1.0, "second"))
_NAMES = {
    "nl": {
        "second": ("seconde", "seconden"),
        "minute": ("minuut", "minuten"),
        "hour": ("uur", "uur"),
        "day": ("dag", "dagen"),
    },
    "en": {
        "second": ("second", "seconds"),
        "minute": ("minute", "minutes"),
        "hour": ("hour", "hours"),
        "day": ("day", "days"),
    },
}


def _unsigned(value: float, language: str, digits: int) -> str:
    text = f"{abs(value):,.{digits}f}"
    return text.translate(_SWAP) if language == "nl" else text


def _sign(value: float, digits: int) -> str:
    """Give the sign of what is shown: −0.2 without decimals is 0 and has none."""
    shown = round(value, digits)
    return MINUS if shown < 0 else "+" if shown > 0 else ""


def number(value: float, language: str, digits: int = 0) -> str:
    """Write a number, such as ``1.234,5``.

    Examples
    --------
    >>> number(-1234.5, "nl", 1), number(-1234.5, "en", 1), number(-0.2, "nl")
    ('−1.234,5', '−1,234.5', '0')
    """
    return _sign(value, digits).replace("+", "") + _unsigned(value, language, digits)


def signed_number(value: float, language: str, digits: int = 0) -> str:
    """Write a number with its sign; zero has none."""
    return _sign(value, digits) + _unsigned(value, language, digits)


def euros(amount: float, language: str, digits: int = 0) -> str:
    """Write an amount: ``€ 1.234`` or ``−€ 240.000`` in Dutch, ``−€240,000`` in English."""
    space = NBSP if language == "nl" else ""
    sign = _sign(amount, digits).replace("+", "")
    return f"{sign}€{space}{_unsigned(amount, language, digits)}"


def signed_euros(amount: float, language: str, digits: int = 0) -> str:
    """Write an amount with its sign, for differences: ``+€ 160.000``."""
    plus = "+" if _sign(amount, digits) == "+" else ""
    return plus + euros(amount, language, digits)


def percent(share: float, language: str, digits: int = 0) -> str:
    """Write a share as a percentage: 0.875 with one digit is ``87,5%``."""
    return number(100 * share, language, digits) + "%"


def percent_beside(share: float, limit: float, language: str) -> str:
    """Write a share with as many decimals as it takes to show on which side of a limit it is.

    Examples
    --------
    >>> percent_beside(0.796, 0.8, "nl"), percent_beside(0.87, 0.8, "nl")
    ('79,6%', '87%')
    """
    for digits in range(3):
        shown, bound = round(100 * share, digits), round(100 * limit, 9)
        if (shown < bound) == (share < limit) and (shown > bound) == (share > limit):
            return percent(share, language, digits)
    return percent(share, language, 2)


def points(distance: float, language: str, digits: int = 1) -> str:
    """Write a difference between two shares in percentage points, without the unit."""
    return signed_number(100 * distance, language, digits)


def duration(seconds: float, language: str) -> str:
    """Write a length of time in the largest unit that it fills: ``1,5 uur``, ``25 seconden``."""
    size, unit = next(((s, u) for s, u in _UNITS if abs(seconds) >= s), _UNITS[-1])
    amount = round(seconds / size, 1)
    digits = 0 if amount == int(amount) else 1
    one, more = _NAMES[language][unit]
    return f"{number(amount, language, digits)}{NBSP}{one if amount == 1 else more}"


def interval_digits(half_width: float | None) -> int | None:
    """Give the decimal place that two significant digits of half an interval reach.

    2 for hundredths, −3 for thousands; None without an interval or with one of no width.
    """
    if half_width is None or not half_width > 0:
        return None
    return 1 - math.floor(math.log10(half_width))


def round_to_interval(mean: float, half_width: float | None, most: int = 2) -> float:
    """Round a mean to two significant digits of half the width of its interval.

    Never to more decimals than are shown, ``most`` and none from `LARGE` on: what was rounded to a
    decimal first and then to a whole number could be one off.

    Examples
    --------
    >>> round_to_interval(-243_211.0, 118_000.0), round_to_interval(0.81234, 0.0213, 3)
    (-240000.0, 0.812)
    >>> round_to_interval(24_385.4856, 7.4), round_to_interval(12.34, None)
    (24385.0, 12.34)
    """
    digits = interval_digits(half_width)
    if digits is None:
        return mean
    return round(mean, min(digits, most if abs(mean) < LARGE else 0))


def decimals(value: float, half_width: float | None, most: int = 2) -> int:
    """Give how many decimals to show: those the interval supports, none from 100 on."""
    digits = interval_digits(half_width)
    if abs(value) >= LARGE:
        return 0
    return most if digits is None else min(most, max(0, digits))
