"""``kanaalkompas report``: the page of a stored result, or of a stored size."""

from pathlib import Path
from typing import Final

from simulation.cli.document import REMEDY, SIZE_REMEDY, read_stored
from simulation.cli.options import Language
from simulation.cli.output import refuse_inputs, write_whole
from simulation.cli.problems import Stop, say
from simulation.cli.terminal import write
from simulation.cli.theme import read_theme
from simulation.comparison.document import Result
from simulation.report.page import write_page
from simulation.report.shell import Theme
from simulation.report.size_page import write_size_page
from simulation.sizing.document import SizeResult

_SIZE: Final = "-size"
"""How the name of a size document ends, before its ``.json``."""


def report(stored: Path, out: Path | None, theme: Path | None, language: Language) -> None:
    """Write the page of a stored document, beside it if no other place is given.

    Raises
    ------
    Stop
        When the document or the theme is not valid, or the page cannot be written.
    """
    inputs = [stored, *([theme] if theme else [])]
    if out is not None:
        refuse_inputs(out, inputs)
    dress = read_theme(theme) if theme else None
    document = read_stored(stored)
    target = out or stored.with_name(_name(document, stored))
    refuse_inputs(target, inputs)
    page = _page(document, stored, language, dress)
    if str(target) == "-":
        write(page)
        return
    write_whole(target, page)
    say(f"Written: {target}")


def _name(document: Result | SizeResult, stored: Path) -> str:
    """Name the page as the command did that wrote the document."""
    if isinstance(document, Result):
        return "compare.html"
    before = stored.stem.removesuffix(_SIZE)
    return f"{before}-planner.html" if stored.stem.endswith(_SIZE) else "planner.html"


def _page(
    document: Result | SizeResult, path: Path, language: Language, theme: Theme | None
) -> str:
    """Write the page; a document that was changed by hand may hold numbers that cannot be shown."""
    try:
        if isinstance(document, Result):
            return write_page(document, language.value, theme)
        return write_size_page(document, language.value, theme)
    except (ArithmeticError, LookupError, ValueError) as error:
        remedy = REMEDY if isinstance(document, Result) else SIZE_REMEDY
        raise Stop(f"{path}: cannot be shown ({error}); {remedy}") from error
