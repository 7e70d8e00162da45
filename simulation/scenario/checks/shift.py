"""Channel shift moves no more contacts than there are."""

from collections.abc import Iterator

from simulation.scenario.demand import Deflection, Ramp, Substitution
from simulation.scenario.problems import Finding, Path
from simulation.scenario.scenario import Scenario

TOLERANCE = 1e-9


def substitution(scenario: Scenario) -> Iterator[Finding]:
    """Find reasons of which more than everything is substituted, when adoption is highest."""
    rules = scenario.shift.substitution
    pairs = {
        (r, c): None for rule in rules.values() for r in rule.willingness for c in rule.channels
    }
    reported: set[str] = set()
    for reason, channel in pairs:
        chances = {name: _chance(rule, reason, channel) for name, rule in rules.items()}
        total = sum(chances.values())
        if total > 1 + TOLERANCE and reason not in reported:
            reported.add(reason)
            path: Path = ("shift", "substitution")
            causes = [name for name, chance in chances.items() if chance]
            yield Finding(
                (*path, causes[0], "willingness", reason) if len(causes) == 1 else path,
                None,
                f"the probability that '{reason}' on '{channel}' shifts comes to {total:.6g}"
                + (f" ({' + '.join(causes)})" if len(causes) > 1 else ""),
                "lower willingness, stated_to_realised, reach or the channel's factor, so that"
                " it is at most 1",
            )


def _chance(rule: Substitution, reason: str, channel: str) -> float:
    reach = 1.0
    if rule.reach is not None:
        offered = rule.reach.offered or ()
        reach = rule.reach.share() if set(offered) <= set(rule.reach.platforms) else 0.0
    return (
        rule.willingness.get(reason, 0.0)
        * rule.stated_to_realised
        * rule.channels.get(channel, 0.0)
        * reach
        * highest(rule.adoption)
    )


def highest(ramp: Ramp | None) -> float:
    """Give the highest share that a ramp reaches."""
    return 1.0 if ramp is None else max(ramp.initial, ramp.final)


def deflection(scenario: Scenario) -> Iterator[Finding]:
    """Find reasons of which more than everything is deflected."""
    rules = scenario.shift.deflection
    for in_event in (False, True):
        for reason in scenario.reasons:
            totals = [
                (
                    sum(_deflected(rule, reason, channel, in_event) for rule in rules.values()),
                    channel,
                )
                for channel in scenario.channels
            ]
            total, channel = max(totals)
            if total > 1 + TOLERANCE:
                yield Finding(
                    ("shift", "deflection"),
                    None,
                    f"{total:.6g} of '{reason}' on '{channel}' is deflected"
                    + (" in events" if in_event else ""),
                    "lower the shares so that they add up to at most 1",
                )


def _deflected(rule: Deflection, reason: str, channel: str, in_event: bool) -> float:
    share = rule.shares.get(reason, 0.0)
    if in_event:
        share = rule.event_shares.get(reason, share)
    factor = rule.channels.get(channel, 0.0) if rule.channels else 1.0
    return share * factor * highest(rule.adoption)
