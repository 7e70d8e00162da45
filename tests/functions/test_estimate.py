"""What a question is expected to take: the direction of every change, and limits that hold."""

import datetime as dt
import json
import subprocess
import sys
from dataclasses import replace

import pytest
from pydantic import ValidationError

from functions.logic.estimate import estimate
from functions.logic.limits import SPENT, Ledger, Limits, TooLarge, TooMuchToday
from functions.logic.question import Asked, Inline, make_question, shipped
from functions.logic.runs import Runs
from functions.settings import Settings
from tests.cli.conftest import TODAY
from tests.functions.conftest import SMALL

TOWN = ("small-town/0-today", "small-town/a-webcare")
AMSTERDAM = tuple(name for name in shipped() if name.startswith("amsterdam/"))
KINDS = ("compare", "equal_service", "size", "business_case", "sensitivity")
NOON = dt.datetime(2026, 11, 29, 12, 0, 0, tzinfo=dt.UTC)


class Idle:
    """A runner that is asked, and has nothing made."""

    def __init__(self):
        self.started = []

    def start(self, key):
        self.started.append(key)

    def cancel(self, key, run):
        pass

    def is_lost(self, key, run):
        return False

    def log(self, key, badge, replication):
        pass


@pytest.fixture
def expected(tmp_path_factory):
    """Give what a request is expected to take."""

    def of(scenarios=TOWN, memory=1769, **asked):
        folder = tmp_path_factory.mktemp("asked")
        question, loaded = make_question(Asked(scenarios=scenarios, **asked), folder)
        return estimate(question, loaded, "eu-west-1", memory)

    return of


@pytest.fixture
def runs(store):
    """Give runs that nobody works on."""
    return Runs(store, Idle())


@pytest.mark.parametrize("kind", KINDS)
def test_each_number_is_a_span_in_order(expected, kind):
    found = expected(TOWN[:1] if kind == "size" else TOWN, kind=kind)
    spans = [found.contacts, found.jobs, found.items, found.rounds, found.seconds]
    for span in [*spans, found.costs.dollars, found.costs.euros]:
        assert 0 < span.low <= span.value <= span.high


def test_replications_are_counted_exactly(expected):
    found = expected(kind="compare", replications=15)
    assert (found.jobs.low, found.jobs.value, found.jobs.high) == (30, 30, 30)
    assert found.items.value == 3
    assert found.rounds.high == 1


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ({"kind": "compare"}, {"kind": "equal_service"}),
        ({"kind": "equal_service"}, {"kind": "business_case"}),
        ({"kind": "business_case"}, {"kind": "sensitivity"}),
        ({"kind": "sensitivity"}, {"kind": "sensitivity", "quick": False}),
        ({"kind": "compare", "replications": 10}, {"kind": "compare", "replications": 20}),
        ({"kind": "compare", "scenarios": TOWN[:1]}, {"kind": "compare"}),
        ({"kind": "compare"}, {"kind": "compare", "scenarios": AMSTERDAM[:2]}),
        (
            {"kind": "compare", "precision": {"service": 1.0, "most": 100}},
            {"kind": "compare", "precision": {"service": 1.0, "most": 1000}},
        ),
    ],
)
def test_more_work_costs_more(expected, less, more):
    few, many = expected(**less), expected(**more)
    assert many.seconds.value > few.seconds.value
    assert many.costs.euros.value > few.costs.euros.value


def test_a_precision_may_be_reached_at_once_or_never(expected):
    found = expected(kind="compare", precision={"cost": 1000.0, "most": 500})
    assert (found.jobs.low, found.jobs.high) == (60, 1000)


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_every_question_about_the_scenarios_that_ship_is_allowed(tmp_path, kind, quick):
    names = AMSTERDAM[:1] if kind == "size" else AMSTERDAM
    question, loaded = make_question(Asked(kind=kind, scenarios=names, quick=quick), tmp_path)
    found = Limits().judged(question, loaded)
    assert found.costs.dollars.value < 2 * Limits().run_dollars / 10 + 1


@pytest.mark.parametrize(
    ("limits", "place", "told"),
    [
        (Limits(period=1_000), "horizon.length", "shorten the horizon"),
        (Limits(contacts=1e5), "replications", "more than the 100,000 that one question may take"),
        (Limits(run_dollars=1e-4), "replications", r"more than the \$0.00 that one question"),
    ],
)
def test_what_is_too_large_is_refused_with_the_bound_and_what_to_lower(
    tmp_path, limits, place, told
):
    question, loaded = make_question(Asked(kind="compare", scenarios=TOWN), tmp_path)
    with pytest.raises(TooLarge, match=told) as refused:
        limits.judged(question, loaded)
    assert [each.place for each in refused.value.problems] == [place]


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "compare", "replications": 10_001},
        {"kind": "compare", "precision": {"service": 1.0, "most": 10_001}},
        {"kind": "equal_service", "replications": 5_000},
    ],
)
def test_more_than_merge_can_hold_is_refused_unless_it_has_more_memory(tmp_path, asked):
    question, loaded = make_question(Asked(scenarios=TOWN, **asked), tmp_path)
    with pytest.raises(TooLarge, match="more than the 20,000 that fit in 1,769 MB") as refused:
        Limits().judged(question, loaded)
    (problem,) = refused.value.problems
    assert "fewer replications" in problem.remedy
    Limits(memory=3_538).judged(question, loaded)


