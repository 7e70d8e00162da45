"""A scenario that extends another one is found again from the folder in which it stands."""

import pytest
import yaml

from simulation.scenario.extending import with_teams
from simulation.scenario.load import load

TOWN = "scenarios/small-town/0-today.yaml"
WORDS = {"nl": "Proef", "en": "Trial"}


@pytest.mark.parametrize("folder", ["out", "deep/er/out"])
def test_a_file_with_other_teams_is_the_scenario_with_those_teams(tmp_path, folder):
    out = tmp_path / folder
    out.mkdir(parents=True)
    plain = with_teams(TOWN, out, WORDS, WORDS, {"counter": {"roster": [{"heads": 7}]}})
    (out / "new.yaml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    before, after = load(TOWN).scenario, load(out / "new.yaml").scenario
    assert [block.heads for block in after.teams["counter"].roster] == [7]
    assert after.teams["phone"] == before.teams["phone"]
    assert after.channels == before.channels
