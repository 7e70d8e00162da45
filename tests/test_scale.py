"""The page about scale is what the script writes now, and the script counts as the product does."""

from dataclasses import replace

import pytest

from benchmarks.municipalities import (
    BUSIEST,
    PLANS,
    REPLICATIONS,
    SCENARIOS,
    Municipality,
    alone,
    costs,
    lasts,
    municipalities,
    question,
    rates,
)
from benchmarks.quotas import QUOTAS
from benchmarks.scale import PAGE, written
from functions.logic.costs import ONE_CORE
from functions.logic.estimate import ENDS, estimate
from functions.logic.question import Asked, make_question
from functions.settings import Settings
from tests.docs.blocks import HOUSE
from tests.infra.conftest import read_template

TEXT = (HOUSE / "docs" / PAGE).read_text(encoding="utf-8")


def test_the_page_is_what_the_script_writes():
    assert written(TEXT) == TEXT


def test_a_page_without_a_place_for_a_table_is_refused():
    with pytest.raises(ValueError, match="no place for quotas"):
        written(TEXT.replace("<!-- quotas, written", "<!-- written"))


def test_there_are_all_municipalities_with_their_inhabitants():
    found = municipalities()
    assert len({each.name for each in found}) == 342
    assert found[0].name == "Amsterdam"
    assert sum(each.inhabitants for each in found) == 17_475_908
    assert min(each.inhabitants for each in found) > 900


@pytest.mark.parametrize("end", ENDS)
def test_a_question_takes_what_the_product_expects_of_it(tmp_path, end):
    asked = {"kind": "compare", "scenarios": ["amsterdam/0-today"], "replications": REPLICATIONS}
    made, loaded = make_question(Asked.model_validate(asked), tmp_path)
    told = estimate(made, loaded * SCENARIOS, "eu-west-1", ONE_CORE)
    city = Municipality("", round(told.largest / getattr(rates(), end)))
    used = question(city, end).used
    assert used.items == getattr(told.items, end)
    assert used.seconds + used.between == pytest.approx(getattr(told.seconds, end), rel=1e-4)


def test_costs_are_those_of_the_product(tmp_path):
    asked = {"kind": "compare", "scenarios": ["amsterdam/0-today"], "replications": REPLICATIONS}
    made, loaded = make_question(Asked.model_validate(asked), tmp_path)
    told = estimate(made, loaded * SCENARIOS, "eu-west-1", ONE_CORE).costs.euros
    city = Municipality("", round(1_860_408 / rates().value))
    assert costs([city]).value == pytest.approx(told.value, rel=0.01)


def test_more_at_a_time_takes_less_long_and_never_less_than_the_largest_alone():
    times = [lasts(plan, "value") for plan in PLANS]
    assert times == sorted(times, reverse=True)
    largest = alone(question(municipalities()[0], "value"), BUSIEST, "value")
    assert lasts(replace(BUSIEST, runs=342), "value") == pytest.approx(largest)


def test_the_middle_plan_is_what_the_stack_sets():
    defaults = {name: each.get("Default") for name, each in read_template()["Parameters"].items()}
    assert (PLANS[1].runs, PLANS[1].at_once) == (defaults["ActiveRuns"], defaults["MaxConcurrency"])


def test_the_page_names_the_limit_of_our_own_api():
    (stage,) = (
        each["Properties"]["DefaultRouteSettings"]
        for each in read_template()["Resources"].values()
        if each["Type"] == "AWS::ApiGatewayV2::Stage"
    )
    assert f"takes {stage['ThrottlingRateLimit']} requests a second" in TEXT


def test_all_questions_of_a_day_stay_under_what_a_caller_may_spend():
    dollars = costs(municipalities()).value / 0.8789
    assert dollars < Settings.model_fields["day_cost"].default


def test_each_quota_has_a_page_of_aws():
    assert all(each.source.startswith("https://") for each in QUOTAS)
    assert {each.source.split("/")[2] for each in QUOTAS} <= {"docs.aws.amazon.com", "repost.aws"}
