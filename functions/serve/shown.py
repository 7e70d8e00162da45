"""What the pages show of a run."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from functions.logic.costs import Costs
from functions.logic.question import Kind, Question
from functions.logic.records import UNDER_WAY
from functions.serve.money import in_words as in_money
from functions.serve.shelf import place_of
from functions.serve.stages import in_words
from functions.serve.words import Words, own_texts, read_words
from simulation.comparison.compare import letter
from simulation.report.reader import LANGUAGES

ICONS: Final = {
    "waiting": "○",
    "working": "◐",
    "finished": "✓",
    "imprecise": "≈",
    "partial": "≈",
    "failed": "✗",
    "cancelled": "■",
}
"""Of each state, beside its words."""

PAGES: Final = ("finance", "planner", "compare")
"""Pages of an answer, the most important first."""

FEW: Final = 10.0
"""Seconds below which nobody counts them."""

_ORDER: Final = ("html", "xlsx", "json", "yaml", "csv")


@dataclass(frozen=True)
class Document:
    """A document of a run.

    Attributes
    ----------
    name : under which it is kept
    label : in the reader's language
    page : whether it opens in the browser
    """

    name: str
    label: str
    page: bool


@dataclass(frozen=True)
class Shown:
    """A run as the pages show it.

    Attributes
    ----------
    run : as it is kept
    t : the reader's words
    """

    run: dict[str, Any]
    t: Words

    @property
    def live(self) -> bool:
        """Whether it is still under way."""
        return self.run["state"] in UNDER_WAY

    @property
    def kind(self) -> str:
        """What is computed, in words."""
        return self.t(f"kind.{self.run['kind']}")

    @property
    def look(self) -> str:
        """Its state, and whether a precision that was asked was missed."""
        told, state = self.run["precision"], str(self.run["state"])
        return "imprecise" if state == "finished" and told and not told["reached"] else state

    @property
    def icon(self) -> str:
        """Sign of its state."""
        return ICONS[self.look]

    @property
    def state(self) -> str:
        """Its state in a few words."""
        return self.t(f"state.{self.look}")

    @property
    def progress(self) -> str:
        """Its state, with how far it is."""
        if self.run["state"] != "working" or not self.jobs:
            return self.state
        if self.run["kind"] != Kind.COMPARE or self.run["precision"]:
            return f"{self.state}, {self.t('run.in_step', n=self.run['round'])}"
        return f"{self.state}, {self.t.percent(self.done / self.jobs)}"

    def several_steps(self, asked: Question) -> bool:
        """Tell whether more steps may follow."""
        return asked.kind is not Kind.COMPARE or asked.precision is not None

    @property
    def titles(self) -> list[tuple[str, str]]:
        """Badge and title of each scenario."""
        several = self.run["kind"] != Kind.SIZE
        told = [(self.t.title(own["title"]), self._file(own)) for own in self.run["titles"]]
        texts = [title for title, _ in told]
        return [
            (letter(place) if several else "", f"{title} ({file})" if alike and file else title)
            for place, (title, file) in enumerate(told)
            for alike in [texts.count(title) > 1]
        ]

    def _file(self, titled: dict[str, Any]) -> str | None:
        file = titled.get("file")
        return None if file is None else called(self.run).get(file, file)

    @property
    def listed(self) -> list[tuple[str, str]]:
        """Badge and title of each scenario, with 0* where there is one."""
        if not self._has_enough:
            return self.titles
        (badge, today), *others = self.titles
        enough = letter(0, equal=True), self.t("scenario.enough", title=today)
        return [(badge, today), enough, *others]

    @property
    def _has_enough(self) -> bool:
        return self.run["kind"] not in {Kind.COMPARE, Kind.SIZE}

    @property
    def place(self) -> str | None:
        """The municipality, if it is one that ships."""
        return place_of(self.run["scenarios"], self.t)

    @property
    def named(self) -> str:
        """The scenarios in one line."""
        titles, most = [title for _, title in self.titles], 3
        if len(titles) > most:
            more = self.t("runs.more", n=len(titles) - most + 1)
            titles = [*titles[: most - 1], more]
        listed = self.t.listing(titles)
        return listed if self.place is None else f"{self.place}: {listed}"

    @property
    def details(self) -> str:
        """What was asked beside that, in one line; empty where nothing was."""
        asked, t = self.run.get("asked") or {}, self.t
        found = []
        if asked.get("replications"):
            found.append(t("runs.replications", n=t.number(asked["replications"])))
        if cost := (asked.get("precision") or {}).get("cost"):
            found.append(t("runs.precision", amount=t.euros(cost)))
        if service := (asked.get("precision") or {}).get("service"):
            found.append(t("runs.service", points=t.exactly(service)))
        if asked.get("share") and self.run["kind"] != Kind.COMPARE:
            found.append(t("runs.share", share=t.percent_exactly(asked["share"])))
        if asked.get("seed") is not None:
            found.append(t("runs.seed", value=asked["seed"]))
        return ", ".join(found)

    @property
    def created(self) -> str:
        """When it was asked."""
        return self.t.when(self.run["created"])

    @property
    def jobs(self) -> int:
        """Simulations of this step."""
        return sum(part["jobs"] for part in self.run["parts"])

    @property
    def done(self) -> int:
        """Simulations of this step that are done."""
        return sum(part["done"] for part in self.run["parts"])

    @property
    def parts(self) -> list[dict[str, Any]]:
        """How far each part of this step is."""
        return [
            {**part, "label": label, "badge": badge, "title": title}
            for part, (label, badge, title) in zip(self.run["parts"], self._parts(), strict=True)
        ]

    def _parts(self) -> Iterator[tuple[str, str, str]]:
        """Give what each part is for, with badge and title of its scenario if it is of one."""
        listed = self.listed
        if self._has_enough:  # they are played in this order, and people are sought for 0*
            listed = [*listed[1:], listed[0]]
        by_file = {own["name"]: listed[place] for place, own in enumerate(self.run["titles"])}
        own_titles = [str(own["title"]) for own in self.run["titles"]]
        own_titles += own_titles[:1] if self._has_enough else []
        told = [str(part["scenario"]) for part in self.run["parts"]]
        for order, part in enumerate(self.run["parts"]):
            label, file = in_words(part["stage"], self.t)
            badge, title = by_file.get(file or "", ("", ""))
            if part["scenario"] is not None:
                same = [
                    each for each, own in zip(listed, own_titles, strict=True) if own == told[order]
                ]
                found = told[:order].count(told[order])
                title = self.t.title(part["scenario"])
                if told.count(told[order]) == len(same):
                    badge, title = same[found]
            yield label, badge, title

    def left(self, now: dt.datetime) -> str | None:
        """Say how long this step still takes, as fast as it went so far."""
        since = self.run["since"]
        if self.run["state"] != "working" or since is None:
            return None
        done = self.done - since["done"]
        seconds = (now - dt.datetime.fromisoformat(since["moment"])).total_seconds()
        if self.done >= self.jobs:
            return self.t("run.between")
        if done <= 0:
            return None
        left = seconds / done * (self.jobs - self.done)
        return self.t("run.left.few" if left < FEW else "run.left", time=self.t.about(left))

    @property
    def precise(self) -> str | None:
        """How precise the answer is, if that was asked; in the words of the report."""
        told, t = self.run["precision"], self.t
        if told is None:
            return None
        unknown = t("provenance.precision.unknown")
        found = []
        for name, write in (("cost", t.euros), ("service", t.points)):
            if (wanted := told.get(name)) is not None:
                got = told.get(f"{name}_half_width")
                shown = unknown if got is None else write(got)
                found.append(t(f"provenance.precision.{name}", got=shown, wanted=write(wanted)))
        key = "run.precise"
        if told["reached"]:
            key += ".again" if self.live else ".reached"
        elif not self.live:
            key += ".missed"
        most, n = t.number(told["most"]), t.number(told["replications"])
        said = t(key, n=n, parts=", ".join(found), most=most)
        return f"{said} {t('run.precise.steps')}" if self._has_enough else said

    @property
    def price(self) -> str | None:
        """What this would cost in AWS, and in the end what it would have cost."""
        kind = "estimate" if self.live else "costs"
        costs = self.run[kind]
        if costs is None:
            return None
        read = Costs.model_validate(costs)
        told = in_money(read, self.t.language, own_texts(self.t.language))
        return self.t(f"price.{kind}", costs=told)

    @property
    def documents(self) -> list[Document]:
        """What the run came to in the reader's language, pages first."""
        return self._documents({self.t.language, ""})

    @property
    def others(self) -> list[Document]:
        """The pages and sheets in the other language."""
        (other,) = set(LANGUAGES) - {self.t.language}
        return self._documents({other}, read_words(other))

    def filed(self, name: str) -> str:
        """Give the name under which a document is saved: one that tells runs apart."""
        folders = {each.rpartition("/")[0] for each in self.run["scenarios"]}
        place = folders.pop() if len(folders) == 1 else ""
        parts = (self.run["kind"].replace("_", "-"), place, self.run["created"][:10], name)
        return "-".join(filter(None, parts))

    def _documents(self, languages: set[str], t: Words | None = None) -> list[Document]:
        own = [name for name in self.run["documents"] if _language(name) in languages]
        return [
            Document(name, _label(name, t or self.t), name.endswith(".html"))
            for name in sorted(own, key=_rank)
        ]


def called(run: dict[str, Any]) -> dict[str, str]:
    """Give what the owner of a run calls files of his own, by their path in the question."""
    found: dict[str, str] = run.get("called", {})  # not in records of before
    return found


def _label(name: str, t: Words) -> str:
    first, *_, last = name.split(".")
    first, _, badge = first.partition("-")
    known = f"document.{first}.{last}"
    badge = "0*" if badge == "0" else badge.upper()
    return t(known, letter=badge) if t.knows(known) else name


def _language(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 2 else ""  # noqa: PLR2004


def _rank(name: str) -> tuple[int, int, str]:
    first, *_, last = name.split(".")
    kind = _ORDER.index(last) if last in _ORDER else len(_ORDER)
    return kind, PAGES.index(first) if first in PAGES else len(PAGES), name
