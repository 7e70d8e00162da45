"""A scenario extends another one and says only what changes."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from simulation.scenario import ScenarioError, load
from simulation.scenario.extends import MAX_FILES
from simulation.scenario.values import MINUTE
from tests.scenario.build import WHOLE


@pytest.fixture
def write(tmp_path):
    def _write(name, data):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(data, sort_keys=False))
        return path

    _write("base.yaml", WHOLE)
    return _write


def child(base="base.yaml", **changes):
    return {"extends": base, "title": "child", "why": "to see", **changes}


def problems(path):
    with pytest.raises(ScenarioError) as caught:
        load(path)
    return caught.value.problems


def test_mappings_merge_and_lists_and_values_replace(write):
    loaded = load(
        write(
            "child.yaml",
            child(
                horizon={"length": "14 days"},
                teams={"kcc": {"roster": [{"heads": 9}]}},
                channels={"phone": {"handling": {"mean": "6 minutes"}}},
            ),
        )
    )
    base = load(write("base.yaml", WHOLE)).scenario
    scenario: Any = loaded.scenario
    assert scenario.horizon.start == base.horizon.start
    assert scenario.horizon.length == 2 * base.horizon.length
    assert [block.heads for block in scenario.teams["kcc"].roster] == [9]
    assert scenario.channels["phone"].handling.mean == 6 * MINUTE
    assert scenario.channels["phone"].patience == base.channels["phone"].patience
    assert scenario.teams["desks"] == base.teams["desks"]


def test_a_file_that_changed_is_read_anew(write):
    path = write("child.yaml", child())
    assert load(path).scenario.seed == WHOLE.get("seed", 1)
    write("base.yaml", {**WHOLE, "seed": 7})
    assert load(path).scenario.seed == 7


def test_null_removes_what_was_inherited(write):
    path = write("child.yaml", child(norms={"fast": None}, channels={"phone": {"patience": None}}))
    scenario = load(path).scenario
    assert list(scenario.norms) == ["soon"]
    assert scenario.channels["phone"].patience is None


def test_a_distribution_with_a_family_replaces_the_inherited_one(write):
    handling = {"family": "lognormal", "mu": 5, "sigma": 0.9}
    scenario = load(
        write("child.yaml", child(channels={"social": {"handling": handling}}))
    ).scenario
    assert scenario.channels["social"].handling.family == "lognormal"


def test_an_assumption_replaces_the_inherited_one(write):
    write("mid.yaml", child(demand={"phone": {"yearly": {"value": 9, "low": 8, "source": "x"}}}))
    lower = child("mid.yaml", demand={"phone": {"yearly": {"value": 5, "high": 7}}})
    loaded = load(write("child.yaml", lower))
    (placed,) = loaded.assumptions
    assert (placed.assumption.value, placed.assumption.low, placed.assumption.source) == (
        5,
        None,
        None,
    )
    plain = load(write("plain.yaml", child("mid.yaml", demand={"phone": {"yearly": 4}})))
    assert plain.assumptions == ()
    assert plain.scenario.demand["phone"].yearly == 4


def test_a_channel_of_another_kind_replaces_and_one_of_the_same_kind_merges(write):
    handling = {"family": "exponential", "mean": "9 minutes"}
    chat = {"kind": "chat", "slowdown": [1, 1.5], "sites": {"north": 1}, "handling": handling}
    channels = {"counter": chat, "phone": {"kind": "live", "backlog": 3}}
    path = write(
        "child.yaml", child(channels=channels, teams={"desks": {"sites": {"centre": None}}})
    )
    scenario = load(path).scenario
    assert list(scenario.channels["counter"].sites) == ["north"]
    assert scenario.channels["phone"].backlog == 3
    assert scenario.channels["phone"].patience is not None


def test_title_and_why_are_never_inherited(write):
    found = problems(write("child.yaml", {"extends": "base.yaml"}))
    assert [problem.place for problem in found] == ["title", "why"]


def test_a_problem_names_the_file_and_line_where_it_was_written(write, tmp_path):
    write("base.yaml", {**WHOLE, "replications": 0})
    path = write("child.yaml", child(seed=-1))
    own, inherited = problems(path)
    assert (own.file, own.place) == (str(path), "seed")
    assert (inherited.file, inherited.place) == (str(tmp_path / "base.yaml"), "replications")
    for problem in (own, inherited):
        line = Path(problem.file).read_text().splitlines()[problem.line - 1]
        assert line.startswith(f"{problem.place}:")


def test_changes_and_files_are_those_of_the_file_itself(write, tmp_path):
    write("mid.yaml", child(seed=3))
    path = write(
        "child.yaml",
        child(
            "mid.yaml",
            replications=5,
            norms={"fast": None},
            demand={"phone": {"yearly": {"value": 4, "low": 3}}},
            teams={"kcc": {"roster": [{"heads": 9}]}},
        ),
    )
    loaded = load(path)
    assert loaded.files == tuple(str(tmp_path / f"{n}.yaml") for n in ("child", "mid", "base"))
    assert loaded.changes == (
        "replications",
        "norms.fast",
        "demand.phone.yearly",
        "teams.kcc.roster",
    )
    assert loaded.scenario.seed == 3


def test_the_path_is_relative_to_the_file(write, monkeypatch, tmp_path):
    write("deeper/child.yaml", child("../base.yaml"))
    monkeypatch.chdir(tmp_path)
    loaded = load("deeper/child.yaml")
    assert loaded.path == "deeper/child.yaml"
    assert loaded.files == ("deeper/child.yaml", "base.yaml")


def test_a_missing_file_is_told_with_the_chain(write, tmp_path):
    write("mid.yaml", child("nowhere.yaml"))
    (problem,) = problems(write("child.yaml", child("mid.yaml")))
    assert problem.file == str(tmp_path / "mid.yaml")
    assert (problem.line, problem.place) == (1, "extends")
    for name in ("child.yaml", "mid.yaml", "nowhere.yaml"):
        assert str(tmp_path / name) in problem.problem
    assert "does not exist" in problem.problem


def test_a_circle_is_told_with_the_chain(write, tmp_path):
    write("one.yaml", child("two.yaml"))
    (problem,) = problems(write("two.yaml", child("one.yaml")))
    chain = " -> ".join(str(tmp_path / f"{name}.yaml") for name in ("two", "one", "two"))
    assert f"makes a circle ({chain})" in problem.problem


def test_a_file_cannot_extend_itself(write):
    (problem,) = problems(write("self.yaml", child("self.yaml")))
    assert "circle" in problem.problem


@pytest.mark.parametrize(
    ("extends", "words"),
    [
        (".", "is a directory"),
        ("/etc/hostname", "is an absolute path"),
        (3, "is not a file name"),
        ("", "is not a file name"),
        (["base.yaml"], "is not a file name"),
        (None, "is not a file name"),
        ("x" * 5_000, "cannot be read"),
    ],
)
def test_extends_names_a_file(write, extends, words):
    (problem,) = problems(write("child.yaml", child(extends)))
    assert problem.place == "extends"
    assert words in str(problem)


def test_a_chain_has_an_end(write):
    write("0.yaml", child())
    for number in range(1, MAX_FILES - 1):
        write(f"{number}.yaml", child(f"{number - 1}.yaml"))
    assert len(load(write("last.yaml", child(f"{MAX_FILES - 3}.yaml"))).files) == MAX_FILES
    (problem,) = problems(write("last.yaml", child(f"{MAX_FILES - 2}.yaml")))
    assert f"more than {MAX_FILES} files" in problem.problem


@pytest.mark.parametrize("name", ["nowhere.yaml", "."])
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path, name):
    (problem,) = problems(tmp_path / name)
    assert problem.line is None
    assert "the file" in problem.problem


def test_broken_yaml_in_a_file_of_the_chain_is_told_in_that_file(write, tmp_path):
    (tmp_path / "base.yaml").write_text("a: [1\n")
    (problem,) = problems(write("child.yaml", child()))
    assert problem.file == str(tmp_path / "base.yaml")
