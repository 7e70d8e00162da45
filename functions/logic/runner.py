"""Who has answers made: what every runner can do."""

from typing import Protocol


class Runner(Protocol):
    """Who has answers made."""

    def start(self, key: str) -> None:
        """Have an answer made; nothing new if that is under way."""

    def cancel(self, key: str, run: str) -> None:
        """Stop making an answer that a run began."""

    def is_lost(self, key: str, run: str) -> bool:
        """Tell whether nobody makes an answer any more that a run began, though it is not there."""

    def log(self, key: str, letter: str, replication: int) -> None:
        """Have a contact log written."""
