"""What the numbers allow to be said: verdict, summary and titles, apart from any layout.

A claim is the key of a text with the values that fill it. It is computed from the result alone, so
that a test can compute it backwards: read the sentence and check it against the data. No claim
says more than an interval or a binomial interval supports; where they do not, there is a variant
that says so.
"""

from simulation.comparison.document import Result, ScenarioResult
from simulation.report import facts
from simulation.report.claim import (
    Badges,
    CheapestOther,
    Claim,
    Confidence,
    Count,
    During,
    Enough,
    Gap,
    Group,
    Hours,
    Money,
    NormOf,
    Points,
    Title,
    Titles,
    Unsure,
    Value,
    WaitingAt,
)

_FEW = 2
"""Scenarios that a title still names one by one."""


def heading(result: Result) -> Claim:
    """Give the verdict as a heading."""
    verdict = result.verdict
    if facts.too_few(result):
        return Claim("verdict.too_few")
    if verdict.kind == "cheapest_attaining" and verdict.scenario is not None:
        return _attaining(result, verdict.scenario)
    if verdict.kind == "no_norms":
        return _costs_only(result)
    if verdict.kind == "undecided":
        return _undecided(result)
    if verdict.kind == "none_attains":
        alone = "" if facts.comparable(result) else ".alone"
        return Claim(f"verdict.none_attains{'.sometimes' if _sometimes(result) else ''}{alone}")
    return Claim(f"verdict.{verdict.kind}")


def _undecided(result: Result) -> Claim:
    unsure = [s for s in _rivals(result) if facts.unsure(result, s)]
    if len(unsure) != 1:
        return Claim("verdict.undecided.more")
    if unsure[0] is facts.baseline(result):
        return Claim("verdict.undecided.today")
    return Claim("verdict.undecided.one", {"title": Title(unsure[0].letter)})


def _sometimes(result: Result) -> bool:
    """Tell whether some scenario attains all norms now and then, and none often enough."""
    return any(facts.sometimes(result, scenario) for scenario in _rivals(result))


def _rivals(result: Result) -> list[ScenarioResult]:
    return [facts.baseline(result), *facts.comparable(result)]


def _attaining(result: Result, letter: str) -> Claim:
    if letter == facts.baseline(result).letter:
        alone = not facts.comparable(result)
        return Claim("verdict.today_alone" if alone else "verdict.today")
    return Claim(f"verdict.{result.verdict.direction or 'attains'}", {"title": Title(letter)})


def _costs_only(result: Result) -> Claim:
    focus = facts.focus(result)
    way = facts.direction(facts.cost(focus)) if focus else None
    if focus is None or way is None:
        return Claim("verdict.no_norms")
    return Claim(f"verdict.no_norms.{way}", {"title": Title(focus.letter)})


def summary(result: Result) -> list[Claim]:
    """Give the two sentences below the verdict: what it costs, what the citizen gets."""
    focus = facts.focus(result)
    if facts.too_few(result):
        form, least = fewest(result)
        return [
            Claim(f"summary.too_few.{form}", {"n": least}),
            Claim("summary.more", {"needed": facts.ENOUGH}),
        ]
    if focus is None:
        return [Claim("summary.alone", {"during": During()}), *_service(result, None)]
    return [_money(result, focus), *_service(result, focus)]


def fewest(result: Result) -> tuple[str, Count]:
    """Give the lowest number of simulations, and whether it is that of every scenario."""
    counts = [scenario.finished for scenario in result.scenarios]
    order = counts.index(min(counts))
    form = "all" if len(set(counts)) == 1 else "some"
    return form, Count(counts[order], f"scenarios.{order}.finished")


def _money(result: Result, focus: ScenarioResult) -> Claim:
    """Say what the focus costs against today, and why it is the one spoken of."""
    chosen = focus.letter == result.verdict.scenario or len(facts.comparable(result)) == 1
    difference = facts.cost(focus)
    priced = difference is not None
    title = Titles((focus.letter,)) if chosen or not priced else CheapestOther(focus.letter)
    way = facts.direction(difference)
    if difference is None or way is None:
        return Claim("summary.no_costs", {"title": title, "during": During()})
    path = facts.at(result, focus, "differences", facts.STRUCTURAL)
    return Claim(
        f"summary.{way}",
        {
            "title": title,
            "during": During(),
            "amount": Money(difference, path, focus.letter),
            "gap": Gap(difference, path),
            "confidence": Confidence(),
        },
    )


