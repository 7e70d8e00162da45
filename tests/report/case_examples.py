"""Made-up business cases over the example at equal service, worked out as a real one is."""

from dataclasses import dataclass
from functools import cache

from simulation.comparison.document import Result
from simulation.finance.document import FORMAT, CaseResult, ScenarioYear, TeamYear, Terms, YearLine
from simulation.finance.document_break_even import BreakEven
from simulation.finance.document_budget import BudgetView, Deadline, Reconciliation, TaskField
from simulation.finance.document_contacts import (
    ApartCost,
    ChannelCost,
    ContactCosts,
    PaidChannel,
    PaidContacts,
)
from simulation.finance.document_sensitivity import Sensitivity
from simulation.finance.effects import strategy_case
from tests.report import equal_example

TEAMS = ("counter", "phone", "webcare")
PAY = 60_000.0
NOW = {"counter": 5.0, "phone": 8.0, "webcare": 1.0}
ENOUGH = {"counter": 4.0, "phone": 8.0, "webcare": 1.0}


@dataclass(frozen=True)
class Plan:
    """What a strategy takes.

    Attributes
    ----------
    needs : contracts that a team needs; those of 0* for the others
    fast : contracts of today that can end in a year
    once, monthly : what is paid once, and every month
    """

    needs: dict[str, int]
    fast: int = 1
    once: float = 0.0
    monthly: float = 0.0


SAVES = {
    "A": Plan({}, monthly=400.0),
    "B": Plan({"counter": 3, "phone": 5, "webcare": 2}, once=95_000.0, monthly=1_200.0),
    "C": Plan({"counter": 4, "phone": 7, "webcare": 3}, once=25_000.0, monthly=1_750.0),
}
COSTS = {
    "A": Plan({}, monthly=400.0),
    "B": Plan({"webcare": 3}, once=25_000.0, monthly=1_750.0),
}


def terms(*, years: int = 4, life: int = 10, rate: float = 0.0225, nominal: bool = False) -> Terms:
    return Terms(
        first_year=2026,
        years=years,
        life=life,
        prices="nominal" if nominal else "constant",
        price_level=2025,
        rate=rate,
        pay=0.03 if nominal else 0.0,
        purchases=0.02 if nominal else 0.0,
    )


def case(
    plans: dict[str, Plan], weighed: Terms | None = None, comparison: Result | None = None
) -> CaseResult:
    """Give the case of strategies, each with a plan, by badge."""
    own = weighed or terms()
    made = comparison or equal_example.result()
    everybody = {
        "0": Plan({team: int(many) for team, many in NOW.items()}),
        "0*": Plan({}),
        **plans,
    }
    years = {letter: _life(letter, plan, own) for letter, plan in everybody.items()}
    return CaseResult(
        format=FORMAT,
        version="0.1.0",
        question="5" * 64,
        terms=own,
        search=10,
        fresh=30,
        years=tuple(year for each in years.values() for year in each),
        strategies=tuple(strategy_case(letter, years, own.rate, {}) for letter in plans),
        contacts=tuple(_contacts(letter) for letter in everybody),
        paid_contacts=tuple(_paid(_contacts(letter), own) for letter in everybody),
        without=("E",),
        comparison=made,
    )


def _contacts(letter: str) -> ContactCosts:
    """Give what contacts cost: a visit most, a message least."""
    each = {"counter": (8_000, 30.0), "phone": (40_000, 9.0), "webcare": (3_000, 7.0)}
    return ContactCosts(
        letter=letter,
        channels=tuple(
            ChannelCost(
                channel=channel,
                contacts=contacts,
                resolved=0.8 * contacts,
                full=2 * cost * contacts,
                avoidable=cost * contacts,
                full_per_contact=2 * cost,
                full_per_contact_half=0.4,
                avoidable_per_contact=cost,
                full_per_resolved=2 * cost / 0.8,
                avoidable_per_resolved=cost / 0.8,
            )
            for channel, (contacts, cost) in each.items()
        ),
        apart=(ApartCost(group="staff.publishing", full=120_000.0, avoidable=70_000.0),),
    )


def _paid(costs: ContactCosts, own: Terms) -> PaidContacts:
    """Give the same by paid contracts: a quarter more."""
    return PaidContacts(
        letter=costs.letter,
        year=own.last_simulated,
        channels=tuple(
            PaidChannel(
                channel=each.channel,
                full=1.25 * each.full,
                full_per_contact=1.25 * (each.full_per_contact or 0.0),
                full_per_resolved=1.25 * (each.full_per_resolved or 0.0),
            )
            for each in costs.channels
        ),
    )


def _life(letter: str, plan: Plan, own: Terms) -> list[ScenarioYear]:
    return [_year(letter, plan, own, place) for place in range(own.life)]


