"""A stored size, read back: bytes that may have been cut off, edited or made by anybody."""

from collections.abc import Container, Iterator

from pydantic import ValidationError

from simulation.comparison.references import Flaw
from simulation.comparison.stored import NotAResult, misshapen, read_as
from simulation.scenario.load import validate
from simulation.scenario.problems import show
from simulation.scenario.scenario import Scenario
from simulation.sizing.document import FORMAT, SizeResult


def read_size(content: bytes) -> SizeResult:
    """Read a size.

    Raises
    ------
    NotAResult
        With everything that is wrong with it.
    """
    result = read_as(content, SizeResult, FORMAT)
    try:
        scenario = validate(result.scenario)
    except ValidationError as error:
        flaws = misshapen(error, result.scenario)
        raise NotAResult([Flaw(f"scenario.{each.place}", each.problem) for each in flaws]) from None
    flaws = list(_unknown(result, scenario))
    if flaws:
        raise NotAResult(flaws)
    return result


def _unknown(result: SizeResult, scenario: Scenario) -> Iterator[Flaw]:
    """Name the teams, channels and norms that the scenario does not have."""
    if not result.teams:
        yield Flaw("teams", "is empty")
    for place, name, known in _named(result, scenario):
        if name not in known:
            yield Flaw(place, f"{show(name)} is not in the scenario")


def _named(result: SizeResult, scenario: Scenario) -> Iterator[tuple[str, str, Container[str]]]:
    for place, team in enumerate(result.teams):
        yield f"teams.{place}.team", team.team, scenario.teams
        for number, norm in enumerate(team.norms):
            yield f"teams.{place}.norms.{number}", norm, scenario.norms
    for place, name in enumerate(result.kept):
        yield f"kept.{place}", name, scenario.teams
    for room in ("open_work", "answers") if result.week is not None else ():
        for place, each in enumerate(getattr(result.week, room)):
            yield f"week.{room}.{place}.channel", each.channel, scenario.channels
    for place, channel in enumerate(result.peak.channels if result.peak is not None else ()):
        yield f"peak.channels.{place}.channel", channel.channel, scenario.channels
