"""Tables in a terminal: every figure is whole, stands in the document, and fits the width."""

import io
import os
import pty
import re
import subprocess
import sys
from contextlib import redirect_stdout, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from simulation.cli import compare_tables, run_tables
from simulation.cli.folding import fold, glued, plain
from simulation.cli.layout import Column, Table
from simulation.cli.terminal import make_tolerant
from simulation.comparison.document import Result
from simulation.report import facts
from simulation.report.reader import half_width
from tests.cli.conftest import command, environment
from tests.report.example_data import STRATEGIES
from tests.report.examples import result as example
from tests.report.random_results import LETTERS, results

WIDTHS = (80, 100, 140)
LANGUAGES = ("nl", "en")
FIGURE = r"[+−]?\d[\d.,]*%?"
HEADS = {"nl": "Structurele", "en": "Structural"}


def shown(show, result: Result, language: str, width: int, monkeypatch) -> str:
    """Give what is printed where the output is no terminal."""
    monkeypatch.setenv("COLUMNS", str(width))
    with redirect_stdout(io.StringIO()) as out:
        show(result, language)
    return out.getvalue()


def number(text: str, language: str) -> float:
    """Read a figure back."""
    text = text.replace("−", "-").rstrip("%")
    if language == "nl":
        text = text.translate(str.maketrans(",.", ".,"))
    return float(text.replace(",", ""))


def tables(text: str) -> list[list[str]]:
    """Give the rows of each table: the lines between a rule and the next empty line."""
    found = []
    for block in text.split("\n\n"):
        lines = block.split("\n")
        rules = [n for n, line in enumerate(lines) if line and set(line) == {"─"}]
        if rules:
            found.append([line for line in lines[rules[0] + 1 :] if set(line) != {"─"}])
    return found


def near(told: float, exact: float, half: float | None) -> bool:
    """Tell whether a figure is one of the document, rounded as its interval allows."""
    step = 1.0 if half is None or half <= 0 else 10 ** (len(str(int(half))) - 2)
    return abs(told - exact) <= max(0.51, 0.51 * step) + 1e-9 * abs(exact)


def costs_of(result: Result, language: str, text: str) -> None:
    """Check the costs of every scenario with the document: level, difference, interval."""
    rows = [line for table in tables(text) for line in table]
    for scenario in result.scenarios:
        level, cost = scenario.measures["costs.structural"], facts.cost(scenario)
        start = next(
            n for n, line in enumerate(rows) if re.match(rf"{scenario.letter}\*? +\S", line)
        )
        end = start + 1
        while end < len(rows) and rows[end].startswith("  "):
            end += 1
        words = " ".join(rows[start:end])
        told = [number(each, language) for each in re.findall(rf"(?<!\S){FIGURE}(?!\S)", words)]
        for estimate in filter(None, (level, cost)):
            half = half_width(estimate)
            ends = (estimate.low, estimate.high)
            wanted = [estimate.mean, *(end for end in ends if end is not None)]
            for exact in wanted if estimate is cost else wanted[:1]:
                assert any(near(each, exact, half) for each in told), (words, exact)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_amount_is_one_of_the_document(language, width, monkeypatch):
    result = example()
    text = shown(compare_tables.show, result, language, width, monkeypatch)
    costs_of(result, language, text)
    assert max(map(cell_len, text.split("\n"))) <= width
    if width == 140:
        assert re.search(r"\(uur\)|\(hours\)", text)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_figure_of_a_real_run_is_one_of_the_document(
    language, width, kanaalkompas, folder, monkeypatch
):
    monkeypatch.setenv("COLUMNS", str(width))
    files = ("today.yaml", "more.yaml")
    ended = kanaalkompas("compare", *files, "--workers", "1", "--language", language)
    assert ended.code == 0
    result = Result.model_validate_json((folder / "out/result.json").read_bytes())
    costs_of(result, language, ended.out)
    norms = tables(ended.out)[-1]
    for place in range(len(result.scenarios[0].norms)):
        signs = re.findall(rf"([✓✗≈])(\??) ({FIGURE})", norms[place])
        for (sign, doubt, share), scenario in zip(signs, result.scenarios, strict=True):
            own = scenario.norms[place]
            assert sign == {"attained": "✓", "missed": "✗", "unclear": "≈"}[own.attainment.status]
            assert bool(doubt) is not own.attainment.decided
            mean = scenario.measures[own.path].mean
            assert number(share, language) == pytest.approx(100 * mean, abs=0.51)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_one_scenario_shows_the_volumes_of_the_document(
    language, width, kanaalkompas, folder, monkeypatch
):
    monkeypatch.setenv("COLUMNS", str(width))
    options = ("--workers", "1", "--replications", "10")
    kanaalkompas("compare", "today.yaml", *options)
    result = Result.model_validate_json((folder / "out/result.json").read_bytes())
    ended = kanaalkompas("run", "today.yaml", *options, "--language", language)
    channels = tables(ended.out)[0]
    for line, name in zip(channels, result.scenarios[0].scenario["channels"], strict=True):
        told = re.findall(rf"(?<!\S){FIGURE}(?!\S)", line)
        for figure, kind in zip(told, ("offered", "answered", "abandoned"), strict=False):
            exact = result.scenarios[0].measures[f"channels.{name}.{kind}"]
            assert near(number(figure, language), exact.mean, half_width(exact))
    assert max(map(cell_len, ended.out.split("\n"))) <= width


