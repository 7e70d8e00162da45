"""Limits: what a question may take, and what a caller may have computed in a day.

Both are judged before anything is begun. A question that is answered already takes nothing.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from functions.logic.costs import ONE_CORE
from functions.logic.estimate import Estimate, estimate
from functions.logic.question import Question, Refused
from functions.logic.records import change, name_for, remake
from functions.settings import Settings
from functions.storage.ports import Store
from simulation.scenario.load import Loaded
from simulation.scenario.problems import Problem

SPENT: Final = "spent"
"""Kind of the records of what a caller had computed on a day (UTC)."""

_LOWER = "ask fewer replications or scenarios, a lower 'precision.most', or a shorter horizon"


class TooLarge(Refused):
    """A question that takes more than it may."""


class TooMany(Exception):
    """A caller has as many runs under way as he may have."""


class TooManyLogs(Exception):
    """As many contact logs of a caller are being written as may be."""


class TooMuchToday(Exception):
    """A caller had as much computed today as a day allows.

    Attributes
    ----------
    seconds : until tomorrow, by UTC
    """

    def __init__(self, allowed: float, spent: float, asked: float, seconds: int) -> None:
        super().__init__(
            f"this may cost as much as ${asked:,.2f} in AWS, and what you asked today takes "
            f"${spent:,.2f}, with what is under way at the most that it may cost; "
            f"${allowed:,.2f} a day is allowed. "
            f"Ask again when a run of yours has ended, or tomorrow (UTC), or {_LOWER}"
        )
        self.seconds = seconds


@dataclass(frozen=True)
class Limits:
    """What is allowed, and by which prices.

    Attributes
    ----------
    region, memory : see `functions.logic.costs`
    period : expected contacts in one replication: what fits in the memory of a Lambda
    kept : replications and trials of a question that merge can hold, by a Lambda of one core: of
        the small town a replication takes 28 kB and a trial 40, and of Amsterdam a replication 34,
        measured, beside 0.12 GB; half of the memory is left for scenarios with more measures
    contacts : simulated in all jobs of a question
    run_dollars : that a question may cost, where its search takes long
    day_dollars : that the questions of a caller may cost in a day; see `Ledger`
    active : runs of a caller under way at a time
    log : expected contacts in a replication of which the contact log is written
    logs : contact logs that are written for a caller at a time
    """

    region: str = "eu-west-1"
    memory: int = ONE_CORE
    period: float = 10e6
    kept: float = 20_000
    contacts: float = 200e9
    run_dollars: float = 10.0
    day_dollars: float = 10.0
    active: int = 10
    log: float = 5e6
    logs: int = 3

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Give what the settings allow."""
        return cls(
            region=settings.region,
            memory=settings.memory,
            period=settings.period,
            contacts=settings.contacts,
            run_dollars=settings.run_cost,
            day_dollars=settings.day_cost,
            active=settings.active,
        )

    def room(self, under_way: int) -> None:
        """Judge whether a caller may begin another run.

        Raises
        ------
        TooMany
            When he has as many under way as he may have.
        """
        if under_way >= self.active:
            raise TooMany(
                f"{under_way} of your runs are under way, and {self.active} is the most; "
                "wait until one is finished, or cancel one"
            )

    def judged(self, question: Question, loaded: Sequence[Loaded]) -> Estimate:
        """Say what a question will take.

        Raises
        ------
        TooLarge
            When that is more than it may.
        """
        found = estimate(question, loaded, self.region, self.memory)
        problems = list(self._exceeded(found))
        if problems:
            raise TooLarge(problems)
        return found

    def judge_log(self, contacts: float) -> None:
        """Judge whether a contact log can be written before the worker is stopped.

        By what is measured, one of 5 million contacts takes a core half a minute, a slow scenario
        on a slow core twice that, and 1.1 of the 1.7 GB; `functions.logic.pace.LOG`.

        Parameters
        ----------
        contacts : that are expected in the replication

        Raises
        ------
        TooLarge
            When it cannot.
        """
        most = self.log * min(1.0, self.memory / ONE_CORE)
        if contacts > most:
            told = (
                f"about {contacts:,.0f} contacts in one replication are more than the "
                f"{most:,.0f} of which a log is written here"
            )
            remedy = "write it on your machine: kanaalkompas run FILE --replication K --log F.csv"
            raise TooLarge([_problem("replication", told, remedy)])

    def _exceeded(self, found: Estimate) -> Iterator[Problem]:
        if found.largest > self.period:
            yield _problem(
                "horizon.length",
                f"about {found.largest:,.0f} contacts in one replication are more than the "
                f"{self.period:,.0f} that fit in {self.memory:,} MB",
                "shorten the horizon or lower the volume",
            )
        kept = self.kept * self.memory / ONE_CORE
        if found.kept > kept:
            yield _problem(
                "replications",
                f"as many as {found.kept:,.0f} replications and trials of all scenarios together "
                f"are more than the {kept:,.0f} that fit in {self.memory:,} MB",
                _LOWER,
            )
        if found.contacts.high > self.contacts:
            yield _problem(
                "replications",
                f"as many as {found.contacts.high:,.0f} simulated contacts are more than the "
                f"{self.contacts:,.0f} that one question may take",
                _LOWER,
            )
        dollars = found.costs.dollars
        if dollars.high > self.run_dollars:
            yield _problem(
                "replications",
                f"a cost in AWS of as much as ${dollars.high:,.2f} (most likely "
                f"${dollars.value:,.2f}) is more than the ${self.run_dollars:,.2f} that one "
                "question may cost",
                _LOWER,
            )


