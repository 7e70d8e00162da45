"""The page about costs shows the prices, settings and measurements that there are."""

import json
from pathlib import Path

import pytest

from benchmarks.questions import (
    BEGIN,
    DATA,
    END,
    PAGE,
    QUESTIONS,
    as_markdown,
    expected,
    seconds_of,
)
from functions.logic.costs import HABITS
from functions.logic.prices import prices
from functions.settings import Settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / PAGE).read_text(encoding="utf-8")
MEASURED = json.loads((ROOT / "docs" / DATA).read_text(encoding="utf-8"))

ROWS = {
    "GB-second of Lambda": "lambda_gb_second",
    "call of a Lambda": "lambda_request",
    "state transition": "standard_transition",
    "Express request": "express_request",
    "GB-second of Express": "express_gb_second",
    "S3 write": "s3_put",
    "S3 read": "s3_get",
    "DynamoDB write": "dynamodb_write",
    "DynamoDB read": "dynamodb_read",
    "HTTP API request": "http_api_request",
}


@pytest.mark.parametrize(("title", "name"), ROWS.items())
def test_the_page_has_the_prices_of_the_list(title, name):
    row = next(line for line in TEXT.splitlines() if line.startswith(f"| {title} |"))
    for cell, region in zip(row.split("|")[2:4], ("eu-west-1", "eu-central-1"), strict=True):
        figure = getattr(prices().of(region), name)
        assert float(cell.split()[0]) == pytest.approx(1e6 * figure.value)
        assert ("our estimate" in cell) == figure.estimated


def test_the_page_has_the_rate_and_what_we_count_on():
    rate = prices().euros_per_dollar
    assert rate.date == "2026-09-28"
    assert f"A dollar is € {rate.value} (European Central Bank, 28 September 2026)" in TEXT
    low, value, high = HABITS.values()
    lines = " ".join(TEXT.split())
    assert f"takes {value.start} s ({low.start} to {high.start})" in lines
    assert f"({low.core} to {high.core} times its seconds)" in lines
    assert f"looked at {value.calls} times ({low.calls} to {high.calls})" in lines
    assert f"{value.kilobytes} kB an item" in lines


@pytest.mark.parametrize("name", ["period", "contacts", "run_cost", "day_cost", "memory"])
def test_the_page_has_the_defaults_of_the_limits(name):
    default = Settings.model_fields[name].default
    assert f"| `KANAALKOMPAS_{name.upper()}` | {default:,.0f} |" in TEXT


def test_the_page_has_the_last_measurement_of_every_question():
    assert list(MEASURED) == list(QUESTIONS)
    assert TEXT.partition(BEGIN)[2].partition(END)[0].strip() == as_markdown(MEASURED)


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_was_measured_lies_within_what_was_expected(name):
    span = expected(QUESTIONS[name][1]).seconds
    assert 0.8 * span.low <= seconds_of(MEASURED[name]) <= span.high
    assert MEASURED[name]["items"] <= expected(QUESTIONS[name][1]).items.high
