"""The commented example that ``kanaalkompas init`` writes."""

from importlib.resources import files


def example_text() -> str:
    """Give the example scenario as text."""
    return files("simulation.scenario").joinpath("example.yaml").read_text(encoding="utf-8")
