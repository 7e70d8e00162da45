"""What planners are shown, on random scenarios: it adds up, it can be drawn, and a cut is exact."""

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from simulation.comparison.peak import peak_result
from simulation.comparison.week import week_view
from simulation.experiment.incident import Wish, wished
from simulation.experiment.peaks import Incident, play_peaks, window_of
from simulation.experiment.replication import Simulator
from simulation.measures.week import WeekTally, measure_week
from simulation.report.figures.answers import answers
from simulation.report.figures.backlog import backlog
from simulation.report.figures.occupancy import occupancy
from simulation.report.figures.productivity import productivity
from simulation.report.figures.recovery import recovery
from simulation.report.planner import planner
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.traced import plain
from simulation.scenario.values import DAY, HOUR
from simulation.verification.played import scenario_of
from tests.identities.random_scenarios import scenarios, unusual_scenarios

every_run = settings(
    max_examples=40,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


def simulate(data):
    """Give a scenario that is ready, and one replication of it."""
    simulator = Simulator(scenario_of(data))
    return simulator, simulator.played(1)


def check_drawn(chart):
    """See that a figure is valid, and its title short."""
    if chart is not None:
        go.Figure(data=chart.figure["data"], layout=chart.figure["layout"])
        assert 3 <= len(plain(chart.title).split()) <= 12


@every_run
@given(scenarios() | unusual_scenarios())
def test_the_week_adds_up_to_the_measures_of_the_same_run(data):
    simulator, played = simulate(data)
    told = simulator.measured(played, 1)
    week = measure_week(simulator.plan, played.contacts, played.record)
    assert (week.open_work >= 0).all()
    assert (week.busy <= week.present).all()
    for place, team in enumerate(simulator.scenario.teams):
        hours = {
            "busy": week.busy[place],
            "rostered": week.rostered[place],
            "present": week.present[place],
        }
        sums = {name: own.sum() / HOUR for name, own in hours.items()}
        root = f"teams.{team}"
        assert sums["busy"] == pytest.approx(told[f"{root}.busy_hours"])
        assert sums["rostered"] == pytest.approx(told[f"{root}.rostered_hours"])
        there = told[f"{root}.at_work_hours"] + told[f"{root}.overtime_hours"]
        assert sums["present"] == pytest.approx(there)
    for place, channel in enumerate(simulator.plan.channels):
        if channel.deferred:
            root = f"channels.{channel.name}"
            assert week.offered[place] == told[f"{root}.offered"]
            assert week.within[place].sum() == told[f"{root}.answered"]
            assert week.by_day[place].sum() == told[f"{root}.answered"]


@every_run
@given(scenarios() | unusual_scenarios())
def test_whatever_the_week_is_it_can_be_drawn(data):
    simulator, played = simulate(data)
    scenario = simulator.scenario
    tally = WeekTally(list(scenario.channels), list(scenario.teams))
    tally.add(measure_week(simulator.plan, played.contacts, played.record))
    view = week_view(scenario, tally)
    for language in LANGUAGES:
        own = planner(Reader(language), scenario)
        for draw in (backlog, answers, occupancy, productivity):
            check_drawn(draw(view, own))


@every_run
@given(scenarios())
def test_whatever_a_peak_does_it_can_be_drawn(data):
    scenario = Simulator(scenario_of(data)).scenario
    try:
        incident = Incident(*wished(scenario, Wish(contacts=30.0)), 2)
        window_of(scenario, incident)
    except ValueError as error:
        assert "outside the simulated period" in str(error) or "nobody is expected" in str(error)
        return
    peaks = play_peaks(scenario, incident, [1], workers=1)
    assert peaks.failed == {}
    result = peak_result(peaks, "random", 1)
    for language in LANGUAGES:
        check_drawn(recovery(result, planner(Reader(language), peaks.scenario, "peak")))


@every_run
@given(scenarios() | unusual_scenarios())
def test_a_horizon_that_is_cut_off_at_its_last_midnight_leaves_what_was_before(data):
    """Every attempt that ended before the cut, to the microsecond."""
    whole, played = simulate(data)
    horizon = whole.scenario.horizon
    end = (horizon.length + horizon.midnight - 1) // DAY * DAY - horizon.midnight
    if end <= horizon.warm_up:
        return
    cut = horizon.model_copy(update={"length": end})
    short = Simulator(whole.scenario.model_copy(update={"horizon": cut})).played(1)
    before, kept = (
        each.attempts[each.attempts["ended"] < end] for each in (played.record, short.record)
    )
    assert np.array_equal(kept, before)
