"""Parts of an organisation that have nothing to do with each other, so that one is played alone.

Channels belong together when a team serves both, when they share lines, or when citizens or
questions go from one to the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulation.contacts.table import Contacts
from simulation.scenario.channels import Channel, Deferred
from simulation.scenario.scenario import Scenario


@dataclass(frozen=True)
class Part:
    """Channels that belong together, with their teams and norms, by name."""

    channels: frozenset[str]
    teams: frozenset[str]
    norms: tuple[str, ...]


def parts(scenario: Scenario) -> tuple[Part, ...]:
    """Take a scenario apart; in the order of the first channel of each part."""
    together = {name: {name} for name in scenario.channels}
    for one, other in _links(scenario):
        if together[one] is not together[other]:
            together[one] |= together[other]
            for name in together[other]:
                together[name] = together[one]
    distinct = {id(channels): channels for channels in together.values()}
    return tuple(_part(scenario, frozenset(channels)) for channels in distinct.values())


def only(contacts: Contacts, scenario: Scenario, part: Part) -> Contacts:
    """Give the contacts that first come through the channels of a part."""
    wanted = np.array([name in part.channels for name in scenario.channels])[contacts.channel]
    if wanted.all():
        return contacts
    columns = {
        name: column[wanted]
        for name, column in vars(contacts).items()
        if column.ndim == 1 and len(column) == len(wanted)
    }
    return replace(contacts, **columns)


def _part(scenario: Scenario, channels: frozenset[str]) -> Part:
    return Part(
        channels,
        frozenset(name for name, team in scenario.teams.items() if channels & set(team.channels)),
        tuple(name for name, norm in scenario.norms.items() if norm.channel in channels),
    )


def _links(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Give pairs of channels of which what happens in one can be felt in the other."""
    for name, channel in scenario.channels.items():
        for target in _targets(channel):
            yield name, target
    groups = [list(team.channels) for team in scenario.teams.values()]
    groups += [list(lines.channels) for lines in scenario.lines.values()]
    for group in groups:
        for other in group[1:]:
            yield group[0], other


def _targets(channel: Channel) -> Iterator[str]:
    returns = [channel.after_unresolved]
    if channel.transfer is not None:
        yield channel.transfer.to
    if isinstance(channel, Deferred):
        returns.append(channel.after_impatient)
    else:
        returns += [
            channel.after_abandoned,
            channel.after_blocked,
            channel.after_closed,
            channel.after_sent_away,
        ]
        if channel.divert is not None:
            yield channel.divert.to
    for rule in returns:
        yield from rule.to if rule is not None else ()
