"""The command that verifies the simulator."""

import json
import re
from pathlib import Path

from rich.cells import cell_len

from simulation.cli.verify_tables import figure

PAGE = Path(__file__).parents[2] / "docs/verification.md"


def test_the_quick_pack_agrees_and_says_what_stands_on_the_page(process):
    """If only the page differs: make verify."""
    ended = process("verify", "--quick", "--format", "json")
    assert ended.code == 0, ended.out
    assert "Traceback" not in ended.err
    data = json.loads(ended.out)
    lines = [line for part in data["parts"] for line in part["lines"]]
    assert {line["verdict"] for line in lines} == {"agrees"}
    assert {line["engine"] for line in lines} == {"simpy", "compiled"}
    page = PAGE.read_text(encoding="utf-8")
    for line in lines:
        told = [figure(line["exact"]), line["engine"], figure(line["simulated"])]
        assert re.search(r"\s+".join(map(re.escape, told)), page), line


def test_the_same_seed_gives_the_same_bytes_with_any_number_of_workers(process):
    asked = ("verify", "chat-agents", "--quick", "--engine", "compiled", "--seed", "7")
    one, two = (process(*asked, "--workers", count) for count in ("1", "2"))
    assert one.out == two.out
    assert one.out != process(*asked[:-1], "8").out


def test_it_shows_what_agrees_within_the_width(kanaalkompas):
    ended = kanaalkompas("verify", "erlang-c", "--quick", "--workers", "1")
    assert ended.code == 0
    assert "All 4 figures agree." in ended.out
    assert max(map(cell_len, ended.out.splitlines())) <= 80
    assert "\x1b" not in ended.out


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


def test_without_a_compiler_it_says_why_it_takes_long(kanaalkompas, monkeypatch):
    monkeypatch.setattr("simulation.cli.verify.is_compiled", lambda: False)
    ended = kanaalkompas("verify", "trunks", "--quick", "--engine", "compiled", "--workers", "1")
    assert ended.code == 0
    assert "was not compiled here" in ended.err


def test_an_unknown_part_is_bad_input(kanaalkompas):
    ended = kanaalkompas("verify", "erlang-z")
    assert ended.code == 2
    assert "no part is called erlang-z; choose from chat, chat-agents, erlang-a" in ended.err
