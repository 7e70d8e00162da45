"""How sure is this, and what can be booked: the limits of the answer, in plain sentences."""

from dataclasses import dataclass
from typing import Final

from simulation.comparison.document import Result, ScenarioResult
from simulation.comparison.statistics import share_interval
from simulation.report import equal_claims, estimates, facts, words
from simulation.report.precise import pairing, precision
from simulation.report.reader import Reader
from simulation.report.speech import confidence, mark, span
from simulation.report.traced import Traced, together

HALF: Final = 0.5
"""A scenario that is cheaper in a larger share of the simulations is so more often than not."""


@dataclass(frozen=True)
class Item:
    """A term and what there is to say about it."""

    term: str
    text: str


def sure(result: Result, reader: Reader) -> list[Item]:
    """Give what a careful reader wants to know about the uncertainty."""
    focus = facts.focus(result)
    items = [
        *([_cheaper(result, reader, focus)] if focus else []),
        *([_spread(result, reader, focus)] if focus else []),
        *([_overhead(result, reader, focus)] if focus else []),
        Item(
            reader("sure.replications.term"),
            reader.mark(
                "sure.replications",
                n=estimates.count(reader, result.replications, "replications"),
                confidence=confidence(result, reader),
            ),
        ),
        _precision(result, reader),
        _sized(result, reader),
        _pairing(result, reader),
        _estimates(result, reader),
        *_dominated(result, reader),
        *_failed(result, reader),
    ]
    return [item for item in items if item is not None]


def _cheaper(result: Result, reader: Reader, focus: ScenarioResult) -> Item | None:
    """Say how often a scenario is cheaper than the baseline, and how well that share is known.

    Nothing where it is as dear in every pair. At equal service the baseline is 0*, and the teams
    are those that were found: whether one step of them can turn it round is said as well.
    """
    pairs = facts.pairs_cheaper(result, focus)
    if pairs is None or facts.always_as_dear(result, focus):
        return None
    here = facts.at(result, focus, "raw", facts.STRUCTURAL)
    low, high = share_interval(*pairs)
    said = reader.mark(
        "sure.cheaper",
        scenario=words.upper_first(words.badge_name(reader, result, focus.letter)),
        k=estimates.count(reader, pairs[0], here, "cheaper_pairs"),
        n=estimates.count(reader, pairs[1], here, "pairs"),
        confidence=confidence(result, reader),
        low=Traced(reader.percent(low), here, "cheaper_share.low"),
        high=Traced(reader.percent(high), here, "cheaper_share.high"),
    )
    sentences = [said]
    if low <= HALF <= high:
        sentences.append(reader.mark("sure.cheaper.undecided"))
    if result.equal_service and facts.direction(facts.cost(focus)) == "no_clear_difference":
        sentences.append(reader.mark("sure.cheaper.step"))
    return Item(reader("sure.cheaper.term"), together(*sentences))


def _spread(result: Result, reader: Reader, focus: ScenarioResult) -> Item | None:
    difference = facts.cost(focus)
    if difference is None or difference.n < facts.ENOUGH:
        return None
    half = (difference.p95 - difference.p5) / 2
    here = facts.at(result, focus, "differences", facts.STRUCTURAL)
    text = reader.mark(
        "sure.spread",
        spans=span(result, reader, many=True),
        low=Traced(reader.signed_euros(difference.p5, half), f"{here}.p5"),
        high=Traced(reader.signed_euros(difference.p95, half), f"{here}.p95"),
    )
    return Item(reader("sure.spread.term"), text)


def _overhead(result: Result, reader: Reader, focus: ScenarioResult) -> Item | None:
    """Say what the difference would be if overhead followed the number of people."""
    difference, full = facts.cost(focus), focus.differences.get(facts.FULL)
    if difference is None or full is None or not facts.leaves_out(result, focus):
        return None
    here = facts.at(result, focus, "differences")
    text = reader.mark(
        "sure.overhead",
        scenario=words.badge_name(reader, result, focus.letter),
        full=estimates.signed_euros(
            reader, full, f"{here}.{facts.FULL}", reader.total(focus.letter, "full")
        ),
        structural=estimates.signed_euros(
            reader, difference, f"{here}.{facts.STRUCTURAL}", reader.total(focus.letter)
        ),
    )
    return Item(reader("sure.overhead.term"), text)