@settings(max_examples=40, deadline=None)
@given(results(most=4), st.sampled_from(WIDTHS), st.sampled_from(LANGUAGES))
def test_no_result_breaks_the_layout(result, width, language):
    with pytest.MonkeyPatch.context() as patch:
        text = shown(compare_tables.show, result, language, width, patch)
    assert not [sign for sign in text if sign != "\n" and not sign.isprintable()]
    assert max(map(cell_len, text.split("\n"))) <= width
    for scenario in result.scenarios:
        assert re.search(rf"^{scenario.letter}\*? ", text, re.MULTILINE)


@pytest.mark.parametrize("width", WIDTHS)
def test_forty_scenarios_are_all_there_in_tables_that_fit(width, monkeypatch):
    base = example().model_dump()
    one = base["scenarios"][1]
    base["scenarios"] = [
        base["scenarios"][0],
        *({**one, "letter": letter} for letter in LETTERS[1:40]),
    ]
    base["verdict"].update(kind="none_attains", scenario=None, attaining=(), undecided=())
    result = Result.model_validate(base)
    text = shown(compare_tables.show, result, "nl", width, monkeypatch)
    assert max(map(cell_len, text.split("\n"))) <= width
    costs_of(result, "nl", text)
    share = text.count("✓ 93%") + text.count("✓? 93%") + text.count("✓ 92%")
    assert share >= 39


@pytest.mark.parametrize("amount", [1e12, 0.01])
@pytest.mark.parametrize("language", LANGUAGES)
def test_huge_and_tiny_amounts_stay_whole(amount, language, monkeypatch):
    data = example().model_dump()
    for place, scenario in enumerate(data["scenarios"]):
        estimates = [scenario["measures"]["costs.structural"]]
        estimates += [scenario["differences"]["costs.structural"]] if place else []
        for estimate in estimates:
            estimate.update(mean=amount, low=amount * 0.9, high=amount * 1.1)
    text = shown(compare_tables.show, Result.model_validate(data), language, 80, monkeypatch)
    whole = {
        (1e12, "nl"): "+900.000.000.000 tot +1.100.000.000.000",
        (1e12, "en"): "+900,000,000,000 to +1,100,000,000,000",
        (0.01, "nl"): "0,01",
        (0.01, "en"): "0.01",
    }[amount, language]
    assert text.count(whole) >= 5
    assert max(map(cell_len, text.split("\n"))) <= 80


