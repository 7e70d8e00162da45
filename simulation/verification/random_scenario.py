"""Random scenarios, small but rich: every feature of the model may be on.

They are plain data as in a file, valid by construction, about a few hundred contacts in one to
three days. They are there for whoever has to show that something holds in every run, or that two
engines agree. `Dice` decides: seeded ones here, those of hypothesis in the tests.
"""

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, TypeVar

Choice = TypeVar("Choice")

Data = dict[str, Any]


class Dice(ABC):
    """All that is random about a scenario."""

    @abstractmethod
    def whole(self, low: int, high: int) -> int:
        """Draw a whole number, both bounds included."""

    def pick(self, options: Sequence[Choice]) -> Choice:
        """Draw one of some options."""
        return options[self.whole(0, len(options) - 1)]

    def coin(self) -> bool:
        """Toss a coin."""
        return self.whole(0, 1) == 1


class Seeded(Dice):
    """Dice that fall the same way for the same seed and number."""

    def __init__(self, seed: int, number: int) -> None:
        self._random = random.Random(f"{seed}/{number}")

    def whole(self, low: int, high: int) -> int:
        """Draw a whole number, both bounds included."""
        return low + int(self._random.random() * (high - low + 1))


REASONS = ("question", "report")
SITES = ("north", "south")


def _seconds(dice: Dice, low: int, high: int) -> str:
    """Draw a duration, often a round one so that things happen at the same instant."""
    if dice.coin():
        return f"{dice.whole(-(-low // 60), max(1, high // 60))} minutes"
    return f"{dice.whole(low, high)} s"


def _durations(dice: Dice, low: int, high: int) -> Data:
    """Draw a distribution with a mean between two numbers of seconds."""
    mean = _seconds(dice, low, high)
    cv = dice.pick([0.5, 1.0, 1.8])
    families: list[Data] = [
        {"family": "exponential", "mean": mean},
        {"family": "gamma", "mean": mean, "cv": cv},
        {"family": "erlang", "mean": mean, "stages": 3},
        {"family": "lognormal", "mean": mean, "cv": cv},
        {"family": "weibull", "mean": mean, "cv": cv},
        {"family": "hyperexponential", "mean": mean, "cv": 1.7},
        {"family": "uniform", "low": "0 s", "high": mean},
        {"family": "deterministic", "mean": mean},
        {"family": "empirical", "observed": [mean, "45 s", "2 minutes"]},
    ]
    distribution = dice.pick(families)
    if dice.coin():
        distribution["zero_share"] = dice.pick([0.1, 0.3])
    if dice.coin():
        distribution["cap"] = "20 minutes"
    if dice.whole(0, 3) == 0:
        distribution["by_arrival"] = [{"from": "10:00", "until": "11:00", "factor": 1.5}]
    return distribution


HOURS: list[Any] = [
    "always",
    [{"from": "09:00", "until": "12:00"}],
    [{"from": "09:00", "until": "10:30"}, {"from": "11:00", "until": "13:00"}],
    [{"days": "wed, thu", "from": "08:00", "until": "12:00"}],
]
"""Opening hours; the last leave days on which a channel is closed."""


def _roster(dice: Dice, *, least: int = 0) -> list[Data]:
    """Draw a roster that rises and drops, also in the middle of opening hours."""
    kind = dice.whole(0, 3)
    if kind == 0:
        return [{"heads": dice.whole(max(1, least), 4)}]
    if kind == 1:
        return [{"from": "09:00", "until": "12:00", "heads": dice.whole(1, 4)}]
    steps = [dice.whole(least, 4) for _ in range(dice.whole(4, 8))]
    every = dice.pick(["15 minutes", "30 minutes", "1 hour"])
    return [{"from": "09:00", "every": every, "heads": steps}]


def _coming_back(dice: Dice, targets: Sequence[str]) -> Data:
    """Draw a rule of trying again."""
    probability, kind = dice.pick([0.3, 0.8, 1.0]), dice.whole(0, 2)
    delay: Data = {"family": "deterministic", "mean": ("0 s", "5 minutes", "")[kind]}
    if kind == 2:  # noqa: PLR2004
        delay = _durations(dice, 60, 3_600)
    rule: Data = {"probability": probability, "delay": delay}
    if dice.coin() or len(targets) == 1:
        first = dice.pick(targets)
        others = [target for target in targets if target != first]
        two = bool(others) and dice.coin()
        rule["to"] = {first: 0.4, dice.pick(others): 0.6} if two else {first: 1.0}
    return rule


