"""What `run` prints: channels, teams, norms and costs of one scenario."""

from collections.abc import Iterator

from rich.text import Text

from simulation.cli.layout import Column, Table
from simulation.cli.tables import Teller, coloured, show_tables
from simulation.cli.terminal import put, put_prose, results
from simulation.comparison.document import Estimate, Result, ScenarioResult
from simulation.report import facts, words
from simulation.report.speech import enough


def show(result: Result, language: str) -> None:
    """Print one scenario."""
    tell, console = Teller(language), results()
    scenario = result.scenarios[0]
    put_prose(console, words.scenario_name(tell.reader, scenario), "bold")
    put_prose(console, words.upper_first(words.period(tell.reader, result.period)))
    if result.example:
        put_prose(console, tell("example"))
    put(console, Text())
    makers = (_channels, _teams, _norms, _costs)
    show_tables(console, [made for make in makers for made in make(scenario, tell)])
    for note in _notes(result, scenario, tell):
        put_prose(console, note)
    put(console, Text())


def _notes(result: Result, scenario: ScenarioResult, tell: Teller) -> Iterator[str]:
    if scenario.norms:
        yield tell("legend", enough=enough(result, tell.reader))
        shown = [norm.attainment for norm in scenario.norms]
        if not all(attainment.decided for attainment in shown):
            yield tell("doubt")
    finished = scenario.finished
    yield tell("once_played") if finished == 1 else tell("means", n=tell.reader.number(finished))
    if facts.too_few(result):
        yield tell("too_few", n=facts.ENOUGH)


def _get(scenario: ScenarioResult, path: str) -> Estimate | None:
    return scenario.measures.get(path)


def _table(tell: Teller, *keys: str) -> Table:
    """Make an empty table: names, then figures; only statuses are words."""
    name, *others = keys
    columns = [Column(tell(key), "status" if key == "status" else "figure") for key in others]
    return Table([Column(tell(name), "name"), *columns])


def _channels(scenario: ScenarioResult, tell: Teller) -> Iterator[Table]:
    made = _table(tell, "channel", "offered", "answered", "abandoned", "mean_wait", "handling")
    for name in scenario.scenario["channels"]:
        root = f"channels.{name}"
        made.add(
            _part(words.channel_name(tell.reader, scenario, name)),
            tell.amount(_get(scenario, f"{root}.offered")),
            tell.amount(_get(scenario, f"{root}.answered")),
            tell.amount(_get(scenario, f"{root}.abandoned")),
            tell.seconds(_get(scenario, f"{root}.mean_wait")),
            tell.seconds(_get(scenario, f"{root}.mean_handling")),
        )
    yield made


def _part(name: str) -> str:
    """Write the name of a part of the scenario at the start of a row."""
    return words.upper_first(words.clip(name, words.LONGEST_TITLE))


def _teams(scenario: ScenarioResult, tell: Teller) -> Iterator[Table]:
    if not scenario.scenario.get("teams"):
        return
    kinds = ("paid", "rostered", "busy", "overtime")
    made = _table(tell, "team", *kinds, "occupancy")
    for name in scenario.scenario["teams"]:
        root = f"teams.{name}"
        hours = [tell.amount(_get(scenario, f"{root}.{kind}_hours")) for kind in kinds]
        occupancy = tell.share(_get(scenario, f"{root}.occupancy"))
        made.add(_part(words.part_name(tell.reader, scenario, "teams", name)), *hours, occupancy)
    yield made


def _norms(scenario: ScenarioResult, tell: Teller) -> Iterator[Table]:
    if not scenario.norms:
        return
    made = _table(tell, "norm", "share", "periods", "status")
    for norm in scenario.norms:
        many = norm.attainment
        made.add(
            tell.norm(scenario, norm),
            tell.share(_get(scenario, norm.path), norm.target),
            tell.reader("x_of_y", n=many.attained, of=many.of),
            coloured(tell.status(many), many),
        )
    if scenario.all_norms is not None:
        many = scenario.all_norms
        count = tell.reader("x_of_y", n=many.attained, of=many.of)
        made.draw_line()
        made.add(tell("all_norms"), "", count, coloured(tell.status(many), many))
    yield made


def _costs(scenario: ScenarioResult, tell: Teller) -> Iterator[Table]:
    if not scenario.lines:
        return
    made = _table(tell, "costs", "amount")
    for group in dict.fromkeys(line.group for line in scenario.lines):
        name = words.group_name(tell.reader, scenario, group)
        made.add(_part(name), tell.euros(_get(scenario, f"costs.groups.{group}")))
    made.draw_line()
    for key in ("structural", "full", "once"):
        name = tell.reader(f"bill.total.{key}")
        made.add(name, tell.euros(_get(scenario, f"costs.{key}")))
    yield made
