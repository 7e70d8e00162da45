"""What `run` prints: channels, teams, norms and costs of one scenario."""

from collections.abc import Iterator

from rich.table import Table

from simulation.cli.tables import Teller, coloured, show_tables, table
from simulation.cli.terminal import results
from simulation.comparison.document import Estimate, Result, ScenarioResult
from simulation.report import facts, words


def show(result: Result, language: str) -> None:
    """Print one scenario."""
    tell, console = Teller(language), results()
    scenario = result.scenarios[0]
    console.print(tell.reader.text(scenario.title), style="bold")
    console.print(words.period(tell.reader, result.period))
    console.print()
    makers = (_channels, _teams, _norms, _costs)
    show_tables(console, [made for make in makers for made in make(scenario, tell)])
    if facts.has_norms(result):
        console.print(tell("legend"))
    if facts.too_few(result):
        console.print(tell("too_few", n=facts.ENOUGH))
    if result.example:
        console.print(tell("example"))
    console.print()


def _get(scenario: ScenarioResult, path: str) -> Estimate | None:
    return scenario.measures.get(path)


def _channels(scenario: ScenarioResult, tell: Teller) -> Iterator[Table]:
    figures = ("offered", "answered", "abandoned", "mean_wait", "handling")
    made = table([tell("channel")], [tell(key) for key in figures])
    for name in scenario.scenario["channels"]:
        root = f"channels.{name}"
        made.add_row(
            words.channel_name(tell.reader, scenario, name),
            tell.amount(_get(scenario, f"{root}.offered")),
            tell.amount(_get(scenario, f"{root}.answered")),
            tell.amount(_get(scenario, f"{root}.abandoned")),
            tell.seconds(_get(scenario, f"{root}.mean_wait")),
            tell.seconds(_get(scenario, f"{root}.mean_handling")),
        )
    yield made


def _teams(scenario: ScenarioResult, tell: Teller) -> Iterator[Table]:
    if not scenario.scenario["teams"]:
        return
    kinds = ("paid", "rostered", "busy", "overtime")
    made = table([tell("team")], [*(tell(kind) for kind in kinds), tell("occupancy")])
    for name in scenario.scenario["teams"]:
        root = f"teams.{name}"
        hours = [tell.amount(_get(scenario, f"{root}.{kind}_hours")) for kind in kinds]
        occupancy = tell.share(_get(scenario, f"{root}.occupancy"))
        made.add_row(words.part_name(tell.reader, scenario, "teams", name), *hours, occupancy)
    yield made


def _norms(scenario: ScenarioResult, tell: Teller) -> Iterator[Table]:
    if not scenario.norms:
        return
    made = table([tell("norm")], [tell("share"), tell("periods"), tell("status")])
    for norm in scenario.norms:
        many = norm.attainment
        made.add_row(
            tell.norm(scenario, norm),
            tell.share(_get(scenario, norm.path), norm.target),
            tell.reader("x_of_y", n=many.attained, of=many.of),
            coloured(tell.status(many), many),  # type: ignore[arg-type]
        )
    if scenario.all_norms is not None:
        many = scenario.all_norms
        count = tell.reader("x_of_y", n=many.attained, of=many.of)
        made.add_row(tell("all_norms"), "", count, coloured(tell.status(many), many))  # type: ignore[arg-type]
    yield made


def _costs(scenario: ScenarioResult, tell: Teller) -> Iterator[Table]:
    if not scenario.lines:
        return
    made = table([tell("costs")], [tell("amount")])
    for group in dict.fromkeys(line.group for line in scenario.lines):
        amount = _get(scenario, f"costs.groups.{group}")
        name = words.group_name(tell.reader, scenario, group)
        made.add_row(name[:1].upper() + name[1:], tell.euros(amount))
    made.add_section()
    for key in ("structural", "full", "once", "total"):
        made.add_row(tell(key), tell.euros(_get(scenario, f"costs.{key}")))
    yield made
