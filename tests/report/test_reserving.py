"""What to reserve is what the document says of each year; what nobody stated is called 0."""

import re

import pytest

from simulation.report.case_view import CaseView, together
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.reserving import reserve, zeros
from simulation.report.traced import plain
from tests.report import case_examples as cases
from tests.report.test_size_page import number

AMOUNT = re.compile(r"€[\s\N{NO-BREAK SPACE}]?[\d.,]*\d")


def told(case, language="nl"):
    own = CaseView(case, Reader(language, equal=True))
    return [plain(each) for each in reserve(own, case.strategies[0], 0)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_reserve_is_what_the_years_cost_more_than_0(language):
    case = cases.alone(cases.Plan({"webcare": 3}, once=25_000.0, monthly=1_750.0))
    sentence, teams = told(case, language)
    amounts = [number(each, language) for each in AMOUNT.findall(sentence)]
    effects = case.strategies[0].effects
    assert amounts == [together(effects[0]), together(effects[1])]
    assert len({together(each) for each in effects[1:]}) == 1
    assert sentence.index("2026") < sentence.index("2027")
    assert teams.endswith("2029: webcare +2.")


def test_a_range_goes_from_low_to_high():
    plan = cases.Plan({"phone": 6}, fast=1, monthly=20_000.0)
    case = cases.alone(plan)
    later = [together(each) for each in case.strategies[0].effects[1:]]
    assert min(later) > 0
    extra = case.strategies[0].effects[1].model_copy(update={"structural": 300_000.0})
    effects = list(case.strategies[0].effects)
    effects[1] = extra
    changed = case.strategies[0].model_copy(update={"effects": tuple(effects)})
    sentence, *_ = told(case.model_copy(update={"strategies": (changed,)}))
    found = [number(each, "nl") for each in AMOUNT.findall(sentence)]
    assert found[1:] == pytest.approx([min(later[1:]), 300_000], abs=501)
    assert found[1] < found[2]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (cases.Plan({"phone": 6}, fast=9), "in geen enkel jaar iets extra"),
        (cases.Plan({"phone": 6}, fast=9, once=200_000.0), "daarna kost geen enkel jaar meer"),
        (cases.Plan({"phone": 5}, monthly=12_000.0), "€ 24.000 in 2027; in de andere jaren niets"),
        (
            cases.Plan({"phone": 4}, monthly=17_000.0),
            "en hoogstens € 84.000 per jaar in 2027 t/m 2028",
        ),
    ],
)
def test_years_that_cost_no_more_ask_for_nothing(plan, said):
    assert said in told(cases.alone(plan))[0].replace("\N{NO-BREAK SPACE}", " ")


STATED = {
    "transition": {"hiring": 1.0, "settling_in": 2.0, "dual_running": 1.0, "advice": 0.0},
    "workforce": {
        "counter": {"attrition": 0.1, "flexible": 0.2},
        "phone": {"attrition": 0.1, "flexible": 0.0},
        "webcare": {"attrition": 0.1},
    },
}


def test_costs_and_ways_to_end_that_are_0_are_named():
    case = cases.saving()
    (first, *others) = case.comparison.scenarios
    stated = first.model_copy(update={"scenario": {**first.scenario, "finance": STATED}})
    comparison = case.comparison.model_copy(update={"scenarios": (stated, *others)})
    own = CaseView(case.model_copy(update={"comparison": comparison}), Reader("en", equal=True))
    costs, ways = zeros(own)
    assert costs.endswith("in the amounts: training and advice procedure.")
    assert "hire and temporary contracts (phone and webcare)" in ways
    assert "leave by themselves" not in ways
    assert "; redundancy." in ways


def test_without_finance_everything_is_0():
    costs, ways = zeros(CaseView(cases.saving(), Reader("nl", equal=True)))
    assert costs.count(",") == 4
    assert ways.count(";") == 3
    assert "(" not in ways
