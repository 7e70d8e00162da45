"""What each assumption does, what they do together, and what would change the verdict."""

import doctest

import pytest
from scipy.stats import qmc

from simulation.comparison.document import PlacedAssumption
from simulation.finance import cube, ranges, sensitivity
from simulation.finance.case import BASELINE, TODAY, Order, found_by_year
from simulation.finance.cube import percentiles, spread
from simulation.finance.document_sensitivity import Base, End, Swing
from simulation.finance.needs import Stand
from simulation.finance.ranked import ranked, width
from simulation.finance.sensitivity import Depth, Material
from simulation.finance.structural import see_at, structural
from simulation.finance.tornado import flips
from simulation.scenario.finance import Finance
from simulation.sizing.played import trials
from simulation.sizing.staffed import staffed
from tests.finance.points import SEARCH, clerk, stand, today, webcare

PHONE = {"path": "channels.phone.handling.mean", "value": "5 minutes", "low": "4 minutes"}
ASSUMPTIONS = (
    PlacedAssumption(**PHONE, high="6 minutes"),
    PlacedAssumption(path="costs.pay_scales.s7.monthly_salary", value=3500, low=3000, high=4500),
    PlacedAssumption(path="demand.phone.reasons.question", value=0.6, low=0.4, high=0.7),
    PlacedAssumption(path="norms.calls.target", value=0.7, low=0.6),
)
OWN = (
    PlacedAssumption(path="costs.per_month.tool.amount", value=500, low=100, high=9000),
    PlacedAssumption(
        path="shift.substitution.social.willingness.question", value=0.4, low=0.1, high=0.9
    ),
)
SMALL = Depth(quick=False, plays=2, searches=2, points=6)


@pytest.fixture(scope="module")
def who():
    return clerk()


@pytest.fixture(scope="module")
def material(who):
    return make(who, webcare())


def make(who, own):
    finance = today().finance or Finance()
    plan = finance.model_copy(update={"years": 1, "life": 4, "real_rate": 0.02})
    baseline, own = (each.model_copy(update={"finance": plan}) for each in (today(), own))
    zero, best = stand(baseline, BASELINE, who), stand(own, "A", who)
    rostered = dict.fromkeys(baseline.teams, 12.0)
    stands = {
        TODAY: Stand(TODAY, baseline, zero.bench, {}, rostered, 0.8),
        BASELINE: zero,
        "A": best,
    }
    rosters = {each.letter: rostered_as(each) for each in (zero, best)}
    found = found_by_year(list(stands.values()), Order(SEARCH, 4), who)
    assumptions = {TODAY: ASSUMPTIONS, BASELINE: ASSUMPTIONS, "A": (*ASSUMPTIONS, *OWN)}
    return Material(stands, rosters, assumptions, found, SEARCH)


def rostered_as(own):
    ladders = trials(own.bench).ladders
    return staffed(own.scenario, ladders, dict(own.levels))


@pytest.fixture(scope="module")
def told(material, who):
    return sensitivity.sensitivity(material, SMALL, who, lambda _: None)


@pytest.mark.parametrize("module", [cube, ranges])
def test_the_examples_hold(module):
    failed, attempted = doctest.testmod(module)
    assert attempted
    assert not failed


def swing(told, path):
    return next(each for each in told.swings if each.path == path)


def test_a_price_is_recomputed_to_the_cent(told, material):
    tool = swing(told, "costs.per_month.tool.amount")
    assert {tool.low.found, tool.high.found} == {"priced"}
    assert tool.high.contracts - tool.low.contracts == pytest.approx(12 * 8900, abs=0.02)


def test_a_price_of_both_moves_both(told, material):
    pay = swing(told, "costs.pay_scales.s7.monthly_salary")
    (base,) = told.bases
    own, baseline = (material.stands[letter].scenario for letter in ("A", BASELINE))
    assert own.costs.pay_scales == baseline.costs.pay_scales
    # The tool (1,500 less a month) has no pay in it; all the rest is in proportion to pay.
    people = [pay.low.fte + 18_000, base.fte + 18_000, pay.high.fte + 18_000]
    assert people[0] / people[1] == pytest.approx(3000 / 3500, abs=1e-3)
    assert people[2] / people[1] == pytest.approx(4500 / 3500, abs=1e-3)


