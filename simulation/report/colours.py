"""Colours as style sheets write them, and how far two of them are apart for an eye."""

import re
from typing import Final

import tinycss2.color5
from tinycss2.color4 import Color

_HEX = re.compile(r"#[0-9a-f]{6}")
_WEIGHTS: Final = (0.2126, 0.7152, 0.0722)
_LINEAR: Final = (
    (3.2409699419, -1.5373831776, -0.4986107603),
    (-0.9692436363, 1.8759675015, 0.0415550574),
    (0.0556300797, -0.2039769589, 1.0569715142),
)
"""From CIE XYZ (D65) to linear sRGB: IEC 61966-2-1."""

_DARK: Final = 0.04045
_DARK_LINEAR: Final = 0.0031308
"""Below these, sRGB is a straight line."""


def as_hex(text: str) -> str:
    """Write a colour of a style sheet as ``#rrggbb``; one beyond sRGB becomes the nearest in it.

    Parameters
    ----------
    text : a name, ``#rgb``, ``rgb()``, ``hsl()``, ``hwb()``, ``oklab()`` or ``oklch()``

    Raises
    ------
    ValueError
        When it is no such colour, or one that can be seen through.
    """
    colour = tinycss2.color5.parse_color(text)
    if not isinstance(colour, Color):
        raise ValueError("is no colour that can be checked")  # noqa: TRY004
    if colour.alpha < 1:
        raise ValueError("can be seen through")
    parts = (round(255 * min(1.0, max(0.0, part))) for part in _srgb(colour))
    return "#{:02x}{:02x}{:02x}".format(*parts)


def _srgb(colour: Color) -> tuple[float, ...]:
    """Give red, green and blue; those of a colour beyond sRGB are not between 0 and 1."""
    try:
        if colour.space not in {"oklab", "oklch"}:
            return tuple(colour.to("srgb").coordinates)
    except NotImplementedError as error:
        raise ValueError("is no colour that can be checked") from error
    xyz = colour.to("xyz-d65").coordinates
    return tuple(
        _encoded(sum(factor * part for factor, part in zip(row, xyz, strict=True)))
        for row in _LINEAR
    )


def _encoded(linear: float) -> float:
    return 12.92 * linear if linear <= _DARK_LINEAR else 1.055 * linear ** (1 / 2.4) - 0.055


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours in the form ``#rrggbb``: WCAG 2.2, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Give the relative luminance that WCAG 2.2 defines."""
    if not _HEX.fullmatch(colour.lower()):
        raise ValueError(f"{colour} is not in the form #rrggbb")
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (p / 12.92 if p <= _DARK else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(weight * part for weight, part in zip(_WEIGHTS, linear, strict=True))
