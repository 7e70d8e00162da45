"""Results as files: one canonical text for each result, and reading it back.

Keys stand in the order of the model and numbers are written so that they read back the same.
What holds no further parts, such as an estimate, takes one line: a difference between two
results can be read line by line.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from simulation.cli.problems import Stop
from simulation.comparison.document import Estimate, Result, ScenarioResult
from simulation.comparison.references import Flaw
from simulation.comparison.stored import NotAResult, format_of, read
from simulation.finance.document import FORMAT as CASE
from simulation.finance.document import CaseResult
from simulation.finance.stored import read_case
from simulation.report.spreadsheet import no_formula
from simulation.sizing.document import FORMAT as SIZE
from simulation.sizing.document import SizeResult
from simulation.sizing.stored import read_size

CSV_COLUMNS = (
    "scenario",
    "letter",
    "path",
    "mean",
    "low",
    "high",
    "p5",
    "p95",
    "n",
    "difference",
    "difference_low",
    "difference_high",
)

MOST_BYTES = 500_000_000
"""No result is larger."""

REMEDY = "make it again with 'kanaalkompas compare'"
SIZE_REMEDY = "make it again with 'kanaalkompas size'"
CASE_REMEDY = "make it again with 'kanaalkompas business-case'"
_NAME_IT = "name a result.json, a case.json, or a document of 'kanaalkompas size'"

_NO_PAGE = {
    "kanaalkompas-peak": "is what 'kanaalkompas peak' found, which has no page of its own: that"
    " command shows it as tables, and 'kanaalkompas size' draws the peak of a scenario with an"
    " event on its page; " + _NAME_IT,
}
"""Other documents, by their format, with what to do."""

_OTHERS = {
    "kanaalkompas-result": "a comparison",
    "kanaalkompas-size": "a size",
    "kanaalkompas-peak": "a peak",
}
"""What a document is that is no business case, by its format."""

_MOST_SHOWN = 20


def as_json(result: Result) -> str:
    """Write a result as its canonical JSON text."""
    return lined(result.model_dump(mode="json"))


def lined(data: object) -> str:
    """Write plain data as JSON, with each part that holds no further parts on one line."""
    return "".join(_pieces(data, 0)) + "\n"


def _pieces(data: object, depth: int) -> Iterator[str]:
    if not isinstance(data, dict | list) or _flat(data):
        yield json.dumps(data, ensure_ascii=False, allow_nan=False)
        return
    margin = "\n" + " " * (depth + 1)
    opening, closing = "{}" if isinstance(data, dict) else "[]"
    between = opening
    for key, part in _items(data):
        yield between + margin
        if key is not None:
            yield json.dumps(key, ensure_ascii=False) + ": "
        yield from _pieces(part, depth + 1)
        between = ","
    yield "\n" + " " * depth + closing


def _flat(data: dict[str, Any] | list[Any]) -> bool:
    parts = data.values() if isinstance(data, dict) else data
    return not any(isinstance(part, dict | list) for part in parts)


def _items(data: dict[str, Any] | list[Any]) -> Iterable[tuple[str | None, Any]]:
    return data.items() if isinstance(data, dict) else ((None, part) for part in data)


def as_csv(result: Result) -> str:
    """Write a result as CSV: a row for every measure of every scenario.

    At equal service also of today as rostered, and 0* has its difference with that.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(CSV_COLUMNS)
    for scenario, differences in _compared(result):
        for path, measure in scenario.measures.items():
            difference = _mean_and_interval(differences.get(path))
            table.writerow(
                [
                    no_formula(scenario.name),
                    scenario.letter,
                    path,
                    *_mean_and_interval(measure),
                    measure.p5,
                    measure.p95,
                    measure.n,
                    *difference,
                ]
            )
    return text.getvalue()


def _compared(result: Result) -> Iterator[tuple[ScenarioResult, dict[str, Estimate]]]:
    """Give each scenario with its differences: with the baseline, or of 0* with today."""
    equal = result.equal_service
    if equal is not None:
        yield equal.today, {}
    for place, scenario in enumerate(result.scenarios):
        yield scenario, equal.step if equal is not None and not place else scenario.differences


def _mean_and_interval(estimate: Estimate | None) -> tuple[float | None, ...]:
    if estimate is None:
        return None, None, None
    return estimate.mean, estimate.low, estimate.high


def read_stored(path: Path) -> Result | SizeResult | CaseResult:
    """Read a stored result, a stored size, or a stored business case.

    Raises
    ------
    Stop
        When the file is none of them, whole and in the format of this version.
    """
    content = _content(path, _NAME_IT)
    remedy = REMEDY
    try:
        kind = format_of(content)
        if kind in _NO_PAGE:
            raise Stop(f"{path}: {_NO_PAGE[kind]}")
        if kind == SIZE.partition("/")[0]:
            remedy = SIZE_REMEDY
            return read_size(content)
        if kind == CASE.partition("/")[0]:
            remedy = CASE_REMEDY
            return read_case(content)
        return read(content)
    except NotAResult as error:
        raise Stop(_refusal(path, error.flaws, remedy)) from None


def read_stored_case(path: Path) -> CaseResult:
    """Read a stored business case, and nothing else.

    Raises
    ------
    Stop
        When the file is none, whole and in the format of this version.
    """
    content = _content(path, "name a case.json")
    try:
        other = _OTHERS.get(format_of(content))
        if other is not None:
            raise Stop(f"{path}: is {other} and no business case; {CASE_REMEDY}")
        return read_case(content)
    except NotAResult as error:
        raise Stop(_refusal(path, error.flaws, CASE_REMEDY)) from None


def _content(path: Path, hint: str) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise Stop(f"{path}: is not a file; {hint}")
        if path.exists() and path.stat().st_size > MOST_BYTES:
            raise Stop(f"{path}: is larger than {MOST_BYTES // 10**6} MB; {hint}")
        return path.read_bytes()
    except OSError as error:
        raise Stop(f"{path}: cannot be read ({error.strerror}); {hint}") from error
    except ValueError as error:
        raise Stop(f"{path}: cannot be read ({error}); {hint}") from error


def _refusal(path: Path, flaws: Sequence[Flaw], remedy: str) -> str:
    """Say what is wrong: in one line where it is about the whole file."""
    if len(flaws) == 1 and not flaws[0].place:
        return f"{path}: {flaws[0].problem}; {remedy}"
    count = f"{len(flaws)} problem{'' if len(flaws) == 1 else 's'}"
    lines = [
        f"  {flaw.place}: {flaw.problem}" if flaw.place else f"  {flaw.problem}"
        for flaw in flaws[:_MOST_SHOWN]
    ]
    more = len(flaws) - len(lines)
    lines += [f"  ... and {more} more"] if more else []
    return "\n".join([f"{path}: is not a valid result ({count}); {remedy}", *lines])
