"""Budget figures that can be held against the bill: one entry for each line, one price level."""

from collections.abc import Iterator
from itertools import combinations

from simulation.scenario.finance import Budget, Finance
from simulation.scenario.problems import Finding, Path, show, suggest
from simulation.scenario.scenario import Scenario

_PLACE: Path = ("finance", "budget")


def budget(scenario: Scenario) -> Iterator[Finding]:
    """Find budgets that cover a line twice, explain no entry, or cannot be brought to prices."""
    finance = scenario.finance
    if finance is None or finance.budget is None:
        return
    yield from _covered_twice(finance.budget)
    for name, gap in finance.budget.gaps.items():
        if gap.entry not in finance.budget.entries:
            yield Finding(
                (*_PLACE, "gaps", name, "entry"),
                show(gap.entry),
                "is not an entry of the budget",
                suggest(gap.entry, finance.budget.entries),
            )
    if scenario.costs is not None:
        yield from _without_index(finance, finance.budget.year, scenario.costs.price_level)


def _covered_twice(own: Budget) -> Iterator[Finding]:
    covered = [
        (name, place, cover)
        for name, entry in own.entries.items()
        for place, cover in enumerate(entry.covers)
    ]
    for (one, _, before), (other, place, cover) in combinations(covered, 2):
        if covers(before, cover) or covers(cover, before):
            also = "it" if before == cover else f"'{before}'"
            yield Finding(
                (*_PLACE, "entries", other, "covers", place),
                show(cover),
                f"is paid for twice: entry '{one}' covers {also} too",
                "name every line of the bill in one entry",
            )


def covers(cover: str, name: str) -> bool:
    """Tell whether a group, or a line, of the bill is a line or holds it.

    Examples
    --------
    >>> covers("staff.phone", "staff.phone.salary"), covers("staff.phone", "staff.phones")
    (True, False)
    """
    return name == cover or name.startswith(f"{cover}.")


def _without_index(finance: Finance, year: int, price_level: int) -> Iterator[Finding]:
    if year == price_level:
        return
    missing = [str(each) for each in (year, price_level) if str(each) not in finance.price_index]
    if missing:
        yield Finding(
            ("finance", "price_index"),
            None,
            f"there is no index for {' and '.join(missing)}, and the budget of {year} has to be "
            f"brought to the price level of {price_level}",
            f"add one for {' and '.join(missing)}, on the same base",
        )
