"""The shipped scenarios: they load, say only what changes, and name where their figures come from.

The calibration tests are wide on purpose: they hold the baseline near the published waits, so that
nobody turns a roster into a saving by accident.
"""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from simulation.experiment.replication import Simulator
from simulation.scenario.assumption import extract
from simulation.scenario.extends import read_chain
from simulation.scenario.load import Loaded
from simulation.scenario.load import load as load_file
from simulation.scenario.teams import Roster
from simulation.scenario.text import Text, Translated, in_language
from simulation.scenario.values import DAY, HOUR, parse_duration
from simulation.scenario.yaml_text import read_yaml

SCENARIOS = Path(__file__).parent.parent / "scenarios"
FILES = sorted(SCENARIOS.glob("*/*.yaml"))
EXAMPLE = SCENARIOS.parent / "simulation" / "scenario" / "example.yaml"
CHILDREN = [path for path in FILES if not path.name.startswith("0-")]
AMSTERDAM = sorted((SCENARIOS / "amsterdam").glob("*.yaml"))
TODAY, INFORMATION, EXTRA, DOWN, BLENDED, CRISIS = AMSTERDAM

NAMES = {path: f"{path.parent.name}/{path.stem}" for path in [*FILES, EXAMPLE]}
SECTIONS = ("demand", "variation", "events", "shift", "costs", "norms")
DUTIES = ("handling", "wrap_up", "patience", "resolution", "transfer", "extra_effort", "sites")
DECIDED = {"observed", "minimum_months", "price_level"}
MISSING = object()
DAYS_OF_2026 = [dt.date(2026, 1, 1) + dt.timedelta(day) for day in range(365)]


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=[NAMES[path] for path in paths])


@cache
def load(path: Path) -> Loaded:
    return load_file(path)


def translated(text: Text | None) -> Translated:
    assert isinstance(text, Translated)
    return text


def digits(text: str) -> list[str]:
    """Give the numbers of a text, however they are grouped."""
    return sorted(re.sub(r"[.,:]", "", found) for found in re.findall(r"\d[\d.,:]*", text))


def written(path: Path) -> Any:
    """Give what a file itself says."""
    return read_yaml(path.read_bytes(), path.name).data


def bare_numbers(part: Any, place: tuple[str, ...]) -> Iterator[str]:
    """Give the places of numbers and durations that are no assumption."""
    if isinstance(part, dict):
        if "value" not in part:
            for key, inner in part.items():
                yield from bare_numbers(inner, (*place, key))
    elif isinstance(part, list):
        for index, inner in enumerate(part):
            yield from bare_numbers(inner, (*place, str(index)))
    elif not DECIDED & set(place) and is_quantity(part):
        yield ".".join(place)


def is_quantity(value: Any) -> bool:
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float):
        return True
    try:
        parse_duration(value)
    except ValueError:
        return False
    return True


def at(data: Any, dotted: str) -> Any:
    for key in dotted.split("."):
        if not isinstance(data, dict) or key not in data:
            return MISSING
        data = data[key]
    return data


def rostered_hours(roster: Roster) -> float:
    """Give the rostered hours of 2026, holidays included."""
    return sum(
        heads * (end - begin) / HOUR
        for block in roster
        for day in DAYS_OF_2026
        if day.weekday() in block.days
        and (block.first_date or day) <= day <= (block.last_date or day)
        for begin, end, heads in block.steps()
    )


def hours_of(path: Path, name: str) -> float:
    team = load(path).scenario.teams[name]
    rosters = list(team.sites.values()) or [team.roster]
    return sum(rostered_hours(roster) for roster in rosters)


# --- Every file


@each(FILES)
def test_loads_with_prices_norms_and_two_languages(path):
    scenario = load(path).scenario
    assert scenario.costs
    assert scenario.norms
    for text in (scenario.title, scenario.why, scenario.horizon.name):
        assert translated(text).nl != translated(text).en


@each(FILES)
def test_why_is_a_memo_of_two_sentences(path):
    why = translated(load(path).scenario.why)
    for text in (why.nl, why.en):
        assert len(re.findall(r"[.!?](?:\s|$)", text)) == 2


