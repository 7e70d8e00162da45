"""Commands for planners: how many people, who when, and what a peak does."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.commands.examples import examples
from simulation.cli.options import (
    WEEKS,
    EngineName,
    File,
    Form,
    Format,
    Language,
    OutFolder,
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
        "size mine.yaml --team webcare",
        "size mine.yaml --all",
        "size mine.yaml --team webcare --share 0.9 --step 0.5",
        "size mine.yaml --team webcare --format csv > heads.csv",
        note="An interrupted search goes on where it was when the same command is given again.",
    )
)
def size(
    file: File,
    *,
    team: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Team to be sized.", show_default=False),
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--all", help="Size all teams and sites together.")
    ] = False,
    share: Annotated[
        float,
        typer.Option(
            metavar="SHARE", help="Attain the norms in at least this share of the simulations."
        ),
    ] = 0.8,
    replications: Annotated[
        int, typer.Option(metavar="N", help="Search on this many simulations.")
    ] = 30,
    confirm: Annotated[int, typer.Option(metavar="N", help="Confirm on this many others.")] = 60,
    step: Annotated[
        float | None,
        typer.Option(
            metavar="FTE",
            help="From one size to the next; 1 if not given, 0.5 for a team below 20, 0.1 below 2.",
            show_default=False,
        ),
    ] = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineName = Engine.AUTO,
    out: OutFolder = Path("out"),
    theme: ThemeFile = None,
    language: Tongue = Language.NL,
    form: Form = Format.TABLE,
) -> None:
    """Find the smallest team that attains its norms, or the smallest teams together."""
    from simulation.cli.size import Wanted, command  # noqa: PLC0415
    from simulation.sizing.size import Order  # noqa: PLC0415

    order = Order(team, share, replications, confirm, step)
    wanted = Wanted(file, order, everyone, seed, workers, engine, out, language, theme)
    raise typer.Exit(command(wanted, form))


@app.command(
    epilog=examples(
        "roster mine.yaml --team webcare",
        "roster out/mine-sized.yaml --today mine.yaml",
        "roster mine.yaml --format csv > roster.csv",
        note="Needed are the heads in the file's own rosters, such as those that size wrote.",
    )
)
def roster(
    file: File,
    *,
    team: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Team; every team if not given.", show_default=False),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Scenario of today: say where it has too few people, or too many.",
            show_default=False,
        ),
    ] = None,
    replications: Replications = None,
    workers: Workers = None,
    out: OutFolder = Path("out"),
    language: Tongue = Language.NL,
    form: Form = Format.TABLE,
) -> None:
    """Make a roster of shifts and contracts at least cost, and simulate it afresh."""
    from simulation.cli.roster import Wanted, command  # noqa: PLC0415

    wanted = Wanted(file, team, today, replications, workers, out, language)
    raise typer.Exit(command(wanted, form))


@app.command(
    epilog=examples(
        "peak scenarios/amsterdam/e-information-crisis-week.yaml",
        "peak mine.yaml --event storm --on tuesday",
        "peak mine.yaml --at '2026-11-17 10:00' --contacts 9000",
        "peak mine.yaml --on tuesday --contacts 500 --decay '6 hours'",
        "peak mine.yaml --format csv > peak.csv",
        note="A file without events needs --contacts: they come by the channels and for the reasons"
        " of the ordinary demand.",
    )
)
def peak(
    file: File,
    *,
    event: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Which of the file's events; the first one if not given.",
            show_default=False,
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="MOMENT",
            help="When it starts, as '2026-03-03 09:00'; as the file says if not given.",
            show_default=False,
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            metavar="WEEKDAY",
            help="Move it to this day of its week, at the same time.",
            show_default=False,
        ),
    ] = None,
    contacts: Annotated[
        float | None,
        typer.Option(
            metavar="N",
            help="Expected extra contacts; as the file says if not given.",
            show_default=False,
        ),
    ] = None,
    decay: Annotated[
        str | None,
        typer.Option(
            metavar="DURATION",
            help="Mean time after the start at which they come; as the file says, else 10 hours.",
            show_default=False,
        ),
    ] = None,
    weeks: Annotated[
        int, typer.Option(metavar="N", help="How many weeks to follow it after its start.")
    ] = WEEKS,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineName = Engine.AUTO,
    language: Tongue = Language.NL,
    form: Form = Format.TABLE,
) -> None:
    """Show what a storm or another peak does: how much work, how long the wait, gone by when."""
    from simulation.cli.peak import Order, peak  # noqa: PLC0415

    order = Order(
        file, event, at, on, contacts, decay, weeks, replications, seed, workers, engine, language
    )
    raise typer.Exit(peak(order, form))
