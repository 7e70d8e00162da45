"""Scenario files for a command: all of them read, all problems told at once, like with like."""

import os
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from simulation.cli.problems import Stop
from simulation.experiment.workers import Workers
from simulation.scenario.load import Loaded, baseline_first, load, of_another_root
from simulation.scenario.problems import Problem, ScenarioError
from simulation.scenario.scenario import Scenario
from simulation.scenario.text import in_language
from simulation.scenario.values import format_duration, format_moment


@dataclass(frozen=True)
class Asked:
    """A scenario as it will be run: its file, with what the command line changes."""

    loaded: Loaded
    scenario: Scenario
    reseeded: bool
    """Whether the command line gave the seed."""

    @property
    def command(self) -> str:
        """The file and options with which `run` plays this scenario."""
        seed = f" --seed {self.scenario.seed}" if self.reseeded else ""
        return shlex.quote(as_argument(self.loaded.path)) + seed


def as_argument(path: str) -> str:
    """Write a path so that no command takes it for an option."""
    return f"./{path}" if path.startswith("-") else path


def is_example(loaded: Loaded) -> bool:
    """Whether values of a scenario are own estimates, so that it is a worked example."""
    return any(placed.assumption.source is None for placed in loaded.assumptions)


LIMIT = 100_000
"""Replications that can be asked for."""

_BOUNDS = {
    "replications": (1, LIMIT),
    "replication": (1, LIMIT),
    "seed": (0, 2**63 - 1),
    "workers": (1, 1_024),
}


def out_of_bounds(**options: Workers) -> list[str]:
    """Name the numbers on the command line that are not within their bounds."""
    pairs = ((name, value, *_BOUNDS[name]) for name, value in options.items())
    return [problem for pair in pairs for problem in out_of_bound(*pair)]


def out_of_bound(name: str, value: Workers, low: int, high: int) -> Iterator[str]:
    """Say of a number on the command line if it is not within its bounds."""
    if isinstance(value, int) and not low <= value <= high:
        yield f"--{name} {value} is not possible; give a whole number from {low} to {high}"


def refuse(problems: Iterable[str]) -> None:
    """Stop if anything is wrong with the command line.

    Raises
    ------
    Stop
        With all problems.
    """
    told = "\n".join(problems)
    if told:
        raise Stop(told)


def read_all(files: Sequence[str]) -> list[Loaded]:
    """Read scenario files.

    Raises
    ------
    Stop
        With every problem of every file.
    """
    loaded, problems = try_all(files)
    if problems:
        raise Stop(as_text(problems))
    return loaded


def try_all(files: Sequence[str]) -> tuple[list[Loaded], list[Problem]]:
    """Read scenario files; give those in order, and the problems of the others, each once."""
    loaded: list[Loaded] = []
    problems: dict[Problem, None] = {}
    for file in files:
        try:
            loaded.append(load(file))
        except ScenarioError as error:
            problems.update(dict.fromkeys(error.problems))
    return loaded, list(problems)


def as_text(problems: Sequence[Problem]) -> str:
    """Write problems file by file."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    return "\n".join(str(ScenarioError(own)) for own in by_file.values())


def prepare(loaded: Sequence[Loaded], replications: int | None, seed: int | None) -> list[Asked]:
    """Apply the command line to scenarios, and put the baseline first.

    Raises
    ------
    Stop
        When the scenarios cannot be compared.
    """
    changes = {"replications": replications, "seed": seed}
    given = {key: value for key, value in changes.items() if value is not None}
    asked = [
        Asked(each, each.scenario.model_copy(update=given), seed is not None)
        for each in baseline_first(loaded)
    ]
    files = [os.path.realpath(each.loaded.path) for each in asked]
    twice = sorted(
        {asked[files.index(file)].loaded.path for file in files if files.count(file) > 1}
    )
    if twice:
        raise Stop(f"{', '.join(twice)}: named more than once; name each scenario once")
    unlike = list(_apart([each.loaded for each in asked]))
    unlike += [problem for other in asked[1:] for problem in _unlike(asked[0], other)]
    if unlike:
        raise Stop("\n  ".join(["these scenarios cannot be compared:", *unlike]))
    return asked


def _apart(loaded: Sequence[Loaded]) -> Iterator[str]:
    """Name scenarios that go back to another file than the baseline does."""
    first = loaded[0]
    for other, root in of_another_root(loaded):
        yield (
            f"extends: {other.path} goes back to {root}, {first.path} to {first.files[-1]}; "
            "compare scenarios that go back to one file"
        )


def _unlike(one: Asked, other: Asked) -> Iterator[str]:
    """Name what has to be the same in both and is not."""
    pairs = zip(_same(one.scenario), _same(other.scenario), strict=True)
    for (what, mine, remedy), (_, theirs, _) in pairs:
        if mine != theirs and mine and theirs:
            yield (
                f"{what}: {mine} in {one.loaded.path}, {theirs} in {other.loaded.path}; {remedy}"
            )


def _same(scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """Give what must be alike wherever it is stated: its name, its value, and the remedy."""
    horizon, costs = scenario.horizon, scenario.costs
    alike = "make them alike"
    yield "horizon.start", format_moment(horizon.start), alike
    yield "horizon.length", format_duration(horizon.length), alike
    yield "horizon.warm_up", format_duration(horizon.warm_up), alike
    yield "horizon.run_out", horizon.run_out, alike
    yield "reasons", ", ".join(sorted(scenario.reasons)), alike
    yield "seed", str(scenario.seed), "make them alike, or give --seed"
    yield "replications", str(scenario.replications), "make them alike, or give --replications"
    yield "costs.price_level", str(costs.price_level) if costs else "", alike


def named_teams(scenario: Scenario, names: Iterable[str]) -> str:
    """List teams as they have to be typed, each with its title if that says anything else."""
    return ", ".join(_named(name, scenario) for name in names)


def _named(name: str, scenario: Scenario) -> str:
    title = in_language(scenario.teams[name].title, "en")
    same = title.casefold() in {"", name.replace("_", " ").casefold()}
    return name if same else f"{name} ({title})"
