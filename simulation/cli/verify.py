"""``kanaalkompas verify``: the simulator beside what is known to be true."""

from dataclasses import dataclass
from typing import Final

from simulation.cli.document import lined
from simulation.cli.inputs import out_of_bounds, refuse
from simulation.cli.options import Engines, Plain
from simulation.cli.problems import DONE, FAULT, INTERRUPTED, Stop, say
from simulation.cli.progress import shown
from simulation.cli.terminal import write
from simulation.cli.verify_tables import as_data, show
from simulation.play.engines import Engine, is_compiled
from simulation.verification.case import families
from simulation.verification.pack import Chosen, Fault
from simulation.verification.pack import verify as run
from simulation.verification.published import published

RANDOM: Final = "random-scenarios"
"""The part that is no file of queues."""

SCENARIOS: Final = 600
QUICK_SCENARIOS: Final = 60


@dataclass(frozen=True)
class Order:
    """What is to be verified."""

    parts: tuple[str, ...]
    quick: bool
    engine: Engines
    seed: int
    workers: int | None

    @property
    def engines(self) -> list[Engine]:
        """The engines that play."""
        if self.engine is Engines.BOTH:
            return [Engine.SIMPY, Engine.COMPILED]
        return [Engine(self.engine.value)]


def verify(order: Order, form: Plain) -> int:
    """Run the pack and show what it found.

    Returns
    -------
    The exit code: 1 when anything does not agree, 130 after Ctrl-C.

    Raises
    ------
    Stop
        When there is no such part, or a replication fails.
    """
    chosen = _chosen(order)
    if Engine.COMPILED in order.engines and not is_compiled():
        say("The compiled engine was not compiled here: it plays as plain Python, and takes long.")
    try:
        with shown("Verifying", "pieces") as progress:
            report = run(
                chosen,
                order.engines,
                seed=order.seed,
                workers=order.workers,
                progress=progress,
            )
    except Fault as fault:
        raise Stop(str(fault), FAULT) from fault
    except KeyboardInterrupt:
        say("Interrupted; nothing is judged before everything has been played.")
        return INTERRUPTED
    if form is Plain.JSON:
        write(lined(as_data(report)))
    else:
        show(report)
    return FAULT if report.failures else DONE


def _chosen(order: Order) -> Chosen:
    """Give what is to be played.

    Raises
    ------
    Stop
        With everything that is wrong with the order.
    """
    queues, simulations = list(families()), list(published())
    names = [family.name for family in queues] + [each.name for each in simulations] + [RANDOM]
    problems = out_of_bounds(seed=order.seed, workers=order.workers)
    problems += [
        f"no part is called {part}; choose from {', '.join(names)}"
        for part in order.parts
        if part not in names
    ]
    refuse(problems)
    wanted = order.parts or names
    chosen = Chosen(
        [family for family in queues if family.name in wanted],
        [each for each in simulations if each.name in wanted],
        SCENARIOS if RANDOM in wanted else 0,
    )
    return _quick(chosen) if order.quick else chosen


def _quick(chosen: Chosen) -> Chosen:
    """Leave out what takes long; what stays is played exactly as in a whole run."""
    quick = [
        (family, tuple(case for case in family.cases if case.quick)) for family in chosen.families
    ]
    return Chosen(
        [family.model_copy(update={"cases": cases}) for family, cases in quick if cases],
        [each for each in chosen.simulations if each.quick],
        min(chosen.scenarios, QUICK_SCENARIOS),
    )
