"""Budgets by year of teams whose needs are stated, so that only rules and prices speak."""

from types import SimpleNamespace

from simulation.costs.lines import lines
from simulation.finance.beside import beside_budget
from simulation.finance.case import BASELINE, TODAY, finance_of, priced
from simulation.finance.effects import strategy_case
from simulation.finance.needs import Facts, Stand
from simulation.sizing.played import bench
from simulation.sizing.today import fte_today


def budgets(scenario, needs, today=None, measures=None):
    """Give the case of a strategy that needs other people than today, year by year.

    Parameters
    ----------
    scenario : with its prices
    needs : full-time equivalents by team, for each simulated year; the last one stays
    today : full-time equivalents of today by team, where they are not those of its roster
    measures : of every year, by path
    """
    rostered = fte_today(scenario)
    kept = {team: rostered[team] for team in scenario.teams} | (today or {})
    years = range(finance_of(scenario).years)
    found, stands = {}, []
    for letter in (TODAY, BASELINE, "A"):
        stands.append(Stand(letter, scenario, bench(scenario, {}), {}, kept, 0.8))
        for place in years:
            own = {team: fte[min(place, len(fte) - 1)] for team, fte in needs.items()}
            need = {**kept, **(own if letter == "A" else {})}
            found[letter, place] = Facts(need, measures or {}, None)
    told = priced(stands, found, kept)
    return told["A"], strategy_case("A", told, finance_of(scenario).rate, {})


def held(scenario, needs):
    """Give what is held against the budget of a strategy, where 0* pays for nothing.

    Parameters
    ----------
    scenario : with its prices and its budget
    needs : full-time equivalents by team, for each simulated year; the last one stays
    """
    own, _ = budgets(scenario, needs)
    years = {"A": own, BASELINE: [year.model_copy(update={"lines": ()}) for year in own]}
    return beside_budget(billed(scenario), {"A": scenario, BASELINE: scenario}, years, ["A"])


def billed(scenario, **amounts):
    """Give a simulated scenario of which every line costs 1,000 euros, or what is said of it.

    Parameters
    ----------
    scenario : with its prices
    amounts : euros by name of a line, with double underscores for dots
    """
    stated = {name.replace("__", "."): amount for name, amount in amounts.items()}
    bill = lines(scenario)
    measures = {
        f"costs.lines.{line.name}": SimpleNamespace(mean=stated.get(line.name, 1_000.0))
        for line in bill
    }
    return SimpleNamespace(lines=bill, measures=measures)
