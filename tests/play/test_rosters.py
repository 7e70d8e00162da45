"""Who is at work: shifts that begin and end, minimum crews, closed days, sites."""

from tests.play.by_hand import Come, clock, story

TWO_DAYS = {"start": "2026-01-05", "length": "2 days"}

SHIFTS = """
channels: {phone: {kind: live}, mail: {kind: deferred}}
teams:
  desk: {roster: [{from: "09:00", every: 1 hour, heads: HEADS}],
         channels: {phone: {}, mail: {}}}
"""


def shifts(*heads):
    """Give one team with heads for each hour from 9."""
    return SHIFTS.replace("HEADS", str(list(heads)))


def test_a_shift_is_from_its_start_until_before_its_end():
    told = story(shifts(1, 0, 1), Come(clock("08:58")), Come(clock("09:56")), Come(clock("10:00")))
    assert told.tell("started") == [clock("09:00"), clock("09:56"), clock("11:00")]


def test_who_waits_is_taken_when_a_shift_begins():
    told = story(shifts(0, 2), *[Come(clock("09:30") + minute) for minute in range(3)])
    assert told.tell("started") == [clock("10:00"), clock("10:00"), clock("10:05")]


def test_idle_agents_leave_first():
    told = story(shifts(2, 1), Come(clock("09:50"), handling=30))
    assert told.tell("started ended") == [(clock("09:50"), clock("10:20"))]
    assert told.present("desk") == [(clock("09:00"), 2), (clock("10:00"), 1), (clock("11:00"), 0)]


def test_a_busy_agent_finishes_a_live_contact_in_overtime_and_goes_home():
    told = story(shifts(1, 0), Come(clock("09:50"), handling=30), Come(clock("09:55")))
    assert told.tell("outcome ended", contact=0) == [("answered", clock("10:20"))]
    assert told.tell("started", contact=1) == [clock("tue 09:00")]
    assert told.present("desk") == [(clock("09:00"), 1), (clock("10:20"), 0)]


def test_of_two_busy_agents_the_first_to_finish_goes_home():
    told = story(
        shifts(2, 1, 0),
        Come(clock("09:50"), handling=30),
        Come(clock("09:51"), handling=20),
        Come(clock("10:15")),
    )
    assert told.tell("started") == [clock("09:50"), clock("09:51"), clock("10:20")]
    assert told.present("desk")[:2] == [(clock("09:00"), 2), (clock("10:11"), 1)]


def test_a_contact_that_ends_with_the_shift_makes_no_overtime():
    told = story(shifts(1, 0), Come(clock("09:55")), Come(clock("09:56")))
    assert told.tell("started")[1] == clock("tue 09:00")
    assert told.present("desk")[:2] == [(clock("09:00"), 1), (clock("10:00"), 0)]


def test_a_message_is_handed_back_with_its_remaining_effort():
    told = story(shifts(1, 0), Come(clock("09:50"), "mail", handling=30))
    assert told.tell("outcome started ended") == [("answered", clock("09:50"), clock("tue 09:20"))]
    assert told.spells() == [
        ("desk", "mail", clock("09:50"), clock("10:00")),
        ("desk", "mail", clock("tue 09:00"), clock("tue 09:20")),
    ]
    assert told.present("desk")[:2] == [(clock("09:00"), 1), (clock("10:00"), 0)]


def test_a_message_may_be_handed_back_more_than_once():
    told = story(shifts(1, 0), Come(clock("09:50"), "mail", handling=90))
    assert told.tell("ended") == [clock("wed 09:20")]
    assert [end - begin for *_, begin, end in told.spells()] == [10, 60, 20]


def test_a_message_whose_effort_ends_with_the_shift_is_answered():
    """There is no effort left to hand back."""
    told = story(shifts(1, 0), Come(clock("09:50"), "mail", handling=10))
    assert told.tell("outcome ended") == [("answered", clock("10:00"))]
    assert told.spells() == []
    assert told.present("desk")[:2] == [(clock("09:00"), 1), (clock("10:00"), 0)]


def test_a_message_handed_back_keeps_its_place_in_the_queue():
    told = story(
        shifts(1, 0), Come(clock("09:50"), "mail", handling=30), Come(clock("09:55"), "mail")
    )
    assert told.tell("ended") == [clock("tue 09:20"), clock("tue 09:25")]


