"""``kanaalkompas cloud``: questions answered by a stack in AWS."""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.cli.cloud_answers import UNDER_WAY, Run, Runs
from simulation.cli.cloud_api import Api
from simulation.cli.cloud_files import as_sent
from simulation.cli.cloud_outcome import outcome
from simulation.cli.cloud_refusals import CANCELLED, NO_RUN, Refused
from simulation.cli.cloud_words import details, line, money
from simulation.cli.inputs import out_of_bounds, prepare, read_all, refuse
from simulation.cli.options import Language
from simulation.cli.output import make_folder
from simulation.cli.precise import MOST, Precise
from simulation.cli.problems import DONE, Stop, say


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
    body = _body(order)
    if not detach:
        make_folder(out)
    api = Api()
    run = _begin(api, body)
    if not detach:
        return outcome(api, run, out, order.language)
    print(run.id)
    return DONE


def _body(order: Order) -> dict[str, Any]:
    """Give what is sent; all that is wrong is told before anything is."""
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
    return body


def _begin(api: Api, body: dict[str, Any]) -> Run:
    run = api.ask("POST", "/runs", Run, body, key=secrets.token_hex(16))
    if run.state in UNDER_WAY:
        takes = f"; it takes {money(run.estimate)}" if run.estimate else ""
        say(f"Run {run.id} is {run.state}{takes}")
    else:
        say(f"Run {run.id}: this was answered before, and takes nothing more")
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
    if name is not None:
        _show(name)
        return
    runs = Api().ask("GET", "/runs", Runs).runs
    for run in runs:
        print(line(run))
    if not runs:
        say("You have no runs; 'kanaalkompas cloud run' asks a question.")


def _show(name: str) -> None:
    try:
        run = _asked(Api(), "GET", _path(name))
    except Refused as refused:
        if refused.kind != CANCELLED:
            raise
        print(f"{name}  cancelled: ask the question again for an answer")
    else:
        print("\n".join([line(run), *details(run)]))


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
    return outcome(api, _asked(api, "GET", path), out, language)


def cancel(name: str) -> None:
    """Stop a run.

    Raises
    ------
    Stop
        When there is no such run, or it has ended.
    """
    run = _asked(Api(), "DELETE", _path(name))
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


def _asked(api: Api, method: str, path: str) -> Run:
    """Give a run; what is refused about it names it."""
    name = path.removeprefix("/runs/")
    try:
        return api.ask(method, path, Run)
    except Refused as refused:
        if refused.kind == NO_RUN:
            remedy = "'kanaalkompas cloud status' lists those you have"
            raise Refused(f"you have no run {name}", remedy, kind=NO_RUN, final=True) from None
        if refused.final:
            reason = f"run {name}: {refused}"
            raise Refused(reason, kind=refused.kind, final=True) from None
        raise
