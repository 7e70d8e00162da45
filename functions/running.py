"""Who has answers made, as the settings say."""

import os
from functools import lru_cache

from functions.logic.runner import Runner
from functions.settings import PREFIX
from functions.storage.opened import store


@lru_cache(maxsize=1)
def runner() -> Runner:
    """Give who has answers made, opened once in a process.

    The only one there is so far has them made by worker processes of this machine.
    """
    # Imported where it is asked for: a function that only reads runs starts no workers.
    from functions.serve.runner import LocalRunner  # noqa: PLC0415

    own = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    return LocalRunner(store(), own)
