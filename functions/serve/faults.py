"""What is wrong with what was filled in, tied to its field."""

from dataclasses import dataclass

from functions.serve.findings import Told


@dataclass(frozen=True)
class Fault:
    """Something that is wrong with what was filled in.

    Attributes
    ----------
    field : its id on the page
    text : in the reader's language
    told : what is wrong with scenarios, one by one
    """

    field: str
    text: str
    told: tuple[Told, ...] = ()


class Wrong(Exception):
    """The form is not in order."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults
