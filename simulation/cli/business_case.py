"""``kanaalkompas business-case``: what strategies cost and save, year by year."""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from simulation.cli.case_checks import wrong
from simulation.cli.case_questions import Questions
from simulation.cli.case_tables import show
from simulation.cli.compare import SHARE, Staffing
from simulation.cli.document import lined
from simulation.cli.ending import Staffed, compared
from simulation.cli.equal_service import FEWEST, SEARCH, Means, staff
from simulation.cli.inputs import Asked, as_argument, out_of_bounds, prepare, read_all, refuse
from simulation.cli.options import Format, Language
from simulation.cli.output import make_folder, write_whole
from simulation.cli.point_store import PointStore
from simulation.cli.problems import DONE, FAULT, INTERRUPTED, Stop, say
from simulation.cli.progress import play, shown
from simulation.cli.question_checks import OPTION, wrong_depth, wrong_questions
from simulation.cli.report import pages
from simulation.cli.terminal import write
from simulation.comparison.compare import same_demand
from simulation.comparison.document import Result
from simulation.experiment.workers import Workers, hire
from simulation.finance.case import BASELINE, TODAY, Order, make_case
from simulation.finance.document import CaseResult
from simulation.finance.needs import Stand, Unattainable
from simulation.finance.points import Clerk, see
from simulation.finance.sensitivity import Depth
from simulation.play.engines import Engine
from simulation.sizing.played import ReplicationFailed
from simulation.sizing.size import Order as SizeOrder
from simulation.sizing.size import bench_for
from simulation.sizing.today import fte_today


@dataclass(frozen=True)
class Wanted:
    """What is asked on the command line."""

    files: tuple[str, ...]
    replications: int | None
    share: float
    seed: int | None
    workers: Workers
    engine: Engine
    out: Path
    language: Language
    break_even: tuple[str, ...] = ()
    sensitivity: Depth | None = None

    def command(self) -> str:
        """Write the command that repeats this."""
        words = ["kanaalkompas", "business-case", *map(as_argument, self.files)]
        options = {
            "--replications": self.replications,
            "--share": None if self.share == SHARE else f"{self.share:g}",
            "--seed": self.seed,
            "--out": None if self.out == Path("out") else self.out,
            "--language": None if self.language is Language.NL else self.language.value,
        }
        for name, value in options.items():
            words += [name, str(value)] if value is not None else []
        for path in self.break_even:
            words += [OPTION, path]
        words += self.looked
        return shlex.join(words)

    @property
    def looked(self) -> list[str]:
        """The option with which sensitivity was asked, if it was."""
        if self.sensitivity is None:
            return []
        return ["--quick" if self.sensitivity.quick else "--sensitivity"]


def command(wanted: Wanted, form: Format) -> int:
    """Compare scenarios at equal service, then simulate and price every year.

    Returns
    -------
    The exit code.

    Raises
    ------
    Stop
        When something is not in order, no size attains the norms, or files cannot be written.
    """
    bounds = {
        "replications": wanted.replications,
        "seed": wanted.seed,
        "workers": wanted.workers,
    }
    staffing = Staffing(share=wanted.share)
    refuse([*out_of_bounds(**bounds), *staffing.wrong(), *wrong_form(form)])
    asked = prepare(read_all(wanted.files), wanted.replications, wanted.seed)
    refuse(not_possible(asked, wanted))
    make_folder(wanted.out)
    case = make(asked, wanted)
    if case is None:
        return INTERRUPTED
    write_whole(wanted.out / "case.json", lined(case.model_dump(mode="json")))
    show_case(case, form, wanted.language, wanted.command())
    say(f"Written: {wanted.out / 'case.json'}")
    for target, page in pages(case, wanted.out / "case.json", wanted.language, None).items():
        write_whole(target, page)
        say(f"Written: {target}")
    return DONE


def show_case(case: CaseResult, form: Format, language: Language, repeat: str) -> None:
    """Write a case on stdout, as tables or JSON, and say the command that repeats it."""
    if form is Format.JSON:
        write(lined(case.model_dump(mode="json")))
        say(f"Repeat with: {repeat}")
    else:
        show(case, language.value, repeat)


