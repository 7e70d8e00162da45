"""`compare`: what it prints and writes, and how it ends."""

import csv
import hashlib
import io
import json

import pytest
from rich.cells import cell_len

from simulation.comparison.document import Result
from simulation.experiment.replication import Simulator

FILES = ("result.json", "run.json", "compare.html")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_same_bytes_on_one_and_on_two_workers(process, folder):
    one = process("compare", "today.yaml", "more.yaml", "--workers", "1", "--out", "one")
    two = process("compare", "today.yaml", "more.yaml", "--workers", "2", "--out", "two")
    assert (one.code, two.code) == (0, 0)
    text = (folder / "one/result.json").read_bytes()
    assert text == (folder / "two/result.json").read_bytes()
    assert names(folder / "one") == sorted(FILES)
    assert Result.model_validate_json(text).scenarios[1].finished == 10
    assert "\x1b" not in one.out + one.err + two.out + two.err
    assert one.out.replace("--out one", "").replace("one/", "") == two.out.replace(
        "--out two", ""
    ).replace("two/", "")


def test_json_on_stdout_is_the_file_and_messages_are_elsewhere(kanaalkompas, folder):
    ended = kanaalkompas("compare", "today.yaml", "more.yaml", "--workers", "1", "--format", "json")
    assert ended.code == 0
    assert ended.out.encode() == (folder / "out/result.json").read_bytes()
    assert "Repeat with: kanaalkompas compare today.yaml more.yaml" in ended.err
    record = json.loads((folder / "out/run.json").read_text(encoding="utf-8"))
    assert record["question"] == json.loads(ended.out)["question"]
    assert record["result_sha256"] == hashlib.sha256(ended.out.encode()).hexdigest()


def test_csv_has_a_row_for_every_measure(kanaalkompas, folder):
    ended = kanaalkompas("compare", "today.yaml", "more.yaml", "--workers", "1", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    result = Result.model_validate_json((folder / "out/result.json").read_bytes())
    assert len(rows) == sum(len(scenario.measures) for scenario in result.scenarios)
    cost = next(r for r in rows if (r["letter"], r["path"]) == ("A", "costs.structural"))
    difference = result.scenarios[1].differences["costs.structural"]
    assert float(cost["difference_low"]) == difference.low
    assert float(cost["mean"]) == result.scenarios[1].measures["costs.structural"].mean
    assert all(row["difference"] == "" for row in rows if row["letter"] == "0")


def test_all_problems_of_all_files_at_once_and_nothing_written(kanaalkompas, folder):
    text = (folder / "today.yaml").read_text(encoding="utf-8")
    (folder / "one.yaml").write_text(text.replace("seed: 3", "sed: 3"), encoding="utf-8")
    (folder / "two.yaml").write_text(
        text.replace("resolution: 0.9", "resolution: 1.9").replace("heads: 2", "heads: -2"),
        encoding="utf-8",
    )
    before = names(folder)
    ended = kanaalkompas("compare", "one.yaml", "two.yaml", "three.yaml")
    assert ended.code == 2
    assert ended.out == ""
    for found in ("one.yaml", "sed", "two.yaml", "resolution", "heads", "three.yaml"):
        assert found in ended.err
    assert names(folder) == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("length: 2 days", "length: 3 days", "horizon.length: 2 days in today.yaml, 3 days in"),
        ("seed: 3", "seed: 4", "seed: 3 in today.yaml, 4 in"),
        ("replications: 10", "replications: 9", "replications: 10 in today.yaml, 9 in"),
        ("reasons: {question:", "reasons: {remark:", "reasons: question in today.yaml, remark in"),
        ("price_level: 2026", "price_level: 2025", "costs.price_level: 2026 in today.yaml, 2025"),
    ],
)
def test_only_like_is_compared_with_like(kanaalkompas, folder, old, new, said):
    text = (folder / "today.yaml").read_text(encoding="utf-8")
    (folder / "other.yaml").write_text(text.replace(old, new), encoding="utf-8")
    ended = kanaalkompas("compare", "today.yaml", "other.yaml")
    assert ended.code == 2
    assert said in ended.err
    assert not (folder / "out").exists()


def test_a_strategy_is_not_compared_with_what_goes_back_to_another_file(kanaalkompas, folder):
    text = (folder / "today.yaml").read_text(encoding="utf-8")
    (folder / "town.yaml").write_text(text, encoding="utf-8")
    for files in (("town.yaml", "more.yaml"), ("more.yaml", "town.yaml")):
        ended = kanaalkompas("compare", *files)
        assert ended.code == 2
        assert "extends: " in ended.err
        assert f"{files[1]} goes back to" in ended.err
        assert "compare scenarios that go back to one file" in ended.err
    assert not (folder / "out").exists()


def test_a_scenario_is_compared_once(kanaalkompas, folder):
    ended = kanaalkompas("compare", "today.yaml", "./today.yaml")
    assert ended.code == 2
    assert "named more than once" in ended.err
    assert names(folder) == ["more.yaml", "today.yaml"]


