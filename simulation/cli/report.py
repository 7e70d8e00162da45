"""``kanaalkompas report``: the page of a stored result."""

from pathlib import Path

from simulation.cli.document import read_result
from simulation.cli.options import Language
from simulation.cli.output import write_whole
from simulation.cli.problems import say
from simulation.cli.terminal import write
from simulation.report.page import write_page


def report(result: Path, out: Path | None, language: Language) -> None:
    """Write the page of a stored result, beside it if no other place is given.

    Raises
    ------
    Stop
        When the result is not valid or the page cannot be written.
    """
    page = write_page(read_result(result), language.value)
    target = out or result.with_name("compare.html")
    if str(target) == "-":
        write(page)
        return
    write_whole(target, page)
    say(f"Written: {target}")
