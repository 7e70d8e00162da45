"""Each problem names place, value, bound and remedy, and all are told at once."""

import json

import pytest

from simulation.scenario import ScenarioError, loads
from simulation.scenario.problems import Problem, suggest
from tests.scenario.build import GONE, WHOLE, change, problems_of

JARGON = ("pydantic", "http", "Input should", "Field required", "tuple[", "literal[", "constrained")


def test_the_scenario_that_is_broken_below_is_whole():
    assert problems_of(WHOLE) == {}


PHONE = WHOLE["channels"]["phone"]

CASES = [
    ("horizon.lenght", "1 day", "horizon.lenght", ["unknown key", "did you mean 'length'?"]),
    ("horizon.zzz", 1, "horizon.zzz", ["known here: start, length, name, warm_up, run_out"]),
    ("chanels", {}, "chanels", ["did you mean 'channels'?"]),
    ("demand.counter.rates.0.form", "09:00", "demand.counter.rates.0.form", ["'from'"]),
    ("demand.counter.rates.0.start", "09:00", "demand.counter.rates.0.start", ["unknown key"]),
    ("channels.phone.handling.man", 1, "channels.phone.handling.man", ["did you mean 'mean'?"]),
    ("channels.phone.slowdown", [1], "channels.phone.slowdown", ["unknown key 'slowdown'"]),
    ("kanaalkompas", 2, "kanaalkompas", ["2 is not a known version", "write 1"]),
    ("title", GONE, "title", ["'title' is missing", "give a text"]),
    ("title", 5, "title", ["5 is not a text", "nl, en"]),
    ("title", "", "title", ["is empty"]),
    ("title", {"nl": "a"}, "title.en", ["'en' is missing"]),
    ("horizon", GONE, "horizon", ["missing", "start, length"]),
    ("horizon.start", GONE, "horizon.start", ["missing", "'2026-01-05 08:00'"]),
    ("horizon.start", "5 January", "horizon.start", ["'5 January' is not a date", "2026-01-05"]),
    ("horizon.start", 20260105, "horizon.start", ["20260105 is not a date"]),
    ("horizon.start", "2026-01-05 08:00:30", "horizon.start", ["is not a date"]),
    ("horizon.start", "2026-02-30", "horizon.start", ["is not a date"]),
    ("horizon.start", "1066-01-01", "horizon.start", ["from 1990 to 2090"]),
    ("horizon.length", "1 fortnight", "horizon.length", ["is not a duration", "'4 minutes'"]),
    ("horizon.length", 7, "horizon.length", ["7 is not a duration", "with a unit"]),
    ("horizon.length", "-3 days", "horizon.length", ["'-3 days' is not a duration"]),
    ("horizon.length", "4000 days", "horizon.length", ["longer than ten years"]),
    ("horizon.length", "1 second", "horizon", ["at least 1 minute"]),
    ("horizon.warm_up", "7 days", "horizon", ["'warm_up' must be shorter than 'length'"]),
    ("horizon.run_out", "drian", "horizon.run_out", ["'drain' or 'cut'", "did you mean 'drain'?"]),
    ("replications", 0, "replications", ["0 is below 1", "from 1 to 100,000"]),
    ("replications", 1.5, "replications", ["1.5 is not a whole number"]),
    ("replications", "30", "replications", ["'30' is not a whole number"]),
    ("replications", True, "replications", ["true is not a whole number"]),
    ("seed", 2**63, "seed", ["not below 9.22337e18"]),
    ("calendar.good_friday_open", "yes", "calendar.good_friday_open", ["'yes'", "true or false"]),
    ("demand.phone.yearly", -3, "demand.phone.yearly", ["-3 is below 0", "from 0 to 1e12"]),
    ("demand.phone.yearly", 1e13, "demand.phone.yearly", ["is above 1e12"]),
    ("demand.phone.yearly", "many", "demand.phone.yearly", ["'many' is not a number"]),
    ("demand.phone.rates", [{"per_hour": 1}], "demand.phone", ["either 'yearly'", "or 'rates'"]),
    ("demand.phone.season", [1, 2], "demand.phone.season", ["has 2 items", "at least 12"]),
    ("demand.phone.reasons.question", 1.2, "demand.phone.reasons.question", ["is above 1"]),
    ("demand", [], "demand", ["a list is not a mapping"]),
    ("channels.Phone", PHONE, "channels.Phone", ["'Phone' is not a name", "small"]),
    ("channels.[key]", PHONE, "channels.[key]", ["'[key]' is not a name"]),
    ("channels.phone.[key]", 1, "channels.phone.[key]", ["unknown key '[key]'"]),
    ("channels.phone.live", 1, "channels.phone.live", ["unknown key 'live'"]),
    ("channels.phone.kind", GONE, "channels.phone", ["'kind' is missing", "live or chat"]),
    ("channels.phone.kind", "lief", "channels.phone", ["kind 'lief'", "did you mean 'live'?"]),
    ("channels.phone", 5, "channels.phone", ["5 is not a mapping"]),
    ("channels.phone.handling", GONE, "channels.phone.handling", ["missing", "a mapping"]),
    ("channels.phone.handling.mean", GONE, "channels.phone.handling.mean", ["is missing"]),
    ("channels.phone.handling.family", "gama", "channels.phone.handling", ["'gama'", "'gamma'"]),
    ("channels.phone.handling.family", "gamma", "channels.phone.handling", ["mean and cv, or"]),
    ("channels.phone.open", "sometimes", "channels.phone.open", ["'sometimes' is not 'always'"]),
    ("channels.phone.open", {"days": "mon"}, "channels.phone.open", ["a list of blocks"]),
    ("channels.phone.open", [], "channels.phone.open", ["has 0 items", "at least 1"]),
    ("channels.phone.open.0.from", "8:00", "channels.phone.open.0.from", ["'8:00'", "HH:MM"]),
    ("channels.phone.open.0.from", "24:01", "channels.phone.open.0.from", ["not a time of day"]),
    ("channels.phone.open.0.days", "mo-fr", "channels.phone.open.0.days", ["'mon-fri'"]),
    ("channels.phone.open.0.until", "07:00", "channels.phone.open.0", ["later than 'from'"]),
    ("channels.social.after_impatient", {"delay": {"family": "deterministic", "mean": "1 h"}},
     "channels.social", ["'after_impatient' needs 'patience'"]),
    ("teams.kcc.roster.0.heads", -1, "teams.kcc.roster.0.heads", ["-1 is below 0", "1,000,000"]),
    ("teams.kcc.roster.0.heads", "five", "teams.kcc.roster.0.heads", ["a list of them"]),
    ("teams.kcc.roster.0.heads", [5, -6], "teams.kcc.roster.0.heads.1", ["-6 is below 0"]),
    ("teams.kcc.roster.0.heads", [], "teams.kcc.roster.0.heads", ["has 0 items"]),
    ("teams.kcc.roster.0.heads", [1] * 20, "teams.kcc.roster.0", ["20 values do not fill"]),
    ("teams.kcc.roster.0.every", "1 minute", "teams.kcc.roster.0", ["from 5 minutes to 24 hours"]),
    ("teams.kcc.shrinkage", 1, "teams.kcc.shrinkage", ["1 is above 0.9"]),
    ("teams.kcc.channels", ["phone"], "teams.kcc.channels", ["a list is not a mapping"]),
    ("teams.kcc.absence", {"share": 0.1, "spell": "1 hour"}, "teams.kcc.absence", ["1 day"]),
    ("teams.desks.roster", [{"heads": 1}], "teams.desks", ["either 'roster' or 'sites'"]),
    ("norms.fast.within_working_days", 1, "norms.fast", ["give one of 'within'"]),
    ("norms.fast.formula", "80/20", "norms.fast.formula", ["'80/20' is not", "/ offered"]),
    ("costs.per_contact.calls.vat", GONE,
     "costs.per_contact.calls.vat", ["'compensable' or 'cost'"]),
]  # fmt: skip


