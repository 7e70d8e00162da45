"""The pack agrees with the simulator, and fails where it should."""

from statistics import stdev

import pytest

from simulation.play.engines import Engine
from simulation.verification.case import families
from simulation.verification.observe import observe
from simulation.verification.pack import Chosen, verify
from simulation.verification.published import published

BOTH = (Engine.SIMPY, Engine.COMPILED)


@pytest.fixture(scope="module")
def erlang_c():
    (family,) = [each for each in families() if each.name == "erlang-c"]
    return family.model_copy(update={"cases": tuple(c for c in family.cases if c.quick)[:1]})


def test_both_engines_agree_with_erlang_c(erlang_c):
    report = verify(Chosen([erlang_c]), BOTH, workers=1)
    assert report.judged == 2 * 2
    assert report.failures == 0


def test_a_wrong_formula_is_noticed_where_it_is_wrong(erlang_c, monkeypatch):
    monkeypatch.setattr(
        "simulation.verification.formulas.erlang_c_wait", lambda c, load: 1.1 * 0.17643130644986826
    )
    lines = verify(Chosen([erlang_c]), [Engine.COMPILED], workers=1).sections[0].lines
    assert [line.figure for line in lines if line.verdict == "differs"] == ["wait"]


def test_cases_can_be_told_apart_by_their_names():
    for family in families():
        names = [case.name for case in family.cases]
        assert len(set(names)) == len(names)


def test_the_grid_is_as_wide_as_is_said():
    cases = [case for family in families() for case in family.cases]
    assert {case.agents for case in cases} >= {1, 11, 30, 100, 300}
    assert {case.load for case in cases if not case.slowdown} >= {0.5, 0.8, 0.9, 0.95, 1, 1.1}


def test_published_days_look_like_ours():
    """Not only their means: the deviation from day to day is published too."""
    for simulation in published():
        days = [observe(simulation, 1, Engine.COMPILED, number) for number in range(1, 301)]
        for figure in simulation.figures:
            heavy_tailed = figure.deviation > figure.published
            if not figure.at_most and not heavy_tailed:
                spread = stdev(day.figures[figure.name] for day in days)
                assert spread == pytest.approx(figure.deviation, rel=0.15)
