"""Assumptions by what they do: those that move nothing are counted and not shown."""

from simulation.finance.document_sensitivity import Base, End, Sensitivity, Swing
from simulation.finance.ranked import ranked, searched, tipping

BASE = Base(letter="A", contracts=50_000.0, fte=40_000.0, half=None, weakest="n", margin=0.02)


def swing(path, low, high, *, fte=(40_000.0, 40_000.0), margin=0.02, found="interpolated"):
    both = [
        End(
            value=value,
            contracts=cost,
            fte=own,
            weakest="n",
            margin=margin,
            all_norms=None,
            found=found,
        )
        for value, cost, own in ((1.0, low, fte[0]), (3.0, high, fte[1]))
    ]
    return Swing(letter="A", path=path, unit="number", base=2.0, low=both[0], high=both[1])


def told(*swings):
    return Sensitivity(
        quick=True,
        plays=2,
        searches=1,
        bases=(BASE,),
        swings=swings,
        flips=(),
        together=(),
        left_out=(),
    )


def paths(found):
    return [each.path for _, each in found.moving]


def test_the_order_is_by_how_far_apart_costs_lie():
    own = told(
        swing("fte", 50_000, 50_900, fte=(0, 90_000)),
        swing("most", 20_000, 60_000),
        swing("some", 45_000, 50_000),
    )
    assert paths(ranked(own, "A")) == ["most", "some", "fte"]
    assert [place for place, _ in ranked(own, "A").moving] == [1, 2, 0]


def test_costs_that_are_alike_are_ranked_by_what_they_are_without_rounding():
    own = told(swing("less", 0, 50_000), swing("more", 0, 50_000, fte=(0, 40_000)))
    assert paths(ranked(own, "A")) == ["more", "less"]


def test_both_ends_on_the_same_side_move_too():
    assert paths(ranked(told(swing("p", 40_000, 40_000)), "A")) == ["p"]


def test_what_moves_nothing_is_counted_and_what_moves_the_norm_apart():
    own = told(
        swing("still", 50_100, 50_000, fte=(40_000, 90_000)),
        swing("norm", 50_000, 50_000, margin=-0.01),
        swing("unknown", 50_000, 50_000, margin=None),
    )
    found = ranked(own, "A")
    assert (found.moving, found.still, found.norm_only) == ((), 2, 1)


def test_rows_in_which_the_same_contract_tips_are_known():
    own = [swing("a", 20_000, 50_000), swing("b", 50_200, 20_100), swing("c", 20_000, 60_000)]
    assert tipping(own) == {"a", "b"}
    prices = [swing("a", 20_000, 50_000, found="priced"), swing("b", 20_000, 50_000)]
    assert not tipping(prices)


def test_what_comes_from_one_search_is_known():
    both = [swing(path, 0, 1, found="resized") for path in "bc"]
    assert searched([swing("a", 0, 1), *both]) == {"b", "c"}
    assert not searched([swing("a", 0, 1), both[0]])
