"""Whoever gets in touch must be able to find somebody."""

from collections.abc import Iterator

from simulation.scenario.channels import Deferred
from simulation.scenario.checks.parts import returns
from simulation.scenario.problems import Finding, show, suggest
from simulation.scenario.scenario import Scenario


def reached(scenario: Scenario) -> dict[str, str]:
    """Give the channels at which contacts can arrive, each with what brings them there."""
    found = _first_attempts(scenario)
    ways = list(_onward(scenario))
    grew = True
    while grew:
        grew = False
        for origin, target, how in ways:
            if origin in found and target not in found:
                found[target] = how
                grew = True
    return found


def _first_attempts(scenario: Scenario) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, stream in scenario.demand.items():
        found.setdefault(stream.channel or name, f"demand.{name}")
    for name, event in scenario.events.items():
        for channel in event.channels:
            found.setdefault(channel, f"events.{name}")
    for name, rule in scenario.shift.substitution.items():
        found.setdefault(rule.to, f"shift.substitution.{name}")
    for name, induced in scenario.shift.induced.items():
        found.setdefault(induced.to, f"shift.induced.{name}")
    for name in scenario.channels:
        if scenario.channels[name].backlog:
            found.setdefault(name, "its backlog")
    return found


def _onward(scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """Give (from, to, how) for each way in which a contact moves on."""
    for path, origin, rule in returns(scenario):
        for target in rule.to:
            yield origin, target, f"{path[-1]} of '{origin}'"
    for origin, channel in scenario.channels.items():
        if channel.transfer is not None:
            yield origin, channel.transfer.to, f"the transfer of '{origin}'"
        if not isinstance(channel, Deferred) and channel.divert is not None:
            yield origin, channel.divert.to, f"the diversion of '{origin}'"


def unserved(scenario: Scenario) -> Iterator[Finding]:
    """Find channels, and sites of channels, that contacts reach and nobody serves."""
    ways = reached(scenario)
    for name, channel in scenario.channels.items():
        teams = [team for team in scenario.teams.values() if name in team.channels]
        if name not in ways:
            continue
        if not teams:
            yield Finding(
                ("channels", name),
                None,
                f"no team serves '{name}', though {ways[name]} brings contacts there",
                f"add '{name}' to the channels of a team",
            )
        elif all(team.sites for team in teams):
            for site in set(channel.sites).difference(*(team.sites for team in teams)):
                yield Finding(
                    ("channels", name, "sites", site),
                    None,
                    f"no team serves the site '{site}'",
                    "add it to the sites of a team",
                )


def ranked_teams(scenario: Scenario) -> Iterator[Finding]:
    """Find teams that a channel ranks and that do not serve it."""
    for name, channel in scenario.channels.items():
        for team in channel.teams:
            if team in scenario.teams and name not in scenario.teams[team].channels:
                yield Finding(
                    ("channels", name, "teams", team),
                    None,
                    f"team '{team}' does not serve '{name}'",
                    f"add '{name}' to its channels",
                )


def sites(scenario: Scenario) -> Iterator[Finding]:
    """Find sites of a team that none of its channels has."""
    for name, team in scenario.teams.items():
        served = [scenario.channels[c] for c in team.channels if c in scenario.channels]
        known = list(dict.fromkeys(site for channel in served for site in channel.sites))
        for site in team.sites:
            if served and site not in known:
                yield Finding(
                    ("teams", name, "sites", site),
                    show(site),
                    "is not a site of a channel that the team serves",
                    suggest(site, known),
                )
