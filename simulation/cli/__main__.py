"""The command's first step, so small that Ctrl-C while the rest is imported ends it cleanly too."""

import sys

from simulation.cli.signals import asked_to_end, listen


def run() -> None:
    """Import the command line and run it."""
    listen()
    try:
        from simulation.cli.main import run as run_command  # noqa: PLC0415
    except BaseException:
        # What was being imported may have made another error of it.
        if not asked_to_end():
            raise
    if asked_to_end():
        sys.exit(130)
    run_command()


if __name__ == "__main__":
    run()
