"""What contacts cost adds up to the bill, and goes where the work is."""

import pytest

from simulation.comparison.compare import Entrant, compare
from simulation.comparison.statistics import estimate
from simulation.experiment import Experiment
from simulation.experiment.replication import Simulator
from simulation.finance.document import ScenarioYear, TeamYear
from simulation.finance.per_contact import contact_costs, paid_contacts, shares
from simulation.scenario import loads
from tests.identities.test_every_field import written

TOWN = """\
kanaalkompas: 1
title: Town
horizon: {start: 2026-03-02, length: 5 days}
demand: {phone: {yearly: 60000}, webcare: {yearly: 12000}}
channels:
  phone: &live
    kind: live
    open: [{days: mon-fri, from: "08:00", until: "18:00"}]
    handling: {family: exponential, mean: 4 minutes}
    resolution: 0.8
  webcare:
    kind: deferred
    open: [{days: mon-fri, from: "09:00", until: "17:00"}]
    handling: {family: exponential, mean: 8 minutes}
    transfer: {to: office, probability: 0.3}
  office:
    kind: deferred
    open: [{days: mon-fri, from: "09:00", until: "17:00"}]
    handling: {family: exponential, mean: 20 minutes}
teams:
  calls:
    channels: {phone: {}}
    pay_scale: s
    roster: [{days: mon-fri, from: "08:00", until: "18:00", heads: 2}]
  both:
    channels: {phone: {rank: 1}, webcare: {rank: 2}}
    pay_scale: s
    roster: [{days: mon-fri, from: "08:00", until: "18:00", heads: 2}]
  office:
    channels: {office: {}}
    pay_scale: s
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 1}]
  news:
    pay_scale: s
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 1}]
costs:
  price_level: 2025
  pay_scales: {s: {monthly_salary: 3000, employer_charges: 0.3, overhead: 20000}}
  per_contact: {calls: {channel: phone, amount: 0.2, vat: cost}}
  per_month:
    tool: {amount: 500, team: both, vat: cost}
    rent: {amount: 900, avoidable: false, vat: cost}
  once: {start: {amount: 4000, vat: cost}}
"""


def result(text, replications=1):
    scenario = loads(text).scenario
    simulator = Simulator(scenario)
    numbers = range(1, replications + 1)
    experiment = Experiment(scenario, {number: simulator.measures(number) for number in numbers})
    return compare([Entrant("s", "s.yaml", (), (), experiment)], 1).scenarios[0]


@pytest.fixture(scope="module")
def town():
    return result(TOWN)


def adds_up(of):
    told = contact_costs(of)
    for name, kind in (("costs.full", "full"), ("costs.structural", "avoidable")):
        parts = [getattr(each, kind) for each in (*told.channels, *told.apart)]
        assert sum(parts) == pytest.approx(of.measures[name].mean, abs=0.01)
    return told


def test_all_structural_costs_are_with_a_channel_or_apart(town):
    told = adds_up(town)
    assert [each.channel for each in told.channels] == ["phone", "webcare"]
    assert [each.group for each in told.apart] == ["staff.news", "month"]
    assert told.apart[1].avoidable == 0


def test_a_back_office_is_paid_by_the_channel_that_passes_questions_on(town):
    told = contact_costs(town)
    alone = contact_costs(result(TOWN.replace("probability: 0.3", "probability: 0")))
    phone, webcare = (own.full for own in told.channels)
    assert phone == pytest.approx(alone.channels[0].full, rel=0.05)
    office = sum(
        town.measures[f"costs.lines.{line.name}"].mean
        for line in town.lines
        if line.group == "staff.office"
    )
    assert webcare > office > 0


def test_a_resolved_question_costs_more_than_a_contact_where_not_all_are(town):
    phone = contact_costs(town).channels[0]
    contact, resolved = phone.full_per_contact, phone.full_per_resolved
    assert contact is not None
    assert resolved == pytest.approx(contact / town.measures["channels.phone.resolution"].mean)
    avoidable = phone.avoidable_per_contact
    assert avoidable is not None
    assert contact > avoidable > 0


