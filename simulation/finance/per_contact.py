"""What a contact and a resolved question cost, by channel: in full, and what is avoidable of it.

The full cost is all of the yearly bill: it answers what a channel costs. The avoidable cost is what
ends when work ends: it answers what a contact less can save, at most. They stand side by side so
that nobody multiplies the wrong one.

Pay goes to channels by the hours that a team is busy on them, and what is idle goes with it. Where
teams share channels, hours of teams and hours of channels are brought together by proportional
fitting (Deming and Stephan 1940, Annals of Mathematical Statistics 11:427-444). A channel to which
nobody comes unsent, such as a back office, is paid by the channels that pass questions on to it.
What has no channel, such as publishing, stands apart.

Both go by the hours that are needed. A budget pays whole contracts, also those that are not needed
any more; what a contact costs by these stands beside it.
"""

from collections.abc import Iterator, Mapping
from math import fsum
from typing import Any

from simulation.comparison.document import CostLine, ScenarioResult
from simulation.comparison.statistics import estimate
from simulation.finance.document import ScenarioYear
from simulation.finance.document_contacts import (
    ApartCost,
    ChannelCost,
    ContactCosts,
    PaidChannel,
    PaidContacts,
)

_ROUNDS = 200
_PASSES = 20
Weights = Mapping[str, float]
"""Share by channel; adds up to 1, or is empty where nothing has a channel."""


def contact_costs(result: ScenarioResult) -> ContactCosts:
    """Give what contacts of a scenario cost.

    Parameters
    ----------
    result : with its measures and the lines of its bill
    """
    own = _Allocation(result)
    total: dict[str, list[tuple[float, bool]]] = {channel: [] for channel in own.channels}
    apart: dict[str, list[tuple[float, bool]]] = {}
    for line in result.lines:
        if not line.structural:
            continue
        amount = own.mean(f"costs.lines.{line.name}")
        weights = own.weights(line)
        for channel, share in weights.items():
            total[channel].append((amount * share, line.avoidable))
        if not weights and amount:
            apart.setdefault(line.group, []).append((amount, line.avoidable))
    return ContactCosts(
        letter=result.letter,
        channels=tuple(own.channel_cost(name, parts) for name, parts in total.items()),
        apart=tuple(
            ApartCost(group=group, full=_full(parts), avoidable=_avoidable(parts))
            for group, parts in apart.items()
        ),
    )


def paid_contacts(result: ScenarioResult, year: ScenarioYear) -> PaidContacts:
    """Give what contacts of a scenario cost in full by the contracts that are paid in a year.

    Parameters
    ----------
    result : with its measures and the lines of its bill
    year : with the people who are paid
    """
    own, paid = _Allocation(result), {team.team: team.paid_fte for team in year.teams}
    total = dict.fromkeys(own.channels, 0.0)
    for line in result.lines:
        if line.structural:
            amount = own.mean(f"costs.lines.{line.name}")
            if line.unit == "fte_year":
                needed = own.mean(f"costs.quantities.{line.name}")
                amount = line.rate * paid.get(line.group.removeprefix("staff."), needed)
            for channel, share in own.weights(line).items():
                total[channel] += amount * share
    return PaidContacts(
        letter=result.letter,
        year=year.year,
        channels=tuple(own.paid_channel(channel, full) for channel, full in total.items()),
    )


def shares(result: ScenarioResult) -> dict[str, Weights]:
    """Give the share of each channel in every structural line of a bill, by the line's name."""
    own = _Allocation(result)
    return {line.name: own.weights(line) for line in result.lines if line.structural}


def _full(parts: list[tuple[float, bool]]) -> float:
    return fsum(amount for amount, _ in parts)


def _avoidable(parts: list[tuple[float, bool]]) -> float:
    return fsum(amount for amount, avoidable in parts if avoidable)


