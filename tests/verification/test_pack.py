"""The pack agrees with the simulator, and fails where it should."""

import pytest

from simulation.play.engines import Engine
from simulation.verification.case import families
from simulation.verification.pack import verify

BOTH = (Engine.SIMPY, Engine.COMPILED)


@pytest.fixture(scope="module")
def erlang_c():
    (family,) = [each for each in families() if each.name == "erlang-c"]
    return family.model_copy(update={"cases": tuple(c for c in family.cases if c.quick)[:1]})


def test_both_engines_agree_with_erlang_c(erlang_c):
    report = verify([erlang_c], BOTH, workers=1)
    assert report.judged == 2 * 2
    assert report.failures == 0


def test_a_wrong_formula_is_noticed_where_it_is_wrong(erlang_c, monkeypatch):
    monkeypatch.setattr(
        "simulation.verification.formulas.erlang_c_wait", lambda c, load: 1.1 * 0.17643130644986826
    )
    ((_, lines),) = verify([erlang_c], [Engine.COMPILED], workers=1).families
    assert [line.figure for line in lines if line.verdict == "differs"] == ["wait"]
