"""The result of a benchmark as a table, for the terminal and for the documentation."""

from collections.abc import Iterator
from typing import Any

Result = dict[str, Any]
"""``machine``, ``quick``, and ``cases``: see `benchmarks.__main__`."""

Table = list[tuple[str, ...]]
"""Rows of cells, the head first."""

HEAD = ("case", "contacts", "contacts/s", "× plain SimPy", "peak MB")
STAGES = ("sampling", "playing", "measuring")


def as_text(result: Result) -> str:
    """Write tables for the terminal."""
    return "\n\n".join([_described(result), *map(_aligned, _tables(result))])


def as_markdown(result: Result) -> str:
    """Write tables for the documentation."""
    return "\n\n".join([_described(result), *map(_piped, _tables(result))])


def _tables(result: Result) -> list[Table]:
    tables = [_speeds(result), _stages(result), _sizes(result), _goals(result)]
    return [table for table in tables if len(table) > 1]


def _described(result: Result) -> str:
    machine = result["machine"]
    names = ("simpy", "ciw", "numpy", "cython")
    packages = ", ".join(f"{name} {machine[name]}" for name in names)
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['system']}; "
        f"Python {machine['python']}, {packages}."
    )


def _goals(result: Result) -> Table:
    """Lay what was reached beside what was asked."""
    cases = {case["name"]: case for case in result["cases"]}

    def of(name: str, key: str) -> float | None:
        return cases[name][key] if name in cases else None

    def over(one: float | None, other: float | None) -> float | None:
        return one / other if one is not None and other is not None else None

    rate = "contacts_per_second"
    goals: list[tuple[str, str, float | None, str]] = [
        ("the call centre, million calls a second", "4", over(of("centre", rate), 1e6), ".1f"),
        ("M/M/11+M, × plain SimPy", "120", of("queue", "ratio"), ".0f"),
        ("Amsterdam today, × plain SimPy on M/M/11+M", "80", of("today", "ratio"), ".0f"),
        (
            "Amsterdam today, × SimPy on the same scenario",
            "",
            over(of("today", rate), of("on SimPy", rate)),
            ".0f",
        ),
        ("where nothing was compiled, × plain SimPy", "10", of("no compiler", "ratio"), ".0f"),
        (
            "ten times Amsterdam in one replication, GB",
            "4",
            over(of("larger", "peak_mb"), 1e3),
            ".1f",
        ),
        ("10,000 days of a small municipality, seconds", "60", of("two workers", "seconds"), ".0f"),
        (
            "the same, two workers against one",
            "1.8",
            over(of("two workers", rate), of("one worker", rate)),
            ".1f",
        ),
        ("the size of one team of Amsterdam, seconds", "60", of("team", "seconds"), ".0f"),
        ("the sizes of all of them, seconds", "300", of("all teams", "seconds"), ".0f"),
    ]
    rows = [(what, asked, f"{found:{form}}") for what, asked, found, form in goals if found]
    return [("", "asked", "reached"), *rows]


def _speeds(result: Result) -> Table:
    rows = [
        (
            case["title"],
            f"{case['contacts']:,.0f}",
            f"{case['contacts_per_second']:,.0f}",
            f"{case['ratio']:.1f}",
            f"{case['peak_mb']:,.0f}",
        )
        for case in result["cases"]
        if "contacts" in case
    ]
    return [HEAD, *rows]


def _sizes(result: Result) -> Table:
    """Simulated years that were tried for sizes."""
    rows = [
        (
            case["title"],
            f"{case['years']:,.0f}",
            f"{case['years'] / case['seconds']:.1f}",
            f"{case['seconds']:,.0f}",
            f"{case['peak_mb']:,.0f}",
        )
        for case in result["cases"]
        if "years" in case
    ]
    return [("size", "simulated years", "years/s", "seconds", "peak MB"), *rows]


def _stages(result: Result) -> Table:
    """Nanoseconds for each attempt, stage by stage, where they were measured apart."""
    rows = [
        (
            case["title"],
            *(f"{case[stage] / case['attempts'] * 1e9:,.0f}" for stage in STAGES),
            f"{case['seconds'] / case['attempts'] * 1e9:,.0f}",
        )
        for case in result["cases"]
        if "sampling" in case
    ]
    return [("ns for each attempt", "demand", "play", "measures and costs", "all"), *rows]


def _aligned(table: Table) -> str:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(_line(row, widths) for row in table)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    first, *others = (
        cell.ljust(width) if not place else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *others])


def _piped(table: Table) -> str:
    head, *rows = table
    return "\n".join(_markdown_rows(head, rows))


def _markdown_rows(head: tuple[str, ...], rows: Table) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
