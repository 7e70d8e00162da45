"""``kanaalkompas serve``: the API and the pages on this machine."""

from pathlib import Path

from functions.serve.server import Occupied, serving
from simulation.cli.output import make_folder
from simulation.cli.problems import Stop, say


def serve(folder: Path, port: int, workers: int | None) -> None:
    """Serve until Ctrl-C.

    Raises
    ------
    Stop
        When the folder or the port is not available.
    """
    make_folder(folder)
    try:
        with serving(folder, port, workers) as (server, address, resumed):
            say(f"Kanaalkompas serves {address} from {folder}; Ctrl-C stops it")
            if resumed:
                say(f"Going on with {resumed} that {'was' if resumed == 1 else 'were'} under way")
            try:
                server.run()
            except KeyboardInterrupt:
                say("Stopping; what is under way goes on at the next start.")
    except Occupied:
        raise Stop(f"{folder}: another server uses this folder; name another one") from None
    except OSError as error:
        raise Stop(
            f"--port {port}: {error.strerror}; give another port, or 0 for a free one"
        ) from error
