"""The command that verifies the simulator."""

import json

from rich.cells import cell_len


def test_it_shows_what_agrees_within_the_width(kanaalkompas):
    ended = kanaalkompas("verify", "erlang-c", "--quick", "--workers", "1")
    assert ended.code == 0
    assert "All 4 agree." in ended.out
    assert max(map(cell_len, ended.out.splitlines())) <= 80


def test_a_wrong_formula_ends_with_1_and_names_the_figure(kanaalkompas, monkeypatch):
    monkeypatch.setattr("simulation.verification.formulas.erlang_c", lambda c, load: 0.4)
    ended = kanaalkompas("verify", "erlang-c", "--quick", "--format", "json", "--workers", "1")
    assert ended.code == 1
    data = json.loads(ended.out)
    wrong = {
        line["figure"]
        for part in data["parts"]
        for line in part["lines"]
        if line["verdict"] == "differs"
    }
    assert "waits" in wrong
    assert data["failures"] >= 2


def test_an_unknown_part_is_bad_input(kanaalkompas):
    ended = kanaalkompas("verify", "erlang-z")
    assert ended.code == 2
    assert "no part is called erlang-z; choose from erlang-" in ended.err
