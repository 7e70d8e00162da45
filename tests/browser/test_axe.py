"""axe-core finds nothing wrong: WCAG 2.0, 2.1 and 2.2 A and AA, and its best practices."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PHONES, DESK = (390, 320), 1280
RULES = {
    "resultTypes": ["violations"],
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
        "best-practice",
    ],
}


def faults(visit, *, colours=True, looked=("target-size", "role-img-alt", "heading-order")):
    """Give what axe-core finds, and hold it to having looked.

    Contrast takes most of its time and is the same at every width: ``colours`` leaves it out.
    """
    # Target size is off unless asked for, though it is WCAG 2.2 AA.
    rules = {"target-size": {"enabled": True}, "color-contrast": {"enabled": colours}}
    found = Axe().run(visit.page, options={**RULES, "rules": rules}).response
    looked_at = {rule["id"] for rule in found["passes"]}
    assert set(looked) <= looked_at
    assert ("color-contrast" in looked_at) == colours
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("widths", [PHONES, (DESK,)], ids=["phones", "desk"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_page_is_accessible_with_everything_open(visit, language, widths):
    seen = visit(language=language)
    seen.open_everything()
    found = {width: faults(seen, colours=width == DESK) for width in seen.at_widths(*widths)}
    assert found == {width: [] for width in widths}


@pytest.mark.parametrize("sample", ["six", "one", "few", "nasty", "equal"])
def test_every_kind_of_result_is_accessible_as_it_opens(visit, sample):
    assert faults(visit(sample, width=390), colours=sample == "six") == []
