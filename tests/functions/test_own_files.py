"""Scenario files of the reader's own: read, refused, held by the form, and kept with the run."""

import io
import json
import re
from html import unescape

import pytest
from werkzeug.datastructures import MultiDict

from functions.logic.question import Asked, Inline
from tests.cli.conftest import MORE, TODAY
from tests.functions.asked import faults, own, post, read


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("héél.yaml", TODAY, "naam"),
        ("leeg.yaml", "", "leeg"),
        ("boek.yaml", b"\xff\xfe\x00", "UTF-8"),
        ("groot.yaml", "#" * 250_001, "250 kB"),
    ],
)
def test_a_file_that_is_no_scenario_is_named(name, text, words):
    (found,) = faults({}, [("files", own(name, text))])
    assert found[0] == "files"
    assert name in found[1]
    assert words in found[1]


def test_the_whole_set_comes_once_and_own_files_come_after_it():
    values = MultiDict([("sets", "small-town"), ("scenarios", "small-town/a-webcare")])
    files = MultiDict([("files", own("z.yaml", MORE)), ("files", own("b.yaml", MORE))])
    asked = read(values, files, "en")
    assert [getattr(each, "name", each) for each in asked.scenarios] == [
        "small-town/0-today",
        "small-town/a-webcare",
        "b",
        "z",
    ]


def test_a_file_that_extends_another_needs_that_one_too(client, runs):
    alone = post(client, {"files": (io.BytesIO(MORE.encode()), "more.yaml")})
    assert alone.status_code == 422
    assert 'href="#extended"' in alone.text
    assert "more.yaml bouwt voort op today.yaml" in alone.text
    assert runs.some("local", 100)[0] == []
    both = {
        "files": (io.BytesIO(MORE.encode()), "more.yaml"),
        "extended": (io.BytesIO(TODAY.encode()), "today.yaml"),
        "kind": "compare",
    }
    begun = post(client, both)
    assert begun.status_code == 303
    (run,) = runs.some("local", 100)[0]
    assert begun.location.endswith(f"/nl/runs/{run['id']}")
    page = client.get(begun.location, base_url="http://localhost").text
    assert "Een extra" in page
    assert "Wacht" in page
    assert "more" not in re.sub(r"<[^>]*>", "", page.partition("<details>")[0])


def test_a_scenario_that_is_wrong_is_told_at_the_files_and_what_was_filled_in_is_kept(client):
    wrong = {
        "files": (io.BytesIO(TODAY.replace("heads: 2", "heads: -2").encode()), "today.yaml"),
        "scenarios": "small-town/0-today",
        "kind": "compare",
        "replications": "12",
    }
    page = post(client, wrong, "en").text
    assert 'href="#files"' in page
    assert "today.yaml, line " in page
    assert "-2" in page
    assert 'value="12"' in page
    assert re.search(r'value="small-town/0-today" checked', page)
    assert re.search(r'value="compare"[^>]* checked', page)
    assert re.search(r'name="held"[^>]*today.yaml[^>]* checked', page)


def held(page):
    """Give the files that a form holds."""
    return [unescape(each) for each in re.findall(r'name="held" value="([^"]*)" checked', page)]


def test_asking_again_keeps_the_files_and_is_the_same_question(client, runs):
    sent = {
        "files": (io.BytesIO(MORE.encode()), "more.yml"),
        "extended": (io.BytesIO(TODAY.encode()), "today.yaml"),
        "kind": "compare",
    }
    first = post(client, sent)
    runs.cancel(runs.some("local", 100)[0][0]["id"], "local")
    page = client.get(first.location, base_url="http://localhost").text
    for name, text in (("more.yml", MORE), ("today.yaml", TODAY)):
        kept = client.get(f"{first.location}/own/{name}", base_url="http://localhost")
        assert kept.text == text
        assert f'/own/{name}" download>{name}</a>' in page
    shipped = f"{first.location}/own/small-town/0-today.yaml"
    assert client.get(shipped, base_url="http://localhost").status_code == 404
    (address,) = re.findall(r'href="(/nl/new\?[^"]+)"', page)
    form = client.get(unescape(address), base_url="http://localhost").text
    assert [json.loads(each)[1] for each in held(form)] == ["more.yml", "today.yaml"]
    values = {"kind": "compare", "held": held(form)}
    assert post(client, values).status_code == 303
    assert len({run["answer"] for run in runs.some("local", 100)[0]}) == 1


def test_a_file_that_is_sent_again_takes_the_place_of_the_one_that_was_held():
    old, new = json.dumps(["files", "a.yaml", TODAY]), MORE
    asked = read({"held": old}, [("files", own("a.yml", new))])
    assert [(each.name, each.text) for each in asked.scenarios] == [("a", MORE)]


def test_everything_is_told_at_once(client):
    texts = {
        "leeg.yaml": "",
        "fout.yml": TODAY.replace("heads: 2", "heads: -2"),
        "more.yaml": MORE.replace("today", "away"),
    }
    files = [(io.BytesIO(text.encode()), name) for name, text in texts.items()]
    page = post(client, {"files": files, "replications": "-1"}).text
    told = (
        "leeg.yaml: het bestand is leeg",
        "fout.yml, regel 23, ",
        "-2 is lager dan 0",
        "1 tot 100.000",
    )
    assert [each for each in told if each not in page] == []
    assert "bouwt voort op" not in page

    again = post(client, {"held": held(page)}).text
    assert "fout.yml, regel 23, " in again
    assert "more.yaml bouwt voort op away.yaml" in again


def test_what_ships_under_the_name_that_is_extended_is_told(client):
    text = MORE.replace("today.yaml", "0-today.yaml")
    page = unescape(post(client, {"files": (io.BytesIO(text.encode()), "more.yml")}).text)
    assert "more.yml bouwt voort op 0-today.yaml" in page
    assert "achter extends amsterdam/0-today.yaml of small-town/0-today.yaml." in page


def test_scenarios_with_the_same_title_are_told_apart(client):
    text = MORE.replace("Een extra", "Vandaag")
    sent = [
        (io.BytesIO(each.encode()), name) for each, name in ((TODAY, "today.yaml"), (text, "a.yml"))
    ]
    address = post(client, {"files": sent, "kind": "compare"}).location
    page = client.get(address, base_url="http://localhost").text
    assert "Vandaag (today.yaml)" in page
    assert "Vandaag (a.yml)" in page


def test_a_file_of_a_run_through_the_api_is_called_after_its_path(client, runs):
    texts = [Inline(name="today", text=TODAY), Inline(name="town/more", text=MORE)]
    name = runs.create(Asked(kind="compare", scenarios=texts), "local")["id"]
    page = client.get(f"/nl/runs/{name}", base_url="http://localhost").text
    assert re.findall(r"download>([^<]+)</a>", page) == ["today.yaml", "town/more.yaml"]


def test_two_files_of_one_name_are_told():
    files = [("files", own("a.yaml", TODAY)), ("files", own("a.yml", MORE))]
    (found,) = faults({}, files)
    assert found[1].startswith("a.yaml en a.yml hebben dezelfde naam")


@pytest.mark.parametrize("value", ["", "[]", '["files", "../a.yaml", "x"]', '["x", "a", "x"]'])
def test_what_no_form_held_is_refused(client, value):
    assert post(client, {"held": value}).status_code == 400
