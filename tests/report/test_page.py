"""The page: complete, closed to the world, whatever the result holds."""

import base64
import hashlib
import json
import re

import plotly.graph_objects as go
import pytest
from hypothesis import HealthCheck, given, settings
from plotly.offline import get_plotlyjs_version

from simulation.comparison.document import Result
from simulation.report import write_page
from simulation.report.reader import LANGUAGES
from tests.report import examples
from tests.report.example_data import STRATEGIES
from tests.report.pages import read, resolve
from tests.report.random_results import NASTY, results

LIMIT = 2_500_000


@pytest.fixture(scope="module")
def result():
    return examples.result()


@pytest.fixture(scope="module")
def html(result):
    return write_page(result)


@pytest.fixture(scope="module")
def page(html):
    return read(html)


def many(count: int, lines: int) -> Result:
    """Give a comparison with many scenarios and a long bill."""
    document = examples.realistic(STRATEGIES[:2])
    today, other = document["scenarios"]
    more = [
        {
            "name": f"staff.webcare.part_{i}",
            **{k: v for k, v in other["lines"][0].items() if k != "name"},
        }
        for i in range(lines)
    ]
    other = {**other, "lines": [*other["lines"], *more]}
    letters = [f"{a}{b}" for a in "ABCD" for b in "ABCDEFGHIJ"]
    copies = [{**other, "letter": letter, "name": f"s_{letter}"} for letter in letters[:count]]
    return Result.model_validate({**document, "scenarios": [today, *copies]})


def test_page_is_small_enough_to_send(html):
    assert len(html.encode()) < LIMIT


def test_forty_scenarios_with_thirty_lines_fit():
    assert len(write_page(many(40, 30)).encode()) < LIMIT


def test_a_scenario_that_stands_alone_is_not_called_today():
    html = write_page(many(0, 0))
    assert "Dit scenario haalt" in html
    assert "De huidige situatie haalt" not in html
    assert "Today’s situation attains" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_opens_in_the_language_asked_for(result, language):
    page = read(write_page(result, language))
    versions = [a for _, a in page.elements if "data-version" in a]
    assert next(a for tag, a in page.elements if tag == "html")["lang"] == language
    assert [a["data-version"] for a in versions if "hidden" not in a] == [language]
    assert {a["data-version"] for a in versions} == set(LANGUAGES)


def test_unknown_language_is_refused(result):
    with pytest.raises(ValueError, match="choose from nl, en"):
        write_page(result, "fr")


def test_same_result_gives_the_same_bytes(result, html):
    assert write_page(result) == html


def test_page_fetches_nothing(page):
    assert [tag for tag, _ in page.elements if tag in {"link", "img", "iframe", "object"}] == []
    assert page.values("src") == page.values("srcset") == page.values("action") == []
    assert [href for href in page.values("href") if not href.startswith("#")] == []
    styles = [text for tag, _, text in page.inline if tag == "style"]
    assert [text for text in styles if "url(" in text or "@import" in text] == []


def test_policy_allows_what_stands_in_the_page_and_nothing_else(page):
    policy = next(a["content"] for _, a in page.elements if a.get("http-equiv"))
    allowed = set(re.findall(r"'sha256-[^']+'", policy))
    texts = [t for _, a, t in page.inline if a.get("type") != "application/json"] + [""]
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in texts
    }
    assert allowed == hashes
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none';")


def test_nothing_is_inlined_that_the_policy_forbids(page):
    names = {name for _, attributes in page.elements for name in attributes}
    assert {name for name in names if name.startswith("on") or name == "style"} == set()


def test_plotly_is_the_version_that_the_figures_are_checked_against(page):
    code = next(text for tag, _, text in page.inline if tag == "script" and "Plotly" in text)
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}" in code
    assert "Permission is hereby granted, free of charge" in code


def figures(page):
    data = next(t for _, a, t in page.inline if a.get("type") == "application/json")
    return json.loads(data)


def check_figures(page):
    drawn = figures(page)
    assert drawn["config"]["plotlyServerURL"] == ""
    assert drawn["config"]["displayModeBar"] is drawn["config"]["showSendToCloud"] is False
    for language, charts in drawn["figures"].items():
        for figure in charts.values():
            layout = go.Figure(data=figure["data"], layout=figure["layout"]).layout
            assert layout.separators == (",." if language == "nl" else ".,")
            assert layout.dragmode is False
            assert layout.xaxis.fixedrange is layout.yaxis.fixedrange is True


def test_figures_are_valid_plotly(page):
    check_figures(page)


def test_every_path_leads_into_the_result(page, result):
    paths = set(page.values("data-path"))
    assert len(paths) > 50
    for path in paths:
        resolve(result, path)


def test_note_follows_its_source_as_a_sentence(page):
    words = "".join(page.words)
    assert "eigen schatting. Per gesprek, met nawerk." in words
    assert "own estimate. Per gesprek, met nawerk." in words


def test_every_figure_keeps_the_chart_contract(page):
    for _, attributes in page.elements:
        if attributes.get("role") == "img":
            assert re.search(r"\d", attributes["aria-label"] or "")
    labelled = page.values("aria-labelledby")
    assert set(labelled) <= set(page.values("id"))
    plots = page.values("data-plot")
    assert sorted([*plots, "forest", "forest"]) == sorted(page.values("data-save"))
    assert len([a for a in page.elements if a[1].get("role") == "img"]) == len(plots) == 6


def test_classes_are_plain_names(page):
    """A quote in a class would be an attribute that escaping broke."""
    assert [found for found in page.values("class") if not re.fullmatch(r"[\w -]*", found)] == []


def test_ids_are_unique(page):
    ids = page.values("id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NASTY)
def test_names_are_escaped(name):
    strategies = [{**s, "title": name, "why": name} for s in STRATEGIES[:3]]
    document = examples.realistic(strategies)
    page = read(write_page(Result.model_validate(document)))
    assert len([tag for tag, _ in page.elements if tag == "script"]) == 3
    shown = " ".join(" ".join(page.words).split())
    assert name[:40] in shown


def test_cost_lines_multiply(result, page):
    """Quantity × rate, as printed, gives the amount as printed to about a euro."""
    rows = re.findall(
        r'<td class="num"><span[^>]*\.costs\.lines\.[^>]*>€(.*?)</span></td>'
        r'(?:<td class="num">(?:<span[^>]*>[^<]*</span>|–)</td>)?'
        r'<td class="num">= <span[^>]*\.costs\.quantities\.[^>]*>(.*?)</span>[^<]*</td>'
        r'<td class="num">× <span[^>]*>€(.*?)</span></td>',
        write_page(result),
    )
    assert len(rows) > 20

    def value(text):
        return float(text.split()[0].replace(".", "").replace(",", "."))

    for amount, quantity, rate in rows[: len(rows) // 2]:
        assert value(quantity) * value(rate) == pytest.approx(value(amount), abs=1.1)


@pytest.mark.parametrize("replications", [3, 9, 10, 30])
@pytest.mark.parametrize("count", [1, 2, 6])
def test_sizes(replications, count):
    document = examples.realistic(STRATEGIES[:count], replications)
    check_figures(read(write_page(Result.model_validate(document))))


@settings(suppress_health_check=list(HealthCheck), max_examples=20)
@given(results())
def test_any_result_gives_a_page(result):
    page = read(write_page(result))
    check_figures(page)
    for path in set(page.values("data-path")):
        resolve(result, path)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
