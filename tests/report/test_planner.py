"""Figures for planners: what their titles say is so, and all of it can be followed to the data."""

import json
import re

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from simulation.comparison.week import CEILING, RANGE
from simulation.report.figures.answers import answers
from simulation.report.figures.backlog import backlog, lowest_by_day, peak_hour
from simulation.report.figures.occupancy import occupancy
from simulation.report.figures.productivity import productivity
from simulation.report.figures.recovery import recovery, recovery_title
from simulation.report.planner import planner
from simulation.report.promise import exact
from simulation.report.reader import LANGUAGES, Reader
from simulation.report.traced import plain
from tests.report import planner_cases as cases

LARGEST = 60_000
"""Bytes of a figure."""

VIEWS = (backlog, answers, occupancy, productivity)
languages = st.sampled_from(LANGUAGES)
shares = st.one_of(st.floats(0, 1), st.sampled_from([0.9, 0.89996, 0.90004, 0.99999, 1.0]))


def reading(language, root="week", scenario=None):
    """Give the office as a reader of a language sees it."""
    return planner(Reader(language), scenario or cases.scenario(), root)


def charts(language):
    """Draw everything."""
    own = reading(language)
    found = [show(draw, cases.week(), own) for draw in VIEWS]
    return [*found, show(recovery, cases.peak(), reading(language, "peak"))]


def show(draw, *arguments):
    """Draw what has to be there."""
    chart = draw(*arguments)
    assert chart is not None
    return chart


def first(pattern, text):
    """Give the first group, or all, of what has to be found."""
    match = re.search(pattern, text)
    assert match is not None, text
    return match[match.re.groups]


