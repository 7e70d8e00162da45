"""What a run of the pack found: figures, identities, and engines beside each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulation.play.engines import Engine
from simulation.verification.alike import difference
from simulation.verification.case import Case, Family
from simulation.verification.judgement import FAMILY_ERROR, Line, judge, judge_beside
from simulation.verification.laws import exact
from simulation.verification.observe import Seen, simulator
from simulation.verification.published import Published
from simulation.verification.random_runs import MORE_AGENTS, Random, sentences

Sight = dict[tuple[str, str, Engine], dict[int, Seen]]
"""What was seen of each case of a family by an engine, by number of the replication."""


@dataclass(frozen=True)
class Section:
    """Figures that are judged, under one heading."""

    name: str
    title: str
    source: str
    lines: tuple[Line, ...]


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
    sections: tuple[Section, ...]
    identities: tuple[Held, ...]
    engines: tuple[Held, ...]
    """What the engines wrote down, contact for contact; nothing if only one played."""

    @property
    def judged(self) -> int:
        """How many figures were judged."""
        return sum(len(section.lines) for section in self.sections)

    @property
    def differing(self) -> int:
        """How many of them do not agree."""
        lines = [line for section in self.sections for line in section.lines]
        return sum(line.verdict != "agrees" for line in lines)

    @property
    def failures(self) -> int:
        """How many figures, identities and comparisons of engines failed."""
        return self.differing + sum(bool(held.broken) for held in self.identities + self.engines)


def report_of(
    families: Sequence[Family],
    simulations: Sequence[Published],
    engines: Sequence[Engine],
    sight: Sight,
    randoms: Sequence[Random],
    *,
    seed: int,
) -> Report:
    """Judge everything that was seen."""
    known = {
        (family.name, case): exact(family, case) for family in families for case in family.cases
    }
    figures = sum(map(len, known.values())) + sum(len(each.figures) for each in simulations)
    tail = FAMILY_ERROR / max(1, figures * len(engines)) / 2

    def lines(family: Family) -> Iterator[Line]:
        for case in family.cases:
            seen = {engine: sight[family.name, case.name, engine] for engine in engines}
            yield from _lines(family, case, known[family.name, case], seen, tail)

    def beside(each: Published) -> Iterator[Line]:
        yield from _beside(each, {e: sight[each.name, each.name, e] for e in engines}, tail)

    played: list[tuple[str, Case | Published]] = list(known)
    played += [(each.name, each) for each in simulations]
    return Report(
        seed,
        (
            *(Section(f.name, f.title, f.source, tuple(lines(f))) for f in families),
            *(Section(p.name, p.title, p.source, tuple(beside(p))) for p in simulations),
        ),
        tuple(_identities(randoms)),
        tuple(_compared(played, sight, randoms, seed)) if len(engines) > 1 else (),
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


def _beside(
    simulation: Published, seen: dict[Engine, dict[int, Seen]], tail: float
) -> Iterator[Line]:
    """Judge every figure beside the published one, engine by engine."""
    for figure in simulation.figures:
        for engine, found in seen.items():
            values = [found[number].figures[figure.name] for number in sorted(found)]
            mean, half, verdict = judge_beside(
                values, figure, simulation.error(figure), simulation.days, tail=tail
            )
            known = figure.published
            yield Line("", figure.name, engine, len(values), known, mean, half, verdict)


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
    played: Sequence[tuple[str, Case | Published]],
    sight: Sight,
    randoms: Sequence[Random],
    seed: int,
) -> Iterator[Held]:
    """Compare what both engines wrote down of the same people."""
    runs, attempts, broken = 0, 0, []
    for name, case in played:
        one = sight[name, case.name, Engine.SIMPY]
        other = sight[name, case.name, Engine.COMPILED]
        for number in sorted(one.keys() & other.keys()):
            runs, attempts = runs + 1, attempts + one[number].attempts
            if one[number].digest != other[number].digest:
                broken.append(_told(case, seed, number))
    if runs:
        yield Held("Queues and published simulations", runs, attempts, tuple(broken))
    if randoms:
        broken = [
            f"random scenario {each.number}: {each.difference}"
            for each in randoms
            if each.difference is not None
        ]
        attempts = sum(each.attempts for each in randoms)
        yield Held("Random scenarios", len(randoms), attempts, tuple(broken))


def _told(case: Case | Published, seed: int, number: int) -> str:
    """Play a replication again by both, and say what differs first."""
    one, other = (
        simulator(case.text(seed), engine).played(number).record
        for engine in (Engine.SIMPY, Engine.COMPILED)
    )
    return f"{case.name}, replication {number}: {difference(one, other)}"
