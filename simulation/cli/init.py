"""``kanaalkompas init``: a scenario file to start from."""

import shlex
from pathlib import Path

from simulation.cli.output import write_whole
from simulation.cli.problems import Stop, say
from simulation.cli.terminal import write
from simulation.scenario.example import example_text


def init(file: str, *, force: bool) -> None:
    """Write the example scenario to a file, or to stdout for ``-``.

    Raises
    ------
    Stop
        When the file exists and is not to be replaced, or cannot be written.
    """
    text = example_text()
    if file == "-":
        write(text)
        return
    if not force and Path(file).exists():
        raise Stop(f"{file} exists already; choose another name, or replace it with --force")
    write_whole(Path(file), text)
    say(f"Written: {file}")
    say(f"Next: kanaalkompas run {shlex.quote(file)}")
