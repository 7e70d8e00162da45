"""Equal service: scenarios that are each staffed just well enough, before they are compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from simulation.cli.ending import Staffed
from simulation.cli.inputs import Asked, read_all, refuse
from simulation.cli.options import Language
from simulation.cli.output import make_folder, write_whole
from simulation.cli.size import Wanted, sized
from simulation.cli.size_files import as_scenario
from simulation.comparison.compare import letter, same_demand
from simulation.comparison.document import Attainment, Staffing, UnitSize
from simulation.comparison.statistics import attainment
from simulation.experiment.workers import Workers, side_by_side
from simulation.play.engines import Engine
from simulation.scenario.scenario import Scenario, by_name
from simulation.sizing.document import SizeResult
from simulation.sizing.size import Order, norms_of
from simulation.sizing.today import fte_today

SEARCH = 20
FEWEST = 10


@dataclass(frozen=True)
class Means:
    """With what scenarios are sized.

    Attributes
    ----------
    share : of the replications in which all norms have to be attained
    step : full-time equivalents from one size to the next; by the size of the team if None
    workers, engine : as for a run
    out : folder for the scenarios that come out, and for the trials
    """

    share: float
    step: float | None
    workers: Workers
    engine: Engine
    out: Path


def staff(asked: Sequence[Asked], means: Means) -> tuple[list[Asked], Staffed] | None:
    """Staff scenarios just well enough; None if that was interrupted.

    Parameters
    ----------
    asked : scenarios, the baseline first
    means : with what they are sized

    Returns
    -------
    The same scenarios with other rosters, then the baseline as rostered; and how they were staffed.

    Raises
    ------
    Stop
        When a scenario cannot be sized, or files cannot be written.
    """
    refuse(_without_norms(asked))
    order = Order(
        None,
        share=means.share,
        step=means.step,
        search=SEARCH,
        fresh=max(FEWEST, asked[0].scenario.replications),
        by_site=False,
        watch=False,
    )
    folder = means.out / "staffed"
    make_folder(folder)
    like = [_sized_like(place, asked) for place in range(len(asked))]
    own = [place for place, other in enumerate(like) if place == other]
    try:
        sizes = side_by_side(partial(_sized, asked[place], order, means) for place in own)
    except _Interrupted:
        return None
    by_place = dict(zip(own, sizes, strict=True))
    found: list[tuple[int, SizeResult]] = []
    for place, other in enumerate(like):
        found.append((other, by_place[place] if other == place else found[other][1]))
    names = staffed_names([Path(each.loaded.path) for each in asked])
    staffed = [
        _with_rosters(each, folder / name, result)
        for each, name, (_, result) in zip(asked, names, found, strict=True)
    ]
    staffing = tuple(
        Staffing(
            letter=letter(place, equal=True),
            sized_for=letter(other, equal=True),
            together=_together(result, order.share),
            units=tuple(_units(asked[place].scenario, result)),
        )
        for place, (other, result) in enumerate(found)
    )
    return [*staffed, asked[0]], Staffed(
        (order.share, order.search, order.fresh, order.step), staffing
    )


def _without_norms(asked: Sequence[Asked]) -> Iterator[str]:
    """Name the scenarios in which there is nothing to attain."""
    for each in asked:
        if not norms_of(each.scenario):
            yield (
                f"{each.loaded.path}: norms: no norm counts for a channel that a team serves, so "
                "that no staffing is just well enough; add one under 'norms', or compare scenarios "
                "as their rosters say with --as-rostered"
            )


def _together(result: SizeResult, share: float) -> Attainment:
    """Tell how often all norms were attained together, and whether that is as often as asked."""
    told = result.together
    if told is None:
        return attainment([], share)
    return attainment([1] * told.attained + [0] * (told.of - told.attained), share)


def _sized_like(place: int, asked: Sequence[Asked]) -> int:
    """Give the place of the scenario whose sizes a scenario takes: its own, as a rule.

    One that differs from an earlier one only in rosters that are sized anyhow takes the sizes of
    that one. One to which other people come, such as a crisis, takes those of the strategy that it
    extends: staff are not hired for a crisis.
    """
    own = asked[place]
    for before in range(place):
        if _but_for_rosters(asked[before].scenario) == _but_for_rosters(own.scenario):
            return before
    if not same_demand(own.scenario, asked[0].scenario):
        files = [Path(file).resolve() for file in own.loaded.files[1:]]
        before_it = {Path(each.loaded.path).resolve(): n for n, each in enumerate(asked[:place])}
        for file in files:
            if file in before_it:
                return before_it[file]
    return place


def _but_for_rosters(scenario: Scenario) -> str:
    """Give what sizes depend on, as text."""
    scenario = by_name(scenario)
    teams = dict(scenario.teams)
    for name in norms_of(scenario):
        blank = {"roster": (), "sites": dict.fromkeys(teams[name].sites, ())}
        teams[name] = teams[name].model_copy(update=blank)
    same = {"title": "", "why": None, "teams": teams}
    return scenario.model_copy(update=same).model_dump_json(by_alias=True)


class _Interrupted(Exception):
    """Sizing was interrupted, and that was said."""


def _sized(asked: Asked, order: Order, means: Means) -> SizeResult:
    wanted = Wanted(
        asked.loaded.path,
        order,
        everyone=True,
        seed=None,
        workers=means.workers,
        engine=means.engine,
        out=means.out,
        language=Language.NL,
    )
    found = sized(asked, wanted, f"{Path(asked.loaded.path).stem}: ")
    if found is None:
        raise _Interrupted
    return found


def staffed_names(paths: Sequence[Path]) -> list[str]:
    """Name a file for each scenario: as its own, numbered where another is called the same.

    Parameters
    ----------
    paths : of the scenarios
    """
    names: list[str] = []
    others = {path.name.casefold() for path in paths}
    for path in paths:
        name, number = path.name, 1
        while name.casefold() in {taken.casefold() for taken in names} or (
            number > 1 and name.casefold() in others
        ):
            number += 1
            name = f"{path.stem}-{number}{path.suffix}"
        names.append(name)
    return names


def _with_rosters(asked: Asked, path: Path, result: SizeResult) -> Asked:
    """Write the scenario with the rosters that were found, and read it back."""
    write_whole(path, as_scenario(asked.loaded.path, path.parent, result))
    loaded = read_all([str(path)])[0]
    before = asked.scenario
    same = {
        "title": before.title,
        "why": before.why,
        "seed": before.seed,
        "replications": before.replications,
    }
    scenario = loaded.scenario.model_copy(update=same)
    return Asked(replace(loaded, changes=asked.loaded.changes), scenario, asked.reseeded)


def _units(scenario: Scenario, result: SizeResult) -> Iterator[UnitSize]:
    """Give the people of every team of a scenario, in its order."""
    rostered = fte_today(scenario)
    found = {team.unit: team for team in result.teams}
    for name in scenario.teams:
        own = found.get(name)
        yield UnitSize(
            unit=name,
            rostered=rostered[name],
            sized=own.fte if own else rostered[name],
            step=own.step if own else None,
        )
