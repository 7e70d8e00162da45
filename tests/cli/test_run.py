"""`run`: one scenario, and one replication of it."""

import json


def test_one_replication_alone_is_the_same_as_among_others(kanaalkompas):
    among = json.loads(kanaalkompas("run", "today.yaml", "--workers", "1", "--format", "json").out)[
        "scenarios"
    ][0]["raw"]["channels.phone.offered"]
    alone = kanaalkompas("run", "today.yaml", "--replication", "7", "--format", "json")
    assert json.loads(alone.out)["scenarios"][0]["raw"]["channels.phone.offered"] == [among[6]]
    assert "only replication 7 of 10" in alone.err
    assert "kanaalkompas run today.yaml --replication 7" in alone.err


def test_the_tables_show_channels_teams_norms_and_costs(kanaalkompas):
    ended = kanaalkompas("run", "today.yaml", "--language", "en", "--workers", "1")
    for said in ("Phone", "Contact centre", "Abandoned", "attained", "Structural", "€"):
        assert said in ended.out


def test_structural_and_one_off_costs_are_named_as_on_the_page_and_never_added(kanaalkompas):
    said = kanaalkompas("run", "today.yaml", "--workers", "1").out
    names = [line.strip() for line in said.splitlines()]
    wanted = ("Structureel, zonder overhead", "Structureel, met overhead", "Incidenteel")
    assert all(any(line.startswith(name) for line in names) for name in wanted)
    assert "Alle regels samen" not in said


def test_replication_and_replications_exclude_each_other(kanaalkompas):
    ended = kanaalkompas("run", "today.yaml", "--replication", "2", "--replications", "3")
    assert ended.code == 2
    assert "exclude each other" in ended.err
