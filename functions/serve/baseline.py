"""Whether what was chosen on the form holds the present situation, to compare others with.

On the command line, and in a request to the API, scenarios stand in an order: the first is the
present situation where none is extended by all others. On the form they have no order.
"""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from functions.logic.question import Asked, Kind
from functions.serve.faults import Fault
from functions.serve.shelf import titles
from functions.serve.words import Words
from simulation.scenario.load import Loaded, extended_by_all


def without_baseline(asked: Asked, loaded: Sequence[Loaded], t: Words) -> Iterator[Fault]:
    """Say what is missing from a comparison.

    Parameters
    ----------
    asked : what was chosen
    loaded : the same scenarios, as they were read
    t : the reader's words
    """
    if asked.kind is Kind.SIZE or all(len(each.files) == 1 for each in loaded):
        return
    if extended_by_all(loaded) is None:
        yield Fault("scenarios", t("fault.no_baseline"))
    elif len(loaded) == 1 and isinstance(asked.scenarios[0], str):
        known = titles()
        place = PurePath(asked.scenarios[0]).parent
        today = known[str(place / PurePath(loaded[0].files[-1]).stem)]
        yield Fault("scenarios", t("fault.strategy_alone", today=t.title(today)))
