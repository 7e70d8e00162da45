"""Results that were really played: small, and of every kind that a run can end with."""

import copy
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from simulation.comparison.compare import Entrant, compare
from simulation.comparison.document import PlacedAssumption, Result
from simulation.comparison.hashes import checksum, question_of
from simulation.experiment import Experiment
from simulation.experiment.replication import replicate
from simulation.scenario import loads
from tests.cli import conftest

TODAY = conftest.TODAY.replace("phone: {yearly: 40000}", "phone: {yearly: 9000}")

MORE = TODAY.replace("heads: 2", "heads: 3")
BARE = TODAY.partition("norms:")[0].replace("    pay_scale: s7\n", "")
QUIET = TODAY.replace("phone: {yearly: 9000}", "phone: {yearly: 0}")
PURCHASES = TODAY + (
    "  per_contact: {line: {channel: phone, per: offered, amount: 0.127, vat: cost}}\n"
    "  per_month: {tool: {amount: 333.33, avoidable: false, minimum_months: 12, vat: cost}}\n"
    "  once: {training: {amount: 1234.56, vat: cost}}\n"
)
CRISIS = TODAY.replace("phone: {yearly: 9000}", "phone: {yearly: 12000}")


@cache
def measures(text: str, number: int) -> Mapping[str, float | int]:
    return replicate(loads(text).scenario, number)


def played(
    *texts: str, replications: int = 10, failed: Mapping[int, tuple[int, ...]] | None = None
) -> Result:
    """Compare scenarios, the baseline first; ``failed`` has the failures of each by place."""
    entrants = []
    for place, text in enumerate(texts):
        loaded = loads(text)
        lost = (failed or {}).get(place, ())
        numbers = [n for n in range(1, replications + 1) if n not in lost]
        experiment = Experiment(
            loaded.scenario.model_copy(update={"replications": replications}),
            {number: measures(text, number) for number in numbers},
            dict.fromkeys(lost, "MemoryError: no <room>"),
        )
        assumption = PlacedAssumption(path="demand.phone.yearly", value=9_000, low=1, high=50_000)
        assumed = (assumption,) if "phone: {yearly: 9000}" in text else ()
        entrants.append(Entrant(f"s{place}", f"'s {place}.yaml'", ("teams",), assumed, experiment))
    return compare(entrants, replications)


def data_of(result: Result, *, checked: bool = False) -> dict[str, Any]:
    """Give a result as plain data, without its checksum unless asked."""
    data: dict[str, Any] = json.loads(result.model_dump_json())
    if not checked:
        data["checksum"] = None
    return data


def signed(data: dict[str, Any]) -> dict[str, Any]:
    """Write both hashes anew, as somebody would who wants a change to pass."""
    data = copy.deepcopy(data)
    result = Result.model_validate_json(json.dumps(data))
    data["question"] = question_of(result)
    result = Result.model_validate_json(json.dumps(data))
    return {**data, "checksum": checksum(result)}