def _problem(place: str, problem: str, remedy: str) -> Problem:
    return Problem("", None, place, None, problem, remedy)


def _utc() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _under_way(_name: str) -> None:
    """Take it that a question has not ended."""


@dataclass(frozen=True)
class Ledger:
    """What callers had computed, by day.

    A question counts for the most that it may cost until it has ended, and for what it came to
    from then on. That is looked up when its caller asks the next one: nobody else needs the sum.

    Attributes
    ----------
    store : where that is kept
    allowed : dollars in a day
    clock : gives the time
    """

    store: Store
    allowed: float
    clock: Callable[[], dt.datetime] = _utc

    def charge(
        self,
        owner: str,
        dollars: float,
        name: str | None = None,
        came_to: Callable[[str], float | None] = _under_way,
    ) -> str:
        """Count what a question may cost; give the day, to settle it on.

        Parameters
        ----------
        owner : who asks
        dollars : that it may cost
        name : to settle it by; it is not settled if None
        came_to : gives the dollars that an earlier question of that day came to, by name; None
            while it is under way

        Raises
        ------
        TooMuchToday
            When the day does not allow it; nothing is counted then.
        """

        def charged(before: dict[str, Any]) -> dict[str, Any]:
            data = {**self._nothing(), **before}
            for each in data["open"]:
                if (own := came_to(each)) is not None:
                    data = _settled(data, each, own)
            spent = data["dollars"]
            if spent + dollars > self.allowed:
                raise TooMuchToday(self.allowed, spent, dollars, self._left())
            waits = {} if name is None else {name: dollars}
            return {**data, "dollars": spent + dollars, "open": {**data["open"], **waits}}

        day = self._day(owner)
        remake(self.store, SPENT, day, charged)
        return day

    def settle(self, day: str, name: str, dollars: float) -> None:
        """Count what a question came to in place of what it might cost; the second time, nothing.

        Parameters
        ----------
        day : on which it was charged
        name : by which it was
        dollars : that it came to
        """
        change(self.store, SPENT, day, lambda data: _settled(data, name, dollars))

    def _nothing(self) -> dict[str, Any]:
        gone = self.clock() + dt.timedelta(days=2)
        return {"dollars": 0.0, "open": {}, "expires": int(gone.timestamp())}

    def _day(self, owner: str) -> str:
        """Name a caller's day."""
        return f"{self.clock():%Y-%m-%d}-{name_for(owner)}"

    def _left(self) -> int:
        now = self.clock()
        midnight = (now + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return -int((now - midnight) // dt.timedelta(seconds=1))


def _settled(data: dict[str, Any], name: str, dollars: float) -> dict[str, Any]:
    """Give a day on which a question has ended; the same day if it is not open there."""
    waits = dict(data["open"])
    if name not in waits:
        return data
    less = waits.pop(name)
    return {**data, "dollars": max(0.0, data["dollars"] - less + dollars), "open": waits}
