"""Commands for controllers: the business case, and its workbook."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.commands.examples import examples
from simulation.cli.options import (
    EngineName,
    Files,
    Form,
    Format,
    Language,
    OutFolder,
    Replications,
    Seed,
    Tongue,
    Workers,
)
from simulation.play.engines import Engine

app = typer.Typer()


@app.command(
    "business-case",
    epilog=examples(
        "business-case scenarios/amsterdam/*.yaml",
        "business-case today.yaml webcare.yaml --out results",
        "business-case today.yaml webcare.yaml --break-even channels.phone.handling.mean",
        note="An interrupted case goes on where it was when the same command is given again.",
    ),
)
def business_case(
    files: Files,
    *,
    replications: Replications = None,
    share: Annotated[
        float,
        typer.Option(
            metavar="SHARE", help="Attain all norms in at least this share of the simulations."
        ),
    ] = 0.8,
    break_even: Annotated[
        list[str] | None,
        typer.Option(
            "--break-even",
            metavar="PATH",
            help="Also say at which value of this assumption a strategy costs as much as 0*: "
            "within its own range, or PATH=LOW..HIGH. May be given more than once.",
            show_default=False,
        ),
    ] = None,
    sensitivity: Annotated[
        bool,
        typer.Option(
            "--sensitivity",
            help="Also say what each assumption does, what they do together, and what would change "
            "the verdict. Takes long.",
        ),
    ] = False,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick", help="The same in minutes: people mostly follow from the work; see how much."
        ),
    ] = False,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineName = Engine.AUTO,
    out: OutFolder = Path("out"),
    language: Tongue = Language.NL,
    form: Form = Format.TABLE,
) -> None:
    """Say what strategies cost and save by year, in contracts that really end."""
    from simulation.cli.business_case import Wanted, command  # noqa: PLC0415
    from simulation.finance.sensitivity import FULL, QUICK  # noqa: PLC0415

    wanted = Wanted(
        tuple(files),
        replications,
        share,
        seed,
        workers,
        engine,
        out,
        language,
        tuple(break_even or ()),
        QUICK if quick else FULL if sensitivity else None,
    )
    raise typer.Exit(command(wanted, form))


@app.command(
    epilog=examples(
        "workbook out/case.json",
        "workbook out/case.json --out webcare.xlsx --language en",
    )
)
def workbook(
    case: Annotated[
        Path,
        typer.Argument(metavar="CASE.json", help="Written by business-case.", show_default=False),
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.xlsx",
            help="Where the workbook goes; beside the case if not given.",
            show_default=False,
        ),
    ] = None,
    language: Tongue = Language.NL,
) -> None:
    """Write a business case as a spreadsheet in which every euro is a live formula."""
    from simulation.cli.workbook import workbook  # noqa: PLC0415

    workbook(case, out, language)
