"""``kanaalkompas validate``: whether scenario files are in order, before anything is run."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from simulation.cli.inputs import as_text, try_all
from simulation.cli.options import Plain
from simulation.cli.problems import BAD_INPUT, DONE, Stop
from simulation.cli.terminal import write
from simulation.experiment.outlook import Overload, outlook
from simulation.scenario.load import Loaded
from simulation.scenario.problems import Problem

Warnings = dict[str, Sequence[Overload]]
"""Overloads by the name of the file."""


def validate(files: Sequence[str], form: Plain) -> int:
    """Report on scenario files: problems, warnings, or that they are in order.

    Returns
    -------
    The exit code.

    Raises
    ------
    Stop
        With all problems, unless the report is asked for as JSON.
    """
    loaded, problems = try_all(files)
    warnings, more = _outlooks(loaded)
    problems += more
    if form is Plain.JSON:
        data = _data(loaded, problems, warnings)
        write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
        return BAD_INPUT if problems else DONE
    for path, overloads in warnings.items():
        _tell(path, overloads)
    if problems:
        raise Stop(as_text(problems))
    return DONE


def _outlooks(loaded: Sequence[Loaded]) -> tuple[Warnings, list[Problem]]:
    """Look ahead for each scenario; what cannot be laid out is a problem."""
    warnings: Warnings = {}
    problems = []
    for each in loaded:
        try:
            warnings[each.path] = outlook(each.scenario)
        except ValueError as error:
            problems.append(Problem(each.path, None, "demand", None, str(error), "change it"))
    return warnings, problems


def _tell(path: str, overloads: Sequence[Overload]) -> None:
    if not overloads:
        print(f"{path}: in order")
        return
    noun = "warning" if len(overloads) == 1 else "warnings"
    print(f"{path}: in order, with {len(overloads)} {noun}")
    for overload in overloads:
        print(f"  {sentence(overload)}")


def sentence(overload: Overload) -> str:
    """Say where more work comes than people are there for."""
    channels, teams = ", ".join(overload.channels), ", ".join(overload.teams) or "no team"
    often = f"{overload.count} of {overload.of} {overload.period}s"
    if overload.period == "hour":
        return (
            f"{channels}: offered load {overload.load:.1f} erlang, heads {overload.heads:g} "
            f"({teams}), on {overload.start:%A %Y-%m-%d at %H:%M}; too few in {often}"
        )
    return (
        f"{channels}: {overload.load:,.0f} hours of work, {overload.heads:,.0f} rostered "
        f"({teams}), in the week of {overload.start:%Y-%m-%d}; too few in {often}"
    )


def _data(
    loaded: Sequence[Loaded], problems: Sequence[Problem], warnings: Warnings
) -> dict[str, Any]:
    """Give the report as plain data."""
    return {
        "valid": not problems,
        "problems": [asdict(problem) for problem in problems],
        "files": [
            {
                "file": each.path,
                "warnings": [
                    {**asdict(overload), "start": overload.start.isoformat()}
                    for overload in warnings.get(each.path, ())
                ],
            }
            for each in loaded
        ],
    }
