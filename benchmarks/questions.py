"""How long questions take when they are answered item by item, beside what was expected of them.

    python -m benchmarks.questions [--write FOLDER] [QUESTION ...]

Seconds are of the processor, so a busy machine does not matter much. ``--write`` puts what was
measured into a file there, and the table into the page about costs; what was not asked about stays
as it was. The paces in `functions.logic.pace` follow from it.
"""

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from gzip import decompress
from pathlib import Path
from typing import Any, Final

from functions.logic import steps
from functions.logic.costs import ONE_CORE
from functions.logic.estimate import Estimate, estimate
from functions.logic.places import at, keep_question
from functions.logic.question import Asked, make_question
from functions.storage.folder import FolderStore

Measured = dict[str, Any]
"""``items``, ``rounds``, ``between`` (seconds in plan and merge), and ``work``: jobs and seconds by
kind."""

DATA, PAGE = "question-times.json", "costs-in-aws.md"
BEGIN, END = "<!-- Written by make pace. -->", "<!-- Until here. -->"
"""Marks between which the page holds the table."""

_TOWN = ("small-town/0-today", "small-town/a-webcare")
_CITY = ("amsterdam/0-today", "amsterdam/b-webcare-extra")

QUESTIONS: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "compare": (
        "comparison of the small municipality, as rostered",
        {"kind": "compare", "scenarios": _TOWN},
    ),
    "equal": (
        "the same at equal service",
        {"kind": "equal_service", "scenarios": _TOWN},
    ),
    "size": ("its teams today", {"kind": "size", "scenarios": _TOWN[:1]}),
    "case": ("its business case", {"kind": "business_case", "scenarios": _TOWN}),
    "city": (
        "comparison of Amsterdam, two scenarios as rostered, 10 replications",
        {"kind": "compare", "scenarios": _CITY, "replications": 10},
    ),
    "city size": ("the teams of Amsterdam today", {"kind": "size", "scenarios": _CITY[:1]}),
}
"""Title of each question, and what is asked."""


def measured(asked: dict[str, Any], folder: Path) -> Measured:
    """Answer a question in this process; give what it took."""
    (folder / "asked").mkdir()
    question, _ = make_question(Asked.model_validate(asked), folder / "asked")
    files, key = FolderStore(folder / "store").files, question.key()
    keep_question(files, key, question)
    work: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])
    items, between, rounds = 0, 0.0, -1
    step: steps.Round | steps.Ended | None = None
    while step is None or isinstance(step, steps.Round):
        for each in step.todo if step else ():
            kind = json.loads(decompress(files.read(at(key, "items", each.item)) or b""))["work"]
            begin = time.process_time()
            work[kind][0] += steps.simulate(files, key, each.item)
            work[kind][1] += time.process_time() - begin
            items += 1
        begin = time.process_time()
        step = steps.merge(files, key) if step else steps.plan(files, key)
        between += time.process_time() - begin
        rounds += 1
    if not step.whole:
        raise AssertionError(f"not whole: {step.problem}")
    told = {kind: [jobs, round(seconds, 2)] for kind, (jobs, seconds) in work.items()}
    return {"items": items, "rounds": rounds, "between": round(between, 2), "work": told}


def expected(asked: dict[str, Any]) -> Estimate:
    """Say what a question was expected to take."""
    with tempfile.TemporaryDirectory() as folder:
        question, loaded = make_question(Asked.model_validate(asked), Path(folder))
    return estimate(question, loaded, "eu-west-1", ONE_CORE)


def as_markdown(found: Mapping[str, Measured]) -> str:
    """Lay what was measured beside what was expected."""
    return "\n".join(_rows(found))


def _rows(found: Mapping[str, Measured]) -> Iterator[str]:
    yield "| question | rounds | items | seconds | expected | off by | between | expected costs |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, own in found.items():
        title, asked = QUESTIONS[name]
        told = expected(asked)
        span, euros = told.seconds, told.costs.euros
        cells = [
            title,
            f"{own['rounds']}",
            f"{own['items']}",
            f"{seconds_of(own):.1f}",
            f"{span.value:.1f}",
            f"{seconds_of(own) / span.value - 1:+.0%}",
            f"{span.low:.1f} and {span.high:.1f}",
            f"€ {euros.value:.4f}",
        ]
        yield f"| {' | '.join(cells)} |"


def seconds_of(own: Measured) -> float:
    """Add up the seconds of all steps of an answer."""
    return float(own["between"] + sum(seconds for _, seconds in own["work"].values()))


def main() -> None:
    """Answer the questions that are named, or all; print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.questions", description=__doc__)
    parser.add_argument("questions", nargs="*", metavar="QUESTION", help=", ".join(QUESTIONS))
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the table there too")
    asked = parser.parse_args()
    unknown = sorted({*asked.questions} - {*QUESTIONS})
    if unknown:
        parser.error(f"no such question: {', '.join(unknown)}; there are {', '.join(QUESTIONS)}")
    found = {}
    for name in asked.questions or QUESTIONS:
        with tempfile.TemporaryDirectory() as folder:
            found[name] = measured(QUESTIONS[name][1], Path(folder))
        print(json.dumps({name: found[name]}), flush=True)
    print(as_markdown(found))
    if asked.write:
        write(asked.write, found)


def write(folder: Path, found: Mapping[str, Measured]) -> None:
    """Write what was measured as data, and the table between the marks in the page."""
    data, page = folder / DATA, folder / PAGE
    known = json.loads(data.read_text(encoding="utf-8")) if data.exists() else {}
    known = {name: own for name in QUESTIONS if (own := found.get(name, known.get(name)))}
    data.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    text = "".join([before, BEGIN, "\n\n", as_markdown(known), "\n\n", end, after])
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
