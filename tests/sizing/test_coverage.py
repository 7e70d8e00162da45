"""Intervals of sizes hold the true one as often as they say; `make coverage` measures it."""

import re

from tests.sizing.coverage import EXPERIMENTS, ORDER, PAGE, TRUTH, Told, page


def test_the_page_holds_what_was_required():
    """Of 200 experiments, 87 to 97 % hold the truth, which is that of 5,000 mornings."""
    text = PAGE.read_text(encoding="utf-8")
    assert f"{EXPERIMENTS} experiments" in text
    assert f"over {TRUTH:,} mornings" in text
    assert f"confirmed in {ORDER.fresh} others" in " ".join(text.split())
    (held,) = re.findall(r"\*\*(\d+\.\d)%\*\*", text)
    assert 87 <= float(held) <= 97


def test_an_interval_that_misses_is_counted():
    told = [Told(5, 4, 6, 50)] * 19 + [Told(8, 7, 9, 50)]
    assert "**95.0%**" in page(5, told)
