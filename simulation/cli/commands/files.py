"""Commands about files and the product itself: check, verify, show again, begin."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.commands.examples import examples
from simulation.cli.options import (
    Engines,
    Files,
    Language,
    Plain,
    ThemeFile,
    Tongue,
    Workers,
)

app = typer.Typer()


@app.command(
    epilog=examples(
        "validate mine.yaml",
        "validate scenarios/amsterdam/*.yaml",
        "validate mine.yaml --format json",
        note="Exit code 0 if all files are in order, with warnings or without; 2 if one is not.",
    )
)
def validate(
    files: Files,
    *,
    form: Annotated[Plain, typer.Option("--format", help="Form of the report.")] = Plain.TEXT,
) -> None:
    """Check scenario files; warn where more work comes than people are rostered for."""
    from simulation.cli.validate import validate  # noqa: PLC0415

    raise typer.Exit(validate(files, form))


@app.command(
    epilog=examples(
        "verify --quick",
        "verify",
        "verify erlang-c erlang-a --engine compiled",
        "verify --format json > verification.json",
        note="Exit code 0 if everything agrees, 1 if anything does not.",
    )
)
def verify(
    parts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PART",
            help="Such as erlang-c or random-scenarios; all if not given.",
            show_default=False,
        ),
    ] = None,
    *,
    quick: Annotated[
        bool, typer.Option("--quick", help="Fewer cases, in less than a minute on two cores.")
    ] = False,
    engine: Annotated[Engines, typer.Option(help="Who plays.")] = Engines.BOTH,
    seed: Annotated[int, typer.Option(metavar="N", help="Other random citizens.")] = 1,
    workers: Workers = None,
    form: Annotated[Plain, typer.Option("--format", help="Form of the report.")] = Plain.TEXT,
) -> None:
    """Verify the simulator: against exact answers, and its engines against each other."""
    from simulation.cli.verify import Order, verify  # noqa: PLC0415

    order = Order(tuple(parts or ()), quick, engine, seed, workers)
    raise typer.Exit(verify(order, form))


@app.command(
    epilog=examples(
        "report out/result.json",
        "report out/result.json --language en --out page.html",
        "report out/result.json --theme house-style.css",
        "report out/case.json",
    )
)
def report(
    result: Annotated[
        Path,
        typer.Argument(
            metavar="RESULT",
            help="A result.json that 'compare' wrote, a case.json that 'business-case' wrote, or a"
            " NAME-size.json that 'size' wrote.",
            show_default=False,
        ),
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="For the page, - for stdout; if not given, compare.html, finance.html or"
            " NAME-planner.html beside the result.",
            show_default=False,
        ),
    ] = None,
    theme: ThemeFile = None,
    language: Tongue = Language.NL,
) -> None:
    """Write the page of a stored result, business case or size."""
    from simulation.cli.report import report  # noqa: PLC0415

    report(result, out, theme, language)


@app.command(
    epilog=examples(
        "schema > scenario.schema.json",
        note="An editor with YAML support then completes keys and shows what they mean.",
    )
)
def schema() -> None:
    """Print the JSON Schema of scenario files."""
    from simulation.cli.schema import schema  # noqa: PLC0415

    schema()


@app.command(epilog=examples("init", "init mine.yaml", "init - | less"))
def init(
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="File to write; - for stdout.")
    ] = "scenario.yaml",
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write an example scenario with comments."""
    from simulation.cli.init import init  # noqa: PLC0415

    init(file, force=force)


@app.command(epilog=examples("serve", "serve --folder runs --port 0"))
def serve(
    *,
    folder: Annotated[Path, typer.Option(help="Where runs are kept.", file_okay=False)] = Path(
        "out/serve"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for a free one.")] = 8421,
    workers: Workers = None,
) -> None:
    """Serve the API and the pages on 127.0.0.1, until Ctrl-C.

    What is under way then goes on at the next start with the same folder.
    """
    from simulation.cli.serve import serve  # noqa: PLC0415

    serve(folder, port, workers)
