"""The whole product on this machine: the API, the pages, and the workers behind them."""

import fcntl
import logging
import math
import os
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import waitress

from functions.api.once import forget
from functions.logic.limits import Limits
from functions.logic.prices import PricesError, prices
from functions.logic.runs import Runs
from functions.serve.runner import LocalRunner
from functions.serve.site import MOST_BYTES, Site
from functions.settings import PREFIX, Settings, WrongSetting, settings
from functions.storage.folder import FolderStore

HOST = "127.0.0.1"

_CONNECTIONS = 500
"""At the same time. Waitress takes 100 of itself, which who opens some and says nothing uses up."""

_SILENT_SECONDS = 60
"""After which a connection is closed on which nothing is asked or sent."""

_LOOK_SECONDS = 5
"""Between two looks for those."""


class Occupied(Exception):
    """Another server has this folder."""


class NoPort(Exception):
    """The port is taken, or may not be used."""


@contextmanager
def serving(folder: Path, port: int, workers: int | None) -> Iterator[tuple[Any, str, int]]:
    """Open a folder and a port; give the server, its address, and how many answers go on.

    Raises
    ------
    Occupied
        When another server has this folder.
    NoPort
        When the port is taken, or may not be used.
    OSError
        When nothing can be kept in the folder.
    Damaged
        When a record in it is.
    WrongSetting
        When the environment sets what cannot be.
    """
    store = FolderStore(folder)
    with _held(store.folder):
        store.clear()
        forget(store.records)
        environment = {
            "TMPDIR": str(_emptied(store.folder / "tmp")),
            f"{PREFIX}STORE": str(store.folder),
            "POWERTOOLS_METRICS_DISABLED": "true",
            "POWERTOOLS_LOG_LEVEL": os.environ.get("POWERTOOLS_LOG_LEVEL", "ERROR"),
        }
        os.environ.update(environment)
        # Nothing is paid for here, so only what does not fit is refused.
        limits = replace(
            Limits.of(_set()),
            run_dollars=math.inf,
            day_dollars=math.inf,
            log=math.inf,
            kept=math.inf,
        )
        runner = LocalRunner(store, environment, workers)
        try:
            site = Site(Runs(store, runner, limits), (), runner.workers)
            server = listening(site, port)
            own = server.effective_port
            site.hosts = frozenset({f"{HOST}:{own}", f"localhost:{own}"})
            yield server, f"http://{HOST}:{own}/", runner.resume()
        finally:
            runner.close()


def _set() -> Settings:
    """Give the settings, with a region of which there are prices."""
    own = settings()
    try:
        prices().of(own.region)
    except PricesError as error:
        raise WrongSetting(f"{PREFIX}REGION: {error}") from None
    return own


def listening(site: Site, port: int) -> Any:  # noqa: ANN401 - waitress has no types
    """Give a server of a site; it answers as soon as it runs.

    Raises
    ------
    NoPort
        When the port is taken, or may not be used.
    """
    # It would tell the terminal of each request that has to wait a moment.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        return waitress.create_server(
            site,
            host=HOST,
            port=port,
            threads=8,
            ident=None,
            connection_limit=_connections(),
            channel_timeout=_SILENT_SECONDS,
            cleanup_interval=_LOOK_SECONDS,
            # A body is on disk before the site sees it, which tells kindly what is too large.
            max_request_body_size=10 * MOST_BYTES,
        )
    except OSError as error:
        raise NoPort(error.strerror) from error


def _connections() -> int:
    """Give how many connections there may be: each is an open file, and others are needed too."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _CONNECTIONS if soft == resource.RLIM_INFINITY else min(_CONNECTIONS, soft // 2)


def _emptied(folder: Path) -> Path:
    """Make a folder for files on the way, without those of workers that were killed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder as long as this process lives: the system lets go of it however that ends."""
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Occupied(str(folder)) from None
        yield
