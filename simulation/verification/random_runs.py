"""Random scenarios with every feature on: identities that hold in each, and engines that agree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.play.engines import Engine
from simulation.play.record import NEVER
from simulation.verification.alike import difference
from simulation.verification.identity import Broken, Identity
from simulation.verification.played import Played, scenario_of
from simulation.verification.random_scenario import Data, Dice, Seeded, random_scenario
from simulation.verification.reconciled_counts import COUNTS
from simulation.verification.reconciled_people import PEOPLE

IDENTITIES: tuple[Identity, ...] = (*COUNTS, *PEOPLE)

MORE_AGENTS = "With one more agent and nobody leaving, no contact waits longer."


@dataclass(frozen=True)
class Random:
    """What one random scenario showed."""

    number: int
    attempts: int
    queued: int
    """Contacts of the queue that was also played with one more agent."""
    broken: dict[str, str]
    """Where an identity did not hold, by what it says."""
    difference: str | None
    """What the engines wrote down differently first."""


def sentences() -> list[str]:
    """Give what holds in every run."""
    return [*map(_says, IDENTITIES), MORE_AGENTS]


def play_random(seed: int, number: int, engines: Sequence[Engine]) -> Random:
    """Play a random scenario by engines, and look at the first one's record."""
    dice = Seeded(seed, number)
    scenario = scenario_of(random_scenario(dice))
    run, *others = [Played(scenario, engine) for engine in engines]
    found = [difference(run.record, other.record) for other in others]
    broken = dict(_broken(run))
    longer, queued = _waiting_longer(dice, engines[0])
    if longer:
        broken[MORE_AGENTS] = f"{longer} of {queued} contacts do"
    differing = next((each for each in found if each is not None), None)
    return Random(number, len(run.record.attempts), queued, broken, differing)


def _broken(run: Played) -> Iterator[tuple[str, str]]:
    for identity in IDENTITIES:
        try:
            identity(run)
        except Broken as broken:
            yield _says(identity), str(broken)


def _says(identity: Identity) -> str:
    return (identity.__doc__ or identity.__name__).strip().partition("\n")[0]


def _waiting_longer(dice: Dice, engine: Engine) -> tuple[int, int]:
    """Count who waits longer with an agent more in a first-come-first-served queue, and all."""
    heads = dice.whole(1, 12)
    law = dice.pick(["deterministic", "exponential", "lognormal", "hyperexponential"])
    handling: Data = {"family": law, "mean": "3 minutes"}
    if law in {"lognormal", "hyperexponential"}:
        handling["cv"] = 2
    rate, seed = 20 * heads * dice.pick([0.7, 0.9, 1.1]), dice.whole(1, 1_000)
    few, many = (
        _waits(
            {
                "kanaalkompas": 1,
                "title": "One queue",
                "seed": seed,
                "horizon": {"start": "2026-01-05", "length": "6 hours"},
                "demand": {"calls": {"rates": [{"per_hour": rate}]}},
                "channels": {"calls": {"kind": "live", "handling": handling}},
                "teams": {"agents": {"roster": [{"heads": count}], "channels": {"calls": {}}}},
            },
            engine,
        )
        for count in (heads, heads + 1)
    )
    return int(np.count_nonzero(many > few)), len(few)


def _waits(data: Data, engine: Engine) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Give the wait of every contact, in their order."""
    rows = np.sort(Played(scenario_of(data), engine).record.attempts, order="contact")
    if (rows["started"] == NEVER).any():
        raise Broken("somebody was never answered")
    waits: np.ndarray[tuple[int], np.dtype[np.int64]] = rows["started"] - rows["arrived"]
    return waits
