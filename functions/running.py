"""Who has answers made, as the settings say."""

import os
from functools import lru_cache

from functions.logic.runner import Runner
from functions.settings import PREFIX, settings
from functions.storage.opened import store


@lru_cache(maxsize=1)
def runner() -> Runner:
    """Give who has answers made, opened once in a process."""
    # Each is imported where it is asked for: a function that only reads runs starts no workers.
    told = settings()
    if told.machine is not None and told.simulate is not None:
        from functions.machine import MachineRunner  # noqa: PLC0415

        return MachineRunner(store(), told.machine, told.simulate)
    from functions.serve.runner import LocalRunner  # noqa: PLC0415

    own = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    return LocalRunner(store(), own)
