"""From an answer to the document that shows it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from simulation import __version__
from simulation.comparison.hashes import question_of_sizes
from simulation.comparison.statistics import CONFIDENCE, attainment, estimate
from simulation.scenario.scenario import Scenario, by_name
from simulation.scenario.values import HOUR, MINUTE
from simulation.sizing.document import (
    FORMAT,
    PlaceHeads,
    Rung,
    SeasonHeads,
    SizeResult,
    SlotHeads,
    TeamSize,
)
from simulation.sizing.ladder import Ladder
from simulation.sizing.played import attains, ladders_of
from simulation.sizing.size import Answer, Order, norms_of
from simulation.sizing.today import fte_today, heads_today
from simulation.sizing.together import Sizes
from simulation.sizing.trials import Outcome


def describe(
    name: str, scenario: Scenario, order: Order, answer: Answer, *, example: bool = False
) -> SizeResult:
    """Put an answer down.

    Parameters
    ----------
    name : of the scenario: the stem of its file
    scenario, order : what was asked
    answer : what was found
    example : whether leading values of the scenario are own estimates
    """
    plain = scenario.model_dump(mode="json", by_alias=True)
    teams = tuple(_teams(by_name(scenario), answer))
    sized = {each.team for each in teams}
    return SizeResult(
        format=FORMAT,
        version=__version__,
        question=question_of_sizes(__version__, vars(order), (name, plain)),
        seed=scenario.seed,
        share=order.share,
        search=order.search,
        fresh=order.fresh,
        confidence=CONFIDENCE,
        mode="all" if order.team is None else "team",
        name=name,
        title=scenario.title,
        example=example,
        scenario=plain,
        teams=teams,
        kept=tuple(team for team in scenario.teams if team not in sized),
        together=answer.sizes.together if answer.sizes else None,
        added=answer.sizes.added if answer.sizes else 0,
    )


def _teams(scenario: Scenario, answer: Answer) -> Iterator[TeamSize]:
    ladders, today, norms = ladders_of(answer.bench), fte_today(scenario), norms_of(scenario)
    for unit, rung in answer.levels:
        ladder = ladders[unit]
        own = norms[ladder.team]
        yield TeamSize.model_validate(
            {
                "unit": unit,
                "team": ladder.team,
                "title": scenario.teams[ladder.team].title,
                "norms": own,
                "step": ladder.step,
                "fte": ladder.fte(rung),
                "today": today[unit],
                "places": tuple(_places(scenario, ladder, rung)),
                **(_alone(ladder, answer, own) if answer.size else _among(unit, answer, own)),
            }
        )


def _alone(ladder: Ladder, answer: Answer, norms: tuple[str, ...]) -> dict[str, object]:
    size = answer.size
    assert size is not None
    return {
        "low": ladder.fte(size.low),
        "high": None if size.high is None else ladder.fte(size.high),
        "at_size": size.shares[size.rung],
        "one_less": size.shares.get(size.rung - 1),
        "tight": None,
        "reversals": size.reversals,
        "curve": tuple(
            _rung(ladder.fte(rung), outcomes, norms) for rung, outcomes in size.curve.items()
        ),
    }


def _among(unit: str, answer: Answer, norms: tuple[str, ...]) -> dict[str, object]:
    sizes = answer.sizes
    assert sizes is not None
    flags = [int(attains(outcome, norms)) for outcome in sizes.outcomes.values()]
    return {
        "low": None,
        "high": None,
        "at_size": attainment(flags),
        "one_less": None,
        "tight": _tight(unit, sizes),
        "reversals": 0,
        "curve": (),
    }


def _tight(unit: str, sizes: Sizes) -> str:
    if unit in sizes.tight:
        return "search"
    return "fresh" if unit in sizes.tight_on_fresh else "lowest"


def _rung(fte: float, outcomes: Sequence[Outcome], norms: tuple[str, ...]) -> Rung:
    shares = {
        norm: [share for outcome in outcomes if (share := outcome[norm].share) is not None]
        for norm in norms
    }
    return Rung(
        fte=fte,
        of=len(outcomes),
        attained=sum(attains(outcome, norms) for outcome in outcomes),
        shares={norm: estimate(values) for norm, values in shares.items() if values},
    )


def _places(scenario: Scenario, ladder: Ladder, rung: int) -> Iterator[PlaceHeads]:
    for place, heads in zip(ladder.places, ladder.heads(rung), strict=True):
        own = heads_today(scenario, ladder.team, place)
        rows = list(zip(place.grid.slots, heads.tolist(), own, place.load.tolist(), strict=True))
        yield PlaceHeads(
            site=place.site,
            seasons=tuple(
                SeasonHeads(
                    first=place.grid.seasons[season].first.isoformat(),
                    last=place.grid.seasons[season].last.isoformat(),
                    slots=tuple(
                        SlotHeads(
                            weekday=slot.weekday,
                            begin=_clock(slot.begin),
                            end=_clock(slot.end),
                            heads=needed,
                            today=now,
                            load=load,
                        )
                        for slot, needed, now, load in group
                    ),
                )
                for season, group in groupby(rows, key=lambda row: row[0].season)
            ),
        )


def _clock(time: int) -> str:
    return f"{time // HOUR:02d}:{time % HOUR // MINUTE:02d}"