def said(chart):
    """Give the title as plain text."""
    return plain(chart.title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_figure_for_every_view(language):
    keys = [chart.key for chart in charts(language)]
    assert keys == ["backlog", "answers", "occupancy", "productivity", "recovery"]
    assert all(Reader(language).knows(f"chart.{key}") for key in keys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_valid_plotly_that_nobody_can_drag(language):
    for chart in charts(language):
        figure = go.Figure(data=chart.figure["data"], layout=chart.figure["layout"])
        assert figure.layout.separators == (",." if language == "nl" else ".,")
        assert figure.layout.dragmode is False
        names = [name for name in chart.figure["layout"] if re.match(r"[xy]axis", name)]
        axes = [chart.figure["layout"][name] for name in names]
        assert all(axis["fixedrange"] is True for axis in axes)
        assert all(axis.get("ticktext") for axis in axes)
        text = json.dumps(chart.figure, allow_nan=False)
        assert len(text) < LARGEST
        assert "style=" not in text  # the page's Content-Security-Policy refuses it


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_keep_the_chart_contract(language):
    for chart in charts(language):
        assert 3 <= len(said(chart).split()) <= 12
        assert said(chart) in chart.alt
        assert re.search(r"\d", chart.alt.replace(said(chart), ""))
        assert {"nl": "simulaties", "en": "simulations"}[language] in plain(chart.subtitle)
        assert {"nl": "Bron: ", "en": "Source: "}[language] in plain(chart.note)
        assert chart.table.rows
        assert {len(row) for row in chart.table.rows} == {len(chart.table.head)}
        if chart.key != "recovery":
            assert {"nl": "maart 2026", "en": "March 2026"}[language] in plain(chart.subtitle)


def follow(node, steps):
    """Give what stands at the end of a path."""
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_path_leads_into_the_data(language):
    data = {
        "week": cases.week().model_dump(mode="json"),
        "peak": cases.peak().model_dump(mode="json"),
    }
    followed = 0
    for chart in charts(language):
        parts = [chart.title, chart.subtitle, chart.note, *map(escape, sum(chart.table.rows, ()))]
        for path in re.findall(r'data-path="([^"]+)"', " ".join(parts)):
            found = follow(data, path.split("."))
            assert found is not None or path.endswith(("p50", "p90"))
            followed += 1
    assert followed > 1_000


def test_the_backlog_table_has_every_hour_and_band():
    chart = show(backlog, cases.week(), reading("en"))
    work = next(each for each in cases.week().open_work if each.channel == cases.CHANNEL)
    assert len(chart.table.rows) == 168
    monday = chart.table.rows[9]
    assert monday[0] == "Mon 09:00"
    numbers = [Reader("en").number(getattr(work, name)[9]) for name in
               ("p5", "p25", "p50", "p75", "p95")]  # fmt: skip
    assert list(monday[1:]) == numbers
    assert chart.figure["data"][-1]["y"] == list(work.p50)


@pytest.mark.parametrize(
    ("medians", "dutch", "english"),
    [
        (
            {9: 40, 16: 2},
            "piekt op maandagochtend en is meestal elke werkdag weg",
            "on Monday morning, mostly gone",
        ),
        (
            {33: 40, **dict.fromkeys([*range(9, 18), *range(57, 90)], 5)},
            "is niet elke werkdag weg",
            "not gone every",
        ),
    ],
)
def test_the_title_of_the_backlog_says_whether_it_is_gone(medians, dutch, english):
    view = cases.with_medians(medians)
    assert dutch in said(show(backlog, view, reading("nl")))
    assert english in said(show(backlog, view, reading("en")))


def test_the_title_names_the_one_day_on_which_a_backlog_stays():
    view = cases.with_medians({9: 40, **dict.fromkeys(range(24, 49), 5)})
    assert "en blijft op dinsdag meestal liggen" in said(show(backlog, view, reading("nl")))
    assert "mostly stays on Tuesday" in said(show(backlog, view, reading("en")))


def test_a_backlog_that_is_never_gone_is_told_with_what_stays():
    view = cases.with_medians({62: 40}, otherwise=7)
    title = said(show(backlog, view, reading("nl")))
    assert (
        title == "Sociale media: werkvoorraad piekt op woensdagmiddag en zakt meestal niet onder 7"
    )


@pytest.mark.parametrize(("most", "word"), [(0, "geen enkel"), (1, "hoogstens één")])
def test_a_backlog_that_is_hardly_there_is_told_as_such(most, word):
    assert word in said(show(backlog, cases.with_medians({}, otherwise=most), reading("nl")))


@given(st.lists(st.integers(0, 60), min_size=168, max_size=168), languages)
def test_what_the_backlog_title_says_is_so(medians, language):
    view, own = cases.with_medians(dict(enumerate(medians))), reading(language)
    work = view.open_work[0]
    title = said(show(backlog, view, own))
    lowest, most = lowest_by_day(view, own, work), max(medians)
    assert medians[peak_hour(work)] == most
    if re.search("meestal elke werkdag|mostly gone every", title):
        assert max(lowest) <= max(1, 0.05 * most)
    elif found := re.search(r"(?:meestal niet onder|mostly at least) (\d+)", title):
        assert int(found[1]) == min(lowest) > max(1, 0.05 * most)
    elif re.search("is niet elke|not gone|blijft op|mostly stays", title):
        assert min(lowest) <= max(1, 0.05 * most) < max(lowest)
    else:
        assert most <= 1


@given(shares, languages)
def test_the_title_of_answer_times_names_the_side_of_the_norm(share, language):
    title = said(show(answers, cases.with_answers(share), reading(language)))
    side = {"boven": 1, "above": 1, "onder": -1, "below": -1, "precies": 0, "exactly": 0}
    (told,) = [side[word] for word in side if f" {word} " in title]
    assert told == (share > 0.9) - (share < 0.9)
    number = first(r"([\d.,]+)%", title).replace(",", ".")
    assert (float(number) > 90) == (share > 0.9) or abs(share - 0.9) < 5e-5
    assert len(title.split()) <= 12


@given(shares)
def test_all_is_said_only_of_all(share):
    if share < 0.999995:
        assert exact(reading("en"), share) != "100%"
    assert exact(reading("en"), 1.0) == "100%"


def test_without_a_norm_the_first_working_day_is_told():
    bare = cases.scenario().model_copy(update={"norms": {}})
    view = cases.with_answers(0.5)
    title = said(show(answers, view, reading("nl", scenario=bare)))
    assert title == "Sociale media: 50% beantwoord binnen 1 werkdag"


def test_a_norm_in_working_hours_is_read_from_the_curve():
    norm = cases.scenario().norms["webcare_1_day"].model_copy(
        update={"within_working_days": None, "within_working_time": 8 * 3_600_000_000}
    )  # fmt: skip
    own = cases.scenario().model_copy(update={"norms": {"quick": norm}})
    view = cases.with_answers(1.0, within=(0.1, 0.5, 0.8, 1.0))
    chart = show(answers, view, reading("en", scenario=own))
    assert said(chart) == "Social media: 80% within 8 working hours, below the 90% norm"
    assert 'data-path="week.answers.0.within.2"' in chart.title


def test_a_back_office_has_no_figure_beside_the_channel_of_citizens():
    names = [each.channel for each in cases.week().answers if each.passed_on]
    assert names == ["back_office"]
    for chart in (charts("en")[0], charts("en")[1], charts("en")[3]):
        assert "Back office" not in json.dumps([chart.alt, *chart.table.rows])


@pytest.mark.parametrize(
    ("means", "title"),
    [
        (({9: 0.9, 10: 0.86, 11: 0.8}, {9: 0.5}), "Desk is above 85% occupancy 2 hours a day"),
        (({9: 0.9}, {9: 0.85}), "Desk is above 85% occupancy 1 hour a day"),
        (({9: 0.9}, {9: 0.86}, {14: 0.1}), "2 of 3 teams are above 85% occupancy in busy hours"),
        (({9: 0.85}, {9: 0.2}), "No team averages above 85% occupancy in any hour"),
        (({9: 0.85},), "Desk averages above 85% occupancy in no hour"),
    ],
)
def test_the_title_of_occupancy_counts_teams_and_hours_above_the_ceiling(means, title):
    assert CEILING == 0.85
    assert said(show(occupancy, cases.with_occupancy(*means), reading("en"))) == title


def test_every_team_has_a_panel_with_the_ceiling():
    chart = show(occupancy, cases.week(), reading("nl"))
    ceilings = [shape for shape in chart.figure["layout"]["shapes"] if shape["y0"] == 85]
    assert len(ceilings) == len(cases.week().occupancy) == 3
    names = [each["text"] for each in chart.figure["layout"]["annotations"]]
    assert "Team sociale…" in names


@given(st.one_of(st.floats(0.01, 40), st.sampled_from([4.99, 5.0, 15.0, 15.04])), languages)
def test_the_title_of_productivity_names_the_side_of_the_range(per_hour, language):
    title = said(show(productivity, cases.with_productivity(per_hour), reading(language)))
    low, high = RANGE
    told = first("minder dan|fewer than|zoals|as elsewhere|meer dan|more than", title)
    side = {"mi": -1, "fe": -1, "zo": 0, "as": 0, "me": 1, "mo": 1}[told[:2]]
    assert side == (per_hour > high) - (per_hour < low)
    number = float(first(r": ([\d.,]+) ", title).replace(",", "."))
    assert (number > high) - (number < low) == side
    assert len(title.split()) <= 12


def test_a_team_that_does_other_work_has_no_number_per_productive_hour():
    chart = show(productivity, cases.with_productivity(None), reading("nl"))
    assert "doet ook ander werk" in said(chart)
    assert [len(trace["x"]) for trace in chart.figure["data"]] == [1, 0]
    assert chart.table.rows[0][4] == "–"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("gone", "words"),
    [
        (
            "2026-03-12T11:00:00",
            {"nl": "donderdag 12 maart 11:00", "en": "Thursday 12 March 11:00"},
        ),
        (None, {"nl": "pas na 24 maart weg", "en": "gone only after 24 March"}),
        ("2026-03-10T10:00:00", {"nl": "niet te merken", "en": "not noticed"}),
    ],
)
def test_the_title_of_recovery_says_by_when(gone, words, language):
    everywhere = cases.peak().everywhere.model_copy(update={"p90": gone})
    result = cases.peak().model_copy(update={"everywhere": everywhere})
    title = plain(recovery_title(result, reading(language, "peak")))
    assert words[language] in title
    assert "90%" in title or gone is None
    assert len(title.split()) <= 12


def test_recovery_is_drawn_until_some_days_after_it_is_gone():
    chart = show(recovery, cases.peak(), reading("nl", "peak"))
    lines = [trace for trace in chart.figure["data"] if trace.get("hovertext")]
    assert len(lines) >= 1
    curve = next(each for each in cases.peak().channels if each.channel == "webcare").curve
    drawn = next(trace for trace in lines if "#138086" in trace["line"]["color"])
    assert drawn["y"] == [curve.p50[place] for place in drawn["x"]]
    assert len(chart.table.rows) == len(cases.peak().channels)


def test_what_is_not_there_is_not_drawn():
    empty = cases.week().model_copy(
        update={"open_work": (), "answers": (), "occupancy": (), "productivity": ()}
    )
    own = reading("nl")
    assert [draw(empty, own) for draw in VIEWS] == [None] * 4
    quiet = [each.model_copy(update={"noticed": 0}) for each in cases.peak().channels]
    result = cases.peak().model_copy(update={"channels": tuple(quiet)})
    assert recovery(result, reading("nl", "peak")) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_that_hold_markup_are_escaped(language):
    nasty = "<b>Sociale</b> & media"
    channels = dict(cases.scenario().channels)
    channels["webcare"] = channels["webcare"].model_copy(update={"title": nasty})
    own = reading(language, scenario=cases.scenario().model_copy(update={"channels": channels}))
    for draw in (backlog, answers, productivity):
        chart = show(draw, cases.week(), own)
        assert "<b>" not in chart.title + chart.subtitle + chart.note
        assert "<b>" not in json.dumps(chart.figure)


def test_a_path_has_no_root_where_the_data_are_the_document():
    told = reading("en", root="").traced("7", "open_work", 0, "p50", 9)
    assert told.path == "open_work.0.p50.9"