@pytest.mark.parametrize(("where", "value", "place", "words"), CASES)
def test_a_bad_value_is_told_with_place_bound_and_remedy(where, value, place, words):
    said = problems_of(change({where: value}))
    assert place in said, said
    for word in words:
        assert word in said[place]
    assert said[place].count("\n") == 1, "one problem at a place, whatever the shapes it may have"
    assert not [jargon for jargon in JARGON if jargon in said[place]]


@pytest.mark.parametrize(("where", "value", "place", "words"), CASES)
def test_a_single_mistake_is_told_without_followers(where, value, place, words):
    assert list(problems_of(change({where: value}))) == [place]


def test_six_different_problems_are_told_together():
    data = change(
        {
            "horizon.lenght": "1 day",
            "demand.phone.yearly": -3,
            "channels.phone.handling.mean": "long",
            "events.storm.channels": {"phone": 0.5, "social": 0.4},
            "teams.kcc.shrinkage": {"value": 0.2, "low": 0.3},
            "norms.fast.channel": "fone",
        }
    )
    said = problems_of(data)
    assert "did you mean 'length'?" in said["horizon.lenght"]
    assert "below 0" in said["demand.phone.yearly"]
    assert "is not a duration" in said["channels.phone.handling.mean"]
    assert "add up to 0.9" in said["events.storm.channels"]
    assert "above the value" in said["teams.kcc.shrinkage"]
    assert "did you mean 'phone'?" in said["norms.fast.channel"]
    assert len(said) == 6


