"""How long a command puts up with an API that does not answer for a moment."""

import time
from typing import Final

from simulation.cli.cloud.refusals import Refused
from simulation.cli.problems import say

PATIENCE: Final = 120.0
"""Seconds after which it gives up."""

_QUIET: Final = 5.0
"""Seconds after which it says that it waits."""

_PAUSES: Final = (0.5, 10.0)
"""Seconds before it asks again: at first, and at most."""


class Patience:
    """What is left of it for one request."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._pause, self._longest = _PAUSES
        self._said = False

    def wait(self, refused: Refused) -> None:
        """Wait a moment before the request is sent again.

        Raises
        ------
        Refused
            When it was refused for too long.
        """
        past = time.monotonic() - self._since
        if past + self._pause > PATIENCE:
            raise refused
        if past >= _QUIET and not self._said:
            say(f"{refused.reason}; asking again for up to {PATIENCE:.0f} seconds")
            self._said = True
        time.sleep(self._pause)
        self._pause = min(2 * self._pause, self._longest)
