"""Everybody is paid, and nothing twice."""

from collections.abc import Iterator

from simulation.scenario.problems import Finding, show, suggest
from simulation.scenario.scenario import Scenario


def pay(scenario: Scenario) -> Iterator[Finding]:
    """Find teams without a pay scale in a scenario with costs."""
    if scenario.costs is None:
        return
    for name, team in scenario.teams.items():
        if team.pay_scale is None:
            yield Finding(
                ("teams", name),
                None,
                "'pay_scale' is missing although the scenario has costs",
                f"name a pay scale; {suggest('', scenario.costs.pay_scales)}",
            )


def paid_twice(scenario: Scenario) -> Iterator[Finding]:
    """Find monthly lines for something that the pay scale already includes."""
    if scenario.costs is None:
        return
    for name, line in scenario.costs.per_month.items():
        if line.covers == "other":
            continue
        teams = scenario.teams if line.team is None else [line.team]
        for team in teams:
            scale = scenario.teams[team].pay_scale if team in scenario.teams else None
            pay_scale = scenario.costs.pay_scales.get(scale or "")
            if pay_scale is not None and line.covers in pay_scale.includes:
                yield Finding(
                    ("costs", "per_month", name, "covers"),
                    show(line.covers),
                    f"is paid twice: pay scale '{scale}' of team '{team}' includes it",
                    "remove the line, or what the pay scale includes",
                )
                break
