"""The colours of channels stand out, and are told apart by who does not see every colour."""

from itertools import combinations

import numpy as np
import pytest

from simulation.report.chart import CHANNELS, CHEAPER, DEARER
from simulation.report.colours import contrast
from simulation.report.theme import DRAWN, neutral

NORMAL = np.eye(3)
DEFICIENT = {
    "none": NORMAL,
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""What is left of linear red, green and blue, at full severity: Machado, Oliveira and Fernandes
(2009), *A physiologically-based model for simulation of color vision deficiency*, IEEE TVCG 15(6),
table 1."""

TO_XYZ = np.array(
    [
        [0.4123908, 0.3575843, 0.1804808],
        [0.2126390, 0.7151687, 0.0721923],
        [0.0193308, 0.1191948, 0.9505322],
    ]
)
WHITE = TO_XYZ @ np.ones(3)

FAR = 20
"""A colour difference well beyond the 2.3 that people just notice (Mahy, Van Eycken and
Oosterlinck, 1994), as marks are small and do not touch."""


def linear(colour: str):
    part = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(light):
    """Give CIE L*a*b* of linear red, green and blue."""
    ratio = TO_XYZ @ np.clip(light, 0, 1) / WHITE
    curve = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = curve
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(one: str, other: str, eye) -> float:
    """Give the colour difference of CIE 1976."""
    return float(np.linalg.norm(lab(eye @ linear(one)) - lab(eye @ linear(other))))


@pytest.mark.parametrize("colour", DRAWN)
def test_drawn_colours_stand_out_from_the_paper(colour):
    assert contrast(colour, neutral()["--kk-paper"]) >= 3


@pytest.mark.parametrize("eye", DEFICIENT)
def test_channels_are_told_apart_with_any_colour_vision(eye):
    colours = [colour for colour, _ in CHANNELS]
    apart = [difference(*pair, DEFICIENT[eye]) for pair in combinations(colours, 2)]
    assert min(apart) >= FAR


@pytest.mark.parametrize("eye", DEFICIENT)
def test_cheaper_and_dearer_are_told_apart_with_any_colour_vision(eye):
    assert difference(CHEAPER, DEARER, DEFICIENT[eye]) >= FAR


def test_difference_is_that_of_cie_1976():
    """Red and green of sRGB: L*a*b* (53.24, 80.09, 67.20) and (87.73, -86.18, 83.18)."""
    assert difference("#ff0000", "#00ff00", NORMAL) == pytest.approx(170.6, abs=0.3)
    assert difference("#ff0000", "#00ff00", DEFICIENT["deuteranopia"]) < 80


def test_red_and_green_of_one_brightness_are_too_near_for_some():
    """So the bound is one that colours can fall below."""
    assert difference("#a03c00", "#4d6a00", NORMAL) > FAR
    assert difference("#a03c00", "#4d6a00", DEFICIENT["deuteranopia"]) < FAR
