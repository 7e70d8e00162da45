"""``kanaalkompas roster``: shifts and contracts for the heads that a scenario needs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.cli.document import lined
from simulation.cli.inputs import is_example, named_teams, out_of_bounds, read_all, refuse
from simulation.cli.options import Format, Language
from simulation.cli.output import make_folder, write_whole
from simulation.cli.problems import DONE, Stop, say
from simulation.cli.progress import shown
from simulation.cli.roster_afresh import afresh
from simulation.cli.roster_files import Compared, as_csv, as_scenario, shortage_csv
from simulation.cli.roster_tables import show
from simulation.cli.tables import Teller
from simulation.cli.terminal import put_prose, results, write
from simulation.rostering.plan import plan_roster
from simulation.rostering.problems import NoRoster
from simulation.rostering.roster import Roster
from simulation.rostering.shortage import differences
from simulation.rostering.stated import Stated, stated
from simulation.scenario.load import Loaded
from simulation.scenario.scenario import Scenario
from simulation.scenario.teams import Team


@dataclass(frozen=True)
class Wanted:
    """What is asked on the command line."""

    file: str
    team: str | None
    today: str | None
    replications: int | None
    workers: int | None
    out: Path
    language: Language


def command(wanted: Wanted, form: Format) -> int:
    """Make rosters of people, and show them.

    Returns
    -------
    The exit code.

    Raises
    ------
    Stop
        When something is not in order, or no roster covers what is needed.
    """
    files = [wanted.file] + ([wanted.today] if wanted.today is not None else [])
    loaded = read_all(files)
    scenario, today = loaded[0].scenario, loaded[1].scenario if wanted.today else None
    teams = _teams(scenario, wanted.team)
    bounds = out_of_bounds(replications=wanted.replications, workers=wanted.workers)
    refuse([*bounds, *_wrong(wanted, scenario, teams)])
    make_folder(wanted.out)
    needed = {name: stated(scenario, name, _same(today, name)) for name in teams}
    rosters = _planned(wanted.file, scenario, needed)
    compared = _compared(today, needed)
    count = scenario.replications if wanted.replications is None else wanted.replications
    attained = afresh(scenario, rosters, count, wanted.workers)
    written = _write(wanted, loaded[0], rosters, compared)
    if form is Format.JSON:
        write(lined([roster.model_dump(mode="json") for roster in rosters]))
    elif form is Format.CSV:
        write(as_csv(scenario, rosters, wanted.language.value))
    else:
        show(loaded[0], rosters, compared, wanted.language.value, attained)
        if is_example(loaded[0]):
            put_prose(results(), Teller(wanted.language.value)("example"))
    say(f"Written: {', '.join(written)}")
    return DONE


def _teams(scenario: Scenario, team: str | None) -> list[str]:
    """Give the teams that are asked for: those with anyone in their roster, if none is named."""
    if team is not None:
        return [team]
    return [
        name
        for name, each in scenario.teams.items()
        if any(
            any(block.values())
            for blocks in (each.roster, *each.sites.values())
            for block in blocks
        )
    ]


def _wrong(wanted: Wanted, scenario: Scenario, teams: Sequence[str]) -> Iterator[str]:
    known = named_teams(scenario, scenario.teams)
    if wanted.team is not None and wanted.team not in scenario.teams:
        yield f"--team {wanted.team}: {wanted.file} has no such team; choose from {known}"
    if not teams:
        yield f"{wanted.file}: teams: nobody is rostered; give a team a 'roster'"


def _same(today: Scenario | None, name: str) -> Team | None:
    return today.teams.get(name) if today is not None else None


def _planned(file: str, scenario: Scenario, needed: Mapping[str, Sequence[Stated]]) -> list[Roster]:
    """Make the rosters; told together, if several are not possible."""
    rosters: list[Roster] = []
    problems: list[str] = []
    with shown("Rostering", "teams") as tell:
        for done, (name, places) in enumerate(needed.items()):
            tell(done, len(needed))
            try:
                rosters.append(
                    plan_roster(
                        scenario,
                        name,
                        [place for place, _ in places],
                        [heads for _, heads in places],
                    )
                )
            except NoRoster as none:
                problems += none.problems
        tell(len(needed), len(needed))
    if problems:
        raise Stop("\n".join(f"{file}: {problem}" for problem in problems))
    return rosters


def _compared(today: Scenario | None, needed: Mapping[str, Sequence[Stated]]) -> list[Compared]:
    if today is None:
        return []
    return [
        (name, place, differences(today, name, place, heads.tolist()))
        for name, places in needed.items()
        if name in today.teams
        for place, heads in places
    ]


def _write(
    wanted: Wanted, loaded: Loaded, rosters: Sequence[Roster], compared: Sequence[Compared]
) -> list[str]:
    out, name = wanted.out, Path(loaded.path).stem
    files = {
        out / f"{name}-roster.json": lined([roster.model_dump(mode="json") for roster in rosters]),
        out / f"{name}-roster.csv": as_csv(loaded.scenario, rosters, wanted.language.value),
        out / f"{name}-rostered.yaml": as_scenario(
            loaded.path, loaded.scenario.title, out, rosters
        ),
    }
    if compared:
        files[out / f"{name}-shortage.csv"] = shortage_csv(compared, wanted.language.value)
    for path, text in files.items():
        write_whole(path, text)
    return [str(path) for path in files]
