"""Commands that ask a stack in AWS."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.commands.examples import examples
from simulation.cli.options import (
    Files,
    Form,
    Format,
    Language,
    OutFolder,
    Replications,
    Seed,
    Tongue,
)
from simulation.cli.problems import Stop

app = typer.Typer()
cloud = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
app.add_typer(
    cloud,
    name="cloud",
    help="Have questions answered by your stack in AWS.",
    epilog=examples(
        "cloud run scenarios/amsterdam/*.yaml --out out",
        "cloud status",
        note="KANAALKOMPAS_API holds the address of the stack, KANAALKOMPAS_TOKEN a token of your"
        " sign-in.",
    ),
)


class Question(StrEnum):
    """What can be asked."""

    COMPARE = "compare"
    EQUAL_SERVICE = "equal-service"
    SIZE = "size"
    BUSINESS_CASE = "business-case"
    SENSITIVITY = "sensitivity"


RunName = Annotated[
    str, typer.Argument(metavar="RUN", help="Its name, as 'cloud run' said.", show_default=False)
]


@cloud.command(
    epilog=examples(
        "cloud run scenarios/amsterdam/*.yaml",
        "cloud run today.yaml webcare.yaml --precision 5000 --out results",
        "cloud run today.yaml webcare.yaml --question business-case --detach",
    )
)
def run(
    files: Files,
    *,
    question: Annotated[
        Question | None,
        typer.Option(
            help="What to compute; a comparison, as the baseline says, if not given.",
            show_default=False,
        ),
    ] = None,
    replications: Replications = None,
    precision: Annotated[
        float | None,
        typer.Option(metavar="EUROS", help="As for compare.", show_default=False),
    ] = None,
    precision_service: Annotated[
        float | None,
        typer.Option(metavar="POINTS", help="As for compare.", show_default=False),
    ] = None,
    max_replications: Annotated[
        int | None, typer.Option(metavar="N", help="As for compare.", show_default=False)
    ] = None,
    share: Annotated[
        float,
        typer.Option(metavar="SHARE", help="Attain all norms in this share of the simulations."),
    ] = 0.8,
    quick: Annotated[
        bool, typer.Option(help="Of a sensitivity: the one of minutes, or the whole.")
    ] = True,
    seed: Seed = None,
    out: OutFolder = Path("out"),
    language: Tongue = Language.NL,
    form: Form = Format.TABLE,
    detach: Annotated[
        bool, typer.Option("--detach", help="Do not wait; fetch the outcome later.")
    ] = False,
    as_rostered: Annotated[bool, typer.Option("--as-rostered", hidden=True)] = False,
    equal_service: Annotated[bool, typer.Option("--equal-service", hidden=True)] = False,
) -> None:
    """Ask a question, wait, and write and show what comes of it."""
    _refuse_those_of_compare(as_rostered=as_rostered, equal_service=equal_service)
    from simulation.cli.cloud.asked import Order, ask  # noqa: PLC0415
    from simulation.cli.precise import Precise  # noqa: PLC0415

    order = Order(
        tuple(files),
        question.replace("-", "_") if question else None,
        replications,
        Precise(precision, precision_service, max_replications),
        share,
        seed,
        quick,
        language,
    )
    raise typer.Exit(ask(order, out, form, detach=detach))


def _refuse_those_of_compare(*, as_rostered: bool, equal_service: bool) -> None:
    """Name the question where it was asked as `compare` is."""
    if as_rostered:
        raise Stop("--as-rostered is an option of compare; give --question compare here")
    if equal_service:
        raise Stop("--equal-service is an option of compare; give --question equal-service here")


@cloud.command(epilog=examples("cloud status", "cloud status 0123456789abcdef0123456789abcdef"))
def status(
    name: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="One run; the latest if not given.")
    ] = None,
) -> None:
    """Show how far runs are, and what they cost."""
    from simulation.cli.cloud.asked import status  # noqa: PLC0415

    status(name)


@cloud.command(
    epilog=examples("cloud fetch 0123456789abcdef0123456789abcdef --out out --language en")
)
def fetch(
    name: RunName,
    *,
    out: OutFolder = Path("out"),
    language: Annotated[
        Language | None,
        typer.Option(
            help="Of tables, pages and sheets; as it was asked if not given.", show_default=False
        ),
    ] = None,
    form: Form = Format.TABLE,
) -> None:
    """Wait for a run, and write and show what comes of it."""
    from simulation.cli.cloud.asked import fetch  # noqa: PLC0415

    raise typer.Exit(fetch(name, out, language, form))


@cloud.command(epilog=examples("cloud cancel 0123456789abcdef0123456789abcdef"))
def cancel(name: RunName) -> None:
    """Stop a run."""
    from simulation.cli.cloud.asked import cancel  # noqa: PLC0415

    cancel(name)
