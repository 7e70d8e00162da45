"""A contact log as a file: CSV for people and spreadsheets, Parquet for programs."""

import csv
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
    table = csv.writer(file, lineterminator="\n")
    table.writerow([column.name for column in COLUMNS])
    for part in _parts(log):
        table.writerows(zip(*_texts(log, part), strict=True))


def _parts(log: Log) -> Iterator[list[Values]]:
    for start in range(0, len(log), _CHUNK):
        yield log.part(slice(start, start + _CHUNK))


def _texts(log: Log, part: list[Values]) -> Iterator[list[str]]:
    """Write columns as texts: times local, with microseconds; nothing for what never was."""
    for column, values in zip(COLUMNS, part, strict=True):
        if isinstance(values, Names):
            yield np.array(values.names, dtype=object)[values.codes].tolist()
        elif column.kind == "flag":
            yield ["true" if flag else "false" for flag in values.tolist()]
        elif column.kind == "moment":
            texts = np.datetime_as_string(log.moments(values), unit="us")
            yield np.where(values == NEVER, "", texts).tolist()
        elif column.kind == "seconds":
            yield ["" if each == NEVER else _seconds(each) for each in values.tolist()]
        else:
            yield [str(each) for each in values.tolist()]


def _seconds(time: int) -> str:
    return f"{time // SECOND}.{time % SECOND:06d}"
