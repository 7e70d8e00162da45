"""Runs: who asked what, and how far the answer is.

A run belongs to who asked for it and points to an answer. The same question has the same answer,
whoever asks it: it is computed once. An answer that failed, or of which something is missing, is
computed again for who asks next.
"""

import re
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from functions.logic.charges import Charges
from functions.logic.costs import Costs
from functions.logic.counts import live
from functions.logic.estimate import Estimate
from functions.logic.lasting import moment_after, renewed, sooner
from functions.logic.limits import Limits, TooLarge, TooMuchToday
from functions.logic.logs import Logs
from functions.logic.outcome import Outcome
from functions.logic.places import QUESTION, at, keep_decided, keep_question
from functions.logic.question import Asked, Question, make_question
from functions.logic.records import ANSWER, RUN, UNDER_WAY, change, now
from functions.logic.refusals import Cancelled, NotFinished, NotThere
from functions.logic.room import Room
from functions.logic.runner import Runner
from functions.logic.signs import Signs
from functions.logic.view import view
from functions.storage.ports import Store
from simulation.scenario.load import Loaded, baseline_first

_LENGTH = 16

_NAME = re.compile(r"[0-9a-f]{32}")

_TOLD: Final = {"seed", "replications", "precision", "share"}
"""What is told of a question in a list of runs."""

_KEPT = UNDER_WAY | {"finished"}
"""States of an answer that is not computed anew: asking for it costs nothing."""


