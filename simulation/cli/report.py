"""``kanaalkompas report``: the pages of a stored result, a stored size or a stored case."""

from pathlib import Path
from typing import Final

from simulation.cli.document import CASE_REMEDY, REMEDY, SIZE_REMEDY, read_stored
from simulation.cli.options import Language
from simulation.cli.output import refuse_inputs, write_whole
from simulation.cli.problems import Stop, say
from simulation.cli.terminal import write
from simulation.cli.theme import read_theme
from simulation.comparison.document import Result
from simulation.finance.document import CaseResult
from simulation.report.finance_page import write_finance_page
from simulation.report.page import write_page
from simulation.report.shell import Theme
from simulation.report.size_page import write_size_page
from simulation.sizing.document import SizeResult

_COMPARE: Final = "compare.html"
_FINANCE: Final = "finance.html"
_SIZE: Final = "-size"
"""How the name of a size document ends, before its ``.json``."""


def report(stored: Path, out: Path | None, theme: Path | None, language: Language) -> None:
    """Write the pages of a stored document, beside it if no other place is given.

    A business case has two: its own, and that of the comparison in it. With ``out`` there is its
    own only.

    Raises
    ------
    Stop
        When the document or the theme is not valid, or a page cannot be written.
    """
    inputs = [stored, *([theme] if theme else [])]
    if out is not None:
        refuse_inputs(out, inputs)
    dress = read_theme(theme) if theme else None
    document = read_stored(stored)
    found = pages(document, stored, language, dress)
    if out is not None:
        found = {out: next(iter(found.values()))}
    for target, page in found.items():
        refuse_inputs(target, inputs)
        if str(target) == "-":
            write(page)
            return
        write_whole(target, page)
        say(f"Written: {target}")


def pages(
    document: Result | SizeResult | CaseResult, path: Path, language: Language, theme: Theme | None
) -> dict[Path, str]:
    """Write the pages of a document that stands at a path, by the place of each beside it.

    Raises
    ------
    Stop
        When it was changed by hand and holds numbers that cannot be shown.
    """
    spoken = language.value
    try:
        if isinstance(document, Result):
            return {path.with_name(_COMPARE): write_page(document, spoken, theme)}
        if isinstance(document, CaseResult):
            return {
                path.with_name(_FINANCE): write_finance_page(document, spoken, theme),
                path.with_name(_COMPARE): write_page(document.comparison, spoken, theme, document),
            }
        return {path.with_name(_planner(path)): write_size_page(document, spoken, theme)}
    except (ArithmeticError, LookupError, ValueError) as error:
        raise Stop(f"{path}: cannot be shown ({error}); {_remedy(document)}") from error


def _planner(stored: Path) -> str:
    """Name the page of a size as the command did that wrote the document."""
    before = stored.stem.removesuffix(_SIZE)
    return f"{before}-planner.html" if stored.stem.endswith(_SIZE) else "planner.html"


def _remedy(document: Result | SizeResult | CaseResult) -> str:
    if isinstance(document, Result):
        return REMEDY
    return CASE_REMEDY if isinstance(document, CaseResult) else SIZE_REMEDY