def _service(result: Result, focus: ScenarioResult | None) -> list[Claim]:
    """Say how many norms are attained, and how long citizens wait."""
    today = facts.baseline(result)
    if not facts.has_norms(result):
        return [waiting(result, focus)] if focus else []
    if focus is None:
        return [
            Claim(
                "summary.norms_today",
                {
                    "today": _attained(result, today),
                    "of": _counting(result, today),
                    "unsure": Unsure(today.letter),
                },
            )
        ]
    return [
        Claim(
            "summary.norms",
            {
                "attained": _attained(result, focus),
                "of": _counting(result, focus),
                "today": _attained(result, today),
                "today_of": _counting(result, today),
                "unsure": Unsure(focus.letter),
                "today_unsure": Unsure(today.letter),
            },
        )
    ]


def _attained(result: Result, scenario: ScenarioResult) -> Count:
    return Count(facts.attained(scenario), facts.at(result, scenario, "norms"), "attained")


def _counting(result: Result, scenario: ScenarioResult) -> Count:
    return Count(len(facts.counting(scenario)), facts.at(result, scenario, "norms"), "counting")


def waiting(result: Result, scenario: ScenarioResult) -> Claim:
    """Say whether citizens wait longer or shorter than today."""
    difference = scenario.differences.get(facts.WAIT)
    way, at = facts.direction(difference), WaitingAt(scenario.letter)
    if difference is None or way is None:
        return Claim("waiting.unknown", {"at": at})
    form = {"cheaper": "shorter", "dearer": "longer", "no_clear_difference": "similar"}[way]
    path = facts.at(result, scenario, "differences", facts.WAIT)
    return Claim(f"waiting.{form}", {"hours": Hours(difference, path), "at": at})


def cautions(result: Result) -> list[Claim]:
    """Give what the reader has to know beside the verdict."""
    if facts.too_few(result):
        return []
    kind, found = result.verdict.kind, []
    if kind == "none_attains":
        found += [*_most_often(result), *_nearest(result)]
    close = tuple(x for x in result.verdict.close if facts.surely(facts.by_letter(result, x)))
    if kind == "cheapest_attaining" and close:
        found.append(Claim("caution.close", {"scenarios": Badges(close)}))
    unsure = tuple(
        scenario.letter for scenario in _rivals(result) if facts.unsure(result, scenario)
    )
    if unsure:
        values: dict[str, Value] = {
            "scenarios": Badges(unsure),
            "n": Count(result.replications, "replications"),
        }
        found.append(Claim("caution.undecided", values))
    return found


def _most_often(result: Result) -> list[Claim]:
    """Name the scenario that attains all norms together most often, though too seldom."""
    runs = [(norms, s) for s in _rivals(result) if (norms := s.all_norms)]
    if not runs or not _sometimes(result):
        return []
    norms, most = max(runs, key=lambda pair: pair[0].attained / pair[0].of)
    path = facts.at(result, most, "all_norms")
    values: dict[str, Value] = {
        "scenarios": Badges((most.letter,)),
        "k": Count(norms.attained, f"{path}.attained"),
        "n": Count(norms.of, f"{path}.of"),
        "enough": Enough(),
    }
    return [Claim("caution.sometimes", values)]


def _nearest(result: Result) -> list[Claim]:
    """Name the scenario whose weakest norm is nearest to its target."""
    candidates = _rivals(result)
    gaps = [(gap, s) for s in candidates if s.weakest and (gap := facts.distance(s))]
    if not gaps or len(candidates) == 1:
        return []
    gap, nearest = max(gaps, key=lambda pair: pair[0].mean)
    values: dict[str, Value] = {
        "scenarios": Badges((nearest.letter,)),
        "norm": NormOf(nearest.weakest or "", nearest.letter),
        "points": Points(gap, facts.at(result, nearest, "measures", facts.DISTANCE)),
    }
    return [Claim("caution.nearest" if gap.mean < 0 else "caution.nearest_above", values)]


