"""The two hashes of a result: what was asked, and all that the document holds."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from simulation.comparison.document import Result, ScenarioResult
from simulation.comparison.precision import Goal


def question(
    version: str,
    replications: int | Goal,
    scenarios: Sequence[tuple[str, Mapping[str, Any]]],
    sized: Sequence[float] = (),
) -> str:
    """Hash everything that determines the answer.

    Parameters
    ----------
    version : of the model
    replications : asked for; with a goal their number belongs to the answer, and is left out
    scenarios : name and plain data of each, the baseline first
    sized : how teams were sized, from `asked_of_sizing`
    """
    if isinstance(replications, int):
        asked: dict[str, Any] = {"replications": replications}
    else:
        asked = {"precision": asdict(replications)}
        scenarios = [(name, {**plain, "replications": None}) for name, plain in scenarios]
    if sized:
        asked["sized"] = list(sized)
    return _hash({"version": version, **asked, "scenarios": scenarios})


def question_of_sizes(
    version: str, order: Mapping[str, Any], scenario: tuple[str, Mapping[str, Any]]
) -> str:
    """Hash everything that determines the sizes of teams.

    Parameters
    ----------
    version : of the model
    order : what was asked of the sizing, as plain data
    scenario : its name and plain data
    """
    name, plain = scenario
    asked = [name, {**plain, "replications": None}]
    return _hash({"version": version, "size": dict(order), "scenario": asked})


def asked_of_sizing(share: float, search: int, fresh: int, step: float | None) -> tuple[float, ...]:
    """Give what was asked of the sizing: the step only if one was asked."""
    return (share, search, fresh) if step is None else (share, search, fresh, step)


def question_of(result: Result) -> str:
    """Hash what a result says that was asked."""
    asked, equal = goal_of(result) or result.replications, result.equal_service
    scenarios = [*result.scenarios, *([equal.today] if equal else [])]
    sized: tuple[float, ...] = ()
    if equal:
        sized = asked_of_sizing(equal.share, equal.search, equal.fresh, equal.asked_step)
    return question(result.version, asked, list(map(_asked, scenarios)), sized)


def goal_of(result: Result) -> Goal | None:
    """Give the precision that was asked, if one was."""
    told = result.precision
    return Goal(told.cost, told.service, told.most) if told else None


def _asked(scenario: ScenarioResult) -> tuple[str, Mapping[str, Any]]:
    return scenario.name, scenario.scenario


def checksum(result: Result) -> str:
    """Hash all of a result but the checksum that stands in it."""
    return _hash(result.model_dump(mode="json", exclude={"checksum"}))


def _hash(data: object) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
