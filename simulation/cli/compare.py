"""``kanaalkompas compare``: strategies side by side."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from simulation.cli.document import as_json, lined
from simulation.cli.ending import code_of, compared, identify, show_result
from simulation.cli.equal_service import Means, staff
from simulation.cli.identity import show_identity
from simulation.cli.inputs import Asked, as_argument, out_of_bounds, prepare, read_all, refuse
from simulation.cli.options import Format, Language
from simulation.cli.output import make_folder, write_whole
from simulation.cli.precise import Precise
from simulation.cli.problems import INTERRUPTED, say
from simulation.cli.progress import play
from simulation.cli.record import Occasion, run_record
from simulation.cli.size import wrong_share, wrong_step
from simulation.cli.slow import default_replications, too_slow_for_sizes
from simulation.cli.theme import read_theme
from simulation.comparison.document import Result
from simulation.experiment.workers import cores
from simulation.play.engines import Engine, chosen
from simulation.report.page import write_page
from simulation.report.shell import Theme

SHARE: Final = 0.8
"""Share of the simulations in which all norms have to be attained, if nobody says otherwise."""


@dataclass(frozen=True)
class Staffing:
    """How scenarios are to be staffed: ``equal`` as the baseline says if None."""

    equal: bool | None = None
    share: float = SHARE
    step: float | None = None

    def wrong(self) -> Iterator[str]:
        """Say what cannot be asked."""
        yield from wrong_share(self.share)
        yield from wrong_step(self.step)


@dataclass(frozen=True)
class Order:
    """What is to be compared, and where to."""

    files: tuple[str, ...]
    replications: int | None
    precise: Precise
    seed: int | None
    workers: int | None
    engine: Engine
    staffing: Staffing
    out: Path
    theme: Path | None
    language: Language

    def command(self) -> str:
        """Write the command that repeats the run."""
        words = ["kanaalkompas", "compare", *map(as_argument, self.files)]
        options = {
            "--replications": self.replications,
            **self.precise.options(),
            "--seed": self.seed,
            "--share": None if self.staffing.share == SHARE else self.staffing.share,
            "--step": self.staffing.step,
        }
        for name, value in options.items():
            words += [name, str(value).removesuffix(".0")] if value is not None else []
        if self.staffing.equal is not None:
            words += ["--equal-service" if self.staffing.equal else "--as-rostered"]
        words += ["--out", str(self.out)] if self.out != Path("out") else []
        words += ["--theme", str(self.theme)] if self.theme else []
        words += ["--language", self.language.value] if self.language is not Language.NL else []
        return shlex.join(words)


def compare(order: Order, form: Format, *, fail_on_norm: bool) -> int:
    """Compare scenarios, write result, record and page, and show the result.

    Returns
    -------
    The exit code.

    Raises
    ------
    Stop
        When the scenarios or the theme are not in order, or the files cannot be written.
    """
    started = datetime.now(UTC)
    refuse(
        [
            *out_of_bounds(replications=order.replications, seed=order.seed, workers=order.workers),
            *order.precise.wrong(order.replications),
            *order.staffing.wrong(),
        ]
    )
    theme = read_theme(order.theme) if order.theme else None
    loaded = read_all(order.files)
    if order.replications is None and not order.precise.asked:
        order = replace(order, replications=default_replications(loaded, order.engine))
    asked = prepare(loaded, order.replications, order.seed)
    refuse(order.precise.out_of_reach([each.scenario for each in asked]))
    make_folder(order.out)
    goal, staffed = order.precise.goal(), None
    equal = _equal(order, asked[0])
    if not equal and asked[0].scenario.staffing == "equal_service":
        order = replace(order, staffing=replace(order.staffing, equal=False))
    if equal:
        means = Means(
            order.staffing.share, order.staffing.step, order.workers, order.engine, order.out
        )
        told = staff(asked, means)
        if told is None:
            return INTERRUPTED
        asked, staffed = told
    run = play(asked, order.workers, order.engine, goal)
    result = compared(asked, run, goal, staffed)
    occasion = Occasion(
        order.command(), started, order.workers or cores(), chosen(order.engine), run.interrupted
    )
    written = _write_data(result, occasion, order.out)
    written += _write_page(result, order, theme)
    show_compared(result, form, order.language, order.command())
    say(f"Written: {', '.join(written)}")
    return code_of(result, run, fail_on_norm=fail_on_norm)


def show_compared(result: Result, form: Format, language: Language, repeat: str) -> None:
    """Write a comparison on stdout, and say which one it is with the command that repeats it."""
    show_result(result, form, language)
    if form is Format.TABLE:
        show_identity(result, repeat, language.value)
    else:
        identify(result, repeat)


def _equal(order: Order, baseline: Asked) -> bool:
    """Tell whether scenarios are to be staffed just well enough."""
    if order.staffing.equal is not None:
        return order.staffing.equal
    if baseline.scenario.staffing == "as_rostered":
        return False
    return not too_slow_for_sizes(order.engine)


def _write_data(result: Result, occasion: Occasion, out: Path) -> list[str]:
    """Write result and record; give the names of what was written."""
    text = as_json(result)
    write_whole(out / "result.json", text)
    write_whole(out / "run.json", lined(run_record(occasion, result, text)))
    return [str(out / "result.json"), str(out / "run.json")]


def _write_page(result: Result, order: Order, theme: Theme | None) -> list[str]:
    """Write the page if every scenario has something to show; give its name."""
    if not all(scenario.finished for scenario in result.scenarios):
        say("There is no page, because a scenario has no finished replication.")
        return []
    write_whole(order.out / "compare.html", write_page(result, order.language.value, theme))
    return [str(order.out / "compare.html")]