def test_options_make_seeds_and_replications_alike(kanaalkompas, folder):
    text = (folder / "today.yaml").read_text(encoding="utf-8")
    (folder / "other.yaml").write_text(
        text.replace("seed: 3", "seed: 4").replace("replications: 10", "replications: 9"),
        encoding="utf-8",
    )
    ended = kanaalkompas(
        "compare",
        "today.yaml",
        "other.yaml",
        "--seed",
        "5",
        "--replications",
        "2",
        "--workers",
        "1",
    )
    assert ended.code == 0
    assert "startgetal 5, 2 simulaties" in ended.out


def test_the_file_that_others_extend_is_the_baseline(kanaalkompas, folder):
    kanaalkompas("compare", "more.yaml", "today.yaml", "--replications", "1", "--workers", "1")
    result = Result.model_validate_json((folder / "out/result.json").read_bytes())
    assert [scenario.name for scenario in result.scenarios] == ["today", "more"]


def test_numbers_out_of_bounds_are_named_together(kanaalkompas):
    ended = kanaalkompas("compare", "today.yaml", "--replications", "0", "--seed", "-1")
    assert ended.code == 2
    assert "--replications 0" in ended.err
    assert "--seed -1" in ended.err


def test_a_norm_that_is_not_attained_can_fail_the_command(kanaalkompas, folder):
    text = (folder / "today.yaml").read_text(encoding="utf-8")
    (folder / "strict.yaml").write_text(text.replace("target: 0.3", "target: 1"), encoding="utf-8")
    options = ("--replications", "2", "--workers", "1")
    assert kanaalkompas("compare", "strict.yaml", *options).code == 0
    assert kanaalkompas("compare", "strict.yaml", *options, "--fail-on-norm").code == 3
    assert kanaalkompas("compare", "today.yaml", *options, "--fail-on-norm").code == 0


def test_a_failing_replication_is_named_and_the_others_go_on(kanaalkompas, folder, monkeypatch):
    played = Simulator.played

    def fail_on_the_second(self, replication):
        if replication == 2:
            raise ValueError("something\nis wrong")
        return played(self, replication)

    monkeypatch.setattr(Simulator, "played", fail_on_the_second)
    ended = kanaalkompas("compare", "today.yaml", "--workers", "1", "--seed", "8")
    assert ended.code == 1
    again = "run today.yaml --seed 8 --replication 2"
    assert "Replication 2 of today failed (ValueError: something is wrong)" in ended.err
    assert f"kanaalkompas {again}" in ended.err
    result = Result.model_validate_json((folder / "out/result.json").read_bytes())
    assert result.scenarios[0].finished == 9
    alone = kanaalkompas(*again.split())
    assert alone.code == 1
    assert "something is wrong" in alone.err
    assert "--debug" in alone.err


@pytest.mark.parametrize("out", ["today.yaml", "today.yaml/deeper", "/dev/null/here", "x" * 300])
def test_a_folder_that_cannot_be_written_is_refused_before_the_run(kanaalkompas, folder, out):
    before = names(folder)
    ended = kanaalkompas("compare", "today.yaml", "--out", out)
    assert ended.code == 2
    assert f"cannot write {out}" in ended.err
    assert "Traceback" not in ended.err
    assert names(folder) == before


def many(folder):
    """Write six variants with long titles and large amounts."""
    for heads in range(3, 9):
        (folder / f"s{heads}.yaml").write_text(
            "extends: today.yaml\n"
            f"title: Een scenario met {heads} mensen en een bijzonder lange titel\n"
            "why: Om te vergelijken.\n"
            f"teams: {{desk: {{roster: [{{days: mon-fri, from: '08:00', heads: {heads}}}]}}}}\n"
            "costs: {pay_scales: {s7: {monthly_salary: 9876543}}}\n",
            encoding="utf-8",
        )
    return [f"s{heads}.yaml" for heads in range(3, 9)]


def test_six_long_titles_and_large_amounts_fit_every_width(kanaalkompas, folder, monkeypatch):
    files = ["today.yaml", *many(folder)]
    for width in (80, 100, 140):
        monkeypatch.setenv("COLUMNS", str(width))
        ended = kanaalkompas("compare", *files, "--workers", "1", "--replications", "10")
        assert ended.code == 0
        table = ended.out.partition("Herhaal met:")[0]
        assert max(map(cell_len, table.splitlines())) <= width
        assert "…" not in table


def test_levels_in_the_table_subtract_to_the_difference_beside_them(kanaalkompas, folder):
    said = kanaalkompas("compare", "today.yaml", "more.yaml", "--workers", "1").out
    result = Result.model_validate_json((folder / "out/result.json").read_bytes())
    for scenario in result.scenarios:
        level = f"{scenario.measures['costs.structural'].mean:,.0f}".replace(",", ".")
        assert f" {level} " in said


def test_language_changes_titles_and_figures(kanaalkompas):
    options = ("compare", "today.yaml", "more.yaml", "--workers", "1", "--language")
    dutch, english = kanaalkompas(*options, "nl").out, kanaalkompas(*options, "en").out
    assert "Vandaag" in dutch
    assert "Today" in english
    assert "gehaald" in dutch
    assert "attained" in english