@each(FILES)
def test_numbers_are_assumptions(path):
    data = written(path)
    bare = [place for key in SECTIONS for place in bare_numbers(data.get(key), (key,))]
    for name, channel in data.get("channels", {}).items():
        for key, part in channel.items():
            # Where all who return go to one channel, there is nothing to assume.
            sole = {**part, "to": None} if key == "after_impatient" else part
            if key.startswith("after_") or key in DUTIES:
                bare += bare_numbers(sole, ("channels", name, key))
    assert bare == []


@each(FILES)
def test_a_source_has_a_grade_and_an_estimate_has_none(path):
    wrong = [
        placed.path
        for placed in load(path).assumptions
        if (placed.assumption.grade is None) != placed.assumption.own_estimate
    ]
    assert wrong == []


OTHER_NOTATION = {
    "nl": re.compile(r"\d\.\d\d?(?!\d)|\d,\d{3}(?!\d)|own estimate"),
    "en": re.compile(r"\d,\d\d?(?!\d)|\d\.\d{3}(?!\d)|eigen schatting"),
}
"""Numbers written as in the other language, and what the page says by itself."""


@each([*FILES, EXAMPLE])
def test_a_note_is_written_in_both_languages(path):
    notes = [placed.assumption.note for placed in load(path).assumptions if placed.assumption.note]
    assert notes
    for note in map(translated, notes):
        assert digits(note.nl) == digits(note.en)
        for language, other in OTHER_NOTATION.items():
            assert not other.search(in_language(note, language)), note


@each(FILES)
def test_a_figure_that_is_estimated_has_a_range(path):
    open_ended = [
        placed.path
        for placed in load(path).assumptions
        if placed.assumption.own_estimate
        and not isinstance(placed.assumption.value, tuple)
        and (placed.assumption.low is None or placed.assumption.high is None)
        and not placed.path.endswith("substitution.social_media.channels.phone")
    ]
    assert open_ended == []


@each(FILES)
def test_plays_the_calendar_year_2026(path):
    horizon = load(path).scenario.horizon
    assert horizon.first_day == DAYS_OF_2026[0]
    assert horizon.length == len(DAYS_OF_2026) * DAY
    assert not horizon.warm_up


@each(CHILDREN)
def test_a_strategy_sets_only_what_differs(path):
    own = written(path)
    parent = read_chain(str(path.parent / own["extends"])).document.data
    baseline = read_chain(str(next(path.parent.glob("0-*.yaml")))).document.data
    values = extract(own)[0]
    changes = load(path).changes
    assert changes
    for before in (parent, baseline):
        old = extract(before)[0]
        assert [place for place in changes if at(old, place) == at(values, place)] == []


@each(CHILDREN)
def test_a_strategy_removes_only_what_is_there(path):
    own = written(path)
    parent = read_chain(str(path.parent / own["extends"])).document.data
    removed = [place for place in load(path).changes if at(own, place) is None]
    assert [place for place in removed if at(parent, place) is MISSING] == []


@each(CHILDREN)
def test_a_strategy_keeps_the_people_the_promises_and_the_year(path):
    scenario, baseline = load(path).scenario, load(next(path.parent.glob("0-*.yaml"))).scenario
    for field in ("seed", "replications", "reasons", "demand", "variation", "norms"):
        assert getattr(scenario, field) == getattr(baseline, field)
    assert scenario.shift.trend == baseline.shift.trend
    assert scenario.horizon == baseline.horizon


# --- Amsterdam


def test_amsterdam_is_the_baseline_and_five_strategies_in_reading_order():
    assert [path.name[0] for path in AMSTERDAM] == ["0", "a", "b", "c", "d", "e"]
    assert "extends" not in written(TODAY)


def test_volumes_are_the_published_ones():
    demand = load(TODAY).scenario.demand
    assert demand["phone"].yearly == 1_500_000
    assert demand["counter"].yearly == 557_000
    assert demand["webcare"].yearly == 12 * 2_000


def test_the_seven_city_offices_have_a_queue_and_a_team_each():
    scenario = load(TODAY).scenario
    assert len(scenario.channels["counter"].sites) == 7
    assert set(scenario.teams["counter"].sites) == set(scenario.channels["counter"].sites)


