"""Asking again asks the same, also what the form has no field for."""

import json
import re
from html.parser import HTMLParser

import pytest
from werkzeug.datastructures import MultiDict

from functions.logic.question import Asked, Inline
from tests.cli.conftest import MORE, TODAY
from tests.functions.asked import faults, post

PAIR = "small-town/0-today", "small-town/a-webcare"
OWN = Inline(name="today", text=TODAY), Inline(name="more", text=MORE)
LANGUAGES = "nl", "en"

ASKED = [
    {"kind": "compare", "seed": 0},
    {"kind": "compare", "seed": 2**53 - 1, "replications": 9},
    {"kind": "compare", "share": 0.9},
    {"kind": "equal_service", "precision": {"cost": 1234.567}, "share": 0.57},
    {"precision": {"service": 0.125}, "share": 2 / 3},
    {"precision": {"cost": 1e12, "service": 50.0, "most": 30}},
    {"kind": "sensitivity", "quick": False},
    {"kind": "compare", "scenarios": PAIR[::-1]},
    {"kind": "compare", "scenarios": OWN},
    {"kind": "compare", "scenarios": (OWN[1],), "extended": OWN[:1]},
]


class Sent(HTMLParser):
    """What a form sends when it is sent as it stands."""

    def __init__(self, page):
        super().__init__()
        self.values: MultiDict[str, str] = MultiDict()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        own = dict(attrs)
        ticked = own.get("type") not in {"checkbox", "radio"} or "checked" in own
        if tag == "input" and own.get("type") != "file" and ticked:
            self.values.add(own["name"], own["value"])


def begun(runs, **asked):
    """Begin a run as the API does; give its name."""
    return runs.create(Asked.model_validate({"scenarios": PAIR, **asked}), "local")["id"]


def again(client, name, language="nl"):
    """Give the form with which a run is asked again."""
    return client.get(f"/{language}/new?again={name}", base_url="http://localhost").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ASKED)
def test_it_is_the_same_question(client, runs, asked, language):
    form = again(client, begun(runs, **asked), language)
    assert post(client, Sent(form).values, language).status_code == 303
    assert len({run["answer"] for run in runs.some("local", 100)[0]}) == 1


def test_it_is_the_same_question_after_a_change_of_language(client, runs):
    form = again(client, begun(runs, precision={"cost": 1234.567, "service": 0.5}, share=0.875))
    values = Sent(form).values
    other = post(client, {**values.to_dict(flat=False), "from": "nl"}, "en").text
    assert "Go on until shares in time are known to within 0.5 percentage points" in other
    assert post(client, Sent(other).values, "en").status_code == 303
    assert len({run["answer"] for run in runs.some("local", 100)[0]}) == 1


def test_what_has_no_field_is_shown_and_can_be_taken_off(client, runs):
    precision = {"cost": 5000.0, "service": 0.5, "most": 500}
    name = begun(runs, seed=7, precision=precision, scenarios=PAIR[::-1])
    form = again(client, name)
    assert re.findall(r'for="also-\d">([^<]+)<', form) == [
        "Simulaties met startgetal 7",
        "Ga door tot aandelen op tijd bekend zijn tot op 0,5 procentpunt",
        "Houd op na hooguit 500 simulaties als het dan nog niet precies genoeg is",
        "Scenario’s in deze volgorde: Webcare op sociale media en Vandaag",
    ]
    values = Sent(form).values
    values.setlist("also", values.getlist("also")[:1])
    post(client, values)
    question = runs.question(runs.some("local", 100)[0][0]["id"], "local")
    assert (question.seed, question.precision.service, question.precision.most) == (7, None, 1000)
    assert question.asked == tuple(f"{each}.yaml" for each in PAIR)


def test_nothing_is_said_of_what_was_not_asked(client, runs):
    assert 'id="also"' not in again(client, begun(runs, precision={"cost": 5000.0}))
    assert 'id="also"' not in client.get("/nl/new", base_url="http://localhost").text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "compare", "replications": "9"}, "Er is ook een aantal simulaties ingevuld"),
        ({"kind": "business_case"}, "kan alleen bij een vergelijking, niet bij: Businesscase"),
    ],
)
def test_what_does_not_go_with_it_is_told_there(client, values, words):
    carried = {"sets": "small-town", "also": '{"service": 0.5}'}
    ((field, said),) = faults({**carried, **values})
    assert field == "also"
    assert words in said
    page = post(client, {**carried, **values}).text
    assert 'href="#also"' in page
    assert 'id="also-fault-1"' in page


@pytest.mark.parametrize("value", ["", "7", '{"seed": "7"}', '{"who": 7}', '{"order": [7]}'])
def test_what_no_form_carries_is_refused(client, value):
    assert post(client, {"sets": "small-town", "also": value}).status_code == 400
    address = f"/nl/new?also={value}"
    assert client.get(address, base_url="http://localhost").status_code == 400


def test_what_cannot_be_asked_is_told(client, runs):
    page = post(client, {"sets": "small-town", "also": json.dumps({"seed": -1})})
    assert page.status_code == 422
    assert "greater than or equal to 0" in page.text
    assert runs.some("local", 100)[0] == []


def test_the_page_of_a_run_and_the_list_tell_it(client, runs):
    precision = {"service": 0.125, "most": 500}
    name = begun(runs, kind="sensitivity", quick=False, seed=7)
    page = client.get(f"/nl/runs/{name}", base_url="http://localhost").text
    assert '<dt>Startgetal van de simulaties</dt><dd class="num">7</dd>' in page
    assert "overal opnieuw gezocht" in page
    name = begun(runs, kind="equal_service", precision=precision, share=0.875)
    page = client.get(f"/nl/runs/{name}", base_url="http://localhost").text
    assert "<dt>Aandelen op tijd bekend tot op</dt><dd>0,125 procentpunt</dd>" in page
    assert "87,5% van de simulaties" in page
    listed = client.get("/en/", base_url="http://localhost").text
    assert "shares in time to within 0.125 percentage points, norms attained in 87.5%" in listed
    assert "norms attained in 80%, seed 7" in listed