def _pairing(result: Result, reader: Reader) -> Item | None:
    text = pairing(result, reader)
    return Item(reader("sure.pairing.term"), text) if text is not None else None


def _precision(result: Result, reader: Reader) -> Item | None:
    text = precision(result, reader, row=True)
    return Item(reader("sure.precision.term"), text) if text is not None else None


def _sized(result: Result, reader: Reader) -> Item | None:
    """Say how precisely teams were sized, where they were."""
    if result.equal_service is None:
        return None
    return Item(reader("sure.sized.term"), mark(equal_claims.search(result), reader, result))


def _estimates(result: Result, reader: Reader) -> Item | None:
    own, stated = facts.own_estimates(result)
    if not stated:
        return Item(reader("sure.estimates.term"), reader("sure.estimates.none"))
    text = reader.mark(
        "sure.estimates",
        n=estimates.count(reader, own, "scenarios", "own_estimates"),
        of=estimates.count(reader, stated, "scenarios", "assumptions"),
    )
    return Item(reader("sure.estimates.term"), text)


def _dominated(result: Result, reader: Reader) -> list[Item]:
    beaten = [s for s in facts.comparable(result) if s.dominated_by]
    if not beaten:
        return []
    sentences = [
        reader(
            "sure.dominated",
            scenario=words.badge_name(reader, result, scenario.letter),
            by=words.badge_names(reader, result, scenario.dominated_by),
        )
        for scenario in beaten[:6]
    ]
    text = " ".join(words.upper_first(sentence) for sentence in sentences)
    return [Item(reader("sure.dominated.term"), text)]


def _failed(result: Result, reader: Reader) -> list[Item]:
    failures = [(s.letter, failure) for s in result.scenarios for failure in s.failures]
    return [
        Item(
            reader("sure.failed.term"),
            reader(
                "sure.failed",
                letter=letter,
                n=failure.replication,
                error=words.clip(failure.error, 200),
                command=words.clip(failure.command, 200),
            ),
        )
        for letter, failure in failures[:3]
    ]


@dataclass(frozen=True)
class Capacity:
    """Work that is no longer needed, against hours that are no longer paid. Never mixed."""

    scenario: str
    gain: Traced
    gain_text: str
    cash: Traced
    cash_text: str


def capacity(result: Result, reader: Reader) -> Capacity | None:
    """Set the capacity gain beside the cashable saving; None where hours are not measured."""
    focus = facts.focus(result)
    if focus is None:
        return None
    handled = facts.total(result, focus, "channels.", ".handling_hours")
    paid = facts.total(result, focus, "teams.", ".paid_hours")
    if handled is None or paid is None:
        return None
    fits = facts.surely(focus)
    return Capacity(
        scenario=words.badge_name(reader, result, focus.letter),
        gain=_hours(result, reader, focus, handled, "handling_hours"),
        gain_text=reader("capacity.gain" if handled < 0 else "capacity.loss"),
        cash=_hours(result, reader, focus, paid, "paid_hours"),
        cash_text=reader(_cash_key(round(paid, 1), fits=fits, norms=facts.has_norms(result))),
    )


def _cash_key(paid: float, *, fits: bool, norms: bool) -> str:
    if paid >= 0:
        return "capacity.more" if paid else "capacity.none"
    if not norms:
        return "capacity.no_norms"
    return "capacity.cashable" if fits else "capacity.norms_missed"


def _hours(
    result: Result, reader: Reader, scenario: ScenarioResult, hours: float, how: str
) -> Traced:
    path = facts.at(result, scenario, "measures")
    return Traced(reader("hours", n=reader.signed(hours)), path, how)
