"""Arguments and options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from simulation.play.engines import Engine


class Language(StrEnum):
    """Language of tables and pages."""

    NL = "nl"
    EN = "en"


class Format(StrEnum):
    """Form of the result on stdout."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Engines(StrEnum):
    """Which engines are verified."""

    BOTH = "both"
    SIMPY = "simpy"
    COMPILED = "compiled"


class Plain(StrEnum):
    """Form of what is not a table of measures."""

    TEXT = "text"
    JSON = "json"


WEEKS = 6
"""How many weeks a peak is followed if nobody says."""

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE", help="Scenario files.", show_default=False),
]
File = Annotated[str, typer.Argument(metavar="FILE", help="Scenario file.", show_default=False)]
Replications = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help="Simulate the period this many times; as the files say if not given.",
        show_default=False,
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help="Other random citizens; as the files say if not given.",
        show_default=False,
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(metavar="N", help="Processes; all cores if not given.", show_default=False),
]
EngineName = Annotated[
    Engine,
    typer.Option("--engine", help="Who plays: the same result, at another speed."),
]
ThemeFile = Annotated[
    Path | None,
    typer.Option(
        "--theme",
        metavar="FILE.css",
        help="Colours and font of the page: CSS with custom properties.",
        show_default=False,
    ),
]
Tongue = Annotated[Language, typer.Option(help="Language of tables and pages.")]
Form = Annotated[Format, typer.Option("--format", help="Form of the result on stdout.")]
OutFolder = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="For what is written.")]
