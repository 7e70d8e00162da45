"""The result of a benchmark as a table, for the terminal and for the documentation."""

from collections.abc import Iterator
from typing import Any

Result = dict[str, Any]
"""``machine``, ``quick``, and ``cases``: see `benchmarks.__main__`."""

HEAD = ("case", "contacts", "contacts/s", "× plain SimPy", "peak MB")
STAGES = ("sampling", "playing", "measuring")


def as_text(result: Result) -> str:
    """Write tables for the terminal."""
    return "\n\n".join(
        [_described(result), *(_aligned(table) for table in (_speeds(result), _stages(result)))]
    )


def as_markdown(result: Result) -> str:
    """Write tables for the documentation."""
    return "\n\n".join(
        [_described(result), *(_piped(table) for table in (_speeds(result), _stages(result)))]
    )


def _described(result: Result) -> str:
    machine = result["machine"]
    names = ("simpy", "ciw", "numpy", "cython")
    packages = ", ".join(f"{name} {machine[name]}" for name in names)
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['system']}; "
        f"Python {machine['python']}, {packages}."
    )


def _speeds(result: Result) -> list[tuple[str, ...]]:
    rows = [
        (
            case["title"],
            f"{case['contacts']:,.0f}",
            f"{case['contacts_per_second']:,.0f}",
            f"{case['ratio']:.1f}",
            f"{case['peak_mb']:,.0f}",
        )
        for case in result["cases"]
    ]
    return [HEAD, *rows]


def _stages(result: Result) -> list[tuple[str, ...]]:
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


def _aligned(table: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(_line(row, widths) for row in table)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    first, *others = (
        cell.ljust(width) if not place else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *others])


def _piped(table: list[tuple[str, ...]]) -> str:
    head, *rows = table
    return "\n".join(_markdown_rows(head, rows))


def _markdown_rows(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
