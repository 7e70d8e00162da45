"""`compare --equal-service`: every scenario staffed just well enough before they are compared."""

import csv
import json
import re
from pathlib import Path

import pytest

from simulation.comparison.stored import NotAResult, read
from simulation.scenario.load import load

QUICK = ("--replications", "10", "--workers", "1", "--format", "json")


@pytest.fixture
def result(kanaalkompas):
    ended = kanaalkompas("compare", "today.yaml", "more.yaml", "--equal-service", *QUICK)
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def test_today_stands_apart_and_strategies_are_compared_with_the_baseline_that_suffices(result):
    equal = result["equal_service"]
    assert [each["letter"] for each in result["scenarios"]] == ["0*", "A"]
    assert equal["today"]["letter"] == "0"
    cost = "costs.structural"
    now, enough = equal["today"]["measures"][cost], result["scenarios"][0]["measures"][cost]
    assert equal["step"][cost]["mean"] == pytest.approx(enough["mean"] - now["mean"])


def test_scenarios_that_differ_in_their_rosters_only_are_the_same_at_equal_service(result):
    baseline, other = result["equal_service"]["staffing"]
    assert other["sized_for"] == "0*"
    assert [unit["sized"] for unit in other["units"]] == [
        unit["sized"] for unit in baseline["units"]
    ]
    assert result["scenarios"][1]["differences"]["costs.structural"]["mean"] == 0.0


def test_each_attains_all_norms_in_enough_replications(result):
    for scenario in result["scenarios"]:
        assert scenario["all_norms"]["attained"] >= 8


def test_the_interval_of_a_difference_holds_a_step_of_every_team(result):
    (unit,) = result["equal_service"]["staffing"][0]["units"]
    lines = result["scenarios"][0]["lines"]
    year = sum(line["rate"] for line in lines if line["avoidable"] and line["unit"] == "fte_year")
    step = year * unit["step"] * 2 / 365
    difference = result["scenarios"][1]["differences"]["costs.structural"]
    assert difference["high"] == pytest.approx(step * 2**0.5)


def test_the_table_shows_the_people_of_every_team_and_what_the_step_is(kanaalkompas):
    quick = [word for word in QUICK if word not in {"--format", "json"}]
    ended = kanaalkompas(
        "compare", "today.yaml", "more.yaml", "--equal-service", *quick, "--language", "en"
    )
    assert re.search(r"Team, in fte +0 +0\* +A", ended.out)
    assert "Staffed just well enough (0*), today’s channels have" in " ".join(ended.out.split())
    assert "Scenario A differs from 0* in its rosters only" in ended.out
    assert re.search(r"Norm, and share of contacts in time +0 +0\* +A", ended.out)
    assert not re.search(r"than today(?!’s channels)", ended.out)
    assert "not certain yet whether" not in ended.out


def test_csv_has_today_as_rostered_and_the_step_from_it(kanaalkompas, result):
    quick = [*QUICK[:-1], "csv"]
    ended = kanaalkompas("compare", "today.yaml", "more.yaml", "--equal-service", *quick)
    rows = list(csv.DictReader(ended.out.splitlines()))
    costs = {row["letter"]: row for row in rows if row["path"] == "costs.structural"}
    assert list(costs) == ["0", "0*", "A"]
    assert costs["0"]["difference"] == ""
    step = result["equal_service"]["step"]["costs.structural"]
    assert float(costs["0*"]["difference"]) == step["mean"]
    assert float(costs["0*"]["difference_high"]) == step["high"]
    assert float(costs["A"]["difference"]) == 0.0


def test_one_scenario_alone_is_set_beside_today(kanaalkompas):
    quick = [word for word in QUICK if word not in {"--format", "json"}]
    ended = kanaalkompas("compare", "today.yaml", "--equal-service", *quick)
    assert "Dit scenario haalt alle normen, met precies genoeg mensen (0*)" in ended.out
    assert re.search(r"Team, in fte +0 +0\*", ended.out)


def test_what_differs_in_rosters_only_is_as_dear_and_nobody_drops_out(result):
    assert result["verdict"]["close"] == ["A"] or result["verdict"]["close"] == ["0*"]
    assert [scenario["dominated_by"] for scenario in result["scenarios"]] == [[], []]


def test_the_document_reads_back_and_says_when_it_was_changed(result, folder):
    whole = (folder / "out" / "result.json").read_bytes()
    assert read(whole).equal_service is not None
    result["equal_service"]["staffing"][0]["units"][0]["sized"] = 9.5
    with pytest.raises(NotAResult, match="checksum"):
        read(json.dumps(result).encode())
    result["equal_service"]["staffing"][0]["letter"] = "B"
    with pytest.raises(NotAResult, match="staffing"):
        read(json.dumps(result).encode())


