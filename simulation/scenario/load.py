"""Reading a scenario file: text, inheritance, assumptions, validation, cross-checks.

Each stage reports all it finds, and as many stages as possible report together, so that a file
with six mistakes is refused once.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path

from pydantic import ValidationError

from simulation.scenario.assumption import PlacedAssumption, at_end, extract_all
from simulation.scenario.checks import cross_check
from simulation.scenario.explain import explain
from simulation.scenario.extends import Chain, read_chain, single
from simulation.scenario.problems import Finding, Plain, Problem, ScenarioError, dotted
from simulation.scenario.salvage import salvage
from simulation.scenario.scenario import Scenario
from simulation.scenario.yaml_text import read_yaml

_UNREAD = 1_000
"""Findings that are more than anybody reads."""


@dataclass(frozen=True)
class Loaded:
    """A scenario, and what its file said beside it."""

    scenario: Scenario
    assumptions: tuple[PlacedAssumption, ...]
    """Assumptions with their places, in the order of the file."""
    path: str
    """Name of the file, as given."""
    files: tuple[str, ...]
    """The file, the one it extends, and so on."""
    changes: tuple[str, ...]
    """Dotted paths that the file itself sets, in order."""


def load(path: str | PathLike[str]) -> Loaded:
    """Read a scenario file.

    Raises
    ------
    ScenarioError
        With every problem found in the file and the ones it extends.
    """
    return _loaded(read_chain(fspath(path)))


def loads(text: str | bytes, name: str = "scenario") -> Loaded:
    """Read a scenario from a text without a file; it cannot extend another one.

    Raises
    ------
    ScenarioError
        With every problem found.
    """
    return _loaded(single(read_yaml(text, name), name))


def baseline_first(loaded: Sequence[Loaded]) -> list[Loaded]:
    """Put the scenario first that all others extend; without one, keep the order."""
    one = extended_by_all(loaded)
    return list(loaded) if one is None else [one, *(other for other in loaded if other is not one)]


def extended_by_all(loaded: Sequence[Loaded]) -> Loaded | None:
    """Give the scenario that all others extend, if there is one."""
    places = [[Path(file).resolve() for file in each.files] for each in loaded]
    return next(
        (one for one in loaded if all(Path(one.path).resolve() in chain for chain in places)), None
    )


def of_another_root(loaded: Sequence[Loaded]) -> Iterator[tuple[Loaded, str]]:
    """Give scenarios that go back to another file than the first, each with that file.

    Whoever extends a file says what is otherwise than there, so it is compared with nothing that
    goes back to another one. Scenarios of which none extends anything are whole by themselves.
    """
    if any(len(each.files) > 1 for each in loaded):
        for each in loaded[1:]:
            if Path(each.files[-1]).resolve() != Path(loaded[0].files[-1]).resolve():
                yield each, each.files[-1]


def normalise(scenario: Scenario) -> dict[str, Plain]:
    """Give a scenario as plain JSON data, without defaults; it reads back as an equal one."""
    data: dict[str, Plain] = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return data


def validate(plain: Plain) -> Scenario:
    """Validate plain data, such as `normalise` gives, without cross-checks.

    Raises
    ------
    pydantic.ValidationError
        When the data is not a scenario.
    """
    return Scenario.model_validate_json(json.dumps(plain), by_alias=True, by_name=False)


def _loaded(chain: Chain) -> Loaded:
    plain, assumptions, findings = extract_all(chain.document.data)
    scenario, more = _scenario(plain)
    findings += _beyond_bounds(chain.document.data, assumptions, more)
    told = {problem.place for problem in chain.problems}
    problems = list(chain.problems)
    problems += [each for each in _placed([*findings, *more], chain) if each.place not in told]
    if scenario is None or problems:
        raise ScenarioError(problems)
    return Loaded(scenario, assumptions, chain.files[0], chain.files, chain.changes)


def _scenario(plain: Plain) -> tuple[Scenario | None, list[Finding]]:
    """Validate and cross-check; after errors, cross-check what can be saved."""
    try:
        scenario = validate(plain)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, explain(details, Scenario, plain) + salvage(plain, details)
    return scenario, cross_check(scenario)


def _beyond_bounds(
    raw: Plain, assumptions: Iterable[PlacedAssumption], found: Collection[Finding]
) -> Iterator[Finding]:
    """Find ends of ranges that the scenario itself could not hold, such as a share below 0.

    Everything is checked again for that, so not where nobody would read what is found already.
    """
    places = {each.path for each in assumptions} - {dotted(each.path) for each in found}
    if not places or len(found) > _UNREAD:
        return
    for end in ("low", "high"):
        plain = at_end(raw, end)
        try:
            validate(plain)
        except ValidationError as error:
            for finding in explain(error.errors(include_url=False), Scenario, plain):
                if dotted(finding.path) in places:
                    yield finding._replace(path=(*finding.path, end))


def _placed(findings: Iterable[Finding], chain: Chain) -> list[Problem]:
    """Add file and line; first what stands in the file itself, in the order of its lines."""
    problems: list[tuple[tuple[int, int], Problem]] = []
    for path, value, problem, remedy in findings:
        file, line = chain.document.position(path)
        order = (chain.files.index(file), line)
        problems.append((order, Problem(file, line, dotted(path), value, problem, remedy)))
    return [problem for _, problem in sorted(problems, key=lambda pair: pair[0])]
