"""`business-case --break-even`: where a strategy stops costing more, and what cannot be asked."""

import json
import re

import pytest

from tests.cli.test_business_case import YEAR

MESSAGES = """\
extends: year.yaml
title: {nl: Berichten, en: Messages}
why: {nl: Minder telefoon., en: Fewer calls.}
shift:
  substitution:
    social:
      to: webcare
      willingness: {question: {value: 0.3, low: 0.1, high: 0.5}}
      channels: {phone: 1}
costs: {per_month: {tool: {amount: 900, vat: compensable}}}
"""

ORDER = ("business-case", "year.yaml", "messages.yaml", "--workers", "1", "--language", "en")


@pytest.fixture
def files(folder, kanaalkompas):
    (folder / "year.yaml").write_text(
        YEAR.replace("years: 2", "years: 1").replace("life: 3", "life: 1"), "utf-8"
    )
    (folder / "messages.yaml").write_text(MESSAGES, "utf-8")
    return kanaalkompas


def test_break_evens_are_in_the_document_and_on_the_terminal(files, folder):
    asked = ("--break-even", "shift.substitution.social.willingness.question")
    price = ("--break-even", "costs.per_month.tool.amount=0..5000")
    ended = files(*ORDER, *asked, *price)
    assert ended.code == 0, ended.err
    case = json.loads((folder / "out/case.json").read_text("utf-8"))
    share, willingness, tool = case["break_even"]
    assert share["path"] is None
    assert share["base"] > 0
    assert [willingness["points"][0]["value"], willingness["points"][-1]["value"]] == [0.1, 0.5]
    assert tool["points"][0]["contracts"] == pytest.approx(
        tool["points"][-1]["contracts"] - 12 * 5000, abs=0.02
    )
    assert "the share of answered messages" in ended.out
    assert re.search(r"Break-even of ‘[^’.]* › amount’", ended.out)
    assert "--break-even costs.per_month.tool.amount=0..5000" in " ".join(ended.out.split())
    plain = files(*ORDER)
    assert plain.code == 0
    again = json.loads((folder / "out/case.json").read_text("utf-8"))
    assert again["break_even"] == [share]
    assert again["question"] != case["question"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("shift.substitution.social.wilingness.question", "did you mean"),
        ("nowhere", "no scenario has this"),
        ("", "there is no path; write --break-even PATH"),
        ("=1..2", "there is no path"),
        ("title.nl", "is not a number or a duration but Vandaag, so there is nothing to move"),
        (
            "shift",
            "has several values; give the path of one number or duration in it",
        ),
        ("channels.phone.handling", "in it, such as channels.phone.handling."),
        ("channels.phone.open", "is a list; give the path of one number in it"),
        ("channels.phone.open.0.from", "is not a number or a duration but 08:00"),
        ("channels.phone.handling.mean.low", "itself: --break-even channels.phone.handling.mean"),
        ("teams.desk.roster.0.heads=1..9", "does nothing: how many people team desk takes is"),
        ("teams.desk.roster", "does nothing"),
        ("teams.desk.roster.-1.heads=1..9", "no scenario has this"),
        ("teams.desk.roster.7.heads=1..9", "did you mean 'teams.desk.roster.0.heads'?"),
        ("seed=1..9", "says what is simulated and is no assumption"),
        ("replications", "says what is simulated and is no assumption"),
        ("horizon.length=1 day..900 days", "says what is simulated and is no assumption"),
        ("costs.price_level=2000..2030", "says what is simulated and is no assumption"),
        ("channels.phone.handling.mean", "has no range; state one with"),
        ("costs.per_month.tool.amount", "has no range; state one"),
        ("costs.per_month.tool.amount=100..200", "excludes the value 900"),
        ("costs.per_month.tool.amount=2000..100", "write the lower value first"),
        ("costs.per_month.tool.amount=cheap..dear", "write the range as"),
        ("costs.per_month.tool.amount=100", "write the range as"),
        ("costs.per_month.tool.amount=0..inf", "write the range as"),
        ("costs.per_month.tool.amount=1 minute..2 minutes", "is a number (900); write the"),
        ("channels.phone.handling.mean=1..9", "is a duration (16 minutes); write the range as"),
        ("channels.phone.resolution=0.5..1.5", "cannot hold this range"),
    ],
)
def test_what_cannot_be_asked_is_refused(files, path, told):
    ended = files(*ORDER, "--break-even", path)
    assert ended.code == 2
    assert told in " ".join(ended.err.split())
    assert len(ended.err.splitlines()) == 1
    assert "Traceback" not in ended.err