def test_the_baseline_may_ask_for_it_and_the_command_line_may_not_want_it(kanaalkompas, folder):
    text = (
        (folder / "today.yaml").read_text().replace("seed: 3", "seed: 3\nstaffing: equal_service")
    )
    (folder / "today.yaml").write_text(text)
    asked = json.loads(kanaalkompas("compare", "today.yaml", "more.yaml", *QUICK).out)
    assert asked["equal_service"] is not None
    refused = json.loads(
        kanaalkompas("compare", "today.yaml", "more.yaml", "--as-rostered", *QUICK).out
    )
    assert refused["equal_service"] is None
    assert [each["letter"] for each in refused["scenarios"]] == ["0", "A"]


def test_the_staffed_scenarios_can_be_run_alone(kanaalkompas, folder, result):
    alone = json.loads(
        kanaalkompas("run", "out/staffed/more.yaml", *QUICK[:2], "--format", "json").out
    )
    shown = result["scenarios"][1]["measures"]["channels.phone.answered"]
    assert alone["scenarios"][0]["measures"]["channels.phone.answered"] == shown


def test_a_share_that_is_none_is_refused(kanaalkompas):
    ended = kanaalkompas("compare", "today.yaml", "more.yaml", "--equal-service", "--share", "0")
    assert ended.code == 2
    assert "--share 0 is not possible" in ended.err


def test_where_no_norm_counts_no_staffing_is_just_well_enough(folder, kanaalkompas):
    text = (folder / "today.yaml").read_text("utf-8")
    (folder / "today.yaml").write_text(text.replace("norms:", "x:").partition("x:")[0], "utf-8")
    ended = kanaalkompas("compare", "today.yaml", "more.yaml", "--equal-service", *QUICK)
    assert ended.code == 2
    assert ended.err.count("no norm counts for a channel that a team serves") == 2
    assert "--as-rostered" in ended.err


def test_who_asks_for_a_percentage_is_told_the_share(kanaalkompas):
    for command in (("compare", "today.yaml"), ("size", "today.yaml", "--all")):
        ended = kanaalkompas(*command, "--share", "80")
        assert ended.code == 2
        assert "--share 80 is not possible; give a share from 0.5 to 0.99" in ended.err
        assert "did you mean 0.8?" in ended.err


def test_a_norm_counts_as_attained_from_the_share_on_that_is_told(kanaalkompas, folder):
    asked = ("compare", "today.yaml", "--equal-service", "--share", "0.5")
    told = json.loads(kanaalkompas(*asked, *QUICK).out)
    assert told["equal_service"]["share"] == 0.5
    assert "✓ attained: in at least 50% of the simulations" in (
        folder / "out" / "compare.html"
    ).read_text().replace('<span class="figure" data-path="equal_service.share">50%</span>', "50%")
    table = kanaalkompas(*asked, *QUICK[:-2], "--language", "en").out
    assert "✓ attained: in at least 50% of the simulations" in " ".join(table.split())
    assert "80%" not in table.partition("Norm ✓")[2]


def test_teams_are_sized_in_the_step_that_was_asked(kanaalkompas, result):
    asked = ("compare", "today.yaml", "more.yaml", "--equal-service", "--step", "0.25")
    ended = kanaalkompas(*asked, *QUICK)
    told = json.loads(ended.out)
    (unit,) = told["equal_service"]["staffing"][0]["units"]
    assert unit["step"] == told["equal_service"]["asked_step"] == 0.25
    assert result["equal_service"]["asked_step"] is None
    assert told["question"] != result["question"]
    assert read(ended.out.encode()).question == told["question"]
    assert "--step 0.25" in ended.err
    wrong = kanaalkompas(*asked[:-1], "0.01", *QUICK)
    assert wrong.code == 2
    assert "--step 0.01 is not possible" in wrong.err


def test_files_of_the_same_name_in_two_folders_keep_their_own_rosters(kanaalkompas, folder):
    slower = (folder / "today.yaml").read_text(encoding="utf-8").replace("mean: 4", "mean: 8")
    for name in ("other", "third"):
        (folder / name).mkdir()
        (folder / name / "today.yaml").write_text(slower, encoding="utf-8")
        slower = slower.replace("mean: 8", "mean: 12")
    files = ("today.yaml", "other/today.yaml", "third/today.yaml")
    ended = kanaalkompas("compare", *files, "--equal-service", *QUICK)
    assert ended.code == 0, ended.err
    staffed = sorted(path.name for path in (folder / "out/staffed").iterdir())
    assert staffed == ["today-2.yaml", "today-3.yaml", "today.yaml"]
    extended = [load(folder / "out/staffed" / name).files[1] for name in staffed]
    assert [str(Path(each).resolve().parent.name) for each in extended] == [
        "other", "third", folder.name,
    ]  # fmt: skip
