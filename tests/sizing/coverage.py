"""How often the interval of a size holds the true one.

``make coverage`` sizes a team in 200 experiments, each with a seed of its own, and writes
``docs/coverage-of-sizes.md``. The true size is the quantile over 5,000 mornings on another seed.
"""

from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from simulation.comparison.statistics import CONFIDENCE, share_interval
from simulation.experiment.workers import Crew, cores
from simulation.play.engines import Engine
from simulation.sizing.played import Desk, Job, Tried, attempt
from simulation.sizing.quantile import quantile
from simulation.sizing.search import Found
from simulation.sizing.size import Order, Workplace, bench_for, size
from simulation.sizing.today import fte_today
from simulation.verification.played import scenario_of
from tests.sizing.asked import morning

PAGE = Path(__file__).parents[2] / "docs" / "coverage-of-sizes.md"

EXPERIMENTS, TRUTH = 200, 5_000
LONG_SEED = 10**6
ORDER = Order("desk", search=10, fresh=60, step=1.17)


def crowded(seed: int) -> dict[str, Any]:
    """Give a morning with so many calls that one step more is little."""
    return morning(seed=seed, demand={"phone": {"rates": [{"per_hour": 120}]}})


@dataclass(frozen=True)
class Told:
    """What one experiment says."""

    rung: int
    low: int
    high: int
    attained: int

    def holds(self, truth: int) -> bool:
        """Tell whether the interval holds a size."""
        return self.low <= truth <= self.high


def true_size(crew: Crew[Job, Tried | str], count: int = TRUTH) -> int:
    """Give the quantile of the smallest sizes in many mornings."""
    scenario = scenario_of(crowded(LONG_SEED))
    of = bench_for(scenario, ORDER, fte_today(scenario), Engine.AUTO)
    desk = Desk(crew, {}, lambda *_: None)
    jobs = [
        Job(of, number, guesses=(("desk", 35),), norms=(("desk", ("calls",)),))
        for number in range(1, count + 1)
    ]
    found: list[Found] = [tried.found["desk"] for _, tried in desk.do(jobs)]
    return quantile(sorted(each.smallest or 10**6 for each in found), ORDER.share)


def told(seed: int, crew: Crew[Job, Tried | str]) -> Told:
    """Size the team on one seed."""
    scenario = scenario_of(crowded(seed))
    of = bench_for(scenario, ORDER, fte_today(scenario), Engine.AUTO)
    found = size(scenario, ORDER, of, Workplace(crew, {}, lambda *_: None)).size
    assert found is not None
    assert found.high is not None
    return Told(found.rung, found.low, found.high, found.shares[found.rung].attained)


def page(truth: int, experiments: list[Told]) -> str:
    """Write the page."""
    held = sum(each.holds(truth) for each in experiments)
    low, high = share_interval(held, len(experiments))
    off = sorted(each.rung - truth for each in experiments)
    tenth = len(off) // 10
    width = mean(each.high - each.low for each in experiments)
    return f"""\
# Whether the intervals of sizes hold

<!-- Written by make coverage. -->

`kanaalkompas size` gives an interval for the number of people that it takes
([how](model.md#how-many-people-it-takes)). How often does it hold the true number? In
{len(experiments)} experiments, each with its own seed, a team at the telephone was sized for one
morning: searched in {ORDER.search} simulations, confirmed in {ORDER.fresh} others. The true size is
the quantile over {TRUTH:,} mornings on another seed.

**{held / len(experiments):.1%}** of the intervals hold it ({low:.1%} to {high:.1%}); they say
{CONFIDENCE:.0%}. The true size is {truth} steps; the answers are {off[tenth]:+d} to
{off[-tenth - 1]:+d} steps from it in the middle 80% of the experiments, and the intervals
{width:.1f} steps wide on average. Where one step more is much, as in a small team, intervals hold
the truth more often than they say: sizes are whole steps.

`make coverage` repeats this.
"""


def main() -> None:
    """Run the experiments, and write the page."""
    with Crew(attempt, cores()) as crew:
        truth = true_size(crew)
        experiments = [told(seed, crew) for seed in range(1, EXPERIMENTS + 1)]
    PAGE.write_text(page(truth, experiments), encoding="utf-8")


if __name__ == "__main__":
    main()
