"""Blocks of a week, and absences that a chain of days can reach."""

import json

import pytest
from pydantic import ValidationError

from simulation.scenario.blocks import HeadsBlock
from simulation.scenario.teams import Absence
from simulation.scenario.values import DAY, HOUR


def heads(**block):
    return HeadsBlock.model_validate_json(json.dumps(block))


def absence(share, days):
    return Absence.model_validate_json(json.dumps({"share": share, "spell": f"{days} days"}))


def test_a_number_holds_throughout_the_block():
    assert heads(**{"from": "09:00", "heads": 3}).steps() == [(9 * HOUR, DAY, 3)]
    assert heads(**{"from": "09:00", "until": "12:00", "heads": 3}).steps() == [
        (9 * HOUR, 12 * HOUR, 3)
    ]


def test_a_list_of_one_holds_for_one_step():
    assert heads(**{"from": "09:00", "heads": [3]}).steps() == [(9 * HOUR, 10 * HOUR, 3)]
    half = heads(**{"from": "09:00", "every": "30 minutes", "heads": [3]})
    assert half.steps() == [(9 * HOUR, 9 * HOUR + HOUR // 2, 3)]


def test_a_list_that_does_not_fill_its_block_is_refused():
    with pytest.raises(ValidationError, match="do not fill the block exactly"):
        heads(**{"from": "09:00", "until": "12:00", "heads": [3]})


@pytest.mark.parametrize(("share", "days"), [(0.5, 1), (0.75, 3), (0.9, 9)])
def test_a_share_of_absence_needs_spells_that_can_reach_it(share, days):
    assert absence(share, days).share == share
    if days > 1:
        with pytest.raises(ValidationError, match="needs a 'spell' of"):
            absence(share, days - 1)
