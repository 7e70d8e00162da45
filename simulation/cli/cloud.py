"""``kanaalkompas cloud``: questions answered by a stack in AWS."""

import re
import secrets
import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from simulation.cli.cloud_answers import OUTCOME, UNDER_WAY, Costs, Precision, Run, Runs
from simulation.cli.cloud_api import Api
from simulation.cli.cloud_files import as_sent
from simulation.cli.cloud_refusals import Refused
from simulation.cli.cloud_token import TOKEN_REFUSED
from simulation.cli.inputs import out_of_bounds, prepare, read_all, refuse
from simulation.cli.options import Language
from simulation.cli.output import make_folder, open_bytes
from simulation.cli.precise import MOST, Precise
from simulation.cli.problems import DONE, FAULT, INTERRUPTED, Stop, say
from simulation.cli.progress import shown

_EVERY: Final = 2.0
"""Seconds between two looks at a run."""

_CENT: Final = 0.01


@dataclass(frozen=True)
class Order:
    """What is asked.

    Attributes
    ----------
    files : of the scenarios
    kind : of question, as the API names it; that of `compare` if None
    replications, precise, share, seed, quick : as for the command of that kind
    language : of what is fetched
    """

    files: tuple[str, ...]
    kind: str | None
    replications: int | None
    precise: Precise
    share: float
    seed: int | None
    quick: bool
    language: Language


def ask(order: Order, out: Path, *, detach: bool) -> int:
    """Have a question answered; give the exit code.

    Parameters
    ----------
    order : what is asked
    out : folder for what comes of it
    detach : only print the name of the run

    Raises
    ------
    Stop
        When it cannot be asked, nothing came of it, or files cannot be written.
    """
    api = Api()
    run = _begin(api, order)
    if not detach:
        return _outcome(api, run, out, order.language)
    print(run.id)
    return DONE


def _begin(api: Api, order: Order) -> Run:
    refuse(
        [
            *out_of_bounds(replications=order.replications, seed=order.seed),
            *order.precise.wrong(order.replications),
        ]
    )
    asked = prepare(read_all(order.files), order.replications, order.seed)
    scenarios, extended = as_sent([each.loaded for each in asked])
    body: dict[str, Any] = {
        "kind": order.kind or _kind(asked[0].scenario.staffing),
        "scenarios": scenarios,
        "extended": extended,
        "share": order.share,
        "quick": order.quick,
        "language": order.language.value,
        "replications": order.replications,
        "seed": order.seed,
    }
    if order.precise.asked:
        own = order.precise
        body["precision"] = {"cost": own.cost, "service": own.service, "most": own.most or MOST}
    run = api.ask("POST", "/runs", Run, body, key=secrets.token_hex(16))
    cost = run.estimate
    say(f"Run {run.id} is {run.state}{'' if cost is None else f'; it takes {_money(cost)}'}")
    return run


def _kind(staffing: str) -> str:
    return "equal_service" if staffing == "equal_service" else "compare"


def status(name: str | None) -> None:
    """Show the latest runs, or one.

    Raises
    ------
    Stop
        When there is no such run.
    """
    path = "/runs" if name is None else _path(name)
    api = Api()
    if name is None:
        for run in api.ask("GET", path, Runs).runs:
            print(_line(run))
        return
    run = api.ask("GET", path, Run)
    print("\n".join([_line(run), *_details(run)]))


def _ended(api: Api, run: Run) -> Run:
    """Wait until a run has ended, and show how far it is."""
    try:
        while run.state in UNDER_WAY:
            run = _one_step(api, run)
    except KeyboardInterrupt:
        say(f"It goes on in AWS. To see how far: {_command('status', run)}")
        say(f"To stop it: {_command('cancel', run)}")
        raise SystemExit(INTERRUPTED) from None
    return run


@contextmanager
def _told_further(run: Run, out: Path) -> Iterator[None]:
    """Say how to go on with a run where the API does not answer any more."""
    fetch = shlex.join(["kanaalkompas", "cloud", "fetch", run.id, "--out", str(out)])
    try:
        yield
    except Refused as refused:
        if refused.final:
            raise
        further = (
            f"The run is not lost; with a new token: {fetch}"
            if refused.kind == TOKEN_REFUSED
            else f"To see how far the run is: {_command('status', run)}\n"
            f"To get what comes of it: {fetch}"
        )
        raise Stop(f"{refused}\n{further}", refused.code) from None