@pytest.mark.parametrize("end", ["value", "low", "high"])
def test_calls_that_become_messages_stay_within_what_was_measured_elsewhere(end):
    loaded = load(EXTRA)
    rule = loaded.scenario.shift.substitution["social_media"]
    realised = next(
        placed.assumption
        for placed in loaded.assumptions
        if placed.path.endswith("stated_to_realised")
    )
    assert rule.reach
    shares = loaded.scenario.demand["phone"].reasons
    willing = sum(share * rule.willingness.get(reason, 0.0) for reason, share in shares.items())
    shifted = willing * rule.reach.share() * rule.channels["phone"] * getattr(realised, end)
    assert 0.0004 <= shifted <= 0.04


def test_nobody_shifts_a_transaction_or_enforcement():
    willingness = load(EXTRA).scenario.shift.substitution["social_media"].willingness
    assert willingness["transaction"] == willingness["enforcement"] == 0


def test_telephone_and_counters_are_rostered_down_by_no_more_than_what_leaves_them():
    for team, least, most in (("phone", 0.03, 0.05), ("counter", 0.003, 0.01)):
        assert least < 1 - hours_of(DOWN, team) / hours_of(EXTRA, team) < most


def test_the_blended_team_has_the_hours_of_both_teams():
    both = hours_of(EXTRA, "phone") + hours_of(EXTRA, "webcare")
    assert hours_of(BLENDED, "phone") == both


def test_blending_saves_nothing_on_pay_by_itself():
    costs = load(BLENDED).scenario.costs
    assert costs
    scales = costs.pay_scales
    phone, webcare = hours_of(EXTRA, "phone"), hours_of(EXTRA, "webcare")
    weighted = (
        phone * scales["service"].monthly_salary + webcare * scales["specialist"].monthly_salary
    ) / (phone + webcare)
    assert scales["blended"].monthly_salary == pytest.approx(weighted, abs=5)


def test_the_crisis_is_the_only_change_of_its_scenario():
    kinds = {place.partition(".")[0] for place in load(CRISIS).changes}
    assert kinds == {"events"}


def test_information_is_work_that_serves_no_channel():
    team = load(INFORMATION).scenario.teams["publishing"]
    assert not team.channels
    assert team.roster


def test_fewer_people_are_rostered_in_the_summer_holidays():
    for path, name in ((TODAY, "phone"), (TODAY, "counter"), (DOWN, "phone"), (BLENDED, "phone")):
        team = load(path).scenario.teams[name]
        (roster, *_) = team.sites.values() or [team.roster]
        fridays = {
            block.first_date: sum(heads for _, _, heads in block.steps())
            for block in roster
            if 4 in block.days
        }
        before, during, after = fridays.values()
        assert before == after
        assert 0.9 < during / before < 0.95


def test_a_year_of_today_has_the_published_volumes_and_waits():
    """Volumes of 2022 with the trend to 2026, messages of 2017. Waits: 73 or 82 seconds by
    telephone (2022), 10 minutes at the counters (before 2020).
    """
    simulator = Simulator(load(TODAY).scenario)
    years = [simulator.measures(replication) for replication in (1, 2)]
    volumes = {"phone": 1_500_000 * 0.961**4, "counter": 557_000, "webcare": 24_000}
    for channel, volume in volumes.items():
        came = mean(year[f"demand.{channel}.demanded"] for year in years)
        assert came == pytest.approx(volume, rel=0.05)
    assert 60 < mean(year["channels.phone.mean_wait"] for year in years) < 95
    assert 420 < mean(year["channels.counter.mean_wait"] for year in years) < 780
    assert 0.05 < mean(year["channels.phone.abandonment"] for year in years) < 0.10
    assert all(year["norms.webcare_1_day.share"] > 0.9 for year in years)


# --- The small municipality


def test_the_small_town_attains_its_norms_in_an_ordinary_year():
    for path in sorted((SCENARIOS / "small-town").glob("*.yaml")):
        assert Simulator(load(path).scenario).measures(1)["norms_together.attained"]
