"""Service against staffing: what each size of a team came to, with the norm and the answer."""

from collections.abc import Sequence
from typing import Final

from simulation.comparison.document import Estimate
from simulation.report.chart import INK, QUIET, Chart, Figure, Table, axis, base_layout, neat
from simulation.report.planner import Planner, band, faint, line, percents
from simulation.report.traced import plain
from simulation.scenario.norms import Norm
from simulation.sizing.document import Rung, TeamSize

_HEIGHT: Final = 300
_BAND: Final = 0.16
_ROOM: Final = 0.3
"""Room beside the sizes for the names of the lines, as a part of their range."""


def staffing_curve(team: TeamSize, norm: str, planner: Planner, share: str) -> Chart | None:
    """Draw the share on time by full-time equivalents; None where sizes were not tried one by one.

    Parameters
    ----------
    team : its size, at ``planner.root`` in the page's document
    norm : name of the norm that is drawn
    planner : the reader and the scenario
    share : of the simulations in which the norm has to be attained, as text
    """
    shown = [(place, rung) for place, rung in enumerate(team.curve) if norm in rung.shares]
    if not shown:
        return None
    reader = planner.reader
    told = planner.scenario.norms[norm]
    name, words = planner.team(team.team), planner.norm(norm)
    title = reader.mark(
        "size.curve.title.enough",
        fte=planner.traced(reader.number(team.fte, 1), "fte"),
        norm=words,
    )
    spoken = "; ".join(
        reader(
            "size.curve.spoken",
            fte=reader.number(rung.fte, 1),
            share=reader.beside(rung.shares[norm].mean, told.target),
        )
        for _, rung in shown
    )
    return Chart(
        key="curve",
        title=title,
        subtitle=reader.mark(
            "size.curve.subtitle",
            norm=words,
            name=name,
            during=planner.during,
            n=planner.traced(reader.number(shown[0][1].of), "curve", shown[0][0], "of"),
        ),
        note=reader.mark("size.curve.note", share=share),
        alt=reader("size.curve.alt", title=plain(title), numbers=spoken),
        table=_table(planner, shown, norm, told),
        figure=_figure(planner, team, [(rung.fte, rung.shares[norm]) for _, rung in shown], told),
    )


def _table(planner: Planner, shown: Sequence[tuple[int, Rung]], name: str, norm: Norm) -> Table:
    reader = planner.reader

    def part(place: int, rung: Rung, end: str) -> str:
        value = getattr(rung.shares[name], end)
        return planner.traced(
            reader.beside(value, norm.target), "curve", place, "shares", name, end
        )

    keys = ("fte", "share", "p5", "p95", "attained")
    return Table(
        head=tuple(reader(f"size.curve.{key}") for key in keys),
        rows=tuple(
            (
                planner.traced(reader.number(rung.fte, 1), "curve", place, "fte"),
                *(part(place, rung, end) for end in ("mean", "p5", "p95")),
                planner.traced(
                    reader("x_of_y", n=rung.attained, of=rung.of), "curve", place, how="attained"
                ),
            )
            for place, rung in shown
        ),
        prose=(),
    )


def _figure(
    planner: Planner, team: TeamSize, shown: Sequence[tuple[float, Estimate]], norm: Norm
) -> Figure:
    reader, shade = planner.reader, planner.team_colour(team.team)
    x = [neat(fte) for fte, _ in shown]
    mean, low, high = (
        [neat(100 * getattr(each, end)) for _, each in shown] for end in ("mean", "p5", "p95")
    )
    layout = base_layout(reader, _HEIGHT)
    layout["margin"] |= {"t": 24, "b": 48}
    ends = [*x, team.today, team.fte]
    room = _ROOM * (max(ends) - min(ends) or 1.0)
    layout["xaxis"] = axis(
        range=[neat(min(ends) - room), neat(max(ends) + room)],
        title={"text": reader("size.curve.axis"), "font": {"size": 12}, "standoff": 8},
        showgrid=False,
    )
    layout["yaxis"] = axis(**percents(reader))
    target = neat(100 * norm.target)
    layout["shapes"] = [
        _line("x", team.fte, shade, "solid"),
        _line("x", team.today, QUIET, "dot"),
        _line("y", target, INK, "solid"),
    ]
    layout["annotations"] = [*_names(planner, team), _norm_name(planner, target)]
    dots = line(x, mean, shade, mode="lines+markers", marker={"size": 6, "color": shade})
    hover = [
        reader("size.curve.spoken", fte=reader.number(fte, 1), share=reader.percent(each.mean, 1))
        for fte, each in shown
    ]
    dots |= {"hoverinfo": "text", "hovertext": hover}
    return {"data": [*band(x, low, high, faint(shade, _BAND)), dots], "layout": layout}


def _line(along: str, at: float, color: str, dash: str) -> Figure:
    across = "y" if along == "x" else "x"
    return {
        "type": "line", f"{along}ref": along, f"{along}0": neat(at), f"{along}1": neat(at),
        f"{across}ref": "paper", f"{across}0": 0, f"{across}1": 1,
        "line": {"color": color, "width": 1.5, "dash": dash},
    }  # fmt: skip


def _names(planner: Planner, team: TeamSize) -> list[Figure]:
    """Name the lines of now and of the answer, each on the side away from the other."""
    rows = (("now", team.today, team.fte, QUIET), ("answer", team.fte, team.today, INK))
    marks = []
    for key, at, other, color in rows:
        left = at < other if at != other else key == "now"
        marks.append(
            {
                "xref": "x", "x": neat(at), "xanchor": "right" if left else "left",
                "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False,
                "text": planner.reader(f"size.curve.{key}", fte=planner.reader.number(at, 1)),
                "font": {"size": 12, "color": color},
            }
        )  # fmt: skip
    return marks


def _norm_name(planner: Planner, target: float) -> Figure:
    text = planner.reader("size.curve.norm", target=planner.reader.percent(target / 100))
    return {
        "xref": "paper", "x": 0.0, "xanchor": "left", "yref": "y", "y": target,
        "yanchor": "bottom", "showarrow": False, "text": text, "font": {"size": 12, "color": INK},
    }  # fmt: skip
