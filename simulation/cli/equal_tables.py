"""What `compare --equal-service` prints beside a comparison: the people of every team."""

from collections.abc import Iterator

from simulation.cli.layout import Column, Table
from simulation.cli.tables import NONE, Teller
from simulation.comparison.document import Result
from simulation.report import equal, equal_claims, words
from simulation.report.speech import speak


def staffing_tables(result: Result, tell: Teller) -> Iterator[Table]:
    """Lay out teams against 0, 0* and the strategies, in full-time equivalents."""
    told = result.equal_service
    if told is None:
        return
    letters = [told.today.letter, *(each.letter for each in result.scenarios)]
    made = Table([Column(tell("team_fte"), "name"), *map(Column, letters)])
    for name in equal.teams(result):
        made.add(_name(result, name, tell), *_cells(result, name, tell))
    made.draw_line()
    now = equal.fte(told.staffing[0].units, sized=False)
    totals = [now, *(equal.fte(each.units) for each in told.staffing)]
    made.add(tell.reader("equal.total"), *map(tell.people, totals))
    yield made


def _name(result: Result, name: str, tell: Teller) -> str:
    title = words.part_name(tell.reader, equal.owner(result, name), "teams", name)
    kept = f" ({tell.reader('equal.keeps')})" if equal.keeps(result, name) else ""
    return words.upper_first(title) + kept


def _cells(result: Result, name: str, tell: Teller) -> Iterator[str]:
    first = equal.unit(result, 0, name)
    yield tell.people(first.size.rostered) if first else NONE
    for place in range(len(result.scenarios)):
        own = equal.unit(result, place, name)
        yield tell.people(own.size.sized) if own else NONE


def staffing_notes(result: Result, tell: Teller) -> Iterator[str]:
    """Say which teams were taken from where, and what cannot be told apart."""
    if result.equal_service is None:
        return
    claims = (
        *equal_claims.beyond(result),
        *equal_claims.sized_like(result),
        *equal_claims.resolution(result),
    )
    for claim in claims:
        yield speak(claim, tell.reader, result)
