"""How a business case is weighed, and its key figures."""

from collections.abc import Iterator

from markupsafe import Markup

from simulation.report.case_view import CaseView, booked, contracts
from simulation.report.finance_claims import prices
from simulation.report.traced import Traced


def keys(view: CaseView) -> Iterator[tuple[Markup, str]]:
    """Give the key figures of the best strategy."""
    if not view.case.strategies:
        return
    reader, best, place = view.reader, view.case.strategies[view.best], view.settled
    path, effect = f"strategies.{view.best}", best.effects[view.settled]
    at = f"{path}.effects.{place}"
    year = Traced(str(effect.year), f"{at}.year", "name")
    named = {"scenario": view.name(best.letter), "year": year}
    life = Traced(reader.number(view.case.terms.life), "terms.life")
    many, amount = booked(effect)
    ended = Traced(contracts(max(many, 0), reader), f"{at}.teams", "sum_cashable")
    yield (
        reader.mark("fin.key.value", life=life, **named),
        view.effect(-best.present_value, f"{path}.present_value"),
    )
    yield reader.mark("fin.key.payback", **named), view.payback(view.best)
    yield (
        reader.mark("fin.key.structural", **named),
        view.effect(effect.structural, f"{at}.structural", opens=view.bill(best.letter, place)),
    )
    yield (
        reader.mark("fin.key.booked", contracts=ended, **named),
        view.effect(-amount if many > 0 else 0.0, f"{at}.teams", "sum_cashable_thousands"),
    )


def terms(view: CaseView) -> list[tuple[str, Markup]]:
    """Give how years and euros are weighed, as terms with their explanation."""
    reader, own = view.reader, view.case.terms
    first, last = view.year(0), view.year(own.years - 1)
    found: list[tuple[str, dict[str, str]]] = [
        ("years", {"first": Traced(str(first), "terms.first_year", "name"),
                   "last": Traced(str(last), "terms.years", "last_year"),
                   "end": Traced(str(view.year(own.life - 1)), "terms.life", "end_year")}),
        ("prices", {"prices": prices(view),
                    "rate": view.rate(own.rate, "terms.rate")}),
    ]  # fmt: skip
    if own.prices == "nominal":
        found.append(
            ("indexation", {"pay": view.rate(own.pay, "terms.pay"),
                            "purchases": view.rate(own.purchases, "terms.purchases")})
        )  # fmt: skip
    found.append(
        ("simulated", {"search": Traced(reader.number(view.case.search), "search"),
                       "fresh": Traced(reader.number(view.case.fresh), "fresh")})
    )  # fmt: skip
    return [
        (reader(f"fin.terms.{key}.term"), reader.mark(f"fin.terms.{key}", **values))
        for key, values in found
    ]
