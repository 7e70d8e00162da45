"""What a scenario that is sent along extends, however its author spells it."""

import pytest

from functions.logic.extending import with_parent
from functions.logic.question import Asked, Inline, Refused, make_question

SMALL = "small-town/0-today"
TOWN = """\
kanaalkompas: 1
extends: PARENT  # as it ships
title: {nl: Onze gemeente, en: Our town}
why: {nl: Een. Twee., en: One. Two.}
"""


def town(parent, name="our-town"):
    return Inline(name=name, text=TOWN.replace("PARENT", parent))


def files_of(tmp_path, *scenarios, extended=()):
    """Give the files of a question about scenarios."""
    asked = Asked(kind="compare", scenarios=scenarios, extended=extended)
    return list(make_question(asked, tmp_path)[0].files)


SPELLINGS = [
    "small-town/0-today.yaml",
    "scenarios/small-town/0-today.yaml",
    "../small-town/0-today.yaml",
    "../scenarios/small-town/0-today.yaml",
    "../../kanaalkompas/scenarios/small-town/0-today.yaml",
    "./small-town/0-today.yaml",
    '"small-town/0-today.yaml"',
]


@pytest.mark.parametrize("parent", SPELLINGS)
def test_a_path_to_one_that_ships_is_understood(tmp_path, parent):
    assert f"{SMALL}.yaml" in files_of(tmp_path, town(parent))


@pytest.mark.parametrize("parent", ["0-today.yaml", "../0-today.yaml"])
def test_a_bare_name_is_that_of_the_place_that_is_asked_about(tmp_path, parent):
    assert f"{SMALL}.yaml" in files_of(tmp_path, SMALL, town(parent))


@pytest.mark.parametrize("parent", ["base.yaml", "base.yml", "../mine/base.yml"])
def test_a_file_that_is_sent_along_is_understood(tmp_path, parent):
    base = town("small-town/0-today.yaml", "base")
    assert "base.yaml" in files_of(tmp_path, town(parent), extended=(base,))


@pytest.mark.parametrize(
    ("parent", "said"),
    [
        ("0-today.yaml", "may be more than one file"),
        ("small-town/nothing.yaml", "is not there"),
        ("../../etc/passwd", "is not there"),
    ],
)
def test_what_may_be_several_or_none_is_refused(tmp_path, parent, said):
    with pytest.raises(Refused, match=said):
        files_of(tmp_path, town(parent))


def test_an_own_copy_and_what_ships_are_told_apart(tmp_path):
    copy = town("small-town/0-today.yaml", "0-today")
    with pytest.raises(Refused, match="may be more than one file"):
        files_of(tmp_path, town("scenarios/small-town/0-today.yaml"), extended=(copy,))


def test_only_the_line_that_says_so_is_changed():
    text = TOWN.replace("PARENT", "a/b.yaml")
    changed = with_parent("x.yaml", text, "c/d.yaml")
    assert changed == text.replace("a/b.yaml", "c/d.yaml")
    assert with_parent("x.yaml", "{extends: a.yaml, title: x}", "c/d.yaml") is None
