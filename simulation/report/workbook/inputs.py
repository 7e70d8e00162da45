"""Inputs: every value of a scenario that a euro in the workbook rests on, once, with a name.

The name of the cell is the path in the scenario, so that both are easily found from each other.
Where scenarios state other values for the same path, each value has a cell of its own, whose name
ends in the badges.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from simulation.comparison.document import PlacedAssumption
from simulation.finance.document import Terms
from simulation.report.workbook.stands import BASELINE, TODAY, Cast, Stand

PAY = (
    "monthly_salary", "individual_budget", "employer_charges", "hire", "overtime_factor",
    "workplace", "overhead",
)  # fmt: skip
WORKFORCE = ("contract", "flexible", "attrition", "redeployment", "redundancy")
TRANSITION = ("hiring", "training", "settling_in", "dual_running", "advice")

GROUPS = ("terms", "pay", "purchases", "workforce", "transition", "overhead", "fixed")
"""Parts of the sheet, in this order; what is ``fixed`` belongs to the simulation."""

_SHARES = frozenset(
    {"individual_budget", "employer_charges", *WORKFORCE[1:], "real_rate", "nominal_rate"}
)
_UNITS = {
    "monthly_salary": "euro_month",
    "hire": "euro_fte_year",
    "workplace": "euro_fte_year",
    "overhead": "euro_fte_year",
    "overtime_factor": "factor",
    "contract": "hours_week",
    "contract_hours": "hours_year",
    "hiring": "euro_contract",
    "training": "euro_contract",
    "settling_in": "months",
    "dual_running": "months",
    "advice": "months",
    "lead_time": "months",
    "price_level": "year",
    "year": "year",
    "pay": "share_year",
    "purchases": "share_year",
    "attrition": "share_year",
    "redeployment": "share_year",
    "real_rate": "share_year",
    "nominal_rate": "share_year",
}


_MOST, _LEAST_RATE, _LONGEST_LEAD = 1e12, -0.99, 36.0
_BOUNDS = {
    "share": (0.0, 1.0),
    "share_year": (0.0, 1.0),
    "factor": (0.0, 3.0),
    "hours_week": (0.01, 168.0),
    "months": (0.0, 24.0),
    "year": (1990.0, 2090.0),
}
"""The values that a scenario may state, by unit; others from 0 on."""


@dataclass(frozen=True)
class Input:
    """One named cell.

    Attributes
    ----------
    name : of the cell
    path : in the scenario
    group : part of the sheet
    unit : what it counts
    value : as in the run
    letters : badges of the scenarios that it holds for
    stated : the assumption behind it, if it is one
    """

    name: str
    path: str
    group: str
    unit: str
    value: float
    letters: tuple[str, ...]
    stated: PlacedAssumption | None = None

    @property
    def bounds(self) -> tuple[float, float]:
        """The values that a scenario may state, at most."""
        if self.group == "terms" and self.share:
            return _LEAST_RATE, 1.0
        if self.path.endswith(".lead_time"):
            return 0.0, _LONGEST_LEAD
        if self.group == "overhead" and self.unit != "year":
            return -_MOST, _MOST
        return _BOUNDS.get(self.unit, (0.0, _MOST))

    @property
    def share(self) -> bool:
        """Tell whether it is a share, or a rate."""
        return self.unit in {"share", "share_year"}


@dataclass(frozen=True)
class _Given:
    path: str
    group: str
    unit: str
    value: float


class Inputs:
    """The inputs of a case."""

    def __init__(self, cast: Cast) -> None:
        self.rate_path = _rate_path(cast.case.terms)
        found: dict[_Given, list[str]] = {}
        for letter, stand in cast.stands.items():
            for given in (*_terms(cast, self.rate_path), *_stated(stand)):
                found.setdefault(given, []).append(letter)
        self._by_letter = dict[tuple[str, str], Input]()
        self.all = _in_order(_named(cast, found))
        for each in self.all:
            for letter in each.letters:
                self._by_letter[letter, each.path] = each

    def __call__(self, letter: str, path: str) -> str:
        """Give the name of the cell for a scenario."""
        return self._by_letter[letter, path].name

    def value(self, letter: str, path: str) -> float:
        """Give the value in the run."""
        return self._by_letter[letter, path].value

    def of(self, group: str) -> list[Input]:
        """Give those of a part of the sheet."""
        return [each for each in self.all if each.group == group]


def _named(cast: Cast, found: dict[_Given, list[str]]) -> Iterator[Input]:
    taken = set[str]()
    for given, badges in found.items():
        letters = tuple(dict.fromkeys(badges))
        own = "_" + "_".join(letters).replace("*", "star") if given.path in taken else ""
        taken.add(given.path)
        yield Input(
            name=given.path + own,
            path=given.path,
            group=given.group,
            unit=given.unit,
            value=given.value,
            letters=letters,
            stated=_assumption(cast, letters[0], given.path),
        )


def _in_order(inputs: Iterator[Input]) -> tuple[Input, ...]:
    """Put the parts of the sheet in their order, and values of the same path together."""
    found = list(inputs)
    paths = {each.path: place for place, each in reversed(list(enumerate(found)))}
    return tuple(sorted(found, key=lambda own: (GROUPS.index(own.group), paths[own.path])))


def _assumption(cast: Cast, letter: str, path: str) -> PlacedAssumption | None:
    stated = cast.stands[letter].scenario.assumptions
    return next((each for each in stated if each.path == path), None)


def _given(group: str, path: str, value: float, unit: str = "") -> _Given:
    key = path.rpartition(".")[2]
    own = unit or _UNITS.get(key) or ("share" if key in _SHARES else "number")
    return _Given(path, group, own, float(value))


def _rate_path(terms: Terms) -> str:
    return "finance.real_rate" if terms.prices == "constant" else "finance.nominal_rate"


def _terms(cast: Cast, rate_path: str) -> Iterator[_Given]:
    """Give what holds for all scenarios: the baseline states it."""
    terms = cast.case.terms
    yield _given("terms", rate_path, terms.rate)
    yield _given("fixed", "finance.first_year", terms.first_year, "year")
    yield _given("fixed", "finance.years", terms.years, "years")
    yield _given("fixed", "finance.life", terms.life, "years")


def _stated(stand: Stand) -> Iterator[_Given]:
    yield _given("fixed", "costs.contract_hours", stand.costs.contract_hours)
    yield _given("terms", "costs.price_level", stand.costs.price_level)
    index = stand.finance.indexation
    if index is not None:
        for part in ("pay", "purchases"):
            yield _given("terms", f"finance.indexation.{part}", getattr(index, part))
    for team in stand.teams:
        scale, root = stand.scale(team), f"costs.pay_scales.{stand.scale_name(team)}"
        for part in PAY:
            yield _given("pay", f"{root}.{part}", getattr(scale, part))
    yield from _purchases(stand)
    for team in stand.teams:
        workforce = stand.workforce(team)
        for part in WORKFORCE:
            path = f"finance.workforce.{team}.{part}"
            yield _given("workforce", path, getattr(workforce, part))
    if stand.letter != TODAY:
        for part in TRANSITION:
            path = f"finance.transition.{part}"
            yield _given("transition", path, getattr(stand.finance.transition, part))
    lead_time = stand.finance.transition.lead_time
    if lead_time and stand.letter not in {TODAY, BASELINE}:
        yield _given("transition", "finance.transition.lead_time", lead_time)
    for name, step in stand.finance.overhead.items():
        yield _given("overhead", f"finance.overhead.{name}.year", step.year)
        yield _given("overhead", f"finance.overhead.{name}.amount", step.amount, "euro_year")


def _purchases(stand: Stand) -> Iterator[_Given]:
    costs = stand.costs
    for name, line in costs.per_contact.items():
        yield _given("purchases", f"costs.per_contact.{name}.amount", line.amount, "euro_contact")
    for name, month in costs.per_month.items():
        yield _given("purchases", f"costs.per_month.{name}.amount", month.amount, "euro_month")
    for name, once in costs.once.items():
        yield _given("purchases", f"costs.once.{name}.amount", once.amount, "euro_once")
