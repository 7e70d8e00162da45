"""Texts that show a figure and know where it stands in the result document.

A reader of the page can follow every figure into the result document, and every euro to the
lines of the bill behind it. In a sentence for the terminal such a text is a text like any other.
"""

import html
import re
from typing import Final

from markupsafe import Markup, escape

_TAG: Final = re.compile(r"<[^>]*>")


class Traced(str):
    """A text with the path of the figure that it shows."""

    __slots__ = ("how", "opens", "path")

    path: str
    """Path in the result document, such as ``scenarios.1.differences.costs.structural.mean``."""

    how: str
    """How the figure follows from what stands there: empty when it stands there itself, else the
    name of a count (``attained``, ``counting``, ``length``, ...)."""

    opens: str
    """Id of the part of the page that shows how an amount is made up; empty if there is none."""

    def __new__(cls, text: str, path: str, how: str = "", opens: str = "") -> "Traced":
        """Make the text."""
        made = super().__new__(cls, text)
        made.path, made.how, made.opens = path, how, opens
        return made

    def __html__(self) -> str:
        """Give the text as an element that carries its path, a link if it opens something."""
        path = Markup(' data-path="{}"').format(self.path)
        how = Markup(' data-how="{}"').format(self.how) if self.how else ""
        if self.opens:
            link = Markup('<a class="figure" href="#{}"{}{}>{}</a>')
            return link.format(self.opens, path, how, str(self))
        return Markup('<span class="figure"{}{}>{}</span>').format(path, how, str(self))

    def capital(self) -> "Traced":
        """Start with a capital."""
        text = str(self)
        return Traced(text[:1].upper() + text[1:], self.path, self.how, self.opens)


def together(*parts: str) -> Markup:
    """Put sentences after each other, each figure with its path."""
    return Markup(" ").join(escape(part) for part in parts)


def plain(text: Markup) -> str:
    """Give the text alone; no-break spaces stay."""
    return html.unescape(_TAG.sub("", text))
