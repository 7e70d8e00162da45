"""A claim: the key of a text with the values that fill it, still in no language."""

from dataclasses import dataclass, field

from simulation.comparison.document import Estimate


@dataclass(frozen=True)
class Money:
    """An amount, written without its sign to the precision of its interval."""

    estimate: Estimate
    path: str
    """Path of the estimate in the result document."""

    bill: str
    """Letter of the scenario whose bill shows how it is made up."""

    total: str = "structural"
    """Total of that bill: ``structural``, ``once`` or ``full``."""


@dataclass(frozen=True)
class Gap:
    """The interval of a difference in costs, in words: less, more, or from less to more."""

    estimate: Estimate
    path: str


@dataclass(frozen=True)
class Spread:
    """The spread of a difference in costs between simulated periods, in words."""

    estimate: Estimate
    path: str


@dataclass(frozen=True)
class Hours:
    """A number of hours, written without its sign."""

    estimate: Estimate
    path: str


@dataclass(frozen=True)
class Amount:
    """An amount in euros that follows from the document, without its sign."""

    euros: float
    path: str
    how: str
    half: float
    """Half the width of its interval, to which it is rounded."""


@dataclass(frozen=True)
class Fte:
    """A number of full-time equivalents."""

    fte: float
    path: str
    how: str = ""


@dataclass(frozen=True)
class Points:
    """A mean share in percentage points, written without its sign."""

    estimate: Estimate
    path: str


@dataclass(frozen=True)
class Share:
    """A share as a percentage, so precise that the side of a limit shows."""

    share: float
    limit: float
    path: str


@dataclass(frozen=True)
class Stated:
    """A text or a whole number of the result document, as it stands there."""

    text: str
    path: str
    how: str = "name"


@dataclass(frozen=True)
class Count:
    """A number of things in the result document."""

    n: int
    path: str
    how: str = ""
    """Name of the count, when it is not the number itself that stands at the path."""


@dataclass(frozen=True)
class Title:
    """The title of a scenario."""

    letter: str


@dataclass(frozen=True)
class CheapestOther:
    """The title of a scenario, said to be the cheapest one besides today."""

    letter: str


@dataclass(frozen=True)
class Badges:
    """Scenarios by their badge."""

    letters: tuple[str, ...]


@dataclass(frozen=True)
class Titles:
    """Scenarios by their titles, each in quotation marks; the baseline is today's situation."""

    letters: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """A group of cost lines."""

    name: str
    letter: str


@dataclass(frozen=True)
class NormOf:
    """A norm of a scenario."""

    name: str
    letter: str


@dataclass(frozen=True)
class Unsure:
    """How many of the attained norms of a scenario are not certain yet; nothing if all are."""

    letter: str


@dataclass(frozen=True)
class Organisation:
    """Whom the scenarios are about."""


@dataclass(frozen=True)
class WaitingAt:
    """The channels on which citizens wait, of today and a scenario."""

    letter: str


@dataclass(frozen=True)
class PeriodOf:
    """The simulated period."""


@dataclass(frozen=True)
class During:
    """In the simulated period, as a part of a sentence."""


@dataclass(frozen=True)
class Span:
    """What one simulation covers: a year or a period."""

    many: bool = False


@dataclass(frozen=True)
class Confidence:
    """The level of the intervals."""


@dataclass(frozen=True)
class Enough:
    """The share of the simulations from which on a norm counts as attained."""


Value = (
    int
    | str
    | Money
    | Gap
    | Spread
    | Hours
    | Amount
    | Fte
    | Points
    | Share
    | Stated
    | Count
    | Title
    | CheapestOther
    | Badges
    | Titles
    | Group
    | NormOf
    | WaitingAt
    | Unsure
    | Organisation
    | PeriodOf
    | During
    | Span
    | Confidence
    | Enough
)
"""What fills a placeholder."""


@dataclass(frozen=True)
class Claim:
    """A text of the catalogue with its values."""

    key: str
    values: dict[str, Value] = field(default_factory=dict)


Sentences = tuple[Claim, ...]
"""Claims that make one point together."""
