"""The scenarios that ship, by place, with titles in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from functions.logic.catalogue import read_shipped
from functions.serve.words import Words


@dataclass(frozen=True)
class Shelved:
    """A scenario that ships.

    Attributes
    ----------
    name : such as ``amsterdam/0-today``
    title, why : one text, or one by language; None where the file has none
    """

    name: str
    title: str | dict[str, str]
    why: str | dict[str, str] | None


@dataclass(frozen=True)
class Place:
    """The scenarios of one municipality.

    Attributes
    ----------
    name : folder
    organisation : what the municipality is called; None where it has no name
    scenarios : in order, the baseline first
    """

    name: str
    organisation: str | dict[str, str] | None
    scenarios: tuple[Shelved, ...]

    def called(self, t: Words) -> str:
        """Give what the place is called."""
        if self.organisation is not None:
            return t.title(self.organisation)
        known = f"place.{self.name}"
        return t(known) if t.knows(known) else self.name


@cache
def shelf() -> tuple[Place, ...]:
    """Give all places, in order."""
    read = read_shipped()
    names = dict.fromkeys(name.partition("/")[0] for name in read)
    return tuple(
        Place(
            place,
            next((own["organisation"] for own in mine.values() if "organisation" in own), None),
            tuple(Shelved(name, own["title"], own.get("why")) for name, own in mine.items()),
        )
        for place in names
        for mine in [{name: own for name, own in read.items() if name.startswith(f"{place}/")}]
    )


def titles() -> dict[str, str | dict[str, str]]:
    """Give the titles of the scenarios that ship, by name."""
    return {each.name: each.title for place in shelf() for each in place.scenarios}


def place_of(names: Sequence[str], t: Words) -> str | None:
    """Give what the place is called that all of some scenarios are of; None if there is none."""
    own = {name.rpartition("/")[0] for name in names}
    return next((each.called(t) for each in shelf() if own == {each.name}), None)
