"""What `business-case` is asked beside the years: break-even of an assumption, sensitivity."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from simulation.cli.inputs import Asked
from simulation.comparison.compare import letter
from simulation.finance.break_even import Pair, Question, share_break_even, value_break_even
from simulation.finance.case import BASELINE, TODAY, Order, found_by_year, with_moves
from simulation.finance.document import CaseResult
from simulation.finance.document_break_even import BreakEven
from simulation.finance.moved import amount, moved, value_at
from simulation.finance.needs import Stand
from simulation.finance.points import Clerk
from simulation.finance.sensitivity import Depth, Material, sensitivity
from simulation.scenario.assumption import PlacedAssumption
from simulation.scenario.problems import Plain, suggest
from simulation.scenario.scenario import Scenario

OPTION = "--break-even"


@dataclass(frozen=True)
class _Written:
    """PATH or PATH=LOW..HIGH."""

    path: str
    low: str | None
    high: str | None


def _read(text: str) -> _Written:
    path, _, ends = text.partition("=")
    low, dots, high = ends.partition("..")
    return _Written(path.strip(), low.strip() if dots else ends or None, high.strip() or None)


def wrong_questions(texts: Sequence[str], asked: Sequence[Asked]) -> Iterator[str]:
    """Say what is wrong with the assumptions that are asked about."""
    for text in texts:
        own = _read(text)
        known = [each for each in asked if value_at(each.scenario, own.path) is not None]
        if not known:
            paths = {path: None for each in asked for path in _paths(each.scenario)}
            yield f"{OPTION} {own.path}: no scenario has this; {_near(own.path, list(paths))}"
        for each in known:
            problem = _wrong(own, each)
            if problem:
                yield f"{OPTION} {own.path}: {problem}"
                break


def _near(path: str, known: Sequence[str]) -> str:
    hint = suggest(path, known)
    if hint.startswith("did"):
        return hint
    last = path.rpartition(".")[2]
    alike = [each for each in known if each.rpartition(".")[2] == last][:3]
    return f"did you mean {' or '.join(alike)}?" if alike else "give a path such as " + known[0]


def _wrong(own: _Written, asked: Asked) -> str | None:
    value = amount(value_at(asked.scenario, own.path))
    if value is None:
        return "is not a number or a duration; give the path of one"
    if own.low is None and own.high is None:
        stated = _stated(asked, own.path)
        if stated is None or stated.assumption.low is None or stated.assumption.high is None:
            return f"has no range; state one with {OPTION} {own.path}=LOW..HIGH"
    low, high = _ends(own, asked)
    if low is None or high is None:
        return (
            f"write the range as {own.path}=LOW..HIGH, such as 0.1..0.5 or '2 minutes..5 minutes'"
        )
    return _wrong_range(own.path, low, high, asked)


def _wrong_range(path: str, low: float, high: float, asked: Asked) -> str | None:
    shown = value_at(asked.scenario, path)
    if not low < high:
        return "the range begins where it ends, or later; write the lower value first"
    if not low <= (amount(shown) or 0.0) <= high:
        return f"the range excludes the value {shown} in {asked.loaded.path}"
    try:
        for end in (low, high):
            moved(asked.scenario, {path: end})
    except ValueError as error:
        return f"the scenario cannot hold this range: {error}"
    return None


def _ends(own: _Written, asked: Asked) -> tuple[float | None, float | None]:
    if own.low is not None or own.high is not None:
        low, high = (_parsed(text) for text in (own.low, own.high))
        kinds = {
            isinstance(value_at(asked.scenario, own.path), str),
            _is_text(own.low),
            _is_text(own.high),
        }
        return (low, high) if len(kinds) == 1 else (None, None)
    stated = _stated(asked, own.path)
    assert stated is not None
    return amount(stated.assumption.low), amount(stated.assumption.high)


def _parsed(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        return float(text)
    except ValueError:
        return amount(text)


def _is_text(text: str | None) -> bool:
    try:
        float(text or "")
    except ValueError:
        return True
    return False


def _stated(asked: Asked, path: str) -> PlacedAssumption | None:
    return next((each for each in asked.loaded.assumptions if each.path == path), None)


def _paths(scenario: Scenario) -> Iterator[str]:
    """Give the paths of all numbers and durations of a scenario."""

    def walk(part: Plain, path: str) -> Iterator[str]:
        inside = part.items() if isinstance(part, dict) else enumerate(part)
        for key, own in inside:
            here = f"{path}.{key}" if path else str(key)
            if isinstance(own, dict | list):
                yield from walk(own, here)
            elif amount(own) is not None:
                yield here

    yield from walk(scenario.model_dump(mode="json", by_alias=True), "")


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
        found = tuple(self._break_evens(order.search, clerk, stage))
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
    ) -> Iterator[BreakEven]:
        """Find the break-even share of each strategy, then that of each assumption asked about."""
        for pair in self._pairs(search):
            stage(f"Break-even of {pair.own.letter}")
            yield share_break_even(pair, clerk)
        for text in self.texts:
            for pair in self._pairs(search):
                question = _question(_read(text), pair, self.asked)
                if question is not None:
                    stage(f"{question.path} of {pair.own.letter}")
                    yield value_break_even(pair, question, clerk)

    def _material(self, case: CaseResult, order: Order, clerk: Clerk) -> Material:
        letters = [letter(place, equal=True) for place in range(len(self.asked))]
        return Material(
            self.stands,
            {own: each.scenario for own, each in zip(letters, self.staffed, strict=False)},
            {each.letter: each.assumptions for each in case.comparison.scenarios},
            found_by_year(list(self.stands.values()), order, clerk),
            order.search,
        )


def _question(own: _Written, pair: Pair, asked: Sequence[Asked]) -> Question | None:
    """Give what is asked of one strategy; None where it does not have the assumption."""
    value = value_at(pair.own.scenario, own.path)
    base = amount(value)
    if base is None:
        return None
    by_letter = next(each for each in asked if each.scenario is pair.own.scenario)
    low, high = _ends(own, by_letter)
    assert low is not None
    assert high is not None
    return Question(own.path, "seconds" if isinstance(value, str) else "number", base, low, high)
