"""What `business-case` is asked beside the years: break-even of an assumption, sensitivity."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from simulation.cli.inputs import Asked
from simulation.cli.question_checks import Written, ends_of, read_question
from simulation.comparison.compare import letter
from simulation.experiment.workers import side_by_side
from simulation.finance.break_even import Pair, Question, share_break_even, value_break_even
from simulation.finance.case import BASELINE, TODAY, Order, found_by_year, with_moves
from simulation.finance.document import CaseResult
from simulation.finance.document_break_even import BreakEven
from simulation.finance.moved import amount, value_at
from simulation.finance.needs import Stand
from simulation.finance.points import Clerk
from simulation.finance.sensitivity import Depth, Material, sensitivity


@dataclass(frozen=True)
class Questions:
    """What is asked beside the years.

    Attributes
    ----------
    texts : assumptions that are asked about, as written
    depth : how well sensitivity is to be known; None if it was not asked
    asked, staffed : scenarios, in the order of their badges; and with the rosters that were found
    stands : 0, 0* and the strategies, by badge
    """

    texts: Sequence[str]
    depth: Depth | None
    asked: Sequence[Asked]
    staffed: Sequence[Asked]
    stands: Mapping[str, Stand]

    def answered(
        self, case: CaseResult, order: Order, clerk: Clerk, stage: Callable[[str], None]
    ) -> CaseResult:
        """Give a case with the answers.

        Parameters
        ----------
        case : by year
        order : how well it is known
        clerk, stage : who has it done, and who is told what begins
        """
        found = tuple(side_by_side(self._break_evens(order.search, clerk, stage)))
        told: dict[str, object] = {"break_even": found, "question": self._hashed(case.question)}
        if self.depth is not None:
            material = self._material(case, order, clerk)
            told["sensitivity"] = sensitivity(material, self.depth, clerk, stage)
        return case.model_copy(update=told)

    def _hashed(self, question: str) -> str:
        """Give the hash of a question with what is asked beside it."""
        if not self.texts and self.depth is None:
            return question
        depth = None if self.depth is None else vars(self.depth)
        return sha256(json.dumps([question, *self.texts, depth]).encode()).hexdigest()

    def _pairs(self, search: int) -> list[Pair]:
        """Give every strategy beside 0*."""
        today, baseline = self.stands[TODAY].kept, self.stands[BASELINE]
        before = with_moves(baseline.scenario, today)
        return [
            Pair(own, baseline, (with_moves(own.scenario, today), before), search)
            for letter, own in self.stands.items()
            if letter not in {TODAY, BASELINE}
        ]

    def _break_evens(
        self, search: int, clerk: Clerk, stage: Callable[[str], None]
    ) -> Iterator[Callable[[], BreakEven]]:
        """Give what finds the break-even share of each strategy, then that of each assumption."""

        def of_share(pair: Pair) -> BreakEven:
            stage(f"Break-even of {pair.own.letter}")
            return share_break_even(pair, clerk)

        def of_value(pair: Pair, question: Question) -> BreakEven:
            stage(f"{question.path} of {pair.own.letter}")
            return value_break_even(pair, question, clerk)

        for pair in self._pairs(search):
            yield partial(of_share, pair)
        for text in self.texts:
            for pair in self._pairs(search):
                question = _question(read_question(text), pair, self.asked)
                if question is not None:
                    yield partial(of_value, pair, question)

    def _material(self, case: CaseResult, order: Order, clerk: Clerk) -> Material:
        letters = [letter(place, equal=True) for place in range(len(self.asked))]
        return Material(
            self.stands,
            {own: each.scenario for own, each in zip(letters, self.staffed, strict=False)},
            {each.letter: each.assumptions for each in case.comparison.scenarios},
            found_by_year(list(self.stands.values()), order, clerk),
            order.search,
        )


def _question(own: Written, pair: Pair, asked: Sequence[Asked]) -> Question | None:
    """Give what is asked of one strategy; None where it does not have the assumption."""
    value = value_at(pair.own.scenario, own.path)
    base = amount(value)
    if base is None:
        return None
    by_letter = next(each for each in asked if each.scenario is pair.own.scenario)
    low, high = ends_of(own, by_letter)
    assert low is not None
    assert high is not None
    return Question(own.path, "seconds" if isinstance(value, str) else "number", base, low, high)
