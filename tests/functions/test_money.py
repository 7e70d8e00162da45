"""Costs in words."""

import pytest

from functions.logic.costs import Costs, Span
from functions.serve.money import in_words
from functions.serve.words import own_texts


def costs(low, value, high):
    span = Span(low=low, value=value, high=high)
    return Costs(dollars=span, euros=span, region="eu-west-1", prices="2026-11-29")


@pytest.mark.parametrize(
    ("span", "dutch", "english"),
    [
        (
            (0.04, 0.07, 0.12),
            "ongeveer €\xa00,07 (tussen €\xa00,04 en €\xa00,12)",
            "about €0.07 (between €0.04 and €0.12)",
        ),
        (
            (600, 1234.5, 4000),
            "ongeveer €\xa01.234,50 (tussen €\xa0600,00 en €\xa04.000,00)",
            "about €1,234.50 (between €600.00 and €4,000.00)",
        ),
        ((0.0001, 0.001, 0.004), "minder dan €\xa00,01", "less than €0.01"),
        ((0.008, 0.009, 0.011), "ongeveer €\xa00,01", "about €0.01"),
        (
            (0.001, 0.002, 0.0129),
            "hooguit €\xa00,02",
            "at most €0.02",
        ),
    ],
)
def test_costs_are_told_to_the_cent(span, dutch, english):
    assert in_words(costs(*span), "nl", own_texts("nl")) == dutch
    assert in_words(costs(*span), "en", own_texts("en")) == english
