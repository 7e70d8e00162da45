"""What is being done, in a reader's language: the English of the command line has its words here.

The stages of an answer are those that the command shows before its progress bars.
"""

import re
from typing import Final

from functions.serve.words import Words

FIXED: Final = {
    "Simulating": "simulating",
    "Seeing when people come": "settle",
    "Sizing": "search",
    "Sizing each team": "start",
    "Taking steps away": "descend",
    "Confirming on other years": "confirm",
    "Looking at the week": "week",
    "Looking at a peak": "peak",
    "Assumptions as they are": "as_they_are",
    "Assumptions at the rosters found": "at_rosters",
    "Sizes under other assumptions": "other_sizes",
    "Assumptions together": "together",
    "Sizes with assumptions together": "together_sizes",
}

_LETTER = r"(?P<letter>0\*?|[A-Z]+)"
_YEAR = re.compile(rf"{_LETTER} in (?P<year>\d{{4}})")
_BREAK_EVEN = re.compile(rf"Break-even of {_LETTER}")
_OF_FILE = re.compile(r"(?P<file>[^:]+): (?P<stage>.+)")


def in_words(stage: str, t: Words) -> tuple[str, str | None]:
    """Say what a stage is for, and which file it is about if it names one.

    A stage that is not known stays as it is.
    """
    if stage in FIXED:
        return t(f"stage.{FIXED[stage]}"), None
    if found := _YEAR.fullmatch(stage):
        return t("stage.year", letter=found["letter"], year=found["year"]), None
    if found := _BREAK_EVEN.fullmatch(stage):
        return t("stage.break_even", letter=found["letter"]), None
    if found := _OF_FILE.fullmatch(stage):
        return in_words(found["stage"], t)[0], found["file"]
    return stage, None