def not_possible(asked: Sequence[Asked], wanted: Wanted) -> Iterator[str]:
    """Say what these scenarios cannot be asked."""
    yield from wrong(asked)
    yield from wrong_questions(wanted.break_even, asked)
    for own in wanted.looked:
        yield from wrong_depth(own, asked)


def make(asked: Sequence[Asked], wanted: Wanted) -> CaseResult | None:
    """Make the business case of scenarios, the baseline first; None if that was interrupted.

    Raises
    ------
    Stop
        When no size attains the norms, a replication fails, or files cannot be written.
    """
    means = Means(wanted.share, None, wanted.workers, wanted.engine, wanted.out)
    told = staff(asked, means)
    if told is None:
        return None
    run = play(told[0], wanted.workers, wanted.engine)
    result = compared(told[0], run, staffed=told[1])
    if run.interrupted:
        return None
    stands = {stand.letter: stand for stand in _stands(asked, told[1], wanted)}
    questions = Questions(wanted.break_even, wanted.sensitivity, asked, told[0], stands)
    return _case(result, questions, wanted)


def wrong_form(form: Format) -> Iterator[str]:
    """Say that a case cannot be shown in a form."""
    if form is Format.CSV:
        yield "--format csv is not possible here; give table or json"


def _stands(asked: Sequence[Asked], staffed: Staffed, wanted: Wanted) -> list[Stand]:
    """Give the baseline as rostered, then every scenario to which the same people come."""
    order = SizeOrder(None, share=wanted.share, by_site=False, watch=False)
    stands: dict[str, Stand] = {}
    for each, own in zip(asked, staffed.staffing, strict=True):
        if not same_demand(each.scenario, asked[0].scenario):
            continue
        if own.letter != own.sized_for:
            stands[own.letter] = replace(stands[own.sized_for], letter=own.letter)
            continue
        today = fte_today(each.scenario)
        stands[own.letter] = Stand(
            letter=own.letter,
            scenario=each.scenario,
            bench=bench_for(each.scenario, order, today, wanted.engine),
            sized={unit.unit: unit.sized for unit in own.units if unit.step is not None},
            kept={unit.unit: unit.rostered for unit in own.units if unit.step is None},
            share=wanted.share,
        )
    baseline = stands[BASELINE]
    today = fte_today(baseline.scenario)
    rostered = {team: today[team] for team in baseline.scenario.teams}
    return [replace(baseline, letter=TODAY, sized={}, kept=rostered), *stands.values()]


def _case(result: Result, questions: Questions, wanted: Wanted) -> CaseResult | None:
    """Simulate the years in sight of the user; None if that was interrupted."""
    stands = list(questions.stands.values())
    order = Order(SEARCH // 2, max(FEWEST, stands[0].scenario.replications))
    with PointStore(wanted.out / "points.jsonl") as store, ExitStack() as stack:
        crew = stack.enter_context(hire(see, wanted.workers))
        progress = _Progress(stack.enter_context(ExitStack()))
        clerk = Clerk(crew, store.recall, store.keep, progress.tell)
        try:
            case = make_case(result, stands, order, clerk, progress.year)
            return questions.answered(case, order, clerk, progress.begin)
        except KeyboardInterrupt:
            say(
                f"Interrupted; {len(store.known)} simulated periods are kept in {store.path}. The "
                "same command goes on from there."
            )
            return None
        except Unattainable as none:
            raise Stop(str(none)) from None
        except ReplicationFailed as failed:
            raise Stop(str(failed), FAULT) from None


class _Progress:
    """A bar for each part of the work, such as a year of a scenario."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def year(self, letter: str, year: int) -> None:
        """Begin a year of a scenario."""
        self.begin(f"{letter} in {year}")

    def begin(self, doing: str) -> None:
        """Begin a part."""
        self._stack.close()
        self._bar = self._stack.enter_context(shown(doing, "simulated periods"))

    def tell(self, done: int, total: int) -> None:
        """Tell how far it is."""
        self._bar(done, total)
