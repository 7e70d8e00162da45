"""The random scenarios of the verification pack as a strategy of hypothesis, which makes the first
that fails as small as it can."""

from hypothesis import strategies as st

from simulation.verification.random_scenario import Data, Dice, random_scenario


class Drawn(Dice):
    """Dice that hypothesis throws."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def whole(self, low: int, high: int) -> int:
        return self._draw(st.integers(low, high))


@st.composite
def scenarios(draw: st.DrawFn) -> Data:
    """Draw a scenario, as plain data that reads like a file."""
    return random_scenario(Drawn(draw))
