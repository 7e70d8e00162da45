"""For every field of the scenario format: a change of it that must be noticed.

`TODAY` is a scenario in which much is going on. An entry is what differs from it on one side, or
on each of two sides, as values by dotted path; None takes a key away. Two sides must give other
measures, another bill or verdict, another page, or one of them must be refused.
"""

from typing import Any

Values = dict[str, Any]
Change = Values | tuple[Values, Values]

EXPONENTIAL = {"family": "exponential", "mean": "4 minutes"}
LATER = {"delay": {"family": "deterministic", "mean": "10 minutes"}}
PHONE, MAIL, CHAT, COUNTER = (f"channels.{name}" for name in ("phone", "mail", "chat", "counter"))
SOCIAL, FLYER, TRAFFIC = (
    "shift.substitution.social",
    "shift.deflection.flyer",
    "shift.induced.extra",
)
STORM, AGENTS, NORM = "events.storm", "teams.agents", "norms.fast"
RAMP = {"start": "2026-04-08 08:00", "duration": "8 hours", "initial": 0.2, "final": 0.9}
PLATFORMS = {"platforms": {"a": 0.6, "b": 0.5}}
NOMINAL = {
    "finance.prices": "nominal",
    "finance.nominal_rate": 0.04,
    "finance.indexation": {"pay": 0.02, "purchases": 0.03},
}
TAKEN_UP = "finance.adoption"
STEP = {"year": 2027, "amount": -900}
BUDGET = {
    "year": 2026,
    "entries": {"people": {"amount": 5_000, "covers": ["staff"]}, "else": {"amount": 100}},
}
GAP = {"entry": "people", "amount": -30}

TODAY: Values = {
    "kanaalkompas": 1,
    "title": "Today",
    # Wednesday to Friday after Easter.
    "horizon": {"start": "2026-04-08", "length": "44 hours", "warm_up": "1 hour"},
    "reasons": {"question": {"title": "A question"}, "report": {}},
    "demand": {
        "phone": {
            "reasons": {"question": 0.7, "report": 0.3},
            "rates": [{"from": "08:00", "until": "11:00", "per_hour": [30, 50, 40]}],
        },
        "mail": {"reasons": {"question": 1}, "rates": [{"per_hour": 5}]},
        "chat": {
            "reasons": {"report": 1},
            "rates": [{"from": "08:00", "until": "10:00", "per_hour": 30}],
        },
        "counter": {
            "reasons": {"question": 1},
            "yearly": 12_000,
            "hours": [{"from": "09:00", "weight": [1, 2]}],
        },
    },
    "variation": {"day_cv": 0.3},
    "events": {
        "storm": {
            "start": "2026-04-08 09:00",
            "contacts": 40,
            "decay": "1 hour",
            "reasons": {"report": 1},
            "channels": {"phone": 0.7, "mail": 0.3},
        }
    },
    "shift": {
        "deflection": {
            "flyer": {"shares": {"question": 0.2}, "channels": {"phone": 1, "mail": 0.5}}
        },
        "substitution": {
            "social": {
                "to": "mail",
                "willingness": {"question": 0.4},
                "channels": {"phone": 1},
                "reach": PLATFORMS,
            }
        },
        "induced": {"extra": {"to": "mail", "shares": {"question": 0.2}, "reach": PLATFORMS}},
    },
    "channels": {
        "phone": {
            "kind": "live",
            "open": [{"from": "08:30", "until": "11:00"}],
            "handling": {**EXPONENTIAL},
            "patience": {"family": "exponential", "mean": "3 minutes"},
            "queue_capacity": 6,
            "resolution": 0.9,
            "after_unresolved": LATER,
            "after_abandoned": {"probability": 0.5, "delay": EXPONENTIAL},
            "transfer": {"to": "office", "probability": 0.2},
        },
        "mail": {
            "kind": "deferred",
            "open": [{"from": "08:00", "until": "12:00"}],
            "handling": {**EXPONENTIAL},
            "patience": {"family": "exponential", "mean": "2 hours"},
            "after_impatient": {"probability": 0.5, "to": {"phone": 1}, **LATER},
        },
        "chat": {"kind": "chat", "handling": {**EXPONENTIAL}, "slowdown": [1, 1.3]},
        "counter": {
            "kind": "live",
            "open": [{"from": "09:00", "until": "11:00"}],
            "handling": EXPONENTIAL,
        },
        "office": {"kind": "deferred", "handling": EXPONENTIAL},
    },
    "lines": {"trunk": {"capacity": 9, "channels": ["phone"]}},
    "returns": {"max_attempts": 5},
    "teams": {
        "agents": {
            "roster": [{"from": "08:00", "until": "12:00", "heads": [5, 4, 5, 3]}],
            "channels": {"phone": {}, "mail": {}, "chat": {}},
            "absence": {"share": 0.2},
            "pay_scale": "s8",
        },
        "desk": {
            "roster": [{"from": "09:00", "until": "11:00", "heads": 3}],
            "channels": {"counter": {}, "phone": {"rank": 2}, "office": {"rank": 3}},
            "pay_scale": "s8",
        },
    },
    "norms": {"fast": {"channel": "phone", "within": "25 s", "target": 0.8}},
    "costs": {
        "price_level": 2026,
        "pay_scales": {"s8": {"monthly_salary": 3_500}},
        "per_contact": {"calls": {"channel": "phone", "amount": 0.2, "vat": "cost"}},
        "per_month": {"tool": {"amount": 900, "vat": "cost"}},
        "once": {"start": {"amount": 5_000, "vat": "cost"}},
    },
}  # fmt: skip


