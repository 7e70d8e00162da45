"""``kanaalkompas size``: the smallest teams that attain their norms."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from simulation.cli.document import lined
from simulation.cli.inputs import (
    Asked,
    as_argument,
    as_text,
    is_example,
    named_teams,
    out_of_bound,
    out_of_bounds,
    prepare,
    read_all,
    refuse,
)
from simulation.cli.options import Format, Language
from simulation.cli.output import make_folder, write_whole
from simulation.cli.problems import DONE, FAULT, INTERRUPTED, Stop, say
from simulation.cli.progress import shown
from simulation.cli.size_files import as_csv, as_scenario
from simulation.cli.size_store import Store
from simulation.cli.size_tables import explain, show
from simulation.cli.size_views import with_views
from simulation.cli.terminal import write
from simulation.cli.theme import read_theme
from simulation.experiment.workers import Workers, hire
from simulation.play.engines import Engine
from simulation.report.shell import Theme
from simulation.report.size_page import write_size_page
from simulation.scenario.problems import Problem
from simulation.scenario.scenario import Scenario, by_name
from simulation.sizing.answer import NoSize
from simulation.sizing.describe import describe
from simulation.sizing.document import SizeResult
from simulation.sizing.played import Bench, ReplicationFailed, attempt, ladders_of, trials
from simulation.sizing.size import Answer, Order, Workplace, bench_for, norms_of, settled, size
from simulation.sizing.today import fte_today
from simulation.sizing.why import misses

STAGES: Final = {
    "settle": "Seeing when people come",
    "search": "Sizing",
    "start": "Sizing each team",
    "descend": "Taking steps away",
    "confirm": "Confirming on other years",
}


SHARES: Final = 0.5, 0.99
REPLICATIONS: Final = 10, 10_000
STEPS: Final = 0.05, 100


@dataclass(frozen=True)
class Wanted:
    """What is asked on the command line."""

    file: str
    order: Order
    everyone: bool
    seed: int | None
    workers: Workers
    engine: Engine
    out: Path
    language: Language
    theme: Path | None = None

    def command(self) -> str:
        """Write the command that repeats this."""
        words = ["kanaalkompas", "size", as_argument(self.file)]
        words += ["--all"] if self.everyone else ["--team", str(self.order.team)]
        default = Order(None)
        options: Mapping[str, object] = {
            "--share": _unless(self.order.share, default.share),
            "--replications": _unless(self.order.search, default.search),
            "--confirm": _unless(self.order.fresh, default.fresh),
            "--step": self.order.step,
            "--seed": self.seed,
            "--out": _unless(self.out, Path("out")),
            "--theme": self.theme,
            "--language": _unless(self.language.value, Language.NL.value),
        }
        for name, value in options.items():
            words += [name, f"{value:g}" if isinstance(value, float) else str(value)] * (
                value is not None
            )
        return shlex.join(words)


def _unless(value: object, default: object) -> object:
    return None if value == default else value


def command(wanted: Wanted, form: Format) -> int:
    """Size a team, or all teams of a scenario, and show what came out.

    Returns
    -------
    The exit code.

    Raises
    ------
    Stop
        When something is not in order, no size attains the norms, or files cannot be written.
    """
    refuse(_wrong(wanted))
    theme = read_theme(wanted.theme) if wanted.theme else None
    asked = prepare(read_all([wanted.file]), None, wanted.seed)[0]
    refuse(wrong_team(wanted, asked.scenario))
    make_folder(wanted.out)
    result = sized(asked, wanted)
    if result is None:
        return INTERRUPTED
    staffed = wanted.out / f"{result.name}-sized.yaml"
    write_whole(staffed, as_scenario(asked.loaded.path, wanted.out, result))
    seen = with_views(result, staffed, wanted.workers, wanted.engine)
    result = seen or result
    written = [str(staffed), *_write(wanted, result, theme)]
    show_size(result, form, wanted.language, wanted.command())
    say(f"Written: {', '.join(written)}")
    return DONE if seen else INTERRUPTED


def show_size(result: SizeResult, form: Format, language: Language, repeat: str) -> None:
    """Write a size on stdout: tables with the command that repeats it, JSON, or CSV."""
    if form is Format.JSON:
        write(lined(result.model_dump(mode="json")))
    elif form is Format.CSV:
        write(as_csv(result, language.value))
    else:
        show(result, language.value, repeat)


def sized(asked: Asked, wanted: Wanted, label: str = "") -> SizeResult | None:
    """Size a scenario in sight of the user; None if that was interrupted.

    Parameters
    ----------
    asked, wanted : the scenario, and what is asked of it
    label : to stand before what is being done

    Raises
    ------
    Stop
        When no size attains the norms, a replication fails, or trials cannot be kept.
    """
    of = _laid_out(asked, wanted)
    stores: list[Store] = []
    try:
        answer = _found(of, wanted, label, stores)
        name, example = Path(asked.loaded.path).stem, is_example(asked.loaded)
        return describe(name, asked.scenario, wanted.order, answer, example=example)
    except KeyboardInterrupt:
        say(_interrupted(stores))
        return None
    except NoSize as none:
        raise Stop(_why(of, none, wanted)) from None
    except ReplicationFailed as failed:
        raise Stop(f"{asked.loaded.path}: {failed}", FAULT) from None


def _interrupted(stores: Sequence[Store]) -> str:
    """Say what is kept: nothing until it is known which trials will be needed."""
    if not stores:
        seeing = STAGES["settle"].lower()
        return f"Interrupted while {seeing}; nothing is kept. The same command begins anew."
    kept = f"{len(stores[-1].known)} trials are kept in {stores[-1].path}"
    return f"Interrupted; {kept}. The same command goes on from there."


def _laid_out(asked: Asked, wanted: Wanted) -> Bench:
    """Lay out the sizes that can be tried.

    Raises
    ------
    Stop
        When the demand cannot be laid out or played, or the step goes beyond every size.
    """
    path, step = asked.loaded.path, wanted.order.step
    try:
        of = bench_for(asked.scenario, wanted.order, fte_today(asked.scenario), wanted.engine)
    except ValueError as error:
        problem = Problem(path, None, "demand", None, str(error), "change it")
        raise Stop(as_text([problem])) from None
    except ReplicationFailed as failed:
        raise Stop(f"{path}: {failed}", FAULT) from None
    most = {name: ladder.fte(ladder.highest) for name, ladder in ladders_of(of).items()}
    beyond = ", ".join(
        f"{name} ({fte:.1f} fte)" for name, fte in most.items() if 0 < fte < (step or 0)
    )
    if beyond:
        raise Stop(f"--step {step:g} goes beyond the largest size of {beyond}; give a smaller one")
    return of


def _found(of: Bench, wanted: Wanted, label: str, stores: list[Store]) -> Answer:
    """Divide people over the week as they are needed, then find how many it takes."""
    scenario, order = trials(of).scenario, wanted.order
    with ExitStack() as stack, hire(attempt, wanted.workers) as crew:
        stages = stack.enter_context(ExitStack())
        progress = _Progress(stages, label)
        if order.watch:
            progress.begin("settle")
        of, played = settled(scenario, order, of, crew, progress.tell)
        store = stack.enter_context(Store(wanted.out / "trials", of))
        store.add(played)
        stores.append(store)
        progress.begin("search" if order.team is not None else "start")
        place = Workplace(crew, store.known, store.keep, progress.tell, progress.begin)
        return size(scenario, order, of, place)


class _Progress:
    """A bar for each stage, one after the other."""

    def __init__(self, stack: ExitStack, label: str) -> None:
        self._stack, self._label = stack, label
        self._stage = ""

    def begin(self, stage: str) -> None:
        """Begin a stage."""
        if stage == self._stage:
            return
        self._stage = stage
        self._stack.close()
        self._bar = self._stack.enter_context(
            shown(f"{self._label}{STAGES[stage]}", "simulated periods")
        )

    def tell(self, done: int, total: int) -> None:
        """Tell how far the stage is."""
        self._bar(done, total)


def wrong_share(share: float) -> Iterator[str]:
    """Say that a share cannot be asked; who gave a percentage is told the share."""
    low, high = SHARES
    if low <= share <= high:
        return
    meant = f"; did you mean {share / 100:g}?" if low <= share / 100 <= high else ""
    yield f"--share {share:g} is not possible; give a share from {low} to {high}{meant}"


def wrong_step(step: float | None) -> Iterator[str]:
    """Say that a step cannot be asked."""
    least, most = STEPS
    if step is not None and not least <= step <= most:
        yield f"--step {step:g} is not possible; give {least} to {most} full-time equivalents"


def _wrong(wanted: Wanted) -> Iterator[str]:
    order = wanted.order
    yield from out_of_bounds(seed=wanted.seed, workers=wanted.workers)
    if (order.team is not None) == wanted.everyone:
        yield "give either --team NAME or --all"
    yield from wrong_share(order.share)
    yield from out_of_bound("replications", order.search, *REPLICATIONS)
    yield from out_of_bound("confirm", order.fresh, *REPLICATIONS)
    yield from wrong_step(order.step)


def wrong_team(wanted: Wanted, scenario: Scenario) -> Iterator[str]:
    """Say what teams of this scenario cannot be sized."""
    norms, team = norms_of(scenario), wanted.order.team
    can = named_teams(scenario, norms)
    if not norms:
        yield (
            f"{wanted.file}: norms: no norm counts for a channel that a team serves, so there is "
            "nothing to attain; add one under 'norms'"
        )
    elif team is not None and team not in scenario.teams:
        yield f"--team {team}: {wanted.file} has no such team; choose from {can}"
    elif team is not None and team not in norms:
        own = ", ".join(scenario.teams[team].channels) or "no channel"
        yield (
            f"--team {team}: no norm counts for its channels ({own}), so there is nothing to "
            f"attain; choose from {can}, or add a norm"
        )


def _why(of: Bench, none: NoSize, wanted: Wanted) -> str:
    """Say which norms no size attains, and why."""
    own = trials(of)
    scenario, ladder = by_name(own.scenario), own.ladders[none.team]
    found = misses(
        scenario,
        norms_of(scenario)[ladder.team],
        own.measures(none.levels, none.replication),
    )
    return "\n".join([f"{wanted.file}: {line}" for line in explain(none, ladder, found)])


def _write(wanted: Wanted, result: SizeResult, theme: Theme | None) -> list[str]:
    """Write the document, the heads, and the page; give their names."""
    out, name = wanted.out, result.name
    files = {
        out / f"{name}-size.json": lined(result.model_dump(mode="json")),
        out / f"{name}-heads.csv": as_csv(result, wanted.language.value),
        out / f"{name}-planner.html": write_size_page(result, wanted.language.value, theme),
    }
    for path, text in files.items():
        write_whole(path, text)
    return [str(path) for path in files]