@dataclass(frozen=True)
class Runs:
    """The runs of one store.

    Attributes
    ----------
    store : where they are kept
    runner : who has answers made
    limits : what a question may take
    days : for which a run is kept unless it is pinned; for ever if None
    """

    store: Store
    runner: Runner
    limits: Limits = field(default_factory=Limits)
    days: int | None = None

    def create(
        self, asked: Asked, owner: str, called: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Begin a run.

        Parameters
        ----------
        asked : the request
        owner : who asks
        called : what he calls files of his own, by their path in the question

        Raises
        ------
        Refused
            When a scenario is not in order, or the question takes more than it may.
        TooMany
            When the owner has as many runs under way as he may have.
        TooMuchToday
            When the owner has asked as much today as a day allows.
        """
        with tempfile.TemporaryDirectory() as folder:
            question, loaded = make_question(asked, Path(folder))
        key = question.key()
        name = secrets.token_hex(_LENGTH)
        if self._state(key) != "finished":
            self._room.enter(owner, name, key)
        expected = day = None
        if self._state(key) not in _KEPT:
            try:
                expected, day = self._accepted(question, loaded, owner, name)
            except (TooLarge, TooMuchToday):
                self._room.leave(owner, name)
                raise
        run: dict[str, Any] = {
            "id": name,
            "owner": owner,
            "answer": key,
            "kind": asked.kind.value,
            "scenarios": [each.removesuffix(".yaml") for each in question.asked],
            "titles": _titles(question, loaded),
            "called": dict(called or {}),
            "asked": question.model_dump(mode="json", include=_TOLD),
            "language": asked.language,
            "created": now(),
            "charged": day,
            "expires": moment_after(self.days),
            "cancelled": False,
            "pinned": False,
        }
        written = keep_question(self.store.files, key, question, anew=expected is not None)
        # The run first: an answer that is begun is always somebody's.
        self.store.records.create(RUN, name, run)
        answer = self._begin(key, name, expected)
        if written and answer["expires"] is None:  # somebody pinned it
            self.store.files.keep(at(key, QUESTION))
        if answer["state"] not in UNDER_WAY:  # somebody else had it made
            self._room.leave(owner, name)
        if answer["begun"] != name and day is not None:
            self._charges.take_back(day, name)
        until = sooner(run["expires"], answer["expires"])
        if until != run["expires"]:
            change(self.store, RUN, name, lambda _: {"expires": until})
        self.runner.start(key)
        return self.get(name, owner)

    def expected(self, asked: Asked) -> Estimate:
        """Say what a question would take, without asking it.

        Raises
        ------
        Refused
            When a scenario is not in order, or the question takes more than it may.
        """
        with tempfile.TemporaryDirectory() as folder:
            question, loaded = make_question(asked, Path(folder))
        return self.limits.judged(question, loaded)

    @property
    def _charges(self) -> Charges:
        return Charges(self.store, self.limits)

    @property
    def _signs(self) -> Signs:
        return Signs(self.store, self.runner)

    @property
    def _room(self) -> Room:
        return Room(self.store, self.limits, self._signs.seen)

    def _state(self, key: str) -> str | None:
        """Give the state of an answer, if it was begun before."""
        record = self.store.records.get(ANSWER, key)
        return record.data["state"] if record else None

    def _accepted(
        self, question: Question, loaded: Sequence[Loaded], owner: str, name: str
    ) -> tuple[Costs, str]:
        """Judge a question and count it for its owner; give its expected costs, and the day."""
        expected = self.limits.judged(question, loaded).costs
        return expected, self._charges.begin(owner, name, expected)

    def _begin(self, key: str, run: str, expected: Costs | None) -> dict[str, Any]:
        """Begin an answer unless it is there or under way, and have a run wait for it."""
        fresh: dict[str, Any] = {
            "state": "waiting",
            "key": key,
            "created": now(),
            "expires": moment_after(self.days),
            "begun": run,
            "wanted": [run],
            "round": 0,
            "parts": [],
            "precision": None,
            "documents": [],
            "problem": None,
            "estimate": expected.model_dump() if expected else None,
        }
        self._charges.settle(key)
        while not self.store.records.create(ANSWER, key, fresh):
            told = change(
                self.store,
                ANSWER,
                key,
                lambda old: _wanted_by(old, run, {**fresh, "before": self._charges.in_all(old)}),
            )
            if told is not None:
                return renewed(self.store, told, self.days)
        return fresh

    def get(self, name: str, owner: str) -> dict[str, Any]:
        """Give a run with the state of its answer.

        Raises
        ------
        NotThere
            When the owner has no such run.
        """
        record = self.store.records.get(RUN, name) if _NAME.fullmatch(name) else None
        if record is None or record.data["owner"] != owner:
            raise NotThere
        return self._with_answer(record.data)

    def question(self, name: str, owner: str) -> Question:
        """Give what a run asked, without the language.

        Raises
        ------
        NotThere
            When the owner has no such run.
        """
        run = self.get(name, owner)
        text = self.store.files.read(at(run["answer"], QUESTION))
        if text is None:
            raise NotThere
        return Question.model_validate_json(text)

    def some(
        self, owner: str, most: int, after: str | None = None
    ) -> tuple[list[dict[str, Any]], bool]:
        """Give some runs of an owner, the latest first, and tell whether older ones follow.

        Parameters
        ----------
        owner : who asked them
        most : runs to give
        after : the run after which they come; none if he has no such run
        """
        found, older = self.store.records.some(RUN, owner, most, after)
        return [self._with_answer(record.data) for _, record in found], older

    def cancel(self, name: str, owner: str) -> dict[str, Any]:
        """Cancel a run, unless it has ended; the answer goes on while somebody else waits for it.

        Raises
        ------
        NotThere
            When the owner has no such run.
        """
        run = self.get(name, owner)
        if run["state"] not in UNDER_WAY:
            return run
        # It may have ended, and been pinned, by now.
        change(self.store, RUN, name, lambda own: {} if own["pinned"] else {"cancelled": True})
        answer = change(self.store, ANSWER, run["answer"], lambda old: _given_up_by(old, name))
        self._room.leave(owner, name)
        if answer is not None and answer["state"] == "cancelled":
            self.runner.cancel(run["answer"], answer["begun"])
        return self.get(name, owner)

    def pin(self, name: str, owner: str) -> dict[str, Any]:
        """Keep a run on which a decision was based.

        Raises
        ------
        NotThere
            When the owner has no such run.
        NotFinished
            When it has no whole answer: nothing can have been decided on it.
        """
        run = self.get(name, owner)
        if run["state"] == "finished":
            change(self.store, RUN, name, _pinned)
            run = self.get(name, owner)
        if not run["pinned"]:
            state = run["state"]
            raise NotFinished(f"the run is {state}; only one that is finished can be pinned")
        change(self.store, ANSWER, run["answer"], lambda _: {"expires": None})
        keep_decided(self.store.files, run["answer"])
        return run

    def outcome(self, name: str, owner: str) -> Outcome:
        """Give what came of a run, or comes of it.

        Raises
        ------
        NotThere
            When the owner has no such run.
        Cancelled
            When he cancelled it.
        """
        run = self.get(name, owner)
        if run["cancelled"]:
            raise Cancelled
        return Outcome(self.store, Logs(self.store, self.runner, self.limits), run)

    def _with_answer(self, run: dict[str, Any]) -> dict[str, Any]:
        record = self.store.records.get(ANSWER, run["answer"])
        answer = live(self.store, self._signs.seen(record)) if record is not None else None
        return view(run, answer, self.limits)


def _wanted_by(answer: dict[str, Any], run: str, fresh: dict[str, Any]) -> dict[str, Any]:
    """Have a run wait for an answer: for the one there is, or else for a fresh one."""
    if answer["state"] not in _KEPT:
        return fresh
    return {"wanted": [*answer["wanted"], run]} if answer["state"] in UNDER_WAY else {}


def _pinned(run: dict[str, Any]) -> dict[str, Any]:
    """Keep a run unless it was cancelled meanwhile."""
    return {} if run["cancelled"] else {"pinned": True, "expires": None}


def _given_up_by(answer: dict[str, Any], run: str) -> dict[str, Any]:
    """Have a run wait for an answer no longer; one for which nobody waits is cancelled."""
    if answer["state"] not in UNDER_WAY:
        return {}
    others = [each for each in answer["wanted"] if each != run]
    return {"wanted": others, "state": answer["state"] if others else "cancelled"}


def _titles(question: Question, loaded: Sequence[Loaded]) -> list[dict[str, Any]]:
    """Give name, file and title of each scenario, the baseline first."""
    files = {each.path: file for each, file in zip(loaded, question.asked, strict=True)}
    return [
        {
            "name": Path(each.path).stem,
            "file": files[each.path],
            "title": each.scenario.model_dump()["title"],
        }
        for each in baseline_first(loaded)
    ]
