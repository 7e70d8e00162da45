"""Made-up strategies, prices and assumptions for the example."""

from typing import Any

NORMS = (
    ("counter_15", "counter", "15 minutes", "clock", 0.9),
    ("phone_60", "phone", "60 seconds", "clock", 0.8),
    ("webcare_1", "webcare", "1 working days", "working_days", 0.9),
)
TITLES = {"counter": {"nl": "Balie", "en": "Counter"}, "phone": {"nl": "Telefoon", "en": "Phone"}}
REPLICATIONS = 30

STRATEGIES: list[dict[str, Any]] = [
    {
        "name": "today",
        "title": {"nl": "Huidige situatie", "en": "Today"},
        "staff": (310_000.0, 420_000.0, 8_000.0),
        "shares": (0.92, 0.79, 0.61),
        "wait": 6_400.0,
    },
    {
        "name": "information",
        "title": {"nl": "Alleen informatie", "en": "Information only"},
        "staff": (310_000.0, 420_000.0, 14_000.0),
        "shares": (0.925, 0.83, 0.60),
        "wait": 5_900.0,
    },
    {
        "name": "webcare_extra",
        "title": {"nl": "Webcare als extra kanaal", "en": "Webcare as an extra channel"},
        "staff": (310_000.0, 420_000.0, 39_000.0),
        "shares": (0.93, 0.86, 0.98),
        "wait": 5_200.0,
        "once": 25_000.0,
    },
    {
        "name": "webcare_rostered_down",
        "title": {
            "nl": "Webcare met minder uren aan balie en telefoon",
            "en": "Webcare with fewer hours at counter and phone",
        },
        "staff": (296_000.0, 391_000.0, 31_000.0),
        "shares": (0.918, 0.843, 0.955),
        "wait": 6_100.0,
        "once": 25_000.0,
    },
    {
        "name": "blended",
        "title": {"nl": "Gemengd team telefoon en webcare", "en": "Blended phone and webcare team"},
        "staff": (290_000.0, 380_000.0, 12_000.0),
        "shares": (0.86, 0.72, 0.93),
        "wait": 7_900.0,
        "once": 12_000.0,
    },
    {
        "name": "crisis",
        "title": {
            "nl": "Alleen informatie in een crisisweek",
            "en": "Information only in a crisis",
        },
        "staff": (310_000.0, 428_000.0, 16_000.0),
        "shares": (0.88, 0.51, 0.42),
        "wait": 15_900.0,
        "other": True,
    },
]

RATES = {
    "staff.counter.pay": 61_500.0,
    "staff.phone.pay": 58_200.0,
    "staff.webcare.pay": 62_100.0,
    "staff.phone.overhead": 20_000.0,
    "contact.telephony": 0.11,
    "month.webcare_tool": 1_750.0,
    "once.training": 1_000.0,
}

LINES: list[dict[str, Any]] = [
    {"name": "staff.counter.pay", "group": "staff.counter", "unit": "fte_year"},
    {"name": "staff.phone.pay", "group": "staff.phone", "unit": "fte_year"},
    {"name": "staff.webcare.pay", "group": "staff.webcare", "unit": "fte_year"},
    {"name": "staff.phone.overhead", "group": "staff.phone", "unit": "fte_year",
     "avoidable": False},
    {"name": "contact.telephony", "group": "contact", "unit": "contact",
     "title": {"nl": "Telefonie", "en": "Telephony"}},
    {"name": "month.webcare_tool", "group": "month", "unit": "month",
     "title": {"nl": "Software voor webcare", "en": "Webcare tool"}},
    {"name": "once.training", "group": "once", "unit": "once",
     "title": {"nl": "Invoering en opleiding", "en": "Implementation and training"}},
]  # fmt: skip

ASSUMPTIONS = [
    {"path": "demand.phone.yearly", "value": 1_500_000, "low": 1_400_000, "high": 1_600_000,
     "source": "Gemeente Amsterdam, Jaarverslag 2024", "date": "2025", "grade": "A"},
    {"path": "channels.phone.handling.mean", "value": "6 minutes", "low": "5 minutes",
     "high": "7.5 minutes", "grade": "C", "note": "Per gesprek, met nawerk."},
    {"path": "shift.substitution.webcare.stated_to_realised", "value": 0.12, "low": 0.04,
     "high": 0.25, "grade": "D"},
    {"path": "costs.pay_scales.scale_8.employer_charges", "value": 0.31, "source": "CAO Gemeenten",
     "date": "2026", "grade": "A"},
    {"path": "channels.webcare.extra_effort.screening", "value": "45 seconds"},
]  # fmt: skip

DUMP = {
    "channels": {
        "counter": {"title": TITLES["counter"], "kind": "live"},
        "phone": {"title": TITLES["phone"], "kind": "live"},
        "webcare": {"title": "Webcare", "kind": "deferred"},
    },
    "teams": {
        "counter": {"title": TITLES["counter"], "channels": {"counter": {}}},
        "phone": {"title": TITLES["phone"], "channels": {"phone": {}}},
        "webcare": {"title": "Webcare", "channels": {"webcare": {}}},
    },
}
