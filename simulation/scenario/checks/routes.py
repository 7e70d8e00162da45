"""Where contacts go on to must be a place of the right kind, and not a circle."""

from collections.abc import Iterator, Mapping

from simulation.scenario.channels import Deferred
from simulation.scenario.checks.parts import returns
from simulation.scenario.problems import Finding, show
from simulation.scenario.scenario import Scenario


def targets(scenario: Scenario) -> Iterator[Finding]:
    """Find transfers, second threads and shifts to a channel that cannot take them."""
    for name, channel in scenario.channels.items():
        transfer = channel.transfer
        if transfer is None or transfer.to not in scenario.channels:
            continue
        if not isinstance(scenario.channels[transfer.to], Deferred):
            yield Finding(
                ("channels", name, "transfer", "to"),
                show(transfer.to),
                "is not a deferred channel",
                "a back office answers later: name a channel with 'kind: deferred'",
            )
    for path, origin, rule in returns(scenario):
        if path[-1] == "after_impatient" and (not rule.to or origin in rule.to):
            yield Finding(
                (*path, "to"),
                None,
                "a second thread goes to another channel",
                f"name channels other than '{origin}'",
            )
    for name, substitution in scenario.shift.substitution.items():
        if substitution.channels.get(substitution.to):
            yield Finding(
                ("shift", "substitution", name, "channels", substitution.to),
                None,
                f"'{substitution.to}' takes contacts over from itself",
                "leave it out",
            )


def circles(scenario: Scenario) -> Iterator[Finding]:
    """Find diversions and transfers that lead back to where they began."""
    diverted = {
        name: channel.divert.to
        for name, channel in scenario.channels.items()
        if not isinstance(channel, Deferred) and channel.divert is not None
    }
    transferred = {
        name: channel.transfer.to
        for name, channel in scenario.channels.items()
        if channel.transfer is not None
    }
    yield from _circles(diverted, "divert")
    yield from _circles(transferred, "transfer")


def _circles(to: Mapping[str, str], key: str) -> Iterator[Finding]:
    """Report each circle once, at its first channel."""
    seen: set[str] = set()
    for start in to:
        chain = [start]
        while chain[-1] in to and to[chain[-1]] not in chain:
            chain.append(to[chain[-1]])
        if to.get(chain[-1]) == start and not seen & set(chain):
            seen |= set(chain)
            yield Finding(
                ("channels", start, key, "to"),
                show(to[start]),
                f"makes a circle ({' -> '.join([*chain, start])})",
                "let one of them lead elsewhere",
            )


def lines(scenario: Scenario) -> Iterator[Finding]:
    """Find lines of messages, and channels that are in two groups of lines."""
    groups: dict[str, str] = {}
    for name, group in scenario.lines.items():
        for place, channel in enumerate(group.channels):
            path = ("lines", name, "channels", place)
            if isinstance(scenario.channels.get(channel), Deferred):
                yield Finding(
                    path, show(channel), "is a deferred channel", "a message needs no line"
                )
            if channel in groups:
                yield Finding(
                    path, show(channel), f"already uses the lines '{groups[channel]}'", "choose one"
                )
            groups[channel] = name


def norms(scenario: Scenario) -> Iterator[Finding]:
    """Find norms whose time is not measured on their kind of channel."""
    for name, norm in scenario.norms.items():
        channel = scenario.channels.get(norm.channel)
        if channel is None:
            continue
        deferred = isinstance(channel, Deferred)
        if deferred and norm.within is not None:
            yield Finding(
                ("norms", name, "within"),
                None,
                f"'{norm.channel}' is a deferred channel, whose time is counted in working hours",
                "use 'within_working_time' or 'within_working_days'",
            )
        if not deferred and norm.within is None:
            days = norm.within_working_days is not None
            yield Finding(
                ("norms", name, "within_working_days" if days else "within_working_time"),
                None,
                f"on '{norm.channel}' somebody is waiting, by the clock",
                "use 'within'",
            )
