"""What `business-case` prints of the cost of a contact: in full, and what is avoidable of it."""

from collections.abc import Iterator

from simulation.cli.layout import Column, Table
from simulation.cli.tables import NONE, Teller
from simulation.finance.document import CaseResult
from simulation.report import words

_CENTS = 2


def contact_costs(case: CaseResult, tell: Teller) -> Table:
    """Lay out the cost per contact and per resolved question, by channel and scenario."""
    letters = [each.letter for each in case.contacts]
    table = Table([Column("", "name"), *map(Column, letters)])
    by_channel = [{own.channel: own for own in each.channels} for each in case.contacts]
    for channel in dict.fromkeys(name for each in by_channel for name in each):
        name = words.upper_first(
            words.part_name(tell.reader, case.comparison.scenarios[-1], "channels", channel)
        )
        for key, kind in (("contact_each", "contact"), ("contact_resolved", "resolved")):
            cells = []
            for each in by_channel:
                own = each.get(channel)
                full = getattr(own, f"full_per_{kind}", None)
                avoidable = getattr(own, f"avoidable_per_{kind}", None)
                cells.append(_pair(full, avoidable, tell))
            table.add(tell(key, channel=name), *cells)
            if case.paid_contacts:
                table.add(tell("contact_paid"), *_paid(case, channel, kind, tell))
    return table


def _paid(case: CaseResult, channel: str, kind: str, tell: Teller) -> Iterator[str]:
    """Give the full cost by paid contracts in the scenarios of the table."""
    by_letter = {each.letter: each.channels for each in case.paid_contacts}
    for each in case.contacts:
        found = (own for own in by_letter.get(each.letter, ()) if own.channel == channel)
        full = getattr(next(found, None), f"full_per_{kind}", None)
        yield NONE if full is None else tell.reader.number(full, _CENTS)


def _pair(full: float | None, avoidable: float | None, tell: Teller) -> str:
    if full is None or avoidable is None:
        return NONE
    return tell(
        "contact_pair",
        full=tell.reader.number(full, _CENTS),
        avoidable=tell.reader.number(avoidable, _CENTS),
    )