class _Writer:
    """Draws the parts of one scenario that refer to each other."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.kinds = {"phone": "live", "counter": "live", "mail": "deferred", "office": "deferred"}
        if self.maybe():
            self.kinds["chat"] = "chat"
        self.names = list(self.kinds)
        self.reachable = [name for name in self.names if name != "office"]
        self.with_sites = self.maybe()

    def maybe(self, one_in: int = 2) -> bool:
        """Toss a coin."""
        return self.dice.whole(1, one_in) == one_in

    def channel(self, name: str) -> Data:
        """Write one channel."""
        dice, kind = self.dice, self.kinds[name]
        channel: Data = {
            "kind": kind,
            "open": dice.pick(HOURS[:-1] if kind == "deferred" else HOURS),
            "handling": _durations(dice, 60, 600),
            "resolution": dice.pick([1.0, 1.0, 0.7]),
            "backlog": dice.pick([0, 0, 3, 8]),
        }
        if self.maybe():
            channel["patience"] = _durations(dice, 30, 600 if kind != "deferred" else 7_200)
        if self.maybe():
            channel["wrap_up"] = _durations(dice, 20, 90)
        if self.maybe(3):
            channel["extra_effort"] = {"signing": "15 s"}
        if self.maybe(3):
            channel["handling_by_reason"] = {"report": _durations(dice, 60, 400)}
            channel["resolution_by_reason"] = {"report": 0.5}
        if self.maybe(3):
            channel["holidays"] = "open"
        if name == "counter" and self.with_sites:
            channel["sites"] = {"north": 0.6, "south": 0.4}
        if self.maybe():
            channel["after_unresolved"] = _coming_back(dice, self.reachable)
        if kind == "deferred":
            others = [each for each in self.reachable if each != name]
            if "patience" in channel and self.maybe():
                rule = _coming_back(dice, others)
                channel["after_impatient"] = {"to": {others[0]: 1.0}, **rule}
        else:
            self._waiting(name, channel)
        if kind == "chat":
            channel["slowdown"] = dice.pick([[1], [1, 1.3], [1, 1.3, 1.7], [1.2, 1.2]])
        if name != "office" and self.maybe(3):
            channel["transfer"] = {
                "to": "office",
                "probability": dice.pick([0.2, 0.5]),
                "by_reason": {"report": 0.8},
            }
        return channel

    def _waiting(self, name: str, channel: Data) -> None:
        dice = self.dice
        if self.maybe():
            channel["queue_capacity"] = dice.whole(0, 5)
        if name == "phone" and self.maybe(3):
            channel["divert"] = {"after": _seconds(dice, 0, 300), "to": "mail"}
        channel["at_closing"] = dice.pick(["serve", "send_away", "send_away"])
        for cause in ("abandoned", "blocked", "closed", "sent_away"):
            if self.maybe():
                channel[f"after_{cause}"] = _coming_back(dice, self.reachable)

    def service(self) -> Data:
        """Write how a team serves a channel."""
        service: Data = {"rank": self.dice.pick([1, 1, 2])}
        if self.maybe():
            service["handling_factor"] = self.dice.pick([0.8, 1.25])
        if self.maybe():
            service["handling_factor_by_reason"] = {"report": 1.1}
        return service

    def teams(self) -> Data:
        """Write the teams: a blended one, one for the counter, one behind, one of publishers."""
        dice = self.dice
        blended = {"phone": self.service(), "mail": self.service()}
        if "chat" in self.kinds:
            blended["chat"] = self.service()
        counter: Data = {"channels": {"counter": self.service()}}
        if self.maybe():
            counter["channels"]["phone"] = self.service()
        if self.with_sites and self.maybe():
            counter["sites"] = {site: _roster(dice) for site in SITES}
        else:
            counter["roster"] = _roster(dice)
        teams: Data = {
            "blended": {
                "roster": _roster(dice, least=1),
                "channels": blended,
                "reserve": dice.whole(0, 2),
            },
            "desk": counter,
            "behind": {"roster": [{"heads": 2}], "channels": {"office": {}, "mail": {"rank": 2}}},
            "publishers": {"roster": [{"from": "09:00", "until": "11:00", "heads": 1}]},
        }
        for team in teams.values():
            team["pay_scale"] = "s8"
            team["shrinkage"] = dice.pick([0.0, 0.25])
            if self.maybe(3):
                team["absence"] = {"share": 0.2, "spell": "2 days"}
            if self.maybe(4):
                team["minimum_crew"] = 2
            if self.maybe(3):
                team["holidays"] = "on"
        return teams

    def demand(self) -> Data:
        """Write the streams."""
        dice = self.dice
        half = {"question": 0.6, "report": 0.4}
        demand: Data = {
            "phone": {
                "reasons": half,
                "rates": [{"from": "08:30", "until": "12:30", "per_hour": dice.whole(5, 90)}],
            },
            "counter": {
                "reasons": {"question": 1.0},
                "yearly": dice.whole(5_000, 40_000),
                "weekdays": [1, 1, 1, 1, 1, 0.2, 0],
                "hours": [{"from": "09:00", "weight": [1, 2, 1.5]}],
                "on_closed_days": dice.pick(["lost", "next_open_day", "comes"]),
            },
            "mail": {"reasons": half, "rates": [{"per_hour": dice.whole(1, 6)}]},
        }
        if "chat" in self.kinds:
            demand["chat"] = {
                "reasons": half,
                "rates": [{"from": "09:00", "until": "12:00", "per_hour": dice.whole(5, 90)}],
            }
        return demand

    def shift(self) -> Data:
        """Write channel shift."""
        ramp = {"start": "2026-04-02", "duration": "2 days", "initial": 0.3}
        shift: Data = {}
        if self.maybe():
            shift["trend"] = {"phone": {"yearly_change": -0.1, "since": "2024-01-01"}}
        if self.maybe():
            shift["deflection"] = {
                "site": {
                    "shares": {"question": 0.2},
                    "event_shares": {"question": 0.5},
                    "adoption": ramp,
                },
                "flyer": {"shares": {"report": 0.1}, "channels": {"phone": 1, "mail": 0.5}},
            }
        if self.maybe():
            shift["substitution"] = {
                "social": {
                    "to": "mail",
                    "willingness": {"question": 0.5, "report": 0.3},
                    "stated_to_realised": 0.8,
                    "channels": {"phone": 1.0, "counter": 0.5},
                    "reach": {"platforms": {"a": 0.7, "b": 0.5}, "overlap": 0.4},
                    "adoption": ramp,
                    **(
                        {"hours": [{"from": "07:00", "weight": [1, 3, 2, 1]}]}
                        if self.maybe()
                        else {}
                    ),
                }
            }
        if self.maybe():
            shift["induced"] = {"extra": {"to": "mail", "shares": {"question": 0.15}}}
        return shift

    def write(self) -> Data:
        """Write the scenario."""
        dice = self.dice
        # Tuesday, Wednesday and Thursday; Good Friday is 3 April 2026.
        start = dice.pick(["2026-03-31 08:00", "2026-04-01", "2026-04-02 08:00"])
        strike = ["2026-04-03"] if self.maybe(4) else []
        length = dice.pick([30, 50])
        data: Data = {
            "kanaalkompas": 1,
            "title": "Random",
            "seed": dice.whole(1, 1_000),
            "replications": 1,
            "horizon": {
                "start": start,
                "length": f"{length} hours",
                "warm_up": dice.pick(["0 s", "2 hours", "10 hours"]),
                "run_out": dice.pick(["drain", "cut"]),
            },
            "calendar": {
                "public_holidays": dice.pick(["none", "NL"]),
                "good_friday_open": dice.coin(),
                "closed": strike,
            },
            "reasons": {reason: {} for reason in REASONS},
            "demand": self.demand(),
            "variation": {
                "year_cv": dice.pick([0.0, 0.1]),
                "day_cv": dice.pick([0.0, 0.3]),
                "day_autocorrelation": dice.pick([0.0, 0.5]),
            },
            "shift": self.shift(),
            "channels": {name: self.channel(name) for name in self.names},
            "returns": {
                "patience": dice.pick(["per_contact", "per_attempt"]),
                "effort": dice.pick(["per_contact", "per_attempt"]),
                "max_attempts": dice.pick([2, 4, 10]),
            },
            "teams": self.teams(),
            "norms": NORMS,
            "costs": COSTS,
        }
        if self.maybe():
            waiting = [name for name, kind in self.kinds.items() if kind != "deferred"]
            capacity = dice.whole(1, 8)
            data["lines"] = {"trunk": {"capacity": capacity, "channels": waiting}}
        if self.maybe():
            data["events"] = {
                "storm": {
                    "start": f"{start[:10]} 09:30",
                    "contacts": dice.whole(10, 60),
                    "decay": "90 minutes",
                    "reasons": {"report": 1.0},
                    "channels": {"phone": 0.8, "mail": 0.2},
                }
            }
        return data


NORMS: Data = {
    "phone_25s": {"channel": "phone", "within": "25 s", "target": 0.8},
    "counter_15m": {
        "channel": "counter",
        "within": "15 minutes",
        "target": 0.5,
        "formula": "(answered_within + abandoned_within) / offered",
        "period": "month",
    },
    "mail_1d": {"channel": "mail", "within_working_days": 1, "target": 0.5},
    "mail_2h": {
        "channel": "mail",
        "within_working_time": "2 hours",
        "target": 0.5,
        "counts": False,
        "formula": "answered_within / answered",
    },
}

COSTS: Data = {
    "price_level": 2026,
    "pay_scales": {
        "s8": {
            "monthly_salary": 3_512.34,
            "individual_budget": 0.1705,
            "employer_charges": 0.27,
            "hire": 333.33,
            "workplace": 1_234.56,
            "overhead": 9_876.54,
            "overtime_factor": 1.33,
        }
    },
    "per_contact": {
        "telephony": {"channel": "phone", "amount": 0.137, "per": "offered", "vat": "cost"},
        "platform": {"channel": "mail", "amount": 0.049, "vat": "compensable"},
    },
    "per_month": {"tool": {"amount": 777.77, "minimum_months": 12, "vat": "compensable"}},
    "once": {"training": {"amount": 5_432.1, "vat": "cost"}},
}


def random_scenario(dice: Dice) -> Data:
    """Write a scenario, as plain data that reads like a file."""
    return _Writer(dice).write()
