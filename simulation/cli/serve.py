"""``kanaalkompas serve``: the API and the pages on this machine."""

from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import typer

from functions.serve.server import NoPort, Occupied, serving
from functions.settings import WrongSetting
from functions.storage.folder import Damaged
from simulation.cli.output import make_folder
from simulation.cli.problems import INTERRUPTED, Stop, say
from simulation.cli.signals import ignore_from_now_on


def serve(folder: Path, port: int, workers: int | None) -> None:
    """Serve until Ctrl-C.

    Raises
    ------
    Stop
        When the folder or the port is not available, a record is damaged, or a setting is wrong.
    """
    make_folder(folder)
    try:
        with serving(folder, port, workers) as (server, address, resumed):
            say(f"Kanaalkompas serves {address} from {folder}; Ctrl-C stops it")
            if resumed:
                runs = "1 run that was" if resumed == 1 else f"{resumed} runs that were"
                say(f"Going on with {runs} under way")
            Thread(target=server.run, name="server", daemon=True).start()
            with suppress(KeyboardInterrupt):
                Event().wait()
            ignore_from_now_on()
            say("Stopping; what is under way goes on at the next start.")
    except Occupied:
        raise Stop(f"{folder}: another server uses this folder; name another one") from None
    except NoPort as error:
        raise Stop(f"--port {port}: {error}; give another port, or 0 for a free one") from None
    except (Damaged, WrongSetting) as error:
        raise Stop(str(error)) from None
    except OSError as error:
        raise Stop(f"{folder}: {error.strerror}; name another folder") from error
    raise typer.Exit(INTERRUPTED)
