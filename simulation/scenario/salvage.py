"""Saving what is left of a scenario with errors, so that cross-checks can still be made.

Unknown keys are taken out, a value that may be left out is left out, a number beyond a bound is
put at the bound, and what cannot be mended is dropped with everything that needs it. Findings
that could come from the mending itself are not reported.
"""

import json
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from simulation.scenario.anatomy import Spot
from simulation.scenario.checks import cross_check
from simulation.scenario.explain import explain, locate
from simulation.scenario.problems import Finding, Path, Plain
from simulation.scenario.scenario import Scenario
from simulation.scenario.wanted import example

ROUNDS = 8
"""Mending a part can show errors around it: at most this often."""

NUMBERS = "numbers"
"""Counts as a lost section once a number or a time was changed."""

_BOUNDS = {"greater_than_equal": "ge", "less_than_equal": "le"}
_STAND_INS: dict[str, Plain] = {"kanaalkompas": 1, "title": "-"}


@dataclass
class _Patient:
    """A scenario that is being mended."""

    data: Plain
    mended: list[Path] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    """Sections of which whole parts were dropped."""

    def touch(self, path: Path) -> None:
        """Remember a change; within a list, every item may look different for it."""
        place = next((i for i, step in enumerate(path) if isinstance(step, int)), len(path))
        self.mended.append(path[:place])
        if path[0] in {"horizon", "calendar"}:
            self.lost.add(str(path[0]))

    def touched(self, finding: Finding) -> bool:
        """Tell whether a finding could come from the mending."""
        path = finding.path
        return any(path[: len(own)] == own[: len(path)] for own in self.mended)


def salvage(plain: Plain, errors: Sequence[ErrorDetails]) -> list[Finding]:
    """Find what can still be found beside the errors of a first validation."""
    patient = _Patient(deepcopy(plain))
    findings: list[Finding] = []
    for _ in range(ROUNDS):
        for error, spot in locate(errors, Scenario, patient.data):
            if not _mend(patient, error, spot):
                return findings
        try:
            scenario = Scenario.model_validate_json(
                json.dumps(patient.data), by_alias=True, by_name=False
            )
        except ValidationError as error:
            errors = error.errors(include_url=False)
            more = explain(errors, Scenario, patient.data)
        else:
            more = cross_check(scenario, without=patient.lost)
            errors = []
        findings += [each for each in more if not patient.touched(each)]
        if not errors:
            break
    return findings


def _mend(patient: _Patient, error: ErrorDetails, spot: Spot) -> bool:
    """Mend one error; tell whether that was possible."""
    path = spot.path
    if not path or not isinstance(patient.data, dict):
        return False
    if error["type"] == "extra_forbidden":
        return _remove(patient, path)
    patient.touch(path)
    stand_in = _stand_in(error, spot)
    if stand_in is not None:
        patient.lost.add(NUMBERS)
        return _put(patient, path, stand_in)
    if spot.optional and get_origin(spot.kind) not in {dict, tuple}:
        return _remove(patient, path)
    return _drop(patient, path[:-1] if error["type"] == "missing" else path)


def _stand_in(error: ErrorDetails, spot: Spot) -> Plain:
    """Give a value that may stand where another one was refused."""
    if len(spot.path) == 1 and spot.path[0] in _STAND_INS:
        return _STAND_INS[str(spot.path[0])]
    bound = error.get("ctx", {}).get(_BOUNDS.get(error["type"], ""))
    if bound is not None:
        return int(bound) if spot.kind is int else bound
    return example(spot.metadata) if error["type"] == "value_error" else None


def _drop(patient: _Patient, path: Path) -> bool:
    """Take out a part, or the list that it is an item of."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    if not path:
        return False
    patient.touch(path)
    patient.lost.add(str(path[0]))
    return _remove(patient, path)


def _put(patient: _Patient, path: Path, value: Plain) -> bool:
    container: Plain = _at(patient.data, path[:-1])
    if container is not None:
        container[path[-1]] = value
    return True


def _remove(patient: _Patient, path: Path) -> bool:
    container = _at(patient.data, path[:-1])
    if isinstance(container, dict):
        container.pop(path[-1], None)
    return True


def _at(data: Plain, path: Path) -> Plain:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