def test_a_channel_without_answers_has_no_cost_each():
    told = contact_costs(result(TOWN.replace("webcare: {yearly: 12000}", "webcare: {yearly: 0}")))
    webcare = next(each for each in told.channels if each.channel == "webcare")
    assert (webcare.contacts, webcare.full_per_contact) == (0, None)


def test_it_adds_up_where_much_is_going_on():
    adds_up(result(written({})))


ONE = """\
kanaalkompas: 1
title: One
horizon: {start: 2026-03-02, length: 3 days}
demand: {phone: {yearly: 40000}}
variation: {day_cv: 0.1}
channels: {phone: {kind: live, handling: {family: exponential, mean: 4 minutes}}}
teams: {calls: {channels: {phone: {}}, pay_scale: s, roster: [{heads: 2}]}}
costs: {price_level: 2025, pay_scales: {s: {monthly_salary: 3000, overhead: 20000}}}
"""


def test_the_interval_is_that_of_costs_divided_by_contacts_in_each_replication():
    one = result(ONE, 20)
    (phone,) = contact_costs(one).channels
    pairs = zip(one.raw["costs.full"], one.raw["channels.phone.answered"], strict=True)
    each = estimate([cost / answered for cost, answered in pairs])
    assert each.low is not None
    assert each.high is not None
    assert phone.full_per_contact is not None
    assert phone.full_per_contact_half == pytest.approx(each.high - each.mean, rel=0.1)
    assert each.low < phone.full_per_contact < each.high


def test_there_is_no_interval_below_10_replications(town):
    assert {own.full_per_contact_half for own in contact_costs(town).channels} == {None}


def paid(of, **fte):
    """Give the year in which so many people are paid, as many as were needed for other teams."""
    needed = {
        name: of.measures[f"teams.{name}.paid_fte_years"].mean for name in of.scenario["teams"]
    }
    teams = [
        TeamYear(
            team=name, title=None, contract_fte=1.0, today_fte=own, need_fte=own, needed=0,
            flexible=0, attrition=0, redeployment=0, redundancy=0, unabsorbed=0, paid_fte=own,
            contract_cost=0.0, hour_cost=0.0, handling_hours=0.0,
        )
        for name, own in (needed | fte).items()
    ]  # fmt: skip
    return ScenarioYear(
        letter=of.letter, year=2026, simulated=True, adoption=1.0, attained=None,
        teams=tuple(teams), lines=(),
    )  # fmt: skip


def test_by_paid_contracts_a_contact_costs_the_same_where_all_who_are_paid_are_needed(town):
    needed, own = contact_costs(town).channels, paid_contacts(town, paid(town))
    for one, other in zip(needed, own.channels, strict=True):
        assert other.channel == one.channel
        for part in ("full", "full_per_contact", "full_per_resolved"):
            assert getattr(other, part) == pytest.approx(getattr(one, part), abs=0.01)


def test_a_contract_more_adds_its_full_cost_to_the_channels_of_its_team(town):
    one = town.measures["teams.calls.paid_fte_years"].mean
    before, after = (
        {own.channel: own.full for own in paid_contacts(town, paid(town, calls=fte)).channels}
        for fte in (one, one + 1)
    )
    assert after["webcare"] == before["webcare"]
    assert after["phone"] - before["phone"] == pytest.approx(12 * 3000 * 1.3 + 20000)


def test_the_shares_of_a_line_add_up_to_one_or_it_stands_apart(town):
    found = shares(town)
    apart = {name for name, own in found.items() if not own}
    assert {name.partition(".")[0] for name in apart} == {"staff", "month"}
    assert {name for name in apart if name.startswith("month")} == {"month.rent"}
    for name, own in found.items():
        assert sum(own.values()) == (0 if name in apart else pytest.approx(1.0))