def handling(**parts: Any) -> Values:
    """Give another law of the handling of calls."""
    return {f"{PHONE}.handling": parts}


def two(field: str, one: Any, other: Any, **both: Any) -> tuple[Values, Values]:
    """Give two laws of the handling of calls that differ in one field."""
    return handling(**both, **{field: one}), handling(**both, **{field: other})


def also(shared: Values, one: Values, other: Values) -> tuple[Values, Values]:
    """Give two sides that share some values."""
    return {**shared, **one}, {**shared, **other}


DUTCH = {"calendar.public_holidays": "NL"}
HOLIDAYS = {
    **DUTCH,
    "horizon.start": "2026-04-02",
    "horizon.length": "6 days",
    f"{STORM}.start": "2026-04-03 09:00",
}
MAY = {
    **DUTCH,
    "horizon.start": "2026-05-04",
    "horizon.length": "48 hours",
    f"{STORM}.start": "2026-05-05 09:00",
}
ASCENSION = {
    **DUTCH,
    "horizon.start": "2026-05-14",
    "horizon.length": "44 hours",
    f"{STORM}.start": "2026-05-14 09:00",
}
YEARLY = {"demand.phone.rates": None, "demand.phone.yearly": 60_000}
TREND = {"shift.trend": {"phone": {"yearly_change": -0.2, "since": "2024-01-01"}}}
SITES = {f"{COUNTER}.sites": {"north": 0.6, "south": 0.4}}

SHIFTS: Values = {f"{AGENTS}.shifts": {"lengths": ["6 hours", "9 hours"]}}


def shifts(**parts: Any) -> tuple[Values, Values]:
    """Give two rules for shifts, the second with some parts that differ."""
    return SHIFTS, {f"{AGENTS}.shifts": {**SHIFTS[f"{AGENTS}.shifts"], **parts}}


