"""A scenario that extends another one, from the folder in which it stands."""

import pytest
import yaml

from simulation.scenario.extending import with_parent, with_teams
from simulation.scenario.load import load
from simulation.scenario.yaml_text import read_yaml

TOWN = "scenarios/small-town/0-today.yaml"
WORDS = {"nl": "Proef", "en": "Trial"}


@pytest.mark.parametrize("folder", ["out", "deep/er/out"])
def test_a_file_with_other_teams_is_the_scenario_with_those_teams(tmp_path, folder):
    out = tmp_path / folder
    out.mkdir(parents=True)
    plain = with_teams(TOWN, out, WORDS, WORDS, {"counter": {"roster": [{"heads": 7}]}})
    (out / "new.yaml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    before, after = load(TOWN).scenario, load(out / "new.yaml").scenario
    assert [block.heads for block in after.teams["counter"].roster] == [7]
    assert after.teams["phone"] == before.teams["phone"]
    assert after.channels == before.channels


@pytest.mark.parametrize(
    "text",
    [
        "extends: a.yaml  # what else\ntitle: t\n",
        "title: t\nextends: 'a.yaml'",
        '"extends" :\n  "a.yaml"\ntitle: t\n',
        "extends: >-\n  a.yaml\ntitle: t\n",
        "extends: |-\n  a.yaml\n\n# more\ntitle: t\n",
        "{title: t, extends: a.yaml, teams: {extends: a.yaml}}",
        "teams: {extends: a.yaml, more: [{extends: a.yaml}]}\nextends: a.yaml\r\ntitle: t\n",
        "title: &name a.yaml\nextends: *name\n",
        "--- # begin\nextends: a.yaml\n...\n",
    ],
)
def test_only_what_is_extended_is_written_otherwise(text):
    before = read_yaml(text, "").data
    changed = with_parent(text, "../1/é: 'x'.yaml", "own.yaml")
    assert changed is not None
    after = read_yaml(changed, "").data
    assert after == {**before, "extends": "../1/é: 'x'.yaml"}


def test_not_even_a_comment_changes():
    text = "title: x\n# a\nextends:  'a/b.yaml'  # c\nwhy: a/b.yaml\n"
    changed = with_parent(text, "../c/d.yaml", "own.yaml")
    assert changed == text.replace("'a/b.yaml'", "../c/d.yaml")


def test_a_quoted_text_that_looks_like_it_is_left_alone():
    """And is not searched: a pattern for the line took minutes for the spaces in it."""
    before = 'title: "x\n\nextends: a' + " " * 200_000 + 'b"\n'
    changed = with_parent(before + "extends: a.yaml # c\n", "b/c.yaml", "own.yaml")
    assert changed == before + "extends: b/c.yaml # c\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_it_is_found_however_lines_end(end):
    text = f"title: x{end}# a{end}extends:  'a.yaml'  # c{end}why: y{end}"
    assert with_parent(text, "b.yaml", "own.yaml") == text.replace("'a.yaml'", "b.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "extends: &one a.yaml\ntitle: *one\n",
        "title: &key extends\n*key : a.yaml\n",
        "<<: {extends: a.yaml}\ntitle: t\n",
    ],
)
def test_what_cannot_be_written_otherwise_is_left_alone(text):
    assert with_parent(text, "b.yaml", "own.yaml") is None
