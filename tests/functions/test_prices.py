"""The price list, and what a bill comes to by it."""

import math

import pytest

from functions.logic.costs import HABITS, Costs, Used, bill, costs_of, price
from functions.logic.prices import LIST, PricesError, prices, read_prices

TEXT = LIST.read_text(encoding="utf-8")
USED = Used(seconds=1000.0, between=10.0, items=100, rounds=10)


def test_ireland_and_frankfurt_have_prices():
    assert {"eu-west-1", "eu-central-1"} <= set(prices().regions)


@pytest.mark.parametrize("region", prices().regions)
def test_every_figure_has_a_source_with_an_address_or_a_range(region):
    for name, figure in vars(prices().of(region)).items():
        if name != "name":
            assert figure.estimated != ("https://" in (figure.source or "")), name
            assert figure.least <= figure.value <= figure.most


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("value: 0.0000002\n", "value: -1\n", "eu-west-1.lambda_request.value"),
        ("value: 0.0000002\n", "value: cheap\n", "eu-west-1.lambda_request.value"),
        ("date: 2026-11-29", "date: today", "date"),
        ("    s3_get: {value: 0.0000004,", "    s4_get: {value: 0.0000004,", "s4_get"),
        ("low: 0.022, high: 0.025", "low: 0.024, high: 0.025", "low is at most the value"),
        ("s3_gb_month: {value: 0.023, low: 0.022,", "s3_gb_month: {value: 0.023,", "give a source"),
        ("date: 2026-11-29", "date: [", "prices.yaml"),
    ],
)
def test_what_is_wrong_with_a_list_is_told_with_its_place(old, new, told):
    assert old in TEXT
    with pytest.raises(PricesError, match=told):
        read_prices(TEXT.replace(old, new, 1))


def test_a_region_without_prices_is_told_with_those_that_have():
    with pytest.raises(PricesError, match="no prices of eu-west-9; choose from eu-west-1"):
        prices().of("eu-west-9")


def test_a_bill_is_what_the_formula_says():
    asked, own = prices().of("eu-west-1"), HABITS["value"]
    lines = bill(USED, "value", "eu-west-1", 1769, prices())
    busy = 1000 + 10 + (100 + 11) * own.start + own.calls * own.answered
    assert lines["lambda"] == pytest.approx(
        busy * 1769 / 1024 * 0.0000166667 + (100 + 11 + own.calls) * 0.0000002
    )
    express = (1000 + 100 * (own.start + 0.1)) * 64 / 1024 * 0.0000166667
    assert lines["step_functions"] == pytest.approx(33 * 0.000025 + 100 * 0.000001 + express)
    assert lines["s3"] == pytest.approx(
        (200 + 44 + own.documents) * asked.s3_put.value
        + (200 + 550 + 11 + own.calls) * asked.s3_get.value
        + 100 * own.kilobytes / 1024**2 * asked.s3_gb_month.value
    )
    assert lines["dynamodb"] == pytest.approx(
        2 * 114 * 0.000000705 + (100 + 11 + 2 * own.calls) * 0.0000001415
    )
    assert lines["http_api"] == pytest.approx(own.calls * asked.http_api_request.value)


def test_euros_follow_from_dollars_and_the_span_is_in_order():
    costs = price(dict.fromkeys(HABITS, USED), "eu-central-1", 1769)
    rate = prices().euros_per_dollar.value
    assert costs.euros.value == pytest.approx(rate * costs.dollars.value)
    assert costs.dollars.low < costs.dollars.value < costs.dollars.high
    assert costs.region == "eu-central-1"
    assert costs.prices == prices().date


def test_less_memory_takes_longer_and_more_costs_more():
    def dollars(memory):
        return price(dict.fromkeys(HABITS, USED), "eu-west-1", memory).dollars.value

    # Below one core the same work takes as much longer as memory is less; only starts are cheaper.
    assert dollars(885) == pytest.approx(dollars(1769), rel=0.05)
    assert dollars(3538) > 1.8 * dollars(1769)


@pytest.mark.parametrize("more", ["milliseconds", "between", "items", "round"])
def test_everything_that_is_recorded_adds_to_the_costs(more):
    record = {"milliseconds": 5000, "between": 2000, "items": 4, "round": 2}
    before = costs_of(record, "eu-west-1", 1769)
    after = costs_of(record | {more: 100 * record[more]}, "eu-west-1", 1769)
    assert after.dollars.value > before.dollars.value


def test_an_answer_that_nothing_was_done_for_has_cost_next_to_nothing():
    costs = costs_of({}, "eu-west-1", 1769)
    assert isinstance(costs, Costs)
    assert 0 < costs.dollars.value < 0.001
    assert math.isfinite(costs.euros.high)
