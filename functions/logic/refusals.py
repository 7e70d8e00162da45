"""Why nothing is done about a run."""

from typing import Final

NO_RUN: Final = "you have no such run; GET /runs lists those you have"


class NotThere(Exception):
    """There is no such run, or it is somebody else's; or the run has no such document.

    Attributes
    ----------
    run : whether it is the run that is not there
    """

    def __init__(self, said: str = NO_RUN, *, run: bool = True) -> None:
        super().__init__(said)
        self.run = run


class Cancelled(Exception):
    """The owner cancelled the run, so nothing comes of it."""

    def __init__(self) -> None:
        super().__init__("you cancelled it; ask the question again for an answer")


class NotWritten(Exception):
    """A contact log was tried in vain.

    Attributes
    ----------
    seconds : until it may be asked anew
    """

    def __init__(self, why: str, seconds: int) -> None:
        super().__init__(
            f"the contact log was not written: {why}. It can be asked anew in "
            f"{seconds // 60 + 1} minutes; or write it on your machine: "
            "kanaalkompas run FILE --replication K --log F.csv"
        )
        self.seconds = seconds


class NotFinished(Exception):
    """A run has no whole answer, or not yet."""
