"""The text for a proposal, read back: it says no more than the numbers allow."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.comparison.document import Estimate, Result, ScenarioResult
from simulation.report.reader import LANGUAGES
from tests.report.proposal_cases import CASES, any_result, named, said

many = settings(suppress_health_check=list(HealthCheck), max_examples=40)
languages = st.sampled_from(LANGUAGES)
MONEY = r"(€\s?[\d.,]*\d)"
PLAN = r"‘Plan (\w+)’"

COSTS = {
    "nl": rf"kost {PLAN} structureel {MONEY} (minder|meer) dan nu",
    "en": rf"{PLAN} has structural costs that are {MONEY} (less|more) than today",
}
DEAREST = {
    "nl": rf"Het duurste, {PLAN}, kost gemiddeld {MONEY} (minder|meer) dan nu",
    "en": rf"The dearest, {PLAN}, costs {MONEY} (less|more) than today on average",
}
UNCLEAR = {
    "nl": rf"verschillen de structurele kosten van {PLAN} .* niet duidelijk",
    "en": rf"structural costs of {PLAN} .* do not clearly differ",
}
CHOICE = {
    "nl": rf"Te kiezen tussen {PLAN} en de huidige situatie\. (.*)",
    "en": rf"To choose between {PLAN} and today’s situation\. (.*)",
}
CHEAPEST = {"nl": "goedkoopste scenario dat alle normen", "en": "cheapest scenario that attains"}
CHEAPER = {"nl": "goedkoper dan nu", "en": "cheaper than today"}
DEARER = {"nl": "duurder dan nu", "en": "dearer than today"}
TODAY = {
    "nl": r"De huidige situatie haalt (niet )?alle normen",
    "en": r"Today’s situation (does not )?attains? every norm",
}
BOOKED = {"nl": r"kosten zijn in te boeken", "en": r"costs can be booked"}
NOT_BOOKED = {
    "nl": r"niet (zomaar )?in te boeken|niets in te boeken|horen niet in de begroting",
    "en": r"cannot (simply )?be booked|nothing to book|do not belong in the budget",
}
NORMS = {
    "nl": rf"(?:{PLAN}|^De huidige situatie) haalt (\d+) van de (\d+) normen",
    "en": rf"(?:{PLAN}|^Today’s situation),? attains (\d+) of (\d+) norms",
}
ELSEWHERE = {
    "nl": rf"andere omstandigheden haalt {PLAN} (\d+) van de (\d+)",
    "en": rf"other circumstances, {PLAN} attains (\d+) of (\d+)",
}
FURTHEST = {
    "nl": r"gemiddeld ([\d,]+)% op tijd bij een norm van ([\d,]+)%, .* in (\d+) van de (\d+) simul",
    "en": r"on average ([\d.]+)% in time with a norm of ([\d.]+)%, .* in (\d+) of (\d+) simul",
}
LONGER = {
    "nl": rf"Burgers wachten bij {PLAN} samen ([\d.,]+) uur langer",
    "en": rf"With {PLAN}, citizens together wait ([\d.,]+) hours longer",
}
SHORTER = {
    "nl": r"Burgers wachten samen ([\d.,]+) uur korter dan nu",
    "en": r"Citizens together wait ([\d.,]+) hours less than today",
}
NOBODY = {"nl": "geen enkel scenario haalt ze", "en": "no scenario attains them"}
KEEP = {"nl": "Nu worden alle normen gehaald", "en": "Today every norm is attained"}
UNSURE = {
    "nl": r"nog niet zeker of (?:‘Plan (\w+)’|de huidige situatie) alle normen haalt: .* in (\d+)",
    "en": r"yet whether (?:‘Plan (\w+)’|today’s situation) attains every norm: .* in (\d+)",
}


def found(pattern: dict[str, str], result: Result, language: str) -> Iterator[re.Match[str]]:
    for text in said(result, language):
        yield from re.finditer(pattern[language], text)


def plan(result: Result, letter: str | None) -> ScenarioResult:
    """Give a scenario by the letter that a sentence names; today's situation has none."""
    return next(s for s in result.scenarios if s.letter == (letter or "0"))


