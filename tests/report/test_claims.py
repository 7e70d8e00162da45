"""Titles and sentences read back: no claim says more than the numbers allow."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.comparison.document import ScenarioResult
from simulation.report import claims, facts
from simulation.report.claim import Group, Money
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.speech import speak
from tests.report import examples
from tests.report.random_results import results

many = settings(suppress_health_check=list(HealthCheck), max_examples=60)
languages = st.sampled_from(LANGUAGES)

CHEAPER = {"nl": r"goedkoper dan nu", "en": r"cheaper than today"}
DEARER = {"nl": r"duurder dan nu", "en": r"dearer than today"}
UNCLEAR = {"nl": r"niet duidelijk van nu", "en": r"not clearly differ"}
NONE_ATTAINS = {"nl": "Geen enkel scenario haalt", "en": "No scenario attains"}


def interval(scenario: ScenarioResult | None) -> tuple[float, float]:
    """Give the interval of the difference in costs, which has to be there."""
    assert scenario is not None
    difference = facts.cost(scenario)
    assert difference is not None
    assert difference.low is not None
    assert difference.high is not None
    return difference.low, difference.high


def heading_words(result, language):
    """Give the heading without the scenario's own name."""
    claim = claims.heading(result)
    plain = dict.fromkeys(claim.values, "…")
    return Reader(language)(claim.key, **plain)


@many
@given(results(), languages)
def test_heading_says_cheaper_or_dearer_only_if_the_interval_does(result, language):
    words = heading_words(result, language)
    focus = facts.focus(result)
    way = facts.direction(facts.cost(focus)) if focus else None
    if re.search(CHEAPER[language], words):
        assert way == "cheaper"
        assert interval(focus)[1] < 0
    if re.search(DEARER[language], words):
        assert way == "dearer"
        assert interval(focus)[0] > 0
    if re.search(UNCLEAR[language], words):
        low, high = interval(focus)
        assert low <= 0 <= high


@many
@given(results(), languages)
def test_heading_says_that_norms_are_attained_only_if_they_are(result, language):
    words = heading_words(result, language)
    attains = {"nl": r"^(…|De huidige situatie) haalt alle normen",
               "en": r"^(…|Today’s situation) attains every norm"}[language]  # fmt: skip
    if re.search(attains, words):
        scenario = facts.by_letter(result, result.verdict.scenario)
        assert scenario.all_norms is not None
        assert scenario.all_norms.attained / scenario.all_norms.of >= 0.8
        assert facts.surely(scenario)
    if NONE_ATTAINS[language] in words:
        rivals = [facts.baseline(result), *facts.comparable(result)]
        assert [s.letter for s in rivals if s.all_norms and s.all_norms.status == "attained"] == []


@many
@given(results(), languages)
def test_too_few_replications_silence_every_direction(result, language):
    if result.replications >= facts.ENOUGH:
        return
    texts = [heading_words(result, language)]
    texts.append(speak(claims.forest_title(result), Reader(language), result))
    texts.append(speak(claims.attaining_title(result), Reader(language), result))
    if focus := facts.focus(result):
        claim = claims.waterfall_title(result, focus)
        assert claim.key == "waterfall.too_few"
    for text in texts:
        assert not re.search(CHEAPER[language] + "|" + DEARER[language], text)


@many
@given(results(), languages)
def test_forest_title_counts_the_clearly_cheaper_scenarios(result, language):
    claim = claims.forest_title(result)
    text = speak(claim, Reader(language), result)
    cheaper = [
        s
        for s in facts.comparable(result)
        if (d := facts.cost(s)) and d.high is not None and d.high < 0
    ]
    if re.search({"nl": "goedkoper", "en": "cheaper"}[language], text):
        counts = [int(found) for found in re.findall(r"\d+", text)]
        assert (counts[0] if counts else 0) == len(cheaper)
        both = [s for s in cheaper if facts.surely(s)]
        if "some" in claim.key:
            assert counts[1] == len(both)
        if claim.key.endswith(".all"):
            assert len(both) == len(cheaper)
        if claim.key.startswith("forest.cheaper.") and claim.key.endswith(".none") and counts:
            assert both == []


