"""The text for a proposal: every text is reached, none is unfinished, and a worked example stays
an example.
"""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.comparison.document import Result
from simulation.report.proposal import proposal
from simulation.report.reader import LANGUAGES, Reader, catalogue
from simulation.report.sections.proposal import memo
from tests.report import examples
from tests.report.pages import read
from tests.report.proposal_cases import CASES, any_result, named, points, said
from tests.report.random_results import results

many = settings(suppress_health_check=list(HealthCheck), max_examples=60)
languages = st.sampled_from(LANGUAGES)
LAYOUT = {"heading", "text", "copy", "quoted", "today", "subject.label",
          "decisions", "funding", "risks", "notes"}  # fmt: skip
EXAMPLE = {
    "nl": r"Kennis te nemen van dit rekenvoorbeeld|Eigen cijfers te laten invullen",
    "en": r"To take note of this worked example|To have own figures filled in",
}


@many
@given(any_result, languages)
def test_a_worked_example_decides_no_more_than_taking_note(result, language):
    example = named(result.model_copy(update={"example": True}))
    decisions = points(example, language)[0]
    assert len(decisions) == 2
    for text in decisions:
        assert re.match(EXAMPLE[language], text)
    assert memo(example, Reader(language)).warning
    real = named(result.model_copy(update={"example": False}))
    assert not any(re.search(EXAMPLE[language], text) for text in said(real, language))


@many
@given(any_result, languages)
def test_too_few_simulations_give_no_amounts_and_no_choice(result, language):
    if result.replications >= 10:
        return
    texts = " ".join(said(named(result), language))
    assert "€" not in texts
    assert not re.search("Te kiezen|To choose", texts)


@many
@given(any_result, languages)
def test_every_heading_has_one_to_four_finished_points(result, language):
    for part in points(named(result), language):
        assert 1 <= len(part) <= 4
        for text in part:
            assert re.match(r"[A-Z‘]", text)
            assert text.endswith((".", "’"))
            assert not re.search(r"[{}]|None", text)


@many
@given(results(), languages)
def test_names_cannot_become_html(result, language):
    made = memo(result, Reader(language))
    html = [made.subject, *(point for part in made.parts for point in part.points)]
    page = read("".join(html))
    assert {tag for tag, _ in page.elements} <= {"span", "a"}
    allowed = {"class", "data-path", "data-how", "href"}
    assert {name for _, attributes in page.elements for name in attributes} <= allowed


def keys(result: Result) -> set[str]:
    made = proposal(result)
    parts = [*made.decisions, *made.funding, *made.risks, *made.notes, made.subject, (made.lead,)]
    return {claim.key for part in parts for claim in part}


@pytest.mark.parametrize("name", CASES)
def test_each_case_reaches_its_texts(name):
    result, wanted = CASES[name]
    assert {f"proposal.{key}" for key in wanted} <= keys(result)


def test_every_text_is_reached_by_a_case():
    texts = {key for key in catalogue("nl") if key.startswith("proposal.")}
    reached = {f"proposal.{key}" for _, wanted in CASES.values() for key in wanted}
    assert texts == reached | {f"proposal.{key}" for key in LAYOUT}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_a_proposal_fits_two_thirds_of_a_page(name, language):
    assert len(" ".join(said(CASES[name][0], language)).split()) < 450


def test_realistic_decisions():
    result = examples.result().model_copy(update={"example": False})
    assert points(result, "nl")[0][1].startswith(
        "Te kiezen tussen ‘Webcare als extra kanaal’ en de huidige situatie. Dit is het goedkoopste"
        " scenario dat alle normen haalt, maar het is duurder dan nu."
    )
