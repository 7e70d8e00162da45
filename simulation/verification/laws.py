"""The exact figures of a case, by the formula of its family."""

from collections.abc import Callable
from math import erfc, exp, log, sqrt

from simulation.verification import formulas
from simulation.verification.case import Case, Family, Law, LawName

Exact = dict[str, float]
"""Value by the name of a figure."""


def exact(family: Family, case: Case) -> Exact:
    """Give the exact figures of a case."""
    known = _LAWS[family.law](case)
    return {figure: known[figure] for figure in case.figures or family.figures}


def _erlang_b(case: Case) -> Exact:
    blocked = formulas.erlang_b(case.agents, case.erlangs)
    return {"blocked": blocked, "busy": case.erlangs * (1 - blocked)}


def _erlang_c(case: Case) -> Exact:
    c, load = case.agents, case.erlangs
    wait = formulas.erlang_c_wait(c, load)
    return {"waits": formulas.erlang_c(c, load), "wait": wait, "queue": load * wait, "busy": load}


def _impatient(law: formulas.Impatient, case: Case) -> Exact:
    answered = case.erlangs * (1 - law.abandons)
    return {
        "waits": law.waits,
        "abandons": law.abandons,
        "wait": law.wait,
        "queue": case.erlangs * law.wait,
        "busy": answered,
    }


def _erlang_a(case: Case) -> Exact:
    patience = _patience(case)
    return _impatient(formulas.erlang_a(case.agents, case.erlangs, patience.mean), case)


def _m_m_c_g(case: Case) -> Exact:
    survival = survivals(_patience(case))
    return _impatient(formulas.impatient(case.agents, case.erlangs, survival, 40.0), case)


def _patience(case: Case) -> Law:
    if case.patience is None:
        raise ValueError(f"{case.name}: the formula needs a patience; add it to the case")
    return case.patience


def _trunks(case: Case) -> Exact:
    law = formulas.bounded(case.agents, case.agents + (case.places or 0), case.erlangs)
    return {
        "blocked": law.blocked,
        "waits": law.waits,
        "queue": law.queue,
        "wait": law.queue / case.erlangs,
        "busy": case.erlangs * (1 - law.blocked),
    }


def _m_g_1(case: Case) -> Exact:
    wait = formulas.wait_in_m_g_1(case.load, case.service.spread)
    return {"waits": case.load, "wait": wait, "queue": case.load * wait, "busy": case.load}


def _sharing(case: Case) -> Exact:
    shares = formulas.sharing(case.slowdown, case.load)
    chats = sum(n * share for n, share in enumerate(shares))
    return {"blocked": shares[-1], "busy": 1 - shares[0], "chats": chats}


def _chats(case: Case) -> Exact:
    law = formulas.chats(case.agents, case.slowdown, case.places or 0, case.erlangs)
    return {"blocked": law.blocked, "waits": law.waits, "queue": law.queue}


_LAWS: dict[LawName, Callable[[Case], Exact]] = {
    "erlang_b": _erlang_b,
    "erlang_c": _erlang_c,
    "erlang_a": _erlang_a,
    "trunks": _trunks,
    "m_g_1": _m_g_1,
    "m_m_c_g": _m_m_c_g,
    "sharing": _sharing,
    "chats": _chats,
}


def survivals(law: Law) -> Callable[[float], float]:
    """Give P(X > t) of a law, t in mean services.

    Raises
    ------
    ValueError
        For a family whose distribution function is not written here.
    """
    stays, mean = 1.0 - law.zero_share, law.mean
    if law.family == "exponential":
        return lambda time: stays * exp(-time / mean)
    if law.family == "deterministic":
        return lambda time: stays * float(time < mean)
    if law.family == "lognormal" and law.cv:
        sigma = sqrt(log(1 + law.cv * law.cv))
        centre = log(mean) - sigma * sigma / 2
        return lambda time: (
            stays * erfc((log(time) - centre) / sigma / sqrt(2)) / 2 if time > 0 else stays
        )
    raise ValueError(f"no distribution function of {law.family} patience is known here")