def test_a_question_that_exceeds_everything_is_told_everything(tmp_path):
    question, loaded = make_question(Asked(kind="compare", scenarios=TOWN), tmp_path)
    with pytest.raises(TooLarge) as refused:
        Limits(period=1, kept=1, contacts=1, run_dollars=1e-9).judged(question, loaded)
    assert len(refused.value.problems) == 4


def test_a_caller_may_ask_until_the_day_is_full_and_again_after_midnight(store):
    ledger = Ledger(store, 1.0, lambda: NOON)
    ledger.charge("me", 0.6)
    with pytest.raises(TooMuchToday, match=r"as much as \$0.50.*\$0.60,.*\$1.00 a day") as refused:
        ledger.charge("me", 0.5)
    assert refused.value.seconds == 12 * 3600
    ledger.charge("me", 0.4)
    ledger.charge("somebody else", 1.0)
    replace(ledger, clock=lambda: NOON + dt.timedelta(hours=12)).charge("me", 1.0)


def test_what_was_counted_can_be_taken_back(store):
    ledger = Ledger(store, 1.0, lambda: NOON)
    day = ledger.charge("me", 0.9, "run")
    ledger.settle(day, "run", 0.0)
    ledger.charge("me", 1.0)


def test_what_two_ask_at_once_is_counted_twice(store):
    ledger, other = Ledger(store, 1.0, lambda: NOON), Ledger(store, 1.0, lambda: NOON)
    real = store.records.replace

    def slow(*told):
        store.records.replace = real
        other.charge("me", 0.3)
        return real(*told)

    ledger.charge("me", 0.3)
    store.records.replace = slow
    ledger.charge("me", 0.3)
    (_, record), *rest = store.records.all(SPENT)
    assert record.data["dollars"] == pytest.approx(0.9)
    assert not rest


def spent(store):
    return sum(record.data["dollars"] for _, record in store.records.all(SPENT))


def test_a_run_says_what_it_will_cost_and_counts_for_its_owner(runs, store):
    run = runs.create(Asked(kind="compare", scenarios=SMALL), "me")
    assert run["estimate"]["dollars"]["high"] == pytest.approx(spent(store))
    assert run["estimate"]["region"] == run["costs"]["region"] == "eu-west-1"


def test_the_same_question_counts_once_whoever_asks_it(runs, store):
    asked = Asked(kind="compare", scenarios=SMALL)
    first = runs.create(asked, "me")
    before = spent(store)
    again, theirs = runs.create(asked, "me"), runs.create(asked, "them")
    assert spent(store) == before
    assert first["estimate"] == again["estimate"] == theirs["estimate"]


def test_a_question_that_is_answered_passes_every_limit(runs, store):
    asked = Asked(kind="compare", scenarios=SMALL)
    runs.create(asked, "me")
    strict = Runs(store, Idle(), Limits(contacts=1.0, day_dollars=1e-9))
    assert strict.create(asked, "them")["state"] == "waiting"
    with pytest.raises(TooLarge):
        strict.create(asked.model_copy(update={"seed": 5}), "them")


def test_nothing_is_begun_when_the_day_is_full(store):
    idle = Idle()
    runs = Runs(store, idle, Limits(day_dollars=1e-9))
    with pytest.raises(TooMuchToday):
        runs.create(Asked(kind="compare", scenarios=SMALL), "me")
    assert runs.some("me", 100)[0] == []
    assert idle.started == []
    assert spent(store) == 0


def test_limits_come_from_the_settings():
    told = {"store": "here", "region": "eu-central-1", "memory": "3538", "day_cost": "3"}
    limits = Limits.of(Settings.model_validate(told))
    assert (limits.region, limits.memory, limits.day_dollars) == ("eu-central-1", 3538, 3.0)
    assert Limits.of(Settings(store="here")) == Limits()
    with pytest.raises(ValidationError, match="memory"):
        Settings.model_validate(told | {"memory": "64"})


def test_a_scenario_that_waits_for_no_one_is_estimated_too(tmp_path):
    own = Inline(name="own", text=TODAY)
    question, loaded = make_question(Asked(kind="compare", scenarios=(own,)), tmp_path)
    assert Limits().judged(question, loaded).largest > 0


def test_nothing_is_loaded_that_a_browser_would_wait_for():
    lines = (
        "import sys, json, functions.logic.limits;"
        "print(json.dumps([name for name in ('numpy', 'plotly', 'scipy') if name in sys.modules]))"
    )
    told = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == []
