"""What a run of the pack found: figures, identities, and engines beside each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulation.play.engines import Engine
from simulation.verification.alike import difference
from simulation.verification.case import Case, Family
from simulation.verification.judgement import FAMILY_ERROR, Line, judge
from simulation.verification.laws import exact
from simulation.verification.observe import Seen, simulator
from simulation.verification.random_runs import MORE_AGENTS, Random, sentences

Sight = dict[tuple[str, Case, Engine], dict[int, Seen]]
"""What was seen of each case of a family by an engine, by number of the replication."""


@dataclass(frozen=True)
class Held:
    """Something that has to hold in every run."""

    says: str
    runs: int
    attempts: int
    broken: tuple[str, ...]
    """Where it did not hold."""


@dataclass(frozen=True)
class Report:
    """What a run of the pack found."""

    seed: int
    families: tuple[tuple[Family, tuple[Line, ...]], ...]
    identities: tuple[Held, ...]
    engines: tuple[Held, ...]
    """What the engines wrote down, contact for contact; nothing if only one played."""

    @property
    def judged(self) -> int:
        """How many figures were judged."""
        return sum(len(lines) for _, lines in self.families)

    @property
    def differing(self) -> int:
        """How many of them do not agree."""
        return sum(line.verdict != "agrees" for _, lines in self.families for line in lines)

    @property
    def failures(self) -> int:
        """How many figures, identities and comparisons of engines failed."""
        return self.differing + sum(bool(held.broken) for held in self.identities + self.engines)


def report_of(
    families: Sequence[Family],
    engines: Sequence[Engine],
    sight: Sight,
    randoms: Sequence[Random],
    seed: int,
) -> Report:
    """Judge everything that was seen."""
    known = {
        (family.name, case): exact(family, case) for family in families for case in family.cases
    }
    judged = len(engines) * sum(map(len, known.values()))
    tail = FAMILY_ERROR / max(1, judged) / 2

    def lines(family: Family) -> Iterator[Line]:
        for case in family.cases:
            seen = {engine: sight[family.name, case, engine] for engine in engines}
            yield from _lines(family, case, known[family.name, case], seen, tail)

    return Report(
        seed,
        tuple((family, tuple(lines(family))) for family in families),
        tuple(_identities(randoms)),
        tuple(_compared(families, sight, randoms, seed)) if len(engines) > 1 else (),
    )


def _lines(
    family: Family,
    case: Case,
    known: dict[str, float],
    seen: dict[Engine, dict[int, Seen]],
    tail: float,
) -> Iterator[Line]:
    """Judge every figure of a case, engine by engine."""
    for figure, value in known.items():
        for engine, found in seen.items():
            ordered = [found[number] for number in sorted(found)]
            _, precision = family.of(case, engine)
            mean, half, verdict = judge(ordered, figure, value, precision, tail)
            yield Line(case.name, figure, engine, len(ordered), value, mean, half, verdict)


def _identities(randoms: Sequence[Random]) -> Iterator[Held]:
    for says in sentences() if randoms else ():
        broken = tuple(
            f"random scenario {each.number}: {each.broken[says]}".rstrip(": ")
            for each in randoms
            if says in each.broken
        )
        counts = [each.queued if says == MORE_AGENTS else each.attempts for each in randoms]
        yield Held(says, len(randoms), sum(counts), broken)


def _compared(
    families: Sequence[Family], sight: Sight, randoms: Sequence[Random], seed: int
) -> Iterator[Held]:
    """Compare what both engines wrote down of the same people."""
    runs, attempts, broken = 0, 0, []
    for family in families:
        for case in family.cases:
            one = sight[family.name, case, Engine.SIMPY]
            other = sight[family.name, case, Engine.COMPILED]
            for number in sorted(one.keys() & other.keys()):
                runs, attempts = runs + 1, attempts + one[number].attempts
                if one[number].digest != other[number].digest:
                    broken.append(_told(case, seed, number))
    if runs:
        yield Held("Queues with an exact answer", runs, attempts, tuple(broken))
    if randoms:
        broken = [
            f"random scenario {each.number}: {each.difference}"
            for each in randoms
            if each.difference is not None
        ]
        attempts = sum(each.attempts for each in randoms)
        yield Held("Random scenarios", len(randoms), attempts, tuple(broken))


def _told(case: Case, seed: int, number: int) -> str:
    """Play a replication again by both, and say what differs first."""
    one, other = (
        simulator(case.text(seed), engine).played(number).record
        for engine in (Engine.SIMPY, Engine.COMPILED)
    )
    return f"{case.name}, replication {number}: {difference(one, other)}"
