"""The part of the case document on what contacts cost."""

from typing import Annotated

from pydantic import Field

from simulation.comparison.document import Entry
from simulation.comparison.fields import Letter, Number
from simulation.scenario.finance import Year
from simulation.scenario.values import Name

Cost = Annotated[Number, Field(ge=0)]
"""Euros."""


class ChannelCost(Entry):
    """What the contacts of one channel cost in a year."""

    channel: Name
    """Name of the channel."""

    contacts: Annotated[Number, Field(ge=0)]
    """Contacts answered in the year."""

    resolved: Annotated[Number, Field(ge=0)]
    """Answers that resolved the question."""

    full: Cost
    """All structural costs of the channel, with workplace, overhead and fixed lines."""

    avoidable: Cost
    """The part of it that ends when the work ends."""

    full_per_contact: Cost | None
    """Full cost of an answered contact; ``null`` where none was answered."""

    full_per_contact_half: Cost | None = None
    """Half-width of the 90 % interval of the full cost of an answered contact, of the simulation
    alone: no assumption and no size of a team varies in it. ``null`` below 10 replications."""

    avoidable_per_contact: Cost | None
    """Avoidable cost of an answered contact."""

    full_per_resolved: Cost | None
    """Full cost of a resolved question; ``null`` where none was resolved."""

    avoidable_per_resolved: Cost | None
    """Avoidable cost of a resolved question."""


class ApartCost(Entry):
    """Structural costs that belong to no channel."""

    group: str
    """Group of the bill, such as ``staff.publishing`` or ``month``."""

    full: Cost
    """All of it."""

    avoidable: Cost
    """The part that ends when the work ends."""


class ContactCosts(Entry):
    """What contacts cost in one scenario, in the year of the comparison."""

    letter: Letter
    """Badge of the scenario."""

    channels: tuple[ChannelCost, ...]
    """Channels to which people come by themselves."""

    apart: tuple[ApartCost, ...]
    """What belongs to no channel; with the channels it adds up to all structural costs."""


class PaidChannel(Entry):
    """What the contacts of one channel cost where whole contracts are paid."""

    channel: Name
    """Name of the channel."""

    full: Cost
    """All structural costs of the channel, with workplace, overhead and fixed lines."""

    full_per_contact: Cost | None
    """Full cost of an answered contact; ``null`` where none was answered."""

    full_per_resolved: Cost | None
    """Full cost of a resolved question; ``null`` where none was resolved."""


class PaidContacts(Entry):
    """What contacts cost in full by the contracts that are paid, in place of the hours needed.

    Contacts, prices and all that is not paid by the contract are those of the comparison.
    """

    letter: Letter
    """Badge of the scenario."""

    year: Year
    """Year whose contracts are counted: the last that was simulated."""

    channels: tuple[PaidChannel, ...]
    """Channels to which people come by themselves."""
