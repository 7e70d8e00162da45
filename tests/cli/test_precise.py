"""`compare` with a precision: it stops when it is precise enough, or says that it is not."""

import json

import pytest

from simulation import __version__
from simulation.comparison.hashes import question
from simulation.comparison.precision import Goal
from simulation.comparison.stored import NotAResult, read
from simulation.scenario import load

PAIR = ("compare", "today.yaml", "more.yaml", "--language", "en")


def stored(folder, out="out"):
    content = (folder / out / "result.json").read_bytes()
    return read(content), json.loads(content)


def half_width(result):
    difference = result.scenarios[1].differences["costs.structural"]
    return (difference.high - difference.low) / 2


def test_it_stops_when_it_is_precise_at_two_looks_in_a_row(kanaalkompas, folder):
    """The looks are at 30, 45 and 68: precise enough at the second and the third."""
    ended = kanaalkompas(*PAIR, "--precision", "0.3", "--workers", "1")
    assert ended.code == 0
    result, _ = stored(folder)
    assert result.replications == 68
    assert result.precision is not None
    assert result.precision.reached
    assert half_width(result) == pytest.approx(result.precision.cost_half_width)
    for count, precise in ((30, False), (45, True)):
        kanaalkompas(*PAIR, "--replications", str(count), "--workers", "1", "--out", "fixed")
        assert (half_width(stored(folder, "fixed")[0]) <= 0.3) == precise
    said = " ".join(ended.out.split())
    assert "Precision reached: differences in costs ± €" in said
    assert "68 simulations" in said
    assert "--precision 0.3 --language en" in said


def test_the_first_replications_are_those_of_a_fixed_run(kanaalkompas, folder):
    kanaalkompas(*PAIR, "--precision", "0.3", "--workers", "1")
    kanaalkompas(*PAIR, "--replications", "30", "--workers", "2", "--out", "fixed")
    (_, data), (_, fixed) = stored(folder), stored(folder, "fixed")
    for own, other in zip(data["scenarios"], fixed["scenarios"], strict=True):
        assert own["raw"].keys() == other["raw"].keys()
        assert {path: column[:30] for path, column in own["raw"].items()} == other["raw"]


def test_the_same_question_gives_the_same_bytes(kanaalkompas, folder):
    for workers in ("1", "2"):
        options = ("--precision", "0.3", "--precision-service", "1.5", "--workers", workers)
        assert kanaalkompas(*PAIR, *options, "--out", workers).code == 0
    assert (folder / "1/result.json").read_bytes() == (folder / "2/result.json").read_bytes()


def test_the_question_is_known_before_it_is_known_how_many_it_takes(kanaalkompas, folder):
    kanaalkompas(*PAIR, "--precision", "0.3", "--precision-service", "2", "--workers", "1")
    loaded = [load(str(folder / f"{name}.yaml")).scenario for name in ("today", "more")]
    asked = [
        (name, scenario.model_dump(mode="json", by_alias=True))
        for name, scenario in zip(("today", "more"), loaded, strict=True)
    ]
    result, _ = stored(folder)
    assert result.question == question(__version__, Goal(0.3, 0.02, 1_000), asked)
    assert result.question != question(__version__, Goal(0.3, 0.02, 2_000), asked)
    assert result.question != question(__version__, Goal(0.4, 0.02, 1_000), asked)


def test_it_ends_at_the_most_and_says_that_it_was_not_enough(kanaalkompas, folder):
    ended = kanaalkompas(
        *PAIR, "--precision", "0.5", "--precision-service", "0.01", "--max-replications", "33",
        *("--workers", "1"),
    )  # fmt: skip
    assert ended.code == 0
    result, _ = stored(folder)
    assert result.replications == 33
    assert result.precision is not None
    assert not result.precision.reached
    said = " ".join(ended.out.split())
    assert "Precision not reached with at most 33 simulations: differences in costs ± €" in said
    assert "percentage points (asked ± 0.01)" in said
    page = (folder / "out/compare.html").read_text(encoding="utf-8")
    assert "precision not reached" in page
    assert "gevraagde precisie niet gehaald" in page


def test_what_pairing_brings_is_said(kanaalkompas, folder):
    ended = kanaalkompas(*PAIR, "--workers", "1")
    result, _ = stored(folder)
    assert result.scenarios[1].pairing is not None
    said = " ".join(ended.out.split())
    assert "That makes these 10 pairs of simulations worth about" in said
    assert "Dezelfde burgers" in (folder / "out/compare.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("precision", "reached"), False),
        (("precision", "cost_half_width"), 1.0),
        (("precision", "cost"), 6_000.0),
        (("replications",), 31),
        (("scenarios", 1, "pairing", "worth"), 1.0),
        (("scenarios", 1, "pairing"), None),
    ],
)
def test_a_stored_result_that_says_otherwise_is_refused(kanaalkompas, folder, place, value):
    kanaalkompas(*PAIR, "--precision", "5000", "--workers", "1")
    _, data = stored(folder)
    node = data
    for key in place[:-1]:
        node = node[key]
    assert node[place[-1]] != value
    node[place[-1]] = value
    with pytest.raises(NotAResult):
        read(json.dumps(data).encode())


def test_every_bad_value_is_told_at_once(kanaalkompas):
    ended = kanaalkompas(
        *PAIR, "--precision", "-5", "--precision-service", "80", "--max-replications", "7",
        *("--replications", "60", "--seed", "-1"),
    )  # fmt: skip
    assert ended.code == 2
    for said in (
        "--precision -5 is not possible; give a number of euros from 0.01",
        "--precision-service 80 is not possible; give a number of percentage points from 0.01",
        "--max-replications 7 is not possible; give a whole number from 30 to 100000",
        "--seed -1",
        "--replications and a precision exclude each other",
    ):
        assert said in ended.err


@pytest.mark.parametrize("value", ["nan", "inf", "1e400", "0.009", "1e-320"])
def test_a_precision_is_a_finite_number_of_cents(kanaalkompas, value):
    ended = kanaalkompas(*PAIR, "--precision", value)
    assert ended.code == 2
    assert "is not possible" in ended.err


def test_a_most_without_a_precision_is_refused(kanaalkompas):
    ended = kanaalkompas(*PAIR, "--max-replications", "100")
    assert ended.code == 2
    assert "--max-replications needs --precision or --precision-service" in ended.err


def test_what_scenarios_cannot_be_asked_is_told(kanaalkompas, folder):
    text = (folder / "today.yaml").read_text(encoding="utf-8")
    bare = text.partition("norms:")[0].replace("    pay_scale: s7\n", "")
    (folder / "bare.yaml").write_text(bare, encoding="utf-8")
    ended = kanaalkompas("compare", "bare.yaml", "--precision", "9", "--precision-service", "1")
    assert ended.code == 2
    for said in ("name a second scenario", "give it 'costs'", "give it 'norms'"):
        assert said in ended.err
