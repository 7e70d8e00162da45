"""The proposal to the municipal executive, as text to copy into a memo."""

from dataclasses import dataclass

from markupsafe import Markup

from simulation.comparison.document import Result
from simulation.report.claim import Sentences
from simulation.report.proposal import proposal
from simulation.report.reader import Reader
from simulation.report.speech import mark
from simulation.report.traced import together


@dataclass(frozen=True)
class Part:
    """A heading with its points."""

    heading: str
    points: tuple[Markup, ...]
    lead: Markup | None = None
    """What stands before the points; such points are numbered."""


@dataclass(frozen=True)
class Memo:
    """The proposal in one language."""

    subject: Markup
    warning: Markup | None
    """That the figures are a worked example: the text leaves the page with its warning."""
    parts: tuple[Part, ...]


def memo(result: Result, reader: Reader) -> Memo:
    """Write the proposal in a reader's language."""
    found = proposal(result)
    subject, *warning = (mark(claim, reader, result) for claim in found.subject)

    def part(name: str, points: list[Sentences], lead: Markup | None = None) -> Part:
        said = (together(*(mark(claim, reader, result) for claim in point)) for point in points)
        return Part(reader(f"proposal.{name}"), tuple(said), lead)

    return Memo(
        subject=subject,
        warning=together(*warning) if warning else None,
        parts=(
            part("decisions", found.decisions, mark(found.lead, reader, result)),
            part("funding", found.funding),
            part("risks", found.risks),
            part("notes", found.notes),
        ),
    )
