"""A business case with everything in it, made by the command as a user makes it."""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from simulation.comparison.document import Result
from simulation.costs.lines import lines
from simulation.finance.beside import beside_budget
from simulation.finance.case import contacts_of, finance_of, paid_contacts_of, priced
from simulation.finance.document import CaseResult, ScenarioYear
from simulation.finance.effects import strategy_case
from simulation.finance.needs import Facts, Stand
from simulation.finance.stored import read_case
from simulation.report.workbook.inputs import Input
from simulation.scenario.load import validate
from simulation.scenario.scenario import Scenario
from tests.cli.conftest import TODAY, command, environment

__all__ = ["COME_AND_GO", "NOMINAL", "make_case", "read_case", "repriced", "setting"]

LONG = "en dan nog een keer " * 14
"""So that a title has over 300 characters."""

PRICES = """\
costs:
  price_level: 2025
  pay_scales:
    s7: {monthly_salary: {value: 3500, low: 3000, high: 4000, source: "=CMD()",
                          owner: "+CMD|' /C calc'!A0", note: "-2+3\\nregel \\"twee\\" 🧭"},
         individual_budget: 0.17, employer_charges: 0.3, hire: 1200.5, overtime_factor: 1.5}
  per_contact: {telephony: {channel: phone, amount: 0.035, vat: compensable}}
  per_month: {tool: {title: {nl: "=1+1", en: "=1+1"}, amount: 250, vat: cost}}
"""

YEAR = """\
extends: today.yaml
title: {nl: Vandaag, en: Today}
why: {nl: Een jaar., en: A year.}
horizon: {start: 2026-01-01, length: 365 days, name: {nl: het jaar 2026, en: the year 2026}}
calendar: {public_holidays: NL}
# Few long conversations keep as many people busy as many short ones, and are simulated sooner.
demand: {phone: {yearly: 25000}, webcare: {yearly: 1250}}
channels: {phone: {handling: {mean: 16 minutes}}, webcare: {handling: {mean: 20 minutes}}}
teams:
  desk:
    title: "@SUM(A1) \\"zo\\" 'dat'\\n=2+2"
    roster: [{days: mon-fri, from: "08:00", until: "18:00", heads: 4}]
finance:
  years: 2
  life: 6
  real_rate: 0.025
  price_index: {2024: 100, 2025: 104.5, 2026: 107}
  budget:
    year: 2024
    entries:
      people: {title: {nl: Mensen, en: People}, amount: 301234.55, covers: [staff.desk],
               taakveld: ">0.2 =Burgerzaken*"}
      tool: {amount: 2800, covers: [month.tool]}
    gaps: {vacancy: {entry: people, amount: -20000.55}}
  workforce:
    desk: {contract: 6, flexible: 0.1, attrition: 0.1, redeployment: 0.05, redundancy: 0.08}
  transition: {dual_running: 1.5, advice: 2, hiring: 800, training: 650.55, settling_in: 1,
               lead_time: 4.5}
"""

NOMINAL = {
    "prices": "nominal",
    "real_rate": None,
    "nominal_rate": 0.04,
    "indexation": {"pay": 0.03, "purchases": 0.02},
}

INFORMED = """\
extends: year.yaml
title: {nl: "=Informeren over van alles en nog wat 1 🧭", en: "@Informing of everything and more 1"}
why: {nl: Minder vragen., en: Fewer questions.}
shift: {deflection: {news: {shares: {question: 0.4}}}}
costs: {once: {start: {amount: 1000, vat: compensable}}}
finance:
  adoption: {first_year: 0.2, full_after: 1}
  overhead: {room: {title: {nl: Verdieping, en: Floor}, year: 2028, amount: -12000}}
"""


BLENDED = """\
extends: year.yaml
title: {nl: "=Informeren over van alles en nog wat 2 LONG", en: "@Informing of everything, 2"}
why: {nl: Anders betaald., en: Paid otherwise.}
teams:
  desk: null
  one:
    title: {nl: "-één\\n team", en: "-one team"}
    roster: [{days: mon-fri, from: "08:00", until: "18:00", heads: 4}]
    channels: {phone: {}, webcare: {rank: 2}}
    shrinkage: 0.25
    pay_scale: s8
costs:
  pay_scales: {s8: {monthly_salary: 3333.33, employer_charges: 0.31}}
  once: {start: {amount: 2500, vat: compensable}}
finance: {workforce: {desk: null, one: {contract: 6, flexible: 0.25, takes_over: [desk]}}}
"""


