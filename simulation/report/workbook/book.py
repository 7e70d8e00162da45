"""The workbook of a case, as one file."""

import datetime as dt
import io
from typing import Final

from xlsxwriter import Workbook

from simulation.finance.document import CaseResult
from simulation.report.reader import Reader
from simulation.report.workbook.assumptions_sheet import write_assumptions
from simulation.report.workbook.budget import write_budget
from simulation.report.workbook.checks import Sheets
from simulation.report.workbook.checks_sheet import write_checks
from simulation.report.workbook.contact_costs import write_contact_costs
from simulation.report.workbook.contracts import write_contracts
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.effects import write_effects
from simulation.report.workbook.inputs import Inputs
from simulation.report.workbook.inputs_sheet import write_inputs
from simulation.report.workbook.reconciled import write_reconciled
from simulation.report.workbook.savings import write_savings
from simulation.report.workbook.sensitivity import has_sensitivity, write_sensitivity
from simulation.report.workbook.sheet import Forms
from simulation.report.workbook.simulated import write_simulated
from simulation.report.workbook.stands import cast_of
from simulation.report.workbook.summary import write_summary
from simulation.report.workbook.task_fields import write_task_fields

SHEETS: Final = (
    "summary", "inputs", "simulated", "contracts", "budget", "savings", "effects", "task_fields",
    "sensitivity", "contact_costs", "reconciled", "assumptions", "checks",
)  # fmt: skip
"""Keys of their names, in the order of the file."""

_AS_TEXT: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_workbook(case: CaseResult, language: str) -> bytes:
    """Write a business case as a workbook (xlsx).

    Parameters
    ----------
    case : of the strategies of a comparison
    language : ``nl`` or ``en``

    Returns
    -------
    The file: the same bytes for the same case and language.
    """
    file = io.BytesIO()
    reader, cast = Reader(language, equal=True), cast_of(case)
    with Workbook(file, dict(_AS_TEXT)) as workbook:
        desk = Desk(workbook, Forms(workbook, reader), reader, cast, Inputs(cast))
        workbook.set_properties({
            "title": desk.say("summary.title"),
            "comments": desk.say("summary.identity", question=case.question, version=case.version),
            # No clock: the same case gives the same file.
            "created": dt.datetime(case.terms.first_year, 1, 1),
        })  # fmt: skip
        for key in SHEETS:
            if key not in _without(desk):
                desk.sheet(key)
        _write(desk)
    return file.getvalue()


def _without(desk: Desk) -> set[str]:
    """Name the sheets for which a case has nothing."""
    case = desk.cast.case
    there = {
        "reconciled": case.reconciliation is not None,
        "task_fields": bool(case.task_fields),
        "sensitivity": has_sensitivity(desk),
    }
    return {key for key, some in there.items() if not some}


def _write(desk: Desk) -> None:
    inputs, simulated = write_inputs(desk), write_simulated(desk)
    contracts = write_contracts(desk, simulated)
    budget = write_budget(desk, simulated, contracts)
    savings, effects = write_savings(desk, contracts), write_effects(desk, budget)
    contacts = write_contact_costs(desk, contracts)
    write_assumptions(desk)
    budgeted = desk.cast.case.reconciliation
    reconciled = None if budgeted is None else write_reconciled(desk, budgeted)
    fields = write_task_fields(desk, budget) if desk.cast.case.task_fields else None
    outcome = write_checks(
        desk,
        Sheets(
            inputs, simulated, contracts, budget, savings, effects, contacts, reconciled, fields
        ),
    )
    if has_sensitivity(desk):
        write_sensitivity(desk, outcome)
    write_summary(desk, effects, savings, outcome)
