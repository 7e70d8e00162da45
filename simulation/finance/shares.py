"""The share of messages that replace a call or visit, moved while as many messages come.

Below its own share a strategy gets the same messages, but some replace nothing: whoever sent them
calls all the same. Above it, messages that came on top give way to messages that replace a contact.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.rates import expected_counts
from simulation.contacts.shift import Adoption, Chance, ShiftRules
from simulation.contacts.sources import Group, all_groups
from simulation.contacts.table import Source
from simulation.contacts.timetable import Timetable
from simulation.scenario.demand import Induced
from simulation.scenario.scenario import Scenario

_NOTHING = "replaces_nothing"


@dataclass(frozen=True)
class Messages:
    """Messages that are expected because of a strategy.

    Attributes
    ----------
    replacing : those that replace a contact, by rule of substitution and by reason
    demand : contacts of that reason before any shift, weighed with the adoption of the rule
    on_top : those that exist only because the channel does
    likeliest : the highest probability with which any contact moves
    """

    replacing: dict[str, dict[str, float]]
    demand: dict[str, dict[str, float]]
    on_top: float
    likeliest: float

    @property
    def replaced(self) -> float:
        """All messages that replace a contact."""
        return sum(sum(own.values()) for own in self.replacing.values())

    @property
    def highest(self) -> float:
        """How many times as many messages could replace a contact, at most."""
        return min(1.0 / self.likeliest, 1.0 + self.on_top / self.replaced)


def channels_of(scenario: Scenario, baseline: Scenario) -> tuple[str, ...]:
    """Name the channels to which contacts move because of a strategy."""
    return tuple(
        dict.fromkeys(scenario.shift.substitution[name].to for name in _own(scenario, baseline))
    )


def expected(scenario: Scenario, baseline: Scenario) -> Messages:
    """Count the messages that are expected in a scenario because it is not the baseline.

    Raises
    ------
    ValueError
        When the demand of the scenario cannot be laid out.
    """
    return _Count(scenario, baseline).messages()


def replacing(scenario: Scenario, baseline: Scenario, messages: Messages, times: float) -> Scenario:
    """Give a scenario in which so many times as many messages replace a contact.

    Parameters
    ----------
    scenario, baseline : the strategy, and what it is compared with
    messages : from `expected`
    times : from 0 to ``messages.highest``; 1 leaves the scenario as it is
    """
    if times == 1.0:
        return scenario
    shift, to = scenario.shift, channels_of(scenario, baseline)
    substitution = {
        name: rule.model_copy(update={"stated_to_realised": rule.stated_to_realised * times})
        if name in messages.replacing
        else rule
        for name, rule in shift.substitution.items()
    }
    induced = dict(shift.induced)
    if times < 1.0:
        induced |= dict(_replace_nothing(scenario, messages, 1.0 - times))
    else:
        left = max(0.0, 1.0 - (times - 1.0) * messages.replaced / max(messages.on_top, 1e-9))
        induced = {
            name: _scaled(rule, left) if rule.to in to else rule for name, rule in induced.items()
        }
    moved = shift.model_copy(update={"substitution": substitution, "induced": induced})
    return scenario.model_copy(update={"shift": moved})


def _scaled(rule: Induced, factor: float) -> Induced:
    shares = {reason: share * factor for reason, share in rule.shares.items()}
    return rule.model_copy(update={"shares": shares})


def _replace_nothing(
    scenario: Scenario, messages: Messages, part: float
) -> Iterator[tuple[str, Induced]]:
    """Give rules by which a part of the messages comes although nobody calls less."""
    for place, (name, by_reason) in enumerate(sorted(messages.replacing.items())):
        demand = messages.demand[name]
        shares = {
            reason: min(1.0, part * count / demand[reason])
            for reason, count in by_reason.items()
            if demand.get(reason)
        }
        rule = scenario.shift.substitution[name]
        yield f"{_NOTHING}_{place}", Induced(to=rule.to, shares=shares, adoption=rule.adoption)


def _own(scenario: Scenario, baseline: Scenario) -> list[str]:
    """Name the rules of substitution that the baseline does not have."""
    before = baseline.shift.substitution
    return [name for name, rule in scenario.shift.substitution.items() if before.get(name) != rule]


class _Count:
    """Adds up expected messages, group by group."""

    def __init__(self, scenario: Scenario, baseline: Scenario) -> None:
        self._scenario = scenario
        self._timetable = Timetable(scenario.horizon, scenario.calendar)
        self._rules = {
            name: ShiftRules(_with_one(scenario, name), self._timetable)
            for name in _own(scenario, baseline)
        }
        self._all = ShiftRules(scenario, self._timetable)
        self._to = [list(scenario.channels).index(c) for c in channels_of(scenario, baseline)]

    def messages(self) -> Messages:
        """Count them."""
        told = Messages(
            {name: {} for name in self._rules}, {name: {} for name in self._rules}, 0.0, 0.0
        )
        on_top, likeliest = 0.0, 1e-9
        rates = expected_counts(self._scenario, self._timetable)
        for group in all_groups(self._scenario, rates, self._timetable):
            if group.source == Source.INDUCED:
                on_top += float(group.intervals.mean.sum()) * (group.channel in self._to)
                continue
            likeliest = max(likeliest, self._add(group, told))
        return Messages(told.replacing, told.demand, on_top, likeliest)

    def _add(self, group: Group, told: Messages) -> float:
        """Add the contacts of a group that move; give the highest probability that one does."""
        reason = list(self._scenario.reasons)[group.reason]
        channel = list(self._scenario.channels)[group.channel]
        event = group.source == Source.EVENT
        gone = self._share(self._all.deflection(channel, reason, event=event), group)
        here = group.intervals.mean * (1.0 - gone)
        for name, rules in self._rules.items():
            chances = rules.substitution(channel, reason)
            moved = float((here * self._share(chances, group)).sum())
            own, demand = told.replacing[name], told.demand[name]
            own[reason] = own.get(reason, 0.0) + moved
            if not event:
                ramp = self._scenario.shift.substitution[name].adoption
                grown = Adoption(ramp, self._timetable).at(group.intervals.begin)
                base = float((group.intervals.mean * grown).sum())
                demand[reason] = demand.get(reason, 0.0) + base
        return float(self._share(self._all.substitution(channel, reason), group).max(initial=0.0))

    @staticmethod
    def _share(chances: list[Chance], group: Group) -> NDArray[np.float64]:
        total = np.zeros(len(group.intervals.begin))
        for chance in chances:
            total = total + chance.share * chance.adoption.at(group.intervals.begin)
        return total


def _with_one(scenario: Scenario, name: str) -> Scenario:
    one = {name: scenario.shift.substitution[name]}
    return scenario.model_copy(
        update={"shift": scenario.shift.model_copy(update={"substitution": one})}
    )