@many
@given(results(), languages)
def test_attaining_title_names_who_surely_attains(result, language):
    claim = claims.attaining_title(result)
    text = speak(claim, Reader(language), result)
    shown = [facts.baseline(result), *facts.comparable(result)]
    sure = [s.letter for s in shown if facts.surely(s)]
    if claim.key == "attaining.only":
        badges = re.findall(r"\b[A-Z]\b", text.partition(":")[2])
        today = {"nl": r"\bnu\b", "en": r"\btoday\b"}[language]
        named = (["0"] if re.search(today, text) else []) + badges
        assert named == sure
    if claim.key == "attaining.some":
        assert [int(found) for found in re.findall(r"\d+", text)] == [len(sure), len(shown)]
    if claim.key == "attaining.all":
        assert len(sure) == len(shown)
    if claim.key == "attaining.none":
        assert sure == []


@many
@given(results(), languages)
def test_waterfall_title_names_a_group_that_moves_the_same_way(result, language):
    focus = facts.focus(result)
    if focus is None or (fall := facts.waterfall(result, focus)) is None:
        return
    claim = claims.waterfall_title(result, focus)
    steps, group = dict(fall.steps), claim.values.get("group")
    if claim.key == "waterfall.cheaper.group":
        assert isinstance(group, Group)
        assert steps[group.name] == min(steps.values()) < 0
        assert interval(focus)[1] < 0
    if claim.key == "waterfall.dearer.group":
        assert isinstance(group, Group)
        assert steps[group.name] == max(steps.values()) > 0
        assert interval(focus)[0] > 0


@many
@given(results())
def test_waterfall_adds_up_with_its_residual(result):
    focus = facts.focus(result)
    if focus is None or (fall := facts.waterfall(result, focus)) is None:
        return
    shown = sum(amount for _, amount in fall.steps) + fall.residual
    assert shown == pytest.approx(fall.total, abs=10.0 ** -max(fall.digits, -9) / 2, rel=1e-9)
    assert "once" not in dict(fall.steps)


@many
@given(results(), languages)
def test_service_title_counts_norms(result, language):
    for scenario in () if facts.too_few(result) else result.scenarios[1:]:
        text = speak(claims.service_title(result, scenario), Reader(language), result)
        tail = text.split(scenario.letter, 1)[1]
        today = facts.baseline(result)
        assert [int(found) for found in re.findall(r"\d+", tail)] == [
            sum(n.counts and n.attainment.status == "attained" for n in scenario.norms),
            sum(n.counts for n in scenario.norms),
            sum(n.counts and n.attainment.status == "attained" for n in today.norms),
        ]


@many
@given(results(), languages)
def test_chart_titles_have_at_most_twelve_words(result, language):
    reader = Reader(language)
    found = [claims.forest_title(result), claims.attaining_title(result)]
    if focus := facts.focus(result):
        found += [claims.waterfall_title(result, focus), claims.service_title(result, focus)]
    for claim in found:
        text = speak(claim, reader, result)
        assert len(text.split(" ")) <= 12, text


@many
@given(results(), languages)
def test_summary_gives_amount_and_interval_of_the_data(result, language):
    focus = facts.focus(result)
    sentence = claims.summary(result)[0]
    if sentence.key not in {"summary.cheaper", "summary.dearer"}:
        return
    words = Reader(language)(
        sentence.key,
        **dict.fromkeys(sentence.values, "…") | {"amount": "A", "gap": "G"},
    )
    less = {"nl": "minder dan nu", "en": "less than today"}[language]
    assert (less in words) == (sum(interval(focus)) < 0)
    amount = sentence.values["amount"]
    assert isinstance(amount, Money)
    assert focus is not None
    assert amount.estimate == focus.differences[facts.STRUCTURAL]
    assert {"nl": "Onder deze aannames", "en": "Under these assumptions"}[language] in words


def test_realistic_heading_and_summary():
    result, reader = examples.result(), Reader("nl")
    sentences = [speak(claim, reader, result) for claim in claims.summary(result)]
    assert speak(claims.heading(result), reader, result) == (
        "Webcare als extra kanaal haalt alle normen, maar is duurder dan nu"
    )
    assert sentences[1] == "Het scenario haalt 3 van de 3 normen; nu zijn dat er 1 van de 3."
    assert "2 t/m 29 maart 2026" in sentences[0]
