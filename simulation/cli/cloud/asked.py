"""What each command of ``cloud`` does: ask, look how far it is, fetch, cancel."""

import re
import secrets
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.cli.cloud.answers import UNDER_WAY, Run, Runs
from simulation.cli.cloud.api import Api
from simulation.cli.cloud.documents import Wish, refuse_form
from simulation.cli.cloud.files import as_sent
from simulation.cli.cloud.outcome import outcome
from simulation.cli.cloud.refusals import CANCELLED, NO_RUN, Refused
from simulation.cli.cloud.words import details, line, money
from simulation.cli.compare import SHARE
from simulation.cli.inputs import as_argument, out_of_bounds, prepare, read_all, refuse
from simulation.cli.options import Format, Language
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

    def command(self, out: Path) -> str:
        """Write the command that asks this again."""
        words = ["kanaalkompas", "cloud", "run", *map(as_argument, self.files)]
        options = {
            "--question": self.kind and self.kind.replace("_", "-"),
            "--replications": self.replications,
            **self.precise.options(),
            "--share": None if self.share == SHARE else self.share,
            "--seed": self.seed,
        }
        for name, value in options.items():
            words += [name, str(value).removesuffix(".0")] if value is not None else []
        words += [] if self.quick else ["--no-quick"]
        own = None if self.language is Language.NL else self.language
        return shlex.join([*words, *_options(out, own)])


def ask(order: Order, out: Path, form: Format, *, detach: bool) -> int:
    """Have a question answered; give the exit code.

    Parameters
    ----------
    order : what is asked
    out : folder for what comes of it
    form : of the result on stdout
    detach : only print the name of the run

    Raises
    ------
    Stop
        When it cannot be asked, nothing came of it, or files cannot be written.
    """
    refuse_form(order.kind, form)
    body, files = _body(order)
    if not detach:
        make_folder(out)
    api = Api()
    run = _begin(api, body)
    if not detach:
        return outcome(api, run, Wish(out, order.language, form, order.command(out), files))
    print(run.id)
    return DONE


def _body(order: Order) -> tuple[dict[str, Any], dict[str, Path]]:
    """Give what is sent, and the files of scenarios by the path with which they are.

    All that is wrong is told before anything is sent.
    """
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
    pairs = zip(asked, scenarios, strict=True)
    return body, {f"{sent['name']}.yaml": Path(each.loaded.path) for each, sent in pairs}


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


def fetch(name: str, out: Path, language: Language | None, form: Format) -> int:
    """Wait for a run, and write what came of it; give the exit code.

    Parameters
    ----------
    name : of the run
    out : folder
    language : of pages, sheets and tables; that of the run if None
    form : of the result on stdout

    Raises
    ------
    Stop
        When there is no such run, nothing came of it, or files cannot be written.
    """
    path = _path(name)
    make_folder(out)
    api = Api()
    run = _asked(api, "GET", path)
    refuse_form(run.kind, form)
    words = ["kanaalkompas", "cloud", "fetch", name, *_options(out, language)]
    return outcome(api, run, Wish(out, language, form, shlex.join(words)))


def _options(out: Path, language: Language | None) -> Iterator[str]:
    if out != Path("out"):
        yield from ("--out", str(out))
    if language is not None:
        yield from ("--language", language.value)


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
