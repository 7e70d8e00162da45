"""What can be seen on a picture of a page: contrast as WCAG 2 defines it, and pixels of text."""

import io
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
"""Rows of pixels of red, green and blue."""


PLACES = np.array([65536, 256, 1])
"""Of red, green and blue in one number."""


def picture(png: bytes) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def parse_colour(text: str) -> tuple[int, ...]:
    """Read ``rgb(1, 2, 3)`` as browsers compute it."""
    return tuple(int(float(part)) for part in re.findall(r"[\d.]+", text)[:3])


def luminance(colours: Any) -> NDArray[np.float64]:
    """Give the relative luminance of colours (WCAG 2.2)."""
    part = np.asarray(colours, dtype=float) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    weighed: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return weighed


def contrast(one: Any, other: Any) -> Any:
    """Give the contrast ratio of colours."""
    a, b = luminance(one), luminance(other)
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)


def cut(pixels: Pixels, box: dict[str, Any], scale: int, margin: float = 0) -> Pixels:
    """Cut a box in CSS pixels out of a picture of the whole page."""
    left, top = box["x"] - margin, box["y"] - margin
    right, bottom = box["x"] + box["width"] + margin, box["y"] + box["height"] + margin
    rows = slice(max(0, round(top * scale)), round(bottom * scale))
    return pixels[rows, max(0, round(left * scale)) : round(right * scale)]


def widest_contrast(pixels: Pixels) -> float:
    """Give the contrast of the commonest colour with the one that differs most from it.

    That is how text stands out where nothing but pixels tells its colour.
    """
    packed = pixels.reshape(-1, 3).astype(int) @ PLACES
    codes, counts = np.unique(packed, return_counts=True)
    colours = codes[:, None] // PLACES % 256
    return float(contrast(colours, colours[counts.argmax()]).max())


def contrast_behind(fill: tuple[int, ...], bare: Pixels, written: Pixels) -> float:
    """Give the contrast of a text with what is behind it.

    ``bare`` is the picture without the text. Only pixels that the text covers count; a twentieth
    of them may be lines that it crosses.
    """
    covered = np.abs(written.astype(int) - bare.astype(int)).sum(axis=2) > 60
    if not covered.any():
        return 1.0
    return float(np.quantile(contrast(bare[covered], fill), 0.05))