def test_a_message_goes_back_rather_than_that_a_citizen_makes_overtime():
    told = story(
        shifts(2, 1),
        Come(clock("09:40"), "mail", handling=40),
        Come(clock("09:45"), "phone", handling=30),
    )
    assert told.tell("ended") == [clock("10:35"), clock("10:15")]
    assert told.present("desk")[:2] == [(clock("09:00"), 2), (clock("10:00"), 1)]


def test_the_message_that_was_begun_last_goes_back_first():
    told = story(
        shifts(2, 1),
        Come(clock("09:40"), "mail", handling=30),
        Come(clock("09:45"), "mail", handling=30),
    )
    assert told.tell("ended") == [clock("10:10"), clock("10:25")]


def test_another_team_finishes_a_message_at_its_own_pace():
    """10 of 30 minutes are left to do at factor 1; the other team takes twice as long."""
    told = story(
        """
        channels: {mail: {kind: deferred, teams: {fast: 1, slow: 2}}}
        teams:
          fast: {roster: [{from: "09:00", until: "10:00", heads: 1}], channels: {mail: {}}}
          slow: {roster: [{from: "09:00", until: "12:00", heads: 1}],
                 channels: {mail: {handling_factor: 2}}}
        """,
        Come(clock("09:40"), "mail", handling=30),
    )
    assert told.tell("team outcome started ended") == [
        ("slow", "answered", clock("09:40"), clock("10:20"))
    ]
    assert told.spells() == [
        ("fast", "mail", clock("09:40"), clock("10:00")),
        ("slow", "mail", clock("10:00"), clock("10:20")),
    ]


def test_remaining_effort_is_counted_before_the_factor_of_the_team():
    """Half of 2 x 30 minutes is done by 10:00: 15 minutes of effort are left."""
    told = story(
        """
        channels: {mail: {kind: deferred, teams: {slow: 1, fast: 2}}}
        teams:
          slow: {roster: [{from: "09:00", until: "10:00", heads: 1}],
                 channels: {mail: {handling_factor: 2}}}
          fast: {roster: [{from: "10:30", until: "12:00", heads: 1}], channels: {mail: {}}}
        """,
        Come(clock("09:30"), "mail", handling=30),
    )
    assert told.tell("team ended") == [("fast", clock("10:45"))]


def test_a_rise_first_keeps_who_was_about_to_leave():
    """Busy until 10:20 although the shift ended at 10:00; the rise at 10:10 is that agent."""
    text = """
    channels: {phone: {kind: live}}
    teams:
      desk:
        roster:
          - {from: "09:00", until: "10:00", heads: 1}
          - {from: "10:10", until: "11:00", heads: HEADS}
        channels: {phone: {}}
    """
    calls = Come(clock("09:50"), handling=30), Come(clock("10:05"))
    told = story(text.replace("HEADS", "1"), *calls)
    assert told.tell("started") == [clock("09:50"), clock("10:20")]
    assert told.present("desk")[:2] == [(clock("09:00"), 1), (clock("11:00"), 0)]
    told = story(text.replace("HEADS", "2"), *calls)
    assert told.tell("started") == [clock("09:50"), clock("10:10")]
    assert told.present("desk")[:3] == [
        (clock("09:00"), 1),
        (clock("10:10"), 2),
        (clock("11:00"), 0),
    ]


def test_a_rise_keeps_an_agent_who_finishes_chats():
    text = """
    channels: {chat: {kind: chat, slowdown: [1, 1]}}
    teams:
      desk:
        roster:
          - {from: "09:00", until: "10:00", heads: 1}
          - {from: "10:10", until: "11:00", heads: 1}
        channels: {chat: {}}
    """
    told = story(text, Come(clock("09:50"), handling=30), Come(clock("10:05")))
    assert told.tell("started") == [clock("09:50"), clock("10:10")]
    assert told.present("desk")[:2] == [(clock("09:00"), 1), (clock("11:00"), 0)]


def test_an_agent_about_to_leave_gets_no_new_chat():
    text = """
    channels: {chat: {kind: chat, slowdown: [1, 1]}}
    teams: {desk: {roster: [{from: "09:00", until: "10:00", heads: 1}], channels: {chat: {}}}}
    """
    told = story(text, Come(clock("09:50"), handling=30), Come(clock("10:05")))
    assert told.tell("started") == [clock("09:50"), clock("tue 09:00")]


