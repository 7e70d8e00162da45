"""What the API calls the parts of a request, as it is typed on the command line."""

import re
from typing import Final

_FLAGS: Final = {
    "kind": "--question",
    "share": "--share",
    "seed": "--seed",
    "quick": "--quick",
    "language": "--language",
    "replications": "--replications",
    "precision.cost": "--precision",
    "precision.service": "--precision-service",
    "precision.most": "--max-replications",
}

_QUOTED: Final = re.compile("'(" + "|".join(map(re.escape, _FLAGS)) + ")'")

_KINDS: Final = re.compile(r"\b(equal_service|business_case)\b")


def flag(place: str) -> str:
    """Give the option that fills a place in a request, or the place where none does."""
    return _FLAGS.get(place, place)


def typed(text: str) -> str:
    """Give words of the API with options, and values of options, as one types them."""
    with_flags = _QUOTED.sub(lambda found: _FLAGS[found[1]], text)
    return _KINDS.sub(lambda found: found[0].replace("_", "-"), with_flags)
