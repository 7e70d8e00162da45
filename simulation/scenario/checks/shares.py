"""Shares of a whole add up to 1, and a whole has something to share."""

from collections.abc import Iterator, Mapping

from simulation.scenario.checks.parts import returns
from simulation.scenario.problems import Finding, Path
from simulation.scenario.scenario import Scenario

TOLERANCE = 1e-6


def shares(scenario: Scenario) -> Iterator[Finding]:
    """Find shares that should add up to 1 and do not."""
    for path, parts in _wholes(scenario):
        total = sum(parts.values())
        if parts and abs(total - 1) > TOLERANCE:
            yield Finding(
                path,
                None,
                f"the shares add up to {total:.6g}",
                "change them so that they add up to 1",
            )


def _wholes(scenario: Scenario) -> Iterator[tuple[Path, Mapping[str, float]]]:
    for name, stream in scenario.demand.items():
        yield ("demand", name, "reasons"), stream.reasons
    for name, event in scenario.events.items():
        yield ("events", name, "reasons"), event.reasons
        yield ("events", name, "channels"), event.channels
    for name, channel in scenario.channels.items():
        yield ("channels", name, "sites"), channel.sites
    for path, _, rule in returns(scenario):
        yield (*path, "to"), rule.to


def which_reason(scenario: Scenario) -> Iterator[Finding]:
    """Find streams and events without reasons where there are several to choose from."""
    if len(scenario.reasons) < 2:  # noqa: PLR2004 - one reason needs no choice
        return
    for section, parts in (("demand", scenario.demand), ("events", scenario.events)):
        for name, part in parts.items():
            if not part.reasons:
                yield Finding(
                    (section, name),
                    None,
                    f"'reasons' is missing although there are {len(scenario.reasons)} reasons",
                    "give the share of each: " + ", ".join(scenario.reasons),
                )
    for name, event in scenario.events.items():
        if not event.channels:
            yield _without_channels(name)


def _without_channels(name: str) -> Finding:
    return Finding(
        ("events", name, "channels"), None, "no channel is named", "give the share of each channel"
    )


def unspread_volume(scenario: Scenario) -> Iterator[Finding]:
    """Find yearly volumes whose rhythm is 0 everywhere."""
    for name, stream in scenario.demand.items():
        rhythms = {
            "season": stream.season,
            "weekdays": stream.weekdays,
            "hours": [value for block in stream.hours for value in block.values()] or None,
        }
        for key, weights in rhythms.items():
            if weights is not None and not any(weights) and stream.yearly:
                yield Finding(
                    ("demand", name, key), None, "is 0 throughout", "make some part above 0"
                )