CHANGES: dict[str, dict[str, Change]] = {
    "Scenario": {
        "kanaalkompas": {"kanaalkompas": 2},
        "title": {"title": "Another"},
        "why": {"why": "Because"},
        "organisation": {"organisation": "A town"},
        "horizon": {"horizon": {"start": "2026-04-09", "length": "44 hours"}},
        "seed": {"seed": 2},
        "replications": {"replications": 0},
        "staffing": {"staffing": "equal_service"},
        "calendar": {"calendar": {"closed": ["2026-04-08"]}},
        "reasons": {"reasons": {"question": {}, "report": {}, "other": {}}},
        "demand": {"demand.mail.rates": [{"per_hour": 7}]},
        "variation": {"variation": {}},
        "events": {"events": {}},
        "shift": {"shift": {}},
        "channels": {f"{PHONE}.queue_capacity": None},
        "lines": {"lines": {}},
        "returns": {"returns": {"max_attempts": 1}},
        "teams": {f"{AGENTS}.reserve": 3},
        "norms": {"norms": {}},
        "costs": {"costs": None},
        "finance": {"finance": {"life": 4}},
    },
    "Translated": {
        "nl": ({"title": {"nl": "Nu", "en": "Now"}}, {"title": {"nl": "Thans", "en": "Now"}}),
        "en": ({"title": {"nl": "Nu", "en": "Now"}}, {"title": {"nl": "Nu", "en": "Today"}}),
    },
    "Horizon": {
        "start": {"horizon.start": "2026-04-07"},
        "length": {"horizon.length": "30 hours"},
        "name": {"horizon.name": "two days in April"},
        "warm_up": {"horizon.warm_up": "9 hours"},
        "run_out": also({"horizon.length": "10 hours"}, {}, {"horizon.run_out": "cut"}),
    },
    "Calendar": {
        "public_holidays": also(HOLIDAYS, {}, {"calendar.public_holidays": "none"}),
        "good_friday_open": also(HOLIDAYS, {}, {"calendar.good_friday_open": False}),
        "liberation_day": also(MAY, {}, {"calendar.liberation_day": "closed"}),
        "bridge_days_closed": also(ASCENSION, {}, {"calendar.bridge_days_closed": True}),
        "closed": {"calendar.closed": ["2026-04-09"]},
        "open": also(HOLIDAYS, {}, {"calendar.open": ["2026-04-06"]}),
    },
    "Reason": {"title": {"reasons.question.title": "Something to ask"}},
    "Stream": {
        "channel": {"demand.chat.channel": "phone"},
        "reasons": {"demand.phone.reasons": {"report": 1}},
        "yearly": also(YEARLY, {}, {"demand.phone.yearly": 70_000}),
        "season": also(YEARLY, {}, {"demand.phone.season": [1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1]}),
        "weekdays": also(YEARLY, {}, {"demand.phone.weekdays": [1, 1, 3, 1, 1, 0, 0]}),
        "hours": also(YEARLY, {}, {"demand.phone.hours": [{"from": "09:00", "weight": [3, 1]}]}),
        "rates": {"demand.phone.rates": [{"per_hour": 8}]},
        "on_closed_days": also(
            {"calendar.closed": ["2026-04-08"]},
            {},
            {"demand.phone.on_closed_days": "next_open_day"},
        ),
    },
    "Block": {
        "days": {f"{PHONE}.open": [{"days": "thu", "from": "08:30", "until": "11:00"}]},
        "start": {f"{PHONE}.open": [{"from": "09:00", "until": "11:00"}]},
        "until": {f"{PHONE}.open": [{"from": "08:30", "until": "10:00"}]},
        "first_date": {
            f"{PHONE}.open": [{"from": "08:30", "until": "11:00", "first_date": "2026-04-09"}]
        },
        "last_date": {
            f"{PHONE}.open": [{"from": "08:30", "until": "11:00", "last_date": "2026-04-08"}]
        },
    },
    "SteppedBlock": {
        "every": {
            f"{AGENTS}.roster": [{"from": "08:00", "every": "30 minutes", "heads": [5, 4, 5, 3]}]
        }
    },
    "WeightBlock": {"weight": {"demand.counter.hours": [{"from": "09:00", "weight": [3, 1]}]}},
    "RateBlock": {"per_hour": {"demand.mail.rates": [{"per_hour": 6}]}},
    "HeadsBlock": {
        "heads": {"teams.desk.roster": [{"from": "09:00", "until": "11:00", "heads": 1}]}
    },
    "FactorBlock": {
        "factor": two(
            "by_arrival",
            [{"from": "09:00", "factor": 1.5}],
            [{"from": "09:00", "factor": 2}],
            **EXPONENTIAL,
        )
    },
    "Variation": {
        "year_cv": {"variation.year_cv": 0.3},
        "day_cv": {"variation.day_cv": 0.0},
        "day_autocorrelation": {"variation.day_autocorrelation": 0.9},
    },
    "Event": {
        "title": {f"{STORM}.title": "Storm Eunice"},
        "start": {f"{STORM}.start": "2026-04-08 10:00"},
        "contacts": {f"{STORM}.contacts": 60},
        "decay": {f"{STORM}.decay": "3 hours"},
        "reasons": {f"{STORM}.reasons": {"question": 1}},
        "channels": {f"{STORM}.channels": {"phone": 1}},
    },
    "Shift": {
        "trend": TREND,
        "deflection": {"shift.deflection": {}},
        "substitution": {"shift.substitution": {}},
        "induced": {"shift.induced": {}},
    },
    "Trend": {
        "yearly_change": also(TREND, {}, {"shift.trend.phone.yearly_change": 0.2}),
        "since": also(TREND, {}, {"shift.trend.phone.since": "2018-01-01"}),
    },
    "Deflection": {
        "shares": {f"{FLYER}.shares": {"question": 0.6}},
        "event_shares": {f"{FLYER}.event_shares": {"report": 0.8}},
        "channels": {f"{FLYER}.channels": {"mail": 1}},
        "adoption": {f"{FLYER}.adoption": RAMP},
    },
    "Ramp": {
        "start": also({f"{SOCIAL}.adoption": RAMP}, {}, {f"{SOCIAL}.adoption.start": "2026-04-09"}),
        "duration": also(
            {f"{SOCIAL}.adoption": RAMP}, {}, {f"{SOCIAL}.adoption.duration": "3 days"}
        ),
        "initial": also({f"{SOCIAL}.adoption": RAMP}, {}, {f"{SOCIAL}.adoption.initial": 0.9}),
        "final": also({f"{SOCIAL}.adoption": RAMP}, {}, {f"{SOCIAL}.adoption.final": 0.2}),
    },
    "Substitution": {
        "to": {f"{SOCIAL}.to": "chat"},
        "willingness": {f"{SOCIAL}.willingness": {"question": 0.8}},
        "stated_to_realised": {f"{SOCIAL}.stated_to_realised": 0.3},
        "channels": {f"{SOCIAL}.channels": {"phone": 0.5}},
        "reach": {f"{SOCIAL}.reach": None},
        "adoption": {f"{SOCIAL}.adoption": RAMP},
        "hours": {f"{SOCIAL}.hours": [{"from": "11:00", "weight": [1, 1]}]},
    },
    "Reach": {
        "platforms": {f"{SOCIAL}.reach.platforms": {"a": 0.3}},
        "offered": {f"{SOCIAL}.reach.offered": ["b"]},
        "overlap": {f"{SOCIAL}.reach.overlap": 1.0},
    },
    "Induced": {
        "to": {f"{TRAFFIC}.to": "chat"},
        "shares": {f"{TRAFFIC}.shares": {"question": 0.5}},
        "reach": {f"{TRAFFIC}.reach": None},
        "adoption": {f"{TRAFFIC}.adoption": RAMP},
    },
    "BaseChannel": {
        "title": {f"{PHONE}.title": "Telephone line"},
        "open": {f"{PHONE}.open": "always"},
        "holidays": also({"calendar.closed": ["2026-04-08"]}, {}, {f"{PHONE}.holidays": "open"}),
        "sites": also(
            {"teams.desk.roster": [{"heads": 1}], f"{COUNTER}.queue_capacity": 1}, {}, SITES
        ),
        "teams": {f"{PHONE}.teams": {"agents": 2, "desk": 1}},
        "handling": {f"{PHONE}.handling.mean": "5 minutes"},
        "handling_by_reason": {f"{PHONE}.handling_by_reason": {"report": LATER["delay"]}},
        "wrap_up": {f"{PHONE}.wrap_up": EXPONENTIAL},
        "extra_effort": {f"{MAIL}.extra_effort": {"signing": "20 s"}},
        "resolution": {f"{PHONE}.resolution": 0.5},
        "resolution_by_reason": {f"{PHONE}.resolution_by_reason": {"report": 0.1}},
        "transfer": {f"{PHONE}.transfer": None},
        "patience": {f"{PHONE}.patience": None},
        "after_unresolved": {f"{PHONE}.after_unresolved": None},
        "backlog": {f"{MAIL}.backlog": 20},
    },
    "WaitingChannel": {
        "queue_capacity": {f"{PHONE}.queue_capacity": 1},
        "divert": {f"{PHONE}.divert": {"after": "30 s", "to": "mail"}},
        "at_closing": also(
            {f"{AGENTS}.channels.phone.handling_factor": 3},
            {},
            {f"{PHONE}.at_closing": "send_away"},
        ),
        "after_abandoned": {f"{PHONE}.after_abandoned": None},
        "after_blocked": {f"{PHONE}.after_blocked": LATER},
        "after_closed": {f"{PHONE}.after_closed": LATER},
        "after_sent_away": also(
            {f"{AGENTS}.channels.phone.handling_factor": 3, f"{PHONE}.at_closing": "send_away"},
            {},
            {f"{PHONE}.after_sent_away": {**LATER, "to": {"mail": 1}}},
        ),
    },
    "Live": {"kind": {f"{COUNTER}.kind": "deferred"}},
    "Chat": {
        "kind": {f"{CHAT}.kind": "live", f"{CHAT}.slowdown": None},
        "slowdown": {f"{CHAT}.slowdown": [1, 1.9, 2.5]},
    },
    "Deferred": {
        "kind": {"channels.office.kind": "live"},
        "after_impatient": {f"{MAIL}.after_impatient": None},
    },
    "Transfer": {
        "to": {f"{PHONE}.transfer.to": "mail"},
        "probability": {f"{PHONE}.transfer.probability": 0.6},
        "by_reason": {f"{PHONE}.transfer.by_reason": {"report": 1.0}},
    },
    "Divert": {
        "after": also(
            {f"{PHONE}.divert": {"after": "30 s", "to": "mail"}},
            {},
            {f"{PHONE}.divert.after": "90 s"},
        ),
        "to": also(
            {f"{PHONE}.divert": {"after": "30 s", "to": "mail"}}, {}, {f"{PHONE}.divert.to": "chat"}
        ),
    },
    "Return": {
        "probability": {f"{PHONE}.after_abandoned.probability": 1.0},
        "delay": {f"{PHONE}.after_abandoned.delay": LATER["delay"]},
        "to": {f"{PHONE}.after_abandoned.to": {"mail": 1}},
    },
    "Lines": {
        "capacity": {"lines.trunk.capacity": 3},
        "channels": also(
            {"lines.trunk.capacity": 4}, {}, {"lines.trunk.channels": ["phone", "chat"]}
        ),
    },
    "Returns": {
        "patience": {"returns.patience": "per_contact"},
        "effort": {"returns.effort": "per_attempt"},
        "max_attempts": {"returns.max_attempts": 1},
    },
    "Family": {
        "zero_share": {f"{PHONE}.handling.zero_share": 0.4},
        "cap": {f"{PHONE}.handling.cap": "5 minutes"},
        "by_arrival": {f"{PHONE}.handling.by_arrival": [{"factor": 1.5}]},
    },
    "Exponential": {
        "family": handling(family="other"),
        "mean": handling(family="exponential", mean="5 min"),
    },
    "Gamma": {
        "family": handling(family="gamma", mean="4 minutes", cv=0.5),
        "mean": two("mean", "4 minutes", "5 minutes", family="gamma", cv=0.5),
        "cv": two("cv", 0.5, 2, family="gamma", mean="4 minutes"),
        "shape": two("shape", 2, 3, family="gamma", scale="2 minutes"),
        "scale": two("scale", "2 minutes", "3 minutes", family="gamma", shape=2),
    },
    "Erlang": {
        "family": handling(family="erlang", stages=3, mean="4 minutes"),
        "stages": two("stages", 2, 20, family="erlang", mean="4 minutes"),
        "mean": two("mean", "4 minutes", "5 minutes", family="erlang", stages=3),
        "stage_mean": two("stage_mean", "1 minute", "2 minutes", family="erlang", stages=3),
    },
    "Lognormal": {
        "family": handling(family="lognormal", mean="4 minutes", cv=1),
        "mean": two("mean", "4 minutes", "5 minutes", family="lognormal", cv=1),
        "cv": two("cv", 0.5, 2, family="lognormal", mean="4 minutes"),
        "mu": two("mu", 5, 5.5, family="lognormal", sigma=0.5),
        "sigma": two("sigma", 0.5, 1, family="lognormal", mu=5),
    },
    "Weibull": {
        "family": handling(family="weibull", mean="4 minutes", cv=0.5),
        "shape": two("shape", 1.5, 3, family="weibull", mean="4 minutes"),
        "mean": two("mean", "4 minutes", "5 minutes", family="weibull", cv=0.5),
        "cv": two("cv", 0.5, 2, family="weibull", mean="4 minutes"),
        "scale": two("scale", "4 minutes", "5 minutes", family="weibull", shape=2),
    },
    "Hyperexponential": {
        "family": handling(family="hyperexponential", mean="4 minutes", cv=2),
        "mean": two("mean", "4 minutes", "5 minutes", family="hyperexponential", cv=2),
        "cv": two("cv", 1.5, 3, family="hyperexponential", mean="4 minutes"),
        "weights": two(
            "weights", [0.5, 0.5], [0.9, 0.1], family="hyperexponential", means=["1 min", "9 min"]
        ),
        "means": two(
            "means",
            ["1 min", "9 min"],
            ["2 min", "9 min"],
            family="hyperexponential",
            weights=[0.5, 0.5],
        ),
    },
    "Uniform": {
        "family": handling(family="uniform", low="1 minute", high="7 minutes"),
        "low": two("low", "1 minute", "2 minutes", family="uniform", high="7 minutes"),
        "high": two("high", "7 minutes", "8 minutes", family="uniform", low="1 minute"),
    },
    "Deterministic": {
        "family": handling(family="deterministic", mean="4 minutes"),
        "mean": two("mean", "4 minutes", "5 minutes", family="deterministic"),
    },
    "Empirical": {
        "family": handling(family="empirical", observed=["4 minutes"]),
        "observed": two("observed", ["3 min", "5 min"], ["3 min", "6 min"], family="empirical"),
        "weights": two("weights", [1, 1], [1, 5], family="empirical", observed=["3 min", "5 min"]),
    },
    "Team": {
        "title": {f"{AGENTS}.title": "The crew"},
        "roster": {"teams.desk.roster": [{"heads": 1}]},
        "sites": also(
            SITES,
            {},
            {
                "teams.desk.roster": None,
                "teams.desk.sites": {"north": [{"heads": 2}], "south": [{"heads": 1}]},
            },
        ),
        "channels": {f"{AGENTS}.channels": {"mail": {}, "chat": {}}},
        "reserve": {f"{AGENTS}.reserve": 2},
        "minimum_crew": {f"{AGENTS}.minimum_crew": 5},
        "holidays": also({"calendar.closed": ["2026-04-08"]}, {}, {f"{AGENTS}.holidays": "on"}),
        "shrinkage": {f"{AGENTS}.shrinkage": 0.2},
        "absence": {f"{AGENTS}.absence": None},
        "shifts": SHIFTS,
        "pay_scale": {f"{AGENTS}.pay_scale": None},
    },
    "Shifts": {
        "lengths": shifts(lengths=["5 hours", "9 hours"]),
        "start_every": shifts(start_every="1 hour"),
        "break_after": shifts(break_after="6 hours"),
        "break_length": shifts(break_length="1 hour"),
        "contracts": shifts(contracts=[36]),
        "max_days": shifts(max_days=1),
        "rest": shifts(rest="13 hours"),
        "extra_pay": shifts(extra_pay=[]),
    },
    "ExtraPay": {
        "share": also(
            {},
            shifts(extra_pay=[{"from": "20:00", "share": 0.3}])[1],
            shifts(extra_pay=[{"from": "20:00", "share": 0.5}])[1],
        ),
    },
    "Service": {
        "rank": {f"{AGENTS}.channels.chat.rank": 2},
        "handling_factor": {f"{AGENTS}.channels.phone.handling_factor": 1.2},
        "handling_factor_by_reason": {
            f"{AGENTS}.channels.phone.handling_factor_by_reason": {"report": 2}
        },
    },
    "Absence": {
        "share": {f"{AGENTS}.absence.share": 0.6},
        "spell": also({f"{AGENTS}.absence.share": 0.5}, {}, {f"{AGENTS}.absence.spell": "1 day"}),
    },
    "Norm": {
        "title": {f"{NORM}.title": "Quickly"},
        "channel": {f"{NORM}.channel": "chat"},
        "within": {f"{NORM}.within": "60 s"},
        "within_working_time": {
            "norms.slow": {"channel": "mail", "within_working_time": "1 hour", "target": 0.5}
        },
        "within_working_days": {
            "norms.slow": {"channel": "mail", "within_working_days": 1, "target": 0.5}
        },
        "target": {f"{NORM}.target": 0.2},
        "formula": {f"{NORM}.formula": "answered_within / answered"},
        "period": {f"{NORM}.period": "month"},
        "counts": {f"{NORM}.counts": False},
    },
    "Costs": {
        "price_level": {"costs.price_level": 2025},
        "contract_hours": {"costs.contract_hours": 1_363},
        "pay_scales": {"costs.pay_scales": {}},
        "per_contact": {"costs.per_contact": {}},
        "per_month": {"costs.per_month": {}},
        "once": {"costs.once": {}},
    },
    "PayScale": {
        "title": {"costs.pay_scales.s8.title": "Scale eight"},
        "monthly_salary": {"costs.pay_scales.s8.monthly_salary": 3_600},
        "individual_budget": {"costs.pay_scales.s8.individual_budget": 0.17},
        "employer_charges": {"costs.pay_scales.s8.employer_charges": 0.27},
        "hire": {"costs.pay_scales.s8.hire": 1_000},
        "workplace": {"costs.pay_scales.s8.workplace": 1_000},
        "overhead": {"costs.pay_scales.s8.overhead": 1_000},
        "overtime_factor": {"costs.pay_scales.s8.overtime_factor": 2.0},
        "includes": also(
            {"costs.per_month.tool.team": "agents", "costs.per_month.tool.covers": "seat"},
            {},
            {"costs.pay_scales.s8.includes": ["seat"]},
        ),
    },
    "ContactLine": {
        "title": {"costs.per_contact.calls.title": "Call charges"},
        "channel": {"costs.per_contact.calls.channel": "mail"},
        "amount": {"costs.per_contact.calls.amount": 0.3},
        "per": {"costs.per_contact.calls.per": "offered"},
        "vat": {"costs.per_contact.calls.vat": "compensable"},
    },
    "MonthLine": {
        "title": {"costs.per_month.tool.title": "The tool"},
        "amount": {"costs.per_month.tool.amount": 950},
        "team": {"costs.per_month.tool.team": "nobody"},
        "covers": also(
            {"costs.pay_scales.s8.includes": ["seat"], "costs.per_month.tool.team": "agents"},
            {},
            {"costs.per_month.tool.covers": "seat"},
        ),
        "minimum_months": {"costs.per_month.tool.minimum_months": 12},
        "avoidable": {"costs.per_month.tool.avoidable": False},
        "vat": {"costs.per_month.tool.vat": "compensable"},
    },
    "OnceLine": {
        "title": {"costs.once.start.title": "Getting ready"},
        "amount": {"costs.once.start.amount": 6_000},
        "depreciation_years": {"costs.once.start.depreciation_years": 4},
        "vat": {"costs.once.start.vat": "compensable"},
    },
    "Finance": {
        "first_year": {"finance.first_year": 2027},
        "years": {"finance.years": 2},
        "life": {"finance.life": 6},
        "prices": also(NOMINAL, {"finance.prices": "nominal"}, {"finance.prices": "constant"}),
        "real_rate": {"finance.real_rate": 0.03},
        "nominal_rate": also(NOMINAL, {}, {"finance.nominal_rate": 0.06}),
        "indexation": also(NOMINAL, {}, {"finance.indexation": None}),
        "adoption": {"finance.adoption": {"first_year": 0.5, "full_after": 2}},
        "workforce": {"finance.workforce": {"agents": {"contract": 20}}},
        "transition": {"finance.transition": {"hiring": 500}},
        "overhead": {"finance.overhead.floor": {"year": 2027, "amount": -900}},
        "interest": also(
            {"costs.once.start.depreciation_years": 4}, {}, {"finance.interest": 0.02}
        ),
        "price_index": also(
            {"finance.budget": {**BUDGET, "year": 2024}},
            {"finance.price_index": {"2024": 100, "2026": 104}},
            {"finance.price_index": {"2024": 100, "2026": 108}},
        ),
        "budget": {"finance.budget": BUDGET},
    },
    "Budget": {
        "year": also(
            {"finance.budget": BUDGET, "finance.price_index": {"2024": 100, "2026": 104}},
            {},
            {"finance.budget.year": 2024},
        ),
        "total": also({"finance.budget": BUDGET}, {}, {"finance.budget.total": 1}),
        "entries": also(
            {"finance.budget": BUDGET}, {}, {"finance.budget.entries.more": {"amount": 5}}
        ),
        "gaps": also({"finance.budget": BUDGET}, {}, {"finance.budget.gaps.more": GAP}),
    },
    "BudgetEntry": {
        name: also({"finance.budget": BUDGET}, {}, {f"finance.budget.entries.people.{name}": value})
        for name, value in {
            "title": "People",
            "amount": 6_000,
            "covers": ["staff.agents"],
            "taakveld": "0.4",
        }.items()
    },
    "Gap": {
        name: also(
            {"finance.budget": {**BUDGET, "gaps": {"vacancy": GAP}}},
            {},
            {f"finance.budget.gaps.vacancy.{name}": value},
        )
        for name, value in {"title": "A vacancy", "entry": "else", "amount": 40}.items()
    },
    "Adoption": {
        "first_year": also({"finance.adoption.full_after": 2}, {}, {f"{TAKEN_UP}.first_year": 0.5}),
        "full_after": also({f"{TAKEN_UP}.first_year": 0.5}, {}, {f"{TAKEN_UP}.full_after": 2}),
    },
    "Indexation": {
        "pay": also(NOMINAL, {}, {"finance.indexation.pay": 0.05}),
        "purchases": also(NOMINAL, {}, {"finance.indexation.purchases": 0.05}),
    },
    "Workforce": {
        name: {f"finance.workforce.agents.{name}": value}
        for name, value in {
            "contract": 20,
            "flexible": 0.5,
            "attrition": 0.5,
            "redeployment": 0.5,
            "redundancy": 1.0,
            "takes_over": ["desk"],
        }.items()
    },
    "Transition": {
        name: also({"finance.workforce.agents.flexible": 1}, {}, {f"finance.transition.{name}": 2})
        for name in ("hiring", "training", "lead_time", "settling_in", "dual_running", "advice")
    },
    "OverheadStep": {
        name: also({"finance.overhead.floor": STEP}, {}, {f"finance.overhead.floor.{name}": value})
        for name, value in {"title": "The floor", "year": 2028, "amount": -700}.items()
    },
}

