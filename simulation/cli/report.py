"""``kanaalkompas report``: the page of a stored result."""

from pathlib import Path

from simulation.cli.document import REMEDY, read_result
from simulation.cli.options import Language
from simulation.cli.output import refuse_inputs, write_whole
from simulation.cli.problems import Stop, say
from simulation.cli.terminal import write
from simulation.cli.theme import read_theme
from simulation.comparison.document import Result
from simulation.report.page import write_page
from simulation.report.shell import Theme


def report(result: Path, out: Path | None, theme: Path | None, language: Language) -> None:
    """Write the page of a stored result, beside it if no other place is given.

    Raises
    ------
    Stop
        When the result or the theme is not valid, or the page cannot be written.
    """
    target = out or result.with_name("compare.html")
    refuse_inputs(target, [result, *([theme] if theme else [])])
    dress = read_theme(theme) if theme else None
    page = _page(read_result(result), result, language, dress)
    if str(target) == "-":
        write(page)
        return
    write_whole(target, page)
    say(f"Written: {target}")


def _page(result: Result, path: Path, language: Language, theme: Theme | None) -> str:
    """Write the page; a document that was changed by hand may hold numbers that cannot be shown."""
    try:
        return write_page(result, language.value, theme)
    except (ArithmeticError, LookupError, ValueError) as error:
        raise Stop(f"{path}: cannot be shown ({error}); {REMEDY}") from error
