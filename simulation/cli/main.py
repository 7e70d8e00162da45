"""The command ``kanaalkompas``: what can be asked, in words and options.

The work of each command stands in a module of its own, which is imported when it is needed, so
that help appears at once.
"""

import sys
from typing import Annotated

import typer

from simulation import __version__
from simulation.cli.commands import cloud, files, money, plan, play
from simulation.cli.commands.examples import examples
from simulation.cli.problems import guard
from simulation.cli.signals import ending_like_ctrl_c
from simulation.cli.terminal import make_tolerant

app = typer.Typer(
    name="kanaalkompas",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"kanaalkompas {__version__}")
        raise typer.Exit


@app.callback(
    epilog=examples(
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


for group in (play, plan, money, files, cloud):
    app.add_typer(group.app)


def run() -> None:
    """Run the command with the arguments of this process."""
    with ending_like_ctrl_c(), guard(sys.argv[1:]):
        make_tolerant()
        app(prog_name="kanaalkompas")


if __name__ == "__main__":
    run()
