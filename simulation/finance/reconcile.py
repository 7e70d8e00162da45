"""Reconciliation: a budget beside today as simulated, and every euro between them by its name.

A budget and a simulation differ for reasons that can be named: prices rose, posts are vacant, an
entry pays for other tasks too. What is left after that is not explained, and is shown as such.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import fsum

from simulation.comparison.document import ScenarioResult
from simulation.costs.lines import lines
from simulation.finance.document_budget import EntryLine, GapLine, OpenPart, Reconciliation
from simulation.finance.formulas import to_cents
from simulation.scenario.checks.budget import covers
from simulation.scenario.finance import Budget, BudgetEntry, Gap
from simulation.scenario.problems import suggest
from simulation.scenario.scenario import Scenario


def reconciliation(scenario: Scenario, today: ScenarioResult) -> Reconciliation | None:
    """Hold the budget against today as rostered; None without budget figures.

    Parameters
    ----------
    scenario : the baseline, with its prices
    today : the same as it was simulated
    """
    finance, costs = scenario.finance, scenario.costs
    if finance is None or finance.budget is None or costs is None:
        return None
    budget, index = finance.budget, finance.price_index
    factor = (
        1.0
        if budget.year == costs.price_level
        else index[str(costs.price_level)] / index[str(budget.year)]
    )
    bill = {
        line.name: round(today.measures[f"costs.lines.{line.name}"].mean, 2)
        for line in today.lines
        if line.structural
    }
    entries = tuple(_entry(name, budget, factor, bill) for name in budget.entries)
    left = tuple(_open(budget, bill))
    return Reconciliation(
        year=budget.year,
        price_level=costs.price_level,
        factor=factor,
        entries=entries,
        open=left,
        empty=tuple(each.name for each in entries if not _covered(each.covers, bill)),
        budget=_sum(each.budget for each in entries),
        index=_sum(each.index for each in entries),
        gaps=_sum(gap.amount for each in entries for gap in each.gaps),
        rest=_sum(each.rest for each in entries),
        not_covered=_sum(each.amount for each in left),
        simulated=_sum(bill.values()),
    )


def _sum(amounts: Iterable[float]) -> float:
    return round(fsum(amounts), 2)


def _covered(own: Sequence[str], bill: dict[str, float]) -> list[str]:
    """Name the lines of a bill that are covered."""
    return [line for line in bill if any(covers(cover, line) for cover in own)]


def _entry(name: str, budget: Budget, factor: float, bill: dict[str, float]) -> EntryLine:
    own: BudgetEntry = budget.entries[name]
    gaps = tuple(_gap(key, gap, factor) for key, gap in budget.gaps.items() if gap.entry == name)
    stated, index = to_cents(own.amount), to_cents(own.amount * factor - own.amount)
    simulated = _sum([bill[line] for line in _covered(own.covers, bill)])
    return EntryLine(
        name=name,
        title=own.title,
        taakveld=own.taakveld,
        covers=own.covers,
        budget=stated,
        index=index,
        gaps=gaps,
        rest=_sum([simulated, -stated, -index, *(-gap.amount for gap in gaps)]),
        simulated=simulated,
    )


def _gap(name: str, own: Gap, factor: float) -> GapLine:
    return GapLine(
        name=name, title=own.title, stated=own.amount, amount=to_cents(own.amount * factor)
    )


def _open(budget: Budget, bill: dict[str, float]) -> Iterator[OpenPart]:
    """Give what no entry covers: whole teams, and else line by line."""
    known = set(_covered([cover for own in budget.entries.values() for cover in own.covers], bill))
    parts: dict[str, list[str]] = {}
    for line in bill:
        first, second, *rest = line.split(".")
        parts.setdefault(f"{first}.{second}" if rest else line, []).append(line)
    for part, own in parts.items():
        left = [line for line in own if line not in known and bill[line]]
        if len(left) == len([line for line in own if bill[line]]) and left:
            yield OpenPart(part=part, amount=_sum([bill[line] for line in left]))
        else:
            yield from (OpenPart(part=line, amount=bill[line]) for line in left)


def unknown_covers(scenarios: Sequence[Scenario]) -> Iterator[str]:
    """Say which names in a budget are in no bill of the baseline and its strategies.

    Parameters
    ----------
    scenarios : the baseline, whose budget is read, and the others
    """
    finance = scenarios[0].finance
    if finance is None or finance.budget is None:
        return
    known = list(dict.fromkeys(name for each in scenarios for name in _names(each)))
    for name, entry in finance.budget.entries.items():
        for place, cover in enumerate(entry.covers):
            if cover not in known:
                yield (
                    f"finance.budget.entries.{name}.covers.{place}: '{cover}' is in no bill of "
                    f"these scenarios; {suggest(cover, known)}"
                )


def _names(scenario: Scenario) -> Iterator[str]:
    """Name the groups and lines of all that a scenario can pay in a year."""
    for line in lines(scenario):
        yield from (line.group.partition(".")[0], line.group, line.name)
    yield "transition"
    yield from (f"transition.{team}" for team in scenario.teams)
    steps = scenario.finance.overhead if scenario.finance else {}
    yield from ("overhead", *(f"overhead.{name}" for name in steps))