class _Allocation:
    """Which part of a line goes to which channel."""

    def __init__(self, result: ScenarioResult) -> None:
        self._result = result
        self._passed_on = {
            channel: self._sources(channel)
            for channel in result.scenario["channels"]
            if not self.mean(f"channels.{channel}.first_attempts")
        }
        self._hours = self._fitted()

    @property
    def channels(self) -> list[str]:
        """Channels to which people come by themselves."""
        return [name for name in self._result.scenario["channels"] if not self._passed_on.get(name)]

    def mean(self, path: str) -> float:
        """Give the mean of a measure; 0 where it does not exist."""
        estimate = self._result.measures.get(path)
        return estimate.mean if estimate else 0.0

    def weights(self, line: CostLine) -> Weights:
        """Give the share of each channel in a line."""
        kind, _, name = line.name.partition(".")
        costs = self._result.scenario["costs"]
        if kind == "staff":
            return self._of_team(line.group.removeprefix("staff."))
        if kind == "contact":
            return self._entered({costs["per_contact"][name]["channel"]: 1.0})
        team = costs["per_month"][name]["team"]
        return self._of_team(team) if team else {}

    def channel_cost(self, name: str, parts: list[tuple[float, bool]]) -> ChannelCost:
        """Put down what the contacts of a channel cost together, and each."""
        contacts, resolved = self._counted(name)
        full, avoidable = _full(parts), _avoidable(parts)
        return ChannelCost(
            channel=name,
            contacts=contacts,
            resolved=resolved,
            full=full,
            avoidable=avoidable,
            full_per_contact=full / contacts if contacts else None,
            full_per_contact_half=self._half(name, full, contacts),
            avoidable_per_contact=avoidable / contacts if contacts else None,
            full_per_resolved=full / resolved if resolved else None,
            avoidable_per_resolved=avoidable / resolved if resolved else None,
        )

    def paid_channel(self, name: str, full: float) -> PaidChannel:
        """Put down what the contacts of a channel cost each, where they cost so much together."""
        contacts, resolved = self._counted(name)
        return PaidChannel(
            channel=name,
            full=full,
            full_per_contact=full / contacts if contacts else None,
            full_per_resolved=full / resolved if resolved else None,
        )

    def _counted(self, name: str) -> tuple[float, float]:
        """Give how many contacts of a channel were answered, and how many of these resolved."""
        contacts = self.mean(f"channels.{name}.answered")
        return contacts, contacts * self.mean(f"channels.{name}.resolution")

    def _half(self, name: str, full: float, contacts: float) -> float | None:
        """Give the half-width of the interval of full cost / contacts.

        That of a ratio of means (Cochran 1977, Sampling Techniques, 2.11), in which the channel has
        its mean share of the full cost of every replication: lines are not kept for each of them.
        """
        bill = self.mean("costs.full")
        if not contacts or not bill:
            return None
        pairs = zip(
            self._result.raw.get("costs.full", ()),
            self._result.raw.get(f"channels.{name}.answered", ()),
            strict=False,
        )
        each = [
            (full / bill * cost - full / contacts * answered) / contacts
            for cost, answered in pairs
            if cost is not None and answered is not None
        ]
        found = estimate(each) if each else None
        return None if found is None or found.high is None else found.high - found.mean

    def _of_team(self, team: str) -> Weights:
        hours = {channel: own for (name, channel), own in self._hours.items() if name == team}
        total = fsum(hours.values())
        return self._entered(
            {channel: own / total for channel, own in hours.items()} if total else {}
        )

    def _entered(self, weights: Weights) -> Weights:
        """Bring what was passed on back to the channels at which it came in."""
        for _ in range(_PASSES):
            if not any(self._passed_on.get(channel) for channel in weights):
                break
            back: dict[str, float] = {}
            for channel, share in weights.items():
                for source, part in (self._passed_on.get(channel) or {channel: 1.0}).items():
                    back[source] = back.get(source, 0.0) + share * part
            weights = back
        return weights

    def _sources(self, channel: str) -> Weights:
        """Give the channels that pass questions on to one, by how many they do."""
        passed = {
            name: sum(self._transferred(name, own["transfer"]))
            for name, own in self._result.scenario["channels"].items()
            if own.get("transfer") and own["transfer"]["to"] == channel
        }
        total = fsum(passed.values())
        return {name: own / total for name, own in passed.items() if own} if total else {}

    def _transferred(self, channel: str, transfer: Mapping[str, Any]) -> Iterator[float]:
        for reason in self._result.scenario["reasons"]:
            answered = self.mean(f"channels.{channel}.reasons.{reason}.answered")
            yield answered * transfer["by_reason"].get(reason, transfer["probability"])

    def _fitted(self) -> dict[tuple[str, str], float]:
        """Give the hours of each team on each channel."""
        teams = self._result.scenario["teams"]
        fitted = {
            (team, channel): self.mean(f"channels.{channel}.handling_hours")
            for team, own in teams.items()
            for channel in own["channels"]
        }
        busy = {team: self.mean(f"teams.{team}.busy_hours") for team in teams}
        work = {name: self.mean(f"channels.{name}.handling_hours") for _, name in fitted}
        for _ in range(_ROUNDS):
            _scaled(fitted, 1, work)
            _scaled(fitted, 0, busy)
        return fitted


def _scaled(fitted: dict[tuple[str, str], float], side: int, wanted: Mapping[str, float]) -> None:
    """Scale rows (side 0) or columns (side 1) of a table to the sums that are wanted."""
    sums: dict[str, float] = {}
    for pair, hours in fitted.items():
        sums[pair[side]] = sums.get(pair[side], 0.0) + hours
    for pair in fitted:
        if sums[pair[side]]:
            fitted[pair] *= wanted[pair[side]] / sums[pair[side]]
