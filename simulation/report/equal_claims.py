"""What may be said about equal service: what the norms ask today, and what a strategy does itself.

The step from 0 to 0* is said to belong to no strategy, whichever way it goes.
"""

from simulation.comparison.document import Result, ScenarioResult
from simulation.report import equal, facts
from simulation.report.claim import (
    Amount,
    Badges,
    Claim,
    Confidence,
    Count,
    During,
    Fte,
    Gap,
    Money,
    Sentences,
    Share,
    Value,
)
from simulation.report.reader import half_width


def staffed(result: Result, form: str = "long") -> Claim:
    """Say how all scenarios were staffed; in ``long`` form also what that is for."""
    share = equal.equal_service(result).share
    return Claim(f"equal.staffed.{form}", {"share": Share(share, share, f"{equal.PATH}.share")})


def headline(result: Result) -> list[Sentences]:
    """Say at the top how all were staffed, and what the norms ask without any strategy."""
    if result.equal_service is None or facts.too_few(result):
        return []
    return [(staffed(result, "short"),), apart(result)]


def resolution(result: Result) -> list[Claim]:
    """Say what difference in costs cannot be told from none, and what fte leave out."""
    focus = facts.focus(result)
    smallest = equal.smallest_difference(result, focus) if focus else None
    sizes = _sizes(result)
    if focus is None or smallest is None or not sizes:
        return []
    place = facts.place(result, focus.letter)
    values: dict[str, Value] = {
        "scenario": Badges((focus.letter,)),
        "amount": Amount(smallest, f"{equal.PATH}.staffing.{place}.units", "steps", smallest),
        "fte": sizes[0],
    }
    contracts = Claim("equal.contracts")
    if len(sizes) == 1:
        return [Claim("equal.resolution", values), contracts]
    return [Claim("equal.resolution.range", values | {"most": sizes[-1]}), contracts]


def _sizes(result: Result) -> list[Fte]:
    """Give the smallest and the largest step of a team."""
    found = {
        size.step: Fte(size.step, f"{equal.PATH}.staffing.{place}.units.{order}.step")
        for place, each in enumerate(equal.equal_service(result).staffing)
        for order, size in enumerate(each.units)
        if size.step is not None
    }
    ends = sorted(found)
    return [found[step] for step in dict.fromkeys([*ends[:1], *ends[-1:]])]


def step(result: Result) -> list[Claim]:
    """Say whose the step from 0 to 0* is, and which norms and people it takes."""
    return [*meaning(result), _norms(result), _people(result)]


def apart(result: Result) -> Sentences:
    """Say what 0* costs against 0, and that it is no strategy's; nothing as rostered."""
    if result.equal_service is None:
        return ()
    return (*_cost(result), *meaning(result))


def decide(result: Result) -> list[Sentences]:
    """Give what there is to decide about the step from 0 to 0*, apart from any strategy."""
    told = result.equal_service
    difference = told.step.get(facts.STRUCTURAL) if told else None
    way = facts.direction(difference)
    if difference is None or way not in {"cheaper", "dearer"}:
        return []
    amount = Money(difference, equal.STEP, facts.baseline(result).letter)
    return [(Claim(f"equal.decide.{way}", {"amount": amount}),)]


def search(result: Result) -> Claim:
    """Say on how many simulations sizes were found, and what the search leaves open."""
    told = equal.equal_service(result)
    return Claim(
        "sure.sized",
        {
            "search": Count(told.search, f"{equal.PATH}.search"),
            "fresh": Count(told.fresh, f"{equal.PATH}.fresh"),
        },
    )


def _cost(result: Result) -> list[Claim]:
    difference = equal.equal_service(result).step.get(facts.STRUCTURAL)
    way = facts.direction(difference)
    if difference is None or way is None:
        return []
    values: dict[str, Value] = {
        "amount": Money(difference, equal.STEP, facts.baseline(result).letter),
        "gap": Gap(difference, equal.STEP),
        "confidence": Confidence(),
        "during": During(),
    }
    return [Claim(f"equal.step.{way}", values)]


def meaning(result: Result) -> list[Claim]:
    """Say whose the step is: nobody's."""
    told = equal.equal_service(result)
    way = facts.direction(told.step.get(facts.STRUCTURAL))
    if way is None:
        return []
    attained = "attained" if equal.attains(told.today.norms) else "missed"
    return [Claim(f"equal.meaning.{way}.{attained}")]


def _norms(result: Result) -> Claim:
    today, enough = equal.equal_service(result).today, facts.baseline(result)
    return Claim(
        "equal.norms",
        {
            "now": _attained(result, today),
            "now_of": _counting(result, today),
            "then": _attained(result, enough),
            "then_of": _counting(result, enough),
        },
    )


def _attained(result: Result, scenario: ScenarioResult) -> Count:
    return Count(facts.attained(scenario), facts.at(result, scenario, "norms"), "attained")


def _counting(result: Result, scenario: ScenarioResult) -> Count:
    return Count(len(facts.counting(scenario)), facts.at(result, scenario, "norms"), "counting")


def _people(result: Result) -> Claim:
    units, path = equal.equal_service(result).staffing[0].units, f"{equal.PATH}.staffing.0.units"
    return Claim(
        "equal.people",
        {
            "now": Fte(equal.fte(units, sized=False), path, "rostered"),
            "then": Fte(equal.fte(units), path, "sized"),
        },
    )


def staffing_title(result: Result, scenario: ScenarioResult) -> Claim:
    """Say how many people a strategy takes more or less than 0*."""
    place, badge = facts.place(result, scenario.letter), Badges((scenario.letter,))
    many = equal.more(result, place)
    if not many:
        return Claim("staffing.same", {"scenario": badge})
    amount = Fte(abs(many), f"{equal.PATH}.staffing.{place}.units", "more")
    way = "more" if many > 0 else "less"
    return Claim(f"staffing.{way}", {"scenario": badge, "fte": amount})


def sized_like(result: Result) -> list[Claim]:
    """Say which scenarios took their teams from another one, and why."""
    found = []
    for each, scenario in zip(equal.equal_service(result).staffing, result.scenarios, strict=True):
        if each.sized_for != each.letter:
            why = "rosters" if _same_people(result, scenario, each.sized_for) else "people"
            values: dict[str, Value] = {
                "scenario": Badges((each.letter,)),
                "other": Badges((each.sized_for,)),
            }
            found.append(Claim(f"equal.sized_like.{why}", values))
    return found


def _same_people(result: Result, scenario: ScenarioResult, letter: str) -> bool:
    return scenario.same_demand == facts.by_letter(result, letter).same_demand


def beyond(result: Result) -> list[Claim]:
    """Say what strategies cost against information only, where they give that information too."""
    found = []
    for scenario in facts.comparable(result):
        other = equal.yardstick(result, scenario)
        difference = equal.beyond(result, scenario, other) if other else None
        way = facts.direction(difference)
        if other is None or difference is None or way is None:
            continue
        values: dict[str, Value] = {
            "scenario": Badges((scenario.letter,)),
            "other": Badges((other.letter,)),
            "amount": Amount(
                difference.mean,
                facts.at(result, scenario, "raw", facts.STRUCTURAL),
                f"less.{facts.place(result, other.letter)}",
                half_width(difference) or 0.0,
            ),
        }
        found.append(Claim(f"equal.beyond.{way}", values))
    return found
