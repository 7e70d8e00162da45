"""What every part of a scenario shares: a frozen model that refuses unknown keys.

Each attribute of a part carries its documentation in the docstring under it. The
reference page, the JSON Schema for editors and the error messages all read those.
"""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a scenario: frozen, strict, without unknown keys or infinite numbers."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )
