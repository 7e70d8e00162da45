"""Commands that play scenarios: several beside each other, or one."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.commands.examples import examples
from simulation.cli.options import (
    EngineName,
    File,
    Files,
    Form,
    Format,
    Language,
    Replications,
    Seed,
    ThemeFile,
    Tongue,
    Workers,
)
from simulation.play.engines import Engine

app = typer.Typer()


@app.command(
    epilog=examples(
        "compare scenarios/amsterdam/*.yaml",
        "compare today.yaml webcare.yaml --replications 60 --out results",
        "compare today.yaml webcare.yaml --precision 5000 --max-replications 500",
        "compare today.yaml webcare.yaml --precision-service 0.5",
        "compare today.yaml webcare.yaml --equal-service",
        "compare today.yaml webcare.yaml --format csv > measures.csv",
        note="The baseline is the file that all others extend, else the first one.",
    )
)
def compare(
    files: Files,
    *,
    replications: Replications = None,
    precision: Annotated[
        float | None,
        typer.Option(
            metavar="EUROS",
            help="Add replications until each difference in costs is known to within so much.",
            show_default=False,
        ),
    ] = None,
    precision_service: Annotated[
        float | None,
        typer.Option(
            metavar="POINTS",
            help="Add them until the mean share of each norm is known to within so many"
            " percentage points.",
            show_default=False,
        ),
    ] = None,
    max_replications: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Stop there, precise enough or not; 1000 if not given.",
            show_default=False,
        ),
    ] = None,
    equal_service: Annotated[
        bool | None,
        typer.Option(
            "--equal-service/--as-rostered",
            help="Staff every scenario just well enough for its norms, or as its rosters say; as"
            " the baseline says if not given.",
            show_default=False,
        ),
    ] = None,
    share: Annotated[
        float,
        typer.Option(
            metavar="SHARE",
            help="With --equal-service: attain all norms in this share of the simulations.",
        ),
    ] = 0.8,
    step: Annotated[
        float | None,
        typer.Option(
            metavar="FTE",
            help="With --equal-service: from one size to the next; as for size if not given.",
            show_default=False,
        ),
    ] = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineName = Engine.AUTO,
    out: Annotated[
        Path,
        typer.Option(metavar="FOLDER", help="For result.json, run.json and compare.html."),
    ] = Path("out"),
    theme: ThemeFile = None,
    language: Tongue = Language.NL,
    form: Form = Format.TABLE,
    fail_on_norm: Annotated[
        bool, typer.Option("--fail-on-norm", help="Exit with 3 when a norm is not attained.")
    ] = False,
) -> None:
    """Compare strategies with a baseline: costs, service, and how sure that is."""
    from simulation.cli.compare import Order, Staffing, compare  # noqa: PLC0415
    from simulation.cli.precise import Precise  # noqa: PLC0415

    precise = Precise(precision, precision_service, max_replications)
    staffing = Staffing(equal_service, share, step)
    order = Order(
        tuple(files),
        replications,
        precise,
        seed,
        workers,
        engine,
        staffing,
        out,
        theme,
        language,
    )
    raise typer.Exit(compare(order, form, fail_on_norm=fail_on_norm))


@app.command(
    "run",
    epilog=examples(
        "run mine.yaml",
        "run mine.yaml --replications 50 --format csv > measures.csv",
        "run mine.yaml --replication 7 --log contacts.csv",
        "run mine.yaml --replication 7 --log contacts.parquet",
    ),
)
def run_one(
    file: File,
    *,
    replications: Replications = None,
    replication: Annotated[
        int | None,
        typer.Option(
            metavar="K", help="Play only the replication with this number.", show_default=False
        ),
    ] = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineName = Engine.AUTO,
    log: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv|FILE.parquet",
            help="Write every attempt of one replication: that of --replication, else 1.",
            show_default=False,
        ),
    ] = None,
    language: Tongue = Language.NL,
    form: Form = Format.TABLE,
) -> None:
    """Simulate one scenario: volumes, waits, hours, norms and costs."""
    from simulation.cli.run import Order, run  # noqa: PLC0415

    order = Order(file, replications, replication, seed, workers, engine)
    raise typer.Exit(run(order, log, form, language))
