"""`kanaalkompas cloud` sends whatever files `compare` takes, wherever these lie."""

import shutil
from pathlib import Path

import pytest

from simulation.cli.cloud.files import as_sent
from simulation.cli.inputs import read_all
from simulation.cli.problems import Stop
from simulation.scenario.yaml_text import read_yaml
from tests.cli.conftest import MORE, TODAY, run_apart
from tests.functions.served import Served

HOUSE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with Served.start(tmp_path_factory.mktemp("served") / "kept") as served:
        yield served


def _readme(root):
    """Lay out the strategy of one's own that the README has, beside what ships."""
    shutil.copytree(HOUSE / "scenarios" / "small-town", root / "scenarios" / "small-town")
    text = (HOUSE / "README.md").read_text("utf-8")
    own = text.partition("```yaml file=mornings.yaml\n")[2].partition("```")[0]
    (root / "mornings.yaml").write_text(own, encoding="utf-8")
    return [
        "scenarios/small-town/0-today.yaml",
        "scenarios/small-town/a-webcare.yaml",
        own and "mornings.yaml",
    ]


def _written(root, **texts):
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return list(texts)


def _more(parent, title="Een extra"):
    return MORE.replace("today.yaml", parent).replace("Een extra", title)


def _outside(root):
    """A strategy from a folder beside the one that one works in."""
    return _written(root, **{"today.yaml": TODAY, "../mine/own.yaml": _more("../work/today.yaml")})


def _deep(root):
    files = {"a/today.yaml": TODAY, "a/b/more.yaml": _more("../today.yaml")}
    return _written(root, **files, **{"a/b/c/most.yaml": _more("../more.yaml")})


def _alike(root):
    files = {"today.yaml": TODAY, "one/more.yaml": _more("../today.yaml", "Eén")}
    return _written(root, **files, **{"two/more.yaml": _more("../one/more.yaml", "Twee")})


def _odd(root):
    files = {"De Stad: 'nu'.yaml": TODAY, "Plán [2].v1.yml": _more("\"./De Stad: 'nu'.yaml\"")}
    return _written(root, **files, **{".ook": _more("Plán [2].v1.yml")})


@pytest.mark.parametrize("laid_out", [_readme, _outside, _deep, _alike, _odd])
def test_whatever_compare_takes_is_answered_byte_for_byte(served, tmp_path, laid_out):
    work = tmp_path / "work"
    work.mkdir()
    asked = [*laid_out(work), "--replications", "2", "--seed", "7", "--language", "en"]
    told = {"KANAALKOMPAS_API": served.address, "KANAALKOMPAS_TOKEN": "a.token"}
    kind = ["--question", "compare", "--out", "there"]
    there = run_apart("cloud", "run", *asked, *kind, folder=work, **told)
    assert there.returncode == 0, there.stderr
    here = run_apart("compare", *asked, "--as-rostered", "--out", "here", folder=work)
    assert here.returncode == 0, here.stderr
    for name in ("result.json", "compare.html"):
        assert (work / "there" / name).read_bytes() == (work / "here" / name).read_bytes()


def test_files_have_their_own_names_and_a_number_where_these_are_alike(tmp_path):
    files = _written(tmp_path, **{"today.yaml": TODAY, "a/x.yaml": _more("../today.yaml")})
    files += _written(tmp_path, **{"b/X.yaml": _more("../a/x.yaml"), "b/y.yaml": _more("X.yaml")})
    asked = [str(tmp_path / each) for each in files if each != "b/X.yaml"]
    scenarios, extended = as_sent(read_all(asked))
    assert [each["name"] for each in scenarios] == ["today", "1/x", "y"]
    assert [each["name"] for each in extended] == ["2/X"]
    parents = [read_yaml(each["text"], "").data.get("extends") for each in scenarios + extended]
    assert parents == [None, "../today.yaml", "2/X.yaml", "../1/x.yaml"]


def test_a_link_is_called_as_it_is_given(tmp_path):
    _written(tmp_path, **{"kept/1.yaml": TODAY, "more.yaml": _more("kept/1.yaml")})
    (tmp_path / "today.yaml").symlink_to(tmp_path / "kept" / "1.yaml")
    scenarios, extended = as_sent(
        read_all([str(tmp_path / "today.yaml"), str(tmp_path / "more.yaml")])
    )
    assert [each["name"] for each in scenarios] == ["today", "more"]
    assert extended == []
    assert "extends: today.yaml\n" in scenarios[1]["text"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("a\nb", "control character"), ("a\\b", "backslash"), ("é" * 121, "240 bytes")],
)
def test_a_name_that_no_api_takes_is_told(tmp_path, name, words):
    (tmp_path / f"{name}.yaml").write_text(TODAY, encoding="utf-8")
    with pytest.raises(Stop, match=words):
        as_sent(read_all([str(tmp_path / f"{name}.yaml")]))


def test_what_cannot_be_written_otherwise_is_told(tmp_path):
    (tmp_path / "today.yaml").write_text(TODAY, encoding="utf-8")
    odd = "extends: &one today.yaml\ntitle: *one\nwhy: it is so\n"
    (tmp_path / "own.yaml").write_text(odd, encoding="utf-8")
    with pytest.raises(Stop, match=r"own\.yaml: extends: write it on a line of its own"):
        as_sent(read_all([str(tmp_path / "own.yaml")]))
