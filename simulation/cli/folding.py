"""Texts for a terminal: shown as they are, and broken only where a reader can bear it.

A no-break space holds a figure to its unit while lines are made; on a line it is a plain space, so
that what is shown can be searched and copied.
"""

import re
from unicodedata import bidirectional, category

from rich.cells import cell_len, chop_cells

NBSP = "\N{NO-BREAK SPACE}"

_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_EURO = rf"€{NBSP}?[\d.,]+"
_TOGETHER = re.compile(
    rf"(?:van )?{_EURO} (?:\w+ )?(?:tot|to) {_EURO}(?: \w+)?"  # an amount with its other end
    r"|\d+ (?:van|of) (?:de )?\d+(?: \w+)?"
    r"|\d+(?: t/m| to)? \d+ \w+ \d{4}"
    r"|\d+ \w+ \d{4}"
    r"|\d[\d.,]*%? \w+"
    r"|scenario \w+"
    r"|norm \d[\d.,]*%"
    r"|\([\w ]+\)"
    r"|[✓✗≈] \w+"
)
"""What a line never breaks: intervals, counts, dates, figures with a unit, names of scenarios, and
remarks in brackets."""


def plain(text: str) -> str:
    """Give a text on one line, without characters that steer a terminal or turn text around."""
    kept = "".join(_harmless(character) for character in text)
    return re.sub(" +", " ", kept).strip(" ")


def _harmless(character: str) -> str:
    if category(character) in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if bidirectional(character) in _TURNS else character


def glued(sentence: str) -> str:
    """Hold figures to what they count, so that no line ends between them."""
    return _TOGETHER.sub(lambda match: match[0].replace(" ", NBSP), plain(sentence))


def fold(text: str, width: int) -> list[str]:
    """Break a text into lines at spaces; only a word wider than a line is broken itself."""
    lines = [""]
    pieces = [piece for word in text.split(" ") for piece in _pieces(word, width)]
    for word in pieces:
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line.replace(NBSP, " ") for line in lines]


def _pieces(word: str, width: int) -> list[str]:
    """Break what is wider than a line: first between parts that were held together."""
    if cell_len(word) <= width:
        return [word]
    if NBSP in word:
        return [piece for part in word.split(NBSP) for piece in _pieces(part, width)]
    return chop_cells(word, width)
