"""``kanaalkompas run``: one scenario, its volumes, waits, hours, norms and costs."""

from dataclasses import dataclass, replace
from pathlib import Path

from simulation.cli.contact_log import Log
from simulation.cli.ending import code_of, compared, identify, show_result
from simulation.cli.identity import show_identity
from simulation.cli.inputs import Asked, out_of_bounds, prepare, read_all, refuse
from simulation.cli.log_files import write_log, wrong_name
from simulation.cli.options import Format, Language
from simulation.cli.output import refuse_inputs
from simulation.cli.problems import say
from simulation.cli.progress import play
from simulation.cli.slow import default_replications
from simulation.experiment.replication import Simulator
from simulation.experiment.run import Experiment, Run
from simulation.play.engines import Engine


@dataclass(frozen=True)
class Order:
    """What is to be simulated: all replications, or only one."""

    file: str
    replications: int | None
    only: int | None
    seed: int | None
    workers: int | None
    engine: Engine


def run(order: Order, log: Path | None, form: Format, language: Language) -> int:
    """Simulate one scenario and show the result; write the contact log if asked.

    Returns
    -------
    The exit code.

    Raises
    ------
    Stop
        When the scenario is not in order or the log cannot be written.
    """
    _check(order, log)
    loaded = read_all([order.file])
    if order.replications is None and order.only is None:
        order = replace(order, replications=default_replications(loaded, order.engine))
    asked = prepare(loaded, order.replications, order.seed)[0]
    if log is not None:
        refuse_inputs(log, [Path(file) for file in asked.loaded.files])
    if order.only is None:
        if log is not None:
            _play_one(asked, 1, order.engine, log)
        done = play([asked], order.workers, order.engine)
    else:
        done = _play_one(asked, order.only, order.engine, log)
    result = compared([asked], done)
    show_result(result, form, language)
    repeat = _repeat(asked, order, language)
    if form is Format.TABLE:
        show_identity(result, repeat, language.value, order.only)
    else:
        identify(result, repeat, alone=order.only)
    return code_of(result, done)


def _check(order: Order, log: Path | None) -> None:
    problems = out_of_bounds(
        replications=order.replications,
        replication=order.only,
        seed=order.seed,
        workers=order.workers,
    )
    if order.only is not None and order.replications is not None:
        problems.append(
            "--replication and --replications exclude each other; leave one of them out"
        )
    wrong = wrong_name(log) if log is not None else None
    refuse([*problems, *([wrong] if wrong else [])])


def _play_one(asked: Asked, number: int, engine: Engine, log: Path | None) -> Run:
    """Play one replication in this process, so that ``--debug`` shows where it fails."""
    simulator = Simulator(asked.scenario, engine)
    played = simulator.played(number)
    if log is not None:
        written = Log(simulator, played, number)
        write_log(written, log)
        say(f"Written: {log}, {written.summary()}")
    return Run([Experiment(asked.scenario, {number: simulator.measured(played, number)})])


def _repeat(asked: Asked, order: Order, language: Language) -> str:
    words = [f"kanaalkompas run {asked.command}"]
    words += [f"--replications {order.replications}"] if order.replications is not None else []
    words += [f"--replication {order.only}"] if order.only is not None else []
    words += [f"--language {language.value}"] if language is not Language.NL else []
    return " ".join(words)
