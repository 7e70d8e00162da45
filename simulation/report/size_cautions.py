"""What a reader of a size has to know beside it: contracts, chance, and channels without a norm."""

from collections.abc import Iterator

from simulation.report.planner import planner
from simulation.report.reader import Reader
from simulation.scenario.channels import Deferred
from simulation.scenario.load import validate
from simulation.sizing.document import SizeResult


def cautions(result: SizeResult, reader: Reader) -> Iterator[str]:
    """Give the sentences, the most urgent first."""
    yield from _without_norm(result, reader)
    yield reader("size.contracts")
    yield reader("size.chance")


def _without_norm(result: SizeResult, reader: Reader) -> Iterator[str]:
    """Name the channels with people who wait, for which no norm counts, by team."""
    scenario = validate(result.scenario)
    own = planner(reader, scenario, "")
    counted = {norm.channel for norm in scenario.norms.values() if norm.counts}
    for team in dict.fromkeys(each.team for each in result.teams):
        free = [
            own.channel(name)
            for name in scenario.teams[team].channels
            if name not in counted and not isinstance(scenario.channels[name], Deferred)
        ]
        if free:
            yield reader("size.unnamed", channels=reader.listing(free), team=own.team(team))