TITLES = [
    "[red]rood[/] [link=https://x.nl]hier[/link]",
    "twee\nregels",
    "\x1b[31mrood\x1b[0m",
    "\u202eomgekeerd",
    "x" * 300,
    "漢字" * 150,
    "😀 webcare " * 30,
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("show", [compare_tables.show, run_tables.show])
def test_a_title_is_shown_as_it_is_and_steers_nothing(show, title, monkeypatch):
    result = example()
    scenarios = tuple(each.model_copy(update={"title": title}) for each in result.scenarios)
    result = result.model_copy(update={"scenarios": scenarios})
    text = shown(show, result, "nl", 80, monkeypatch)
    assert max(map(cell_len, text.split("\n"))) <= 80
    assert not set(text) & set("\x1b\u202e\r\t")
    start = plain(title).split(" ")[0][:10]
    assert start in text


@pytest.mark.parametrize("width", [40, 60, *WIDTHS])
def test_no_line_ends_between_a_figure_and_what_it_counts(width):
    sentence = (
        "Onder deze aannames kost Webcare € 24.374 minder dan nu, in de periode 2 t/m 8 maart 2026 "
        "(90%-interval: € 23.100 tot € 25.600 minder), en blijft 10,7 procentpunt onder de norm in "
        "24 van 30 simulaties; van de contacten is 87% binnen 25 seconden geholpen."
    ).replace("€ ", "€\N{NO-BREAK SPACE}")
    lines = fold(glued(sentence), width)
    assert " ".join(lines) == sentence.replace("\N{NO-BREAK SPACE}", " ")
    for held in ("€ 24.374", "24 van 30", "10,7 procentpunt", "25 seconden", "2 t/m 8 maart 2026",
                 "€ 23.100 tot € 25.600 minder"):  # fmt: skip
        assert any(held in line for line in lines), (held, lines)


def test_columns_that_do_not_fit_follow_whole_with_their_names():
    made = Table([Column("", "badge"), Column("Naam", "name"), Column("€" * 30), Column("uur")])
    made.add("A", "Een naam van meer dan twintig tekens", "1" * 30, "7")
    assert made.fits(80)
    lines = [str(line) for line in made.lines(50)]
    blank = lines.index("")
    assert "1" * 30 in "\n".join(lines[:blank])
    assert any(line.startswith("A  Een naam") for line in lines[blank:])
    assert max(len(line) for line in made.lines(20)) > 20


def run(folder, *arguments, **extra):
    return subprocess.run(
        command(*arguments),
        cwd=folder,
        env={**environment(**extra)},
        capture_output=True,
        check=False,
    )


QUICK = ("compare", "today.yaml", "more.yaml", "--replications", "10", "--workers", "1")


def test_a_pipe_gets_plain_text_and_only_the_result(folder):
    ended = run(folder, *QUICK, "--language", "en", FORCE_COLOR="", TERM="xterm-256color")
    text = ended.stdout.decode()
    assert "\x1b" not in text
    assert "Written:" not in text
    assert "Written: out/result.json, out/run.json, out/compare.html" in ended.stderr.decode()
    assert all(line == line.rstrip() for line in text.split("\n"))
    assert "\N{NO-BREAK SPACE}" not in text


def test_a_pipe_without_columns_is_a_hundred_wide(folder):
    plainly = {name: value for name, value in environment().items() if name != "COLUMNS"}
    ended = subprocess.run(
        command(*QUICK), cwd=folder, env=plainly, capture_output=True, check=True
    )
    assert ended.stdout == run(folder, *QUICK, COLUMNS="100").stdout
    assert ended.stdout != run(folder, *QUICK, COLUMNS="80").stdout


def on_a_terminal(folder, **extra) -> str:
    """Give what a terminal gets."""
    ours, theirs = pty.openpty()
    subprocess.run(
        command(*QUICK), cwd=folder, env=environment(**extra), stdout=theirs,
        stderr=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    os.close(theirs)
    text = b""
    with suppress(OSError):
        while piece := os.read(ours, 65536):
            text += piece
    os.close(ours)
    return text.decode()


def test_colour_says_nothing_that_words_do_not(folder):
    piped = run(folder, *QUICK).stdout.decode()
    coloured = on_a_terminal(folder, TERM="xterm-256color").replace("\r\n", "\n")
    assert "\x1b[3" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == piped
    assert on_a_terminal(folder, TERM="dumb").replace("\r\n", "\n") == piped
    without = on_a_terminal(folder, TERM="xterm-256color", NO_COLOR="1")
    assert not re.search(r"\x1b\[[\d;]*3\d", without)


def test_a_terminal_without_the_signs_gets_others(folder):
    text = run(folder, *QUICK, PYTHONIOENCODING="ascii", PYTHONUTF8="0").stdout.decode("ascii")
    assert "EUR 0" not in text
    assert re.search(r"[+x~]\?? (gehaald|niet gehaald|soms gehaald)", text)
    assert "----" in text


def test_a_reader_that_stops_early_gets_no_traceback_and_the_files_are_written(folder):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command(*QUICK), cwd=folder, env=environment(), stdout=writing, stderr=subprocess.PIPE,
        check=False,
    )  # fmt: skip
    os.close(writing)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "compare.html",
        "result.json",
        "run.json",
    ]


@pytest.mark.parametrize("file", ["my 'own' town.yaml", "-town.yaml"])
@pytest.mark.parametrize("first", ["compare", "run"])
def test_the_command_that_repeats_can_be_pasted(kanaalkompas, folder, first, file):
    (folder / file).write_bytes((folder / "today.yaml").read_bytes())
    ended = kanaalkompas(first, "--replications", "2", "--workers", "1", "--", file)
    *_, identity, repeat, _ = ended.out.split("\n")
    assert "startgetal 3, 2 simulaties. Herhaal met:" in identity
    done = subprocess.run(
        repeat.replace("kanaalkompas", " ".join([sys.executable, "-m", "simulation.cli.main"])),
        shell=True, cwd=folder, env=environment(), capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.decode() == ended.out


def test_without_norms_or_costs_nothing_is_said_of_them(monkeypatch):
    data = example(strategies=STRATEGIES[:2]).model_dump()
    for scenario in data["scenarios"]:
        scenario.update(norms=(), all_norms=None, weakest=None, lines=())
        for room in ("measures", "differences", "raw"):
            kept = {k: v for k, v in scenario[room].items() if not k.startswith(("costs", "norms"))}
            scenario[room] = kept
    data["verdict"].update(kind="no_costs", scenario=None, attaining=(), undecided=())
    text = shown(compare_tables.show, Result.model_validate(data), "nl", 80, monkeypatch)
    assert "✓" not in text
    assert "€" not in text
    assert "Wachttijd" in text


def test_make_tolerant_can_be_repeated():
    make_tolerant()
    assert "✓".encode("ascii", errors="kanaalkompas") == b"+"
