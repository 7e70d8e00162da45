"""Names that refer to something must be names of something."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from simulation.scenario.channels import Deferred
from simulation.scenario.checks.parts import everything, returns
from simulation.scenario.demand import Reach
from simulation.scenario.problems import Finding, Path, show, suggest
from simulation.scenario.scenario import Scenario


class Reference(NamedTuple):
    """A name, and what it should be the name of."""

    path: Path
    kind: str
    name: str


def unknown_names(scenario: Scenario) -> Iterator[Finding]:
    """Find names of channels, reasons, teams, pay scales and platforms that do not exist."""
    known: dict[str, Iterable[str]] = {
        "channel": scenario.channels,
        "reason": scenario.reasons,
        "team": scenario.teams,
        "pay scale": scenario.costs.pay_scales if scenario.costs else (),
    }
    for path, kind, name in _references(scenario):
        if name not in known[kind]:
            yield Finding(path, show(name), f"is not a {kind}", suggest(name, known[kind]))
    yield from _unnamed_channels(scenario)
    yield from _platforms(scenario)


def _unnamed_channels(scenario: Scenario) -> Iterator[Finding]:
    for name, stream in scenario.demand.items():
        if stream.channel is None and name not in scenario.channels:
            yield Finding(
                ("demand", name),
                None,
                f"no channel is called '{name}'",
                f"name one with 'channel:'; {suggest(name, scenario.channels)}",
            )


def _platforms(scenario: Scenario) -> Iterator[Finding]:
    for path, part in everything(scenario.shift, ("shift",)):
        if isinstance(part, Reach) and part.offered is not None:
            for place, name in enumerate(part.offered):
                here = (*path, "offered", place)
                if name not in part.platforms:
                    yield Finding(
                        here, show(name), "is not a platform", suggest(name, part.platforms)
                    )
                elif name in part.offered[:place]:
                    yield Finding(here, show(name), "is offered twice", "name it once")


def _references(scenario: Scenario) -> Iterator[Reference]:
    yield from _of_demand(scenario)
    yield from _of_shift(scenario)
    yield from _of_channels(scenario)
    yield from _of_teams(scenario)
    yield from _of_costs(scenario)
    yield from _of_finance(scenario)
    for name, group in scenario.lines.items():
        for place, channel in enumerate(group.channels):
            yield Reference(("lines", name, "channels", place), "channel", channel)
    for name, norm in scenario.norms.items():
        yield Reference(("norms", name, "channel"), "channel", norm.channel)


def _keys(path: Path, kind: str, names: Iterable[str]) -> Iterator[Reference]:
    for name in names:
        yield Reference((*path, name), kind, name)


def _of_demand(scenario: Scenario) -> Iterator[Reference]:
    for name, stream in scenario.demand.items():
        if stream.channel is not None:
            yield Reference(("demand", name, "channel"), "channel", stream.channel)
        yield from _keys(("demand", name, "reasons"), "reason", stream.reasons)
    for name, event in scenario.events.items():
        yield from _keys(("events", name, "reasons"), "reason", event.reasons)
        yield from _keys(("events", name, "channels"), "channel", event.channels)


def _of_shift(scenario: Scenario) -> Iterator[Reference]:
    shift = scenario.shift
    yield from _keys(("shift", "trend"), "channel", shift.trend)
    for name, deflection in shift.deflection.items():
        at: Path = ("shift", "deflection", name)
        yield from _keys((*at, "shares"), "reason", deflection.shares)
        yield from _keys((*at, "event_shares"), "reason", deflection.event_shares)
        yield from _keys((*at, "channels"), "channel", deflection.channels)
    for name, rule in shift.substitution.items():
        at = ("shift", "substitution", name)
        yield Reference((*at, "to"), "channel", rule.to)
        yield from _keys((*at, "willingness"), "reason", rule.willingness)
        yield from _keys((*at, "channels"), "channel", rule.channels)
    for name, induced in shift.induced.items():
        at = ("shift", "induced", name)
        yield Reference((*at, "to"), "channel", induced.to)
        yield from _keys((*at, "shares"), "reason", induced.shares)


def _of_channels(scenario: Scenario) -> Iterator[Reference]:
    for name, channel in scenario.channels.items():
        at = ("channels", name)
        yield from _keys((*at, "teams"), "team", channel.teams)
        yield from _keys((*at, "handling_by_reason"), "reason", channel.handling_by_reason)
        yield from _keys((*at, "resolution_by_reason"), "reason", channel.resolution_by_reason)
        if channel.transfer is not None:
            yield Reference((*at, "transfer", "to"), "channel", channel.transfer.to)
            by_reason = channel.transfer.by_reason
            yield from _keys((*at, "transfer", "by_reason"), "reason", by_reason)
        if not isinstance(channel, Deferred) and channel.divert is not None:
            yield Reference((*at, "divert", "to"), "channel", channel.divert.to)
    for path, _, rule in returns(scenario):
        yield from _keys((*path, "to"), "channel", rule.to)


def _of_teams(scenario: Scenario) -> Iterator[Reference]:
    for name, team in scenario.teams.items():
        at = ("teams", name)
        yield from _keys((*at, "channels"), "channel", team.channels)
        for channel, service in team.channels.items():
            here = (*at, "channels", channel, "handling_factor_by_reason")
            yield from _keys(here, "reason", service.handling_factor_by_reason)
        if scenario.costs is not None and team.pay_scale is not None:
            yield Reference((*at, "pay_scale"), "pay scale", team.pay_scale)


def _of_costs(scenario: Scenario) -> Iterator[Reference]:
    if scenario.costs is None:
        return
    for name, line in scenario.costs.per_contact.items():
        yield Reference(("costs", "per_contact", name, "channel"), "channel", line.channel)
    for name, month in scenario.costs.per_month.items():
        if month.team is not None:
            yield Reference(("costs", "per_month", name, "team"), "team", month.team)


def _of_finance(scenario: Scenario) -> Iterator[Reference]:
    if scenario.finance is not None:
        yield from _keys(("finance", "workforce"), "team", scenario.finance.workforce)
