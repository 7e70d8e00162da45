"""What `size` writes beside its document: heads as CSV, and a scenario with the new rosters."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import yaml

from simulation.cli.tables import Teller
from simulation.report.spreadsheet import Cell, sheet
from simulation.scenario.extending import parent_from, with_teams
from simulation.sizing.document import PlaceHeads, SeasonHeads, SizeResult

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

COLUMNS = (
    "team",
    "site",
    "first_date",
    "last_date",
    "weekday",
    "from",
    "until",
    "heads",
    "today",
    "load",
)


WHY = {
    "nl": "Hetzelfde aanbod, met het kleinste rooster dat in de simulaties de normen haalt.",
    "en": "The same offer, with the smallest roster that attains the norms in the simulations.",
}


def as_csv(result: SizeResult, language: str) -> str:
    """Write the heads that are needed as a spreadsheet: a row for each part of the week."""
    tell = Teller(language)
    rows: list[Sequence[Cell]] = [[tell(f"column_{column}") for column in COLUMNS]]
    for team in result.teams:
        for place in team.places:
            for season in place.seasons:
                for slot in season.slots:
                    rows.append(
                        [
                            team.team,
                            place.site,
                            season.first,
                            season.last,
                            tell(f"size_weekday_{slot.weekday}").lower(),
                            slot.begin,
                            slot.end,
                            slot.heads,
                            round(slot.today, 2),
                            round(slot.load, 3),
                        ]
                    )
    return sheet(rows, language)


def as_scenario(path: str, out: Path, result: SizeResult) -> str:
    """Write a scenario that extends the one that was sized, with the rosters that were found.

    Parameters
    ----------
    path : of the scenario that was sized
    out : folder in which the new one will stand
    result : what was found
    """
    teams: dict[str, Any] = {}
    for team in result.teams:
        own = teams.setdefault(team.team, {})
        for place in team.places:
            blocks = [block for season in place.seasons for block in _blocks(place, season)]
            if place.site is None:
                own["roster"] = blocks
            else:
                own.setdefault("sites", {})[place.site] = blocks
    plain = with_teams(path, out, _title(result), WHY, teams)
    head = f"# Rosters that attain the norms, found by kanaalkompas size {result.version}.\n\n"
    return head + _dumped(plain)


def elsewhere(text: str, path: str | Path, out: Path) -> str:
    """Give what `as_scenario` wrote as it is where the scenario that was sized lies elsewhere.

    Parameters
    ----------
    text : that `as_scenario` wrote
    path : of the scenario that was sized
    out : folder in which the new one will stand
    """
    line = _dumped({"extends": parent_from(path, out)})
    return re.sub(r"^extends:.*?(?=^title:)", lambda _: line, text, count=1, flags=re.M | re.S)


def _dumped(plain: Mapping[str, Any]) -> str:
    return yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def _title(result: SizeResult) -> dict[str, str]:
    words = {"nl": "precies genoeg mensen", "en": "just enough people"}
    plain = result.scenario["title"]
    titles = plain if isinstance(plain, dict) else dict.fromkeys(words, plain)
    return {language: f"{title}, {words[language]}" for language, title in titles.items()}


class _Block(dict[str, Any]):
    """A block of a roster, on one line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Block,
    lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True),
)


def _blocks(place: PlaceHeads, season: SeasonHeads) -> Iterator[_Block]:
    """Give the blocks of a season, days with the same heads together."""
    days: dict[tuple[tuple[str, str, int], ...], list[str]] = {}
    for weekday, slots in groupby(season.slots, key=lambda slot: slot.weekday):
        pattern = tuple((slot.begin, slot.end, slot.heads) for slot in slots if slot.heads)
        if pattern:
            days.setdefault(pattern, []).append(DAYS[weekday])
    dated = len(place.seasons) > 1
    for pattern, names in days.items():
        for run in _runs(_joined(pattern)):
            heads = [number for _, _, number in run]
            yield _Block(
                {
                    "days": ", ".join(names),
                    "from": run[0][0],
                    "until": run[-1][1],
                    **({"first_date": season.first, "last_date": season.last} if dated else {}),
                    "heads": heads[0] if len(set(heads)) == 1 else heads,
                }
            )


def _joined(pattern: tuple[tuple[str, str, int], ...]) -> tuple[tuple[str, str, int], ...]:
    """Join all parts of a day in which the heads are the same throughout."""
    whole = all(one[1] == other[0] and one[2] == other[2] for one, other in pairwise(pattern))
    return ((pattern[0][0], pattern[-1][1], pattern[0][2]),) if whole else pattern


def _runs(pattern: tuple[tuple[str, str, int], ...]) -> list[list[tuple[str, str, int]]]:
    """Cut a day where it is interrupted, and where a part is not a whole hour."""
    runs: list[list[tuple[str, str, int]]] = []
    for part in pattern:
        last = runs[-1][-1] if runs else None
        if last is not None and last[1] == part[0] and _whole(last) and _whole(part):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _whole(part: tuple[str, str, int]) -> bool:
    return int(part[1][:2]) - int(part[0][:2]) == 1 and part[0][3:] == part[1][3:]
