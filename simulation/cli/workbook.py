"""``kanaalkompas workbook``: a stored business case as a spreadsheet with live formulas."""

from pathlib import Path

from simulation.cli.document import CASE_REMEDY, read_stored_case
from simulation.cli.options import Language
from simulation.cli.output import open_bytes, refuse_inputs
from simulation.cli.problems import Stop, say
from simulation.finance.document import CaseResult
from simulation.report.workbook import write_workbook


def workbook(case: Path, out: Path | None, language: Language) -> None:
    """Write the workbook of a stored business case, beside it if no other place is given.

    Raises
    ------
    Stop
        When the case is not valid, or the workbook cannot be written.
    """
    found = read_stored_case(case)
    target = out or case.with_suffix(".xlsx")
    refuse_inputs(target, [case])
    book = _book(found, case, language)
    with open_bytes(target) as file:
        file.write(book)
    say(f"Written: {target}")


def _book(case: CaseResult, path: Path, language: Language) -> bytes:
    """Write the workbook; a document that was changed by hand may hold what cannot be shown."""
    try:
        return write_workbook(case, language.value)
    except (ArithmeticError, LookupError, ValueError) as error:
        raise Stop(f"{path}: cannot be shown ({error}); {CASE_REMEDY}") from error
