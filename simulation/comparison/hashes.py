"""The two hashes of a result: what was asked, and all that the document holds."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from simulation.comparison.document import Result, ScenarioResult


def question(
    version: str, replications: int, scenarios: Sequence[tuple[str, Mapping[str, Any]]]
) -> str:
    """Hash everything that determines the answer.

    Parameters
    ----------
    version : of the model
    replications : asked for
    scenarios : name and plain data of each, the baseline first
    """
    return _hash({"version": version, "replications": replications, "scenarios": scenarios})


def question_of(result: Result) -> str:
    """Hash what a result says that was asked."""
    return question(result.version, result.replications, list(map(_asked, result.scenarios)))


def _asked(scenario: ScenarioResult) -> tuple[str, Mapping[str, Any]]:
    return scenario.name, scenario.scenario


def checksum(result: Result) -> str:
    """Hash all of a result but the checksum that stands in it."""
    return _hash(result.model_dump(mode="json", exclude={"checksum"}))


def _hash(data: object) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
