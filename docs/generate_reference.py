"""Write the reference pages from what the code says about itself.

The scenario format and the result document are described by the docstrings under the attributes
of their models, the contact log by its columns, the command line by its own help. This turns
them into pages; a test (`tests/docs/test_reference.py`) fails when a page is no longer what this
writes.

Run it with ``python docs/generate_reference.py`` after a change in one of them.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from simulation.cli.contact_log import COLUMNS
from simulation.comparison.document import Result
from simulation.comparison.peak import PeakResult
from simulation.finance.document import CaseResult
from simulation.scenario.schema import json_schema
from simulation.scenario.wanted import number
from simulation.sizing.document import SizeResult

DOCS = Path(__file__).parent
REFERENCE = DOCS / "reference"
MEASURES = DOCS / "measures.yaml"

COMMANDS = (
    "compare",
    "run",
    "size",
    "roster",
    "peak",
    "business-case",
    "workbook",
    "validate",
    "verify",
    "report",
    "schema",
    "init",
    "serve",
    "cloud run",
    "cloud status",
    "cloud fetch",
    "cloud cancel",
)

Schema = dict[str, Any]

_WRITTEN = {
    "4 minutes": "duration",
    "08:30": "time of day",
    "mon-fri": "weekdays",
    "2026-01-05 08:00": "moment",
    "2026-01-05": "date",
}
"""What is written as a text, by the example in its schema."""

_NO_REAL_BOUND = 1e12
_ZERO, _NOTHING = "0.000000 seconds", "0 seconds"

_GENERATED = "<!-- Written by docs/generate_reference.py: change the code, then run it. -->"

_SCENARIO = """\
# Scenario format

{generated}

Every key that a scenario file knows, in the order of the file. The text beside a key is the one
that an editor shows when it uses the output of `kanaalkompas schema`. For a first file, begin with
[Write a scenario](../how-to/write-a-scenario.md).

Rules for the whole file:

- It is YAML by the rules of version 1.2: `no`, `08:30` and `2026-01-05` are the texts that they
  look like. Tags, keys that occur twice and several documents in one file are refused.
- An unknown key is an error; the message names the nearest known one.
- A duration has a unit: `25 seconds`, `4 minutes`, `8 hours`, `10 days`, `2 weeks`. A day always
  has 24 hours. A time of day is `08:30`; the end of the day is `24:00`.
- Names of channels, teams, reasons, norms and cost lines have small letters, digits and
  underscores, begin with a letter, and are at most 40 characters long.
