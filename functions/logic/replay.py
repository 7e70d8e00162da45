"""Answering by replay: what is not known yet is asked for, and the answer is begun anew with it.

An answer is made by the same code as on the command line. Where that code hands out jobs, their
outcomes are looked up; if some are missing it stops there and says which. Once they are done, it
is run again and comes further. So an answer needs no state but the outcomes, which may come in any
order, and may be interrupted at any moment.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from typing import Any

from functions.logic.items import key_of
from functions.logic.works import name_of
from simulation.experiment.workers import STAGE, Crew, Hire, NotYet, Part


class Known(Crew[Any, Any]):
    """A crew that knows outcomes, and does nothing itself."""

    def __init__(self, work: Callable[[Any], Any], outcomes: Mapping[str, Any]) -> None:
        super().__init__(work, 1)
        self._does = work
        self._name = name_of(work)
        self._outcomes = outcomes

    def do(self, jobs: Iterable[Any]) -> Generator[tuple[Any, Any], None, None]:
        """Give what is known of each job, in their order.

        Raises
        ------
        NotYet
            When the outcome of a job is not known.
        """
        asked = [(job, key_of(self._name, job)) for job in jobs]
        missing = {key: job for job, key in asked if key not in self._outcomes}
        if missing:
            known = len({key for _, key in asked}) - len(missing)
            raise NotYet([Part(STAGE.get(), self._does, tuple(missing.values()), known)])
        for job, key in asked:
            yield job, self._outcomes[key]


def hiring(outcomes: Mapping[str, Any]) -> Hire:
    """Give who hires crews that know these outcomes, by key of the job."""

    def hire(work: Callable[[Any], Any]) -> Crew[Any, Any]:
        return Known(work, outcomes)

    return hire
