"""What can be asked beside the years, and what is wrong with a question: told before any work."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulation.cli.inputs import Asked
from simulation.finance.moved import amount, moved, value_at
from simulation.scenario.assumption import PlacedAssumption
from simulation.scenario.problems import Plain, suggest
from simulation.scenario.scenario import Scenario
from simulation.sizing.size import norms_of

OPTION = "--break-even"

_FIXED = ("kanaalkompas", "seed", "replications", "horizon", "calendar")
"""Parts that say what is simulated and how often: no municipality has another value of them."""

_FIXED_PATHS = ("costs.price_level", "finance.years", "finance.life", "finance.first_year")

_ENDS = ("value", "low", "high")


@dataclass(frozen=True)
class Written:
    """PATH or PATH=LOW..HIGH."""

    path: str
    low: str | None
    high: str | None


def read_question(text: str) -> Written:
    """Read what is asked of one assumption."""
    path, _, ends = text.partition("=")
    low, dots, high = ends.partition("..")
    return Written(path.strip(), low.strip() if dots else ends or None, high.strip() or None)


def wrong_depth(option: str, asked: Sequence[Asked]) -> Iterator[str]:
    """Say what to add where no assumption has a range, so that nothing could be moved.

    Parameters
    ----------
    option : with which sensitivity was asked
    asked : the scenarios
    """
    stated = [(each, own) for each in asked for own in each.loaded.assumptions]
    if any(_has_range(own) for _, own in stated):
        return
    for each in asked:
        for path in _paths(each.scenario):
            value = value_at(each.scenario, path)
            if value and not _fixed(path):
                yield (
                    f"{option}: no value in these files has a range, so there is nothing to move; "
                    f"write one with its 5th and 95th percentile, in {each.loaded.path} for "
                    f"instance {path}: {{value: {_plain(value)}, low: ..., high: ...}}"
                )
                return


def wrong_questions(texts: Sequence[str], asked: Sequence[Asked]) -> Iterator[str]:
    """Say what is wrong with the assumptions that are asked about."""
    for text in texts:
        own = read_question(text)
        problem = next(filter(None, _problems(own, asked)), None)
        if problem:
            yield f"{OPTION} {own.path or repr(text)}: {problem}"


def _problems(own: Written, asked: Sequence[Asked]) -> Iterator[str | None]:
    known = [each for each in asked if value_at(each.scenario, own.path) is not None]
    if not known:
        yield _unknown(own.path, asked)
    for each in known:
        yield _wrong(own, each)


def _unknown(path: str, asked: Sequence[Asked]) -> str:
    known = list(dict.fromkeys(path for each in asked for path in _paths(each.scenario)))
    parent, _, last = path.rpartition(".")
    if last in _ENDS and parent in known:
        return f"ask about the assumption itself: {OPTION} {parent}"
    if not path:
        return f"there is no path; write {OPTION} PATH or {OPTION} PATH=LOW..HIGH"
    return f"no scenario has this; {_near(path, known)}"


def _near(path: str, known: Sequence[str]) -> str:
    hint = suggest(path, known)
    if hint.startswith("did"):
        return hint
    last = path.rpartition(".")[2]
    alike = [each for each in known if each.rpartition(".")[2] == last][:3]
    first = next(each for each in known if not _fixed(each))
    return f"did you mean {' or '.join(alike)}?" if alike else f"give a path such as {first}"


def _wrong(own: Written, asked: Asked) -> str | None:
    shown = value_at(asked.scenario, own.path)
    if _fixed(own.path):
        return "says what is simulated and is no assumption; change the file and compare anew"
    match own.path.split("."):
        case ["teams", team, "roster", *_] if team in norms_of(asked.scenario):
            return f"does nothing: how many people team {team} takes is searched for"
    if amount(shown) is None:
        return _no_number(own.path, shown, asked)
    if own.low is None and own.high is None and not _has_range(_stated(asked, own.path)):
        return f"has no range; state one with {OPTION} {own.path}=LOW..HIGH"
    low, high = ends_of(own, asked)
    if low is None or high is None:
        kind = "a duration" if isinstance(shown, str) else "a number"
        like = "'2 minutes..5 minutes'" if isinstance(shown, str) else "0.1..0.5"
        return (
            f"is {kind} ({_plain(shown)}); write the range as {own.path}=LOW..HIGH, such as {like}"
        )
    return _wrong_range(own.path, low, high, asked)


def _no_number(path: str, shown: object, asked: Asked) -> str:
    """Say of a text, a list or a part with several values that it cannot be moved."""
    inside = next((each for each in _paths(asked.scenario) if each.startswith(f"{path}.")), None)
    such = f", such as {inside}" if inside else ""
    if isinstance(shown, list):
        return f"is a list; give the path of one number in it, counted from 0{such}"
    if isinstance(shown, dict):
        return f"has several values; give the path of one number or duration in it{such}"
    told = str(shown).lower() if isinstance(shown, bool) else shown
    return f"is not a number or a duration but {told}, so there is nothing to move"


def _wrong_range(path: str, low: float, high: float, asked: Asked) -> str | None:
    shown = value_at(asked.scenario, path)
    if not low < high:
        return "the range begins where it ends, or later; write the lower value first"
    if not low <= (amount(shown) or 0.0) <= high:
        return f"the range excludes the value {_plain(shown)} in {asked.loaded.path}"
    try:
        for end in (low, high):
            moved(asked.scenario, {path: end})
    except ValueError as error:
        return f"the scenario cannot hold this range: {error}"
    return None


def ends_of(own: Written, asked: Asked) -> tuple[float | None, float | None]:
    """Give the ends that were asked, or else those that the file states; None where unreadable."""
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
        value = float(text)
    except ValueError:
        return amount(text)
    return value if math.isfinite(value) else None


def _is_text(text: str | None) -> bool:
    try:
        float(text or "")
    except ValueError:
        return True
    return False


def _plain(value: object) -> object:
    """Give a number as people write it: 150000 and not 150000.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _fixed(path: str) -> bool:
    return path.partition(".")[0] in _FIXED or path in _FIXED_PATHS


def _stated(asked: Asked, path: str) -> PlacedAssumption | None:
    return next((each for each in asked.loaded.assumptions if each.path == path), None)


def _has_range(stated: PlacedAssumption | None) -> bool:
    if stated is None:
        return False
    low, high = (amount(end) for end in (stated.assumption.low, stated.assumption.high))
    return low is not None and high is not None and low < high


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