def make_case(folder: Path, *strategies: str, options: Sequence[str] = ()) -> Path:
    """Write the files, run ``business-case`` for strategies, and give the path of the case."""
    (folder / "today.yaml").write_text(TODAY.partition("costs:")[0], "utf-8")
    (folder / "year.yaml").write_text(YEAR + PRICES, "utf-8")
    (folder / "informed.yaml").write_text(INFORMED, "utf-8")
    (folder / "blended.yaml").write_text(BLENDED.replace("LONG", LONG.strip()), "utf-8")
    files = ("year.yaml", *(f"{name}.yaml" for name in strategies))
    done = subprocess.run(
        command("business-case", *files, "--workers", "1", "--replications", "10", *options),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "out/case.json"


Change = Callable[[str, dict[str, Any]], None]
"""Changes the scenario of a badge in place, as plain data."""


COME_AND_GO = {"0*": (7.4, 2.0), "A": (2.5, 9.0), "B": (3.0, 0.5)}
"""Full-time equivalents in the first year and later, so that people come, and go in every way."""


def repriced(
    case: CaseResult, change: Change, needs: Mapping[str, tuple[float, float]] | None = None
) -> CaseResult:
    """Give the case that the same simulations make at other prices, which move nobody.

    Parameters
    ----------
    case, change : with its simulations, and what is otherwise in its scenarios
    needs : full-time equivalents in the first year and later, by badge; as simulated without
    """
    plain = case.model_dump(mode="json")
    equal = plain["comparison"]["equal_service"]
    for each in (equal["today"], *plain["comparison"]["scenarios"]):
        change(each["letter"], each["scenario"])
    changed = {
        each["letter"]: validate(each["scenario"])
        for each in (equal["today"], *plain["comparison"]["scenarios"])
    }
    terms, found = case.terms, dict[tuple[str, int], Facts]()
    for year in case.years:
        place = year.year - terms.first_year
        facts = _facts(year, changed[year.letter])
        if needs is not None and year.letter in needs:
            facts = replace(facts, need=dict.fromkeys(facts.need, needs[year.letter][place > 0]))
        found[year.letter, place] = facts
    today = {team.team: team.today_fte for team in case.years[0].teams}
    years = priced([_stand(*each) for each in changed.items()], found, today)
    finance = finance_of(changed["0"])
    index, costs = finance.indexation, changed["0"].costs
    assert costs is not None
    plain["years"] = [year.model_dump(mode="json") for own in years.values() for year in own]
    plain["strategies"] = [
        strategy_case(each.letter, years, finance.rate, _taken(changed[each.letter])).model_dump(
            mode="json"
        )
        for each in case.strategies
    ]
    _priced_bills(plain["comparison"], changed)
    compared = Result.model_validate(plain["comparison"], strict=False)
    beside = beside_budget(
        compared.equal_service.today if compared.equal_service else compared.scenarios[0],
        changed,
        years,
        [each.letter for each in case.strategies],
    )
    told = {
        "contacts": contacts_of(compared, years),
        "paid_contacts": paid_contacts_of(compared, years, finance.years),
        "deadlines": beside.deadlines,
        "task_fields": beside.task_fields,
    }
    plain |= {
        part: [each.model_dump(mode="json") for each in found] for part, found in told.items()
    }
    plain["terms"] |= {
        "life": finance.life,
        "prices": finance.prices,
        "rate": finance.rate,
        "price_level": costs.price_level,
        "pay": index.pay if index else 0.0,
        "purchases": index.purchases if index else 0.0,
    }
    return CaseResult.model_validate(plain, strict=False)


def _priced_bills(comparison: dict[str, Any], changed: Mapping[str, Scenario]) -> None:
    """Price the lines of every bill anew: mean quantity × rate."""
    for each in (comparison["equal_service"]["today"], *comparison["scenarios"]):
        rates = {line.name: line.rate for line in lines(changed[each["letter"]])}
        for line in each["lines"]:
            quantity = each["measures"][f"costs.quantities.{line['name']}"]["mean"]
            line["rate"] = rates[line["name"]]
            each["measures"][f"costs.lines.{line['name']}"]["mean"] = quantity * line["rate"]


def _taken(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    return {team: own.takes_over for team, own in finance_of(scenario).workforce.items()}


def _stand(letter: str, scenario: Scenario) -> Stand:
    return Stand(letter, scenario, bench=None, sized={}, kept={}, share=0.8)  # type: ignore[arg-type]


def _facts(year: ScenarioYear, scenario: Scenario) -> Facts:
    counted = {line.name: line.quantity for line in year.lines}
    measures: dict[str, float] = {
        line.quantity: counted[line.name]
        for line in lines(scenario)
        if line.name in counted and line.quantity
    }
    measures |= {f"teams.{team.team}.busy_hours": team.handling_hours for team in year.teams}
    return Facts({team.team: team.need_fte for team in year.teams}, measures, year.attained)


def setting(values: Mapping[Input, float]) -> Change:
    """Give a change that sets inputs in the scenarios for which they hold."""

    def change(letter: str, scenario: dict[str, Any]) -> None:
        for each, value in values.items():
            if letter in each.letters:
                *before, last = each.path.split(".")
                node: Any = scenario
                for part in before:
                    node = node[part]
                node[last] = int(value) if each.unit == "year" else value

    return change
