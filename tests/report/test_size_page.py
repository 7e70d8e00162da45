"""The page of planners says what its document says, and every figure can be followed to it."""

import re
from html import unescape

import pytest

from simulation.report.reader import LANGUAGES
from simulation.report.size_page import write_size_page
from tests.report import planner_cases, size_cases

FIGURE = re.compile(r'<span class="figure" data-path="([^"]*)"(?: data-how="([^"]*)")?>([^<]*)<')


def follow(document, path):
    """Give what stands at a path."""
    parts = path.split(".")
    while parts:
        if isinstance(document, list):
            document = document[int(parts.pop(0))]
            continue
        # Names of measures hold dots themselves.
        sizes = range(len(parts), 0, -1)
        size = next(n for n in sizes if ".".join(parts[:n]) in document)
        document, parts = document[".".join(parts[:size])], parts[size:]
    return document


def number(text, language):
    """Read a number that is shown."""
    shown = re.sub(r"[^\d.,−-]", "", text.replace("\N{NO-BREAK SPACE}", ""))
    shown = shown.replace(".", "").replace(",", ".") if language == "nl" else shown.replace(",", "")
    return float(shown.replace("−", "-"))


@pytest.mark.parametrize("case", [size_cases.one, size_cases.everyone])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_in_the_document(case, language):
    result = case()
    document = result.model_dump(mode="json")
    page = write_size_page(result, language)
    shown = re.search(rf'<div class="version" data-version="{language}".*?</main>', page, re.S)
    assert shown is not None
    found = [(unescape(path), how, unescape(text)) for path, how, text in FIGURE.findall(shown[0])]
    assert len(found) > 30
    for path, how, text in found:
        if how in {"", None} and not path.startswith(("week", "peak")):
            told = follow(document, path)
            value = number(text, language)
            assert value == pytest.approx(told, abs=0.051) or value == pytest.approx(
                100 * told, abs=0.51
            ), (path, text)
        elif how == "sum_fte":
            total = sum(team["fte"] for team in document["teams"])
            assert number(text, language) == pytest.approx(total, abs=0.051)
        else:
            follow(document, path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_heading_says_whether_it_takes_more_or_fewer_than_now(language):
    page = write_size_page(size_cases.one(), language)
    (team,) = size_cases.one().teams
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S)
    assert heading is not None
    way = {"nl": ("meer", "minder"), "en": ("more", "fewer")}[language][team.fte < team.today]
    assert way in heading[1] or abs(team.fte - team.today) < team.step / 2


def test_the_page_contacts_nobody():
    page = unescape(write_size_page(size_cases.one()))
    assert "default-src 'none'" in page
    assert not re.search(r'<(?:img|link|script|iframe)[^>]+(?:src|href)="', page)


def test_a_team_whose_live_channel_has_no_norm_is_not_called_large_enough():
    result = size_cases.one()
    plain = result.scenario
    teams = {
        **plain["teams"],
        "webcare": {**plain["teams"]["webcare"], "channels": {"webcare": {}, "phone": {}}},
    }
    unnamed = result.model_copy(update={"scenario": {**plain, "teams": teams}})
    assert "no norm counts for" not in write_size_page(result, "en")
    assert "no norm counts for" in write_size_page(unnamed, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_contracts_chance_and_example_are_told(language):
    result = size_cases.one().model_copy(update={"example": True})
    page = unescape(write_size_page(result, language))
    for said in ("kanaalkompas roster", 'class="banner"'):
        assert said in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_peak_the_page_names_the_command_that_shows_one(language):
    result = size_cases.one()
    command = "kanaalkompas peak office-sized.yaml --contacts 500"
    assert command not in write_size_page(result, language)
    assert command in write_size_page(result.model_copy(update={"peak": None}), language)


def test_it_is_told_once_in_how_many_simulations_the_week_was_looked_at():
    result = size_cases.one()
    assert result.week is not None
    page = re.sub(r"<[^>]+>", "", write_size_page(result, "en"))
    said = f"about {result.week.replications} of those {result.fresh} simulations"
    assert page.count(said) == 1
    assert "The figures of the week" not in write_size_page(size_cases.everyone(), "en")


def test_a_week_without_backlog_is_said_and_not_drawn():
    result = size_cases.one()
    assert "there is no backlog at any hour" not in write_size_page(result, "en")
    calm = planner_cases.with_medians({})
    page = write_size_page(result.model_copy(update={"week": calm}), "en")
    assert "there is no backlog at any hour" in page
    assert '"backlog":' not in page
