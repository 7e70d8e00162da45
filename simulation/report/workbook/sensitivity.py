"""What would change the verdict: break-evens, assumptions one by one, and all of them together.

Each figure here took simulations of its own, so it is a value; what follows from these figures is a
formula. A line says whether the inputs are still those of the run.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from simulation.finance.document_break_even import BreakEven
from simulation.finance.document_sensitivity import End, Flip, Sensitivity, Swing, Together
from simulation.report import sensing, words
from simulation.report.case_view import CaseView
from simulation.report.workbook.checks_sheet import Outcome
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.sheet import Sheet

COLUMNS: Final = (
    "scenario", "assumption", "unit", "base", "low_value", "high_value", "low_cost", "high_cost",
    "low_change", "high_change", "width", "low_norm", "high_norm", "staffing", "path",
)  # fmt: skip
AT: Final = {name: column for column, name in enumerate(COLUMNS)}
BREAK_EVEN: Final = (
    "scenario", "assumption", "unit", "base", "turns", "turn_value", "turn_low", "turn_high",
    "searched_from", "searched_to",
)  # fmt: skip
FLIPS: Final = ("scenario", "assumption", "unit", "base", "turn_value", "distance", "changes")
BASES: Final = ("scenario", "what", "unit", "cost", "without_rounding", "half")
TOGETHER: Final = (
    "scenario", "what", "unit", "low", "median", "high", "spread", "points", "impossible",
)  # fmt: skip

_WIDTH: Final = len(COLUMNS) - 1
"""Columns of prose: paths are for the screen."""


def has_sensitivity(desk: Desk) -> bool:
    """Tell whether there is anything to write."""
    told = desk.cast.case.sensitivity
    turning = any(own.points for own in desk.cast.case.break_even)
    return turning or (told is not None and bool(told.bases))


def write_sensitivity(desk: Desk, outcome: Outcome) -> None:
    """Write the sheet."""
    sheet, case = desk.sheet("sensitivity"), desk.cast.case
    sheet.widths([12, 54, 12, *([15] * 10), 24, 46], paper=_WIDTH)
    notes = [desk.say(f"sensitivity.{key}") for key in ("note", "cost")]
    row = sheet.top(desk.say("sensitivity.title"), notes, _WIDTH) - 1
    said = [desk.say(f"sensitivity.{key}") for key in ("as_run", "not_as_run")]
    sheet.wide(row, _WIDTH, "strong")
    sheet.formula(row, 0, f'IF({outcome.changed}=0,"{said[0]}","{said[1]}")', said[0], "strong")
    page = _Page(desk, sheet, row + 2)
    if case.break_even:
        page.break_evens(case.break_even)
    if case.sensitivity is not None and case.sensitivity.bases:
        page.sensitivity(case.sensitivity)
    sheet.page.print_area(0, 0, page.row, _WIDTH - 1)


class _Page:
    """The tables, each below the one before it."""

    def __init__(self, desk: Desk, sheet: Sheet, row: int) -> None:
        self.desk, self.sheet, self.row = desk, sheet, row
        self._base = dict[str, str]()
        self._costs = dict[str, float]()

    def sensitivity(self, told: Sensitivity) -> None:
        self._bases(told)
        self._flips(told.flips)
        self._swings(told.swings)
        self._together(told.together)
        own = sensing.Sense(CaseView(self.desk.cast.case, self.desk.reader), told)
        for sentence in sensing.left_out(own):
            self.sheet.wide(self.row, _WIDTH, "prose", sentence)
            self.row += 1

    def break_evens(self, found: Sequence[BreakEven]) -> None:
        self._head("break_even", BREAK_EVEN, texts=(0, 1, 2, 4))
        for own in found:
            name = None if own.path is None else self._name(own.letter, own.path)
            self._subject(own.letter, name or self.desk.say("sensitivity.replaced"), own.unit)
            self._value(3, own.base, own.unit)
            self.sheet.text(self.row, 4, self.desk.say(f"sensitivity.side.{own.side}"))
            turning = own.side in {"from", "up_to"}
            for column, value in enumerate((own.value, own.low, own.high), start=5):
                self._value(column, value if turning else None, own.unit)
            values = [point.value for point in own.points]
            self._value(8, min(values, default=None), own.unit)
            self._value(9, max(values, default=None), own.unit)
            self.row += 1
        self.row += 1

    def _bases(self, told: Sensitivity) -> None:
        self._head("bases", BASES, texts=(0, 1, 2))
        for own in told.bases:
            self._subject(own.letter, self.desk.say("sensitivity.structural"), "euro_year")
            self._base[own.letter] = self.sheet.ref(self.row, 3)
            self._costs[own.letter] = own.contracts
            for column, value in enumerate((own.contracts, own.fte, own.half), start=3):
                if value is not None:
                    self.sheet.value(self.row, column, value, "euro")
            self.row += 1
        self.row += 1

    def _flips(self, flips: Sequence[Flip]) -> None:
        columns = FLIPS if flips else ()
        self._head("flips", columns, texts=(0, 1, 2, 6))
        for own in flips:
            self._subject(own.letters[0], self._name(own.letters[0], own.path), own.unit)
            self._value(3, own.base, own.unit)
            self._value(4, own.value, own.unit)
            if own.base:
                base, value = self.sheet.here(self.row, 3), self.sheet.here(self.row, 4)
                away = (own.value - own.base) / abs(own.base)
                formula = f"({value}-{base})/ABS({base})"
                self.sheet.formula(self.row, 5, formula, away, "percent")
            dearer = self._costs[own.letters[0]] <= 0
            key = "ranking" if own.kind == "ranking" else "dearer" if dearer else "cheaper"
            told = self.desk.say(f"sensitivity.{key}", first=own.letters[0], second=own.letters[-1])
            self.sheet.text(self.row, 6, told)
            self.row += 1
        if not flips:
            self.sheet.wide(self.row, _WIDTH, "prose", self.desk.reader("fin.sens.no_flips"))
            self.row += 1
        self.row += 1

    def _swings(self, swings: Sequence[Swing]) -> None:
        self._head("swings", COLUMNS, texts=(0, 1, 2, AT["staffing"], AT["path"]))
        top = self.row - 1
        for own in swings:
            self._swing(own)
            self.row += 1
        self.sheet.end(top, self.row - 1, len(COLUMNS), by=(0,))
        self.row += 1

    def _swing(self, own: Swing) -> None:
        self._subject(own.letter, self._name(own.letter, own.path), own.unit)
        self._value(AT["base"], own.base, own.unit)
        for side, end in (("low", own.low), ("high", own.high)):
            self._value(AT[f"{side}_value"], end.value, own.unit)
            self.sheet.value(self.row, AT[f"{side}_cost"], end.contracts, "euro")
            change = f"{self._at(f'{side}_cost')}-{self._base[own.letter]}"
            moved = end.contracts - self._costs[own.letter]
            self.sheet.formula(self.row, AT[f"{side}_change"], change, moved, "euro")
            if end.margin is not None:
                points = 100.0 * end.margin
                self.sheet.value(self.row, AT[f"{side}_norm"], points, "number")
        width = f"ABS({self._at('high_cost')}-{self._at('low_cost')})"
        value = abs(own.high.contracts - own.low.contracts)
        self.sheet.formula(self.row, AT["width"], width, value, "euro")
        how = self.desk.reader(f"fin.sens.found.{_found((own.low, own.high))}")
        self.sheet.text(self.row, AT["staffing"], how)
        self.sheet.text(self.row, AT["path"], own.path, "small")

    def _together(self, together: Iterable[Together]) -> None:
        self._head("together", TOGETHER, texts=(0, 1, 2))
        for own in together:
            for name in ("structural", "present_value"):
                unit = "euro_year" if name == "structural" else "euro_once"
                self._subject(own.letter, self.desk.say(f"sensitivity.{name}"), unit)
                spread = getattr(own, name)
                for column, value in enumerate((spread.low, spread.median, spread.high), start=3):
                    self.sheet.value(self.row, column, value, "euro")
                low, high = self.sheet.here(self.row, 3), self.sheet.here(self.row, 5)
                apart = spread.high - spread.low
                self.sheet.formula(self.row, 6, f"{high}-{low}", apart, "euro")
                self.sheet.value(self.row, 7, own.points, "count")
                self.sheet.value(self.row, 8, own.impossible, "count")
                self.row += 1
            self._subject(own.letter, self.desk.say("sensitivity.never"), "share")
            self.sheet.value(self.row, 4, own.never, "percent")
            self.row += 1
            self._subject(own.letter, self.desk.say("sensitivity.payback"), "years")
            if own.payback is None:
                self.sheet.text(self.row, 4, self.desk.say("never"), "value")
            else:
                self.sheet.value(self.row, 4, own.payback, "years")
            self.row += 1
        self.row += 1

    def _head(self, key: str, columns: Sequence[str], *, texts: Sequence[int]) -> None:
        self.sheet.text(self.row, 0, self.desk.say(f"sensitivity.{key}"), "heading")
        self.row += 1
        if columns:
            self.sheet.header(self.row, self.desk.heads(columns), texts=texts)
            self.row += 1

    def _subject(self, letter: str, name: str, unit: str) -> None:
        self.sheet.text(self.row, 0, letter, "badge")
        self.sheet.text(self.row, 1, words.upper_first(name), "wrapped")
        self.sheet.fit(self.row, {1: name})
        self.sheet.text(self.row, 2, self.desk.say(f"unit.{unit}"))

    def _value(self, column: int, value: float | None, unit: str) -> None:
        if value is not None:
            form = "percent" if unit == "share" else "quantity"
            self.sheet.value(self.row, column, value, form)

    def _name(self, letter: str, path: str) -> str:
        scenario = self.desk.cast.stands[letter].scenario
        return words.path_words(self.desk.reader, scenario, path)

    def _at(self, column: str) -> str:
        return self.sheet.here(self.row, AT[column])


def _found(ends: Sequence[End]) -> str:
    """Name the way in which people were found that asked most."""
    order = ("resized", "interpolated", "priced", "unmoved")
    return next(kind for kind in order if kind in {end.found for end in ends})
