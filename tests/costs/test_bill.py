"""A bill by hand, to the cent."""

import json

import pytest
from pydantic import ValidationError

from simulation.costs import lines, price
from simulation.costs.bill import months
from simulation.scenario import ScenarioError
from simulation.scenario.costs import ContactLine, MonthLine, OnceLine
from simulation.scenario.horizon import Horizon
from tests.play.by_hand import Come, clock, scenario_of, story

OFFICE = """
channels:
  phone: {kind: live, open: [{days: mon-fri, from: "09:00", until: "17:00"}]}
  mail: {kind: deferred}
teams:
  desk:
    pay_scale: s7
    shrinkage: 0.2
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 3}]
    channels: {phone: {}}
  web: {pay_scale: s9, roster: [{days: mon-fri, from: "10:00", until: "12:00", heads: 1}],
        channels: {mail: {}}}
"""

SCALES: dict[str, dict[str, object]] = {
    "s7": {
        "monthly_salary": 3_000,
        "individual_budget": 0.17,
        "employer_charges": 0.25,
        "hire": 1_000,
        "workplace": 5_000,
        "overhead": 20_000,
        "overtime_factor": 1.5,
    },
    "s9": {"monthly_salary": 3_600},
}

PRICES = {
    "price_level": 2026,
    "contract_hours": 1_872,
    "pay_scales": SCALES,
    "per_contact": {
        "trunk": {"channel": "phone", "amount": 0.35, "vat": "compensable"},
        "menu": {"channel": "phone", "amount": 0.1, "per": "offered", "vat": "cost"},
    },
    "per_month": {
        "tool": {"amount": 310, "vat": "compensable", "covers": "licence"},
        "rent": {"amount": 62, "vat": "cost", "avoidable": False},
    },
    "once": {"training": {"amount": 1_234.56, "vat": "cost"}},
}

WEEK = {"start": "2026-01-05", "length": "7 days"}

CALLS = (
    Come(clock("mon 10:00")),
    Come(clock("mon 18:00")),  # closed: offered, not answered
    Come(clock("tue 16:50"), handling=70),  # an hour of overtime
)


@pytest.fixture(scope="module")
def told():
    return story(OFFICE, *CALLS, horizon=WEEK, costs=PRICES)


@pytest.fixture(scope="module")
def bill(told):
    return price(told.scenario, told.measures())


def test_every_line_of_the_bill_by_hand(bill):
    """The desk: 3 x 8 x 5 = 120 hours rostered, 150 paid, 150/1872 of a full-time year.

    Salary 36,000; individual budget 17 % of it, 6,120; charges 25 % of both, 10,530. An hour
    costs (36,000 + 6,120 + 10,530 + 1,000) / 1872 = 28.6592, in overtime half as much again.
    Webcare: 10 hours of a full-time year of 43,200. A week is 7/31 of January.
    """
    cents = {line.name: value for line, value in zip(bill.lines, bill.cents, strict=True)}
    assert {name: value for name, value in cents.items() if value} == {
        "staff.desk.salary": 288_462,
        "staff.desk.individual_budget": 49_038,
        "staff.desk.employer_charges": 84_375,
        "staff.desk.hire": 8_013,
        "staff.desk.workplace": 40_064,
        "staff.desk.overhead": 160_256,
        "staff.desk.overtime": 4_299,
        "staff.web.salary": 23_077,
        "contact.trunk": 70,
        "contact.menu": 30,
        "month.tool": 7_000,
        "month.rent": 1_400,
        "once.training": 123_456,
    }


def test_the_total_is_the_sum_of_its_lines_to_the_cent(bill):
    values = bill.measures()
    parts = [value for path, value in values.items() if path.startswith("costs.lines.")]
    assert len(parts) == len(bill.lines)
    assert round(values["costs.total"] * 100) == sum(round(part * 100) for part in parts)
    assert bill.total() == sum(bill.cents)


def test_avoidable_and_full_cost_and_what_is_paid_once(bill):
    """Workplace, overhead and the rent do not end when hours end; training does not recur."""
    avoidable = 288_462 + 49_038 + 84_375 + 8_013 + 4_299 + 23_077 + 70 + 30 + 7_000
    full = avoidable + 40_064 + 160_256 + 1_400
    values = bill.measures()
    assert values["costs.structural"] == avoidable / 100
    assert values["costs.full"] == full / 100
    assert values["costs.once"] == 1_234.56
    assert values["costs.total"] == (full + 123_456) / 100


def test_a_minimum_term_is_an_obligation_after_the_period_and_in_no_total(told):
    """Of 12 months at 100 euros, a week is 7/31; the rest is still owed. The other term is over."""
    months = {
        "tool": {"amount": 100, "vat": "cost", "minimum_months": 12},
        "rent": {"amount": 50, "vat": "cost", "minimum_months": 0},
    }
    told = story(OFFICE, *CALLS, horizon=WEEK, costs={**PRICES, "per_month": months})
    values = price(told.scenario, told.measures()).measures()
    assert values["costs.obligation"] == round(100 * (12 - 7 / 31), 2)
    assert values["costs.groups.month"] == round(100 * 7 / 31, 2) + round(50 * 7 / 31, 2)