def _year(letter: str, plan: Plan, own: Terms, place: int) -> ScenarioYear:
    teams = [_team(team, plan, place) for team in TEAMS]
    lines = [
        _line(f"staff.{team.team}.salary", f"staff.{team.team}", team.paid_fte, PAY)
        for team in teams
    ]
    lines.append(_line("month.webcare_tool", "month", 12.0, plan.monthly, unit="month"))
    if not place:
        lines.append(_line("once.training", "once", 1.0, plan.once, unit="once", structural=False))
    return ScenarioYear(
        letter=letter,
        year=own.first_year + place,
        simulated=place < own.years,
        adoption=min(1.0, 0.4 + 0.2 * place),
        attained=None,
        teams=tuple(teams),
        lines=tuple(lines),
    )


def _team(team: str, plan: Plan, place: int) -> TeamYear:
    today = NOW[team]
    need = float(plan.needs.get(team, int(ENOUGH[team])))
    gone = max(0, min(int(today - need), plan.fast * (place + 1)))
    left = max(0, int(today - need) - gone)
    return TeamYear(
        team=team,
        title=None,
        contract_fte=1.0,
        today_fte=today,
        need_fte=need,
        needed=int(need - today),
        flexible=gone,
        attrition=0,
        redeployment=0,
        redundancy=0,
        unabsorbed=left,
        paid_fte=max(need, today - gone),
        contract_cost=PAY,
        hour_cost=32.5,
        handling_hours=round(1_100.0 * need * (1 - 0.01 * place), 1),
    )


def _line(
    name: str,
    group: str,
    quantity: float,
    rate: float,
    *,
    unit: str = "fte_year",
    structural: bool = True,
) -> YearLine:
    return YearLine.model_validate(
        {
            "name": name,
            "group": group,
            "title": None,
            "unit": unit,
            "quantity": quantity,
            "rate": rate,
            "amount": round(quantity * rate, 2),
            "structural": structural,
            "sources": ("demand.phone.yearly", "channels.webcare.kind"),
        }
    )


@cache
def saving() -> CaseResult:
    """Give a case in which contracts end and money is saved."""
    return case(SAVES)


@cache
def costing() -> CaseResult:
    """Give a case in which no strategy saves."""
    return case(COSTS)


def alone(plan: Plan, *, years: int = 4, life: int = 10) -> CaseResult:
    """Give the case of one strategy, B."""
    return case({"B": plan}, terms(years=years, life=life))


def hostile() -> CaseResult:
    """Give a case whose titles are markup, formulas and very long words."""
    made = equal_example.result()
    titles = ("<script>alert(1)</script>", "{0} & \"'=1+1", "Burger" * 40, "</script>", "x", "y")
    scenarios = tuple(
        scenario.model_copy(update={"title": title})
        for scenario, title in zip(made.scenarios, titles, strict=False)
    )
    return case(SAVES, comparison=made.model_copy(update={"scenarios": scenarios}))


def nominal() -> CaseResult:
    """Give a case in nominal euros."""
    return case(SAVES, terms(nominal=True))


def turning() -> CaseResult:
    """Give a case with break-evens: B turns, C never does, A has none."""
    return saving().model_copy(
        update={
            "break_even": (
                turn("A", "none"),
                turn("B", "from", value=0.31, low=0.26, high=None),
                turn("C", "never"),
                turn("B", "up_to", value=340.0, low=300.0, high=380.0, path=HANDLING),
            )
        }
    )


HANDLING = "channels.webcare.handling.mean"


def turn(letter: str, side: str, path: str | None = None, **found: float | None) -> BreakEven:
    """Give a break-even; its cost falls in two steps, or rises where it holds up to a value."""
    most, unit = (0.6, "share") if path is None else (600.0, "seconds")
    way = -1.0 if side == "up_to" else 1.0
    above = 70_000.0 if side == "never" else 0.0
    points = [
        {
            "value": most * n / 12,
            "contracts": above + way * (60_000.0 * ((n < 6) + (n < 9) - 1) - 100.0 * n),
            "fte": above + way * (60_000.0 - 10_000.0 * n),
            "low": above + way * (60_000.0 * ((n < 5) + (n < 9) - 1) - 100.0 * n) - 10.0,
            "high": above + way * (60_000.0 * ((n < 7) + (n < 9) - 1) - 100.0 * n) + 10.0,
            "half": 3_000.0,
            "simulated": n % 3 == 0,
        }
        for n in range(0 if side == "none" else 13)
    ]
    return BreakEven.model_validate(
        {
            "letter": letter,
            "path": path,
            "unit": unit,
            "base": None if side == "none" else most / 3,
            "side": side,
            "value": None,
            "low": None,
            "high": None,
            "without_rounding": None,
            "points": tuple(points),
            **found,
        }
    )


def sensing(*, quick: bool = False, unsure: bool = True) -> CaseResult:
    """Give a case that tells what would change its verdict; B may gain and may lose."""
    return turning().model_copy(update={"sensitivity": sensitivity(quick=quick, unsure=unsure)})


PATHS = ("demand.phone.yearly", HANDLING, "channels.phone.handling.mean", "costs.contract_hours")


