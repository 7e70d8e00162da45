"""What it takes on AWS to compare ten scenarios for every municipality of the Netherlands.

    python -m benchmarks.scale [--write FOLDER]

``--write`` puts the tables into the page there.
"""

import argparse
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from benchmarks.municipalities import (
    PLANS,
    REPLICATIONS,
    SCENARIOS,
    Municipality,
    alone,
    contacts,
    costs,
    lasts,
    municipalities,
    needs,
    question,
    rates,
)
from benchmarks.quotas import QUOTAS
from functions.logic.estimate import ENDS

PAGE: Final = "scale.md"

CLASSES: Final = (0, 20_000, 50_000, 100_000, 300_000, 10**9)
"""Bounds of inhabitants."""


def _span(form: str, *values: float) -> str:
    """Write the low, usual and high value."""
    low, value, high = (format(each, form) for each in values)
    return f"{value} ({low} to {high})"


def _sums() -> Iterator[str]:
    every, jobs = municipalities(), SCENARIOS * REPLICATIONS
    asked = {end: [question(each, end) for each in every] for end in ENDS}
    used = {end: [each.used for each in asked[end]] for end in ENDS}
    simulated = [math.fsum(contacts(each, end) for each in every) * jobs / 1e9 for end in ENDS]
    seconds = [math.fsum(each.seconds for each in used[end]) / 3600 for end in ENDS]
    between = [math.fsum(each.between for each in used[end]) / 3600 for end in ENDS]
    paid, each_year = costs(every), [getattr(rates(), end) for end in ENDS]
    yield "| | |"
    yield "|---|---|"
    yield f"| municipalities: as many questions | {len(every):,} |"
    yield f"| their inhabitants | {sum(each.inhabitants for each in every):,} |"
    yield f"| replications | {len(every) * jobs:,} |"
    yield f"| items | {sum(each.items for each in asked['value']):,} |"
    yield f"| contacts of an inhabitant in a year | {_span('.2f', *each_year)} |"
    yield f"| contacts simulated, thousand million | {_span('.0f', *simulated)} |"
    yield f"| hours of one core, in items | {_span('.1f', *seconds)} |"
    yield f"| the same, in plan and merge | {_span('.1f', *between)} |"
    yield f"| cost in Ireland, € | {_span('.2f', paid.low, paid.value, paid.high)} |"


def _times() -> Iterator[str]:
    yield "| | `ActiveRuns` | `MaxConcurrency` | items at a time | minutes | Amsterdam alone, s |"
    yield "|---|---:|---:|---:|---|---|"
    first = municipalities()[0]
    for plan in PLANS:
        minutes = _span(".0f", *(lasts(plan, end) / 60 for end in ENDS))
        seconds = _span(".0f", *(alone(question(first, end), plan, end) for end in ENDS))
        told = f"{plan.runs} | {plan.at_once} | {plan.runs * plan.at_once}"
        yield f"| {plan.title} | {told} | {minutes} | {seconds} |"


def _classes() -> Iterator[str]:
    yield "| inhabitants | municipalities | contacts in a year | item, s | cost of a question, € |"
    yield "|---|---:|---|---|---|"
    for least, below in pairwise(CLASSES):
        some = [each for each in municipalities() if least <= each.inhabitants < below]
        mean = Municipality("", round(sum(each.inhabitants for each in some) / len(some)))
        title = f"{least:,} and more" if below == CLASSES[-1] else f"{least:,} to {below:,}"
        paid = costs([mean])
        cells = [
            title if least else f"under {below:,}",
            str(len(some)),
            _span(",.0f", *(contacts(mean, end) for end in ENDS)),
            _span(".1f", *(question(mean, end).item for end in ENDS)),
            _span(".4f", paid.low, paid.value, paid.high),
        ]
        yield f"| {' | '.join(cells)} |"


def _quotas() -> Iterator[str]:
    usual, fast = needs("value"), needs("low")
    yield "| quota | allowed | asked | asked if all goes fast | more if asked for | |"
    yield "|---|---:|---:|---:|---|---|"
    for each in QUOTAS:
        asked, most = usual[each.asks], fast[each.asks]
        state = "binds" if asked > each.allowed else "may bind" if most > each.allowed else ""
        state = state or ("nearly all of it" if asked >= 0.9 * each.allowed else "")
        told = f"{each.allowed:,} | {asked:,.0f} | {most:,.0f} | {'yes' if each.more else 'no'}"
        yield f"| [{each.name}]({each.source}) | {told} | {state} |"


TABLES: Final[dict[str, Callable[[], Iterator[str]]]] = {
    "sums": _sums,
    "times": _times,
    "classes": _classes,
    "quotas": _quotas,
}


def written(text: str) -> str:
    """Give a page with its tables as they are now, each between its marks."""
    for name, table in TABLES.items():
        begin, end = f"<!-- {name}, written by make scale. -->", "<!-- Until here. -->"
        before, mark, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        if not mark or not found:
            raise ValueError(f"the page has no place for {name}")
        own = "\n".join(table())
        text = f"{before}{begin}\n\n{own}\n\n{end}{after}"
    return text


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write them into its page")
    asked = parser.parse_args()
    for table in TABLES.values():
        print("\n".join(table()), end="\n\n")
    if asked.write:
        page = asked.write / PAGE
        page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
