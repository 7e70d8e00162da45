"""A contact log as Parquet. Imported only when one is written: pyarrow is large, and optional."""

from collections.abc import Iterable
from typing import BinaryIO, Final

import numpy as np
import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from simulation import __version__
from simulation.cli.contact_log import COLUMNS, Kind, Log, Names, Values
from simulation.play.record import NEVER
from simulation.scenario.values import SECOND

_TYPES: Final[dict[Kind, pa.DataType]] = {
    "count": pa.int64(),
    "name": pa.dictionary(pa.int32(), pa.string()),
    "moment": pa.timestamp("us"),
    "seconds": pa.float64(),
    "flag": pa.bool_(),
}


def write_parquet(log: Log, parts: Iterable[list[Values]], file: BinaryIO) -> None:
    """Write a log, each of its parts as a row group; what never was is null."""
    fields = [
        pa.field(column.name, _TYPES[column.kind], metadata={"meaning": column.meaning})
        for column in COLUMNS
    ]
    about = {
        "kanaalkompas": __version__,
        "seed": str(log.scenario.seed),
        "replication": str(log.replication),
    }
    schema = pa.schema(fields, about)
    with ParquetWriter(file, schema) as writer:
        for part in parts:
            arrays = [
                _array(log, column.kind, values)
                for column, values in zip(COLUMNS, part, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _array(log: Log, kind: Kind, values: Values) -> pa.Array:
    if isinstance(values, Names):
        unnamed = np.array([not name for name in values.names])
        codes = pa.array(values.codes.astype(np.int32), mask=unnamed[values.codes])
        return pa.DictionaryArray.from_arrays(codes, pa.array(values.names, pa.string()))
    if kind == "moment":
        return pa.array(log.moments(values), _TYPES[kind], mask=values == NEVER)
    if kind == "seconds":
        return pa.array(values / SECOND, _TYPES[kind], mask=values == NEVER)
    return pa.array(values, _TYPES[kind])