READ_ON_THE_PAGE = {
    "Scenario.why",
    "Scenario.organisation",
    "BaseChannel.title",
    "Team.title",
    "Costs.price_level",
    "ContactLine.vat",
    "MonthLine.vat",
    "OnceLine.vat",
    "Norm.title",
    "ContactLine.title",
    "MonthLine.title",
    "OnceLine.title",
}
"""Fields that play and bill do not use, and readers see."""

ROSTERED = {"Team.shifts", "ExtraPay.share", *(f"Shifts.{name}" for name in CHANGES["Shifts"])}
"""Fields of which a roster of people is made; by heads, nothing depends on them."""

BUDGETED = {
    "Scenario.finance",
    *(
        f"{kind}.{field}"
        for kind in (
            "Finance",
            "Adoption",
            "Indexation",
            "Workforce",
            "Transition",
            "OverheadStep",
            "Budget",
            "BudgetEntry",
            "Gap",
        )
        for field in CHANGES[kind]
    ),
    "OnceLine.depreciation_years",
}
"""Fields of which budgets by year are made; one simulated year does not look at them."""

STATED = {
    "Reason.title",
    "Event.title",
    "PayScale.title",
    "Scenario.staffing",
}
"""Fields that say what an amount or a name means: kept with the result, for whoever checks it. And
what a command does unless told otherwise: see ``tests/cli/test_equal_service.py``."""
