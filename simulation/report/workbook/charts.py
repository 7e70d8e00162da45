"""Two native charts: the effect on the budget by year, and how present values add up."""

from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.chart import Chart

from simulation.report.workbook.desk import Desk
from simulation.report.workbook.effects import Effects
from simulation.report.workbook.looks import INK, RULE
from simulation.report.workbook.sheet import Sheet

COLOURS: Final = ("#004488", "#C4500A", "#138086", "#7A3E9D", "#5F6B1B", "#9C1C5C")
"""Of strategies; never colour alone, so lines have dashes and marks too."""

_DASHES: Final = ("solid", "dash", "round_dot", "long_dash", "dash_dot", "square_dot")
_MARKS: Final = ("circle", "square", "diamond", "triangle", "x", "plus")

_NO_CHARACTERS: Final = dict.fromkeys((0xFFFE, 0xFFFF))
"""Not allowed in XML; in cells the library writes them otherwise, in descriptions it does not."""

ROWS: Final = 17
"""Rows that a chart covers."""

_SIZE: Final = {"width": 960, "height": 330}
_FONT: Final = {"color": INK, "size": 10}


def draw_charts(desk: Desk, sheet: Sheet, effects: Effects, row: int) -> int:
    """Draw both charts under each other; give the row below."""
    for chart in (
        _Chart(desk, effects, "column", "together", "chart_budget"),
        _Chart(desk, effects, "line", "present_so_far", "chart_value"),
    ):
        sheet.page.insert_chart(row, 0, chart.drawn(), {"description": chart.spoken()})
        row += ROWS
    return row


@dataclass(frozen=True)
class _Chart:
    """One chart: its kind, the column of the effects that it shows, and its texts."""

    desk: Desk
    effects: Effects
    kind: str
    column: str
    key: str

    def drawn(self) -> Chart:
        """Give the chart."""
        chart: Chart = self.desk.workbook.add_chart({"type": self.kind})
        for place, strategy in enumerate(self.desk.cast.strategies):
            chart.add_series(self._series(strategy.letter, self.column) | self._look(place))
        baseline = self._baseline()
        if self.kind == "line":
            chart.add_series(baseline)
        else:
            zero = self.desk.workbook.add_chart({"type": "line"})
            zero.add_series(baseline)
            chart.combine(zero)
        title_font = {**_FONT, "size": 13, "bold": True}
        chart.set_title({"name": self.desk.say(f"{self.key}.title"), "name_font": title_font})
        chart.set_x_axis({"num_font": _FONT, "label_position": "low", "line": {"color": INK}})
        lines = {"visible": True, "line": {"color": RULE, "width": 0.5}}
        chart.set_y_axis({
            "name": self.desk.say(f"{self.key}.axis"),
            "name_font": {**_FONT, "bold": False},
            "num_font": _FONT,
            "num_format": self.desk.forms.code("whole_euro"),
            "major_gridlines": lines,
        })  # fmt: skip
        chart.set_legend({"position": "bottom", "font": _FONT})
        chart.set_size(_SIZE)
        return chart

    def spoken(self) -> str:
        """Say what the chart shows, with the figures of the run at its end."""
        told = []
        for each in self.desk.cast.strategies:
            last = each.effects[-1]
            budget = self.key == "chart_budget"
            amount = last.structural + last.once if budget else each.present_value
            told.append(
                self.desk.say(
                    f"{self.key}.spoken",
                    title=self.desk.title(each.letter),
                    amount=self.desk.reader.signed_euros(amount),
                    year=last.year,
                )
            )
        said = f"{self.desk.say(f'{self.key}.title')}. {' '.join(told)}"
        return said.translate(_NO_CHARACTERS)

    def _baseline(self) -> dict[str, Any]:
        """Give the line of 0*, which is 0 by definition: so every axis holds 0."""
        own = self._series(self.desk.cast.strategies[0].letter, "zero")
        look = {"line": {"color": INK, "width": 1.5}, "marker": {"type": "none"}}
        return own | look | {"name": self.desk.say("chart.baseline")}

    def _series(self, letter: str, column: str) -> dict[str, Any]:
        return {
            "name": f"={self.effects.ref(letter, 0, 'scenario')}",
            "categories": f"={self.effects.range(letter, 'year')}",
            "values": f"={self.effects.range(letter, column)}",
        }

    def _look(self, place: int) -> dict[str, Any]:
        colour = COLOURS[place % len(COLOURS)]
        if self.kind == "column":
            return {"fill": {"color": colour}, "gap": 60}
        own = {"fill": {"color": colour}, "border": {"color": colour}}
        return {
            "line": {"color": colour, "width": 2.25, "dash_type": _DASHES[place % len(_DASHES)]},
            "marker": {"type": _MARKS[place % len(_MARKS)], "size": 7, **own},
        }