def test_of_agents_with_chats_the_one_with_fewest_leaves():
    """Three chats over two agents at 10:00; the one with a single chat is done at 10:20."""
    text = """
    channels: {chat: {kind: chat, slowdown: [1, 1]}}
    teams: {desk: {roster: [{from: "09:00", every: 1 hour, heads: [2, 1]}], channels: {chat: {}}}}
    """
    told = story(
        text,
        Come(clock("09:50"), handling=60),
        Come(clock("09:50"), handling=30),
        Come(clock("09:50"), handling=60),
    )
    assert told.present("desk")[:3] == [
        (clock("09:00"), 2),
        (clock("10:20"), 1),
        (clock("11:00"), 0),
    ]


def test_shifts_of_equal_size_follow_each_other_without_a_break():
    told = story(
        """
        channels: {mail: {kind: deferred}}
        teams:
          desk:
            roster:
              - {from: "09:00", until: "12:00", heads: 1}
              - {from: "12:00", until: "15:00", heads: 1}
            channels: {mail: {}}
        """,
        Come(clock("11:50"), handling=30),
    )
    assert told.tell("ended") == [clock("12:20")]
    assert told.spells() == []


def test_a_minimum_crew_raises_low_numbers_and_leaves_empty_hours_empty():
    told = story(
        """
        channels: {phone: {kind: live}}
        teams:
          desk:
            minimum_crew: 2
            roster: [{from: "09:00", every: 1 hour, heads: [1, 3, 0]}]
            channels: {phone: {}}
        """
    )
    assert told.present("desk")[:3] == [
        (clock("09:00"), 2),
        (clock("10:00"), 3),
        (clock("11:00"), 0),
    ]


def test_a_team_is_off_on_closed_days_unless_it_is_on():
    text = """
    calendar: {closed: [2026-01-05]}
    channels: {phone: {kind: live, holidays: open}}
    teams:
      day: {roster: [{from: "09:00", until: "10:00", heads: 1}], channels: {phone: {}}}
      duty: {holidays: "on", roster: [{from: "09:00", until: "10:00", heads: 1}],
             channels: {phone: {}}}
    """
    told = story(text, horizon=TWO_DAYS)
    assert told.present("day")[0] == (clock("tue 09:00"), 1)
    assert told.present("duty")[0] == (clock("mon 09:00"), 1)


OFFICES = """
channels:
  counter: {kind: live, sites: {north: 0.5, south: 0.5}}
  mail: {kind: deferred}
teams:
  desk:
    sites: {north: [{heads: 1}], south: [{heads: 1}]}
    channels: {counter: {}, mail: {rank: 2}}
"""


def test_sites_do_not_pool():
    """Two wait in the north while the south has nothing to do."""
    told = story(OFFICES, *[Come(0, "counter", site="north")] * 3)
    assert told.tell("site team started") == [
        ("north", "desk/north", 0),
        ("north", "desk/north", 5),
        ("north", "desk/north", 10),
    ]


def test_each_site_has_its_own_places_to_wait():
    text = OFFICES.replace("kind: live,", "kind: live, queue_capacity: 1,")
    told = story(
        text, *[Come(0, "counter", site="north")] * 3, *[Come(0, "counter", site="south")] * 2
    )
    assert told.tell("outcome") == ["answered", "answered", "blocked", "answered", "answered"]


def test_people_of_every_site_serve_a_channel_without_sites():
    told = story(OFFICES, Come(0, "counter", site="north"), *[Come(1, "mail")] * 2)
    assert sorted(told.tell("team started", channel="mail")) == [
        ("desk/north", 5),
        ("desk/south", 1),
    ]


def test_a_team_without_sites_helps_at_all_of_them():
    text = OFFICES.replace(
        "sites: {north: [{heads: 1}], south: [{heads: 1}]}", "roster: [{heads: 1}]"
    )
    told = story(text, Come(0, "counter", site="north"), Come(1, "counter", site="south"))
    assert told.tell("started") == [0, 5]


def test_work_that_is_no_contact_is_rostered_and_present():
    told = story(
        """
        channels: {phone: {kind: live}}
        teams:
          desk: {roster: [{heads: 1}], channels: {phone: {}}}
          editors: {roster: [{from: "09:00", until: "13:00", heads: 2}]}
        """
    )
    assert told.present("editors")[:2] == [(clock("09:00"), 2), (clock("13:00"), 0)]