def _command(verb: str, run: Run) -> str:
    return f"kanaalkompas cloud {verb} {run.id}"


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


def fetch(name: str, out: Path, language: Language | None) -> int:
    """Wait for a run, and write what came of it; give the exit code.

    Parameters
    ----------
    name : of the run
    out : folder
    language : of pages and sheets; that of the run if None

    Raises
    ------
    Stop
        When there is no such run, nothing came of it, or files cannot be written.
    """
    path = _path(name)
    make_folder(out)
    api = Api()
    return _outcome(api, api.ask("GET", path, Run), out, language)


def _outcome(api: Api, run: Run, out: Path, language: Language | None) -> int:
    make_folder(out)
    with _told_further(run, out):
        run = _ended(api, run)
        if run.state not in OUTCOME and not run.documents:
            problem = run.problem or "nothing comes of it"
            raise Stop(f"the run is {run.state}: {problem}", FAULT)
        _write(api, run, out, language or run.language)
    say(f"It took {_money(run.costs)}.")
    if run.state != "finished":
        say(f"It is not whole: {run.problem or 'some simulations failed; the page says which'}")
    return DONE if run.state == "finished" else FAULT


def _write(api: Api, run: Run, out: Path, language: Language) -> None:
    written: list[str] = []
    try:
        for document, place in _places(run.documents, language):
            with open_bytes(out / place) as file:
                api.download(f"/runs/{run.id}/documents/{document}", file)
            written.append(str(out / place))
    finally:
        if written:
            say(f"Written: {', '.join(written)}")


def cancel(name: str) -> None:
    """Stop a run.

    Raises
    ------
    Stop
        When there is no such run, or it has ended.
    """
    run = Api().ask("DELETE", _path(name), Run)
    say(f"Run {run.id} is {run.state}.")


def _path(name: str) -> str:
    """Give the path of a run; what is no name of one could be the path of anything.

    Raises
    ------
    Stop
        When it is no name of a run.
    """
    if re.fullmatch("[0-9a-f]{32}", name) is None:
        raise Stop(
            f"{name!r} is no name of a run, which has 32 of the signs 0-9 and a-f; "
            "'kanaalkompas cloud status' lists your runs"
        )
    return f"/runs/{name}"


def _places(documents: list[str], language: Language) -> Iterator[tuple[str, str]]:
    """Give documents, and the names that the command line gives them on this machine."""
    for name in documents:
        match name.split("."):
            case [_] | [_, _]:
                yield name, name
            case [first, middle, last] if middle == language:
                yield name, f"{first}.{last}"


def _line(run: Run) -> str:
    scenarios = ", ".join(run.scenarios)
    return f"{run.id}  {run.created[:16]}  {run.state:9}  {run.kind}: {scenarios}"


def _details(run: Run) -> Iterator[str]:
    for part in run.parts if run.state in UNDER_WAY else ():
        yield f"  step {run.round}, {part.stage}: {part.done} of {part.jobs}"
    precision = run.precision
    if precision is not None:
        yield f"  after {precision.replications} simulations: {_precise(precision)}"
    yield f"  {_money(run.costs)}{' so far' if run.state in UNDER_WAY else ''}"
    if run.documents:
        yield f"  documents: {', '.join(run.documents)}"
    if run.problem:
        yield f"  {run.problem}"


def _precise(told: Precision) -> str:
    found = []
    for name, asked, width, form in (
        ("cost", told.cost, told.cost_half_width, "€ {:,.2f}"),
        ("service", told.service, told.service_half_width, "{:.4f}"),
    ):
        if asked is not None:
            got = "unknown" if width is None else form.format(width)
            found.append(f"{name} ± {got} (asked {form.format(asked)})")
    return ", ".join(found)


def _money(costs: Costs) -> str:
    euros = costs.euros
    if euros.high < _CENT:
        return "less than a cent in AWS"
    return f"about € {euros.value:.2f} in AWS (between {euros.low:.2f} and {euros.high:.2f})"
