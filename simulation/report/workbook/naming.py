"""What cells call lines, units and inputs."""

from simulation.report import words
from simulation.report.workbook.desk import Desk
from simulation.report.workbook.inputs import Input
from simulation.report.workbook.stands import Stand, short
from simulation.scenario.text import Text


def line_words(desk: Desk, stand: Stand, name: str, title: Text | None) -> str:
    """Give what readers call a line of the budget."""
    kind, *parts = name.split(".")
    if kind in {"staff", "transition"} and len(parts) > 1:
        team = stand.team_name(desk.reader, parts[0])
        return f"{team}: {words.lower_first(_word(desk, parts[1]))}"
    if title is not None:
        return short(desk.reader.text(title))
    return words.upper_first(" ".join(words.word(desk.reader, part) for part in parts or [kind]))


def unit_words(desk: Desk, unit: str) -> str:
    """Give the unit of a quantity."""
    return desk.say(f"unit.{unit}")


def input_words(desk: Desk, each: Input) -> str:
    """Give what readers call an input."""
    *before, last = each.path.split(".")
    if each.group in {"terms", "fixed"}:
        return desk.say(f"input.{last}")
    if each.group == "transition":
        return desk.say(f"part.{last}")
    stand = desk.cast.stands[each.letters[0]]
    if each.group == "workforce":
        return f"{stand.team_name(desk.reader, before[-1])}: {desk.say(f'part.{last}')}"
    node = _node(stand, before)
    title = words.title_of(node, desk.reader.language) or words.plain(before[-1])
    own = "" if last == "amount" else f": {_word(desk, last)}"
    return f"{short(title)}{own}"


def _word(desk: Desk, part: str) -> str:
    if desk.reader.knows(f"book.part.{part}"):
        return desk.say(f"part.{part}")
    return words.word(desk.reader, part)


def _node(stand: Stand, path: list[str]) -> object:
    node: object = stand.scenario.scenario
    for part in path:
        node = node.get(part) if isinstance(node, dict) else None
    return node
