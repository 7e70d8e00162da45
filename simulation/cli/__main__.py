"""The command's first step, so small that Ctrl-C while the rest is imported ends it cleanly too."""

import sys


def run() -> None:
    """Import the command line and run it."""
    try:
        from simulation.cli.main import run as run_command  # noqa: PLC0415
    except KeyboardInterrupt:
        sys.exit(130)
    run_command()


if __name__ == "__main__":
    run()
