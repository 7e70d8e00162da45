"""MiniStack on loopback, in a process of its own, with what we put in its place and before it.

All that it keeps is in memory and in its folder; it is gone when it stops.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack.app import app

from infra.local.faults import Faults
from infra.local.functions import plug_in
from infra.local.gateway import Gateway
from infra.local.machine import hold_to_rules
from infra.local.ports import HOST


async def answer(folder: Path, port: int, api_port: int, sandboxes: int) -> None:
    """Answer for AWS until told to stop."""
    faults = Faults()
    pool = plug_in(folder, sandboxes, faults)
    hold_to_rules()
    config = Config()
    config.bind = [f"{HOST}:{port}", f"{HOST}:{api_port}"]
    config.graceful_timeout = 0.2
    config.loglevel = os.environ["LOG_LEVEL"]
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    await serve(Gateway(app, api_port, faults, pool), config, shutdown_trigger=stop.wait)


if __name__ == "__main__":
    place, *numbers = sys.argv[1:]
    asyncio.run(answer(Path(place), *map(int, numbers)))
    os._exit(0)  # sandboxes die with the thread that started them; nothing else has to end well
