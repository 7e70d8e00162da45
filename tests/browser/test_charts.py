"""Charts speak for themselves, and nothing in them is cut or written over."""

import re

import pytest

WIDTHS = (1280, 390, 320)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_chart_is_one_image_that_tells_its_numbers(visit, language):
    charts = visit(language=language).probe("charts")
    assert len(charts) >= 3
    assert [chart["key"] for chart in charts if not re.search(r"\d", chart["label"])] == []
    assert len({chart["label"] for chart in charts}) == len(charts)
    assert [chart["key"] for chart in charts if chart["hidden"] != "true"] == []
    assert [name for chart in charts for name in chart["focusable"]] == []
    assert [chart["key"] for chart in charts if chart["texts"] < 5] == []


def test_label_of_a_chart_follows_the_data(visit):
    labels = [
        {chart["key"]: chart["label"] for chart in visit(sample).probe("charts")}
        for sample in ("six", "huge")
    ]
    assert labels[0]["waterfall"] != labels[1]["waterfall"]


@pytest.mark.parametrize(
    "sample", ["six", "equal", "few", "forty", "long", "nasty", "huge", "tiny"]
)
def test_text_in_charts_is_whole_and_apart(visit, sample):
    seen = visit(sample)
    faults = {width: seen.probe("chartFaults") for width in seen.at_widths(*WIDTHS)}
    assert faults == {width: [] for width in WIDTHS}


@pytest.mark.parametrize("width", [320, 1280])
def test_text_in_charts_is_whole_and_apart_as_it_opens(visit, width):
    assert visit(width=width, language="en").probe("chartFaults") == []
