"""The random scenarios of the verification pack as a strategy of hypothesis, which makes the first
that fails as small as it can; and unusual ones, with extremes and the rarer keys of the format."""

from hypothesis import strategies as st

from simulation.verification.random_scenario import Data, Dice, random_scenario


class Drawn(Dice):
    """Dice that hypothesis throws."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def whole(self, low: int, high: int) -> int:
        return self._draw(st.integers(low, high))


@st.composite
def scenarios(draw: st.DrawFn) -> Data:
    """Draw a scenario, as plain data that reads like a file."""
    return random_scenario(Drawn(draw))


@st.composite
def unusual_scenarios(draw: st.DrawFn) -> Data:
    """Draw a scenario in which what is rare may go together."""
    dice = Drawn(draw)
    data = random_scenario(dice)
    for twist in (_period, _durations, _demand, _shift, _service):
        if dice.coin():
            twist(dice, data)
    return data


def _period(dice: Dice, data: Data) -> None:
    """Cross a year from the middle of a day; count next to nothing; seeds at their bounds."""
    data["seed"] = dice.pick([0, 1, 2**63 - 1])
    data["horizon"] |= {
        "start": dice.pick(["2026-12-30 13:37", "2026-12-30", "2026-04-01 23:59"]),
        "warm_up": dice.pick(["0 s", "29 hours", "29 hours"]),
    }
    if "events" in data:
        data["events"]["storm"]["start"] = data["horizon"]["start"]
    data["calendar"] |= {
        "bridge_days_closed": dice.coin(),
        "closed": dice.pick([[], ["2027-01-02"]]),
        "open": dice.pick([[], ["2027-01-01"]]),
    }


def _durations(dice: Dice, data: Data) -> None:
    """Let some last no time, or as long as can be."""
    for channel in data["channels"].values():
        length = dice.pick(["0 s", "1 s", "3650 days"])
        if dice.coin():
            channel["patience"] = {"family": "deterministic", "mean": length}
        if dice.coin():
            channel["handling"] = {"family": "deterministic", "mean": dice.pick(["0 s", "1 s"])}


def _demand(dice: Dice, data: Data) -> None:
    """Let two streams come to one channel, and nobody or hardly anybody to the others."""
    one = {"question": 1.0}
    if dice.coin():
        data["demand"] = {"mail": {"reasons": one, "rates": [{"per_hour": 0}]}}
    data["demand"]["letters"] = {
        "channel": dice.pick(["mail", "counter"]),
        "reasons": one,
        "yearly": dice.pick([0, 200, 20_000]),
        "season": [1, 0, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1],
    }


def _shift(dice: Dice, data: Data) -> None:
    """Offer one platform of two, for extra messages too."""
    reach = {"platforms": {"a": 0.7, "b": 0.5}, "offered": [dice.pick(["a", "b"])]}
    ramp = {"start": data["horizon"]["start"], "duration": dice.pick(["0 days", "1 day"])}
    data["shift"]["induced"] = {
        "more": {"to": "mail", "shares": {"report": 0.5}, "reach": reach, "adoption": ramp}
    }


def _service(dice: Dice, data: Data) -> None:
    """Ask other teams first, try only once, and judge every channel by every kind of norm."""
    data["channels"]["mail"]["teams"] = {"behind": 1, "blended": 2}
    data["returns"]["max_attempts"] = dice.pick([1, 100])
    norms = {
        f"{name}_{limit[0]}": {
            "channel": name,
            "within": limit,
            "target": 0.5,
            "formula": "answered_within / (offered - abandoned_within)",
        }
        for name, channel in data["channels"].items()
        if channel["kind"] != "deferred"
        for limit in ("0 s", "5 days")
    }
    for name in ("mail", "office"):
        for days in (0, 60):
            norms[f"{name}_{days}d"] = {
                "channel": name, "within_working_days": days, "target": 0.5, "period": "month"
            }  # fmt: skip
        norms[f"{name}_0h"] = {"channel": name, "within_working_time": "0 s", "target": 0.5}
    data["norms"] = norms