def test_groups_hold_the_avoidable_cost(bill):
    values = bill.measures()
    assert values["costs.groups.staff.desk"] == 4_341.87
    assert values["costs.groups.staff.web"] == 230.77
    assert values["costs.groups.contact"] == 1
    assert values["costs.groups.month"] == 70
    assert values["costs.groups.once"] == 1_234.56


def test_quantities_are_those_that_were_measured(bill, told):
    values = bill.measures()
    assert values["costs.quantities.staff.desk.salary"] == 150 / 1_872
    assert values["costs.quantities.staff.desk.overtime"] == 1
    assert values["costs.quantities.contact.trunk"] == told.measures()["channels.phone.answered"]
    assert values["costs.quantities.contact.menu"] == told.measures()["channels.phone.offered"]


def test_staff_cost_is_of_paid_hours_and_absence_is_paid():
    absent = OFFICE.replace("shrinkage: 0.2", "shrinkage: 0.2\n    absence: {share: 0.5}")
    ill = story(absent, horizon=WEEK, costs=PRICES)
    assert ill.measures()["teams.desk.absent_hours"] > 0
    well = story(OFFICE, horizon=WEEK, costs=PRICES)
    one, other = (price(each.scenario, each.measures()) for each in (ill, well))
    assert one.cents == other.cents


def test_work_after_the_horizon_is_on_a_line_of_its_own_at_the_overtime_price():
    """Friday 16:50 for 70 minutes; the horizon ends at 17:00, so an hour is run-out."""
    friday = {"start": "2026-01-09", "length": "1020 minutes"}
    told = story(OFFICE, Come(clock("16:50"), handling=70), horizon=friday, costs=PRICES)
    values = price(told.scenario, told.measures()).measures()
    assert values["costs.lines.staff.desk.overtime"] == 0
    assert values["costs.lines.staff.desk.run_out"] == 42.99


def test_overtime_is_priced_on_the_avoidable_contract_hour():
    """No workplace and no overhead in it, and no shrinkage."""
    scenario = scenario_of(OFFICE, costs=PRICES)
    rates = {line.name: line.rate for line in lines(scenario)}
    hourly = (36_000 + 6_120 + 10_530 + 1_000) / 1_872
    assert rates["staff.desk.overtime"] == pytest.approx(1.5 * hourly)
    assert rates["staff.web.overtime"] == pytest.approx(43_200 / 1_872)


def test_the_base_of_an_hour_is_stated():
    """On 1,363 hours the same hours are 37 % more of a full-time year."""
    productive = {**PRICES, "contract_hours": 1_363}
    told = story(OFFICE, horizon=WEEK, costs=productive)
    assert told.measures()["teams.desk.paid_fte_years"] == 150 / 1_363


def period(start, length, **parts):
    """Give a horizon as a file writes it."""
    return Horizon.model_validate_json(json.dumps({"start": start, "length": length, **parts}))


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        ("2026-01-01", "365 days", 12),
        ("2028-01-01", "366 days", 12),
        ("2026-02-01", "28 days", 1),
        ("2026-02-01", "14 days", 0.5),
        ("2026-01-31", "2 days", 1 / 31 + 1 / 28),
        ("2026-01-31 12:00", "24 hours", 0.5 / 31 + 0.5 / 28),
        ("2026-04-10", "36 hours", 1.5 / 30),
    ],
)
def test_a_month_is_charged_by_the_day_each_a_part_of_its_own_month(start, length, expected):
    horizon = period(start, length)
    assert months(horizon) == pytest.approx(expected, abs=1e-12)


def test_a_calendar_year_is_twelve_months_exactly():
    assert months(period("2026-01-01", "365 days")) == 12.0
    assert months(period("2027-03-01", "366 days")) == 12.0


def test_the_warm_up_is_not_charged():
    horizon = period("2026-04-01", "30 days", warm_up="12 hours")
    assert months(horizon) == pytest.approx(29.5 / 30)


def test_without_prices_the_bill_is_empty():
    told = story(OFFICE, *CALLS, horizon=WEEK)
    bill = price(told.scenario, told.measures())
    assert bill.lines == ()
    assert bill.measures() == {}


@pytest.mark.parametrize("covers", ["seat", "licence"])
def test_a_line_for_what_the_pay_scale_includes_is_refused(covers):
    seat = {"amount": 100, "vat": "cost", "covers": covers, "team": "desk"}
    included = {**SCALES["s7"], "includes": [covers]}
    costs = {
        **PRICES,
        "per_month": {"seat": seat},
        "pay_scales": {**SCALES, "s7": included},
    }
    with pytest.raises(ScenarioError, match="paid twice"):
        scenario_of(OFFICE, costs=costs)
    other_team = {**costs, "per_month": {"seat": {**seat, "team": "web"}}}
    assert scenario_of(OFFICE, costs=other_team).costs is not None


@pytest.mark.parametrize(
    ("line", "parts"), [(ContactLine, {"channel": "phone"}), (MonthLine, {}), (OnceLine, {})]
)
def test_each_purchase_line_says_what_its_vat_is(line, parts):
    for vat in ("compensable", "cost"):
        assert line(amount=1.0, vat=vat, **parts).vat == vat
    with pytest.raises(ValidationError, match="vat"):
        line(amount=1.0, **parts)
    with pytest.raises(ValidationError, match="vat"):
        line(amount=1.0, vat="included", **parts)
