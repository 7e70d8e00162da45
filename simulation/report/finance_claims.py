"""What may be said about a business case: in a verdict, and about what can be booked.

Every sentence holds under the assumptions of the scenarios; nothing is said about other ones.
"""

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from simulation.finance.document import StrategyCase
from simulation.report import sensing, words
from simulation.report.bridging import steps
from simulation.report.case_view import THOUSAND, CaseView, booked, contracts, running_value
from simulation.report.reserving import reserve
from simulation.report.traced import Traced


def verdict(view: CaseView) -> Markup:
    """Say whether any strategy is worth its money over its life."""
    case, mark = view.case, view.reader.mark
    life = Traced(view.reader.number(case.terms.life), "terms.life")
    if not case.strategies:
        return mark("fin.verdict.nothing")
    best = case.strategies[view.best]
    amount = view.about(best.present_value, f"strategies.{view.best}.present_value")
    named = {"scenario": view.name(best.letter), "amount": amount, "life": life}
    return _capital(mark(f"fin.verdict.{_kind(view)}", **named))


def _kind(view: CaseView) -> str:
    """Give the kind of verdict, where there are strategies."""
    value = view.case.strategies[view.best].present_value
    if sensing.unsure(view):
        return "unsure"
    if abs(value) < THOUSAND / 2:
        return "even"
    if value > 0:
        return "saves"
    return "none" if len(view.case.strategies) > 1 else "costs"


_WITH_AMOUNT: Final = ("saves", "costs")
"""Verdicts that state the present value: what follows does not repeat it."""


def _capital(text: Markup) -> Markup:
    """Start with a capital, where a text starts with a name and no figure."""
    return Markup(words.upper_first(text))


def sentences(view: CaseView) -> Iterator[Markup]:
    """Explain the verdict: value, what to reserve and to book, and what the norms ask anyway."""
    if view.case.strategies:
        best = view.case.strategies[view.best]
        yield _value(view, best)
        yield from sensing.worth(view)
        if best.payback is not None or best.present_value >= 0:
            yield payback(view, best, view.best)
        yield from reserve(view, best, view.best)
        yield booking(view, best, view.best)
        if first_booked(best) is not None and best.present_value < 0:
            yield view.reader.mark("fin.booking.offset")
        yield from steps(view, best)
        yield already(view)


def _value(view: CaseView, strategy: StrategyCase) -> Markup:
    terms, reader = view.case.terms, view.reader
    side = "gain" if strategy.present_value >= 0 else "loss"
    kind, several = _kind(view), len(view.case.strategies) > 1
    told = "told." if kind in _WITH_AMOUNT else ""
    key = "even" if kind == "even" else f"{told}{'best' if several else 'only'}"
    return _capital(
        reader.mark(
            f"fin.value.{key}",
            scenario=view.name(strategy.letter),
            amount=view.about(strategy.present_value, f"strategies.{view.best}.present_value"),
            side=reader(f"fin.{side}"),
            prices=prices(view),
            rate=view.rate(terms.rate, "terms.rate"),
        )
    )


def prices(view: CaseView) -> Markup:
    """Say in which euros amounts are."""
    year = Traced(str(view.case.terms.price_level), "terms.price_level", "name")
    return view.reader.mark(f"fin.prices.{view.case.terms.prices}", year=year)


def payback(view: CaseView, strategy: StrategyCase, place: int) -> Markup:
    """Say after how many years a strategy has paid itself back; or never."""
    reader = view.reader
    if strategy.payback is None:
        life = Traced(reader.number(view.case.terms.life), "terms.life")
        return reader.mark("fin.payback.never", life=life)
    if not strategy.payback:
        return reader.mark("fin.payback.at_once")
    return reader.mark("fin.payback.after", years=view.payback(place))


def first_booked(strategy: StrategyCase) -> int | None:
    """Give the place of the first year in which contracts of today end because of a strategy."""
    found = (n for n, effect in enumerate(strategy.effects) if booked(effect)[0] > 0)
    return next(found, None)


def booking(view: CaseView, strategy: StrategyCase, place: int) -> Markup:
    """Say from which year how much can be booked."""
    reader, first = view.reader, first_booked(strategy)
    at = f"strategies.{place}.effects"
    if first is not None:
        most = max(range(len(strategy.effects)), key=lambda n: booked(strategy.effects[n])[1])
        many, amount = booked(strategy.effects[most])
        return reader.mark(
            "fin.booking.from" if most > first else "fin.booking.at_once",
            scenario=view.name(strategy.letter),
            first=Traced(str(view.year(first)), f"{at}.{first}.year", "name"),
            year=Traced(str(view.year(most)), f"{at}.{most}.year", "name"),
            contracts=Traced(contracts(many, reader), f"{at}.{most}.teams", "sum_cashable"),
            amount=view.about(amount, f"{at}.{most}.teams", "sum_cashable_euros"),
        )
    kept = [n for n, effect in enumerate(strategy.effects) if booked(effect)[0] < 0]
    if not kept:
        return reader.mark("fin.booking.nothing", scenario=view.name(strategy.letter))
    many, _ = booked(strategy.effects[kept[-1]])
    return reader.mark(
        "fin.booking.kept",
        scenario=view.name(strategy.letter),
        contracts=Traced(contracts(many, reader), f"{at}.{kept[-1]}.teams", "sum_cashable"),
    )


def already(view: CaseView) -> Markup:
    """Say what the norms ask of today's channels, without any strategy."""
    amount = view.case.strategies[0].effects[0].already
    side = view.side(amount)
    path = "strategies.0.effects.0"
    return view.reader.mark(
        f"fin.already.{side}",
        amount=view.about(amount, f"{path}.already"),
        year=Traced(str(view.year(0)), f"{path}.year", "name"),
    )


def line_title(view: CaseView) -> Markup:
    """Say how the present value of the best strategy runs over the years."""
    strategy = view.case.strategies[view.best]
    values = running_value(strategy, view.case.terms.rate)
    path, name = f"strategies.{view.best}.effects", view.name(strategy.letter)
    life = Traced(view.reader.number(view.case.terms.life), "terms.life")
    below = [n for n, value in enumerate(values) if value < 0]
    kind = _course(values, below)
    place = below[-1] + 1 if kind == "crosses" else 0
    year = Traced(str(view.year(place)), f"{path}.{place}.year", "name")
    return _capital(view.reader.mark(f"fin.line.{kind}", scenario=name, life=life, year=year))


def _course(values: list[float], below: list[int]) -> str:
    if not below:
        return "above"
    if values[-1] >= 0:
        return "crosses"
    return "below" if len(below) == len(values) else "ends_below"


def alike(view: CaseView) -> list[Markup]:
    """Name the strategies that have the same effects in every year."""
    found: dict[tuple[object, ...], list[str]] = {}
    for strategy in view.case.strategies:
        found.setdefault(strategy.effects, []).append(strategy.letter)
    return [
        view.reader.mark("fin.same", letters=view.reader.listing(letters))
        for letters in found.values()
        if len(letters) > 1
    ]