def bounds(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


def number(text: str, language: str) -> float:
    digits = re.sub(r"[^\d.,]", "", text)
    return float(
        digits.replace(".", "").replace(",", ".") if language == "nl" else digits.replace(",", "")
    )


TENTH = 0.05
"""Hours are written with one decimal at most."""


def agrees(shown: str, estimate: Estimate, language: str, least: float = 0.005) -> bool:
    """Tell whether a number is the mean, to two digits of half its interval or to a unit."""
    low, high = bounds(estimate)
    slack = max(0.06 * (high - low) / 2, 1e-9 * abs(estimate.mean), least)
    if abs(estimate.mean) >= 100:
        slack = max(slack, 0.5)
    elif high == low:
        slack = max(slack, 0.05)
    return abs(number(shown, language) - abs(estimate.mean)) <= slack * 1.001


def surely(scenario: ScenarioResult) -> bool:
    together = scenario.all_norms
    return together is not None and together.low >= 0.8


def rivals(result: Result) -> list[ScenarioResult]:
    return [result.scenarios[0], *(s for s in result.scenarios[1:] if s.same_demand)]


def check_direction(result: Result, match: re.Match[str], language: str) -> None:
    difference = plan(result, match[1]).differences["costs.structural"]
    low, high = bounds(difference)
    assert high < 0 if match[3] in {"minder", "less"} else low > 0
    assert agrees(match[2], difference, language), match[0]


@many
@given(any_result, languages)
def test_amounts_and_their_direction_are_those_of_the_data(result, language):
    result = named(result)
    for match in found(COSTS, result, language):
        check_direction(result, match, language)
        assert not re.search("incidente|eenmalig|one-off", match.string, re.IGNORECASE)
    for match in found(DEAREST, result, language):
        check_direction(result, match, language)
        means = [s.differences["costs.structural"].mean for s in rivals(result)[1:]]
        assert plan(result, match[1]).differences["costs.structural"].mean == max(means)
    for match in found(UNCLEAR, result, language):
        low, high = bounds(plan(result, match[1]).differences["costs.structural"])
        assert low <= 0 <= high


@many
@given(any_result, languages)
def test_a_choice_is_what_its_sentence_says(result, language):
    result = named(result)
    for match in found(CHOICE, result, language):
        scenario, text = plan(result, match[1]), match[2]
        assert surely(scenario)
        cost = scenario.differences.get("costs.structural")
        if CHEAPEST[language] in text:
            attaining = [s for s in rivals(result) if surely(s)]
            level = scenario.measures["costs.structural"].mean
            assert all(s.measures["costs.structural"].mean >= level for s in attaining)
        if CHEAPER[language] in text:
            assert cost is not None
            assert bounds(cost)[1] < 0
        if DEARER[language] in text:
            assert cost is not None
            assert bounds(cost)[0] > 0
        difference = scenario.differences.get("citizens.wait_hours")
        shorter = difference is not None and bounds(difference)[1] < 0
        wait = re.search(SHORTER[language], text)
        assert (wait is not None) == shorter
        if wait and difference:
            assert agrees(wait[1], difference, language, TENTH)


@many
@given(any_result, languages)
def test_norms_are_said_to_be_attained_only_if_they_are(result, language):
    result = named(result)
    today = result.scenarios[0].all_norms
    for match in found(TODAY, result, language):
        assert today is not None
        assert today.high < 0.8 if match[1] else today.low >= 0.8
    for _ in found(NOBODY, result, language):
        assert all(s.all_norms and s.all_norms.high < 0.8 for s in rivals(result))
    for _ in found(KEEP, result, language):
        assert surely(result.scenarios[0])
    for match in found(UNSURE, result, language):
        together = plan(result, match[1]).all_norms
        assert together is not None
        assert together.low < 0.8 <= together.high
        assert together.attained == int(match[2])


@many
@given(any_result, languages)
def test_norms_and_hours_in_the_risks_are_those_of_the_data(result, language):
    result = named(result)
    for pattern in (NORMS, ELSEWHERE):
        for match in found(pattern, result, language):
            counting = [norm for norm in plan(result, match[1]).norms if norm.counts]
            attained = sum(norm.attainment.status == "attained" for norm in counting)
            assert [int(match[2]), int(match[3])] == [attained, len(counting)]
    for match in found(LONGER, result, language):
        difference = plan(result, match[1]).differences["citizens.wait_hours"]
        assert bounds(difference)[0] > 0
        assert agrees(match[2], difference, language, TENTH)
    for match in found(ELSEWHERE, result, language):
        assert not plan(result, match[1]).same_demand
    for match in found(FURTHEST, result, language):
        (of,) = re.finditer(NORMS[language], match.string)
        scenario = plan(result, of[1])
        short = [n for n in scenario.norms if n.counts and n.attainment.high < 0.8]
        norm = min(short, key=lambda n: scenario.measures[n.path].mean - n.target)
        assert number(match[1], language) == pytest.approx(
            100 * scenario.measures[norm.path].mean, abs=0.51
        )
        assert number(match[2], language) == pytest.approx(100 * norm.target)
        assert (int(match[3]), int(match[4])) == (norm.attainment.attained, norm.attainment.of)


@many
@given(any_result, languages)
def test_nothing_is_booked_unless_it_is_cheaper_and_norms_are_surely_attained(result, language):
    result = named(result)
    texts = " ".join(said(result, language))
    if not re.search(BOOKED[language], texts):
        return
    (match,) = re.finditer(COSTS[language], texts)
    scenario = plan(result, match[1])
    assert not result.example
    assert surely(scenario)
    assert bounds(scenario.differences["costs.structural"])[1] < 0
    assert not re.search(NOT_BOOKED[language], texts)


RULES = (
    test_amounts_and_their_direction_are_those_of_the_data,
    test_a_choice_is_what_its_sentence_says,
    test_norms_are_said_to_be_attained_only_if_they_are,
    test_norms_and_hours_in_the_risks_are_those_of_the_data,
    test_nothing_is_booked_unless_it_is_cheaper_and_norms_are_surely_attained,
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_every_case_holds_to_every_rule(name, language):
    for rule in RULES:
        rule.hypothesis.inner_test(CASES[name][0], language)  # type: ignore[attr-defined]
