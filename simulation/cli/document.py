"""Results as files: one canonical text for each result, and reading it back.

Keys stand in the order of the model and numbers are written so that they read back the same.
What holds no further parts, such as an estimate, takes one line: a difference between two
results can be read line by line.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulation.cli.problems import Stop
from simulation.comparison.document import FORMAT, Estimate, Result

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
_MOST_SHOWN = 5


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
    """Write a result as CSV: a row for every measure of every scenario."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(CSV_COLUMNS)
    for scenario in result.scenarios:
        for path, measure in scenario.measures.items():
            difference = _mean_and_interval(scenario.differences.get(path))
            table.writerow(
                [
                    _no_formula(scenario.name),
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


def _no_formula(name: str) -> str:
    """Keep a spreadsheet from computing a name that looks like a formula."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@")) else name


def _mean_and_interval(estimate: Estimate | None) -> tuple[float | None, ...]:
    if estimate is None:
        return None, None, None
    return estimate.mean, estimate.low, estimate.high


def read_result(path: Path) -> Result:
    """Read a stored result.

    Raises
    ------
    Stop
        When the file is not a complete result in the format of this version.
    """
    try:
        if path.exists() and not path.is_file():
            raise Stop(f"{path}: is not a file; name a result.json")
        if path.exists() and path.stat().st_size > MOST_BYTES:
            raise Stop(f"{path}: is larger than {MOST_BYTES // 10**6} MB; name a result.json")
        content = path.read_bytes()
    except OSError as error:
        raise Stop(f"{path}: cannot be read ({error.strerror}); name a result.json") from error
    _check_format(path, content)
    try:
        result = Result.model_validate_json(content)
    except ValidationError as error:
        raise Stop(_invalid(path, error)) from None
    for problem in _contradictions(result):
        raise Stop(f"{path}: is not a valid result: {problem}; {REMEDY}")
    return result


def _check_format(path: Path, content: bytes) -> None:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "not text in UTF-8"
        raise Stop(f"{path}: is not complete JSON ({reason}); {REMEDY}") from None
    found = data.get("format") if isinstance(data, dict) else None
    if found is None:
        raise Stop(f"{path}: is not a result of Kanaalkompas; {REMEDY}")
    if found != FORMAT:
        raise Stop(f"{path}: has format {found!r}, and this version reads {FORMAT!r}; {REMEDY}")


def _invalid(path: Path, error: ValidationError) -> str:
    details = error.errors(include_url=False, include_input=False)
    lines = [
        f"  {'.'.join(str(part) for part in detail['loc'])}: {detail['msg']}"
        for detail in details[:_MOST_SHOWN]
    ]
    more = len(details) - len(lines)
    lines += [f"  ... and {more} more"] if more else []
    return "\n".join([f"{path}: is not a valid result; {REMEDY}", *lines])


def _contradictions(result: Result) -> Iterator[str]:
    """Name what no comparison can have written."""
    letters = [scenario.letter for scenario in result.scenarios]
    if not letters:
        yield "it holds no scenario"
    if len(set(letters)) < len(letters):
        yield "two scenarios have the same letter"
    verdict = result.verdict
    named = {verdict.scenario} - {None} | {*verdict.attaining, *verdict.undecided, *verdict.close}
    for letter in sorted(str(each) for each in named - set(letters)):
        yield f"the verdict names scenario {letter}, which is not in it"
    for scenario in result.scenarios:
        if any(len(values) != scenario.finished for values in scenario.raw.values()):
            yield f"scenario {scenario.letter} does not have a value for each replication"