def test_an_unknown_key_does_not_hide_what_a_part_says_about_itself():
    said = problems_of(change({"horizon.warm_up": "8 days", "horizon.x": 1}))
    assert set(said) == {"horizon", "horizon.x"}


def test_a_lost_part_leads_to_no_complaints_about_those_who_name_it():
    said = problems_of(change({"channels.phone.kind": "telepathy", "norms.soon.target": 3}))
    assert set(said) == {"channels.phone", "norms.soon.target"}


def test_problems_stand_in_the_order_of_the_file_with_a_header():
    text = json.dumps(change({"horizon.x": 1, "norms.fast.target": 2, "demand.phone.yearly": -1}))
    with pytest.raises(ScenarioError) as caught:
        loads(text.replace(', "', ',\n"'), "my.yaml")
    header, *lines = str(caught.value).splitlines()
    assert header == "my.yaml: 3 problems"
    places = [line.split(": ")[1] for line in lines]
    assert places == ["horizon.x", "demand.phone.yearly", "norms.fast.target"]
    numbers = [int(line.split(":")[1]) for line in lines]
    assert numbers == sorted(numbers)


def test_a_problem_is_one_line_of_place_value_problem_and_remedy():
    problem = Problem("f.yaml", 3, "demand.phone.yearly", "-3", "is below 0", "give more")
    assert str(problem) == "f.yaml:3: demand.phone.yearly: -3 is below 0; give more"


def test_a_long_value_is_shortened_and_many_problems_are_counted():
    said = problems_of(change({"demand.phone.yearly": "x" * 500}))["demand.phone.yearly"]
    assert len(said) < 200
    bad = {f"demand.phone.reasons.r{number}": -1 for number in range(100)}
    with pytest.raises(ScenarioError, match="and 40 more"):
        loads(json.dumps(change(bad)))


def test_text_without_a_file_cannot_extend():
    assert "only possible in a file" in problems_of({"extends": "base.yaml"})["extends"]


def test_the_nearest_name_is_suggested_or_all_are_listed():
    assert suggest("fone", ["phone", "counter"]) == "did you mean 'phone'?"
    assert suggest("zzz", ["phone", "counter"]) == "known here: phone, counter"
    assert suggest("zzz", []) == "none is known here"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("\x1b[31mred", "U+001B"),
        ("turned \u202e around", "U+202E"),
        ("bell\x07", "U+0007"),
        ("   ", "is blank"),
    ],
)
def test_a_text_cannot_steer_a_terminal_or_be_blank(title, words):
    assert words in problems_of(change({"title": title}))["title"]
