"""Service against norm: today and a scenario side by side, norm by norm."""

from simulation.comparison.document import Estimate, NormResult, Result, ScenarioResult
from simulation.report import claims, estimates, facts, words
from simulation.report.chart import (
    INK,
    NONE,
    PAPER,
    QUIET,
    Chart,
    Figure,
    Table,
    axis,
    base_layout,
    colour,
    label,
    neat,
)
from simulation.report.reader import Reader
from simulation.report.speech import during, enough, mark, norm_title, span, speak
from simulation.report.traced import Traced

Pair = tuple[NormResult, Estimate | None, Estimate | None]
"""A norm, its share today, its share in the scenario."""


def service(result: Result, reader: Reader, scenario: ScenarioResult) -> Chart | None:
    """Draw the share of each norm today and in the scenario; None without norms."""
    pairs = _pairs(result, scenario)
    if not pairs:
        return None
    claim = claims.service_title(result, scenario)
    badge = words.badge_name(reader, result, scenario.letter)
    alone = "_today" if scenario is facts.baseline(result) else ""
    return Chart(
        key="service",
        title=mark(claim, reader, result),
        subtitle=reader.mark(
            f"service.subtitle{alone}",
            scenario=badge,
            during=during(result, reader, reader.mark),
            spans=span(result, reader, many=True),
        ),
        note=reader.mark(f"service.note{alone}", scenario=badge, enough=enough(result, reader)),
        alt=reader(
            "service.alt",
            title=speak(claim, reader, result),
            numbers=_spoken(reader, scenario, pairs),
        ),
        table=_table(result, reader, scenario, pairs),
        figure=_figure(reader, scenario, pairs),
    )


def _pairs(result: Result, scenario: ScenarioResult) -> list[Pair]:
    today = facts.baseline(result)
    theirs = {norm.name: norm for norm in today.norms}
    pairs: list[Pair] = []
    for norm in scenario.norms:
        before = theirs.get(norm.name)
        now = today.measures.get(before.path) if before else None
        then = None if scenario is today else scenario.measures.get(norm.path)
        if now or then:
            pairs.append((norm, now, then))
    return pairs


def _share(reader: Reader, estimate: Estimate | None, target: float) -> str:
    return "–" if estimate is None else reader.beside(estimate.mean, target)


def _spoken(reader: Reader, scenario: ScenarioResult, pairs: list[Pair]) -> str:
    return "; ".join(
        reader(
            "service.spoken",
            norm=words.norm_name(reader, scenario, norm),
            now=_share(reader, now, norm.target),
            then=_share(reader, then, norm.target),
            target=reader.percent(norm.target),
        )
        for norm, now, then in pairs
    )


def _table(result: Result, reader: Reader, scenario: ScenarioResult, pairs: list[Pair]) -> Table:
    today = facts.baseline(result)
    return Table(
        head=tuple(reader(f"service.head.{i}") for i in range(1, 5)),
        rows=tuple(
            (
                norm_title(reader, result, norm.name, scenario.letter),
                _rule(result, reader, scenario, norm),
                _traced_share(result, reader, today, norm, now),
                _traced_share(result, reader, scenario, norm, then),
            )
            for norm, now, then in pairs
        ),
        prose=(0, 1),
    )


def _rule(result: Result, reader: Reader, scenario: ScenarioResult, norm: NormResult) -> Traced:
    rule = words.norm_rule(reader, norm)
    path = facts.at(result, scenario, "norms", str(scenario.norms.index(norm)))
    return Traced(rule if norm.counts else f"{rule} ({reader('service.extra')})", path, "name")


def _traced_share(
    result: Result,
    reader: Reader,
    scenario: ScenarioResult,
    norm: NormResult,
    share: Estimate | None,
) -> str:
    path = facts.at(result, scenario, "measures", norm.path)
    return estimates.share(reader, share, path, norm.target) if share else NONE


def _figure(reader: Reader, scenario: ScenarioResult, pairs: list[Pair]) -> Figure:
    rows = list(range(len(pairs)))
    layout = base_layout(reader, 70 + 84 * len(pairs))
    shares = [end for _, now, then in pairs for e in (now, then) if e for end in _ends(e)]
    lowest = 100 * min([*shares, *(norm.target for norm, _, _ in pairs)])
    start = max(0.0, 10 * ((lowest - 5) // 10))
    layout["xaxis"] = axis(range=[start - 1, 102], ticksuffix="%", tickformat=",~f")
    layout["yaxis"] = axis(
        range=[len(pairs) - 0.4, -0.6],
        tickvals=rows,
        ticktext=[_label(reader, scenario, pair) for pair in pairs],
        ticks="",
        showgrid=False,
    )
    layout["shapes"] = [_norm_tick(row, pair[0].target) for row, pair in enumerate(pairs)]
    shades = [colour(norm.channel) for norm, _, _ in pairs]
    before = [(row - 0.16, now, shade) for row, (_, now, _), shade in
              zip(rows, pairs, shades, strict=True)]  # fmt: skip
    after = [(row + 0.16, then, shade) for row, (_, _, then), shade in
             zip(rows, pairs, shades, strict=True)]  # fmt: skip
    return {
        "data": [
            *_dots(reader, reader("today"), before, hollow=True),
            *_dots(reader, scenario.letter, after, hollow=False),
        ],
        "layout": layout,
    }


def _label(reader: Reader, scenario: ScenarioResult, pair: Pair) -> str:
    norm, now, then = pair
    shown = [reader.beside(share.mean, norm.target) for share in (now, then) if share]
    change = " → ".join(shown)
    name = label(words.norm_name(reader, scenario, norm), 16, 2)
    rule = reader("service.norm", target=reader.percent(norm.target))
    extra = [] if norm.counts else [reader("service.extra")]
    return "<br>".join((name, change, rule, *extra))


def _norm_tick(row: int, target: float) -> Figure:
    return {
        "type": "line", "x0": neat(100 * target), "x1": neat(100 * target),
        "y0": row - 0.34, "y1": row + 0.34, "line": {"color": INK, "width": 2.5},
        "layer": "between",
    }  # fmt: skip


def _ends(estimate: Estimate) -> tuple[float, float]:
    return min(estimate.p5, estimate.mean), max(estimate.p95, estimate.mean)


def _dots(
    reader: Reader, name: str, rows: list[tuple[float, Estimate | None, str]], *, hollow: bool
) -> list[Figure]:
    """Give the bands (the spread between simulated periods) and the means of one scenario."""
    there = [(y, estimate, shade) for y, estimate, shade in rows if estimate is not None]
    bands = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [neat(100 * end) for end in _ends(estimate)],
            "y": [y, y],
            "line": {"width": 9, "color": "#c5cdd4" if hollow else shade},
            "opacity": 0.9 if hollow else 0.35,
            "hoverinfo": "skip",
        }
        for y, estimate, shade in there
    ]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [neat(100 * estimate.mean) for _, estimate, _ in there],
        "y": [y for y, _, _ in there],
        "marker": {
            "size": 13,
            "color": PAPER if hollow else [shade for _, _, shade in there],
            "line": {"width": 2.5, "color": QUIET if hollow else PAPER},
        },
        "hoverinfo": "text",
        "hovertext": [f"{name}: {reader.percent(e.mean, 1)}" for _, e, _ in there],
        "cliponaxis": False,
    }
    return [*bands, dots]