- A text for readers is one text, or a text for each language: `{{nl: balie, en: counter}}`.
- Any number or text may be an [assumption](#assumption): the value with its range and its source.

## A file that extends another

`extends: other.yaml` takes over everything from a file (the path is relative to the file itself).
After that line a file says only what changes:

- mappings merge key by key;
- a list or a single value replaces what was there;
- `null` removes a key;
- an assumption, a distribution and a channel of another kind are replaced as a whole;
- `title` and `why` are never taken over: every file has its own.

A chain has at most 10 files.
"""

_RESULT = """\
# Result document

{generated}

`kanaalkompas compare` writes `result.json`; `--format json` prints the same document. The same
question gives the same bytes: no clock, machine or folder is in it. Those stand in `run.json`
beside it, with the command, the time it took and the versions of the libraries.

How to get at the numbers: [Use the result in other programs](../how-to/use-the-result.md).

## Measures

`measures` and `differences` of a scenario are flat: a path, and an [estimate](#estimate). A part
between `<` and `>` stands for a name in the scenario. A measure that does not exist, such as the
mean wait of nobody, is left out. Counts follow the moment of the first attempt of a contact; hours
and costs follow the clock, from the end of the warm-up to the horizon.

{measures}
## Parts of the document
"""

_SIZE = """\
# Size document

{generated}

`kanaalkompas size` writes `NAME-size.json`, after the scenario `NAME.yaml`; `--format json` prints
the same document. The same question gives the same bytes. Beside it stand `NAME-planner.html`, a
page, which `kanaalkompas report` makes again from the document; `NAME-heads.csv`, a row for each
part of the week; and `NAME-sized.yaml`, a scenario with the rosters that were found. What the
numbers mean is in
[how many people it takes](../model.md#how-many-people-it-takes), how to use them in
[Find out how many people it takes](../how-to/size-a-team.md).

## Parts of the document
"""

_CASE = """\
# Case document

{generated}

`kanaalkompas business-case` writes `case.json`; `--format json` prints the same document. The same
question gives the same bytes. `kanaalkompas report` makes its pages again, `kanaalkompas workbook`
a spreadsheet of it. What it is for: [Make a business case](../how-to/make-a-business-case.md). The
comparison that it rests on stands in it as it is in a [result document](result-document.md).

## Parts of the document
"""

_PEAK = """\
# Peak document

{generated}

`kanaalkompas peak --format json` prints this document. The same question gives the same bytes.
What it is for: [Prepare for a peak](../how-to/prepare-for-a-peak.md); what exactly is computed:
[A peak](../model.md#a-peak).

`--format csv` has a row for each of the same numbers, with these columns:

| column | meaning |
| --- | --- |
| `channel` | key of the channel; empty for all channels together |
| `quantity` | `gone_by`, `largest`, `longest_wait_seconds`, `attempts`, `closed`, \
`lost` or `open_work` |
| `case` | `with` the event, `without` it, or the `difference` |
| `moment` | of an hour of `open_work`, or by which it is gone; empty where it is gone later |
| `statistic` | `p5`, `p50`, `p90` or `p95`: a percentile of the replications |
| `value` | the number; `later` where it is gone later than it was followed |

## Parts of the document
"""

_LOG = """\
# Contact log

{generated}

`kanaalkompas run FILE --replication K --log contacts.csv` writes every attempt of one replication,
in order of arrival; `contacts.parquet` holds the same columns for programs. The same question
gives the same bytes. How to use it:
[Repeat one replication](../how-to/repeat-one-replication.md).

- A name in `_local` holds moments in local civil time, to the microsecond: ISO 8601 in CSV, a
  timestamp without a time zone in Parquet.
- A name in `_seconds` holds seconds, with six decimals in CSV.
- What does not exist is empty in CSV and null in Parquet.
- Parquet needs the library pyarrow (`pip install 'kanaalkompas[parquet]'`). The version of the
  model, the seed and the number of the replication stand in the metadata of the file, what a column
  means in that of the column.

{columns}"""

_COMMANDS = """\
# Command line

{generated}

Every command explains itself with `--help`. Progress and messages go to stderr, the result to
stdout, so that a result can be sent to a file. Colours are left out when the output is not a
terminal or when `NO_COLOR` is set.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | fault of the program, a replication failed, or `verify` found a difference |
| 2 | bad input: every problem is told, nothing is written |
| 3 | a norm is not attained (only with `--fail-on-norm`) |
| 130 | interrupted with Ctrl-C; what was finished is kept |
"""


def pages() -> dict[Path, Callable[[], str]]:
    """Give what writes each generated page, by its place."""
    return {
        REFERENCE / "scenario-format.md": scenario_format,
        REFERENCE / "result-document.md": result_document,
        REFERENCE / "size-document.md": size_document,
        REFERENCE / "peak-document.md": peak_document,
        REFERENCE / "case-document.md": case_document,
        REFERENCE / "contact-log.md": contact_log,
        REFERENCE / "command-line.md": command_line,
    }


def scenario_format() -> str:
    """Write the page about scenario files."""
    models = json_schema()["$defs"]
    named = {name: model for name, model in models.items() if not _is_change(name, models)}
    order = _in_order("Scenario", named, last="Assumption")
    parts = [_part_of_file(name, models) for name in order]
    return "\n".join([_SCENARIO.format(generated=_GENERATED), *parts])


def result_document() -> str:
    """Write the page about results."""
    return _document(Result, _RESULT.format(generated=_GENERATED, measures=_measures()))


def size_document() -> str:
    """Write the page about sizes."""
    return _document(SizeResult, _SIZE.format(generated=_GENERATED))


def peak_document() -> str:
    """Write the page about peaks."""
    return _document(PeakResult, _PEAK.format(generated=_GENERATED))


def case_document() -> str:
    """Write the page about business cases; the comparison in it has a page of its own."""
    text = _document(CaseResult, _CASE.format(generated=_GENERATED), without=Result)
    for name in Result.model_json_schema()["$defs"].keys() | {"Result"}:
        text = text.replace(f"](#{name.lower()})", f"](result-document.md#{name.lower()})")
    return text


def _document(model: type[BaseModel], head: str, without: type[BaseModel] | None = None) -> str:
    root = model.model_json_schema()
    models = {**root.pop("$defs"), model.__name__: root}
    known = {without.__name__, *without.model_json_schema()["$defs"]} if without else set()
    order = [name for name in _in_order(model.__name__, models) if name not in known]
    return "\n".join([head, *(_part_of_result(name, models) for name in order)])


def contact_log() -> str:
    """Write the page about the log of attempts."""
    kinds = {
        "count": "whole number",
        "name": "text",
        "moment": "moment",
        "seconds": "seconds",
        "flag": "`true` or `false`",
    }
    rows = [(f"`{each.name}`", kinds[each.kind], each.meaning) for each in COLUMNS]
    columns = _table(("column", "value", "meaning"), rows)
    return _LOG.format(generated=_GENERATED, columns=columns)


def command_line() -> str:
    """Write the page about the command, from its own help."""
    parts = [_COMMANDS.format(generated=_GENERATED), _help()]
    parts += [f"## {name}\n\n{_help(*name.split())}" for name in COMMANDS]
    return "\n".join(parts)


def measure_table() -> list[Schema]:
    """Give the groups of measures: title, and rows with path, unit and meaning."""
    groups: list[Schema] = yaml.safe_load(MEASURES.read_text(encoding="utf-8"))
    return groups


def _measures() -> str:
    text = ""
    for group in measure_table():
        rows = [(f"`{row['path']}`", row["unit"], row["meaning"]) for row in group["measures"]]
        text += f"### {group['title']}\n\n" + _table(("path", "unit", "meaning"), rows) + "\n"
    return text


def _help(*command: str) -> str:
    asked = [sys.executable, "-m", "simulation.cli.main", *command, "--help"]
    environment = {**os.environ, "COLUMNS": "90", "NO_COLOR": "1", "TERM": "dumb"}
    shown = subprocess.run(
        asked, check=True, capture_output=True, encoding="utf-8", env=environment, cwd=DOCS.parent
    ).stdout
    lines = [line.rstrip() for line in shown.strip("\n").splitlines()]
    return "```text\n" + re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip("\n")) + "\n```\n"


def _is_change(name: str, models: dict[str, Schema]) -> bool:
    """Tell whether a schema is that of a part of a file that extends another."""
    return name.endswith("Change") and name.removesuffix("Change") in models


def _in_order(root: str, models: dict[str, Schema], last: str = "") -> list[str]:
    """Give the models in the order in which a reader meets them, each after who names it first."""
    order: list[str] = []

    def visit(name: str) -> None:
        if name not in order and name not in {last, "Translated"}:
            order.append(name)
            for other in _named(models[name]):
                visit(other)

    visit(root)
    return [*order, last] if last else order


def _named(schema: object) -> Iterator[str]:
    """Give the models that a schema refers to."""
    if isinstance(schema, list):
        for part in schema:
            yield from _named(part)
    elif isinstance(schema, dict):
        for key, part in schema.items():
            if key == "$ref":
                yield part.rpartition("/")[2]
            elif key != "discriminator":
                yield from _named(part)


def _part_of_file(name: str, models: dict[str, Schema]) -> str:
    model = models[name]
    required = set(model.get("required", ()))
    rows = [
        (f"`{key}`", _kind(schema), _default(schema, key in required), _flat(schema, models))
        for key, schema in model["properties"].items()
    ]
    table = _table(("key", "value", "if left out", "meaning"), rows)
    return f"## {name}\n\n{_prose(model['description'])}\n\n{table}"


def _part_of_result(name: str, models: dict[str, Schema]) -> str:
    rows = [
        (f"`{key}`", _kind(schema) + _or_null(schema), _flat(schema, models))
        for key, schema in models[name]["properties"].items()
    ]
    table = _table(("key", "value", "meaning"), rows)
    return f"### {name}\n\n{_prose(models[name]['description'])}\n\n{table}"


def _or_null(schema: Schema) -> str:
    return " or `null`" if {"type": "null"} in schema.get("anyOf", ()) else ""


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


def _prose(text: str) -> str:
    """Write a docstring as Markdown: double backquotes become single ones."""
    return " ".join(text.replace("``", "`").split())


def _flat(schema: Schema, models: dict[str, Schema]) -> str:
    """Give the docstring of a key; that of its model where the two are the same."""
    model = models.get(schema.get("$ref", "").rpartition("/")[2], {})
    text = schema.get("description") or model.get("description", "")
    return _prose(text).replace("|", "\\|")


def _default(schema: Schema, required: bool) -> str:
    if required:
        return "**needed**"
    value = schema.get("default")
    if value is None or value in ({}, []):
        return "–"
    if isinstance(value, dict | list):
        return "see there" if isinstance(value, dict) else ", ".join(f"`{v}`" for v in value)
    if isinstance(value, bool):
        return f"`{value}`".lower()
    return f"`{_NOTHING if value == _ZERO else value}`"


def _kind(schema: Schema) -> str:
    """Say what may stand at a place."""
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        kinds = [_kind(choice) for choice in choices if not _is_assumption_or_null(choice)]
        kinds = [kind for kind in kinds if not (kind == "whole number" and "number" in kinds)]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return "text in both languages" if name == "Translated" else f"[{name}](#{name.lower()})"
    if "const" in schema or "enum" in schema:
        options = schema.get("enum", [schema.get("const")])
        return ", ".join(f"`{option}`" for option in options)
    return _plain_kind(schema)


def _is_assumption_or_null(schema: Schema) -> bool:
    return schema.get("type") == "null" or schema.get("$ref", "").endswith("/Assumption")


def _plain_kind(schema: Schema) -> str:
    kinds = {"boolean": _boolean, "string": _text, "array": _list, "object": _mapping}
    if schema.get("type") in kinds:
        return kinds[schema["type"]](schema)
    return ("whole number" if schema.get("type") == "integer" else "number") + _range(schema)


def _boolean(_: Schema) -> str:
    return "`true` or `false`"


def _text(schema: Schema) -> str:
    if "examples" not in schema:
        return "text"
    example = schema["examples"][0]
    return f"{_WRITTEN[example]}, `{example}`"


def _list(schema: Schema) -> str:
    return "list of " + _kind(schema.get("items", {})) + _length(schema)


def _mapping(schema: Schema) -> str:
    inside = list(schema.get("patternProperties", {}).values()) or [
        schema.get("additionalProperties")
    ]
    value = inside[0]
    return f"by name: {_kind(value)}" if isinstance(value, dict) else "mapping"


def _range(schema: Schema) -> str:
    low, high = schema.get("minimum"), _bound(schema.get("maximum"))
    above, below = schema.get("exclusiveMinimum"), _bound(schema.get("exclusiveMaximum"))
    bounds = (("from", low), ("above", above), ("to", high), ("below", below))
    parts = [f"{word} {number(bound)}" for word, bound in bounds if bound is not None]
    return " " + " ".join(parts) if parts else ""


def _bound(value: float | None) -> float | None:
    """Leave out bounds that only keep numbers finite."""
    return value if value is not None and value < _NO_REAL_BOUND else None


def _length(schema: Schema) -> str:
    low, high = schema.get("minItems"), schema.get("maxItems")
    if low is not None and low == high:
        return f", {low} of them"
    return f", at most {high:,}" if high is not None else ""


def main() -> None:
    """Write every generated page."""
    for path, written in pages().items():
        path.write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()
