"""A contact log as a file: CSV for people and spreadsheets, Parquet for programs."""

import csv
import io
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TextIO

import numpy as np

from simulation.cli.contact_log import COLUMNS, Log, Names, Values
from simulation.cli.output import is_device, open_bytes, open_whole
from simulation.play.record import NEVER
from simulation.scenario.values import SECOND

_PARQUET: Final = ".parquet"
_CSV: Final = ".csv"
_CHUNK: Final = 50_000
"""Rows that are written at a time; in Parquet a row group."""


def wrong_name(path: Path) -> str | None:
    """Say why a log cannot be written to a file of this name; None if it can."""
    kind = path.suffix.lower()
    if kind == _PARQUET and find_spec("pyarrow") is None:
        return (
            f"--log {path}: Parquet needs the library pyarrow, which is not installed; "
            f"install it (pip install 'kanaalkompas[parquet]'), or name a {_CSV} file"
        )
    if kind in {_PARQUET, _CSV} or is_device(path):
        return None
    return f"--log {path}: the name says what is written; let it end in {_CSV} or {_PARQUET}"


def write_log(log: Log, path: Path) -> None:
    """Write a log in the form that the name of the file asks for, whole or not at all.

    Raises
    ------
    Stop
        When the file cannot be written.
    """
    if path.suffix.lower() == _PARQUET:
        from simulation.cli.log_parquet import write_parquet  # noqa: PLC0415

        with open_bytes(path) as file:
            write_parquet(log, _parts(log), file)
        return
    with open_whole(path) as text:
        write_csv(log, text)


def write_csv(log: Log, file: TextIO) -> None:
    """Write a log as CSV to an open file."""
    file.write(",".join(column.name for column in COLUMNS) + "\n")
    for part in _parts(log):
        # Only names may need quotes, and have them: a writer of rows would look at every value.
        rows = map(",".join, zip(*_texts(log, part), strict=True))
        file.write("\n".join(rows) + "\n")


def _parts(log: Log) -> Iterator[list[Values]]:
    for start in range(0, len(log), _CHUNK):
        yield log.part(slice(start, start + _CHUNK))


def _texts(log: Log, part: list[Values]) -> Iterator[list[str]]:
    """Write columns as texts: times local, with microseconds; nothing for what never was."""
    for column, values in zip(COLUMNS, part, strict=True):
        if isinstance(values, Names):
            names = [spelled(name) for name in values.names]
            yield np.array(names, dtype=object)[values.codes].tolist()
        elif column.kind == "flag":
            yield ["true" if flag else "false" for flag in values.tolist()]
        elif column.kind == "moment":
            texts = np.datetime_as_string(log.moments(values), unit="us")
            yield np.where(values == NEVER, "", texts).tolist()
        elif column.kind == "seconds":
            yield ["" if each == NEVER else seconds(each) for each in values.tolist()]
        else:
            yield [str(each) for each in values.tolist()]


def spelled(name: str) -> str:
    """Give a name as it stands in CSV: in quotes where it needs them."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([name, ""])
    return line.getvalue().removesuffix(",\n")


def seconds(time: int) -> str:
    """Give microseconds as seconds with all six decimals."""
    if time < SECOND:
        return f"{time // SECOND}.{time % SECOND:06d}"
    digits = str(time)  # cutting these is a third faster than dividing, and a log has millions
    return f"{digits[:-6]}.{digits[-6:]}"
