"""How often an interval holds the truth when replications are added until it is narrow enough.

``make coverage`` runs 1,000 experiments, each with a seed of its own, and writes the table in
``docs/coverage.md``. What a contact costs is stated and nobody comes back, so that the true
difference in costs is known exactly: contacts expected × share made unnecessary × price. Crowds
differ from day to day by a skewed factor. The true share in time is that of a long run on other
seeds.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.comparison.columns import Columns
from simulation.comparison.document import Estimate
from simulation.comparison.precision import STRUCTURAL, Goal, looks, precise_enough
from simulation.comparison.statistics import CONFIDENCE, estimate, share_interval
from simulation.experiment import Experiment, Task, run_all, run_until
from simulation.experiment.workers import Crew, cores
from simulation.scenario import loads
from simulation.scenario.scenario import Scenario

PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"

HOURS, CALLS, AVOIDED, PRICE = 3, 40.0, 0.3, 5.0
TRUE_DIFFERENCE = -HOURS * CALLS * AVOIDED * PRICE
"""Of the costs of an afternoon, in euros."""

SHARE = "norms.fast.share"
LONG_SEED, LONG = 10**6, 40_000
MOST = 1_000

GOALS = (
    *(Goal(euros, None, MOST) for euros in (40.0, 32.0, 24.0)),
    *(Goal(None, share, MOST) for share in (0.08, 0.06)),
)


def scenario(seed: int, *, informed: bool) -> Scenario:
    """Give an afternoon at the telephone, with proactive information or without."""
    parts = {
        "kanaalkompas": 1,
        "title": "An afternoon",
        "seed": seed,
        "horizon": {"start": "2026-03-02", "length": f"{HOURS} hours", "run_out": "cut"},
        "variation": {"day_cv": 0.6},
        "reasons": {"question": {}},
        "demand": {"phone": {"rates": [{"per_hour": CALLS}]}},
        "channels": {
            "phone": {
                "kind": "live",
                "handling": {"family": "gamma", "mean": "4 minutes", "cv": 0.8},
                "patience": {"family": "exponential", "mean": "3 minutes"},
            }
        },
        "teams": {
            "agents": {"roster": [{"heads": 4}], "channels": {"phone": {}}, "pay_scale": "s7"}
        },
        "norms": {"fast": {"channel": "phone", "within": "20 s", "target": 0.8}},
        "costs": {
            "price_level": 2026,
            "pay_scales": {"s7": {"monthly_salary": 3_500}},
            "per_contact": {
                "call": {"channel": "phone", "per": "offered", "amount": PRICE, "vat": "cost"}
            },
        },
    }
    if informed:
        parts["shift"] = {"deflection": {"letter": {"shares": {"question": AVOIDED}}}}
    return loads(json.dumps(parts)).scenario


@dataclass(frozen=True)
class Stopped:
    """Where the rule stopped: replications, and the interval of what it was about."""

    replications: int
    known: Estimate

    def holds(self, truth: float) -> bool:
        """Tell whether the interval holds the truth."""
        assert self.known.low is not None
        assert self.known.high is not None
        return self.known.low <= truth <= self.known.high


def stops(seed: int, goals: Sequence[Goal] = GOALS) -> list[Stopped]:
    """Run one experiment until the last goal is reached; give where each of them stopped."""
    found: dict[Goal, Stopped] = {}

    def enough(experiments: Sequence[Experiment]) -> bool:
        columns = [Columns(each.ordered()) for each in experiments]
        look = len(columns[0].numbers)
        for goal in goals:
            if goal not in found and (look == goal.most or precise_enough(goal, experiments)):
                found[goal] = Stopped(look, _known(goal, *columns))
        return len(found) == len(goals)

    pair = [scenario(seed, informed=False), scenario(seed, informed=True)]
    run = run_until(pair, looks(MOST), enough, workers=1)
    enough(run.experiments)
    return [found[goal] for goal in goals]


def _known(goal: Goal, before: Columns, after: Columns) -> Estimate:
    if goal.cost is not None:
        return estimate(after.less(before, STRUCTURAL))
    return estimate(before.existing(SHARE))


def experiments(seeds: Iterable[int], workers: int | None = None) -> list[list[Stopped]]:
    """Run an experiment for each seed; give for each goal where the experiments stopped."""
    with Crew(stops, workers or cores()) as crew:
        done = dict(crew.do(seeds))
    failed = [outcome for outcome in done.values() if isinstance(outcome, str)]
    assert not failed, failed[0]
    ordered = [done[seed] for seed in sorted(done)]
    return [list(of_goal) for of_goal in zip(*ordered, strict=True)]


def true_share(replications: int = LONG, workers: int | None = None) -> Estimate:
    """Give the share in time without information, from a long run."""
    task = Task(scenario(LONG_SEED, informed=False), tuple(range(1, replications + 1)))
    (found,) = run_all([task], workers).experiments
    return estimate(Columns(found.ordered()).existing(SHARE))


def table(found: Sequence[Sequence[Stopped]], share: float) -> Iterator[str]:
    """Write the lines of the table: what was asked, how long it took, how often it was right."""
    yield "| asked | simulations, on average | fewest to most | intervals that hold the truth |"
    yield "|---|---|---|---|"
    for goal, stopped in zip(GOALS, found, strict=True):
        truth = TRUE_DIFFERENCE if goal.cost is not None else share
        right = sum(each.holds(truth) for each in stopped)
        low, high = share_interval(right, len(stopped))
        counts = [each.replications for each in stopped]
        yield (
            f"| {_asked(goal)} | {sum(counts) / len(counts):.0f} | {min(counts)} to {max(counts)} "
            f"| {right / len(stopped):.1%} ({low:.1%} to {high:.1%}) |"
        )


def _asked(goal: Goal) -> str:
    if goal.cost is not None:
        return f"costs ± € {goal.cost:g}"
    return f"share ± {100 * (goal.service or 0):g} points"


def page(found: Sequence[Sequence[Stopped]], share: Estimate) -> str:
    """Write the page."""
    assert share.low is not None
    assert share.high is not None
    lines = "\n".join(table(found, share.mean))
    return f"""\
# Whether the intervals hold after stopping early

<!-- Written by make coverage. -->

With `--precision`, replications are added until an interval is narrow enough
([how](model.md#statistics)). An interval that is narrow by chance stops sooner, and intervals could
therefore hold the truth less often than the {CONFIDENCE:.0%} that they say. So it is measured:
{len(found[0]):,} experiments, each with its own seed, of an afternoon at the telephone with and
without proactive information.

{lines}

The true difference in costs is known exactly: {HOURS * CALLS:.0f} calls expected × {AVOIDED:.0%}
made unnecessary × € {PRICE:g} is € {-TRUE_DIFFERENCE:g} less. The true share in time,
{share.mean:.2%} ± {(share.high - share.low) / 2:.2%}, is that of {share.n:,} simulations on another
seed. Crowds differ from day to day with a coefficient of variation of 0.6, so both are skewed. The
90% interval of each percentage stands in brackets.

`make coverage` repeats this.
"""


def main(number: int) -> None:
    """Measure, and write the page."""
    share = true_share()
    text = page(experiments(range(1, number + 1)), share)
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
