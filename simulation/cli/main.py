"""The command ``kanaalkompas``: what can be asked, in words and options.

The work of each command stands in a module of its own, which is imported when it is needed, so
that help appears at once.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from simulation import __version__
from simulation.cli.options import (
    WEEKS,
    EngineName,
    Engines,
    File,
    Files,
    Form,
    Format,
    Language,
    OutFolder,
    Plain,
    Replications,
    Seed,
    ThemeFile,
    Tongue,
    Workers,
)
from simulation.cli.problems import guard
from simulation.cli.signals import ending_like_ctrl_c
from simulation.cli.terminal import make_tolerant
from simulation.play.engines import Engine

app = typer.Typer(
    name="kanaalkompas",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _examples(*commands: str, note: str = "") -> str:
    """Write what stands below the options in help; an empty line begins a new line there."""
    lines = ["[bold]Examples[/bold]", *(f"kanaalkompas {command}" for command in commands)]
    return "\n\n".join([*lines, note] if note else lines)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"kanaalkompas {__version__}")
        raise typer.Exit


@app.callback(
    epilog=_examples(
        "init mine.yaml",
        "validate mine.yaml",
        "run mine.yaml",
        "compare scenarios/amsterdam/*.yaml",
        note="Exit codes: 0 done, 1 fault, 2 bad input, 3 norm not attained (with"
        " --fail-on-norm), 130 interrupted.",
    )
)
def root(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an internal error happened.")
    ] = False,
) -> None:
    """Simulate what a municipality's channel strategies cost, and the service they give."""
    del version, debug  # acted upon in `_show_version` and in `guard`


@app.command(
    epilog=_examples(
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
    epilog=_examples(
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


@app.command(
    epilog=_examples(
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
    epilog=_examples(
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
    epilog=_examples(
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


@app.command(
    "business-case",
    epilog=_examples(
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
    epilog=_examples(
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


@app.command(
    epilog=_examples(
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
    epilog=_examples(
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
    epilog=_examples(
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
    epilog=_examples(
        "schema > scenario.schema.json",
        note="An editor with YAML support then completes keys and shows what they mean.",
    )
)
def schema() -> None:
    """Print the JSON Schema of scenario files."""
    from simulation.cli.schema import schema  # noqa: PLC0415

    schema()


@app.command(epilog=_examples("init", "init mine.yaml", "init - | less"))
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


def run() -> None:
    """Run the command with the arguments of this process."""
    make_tolerant()
    with guard(sys.argv[1:]), ending_like_ctrl_c():
        app(prog_name="kanaalkompas")


if __name__ == "__main__":
    run()
