"""Numbers as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.report import numbers

MINUS, NBSP = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("amount", "language", "digits", "text"),
    [
        (1234, "nl", 0, "€ 1.234"),
        (-240_000, "nl", 0, "−€ 240.000"),
        (-240_000, "en", 0, "−€240,000"),
        (1234.5, "nl", 2, "€ 1.234,50"),
        (-0.4, "nl", 0, "€ 0"),
        (0, "nl", 0, "€ 0"),
        (1e12, "nl", 0, "€ 1.000.000.000.000"),
    ],
)
def test_euros(amount, language, digits, text):
    assert numbers.euros(amount, language, digits).replace(NBSP, " ") == text


@pytest.mark.parametrize(
    ("amount", "text"), [(160_000, "+€ 160.000"), (-0.3, "€ 0"), (0, "€ 0"), (-5, "−€ 5")]
)
def test_signed_euros(amount, text):
    assert numbers.signed_euros(amount, "nl").replace(NBSP, " ") == text


@pytest.mark.parametrize(
    ("share", "language", "digits", "text"),
    [(0.875, "nl", 1, "87,5%"), (0.875, "en", 1, "87.5%"), (1, "nl", 0, "100%")],
)
def test_percent(share, language, digits, text):
    assert numbers.percent(share, language, digits) == text


@pytest.mark.parametrize(
    ("share", "limit", "text"),
    [
        (0.796, 0.8, "79,6%"),
        (0.7996, 0.8, "79,96%"),
        (0.801, 0.8, "80,1%"),
        (0.8, 0.8, "80%"),
        (0.87, 0.8, "87%"),
        (0.85, 0.855, "85%"),
    ],
)
def test_share_shows_its_side_of_the_norm(share, limit, text):
    assert numbers.percent_beside(share, limit, "nl") == text


@pytest.mark.parametrize(
    ("seconds", "language", "text"),
    [
        (25, "nl", "25 seconden"),
        (1, "nl", "1 seconde"),
        (90, "nl", "1,5 minuten"),
        (5_400, "nl", "1,5 uur"),
        (172_800, "en", "2 days"),
        (0, "en", "0 seconds"),
    ],
)
def test_duration(seconds, language, text):
    assert numbers.duration(seconds, language).replace(NBSP, " ") == text


@pytest.mark.parametrize(
    ("mean", "half", "shown"),
    [
        (-243_211, 118_000, -240_000),
        (8.1234, 0.213, 8.12),
        (24_385.4856, 7.44, 24_385),
        (1_234, None, 1_234),
        (1_234, 0, 1_234),
        (1_249, 10, 1_249),
        (1_249, 99, 1_249),
        (1_249, 100, 1_250),
    ],
)
def test_mean_is_rounded_to_two_digits_of_half_its_interval(mean, half, shown):
    assert numbers.round_to_interval(mean, half) == shown


@given(st.floats(-1e12, 1e12), st.floats(1e-6, 1e12))
def test_rounding_moves_a_mean_by_no_more_than_its_interval_or_its_decimals_allow(mean, half):
    shown = 0.5 if abs(mean) >= numbers.LARGE else 0.005
    moved = abs(numbers.round_to_interval(mean, half) - mean)
    assert moved <= max(half / 20, shown) * (1 + 1e-9) + 1e-3


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9))
def test_a_mean_is_rounded_once(mean, half):
    """What is shown is no further from the mean than half of its last decimal."""
    digits = numbers.decimals(mean, half)
    shown = float(f"{numbers.round_to_interval(mean, half):.{digits}f}")
    step = max(10.0 ** -(numbers.interval_digits(half) or 0), 10.0**-digits)
    assert abs(shown - mean) <= step / 2 * (1 + 1e-9) + 1e-9


@given(st.floats(-1e12, 1e12), st.integers(0, 3))
def test_numbers_read_back(value, digits):
    text = numbers.number(value, "nl", digits)
    read = float(text.replace(".", "").replace(",", ".").replace(MINUS, "-"))
    assert read == pytest.approx(value, abs=0.51 * 10**-digits, rel=1e-12)
    assert text not in {f"{MINUS}0", f"{MINUS}0,0"}