def sensitivity(*, quick: bool, unsure: bool) -> Sensitivity:
    best = -166_000.0
    swings = tuple(
        {
            "letter": letter,
            "path": path,
            "unit": "seconds" if path.endswith("mean") else "number",
            "base": 300.0,
            "low": _end(240.0, best - wide, "resized" if n < 2 else "priced"),
            "high": _end(380.0, best + wide * 1.5, "interpolated" if n < 2 else "unmoved"),
        }
        for letter in "BC"
        for n, path in enumerate(PATHS)
        for wide in (200_000.0 / (n + 1),)
    )
    ends = (-400_000.0, 900_000.0) if unsure else (200_000.0, 900_000.0)
    return Sensitivity.model_validate(
        {
            "quick": quick,
            "plays": 30,
            "searches": 10,
            "bases": tuple(
                {
                    "letter": letter,
                    "contracts": best,
                    "fte": best,
                    "half": 9_000.0,
                    "weakest": "phone_60",
                    "margin": 0.01,
                }
                for letter in "BC"
            ),
            "swings": swings,
            "flips": ()
            if not unsure
            else (
                _flip("sign", ("B",), PATHS[0], 377.0),
                _flip("ranking", ("B", "C"), HANDLING, 312.5),
            ),
            "together": tuple(
                {
                    "letter": letter,
                    "points": 64,
                    "impossible": 2,
                    "found": "interpolated" if quick else "resized",
                    "structural": _spread(-200_000.0, 90_000.0),
                    "present_value": _spread(*ends),
                    "never": 0.31,
                    "payback": 2.4 if letter == "B" else None,
                    "cubes": (_spread(-190_000.0, 80_000.0), _spread(-210_000.0, 100_000.0)),
                }
                for letter in "BC"
            ),
            "left_out": (
                {"what": "strategy", "letter": "A", "path": None, "count": 0},
                {"what": "range", "letter": None, "path": HANDLING, "count": 0},
                {"what": "sizes", "letter": "B", "path": None, "count": 3},
            ),
        }
    )


def _end(value: float, cost: float, found: str) -> dict[str, object]:
    return {
        "value": value,
        "contracts": cost,
        "fte": cost,
        "weakest": "phone_60",
        "margin": -0.012,
        "all_norms": 0.7,
        "found": found,
    }


def _spread(low: float, high: float) -> dict[str, float]:
    return {"low": low, "median": (low + high) / 2, "high": high}


def _flip(kind: str, letters: tuple[str, ...], path: str, value: float) -> dict[str, object]:
    unit = "seconds" if path.endswith("mean") else "number"
    return {
        "kind": kind,
        "letters": letters,
        "path": path,
        "unit": unit,
        "base": 300.0,
        "value": value,
    }


def reconciled() -> CaseResult:
    """Give a case with everything: also a budget, task fields, investments and a deadline."""
    told = sensing()
    years = tuple(effect.year for effect in told.strategies[1].effects)
    return told.model_copy(
        update={
            "reconciliation": reconciliation(),
            "task_fields": (_field("B", "0.4 Overhead", years), _field("B", None, years)),
            "budget_views": (_spread_out("B", years),),
            "deadlines": (Deadline(letter="B", lead_time=4.0, before="2025-08-31"),),
        }
    )


def reconciliation(rest: float = 17_000.0) -> Reconciliation:
    """Give a budget of two entries beside what was simulated."""
    paid = 500_000.0 + 15_000.0 - 40_000.0 + rest
    return Reconciliation.model_validate(
        {
            "year": 2024,
            "price_level": 2025,
            "factor": 1.03,
            "entries": (
                {
                    "name": "contact_centre",
                    "title": {"nl": "klantcontact", "en": "contact centre"},
                    "taakveld": "0.4 Overhead",
                    "covers": ("staff.phone",),
                    "budget": 500_000.0,
                    "index": 15_000.0,
                    "gaps": (
                        {
                            "name": "vacancies",
                            "title": {"nl": "vacatures", "en": "vacancies"},
                            "stated": -39_000.0,
                            "amount": -40_000.0,
                        },
                    ),
                    "rest": rest,
                    "simulated": paid,
                },
                {
                    "name": "press",
                    "title": None,
                    "taakveld": None,
                    "covers": (),
                    "budget": 0.0,
                    "index": 0.0,
                    "gaps": (),
                    "rest": 0.0,
                    "simulated": 0.0,
                },
            ),
            "open": ({"part": "staff.counter", "amount": 120_000.0},),
            "empty": ("press",),
            "budget": 500_000.0,
            "index": 15_000.0,
            "gaps": -40_000.0,
            "rest": rest,
            "not_covered": 120_000.0,
            "simulated": paid + 120_000.0,
        }
    )


def _field(letter: str, taakveld: str | None, years: tuple[int, ...]) -> TaskField:
    told = tuple({"year": year, "structural": -21_000.0, "once": 4_000.0} for year in years)
    return TaskField.model_validate({"letter": letter, "taakveld": taakveld, "years": told})


def _spread_out(letter: str, years: tuple[int, ...]) -> BudgetView:
    told = tuple(
        {
            "year": year,
            "cash": 60_000.0,
            "invested": 50_000.0,
            "depreciation": 10_000.0,
            "interest": 900.0,
            "budget": 20_900.0,
        }
        for year in years
    )
    return BudgetView.model_validate(
        {"letter": letter, "interest_rate": 0.018, "years": told, "left": 0.0}
    )
