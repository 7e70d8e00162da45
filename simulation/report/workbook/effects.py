"""The effect of every strategy on the budget of each year, and what later euros are worth now."""

from dataclasses import dataclass
from itertools import accumulate

from simulation.finance.document import StrategyCase
from simulation.finance.effects import total
from simulation.finance.formulas import discount_factor
from simulation.report.workbook.budget import Budget
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.sheet import Sheet, Value
from simulation.report.workbook.stands import BASELINE, TODAY

COLUMNS = (
    "scenario", "year", "place", "structural_own", "structural_baseline", "structural",
    "once_own", "once_baseline", "once", "together", "already", "factor", "present",
    "present_so_far", "so_far", "crossing", "zero",
)  # fmt: skip
AT = {name: column for column, name in enumerate(COLUMNS)}


@dataclass(frozen=True)
class Effects:
    """Where effects stand.

    Attributes
    ----------
    sheet : with them
    first : row of the first year, by badge
    years : rows of each strategy
    """

    sheet: Sheet
    first: dict[str, int]
    years: int

    def ref(self, letter: str, place: int, column: str) -> str:
        """Give the address of a cell."""
        return self.sheet.ref(self.first[letter] + place, AT[column])

    def range(self, letter: str, column: str, start: int = 0) -> str:
        """Give the addresses of the years of a strategy, from a place on."""
        first = self.first[letter]
        return self.sheet.range(first + start, first + self.years - 1, AT[column])

    def value(self, letter: str) -> str:
        """Give the formula of the net present value."""
        return f"SUM({self.range(letter, 'present')})"

    def payback(self, letter: str, never: str) -> str:
        """Give the formula of the years until a strategy has paid itself back for good."""
        so_far, crossing = self.range(letter, "so_far"), self.range(letter, "crossing")
        last = self.ref(letter, self.years - 1, "so_far")
        return f'IF({last}<0,"{never}",IF(MIN({so_far})>=0,0,MAX({crossing})))'


def write_effects(desk: Desk, budget: Budget) -> Effects:
    """Write the sheet."""
    sheet, life = desk.sheet("effects"), len(desk.cast.life)
    notes = [desk.say(f"effects.{key}") for key in ("sign", "already", "present")]
    sheet.widths([40, 8, 8, *([16] * 8), 11, 16, 17, 17, 13, 10])
    top = sheet.top(desk.say("effects.title"), notes, len(COLUMNS))
    sheet.header(top, desk.heads(COLUMNS), texts=(0,), freeze=3)
    first, row = dict[str, int](), top + 1
    for strategy in desk.cast.strategies:
        first[strategy.letter] = row
        row += life
    effects = Effects(sheet, first, life)
    for strategy in desk.cast.strategies:
        worth = _worth(strategy, desk.cast.case.terms.rate)
        for place in desk.cast.life:
            _Row(desk, effects, budget, strategy, place).write(worth[place])
    sheet.end(top, row - 1, len(COLUMNS), by=(0,))
    return effects


@dataclass(frozen=True)
class _Worth:
    """What the advantage of a year comes to."""

    factor: float
    present: float
    present_so_far: float
    so_far: float
    crossing: Value


def _worth(strategy: StrategyCase, rate: float) -> list[_Worth]:
    advantages = [-(effect.structural + effect.once) for effect in strategy.effects]
    factors = [discount_factor(rate, place) for place in range(len(advantages))]
    present = [own * factor for own, factor in zip(advantages, factors, strict=True)]
    together = [round(each, 2) for each in accumulate(advantages)]
    return [
        _Worth(factor, own, upto, so_far, _crossing(before, so_far, place))
        for place, (factor, own, upto, before, so_far) in enumerate(
            zip(factors, present, accumulate(present), [0.0, *together], together, strict=False)
        )
    ]


def _crossing(before: float, after: float, place: int) -> Value:
    return place - before / (after - before) if before < 0 <= after else ""


@dataclass(frozen=True)
class _Row:
    desk: Desk
    effects: Effects
    budget: Budget
    strategy: StrategyCase
    place: int

    @property
    def row(self) -> int:
        return self.effects.first[self.strategy.letter] + self.place

    def write(self, worth: _Worth) -> None:
        sheet, effect = self.effects.sheet, self.strategy.effects[self.place]
        sheet.text(self.row, 0, self.desk.title(self.strategy.letter))
        sheet.value(self.row, 1, effect.year, "year")
        sheet.value(self.row, 2, self.place, "count")
        for kind in ("structural", "once"):
            self._both(kind)
            own, baseline = self._at(f"{kind}_own"), self._at(f"{kind}_baseline")
            self._put(kind, f"ROUND({own}-{baseline},2)", getattr(effect, kind))
        together = round(effect.structural + effect.once, 2)
        self._put("together", f"ROUND({self._at('structural')}+{self._at('once')},2)", together)
        today = self.budget.total(TODAY, self.place, structural=True)
        self._put("already", f"ROUND({self._at('structural_baseline')}-{today},2)", effect.already)
        self._worth(worth)

    def _both(self, kind: str) -> None:
        for name, letter in ((f"{kind}_own", self.strategy.letter), (f"{kind}_baseline", BASELINE)):
            structural = kind == "structural"
            year = self.desk.cast.stands[letter].years[self.place]
            formula = self.budget.total(letter, self.place, structural=structural)
            self._put(name, formula, total(year, structural=structural))

    def _worth(self, worth: _Worth) -> None:
        rate = self.desk.inputs(BASELINE, self.desk.inputs.rate_path)
        self._put("factor", f"1/(1+{rate})^{self._at('place')}", worth.factor, "fine")
        together, present = self._at("together"), self._at("present")
        self._put("present", f"-{together}*{self._at('factor')}", worth.present)
        before = self._above("present_so_far") if self.place else "0"
        self._put("present_so_far", f"{before}+{present}", worth.present_so_far)
        before, so_far = self._above("so_far") if self.place else "0", self._at("so_far")
        self._put("so_far", f"ROUND({before}-{together},2)", worth.so_far)
        crossing = f"{self._at('place')}-{before}/({so_far}-{before})"
        formula = f'IF(AND({before}<0,{so_far}>=0),{crossing},"")'
        self._put("crossing", formula, worth.crossing, "years")
        self.effects.sheet.value(self.row, AT["zero"], 0, "count")

    def _at(self, column: str) -> str:
        return self.effects.sheet.here(self.row, AT[column])

    def _above(self, column: str) -> str:
        return self.effects.sheet.here(self.row - 1, AT[column])

    def _put(self, column: str, formula: str, value: Value, form: str = "euro") -> None:
        self.effects.sheet.formula(self.row, AT[column], formula, value, form)