def test_an_end_is_what_another_scenario_takes(told, material, who):
    """The tornado says what sizing the other scenario says, within what two replications know."""
    from simulation.finance.moved import moved  # noqa: PLC0415

    path = "shift.substitution.social.willingness.question"
    place, before = material.stands["A"], material.stands[BASELINE]
    seen = see_at(who, place, moved(place.scenario, {path: 0.9}), SEARCH)
    here = see_at(who, before, before.scenario, SEARCH)
    cost = structural(seen.scenario, seen.need, seen.measures, None) - structural(
        here.scenario, here.need, here.measures, None
    )
    own = swing(told, path)
    assert own.high.found == "resized"
    assert own.high.fte == pytest.approx(cost, abs=15_000)
    assert own.high.fte < own.low.fte


def test_work_that_grows_harms_service_at_the_rosters_found(told):
    handling = swing(told, PHONE["path"])
    assert (handling.unit, handling.low.value, handling.high.value) == ("seconds", 240, 360)
    assert handling.high.margin < handling.low.margin


def test_the_largest_come_first(told):
    (base,) = told.bases
    sizes = [width(each, base) for each in told.swings]
    assert sizes == sorted(sizes, reverse=True)
    assert [each for _, each in ranked(told, "A").moving] == list(told.swings)[
        : sum(map(bool, sizes))
    ]
    assert len(sizes) == 5


def test_what_has_one_end_is_told_as_left_out(told):
    assert [each.path for each in told.left_out if each.what == "range"] == ["norms.calls.target"]


def test_together_is_wider_than_the_simulation_and_has_both_cubes(told):
    (own,) = told.together
    assert (own.points, own.impossible, own.found) == (12, 0, "resized")
    assert own.structural.low < own.structural.median < own.structural.high
    assert len(own.cubes) == 2
    assert own.cubes[0] != own.cubes[1]
    (base,) = told.bases
    assert own.structural.high - own.structural.low > 2 * base.half


def test_the_same_question_has_the_same_answer(told, material, who):
    assert sensitivity.sensitivity(material, SMALL, who, lambda _: None) == told


def test_a_quick_look_says_what_it_interpolated(material, who):
    quick = Depth(quick=True, plays=1, searches=1, points=4)
    told = sensitivity.sensitivity(material, quick, who, lambda _: None)
    assert told.quick
    assert told.together[0].found == "interpolated"
    assert {each.found for s in told.swings for each in (s.low, s.high)} <= {
        "priced",
        "resized",
        "interpolated",
        "unmoved",
    }


def test_what_no_scenario_can_hold_is_told(material, who):
    path = "shift.substitution.social.stated_to_realised"
    odd = PlacedAssumption(path=path, value=1, low=0.5, high=4)
    own = {**material.assumptions, "A": (odd,), BASELINE: (), TODAY: ()}
    bold = Material(material.stands, material.staffed, own, material.found, SEARCH)
    told = sensitivity.sensitivity(bold, SMALL, who, lambda _: None)
    assert [each.path for each in told.left_out] == [path]
    assert told.swings == ()
    assert told.together[0].impossible > 0


def test_a_cube_takes_each_part_of_a_range_once():
    points = percentiles(3, 10, 5)
    for column in zip(*points, strict=True):
        assert sorted(int(each * 10) for each in column) == list(range(10))
    assert percentiles(3, 10, 5) == points
    assert percentiles(3, 10, 6) != points


@pytest.mark.parametrize(("dimensions", "points"), [(1, 1), (3, 10), (160, 24)])
def test_a_cube_is_that_of_scipy(dimensions, points):
    drawn = qmc.LatinHypercube(d=dimensions, rng=11).random(points)
    assert percentiles(dimensions, points, 11) == drawn.tolist()


def test_the_error_of_the_simulation_widens_a_spread():
    points = [float(n) for n in range(101)]
    assert spread(points, 60.0).high == pytest.approx(50 + (45**2 + 60**2) ** 0.5)


def test_what_would_change_the_verdict_is_on_the_line_between_two_values():
    def end(value, cost):
        return End(
            value=value,
            contracts=cost,
            fte=cost,
            weakest=None,
            margin=None,
            all_norms=None,
            found="priced",
        )

    def moved(letter, low, high):
        return Swing(
            letter=letter, path="p", unit="number", base=2.0, low=end(1.0, low), high=end(4.0, high)
        )

    bases = [
        Base(letter=letter, contracts=cost, fte=cost, half=None, weakest=None, margin=None)
        for letter, cost in (("A", 10.0), ("B", 20.0))
    ]
    told = flips(bases, [moved("A", -10.0, 40.0), moved("B", 20.0, 20.0)])
    assert [(each.kind, each.letters, each.value) for each in told] == [
        ("sign", ("A",), 1.5),
        ("ranking", ("A", "B"), pytest.approx(2 + 2 * 10 / 30)),
    ]