def remark(result: Result, scenario: ScenarioResult) -> list[Claim]:
    """Say in a few words what a scenario comes down to: its cost, its service."""
    found = []
    if way := facts.direction(facts.cost(scenario)):
        found.append(Claim(f"remark.{way}"))
    if scenario.all_norms is not None and not facts.too_few(result):
        found.append(Claim(f"remark.{facts.standing(result, scenario)}"))
    return found


def forest_title(result: Result) -> Claim:
    """Give the takeaway of the scenario table: how many are cheaper, how many of them attain."""
    others = facts.comparable(result)
    if not others:
        return Claim("forest.alone")
    if not facts.has_costs(result):
        return attaining_title(result)
    if all(facts.direction(facts.cost(other)) is None for other in others):
        return Claim("forest.too_few")
    cheaper = [s.letter for s in others if facts.direction(facts.cost(s)) == "cheaper"]
    both = [letter for letter in cheaper if facts.surely(facts.by_letter(result, letter))]
    if not facts.has_norms(result):
        key = "forest.cheaper.count" if cheaper else "forest.cheaper.none"
        of = Count(len(others), "scenarios", "comparable")
        return Claim(key, {"n": Count(len(cheaper), "scenarios", "cheaper"), "of": of})
    counts: dict[str, Value] = {
        "n": Count(len(cheaper), "scenarios", "cheaper"),
        "both": Count(len(both), "scenarios", "cheaper_attaining"),
    }
    return Claim(_cheaper_key(len(cheaper), len(both)), counts)


def _cheaper_key(cheaper: int, both: int) -> str:
    if cheaper == 0:
        return "forest.cheaper.none"
    amount = "one" if cheaper == 1 else "more"
    share = "all" if both == cheaper else "some" if both else "none"
    return f"forest.cheaper.{amount}.{share}"


def attaining_title(result: Result) -> Claim:
    """Say which scenarios attain every norm."""
    shown = [facts.baseline(result), *facts.comparable(result)]
    letters = tuple(scenario.letter for scenario in shown if facts.surely(scenario))
    if not facts.has_norms(result):
        return Claim("attaining.no_norms")
    if facts.too_few(result):
        return Claim("attaining.too_few")
    if not letters:
        unsure = any(facts.unsure(result, scenario) for scenario in shown)
        state = "unsure" if unsure else "sometimes" if _sometimes(result) else "none"
        return Claim(f"attaining.{state}")
    if len(letters) == len(shown):
        return Claim("attaining.all" if len(shown) > 1 else "attaining.today")
    if len(letters) <= _FEW:
        return Claim("attaining.only", {"scenarios": Badges(letters)})
    return Claim(
        "attaining.some",
        {
            "n": Count(len(letters), "scenarios", "sure"),
            "of": Count(len(shown), "scenarios", "shown"),
        },
    )


def waterfall_title(result: Result, scenario: ScenarioResult) -> Claim:
    """Name the group of costs that matters most to the difference with today."""
    fall, badge = facts.waterfall(result, scenario), Badges((scenario.letter,))
    way = facts.direction(facts.cost(scenario))
    if fall is None or way is None:
        return Claim("waterfall.too_few", {"scenario": badge})
    sign = -1 if way == "cheaper" else 1
    same = [step for step in fall.steps if step[1] * sign > 0]
    if way == "no_clear_difference" or not same:
        return Claim(f"waterfall.{way}", {"scenario": badge})
    name, _ = max(same, key=lambda step: step[1] * sign)
    return Claim(
        f"waterfall.{way}.group", {"scenario": badge, "group": Group(name, scenario.letter)}
    )


def service_title(result: Result, scenario: ScenarioResult) -> Claim:
    """Say how many norms a scenario attains, and how many today does."""
    if facts.too_few(result):
        return Claim("service.too_few", {"scenario": Badges((scenario.letter,))})
    if scenario is facts.baseline(result):
        counts: dict[str, Value] = {
            "attained": _attained(result, scenario),
            "of": _counting(result, scenario),
        }
        return Claim("service.title_today", counts)
    today = facts.baseline(result)
    return Claim(
        "service.title",
        {
            "scenario": Badges((scenario.letter,)),
            "attained": _attained(result, scenario),
            "of": _counting(result, scenario),
            "today": _attained(result, today),
        },
    )
