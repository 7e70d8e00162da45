"""Reading a result back: what a run wrote always passes, and whatever was changed is named."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.comparison.compare import KEPT
from simulation.comparison.stored import NotAResult, read
from tests.comparison.real import BARE, CRISIS, MORE, PURCHASES, QUIET, TODAY, data_of, signed
from tests.comparison.real import played as play

ROUNDING = 1e-6
"""Numbers that differ by less may be taken as the same."""

FREE = ("changes", "assumptions", "failures", "checksum")
"""Parts that only the checksum guards: nothing else in a document says the same."""


@pytest.fixture(scope="module")
def result():
    return play(TODAY, PURCHASES, MORE, failed={2: (4,)})


@pytest.fixture(scope="module")
def plain(result):
    return data_of(result)


def flaws(data):
    """Give what is wrong with plain data, by place."""
    try:
        read(json.dumps(data).encode())
    except NotAResult as error:
        return {flaw.place: flaw.problem for flaw in error.flaws}
    return {}


def leaves(node, path=()):
    """Give the path of every plain value."""
    if isinstance(node, dict | list) and node:
        for key, part in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(part, (*path, key))
    else:
        yield path


def at(data, path):
    for key in path:
        data = data[key]
    return data


def changed(data, path, value):
    data = copy.deepcopy(data)
    at(data, path[:-1])[path[-1]] = value
    return data


@pytest.mark.parametrize("replications", [1, 2, 9, 10, 30])
def test_what_a_run_wrote_passes(replications):
    found = play(TODAY, MORE, PURCHASES, replications=replications)
    assert read(found.model_dump_json().encode()) == found


@pytest.mark.parametrize(
    ("texts", "failed"),
    [
        ((TODAY,), {}),
        ((PURCHASES, TODAY), {}),
        ((BARE, BARE.replace("heads: 2", "heads: 3")), {}),
        ((TODAY, BARE), {}),
        ((QUIET, TODAY), {}),
        ((TODAY, CRISIS), {}),
        ((TODAY, MORE), {0: (1, 7), 1: (7, 9)}),
        ((TODAY, MORE), {0: tuple(range(1, 11))}),
        ((TODAY, MORE), {1: tuple(range(1, 11))}),
        ((TODAY, MORE), {0: (1, 2, 3, 4, 5), 1: (6, 7, 8, 9, 10)}),
        ((TODAY, TODAY.replace("monthly_salary: 3500", "monthly_salary: 1000000000000")), {}),
        ((TODAY, *[MORE] * 39), {}),
    ],
)
def test_results_of_every_kind_pass(texts, failed):
    found = play(*texts, failed=failed)
    assert read(found.model_dump_json().encode()) == found


def test_one_replication_out_of_many_passes(result):
    """As `run --replication 7` writes it."""
    data = data_of(play(TODAY, replications=7, failed={0: (1, 2, 3, 4, 5, 6)}))
    data["scenarios"][0]["failures"] = []
    assert flaws(data) == {}


SCENARIO = ("scenarios", 1)
TAMPERED = [
    (("scenarios", 1, "measures", "channels.phone.offered", "mean"), 1.5),
    (("scenarios", 1, "measures", "costs.lines.staff.desk.salary", "mean"), 1.5),
    (("scenarios", 1, "measures", "costs.lines.staff.desk.salary", "p95"), 9e9),
    (("scenarios", 1, "measures", "costs.quantities.once.training", "p5"), 0.5),
    (("scenarios", 1, "measures", "costs.groups.staff.desk", "mean"), 1.5),
    (("scenarios", 1, "measures", "channels.phone.mean_wait", "n"), 11),
    (("scenarios", 1, "measures", "costs.structural", "low"), 1.5),
    (("scenarios", 1, "differences", "costs.structural", "high"), 1.5),
    (("scenarios", 1, "differences", "channels.phone.mean_wait", "mean"), 0.5),
    (("scenarios", 1, "raw", "costs.total"), [1.0]),
    (("scenarios", 1, "raw", "norms.calls.attained", 0), 11),
    (("scenarios", 1, "norms", 0, "attainment", "status"), "unclear"),
    (("scenarios", 1, "norms", 0, "attainment", "attained"), 11),
    (("scenarios", 1, "norms", 0, "attainment", "low"), 0.123),
    (("scenarios", 1, "norms", 0, "path"), "norms.none.share"),
    (("scenarios", 1, "norms", 0, "target"), 0.31),
    (("scenarios", 1, "all_norms", "decided"), None),
    (("scenarios", 1, "weakest"), "nobody"),
    (("scenarios", 1, "dominated_by"), ["Q"]),
    (("scenarios", 1, "lines", 0, "rate"), 42_001.0),
    (("scenarios", 1, "lines", 0, "avoidable"), False),
    (("scenarios", 1, "lines"), []),
    (("scenarios", 1, "letter"), "0"),
    (("scenarios", 1, "letter"), "<b>"),
    (("scenarios", 1, "letter"), "=1"),
    (("scenarios", 1, "title", "nl"), "Iets anders"),
    (("scenarios", 1, "same_demand"), False),
    (("scenarios", 1, "finished"), 9),
    (("scenarios", 1, "numbers", 0), 3),
    (("scenarios", 0, "assumptions", 0, "value"), 9_001),
    (("scenarios", 2, "failures", 0, "command"), "rm -r ."),
    (("verdict", "scenario"), "Z"),
    (("verdict", "kind"), "no_norms"),
    (("verdict", "attaining"), ["0"]),
    (("period", "days"), -5),
    (("period", "days"), 3.0),
    (("period", "months"), ["2026-13"]),
    (("period", "start"), "soon"),
    (("confidence",), 7),
    (("confidence",), 0.95),
    (("example",), False),
    (("seed",), 4),
    (("seed",), "3"),
    (("seed",), 2**70),
    (("replications",), 10**5),
    (("scenarios",), []),
    (("organisation",), "Elders"),
]


@pytest.mark.parametrize(("path", "value"), TAMPERED)
def test_a_change_is_named_with_its_place(plain, path, value):
    found = flaws(changed(plain, path, value))
    place = ".".join(map(str, path))
    assert any(each.startswith(place) or place.startswith(each + ".") for each in found), found


@pytest.mark.parametrize(("path", "value"), TAMPERED)
def test_a_change_is_named_even_when_both_hashes_were_written_anew(plain, path, value):
    data = changed(plain, path, value)
    try:
        data = signed(data)
    except ValueError:
        assert flaws(data)
    else:
        assert flaws(data).keys() - {"question", "checksum"}


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("raw", "costs.total", 0), 1e30, "measures.costs.total.mean"),
        (("raw", "channels.phone.offered", 3), 10**9, "measures.channels.phone.offered.mean"),
        (("measures",), {}, "raw.costs.total"),
        (("raw",), {}, "raw.costs.total"),
    ],
)
def test_values_of_replications_and_their_measures_guard_each_other(plain, path, value, place):
    data = changed(plain, (*SCENARIO, *path), value)
    assert f"scenarios.1.{place}" in flaws(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("scenarios", 1, "scenario", "channels", "phone", "resolution"), 0.91),
        (("scenarios", 1, "scenario", "title", "en"), "Other"),
        (("scenarios", 1, "name"), "s2"),
        (("version",), "0.0.9"),
        (("replications",), 11),
    ],
)
def test_the_question_catches_what_was_asked(plain, path, value):
    assert "one of them was changed" in flaws(changed(plain, path, value))["question"]


def test_several_flaws_are_all_named(plain):
    data = changed(plain, ("verdict", "scenario"), "Z")
    data["scenarios"][1]["letter"] = "B"
    data["scenarios"][0]["assumptions"][0]["value"] = 9_001
    data["scenarios"][1]["measures"]["channels.phone.offered"]["mean"] += 1
    assert flaws(data).keys() >= {
        "verdict.scenario",
        "scenarios.0.assumptions.0.value",
        "scenarios.1.letter",
        "scenarios.1.measures.channels.phone.offered.mean",
    }


def test_a_scenario_that_names_what_is_not_there_is_refused(plain):
    data = changed(plain, ("scenarios", 0, "scenario", "teams", "desk", "pay_scale"), "none")
    found = flaws(signed(data))
    assert list(found) == ["scenarios.0.scenario.teams.desk.pay_scale"]


def test_without_its_baseline_a_result_is_refused(plain):
    data = {**plain, "scenarios": plain["scenarios"][1:]}
    assert flaws(data)["scenarios.0.letter"] == "is 'A', not '0'"


def test_a_result_of_another_version_is_shown_if_it_agrees_with_itself(plain):
    other = signed({**plain, "version": "0.0.1"})
    assert flaws(other) == {}
    assert "checksum" in flaws(changed(other, ("scenarios", 1, "lines", 0, "rate"), 1.5))
    found = flaws(changed(other, ("verdict", "scenario"), "Z"))
    assert found == {"verdict.scenario": "names 'Z', which is not in the document"}


def test_a_number_that_is_kept_nowhere_else_is_caught_by_the_checksum(result):
    data = data_of(result, checked=True)
    data["scenarios"][1]["measures"]["channels.phone.wait_p95"]["p5"] -= 0.001
    assert "something was changed" in flaws(data)["checksum"]


def test_keys_that_occur_twice_are_named(plain):
    text = json.dumps(plain).replace('"days": 2.0', '"days": 2.0, "days": 2.0')
    text = text.replace('"status": ', '"status": 1, "status": ', 1)
    with pytest.raises(NotAResult) as error:
        read(text.encode())
    assert [flaw.place for flaw in error.value.flaws] == [
        "period.days",
        "scenarios.0.norms.0.attainment.status",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not complete JSON"),
        (b"\xff\xfe{}", "is not text in UTF-8 (byte 1)"),
        (b"[" * 100_000, "too deeply nested"),
        (b'{"format": NaN}', "NaN is not a number in JSON"),
        (b'{"format": -Infinity}', "-Infinity is not a number"),
        (b'{"seed": ' + b"9" * 5_000 + b"}", "is not complete JSON"),
        (b"[]", "is not a result of Kanaalkompas"),
        (b'{"format": null}', "is not a result of Kanaalkompas"),
        (b'{"format": "kanaalkompas-result/2"}', "this version reads 'kanaalkompas-result/1'"),
    ],
)
def test_what_is_no_document_is_refused(content, said):
    with pytest.raises(NotAResult) as error:
        read(content)
    assert said in error.value.flaws[0].problem


@pytest.mark.parametrize("number", ["1e999", "1e31", "9" * 400, "-1e31", "true", '"1"', "null"])
def test_numbers_out_of_reach_and_of_another_kind_are_refused(plain, number):
    path = (*SCENARIO, "measures", "channels.phone.mean_wait", "mean")
    text = json.dumps(changed(plain, path, "HERE")).replace('"HERE"', number)
    with pytest.raises(NotAResult) as error:
        read(text.encode())
    assert error.value.flaws[0].place == ".".join(map(str, path))


@pytest.mark.parametrize("depth", [150, 250, 900])
def test_a_nested_value_anywhere_is_refused(plain, depth):
    text = json.dumps(changed(plain, (*SCENARIO, "scenario", "why"), "HERE"))
    with pytest.raises(NotAResult):
        read(text.replace('"HERE"', "[" * depth + "]" * depth).encode())


def test_a_key_that_steers_a_terminal_is_not_repeated(plain):
    found = flaws({**plain, "\x1b[31m": 1})
    assert len(found) == 1
    assert not any("\x1b" in place for place in found)


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.integers(),
    st.floats().filter(lambda number: not abs(number) < ROUNDING),
    st.text(max_size=4),
    st.sampled_from(["0", "A", "Z", "attained", "clock", [], {}, [1], {"nl": "x", "en": "y"}]),
)


@pytest.fixture(scope="module")
def everywhere(plain):
    return list(leaves(plain))


@pytest.fixture(scope="module")
def derived(everywhere):
    """Give the leaves that follow from others in the document."""
    return [path for path in everywhere if not set(path) & set(FREE) and not _alone(path)]


def _alone(path):
    """Tell whether a value is an estimate of a measure that is not kept per replication."""
    if len(path) < 4 or path[2] not in {"measures", "differences"}:
        return False
    return path[3].rpartition(".")[2] not in {*KEPT, "offered"}


@settings(max_examples=60)
@given(data=st.data())
def test_any_leaf_that_says_something_else_is_refused(result, everywhere, data):
    """With a checksum there is no way to change a document and still say something else."""
    path = data.draw(st.sampled_from(everywhere))
    document = data_of(result, checked=True)
    if data.draw(st.booleans()):
        at(document, path[:-1])[path[-1]] = data.draw(values)
    else:
        del at(document, path[:-1])[path[-1]]
    try:
        again = read(json.dumps(document).encode())
    except NotAResult as error:
        assert error.flaws
    else:
        assert again.model_copy(update={"checksum": result.checksum}) == result


@settings(max_examples=60)
@given(data=st.data())
def test_without_a_checksum_whatever_follows_from_the_rest_is_still_guarded(result, derived, data):
    path = data.draw(st.sampled_from(derived))
    document = data_of(result)
    at(document, path[:-1])[path[-1]] = data.draw(values)
    try:
        again = read(json.dumps(document).encode())
    except NotAResult as error:
        assert error.flaws
    else:
        assert again.model_copy(update={"checksum": result.checksum}) == result
