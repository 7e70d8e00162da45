"""What comes of a run: waited for, shown, and written."""

import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from simulation.cli.cloud.answers import OUTCOME, UNDER_WAY, Run
from simulation.cli.cloud.api import Api
from simulation.cli.cloud.documents import Wish, show_document, write_documents
from simulation.cli.cloud.refusals import Refused
from simulation.cli.cloud.token import TOKEN_REFUSED
from simulation.cli.cloud.words import money
from simulation.cli.problems import DONE, FAULT, INTERRUPTED, Stop, say
from simulation.cli.progress import shown

_EVERY: Final = 2.0
"""Seconds between two looks at a run."""


def outcome(api: Api, run: Run, wish: Wish) -> int:
    """Wait until a run has ended, and write and show what came of it; give the exit code.

    Parameters
    ----------
    api : that has the run
    run : as it was seen last
    wish : how it is wanted, in a folder that is there

    Raises
    ------
    Stop
        When nothing came of it, the API does not answer, or files cannot be written.
    """
    with _told_further(run, wish.out):
        run = _ended(api, run, wish.out)
    if run.state not in OUTCOME and not run.documents:
        raise Stop(f"the run is {run.state}: {run.problem or 'nothing comes of it'}", FAULT)
    with _told_further(run, wish.out):
        answer = write_documents(api, run, wish)
    if answer is not None:
        show_document(answer, wish.language or run.language, wish.form, wish.repeat)
    say(f"It took {money(run.costs)}.")
    if run.state != "finished":
        say(f"It is not whole: {run.problem or 'some simulations failed; the page says which'}")
    return DONE if run.state == "finished" else FAULT


def _ended(api: Api, run: Run, out: Path) -> Run:
    """Wait until a run has ended, and show how far it is."""
    try:
        while run.state in UNDER_WAY:
            run = _one_step(api, run)
    except KeyboardInterrupt:
        say(f"It goes on in AWS. To see how far: {_command('status', run)}")
        say(f"To get what comes of it: {_fetch(run, str(out))}")
        say(f"To stop it: {_command('cancel', run)}")
        raise SystemExit(INTERRUPTED) from None
    return run


@contextmanager
def _told_further(run: Run, out: Path) -> Iterator[None]:
    """Say how to go on with a run where something else than the run fails."""
    try:
        yield
    except Refused as refused:
        if refused.final:
            raise
        further = (
            f"The run is not lost; with a new token: {_fetch(run, str(out))}"
            if refused.kind == TOKEN_REFUSED
            else f"To see how far the run is: {_command('status', run)}\n"
            f"To get what comes of it: {_fetch(run, str(out))}"
        )
        raise Stop(f"{refused}\n{further}", refused.code) from None
    except Stop as stop:
        further = f"The run is not lost; with another folder: {_fetch(run, 'FOLDER')}"
        raise Stop(f"{stop}\n{further}", stop.code) from None


def _command(verb: str, run: Run) -> str:
    return f"kanaalkompas cloud {verb} {run.id}"


def _fetch(run: Run, out: str) -> str:
    return shlex.join(["kanaalkompas", "cloud", "fetch", run.id, "--out", out])


def _one_step(api: Api, run: Run) -> Run:
    """Wait until a step is done, of which nobody knows how many follow."""
    step = run.round
    with shown(f"Step {step}" if step else "Waiting", "simulations") as progress:
        while run.state in UNDER_WAY and run.round == step:
            jobs = sum(part.jobs for part in run.parts)
            done = sum(part.done for part in run.parts)
            if done:
                progress(done, jobs)
            time.sleep(_EVERY)
            run = api.ask("GET", f"/runs/{run.id}", Run)
    return run
