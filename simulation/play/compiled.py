# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""The model as one loop over flat tables: what `engine` defines, to the microsecond.

This file is Python, and Cython compiles it as it stands: types of ``cython`` mean nothing to
Python and make C of the compiled module. `tables` lays the plan out as arrays.

Everything is a number here. An attempt under way has a slot in arrays of equal length; queues,
messages at work and an agent's chats are linked lists through those slots. Three sources of
events are merged by (time, order): first attempts, which stand ready in order of time; the
timetable of rosters and opening hours; and a heap for what play itself brings about. An event
that no longer holds stays in the heap: its time is no longer the one in the slot.

A rule changes in `service`, `shifts`, `engine` or `citizens` first, and here after it; functions
and columns have the names they have there. Only the main loop makes room in arrays, enough for
any one event, so that nothing below it can fail.
"""

from typing import Any

import cython
import numpy as np
from cython import (
    bint,
    cast,
    cclass,
    cfunc,
    double,
    exceptval,
    final,
    inline,
    longlong,
    pointer,
    schar,
    short,
    uchar,
    ulonglong,
    void,
)

from simulation.contacts.table import Contacts
from simulation.play.plan import Plan
from simulation.play.record import ATTEMPT, PRESENCE, SPELL, Record
from simulation.play.tables import PURPOSES, Tables, tables

# The order at one instant: class of event, contact, attempt, and the end of work before the end
# of a conversation. The classes of the timetable come before these.
COMPLETION = cython.declare(cython.const[cython.longlong], 4 << 44)
ABANDONMENT = cython.declare(cython.const[cython.longlong], 5 << 44)
ARRIVAL = cython.declare(cython.const[cython.longlong], 6 << 44)
HANG_UP = cython.declare(cython.const[cython.longlong], 1)
CLASS_BITS = cython.declare(cython.const[cython.longlong], 44)
CONTACT_BITS = cython.declare(cython.const[cython.longlong], 13)

# Kinds of marks in the timetable.
ROSTER = cython.declare(cython.const[cython.longlong], 1)
CLOSING = cython.declare(cython.const[cython.longlong], 2)

# Outcomes and causes, as `record` numbers them.
ANSWERED = cython.declare(cython.const[cython.longlong], 0)
ABANDONED = cython.declare(cython.const[cython.longlong], 1)
BLOCKED = cython.declare(cython.const[cython.longlong], 2)
DIVERTED = cython.declare(cython.const[cython.longlong], 3)
SENT_AWAY = cython.declare(cython.const[cython.longlong], 4)
CLOSED = cython.declare(cython.const[cython.longlong], 5)
IN_SERVICE = cython.declare(cython.const[cython.longlong], 6)
WAITING = cython.declare(cython.const[cython.longlong], 7)
UNRESOLVED = cython.declare(cython.const[cython.longlong], 1)
AFTER_ABANDONING = cython.declare(cython.const[cython.longlong], 2)
AFTER_BLOCKING = cython.declare(cython.const[cython.longlong], 3)
AFTER_CLOSING = cython.declare(cython.const[cython.longlong], 4)
AFTER_SENDING_AWAY = cython.declare(cython.const[cython.longlong], 5)
IMPATIENT = cython.declare(cython.const[cython.longlong], 6)
DIVERSION = cython.declare(cython.const[cython.longlong], 7)
TRANSFER = cython.declare(cython.const[cython.longlong], 8)
CAUSES = cython.declare(cython.const[cython.longlong], 9)

# Places in `PURPOSES`.
DRAW_AGENT = cython.declare(cython.const[cython.longlong], 0)
DRAW_RESOLUTION = cython.declare(cython.const[cython.longlong], 1)
DRAW_TRANSFER = cython.declare(cython.const[cython.longlong], 2)
DRAW_PATIENCE = cython.declare(cython.const[cython.longlong], 3)
DRAW_EFFORT = cython.declare(cython.const[cython.longlong], 4)
DRAW_WRAP_UP = cython.declare(cython.const[cython.longlong], 5)
DRAW_SITE = cython.declare(cython.const[cython.longlong], 6)
DRAW_TRY = cython.declare(cython.const[cython.longlong], 7)
DRAW_DELAY = cython.declare(cython.const[cython.longlong], 8)
DRAW_TARGET = cython.declare(cython.const[cython.longlong], 9)

# Where a slot's attempt is.
NOWHERE = cython.declare(cython.const[cython.longlong], 0)
COMING = cython.declare(cython.const[cython.longlong], 1)
IN_QUEUE = cython.declare(cython.const[cython.longlong], 2)
OVERNIGHT = cython.declare(cython.const[cython.longlong], 3)
AT_WORK = cython.declare(cython.const[cython.longlong], 4)

NOBODY = cython.declare(cython.const[cython.longlong], -1)
NEVER = cython.declare(cython.const[cython.longlong], -1)
FOREVER = cython.declare(cython.const[cython.longlong], 1 << 62)
HUGE = cython.declare(cython.const[cython.longlong], 1 << 61)
MILLION = cython.declare(cython.const[cython.longlong], 1_000_000)
MASK = cython.declare(cython.ulonglong, 0xFFFF_FFFF_FFFF_FFFF)
STEP = cython.declare(cython.ulonglong, 0x9E37_79B9_7F4A_7C15)
FACTOR_1 = cython.declare(cython.ulonglong, 0xBF58_476D_1CE4_E5B9)
FACTOR_2 = cython.declare(cython.ulonglong, 0x94D0_49BB_1331_11EB)
TOP = cython.declare(cython.const[cython.longlong], 3)
"""Place of the first event: the four children of place p stand together from 4 (p - 2) on."""
SPARE = cython.declare(cython.const[cython.longlong], 16)

COMPILED: bool = cython.compiled
"""Whether this module runs as C."""


def play(plan: Plan, contacts: Contacts, replication: int) -> Record:
    """Play one replication.

    Parameters
    ----------
    plan : the scenario, compiled
    contacts : who comes, in order of time
    replication : its number, for the draws of absence

    Returns
    -------
    What happened; the same bytes as from `engine.play`.
    """
    record: Record = Play(tables(plan), contacts, plan.timetable(replication)).run()
    return record


@cfunc
def _numbers(memory: Any) -> pointer[longlong]:
    """Give where whole numbers stand; whoever asks keeps the memory."""
    if not cython.compiled:
        return memoryview(memory)
    numbers: longlong[::1] = memory
    return cython.address(numbers[0])


@cfunc
def _bits(memory: Any) -> pointer[ulonglong]:
    """Give where words of 64 bits stand."""
    if not cython.compiled:
        return memoryview(memory)
    bits: ulonglong[::1] = memory
    return cython.address(bits[0])


@cfunc
def _shorts(memory: Any) -> pointer[short]:
    """Give where short numbers stand."""
    if not cython.compiled:
        return memoryview(memory)
    shorts: short[::1] = memory
    return cython.address(shorts[0])


@cfunc
def _fractions(memory: Any) -> pointer[double]:
    """Give where fractions stand."""
    if not cython.compiled:
        return memoryview(memory)
    fractions: double[::1] = memory
    return cython.address(fractions[0])


@cfunc
def _longer(memory: Any, length: Any) -> Any:
    """Give numbers with zeros added."""
    longer = np.zeros(length, np.int64)
    longer[: len(memory)] = memory
    return longer


@cfunc
def _longer_bytes(memory: Any, length: Any) -> Any:
    """Give memory of a length, with what is in it and anything after that."""
    longer = np.empty(length, np.uint8)
    if memory is not None:
        longer[: len(memory)] = memory
    return longer


@cfunc
def _address(memory: uchar[::1]) -> pointer[uchar]:
    return cython.address(memory[0])


Known = cython.struct(attempts=short, tries=short, resolved=short)
"""What is remembered of a contact: attempts made (0: only the first), tries, whether resolved."""

Event = cython.struct(order=longlong, slot=longlong)
"""An event of the heap: its place among those at its instant, and its attempt."""

Slot = cython.struct(
    contact=longlong,
    number=longlong,
    order=longlong,
    channel=longlong,
    reason=longlong,
    queue=longlong,
    cause=longlong,
    state=longlong,
    arrived=longlong,
    since=longlong,
    started=longlong,
    resumed=longlong,
    patience=longlong,
    effort=longlong,
    wrap_up=longlong,
    work=longlong,
    team=longlong,
    agent=longlong,
    whole=longlong,
    on_line=longlong,
    done=longlong,
    goodbye=longlong,
    timer=longlong,
    after=longlong,
    before=longlong,
)
"""An attempt under way, with its neighbours in the list that it stands in."""

Agent = cython.struct(
    team=longlong,
    begin=longlong,
    updated=longlong,
    leaves=longlong,
    chats=longlong,
    head=longlong,
    tail=longlong,
    after=longlong,
    before=longlong,
)
"""An agent with chats: the ends of the list of them, and the neighbours in the team's list."""

Row = cython.struct(
    contact=cython.int,
    number=short,
    channel=short,
    site=short,
    team=short,
    outcome=schar,
    cause=schar,
    whole=schar,
    resolved=schar,
    arrived=longlong,
    since=longlong,
    started=longlong,
    ended=longlong,
)
"""How an attempt ended: the bytes of `ATTEMPT`."""


@final
@cclass
class Play:
    """One replication while it runs."""

    memory: list[Any]
    """What owns the memory of columns."""

    # Contacts, by number
    contacts: longlong
    who_time: pointer[longlong]
    who_key: pointer[ulonglong]
    who_reason: pointer[short]
    who_channel: pointer[short]
    who_site: pointer[short]
    who_patience: pointer[longlong]
    who_handling: pointer[longlong]
    who_wrap_up: pointer[longlong]
    known: pointer[Known]
    known_memory: Any

    # The timetable
    shifts: longlong
    shift_time: pointer[longlong]
    shift_kind: pointer[longlong]
    shift_which: pointer[longlong]
    shift_heads: pointer[longlong]

    # The plan
    end: longlong
    warm_up: longlong
    max_attempts: longlong
    keep_patience: bint
    keep_effort: bint
    reasons: longlong
    most_chats: longlong
    purposes: pointer[ulonglong]
    channel_deferred: pointer[longlong]
    channel_serves: pointer[longlong]
    channel_capacity: pointer[longlong]
    channel_line: pointer[longlong]
    channel_divert_after: pointer[longlong]
    channel_divert_to: pointer[longlong]
    channel_first_queue: pointer[longlong]
    channel_transfer_to: pointer[longlong]
    channel_transfer: pointer[ulonglong]
    channel_resolution: pointer[ulonglong]
    slowdown_begin: pointer[longlong]
    slowdown: pointer[longlong]
    opening_begin: pointer[longlong]
    opening: pointer[longlong]
    last_call_begin: pointer[longlong]
    last_call: pointer[longlong]
    site_begin: pointer[longlong]
    site_edge: pointer[ulonglong]
    queue_channel: pointer[longlong]
    queue_only: pointer[longlong]
    queue_begin: pointer[longlong]
    rank_begin: pointer[longlong]
    rank_teams: pointer[longlong]
    team_reserve: pointer[longlong]
    team_begin: pointer[longlong]
    group_begin: pointer[longlong]
    group_queues: pointer[longlong]
    team_factor: pointer[longlong]
    line_capacity: pointer[longlong]
    rule_of: pointer[longlong]
    rule_chance: pointer[ulonglong]
    rule_pool: pointer[longlong]
    target_begin: pointer[longlong]
    target_edge: pointer[ulonglong]
    target_channel: pointer[longlong]
    patience_pool: pointer[longlong]
    wrap_up_pool: pointer[longlong]
    handling_pool: pointer[longlong]
    extra: pointer[longlong]
    pools: pointer[longlong]
    factor_begin: pointer[longlong]
    factor_from: pointer[longlong]
    factor_to: pointer[longlong]
    factor: pointer[double]

    # Channels, queues, lines and teams
    channels: longlong
    queues: longlong
    teams: longlong
    is_open: pointer[longlong]
    overnight_head: pointer[longlong]
    overnight_tail: pointer[longlong]
    count: pointer[longlong]
    head: pointer[longlong]
    tail: pointer[longlong]
    closing: pointer[longlong]
    lines: pointer[longlong]
    scheduled: pointer[longlong]
    present: pointer[longlong]
    idle: pointer[longlong]
    leaving: pointer[longlong]
    message_head: pointer[longlong]
    message_tail: pointer[longlong]
    chatting_head: pointer[longlong]
    chatting_tail: pointer[longlong]

    # Slots of attempts
    slots: longlong
    most_pushed: longlong
    free_slot: longlong
    slots_used: longlong
    slot: pointer[Slot]
    slot_memory: Any
    scratch: pointer[longlong]

    # Slots of agents with chats
    agents: longlong
    free_agent: longlong
    agents_used: longlong
    agent: pointer[Agent]
    agent_memory: Any

    # The heap
    heap_time: pointer[longlong]
    heap_times: Any
    heap: pointer[Event]
    heap_memory: Any
    heap_size: longlong
    heap_room: longlong
    heap_gap: bint

    # What is written down
    row: pointer[Row]
    row_memory: Any
    rows_used: longlong
    rows_room: longlong
    spells: pointer[longlong]
    spells_memory: Any
    spells_used: longlong
    spells_room: longlong
    presences: pointer[longlong]
    presences_memory: Any
    presences_used: longlong
    presences_room: longlong
    cut_off: pointer[longlong]

    def __init__(self, tables: Tables, contacts: Contacts, timetable: Any) -> None:
        self.memory = [tables]
        self._read_contacts(contacts)
        self._read_plan(tables)
        self._set_floor(tables)
        self.shifts = len(timetable)
        columns = np.array(timetable, np.int64).reshape(-1, 4).T
        self.shift_time = _numbers(self._kept(columns[0]))
        self.shift_kind = _numbers(self._kept(columns[1]))
        self.shift_which = _numbers(self._kept(columns[2]))
        self.shift_heads = _numbers(self._kept(columns[3]))

    @cfunc
    def _kept(self, column: Any) -> Any:
        """Give a column in one piece, and keep it as long as this is played."""
        column = np.ascontiguousarray(column)
        self.memory.append(column)
        return column

    @cfunc
    def _column(self, length: Any) -> pointer[longlong]:
        """Give a column of zeros."""
        return _numbers(self._kept(np.zeros(length, np.int64)))

    @cfunc
    def _read_contacts(self, contacts: Any) -> Any:
        self.contacts = len(contacts)
        self.who_time = _numbers(self._kept(contacts.time))
        self.who_key = _bits(self._kept(contacts.key))
        self.who_reason = _shorts(self._kept(contacts.reason))
        self.who_channel = _shorts(self._kept(contacts.channel))
        self.who_site = _shorts(self._kept(contacts.site))
        self.who_patience = _numbers(self._kept(contacts.patience))
        self.who_handling = _numbers(self._kept(contacts.handling))
        self.who_wrap_up = _numbers(self._kept(contacts.wrap_up))
        if cython.compiled:
            self.known_memory = np.zeros((len(contacts) + 1) * cython.sizeof(Known), np.uint8)
            self.known = cast(pointer(Known), _address(self.known_memory))
        else:
            self.known = [Known(0, 0, 0) for _ in range(len(contacts))]

    @cfunc
    def _read_plan(self, tables: Any) -> Any:
        plan = tables.plan
        self.end = plan.end
        self.warm_up = plan.scenario.horizon.warm_up
        self.max_attempts = plan.max_attempts
        self.keep_patience = plan.keep_patience
        self.keep_effort = plan.keep_effort
        self.reasons = len(plan.scenario.reasons)
        self.most_chats = max(len(channel.slowdown) for channel in plan.channels)
        self.purposes = _bits(PURPOSES)
        self.channel_deferred = _numbers(tables.channel_deferred)
        self.channel_serves = _numbers(tables.channel_serves)
        self.channel_capacity = _numbers(tables.channel_capacity)
        self.channel_line = _numbers(tables.channel_line)
        self.channel_divert_after = _numbers(tables.channel_divert_after)
        self.channel_divert_to = _numbers(tables.channel_divert_to)
        self.channel_first_queue = _numbers(tables.channel_first_queue)
        self.channel_transfer_to = _numbers(tables.channel_transfer_to)
        self.channel_transfer = _bits(tables.channel_transfer)
        self.channel_resolution = _bits(tables.channel_resolution)
        self.slowdown_begin = _numbers(tables.slowdown_begin)
        self.slowdown = _numbers(tables.slowdown)
        self.opening_begin = _numbers(tables.opening_begin)
        self.opening = _numbers(tables.opening)
        self.last_call_begin = _numbers(tables.last_call_begin)
        self.last_call = _numbers(tables.last_call)
        self.site_begin = _numbers(tables.site_begin)
        self.site_edge = _bits(tables.site_edge)
        self.queue_channel = _numbers(tables.queue_channel)
        self.queue_only = _numbers(tables.queue_only)
        self.queue_begin = _numbers(tables.queue_begin)
        self.rank_begin = _numbers(tables.rank_begin)
        self.rank_teams = _numbers(tables.rank_teams)
        self.team_reserve = _numbers(tables.team_reserve)
        self.team_begin = _numbers(tables.team_begin)
        self.group_begin = _numbers(tables.group_begin)
        self.group_queues = _numbers(tables.group_queues)
        self.team_factor = _numbers(tables.team_factor)
        self.line_capacity = _numbers(tables.line_capacity)
        self.rule_of = _numbers(tables.rule_of)
        self.rule_chance = _bits(tables.rule_chance)
        self.rule_pool = _numbers(tables.rule_pool)
        self.target_begin = _numbers(tables.target_begin)
        self.target_edge = _bits(tables.target_edge)
        self.target_channel = _numbers(tables.target_channel)
        self.patience_pool = _numbers(tables.patience_pool)
        self.wrap_up_pool = _numbers(tables.wrap_up_pool)
        self.handling_pool = _numbers(tables.handling_pool)
        self.extra = _numbers(tables.extra)
        self.pools = _numbers(tables.pools)
        self.factor_begin = _numbers(tables.factor_begin)
        self.factor_from = _numbers(tables.factor_from)
        self.factor_to = _numbers(tables.factor_to)
        self.factor = _fractions(tables.factor)

    @cfunc
    def _set_floor(self, tables: Any) -> Any:
        self.channels = len(tables.channel_line)
        self.queues = len(tables.queue_channel)
        self.teams = len(tables.team_reserve)
        self.is_open = self._column(self.channels)
        self.overnight_head = self._column(self.channels)
        self.overnight_tail = self._column(self.channels)
        self.cut_off = self._column(self.channels)
        self.count = self._column(self.queues)
        self.head = self._column(self.queues)
        self.tail = self._column(self.queues)
        self.closing = self._column(self.queues)
        self.lines = self._column(len(tables.line_capacity))
        self.scheduled = self._column(self.teams)
        self.present = self._column(self.teams)
        self.idle = self._column(self.teams)
        self.leaving = self._column(self.teams)
        self.message_head = self._column(self.teams)
        self.message_tail = self._column(self.teams)
        self.chatting_head = self._column(self.teams)
        self.chatting_tail = self._column(self.teams)
        for each in range(self.channels):
            self.overnight_head[each] = self.overnight_tail[each] = NOBODY
        for each in range(self.queues):
            self.head[each] = self.tail[each] = NOBODY
        for each in range(self.teams):
            self.message_head[each] = self.message_tail[each] = NOBODY
            self.chatting_head[each] = self.chatting_tail[each] = NOBODY
        self.slots = self.slots_used = self.agents = self.agents_used = 0
        self.free_slot = self.free_agent = NOBODY
        self.heap_size = self.heap_room = self.heap_gap = 0
        self.rows_room = self.spells_room = self.presences_room = 0
        self.rows_used = self.spells_used = self.presences_used = 0
        self.slot_memory = self.agent_memory = self.heap_memory = self.row_memory = None
        self.heap_times = np.zeros(0, np.int64)
        self.spells_memory = self.presences_memory = self.heap_times
        if not cython.compiled:
            self.slot, self.agent, self.heap, self.row = [], [], [], []

    # Room in arrays

    @cfunc
    @inline
    @exceptval(check=False)
    def _is_full(self) -> bint:
        """Whether an event might not find room: it ends, begins or moves each attempt once."""
        return (
            2 * (self.slots_used + SPARE) > self.slots
            or self.agents_used + self.slots > self.agents
            or self.heap_size + self.most_pushed > self.heap_room
            or self.rows_used + self.slots > self.rows_room
            or self.spells_used + self.slots > self.spells_room
            or self.presences_used + self.slots > self.presences_room
        )

    @cfunc
    def _make_room(self) -> Any:
        """See that any one event finds room."""
        if self.slots < 2 * (self.slots_used + SPARE):
            self._add_slots(4 * (self.slots_used + SPARE))
        if self.agents < self.agents_used + self.slots:
            self._add_agents(2 * (self.agents_used + self.slots))
        self.most_pushed = 2 * (self.most_chats + 1) * self.slots
        if self.heap_room < self.heap_size + self.most_pushed:
            self._add_events(2 * (self.heap_size + self.most_pushed))
        if self.rows_room < self.rows_used + self.slots:
            self._add_rows(max(self.contacts, self.rows_used) * 5 // 4 + self.slots)
        if self.spells_room < self.spells_used + self.slots:
            self.spells_room = 2 * (self.spells_used + self.slots)
            self.spells_memory = _longer(self.spells_memory, 4 * self.spells_room)
            self.spells = _numbers(self.spells_memory)
        if self.presences_room < self.presences_used + self.slots:
            self.presences_room = 2 * (self.presences_used + self.slots)
            self.presences_memory = _longer(self.presences_memory, 3 * self.presences_room)
            self.presences = _numbers(self.presences_memory)

    @cfunc
    def _add_rows(self, size: longlong) -> Any:
        if cython.compiled:
            self.row_memory = _longer_bytes(self.row_memory, size * cython.sizeof(Row))
            self.row = cast(pointer(Row), _address(self.row_memory))
        else:
            self.row = [*self.row, *(Row(*[0] * 13) for _ in range(self.rows_room, size))]
        self.rows_room = size

    @cfunc
    def _add_events(self, size: longlong) -> Any:
        # Beyond the last event every time is `FOREVER`.
        places = size + TOP + 4
        times = np.full(places, FOREVER)
        times[: len(self.heap_times)] = self.heap_times
        self.heap_times = times
        self.heap_time = _numbers(times)
        if cython.compiled:
            self.heap_memory = _longer_bytes(self.heap_memory, places * cython.sizeof(Event))
            self.heap = cast(pointer(Event), _address(self.heap_memory))
        else:
            self.heap = [*self.heap, *(Event(0, 0) for _ in range(len(self.heap), places))]
        self.heap_room = size

    @cfunc
    def _add_slots(self, size: longlong) -> Any:
        if cython.compiled:
            self.slot_memory = _longer_bytes(self.slot_memory, size * cython.sizeof(Slot))
            self.slot = cast(pointer(Slot), _address(self.slot_memory))
        else:
            self.slot = [*self.slot, *(Slot(*[0] * 25) for _ in range(self.slots, size))]
        self.scratch = self._column(size)
        for slot in range(self.slots, size):
            self.slot[slot].after = slot + 1
            self.slot[slot].state = NOWHERE
        self.slot[size - 1].after = self.free_slot
        self.free_slot = self.slots
        self.slots = size

    @cfunc
    def _add_agents(self, size: longlong) -> Any:
        if cython.compiled:
            self.agent_memory = _longer_bytes(self.agent_memory, size * cython.sizeof(Agent))
            self.agent = cast(pointer(Agent), _address(self.agent_memory))
        else:
            self.agent = [*self.agent, *(Agent(*[0] * 9) for _ in range(self.agents, size))]
        for agent in range(self.agents, size):
            self.agent[agent].after = agent + 1
        self.agent[size - 1].after = self.free_agent
        self.free_agent = self.agents
        self.agents = size

    # The main loop

    def run(self) -> Any:
        """Play until everyone has left, or until the cut."""
        coming: longlong = 0
        shift: longlong = 0
        arrives: longlong = self.who_time[0] if self.contacts else FOREVER
        shifts: longlong = self.shift_time[0] if self.shifts else FOREVER
        self._make_room()
        while True:
            if self._is_full():
                self._make_room()
            time: longlong = self.heap_time[TOP]
            if shifts <= arrives and shifts <= time:
                if shifts >= self.end:
                    break
                self._turn_shift(shift)
                shift += 1
                shifts = self.shift_time[shift] if shift < self.shifts else FOREVER
            elif arrives < time or (
                arrives == time and ARRIVAL | coming << CONTACT_BITS | 2 < self.heap[TOP].order
            ):
                if arrives >= self.end:
                    break
                self._arrive(self._first_attempt(coming), arrives)
                coming += 1
                arrives = self.who_time[coming] if coming < self.contacts else FOREVER
            else:
                if time >= self.end:
                    break
                self._happen(time)
        self._censor()
        return self._record()

    @cfunc
    @inline
    @exceptval(check=False)
    def _happen(self, time: longlong) -> void:
        """Let the first event of the heap happen, if it still holds."""
        order = self.heap[TOP].order
        slot = self.heap[TOP].slot
        kind = order >> CLASS_BITS << CLASS_BITS
        self.heap_gap = True
        if order | HANG_UP != kind | self.slot[slot].order | HANG_UP:
            pass  # that attempt is over, and another has its slot
        elif kind == COMPLETION:
            if order & HANG_UP:
                if self.slot[slot].goodbye == time:
                    self._free_line(slot)
            elif self.slot[slot].done == time:
                if self.slot[slot].agent != NOBODY:
                    self._complete_chat(slot, time)
                else:
                    self._complete(slot, time)
        elif kind == ABANDONMENT:
            if self.slot[slot].timer == time:
                self.slot[slot].timer = NEVER
                self._end_wait(slot, time)
        elif self._still_wants(slot):
            self._arrive(slot, time)
        else:
            self._forget(slot)
        if self.heap_gap:
            self._close_gap()

    # The heap. What happens leaves a gap at its top, for the first event that follows from it.

    @cfunc
    @inline
    @exceptval(check=False)
    def _schedule(self, kind: longlong, slot: longlong, time: longlong) -> longlong:
        """Put an event into the heap; give its time."""
        order = kind | self.slot[slot].order
        if self.heap_gap:
            self.heap_gap = False
            self._rise(self._sink(time, self.heap_size + TOP), time, order, slot)
        else:
            self.heap_size += 1
            self._rise(self.heap_size + TOP - 1, time, order, slot)
        return time

    @cfunc
    @exceptval(check=False)
    def _close_gap(self) -> void:
        """Fill the gap at the top with the last event."""
        self.heap_gap = False
        self.heap_size -= 1
        last: longlong = self.heap_size + TOP
        time: longlong = self.heap_time[last]
        self.heap_time[last] = FOREVER
        if last > TOP:
            self._rise(self._sink(time, last), time, self.heap[last].order, self.heap[last].slot)

    @cfunc
    @inline
    @exceptval(check=False)
    def _sink(self, time: longlong, last: longlong) -> longlong:
        """Let the gap go down along the earliest children, as far as an event may have to."""
        place: longlong = TOP
        child: longlong = TOP + 1
        while child < last:
            best = self._earliest(child)
            if self.heap_time[best] > time:
                break
            self.heap_time[place] = self.heap_time[best]
            self.heap[place] = self.heap[best]
            place = best
            child = 4 * (place - TOP + 1)
        return place

    @cfunc
    @inline
    @exceptval(check=False)
    def _rise(self, place: longlong, time: longlong, order: longlong, slot: longlong) -> void:
        """Put an event at a free place of the heap, or above it."""
        parent = place // 4 + TOP - 1
        while place > TOP and (
            self.heap_time[parent] > time
            or (self.heap_time[parent] == time and self.heap[parent].order > order)
        ):
            self.heap_time[place] = self.heap_time[parent]
            self.heap[place] = self.heap[parent]
            place = parent
            parent = place // 4 + TOP - 1
        self.heap_time[place] = time
        self.heap[place] = Event(order, slot)

    @cfunc
    @inline
    @exceptval(check=False)
    def _earliest(self, child: longlong) -> longlong:
        """Give the place of the earliest of four children; the first of them is at ``child``."""
        best: longlong = child
        time: longlong = self.heap_time[child]
        for other in range(child + 1, child + 4):
            then: longlong = self.heap_time[other]
            if then == time:
                if then < FOREVER and self.heap[other].order < self.heap[best].order:
                    best = other
            else:
                # Nobody can guess which is earlier, a processor least of all: no branch.
                best = other if then < time else best
                time = then if then < time else time
        return best

    # Slots

    @cfunc
    @inline
    @exceptval(check=False)
    def _new_slot(self, contact: longlong, number: longlong, time: longlong) -> longlong:
        slot = self.free_slot
        self.free_slot = self.slot[slot].after
        self.slots_used += 1
        self.slot[slot].contact = contact
        self.slot[slot].number = number
        self.slot[slot].order = contact << CONTACT_BITS | number << 1
        self.slot[slot].reason = self.who_reason[contact]
        self.slot[slot].arrived = self.slot[slot].since = time
        self.slot[slot].started = NEVER
        self.slot[slot].resumed = NEVER
        self.slot[slot].team = self.slot[slot].agent = NOBODY
        self.slot[slot].whole = 1
        self.slot[slot].on_line = 0
        self.slot[slot].done = self.slot[slot].goodbye = self.slot[slot].timer = NEVER
        self.slot[slot].state = COMING
        return slot

    @cfunc
    @inline
    @exceptval(check=False)
    def _first_attempt(self, contact: longlong) -> longlong:
        slot = self._new_slot(contact, 1, self.who_time[contact])
        channel = self.who_channel[contact]
        self.slot[slot].channel = channel
        self.slot[slot].queue = self.channel_first_queue[channel] + self.who_site[contact]
        self.slot[slot].cause = 0
        self.slot[slot].patience = self.who_patience[contact]
        self.slot[slot].wrap_up = self.who_wrap_up[contact]
        self.slot[slot].effort = self.who_handling[contact] + self.who_wrap_up[contact]
        return slot

    @cfunc
    @inline
    @exceptval(check=False)
    def _forget(self, slot: longlong) -> void:
        """Give back the slot of an attempt that is over."""
        self.slot[slot].done = self.slot[slot].goodbye = self.slot[slot].timer = NEVER
        self.slot[slot].state = NOWHERE
        self.slot[slot].after = self.free_slot
        self.free_slot = slot
        self.slots_used -= 1

    # Arrivals

    @cfunc
    @exceptval(check=False)
    def _arrive(self, slot: longlong, now: longlong) -> void:
        channel = self.slot[slot].channel
        queue = self.slot[slot].queue
        if self.channel_deferred[channel]:
            self._receive(slot, now)
            return
        if not self.is_open[channel]:
            self._end(slot, CLOSED, now)
            return
        line = self.channel_line[channel]
        if line != NOBODY:
            if self.lines[line] >= self.line_capacity[line]:
                self._end(slot, BLOCKED, now)
                return
            self.lines[line] += 1
            self.slot[slot].on_line = 1
        if self._meet(slot, queue, now):
            return
        if (
            self.channel_capacity[channel] != NOBODY
            and self.count[queue] >= self.channel_capacity[channel]
        ):
            self._leave_line(slot, BLOCKED, now)
        elif self.slot[slot].patience == 0:
            self._leave_line(slot, ABANDONED, now)
        else:
            self._join(slot)
            self._limit_wait(slot, now)

    @cfunc
    @exceptval(check=False)
    def _receive(self, slot: longlong, now: longlong) -> void:
        """Take in a message: at once, or at the next opening."""
        channel = self.slot[slot].channel
        if (
            self.slot[slot].patience < FOREVER
            and self.rule_of[channel * CAUSES + IMPATIENT] != NOBODY
        ):
            self.slot[slot].timer = self._schedule(
                ABANDONMENT, slot, now + self.slot[slot].patience
            )
        if not self.is_open[channel]:
            self._stay_overnight(slot, channel)
        elif not self._meet(slot, self.slot[slot].queue, now):
            self._join(slot)

    @cfunc
    @inline
    @exceptval(check=False)
    def _limit_wait(self, slot: longlong, now: longlong) -> void:
        """Schedule the end of a wait: by patience, or by the municipality if that is not later."""
        after = self.channel_divert_after[self.slot[slot].channel]
        if after != NOBODY and after <= self.slot[slot].patience:
            self.slot[slot].timer = self._schedule(ABANDONMENT, slot, now + after)
        elif self.slot[slot].patience < FOREVER:
            self.slot[slot].timer = self._schedule(
                ABANDONMENT, slot, now + self.slot[slot].patience
            )

    # The ends of a wait

    @cfunc
    @exceptval(check=False)
    def _end_wait(self, slot: longlong, now: longlong) -> void:
        channel = self.slot[slot].channel
        after = self.channel_divert_after[channel]
        if self.channel_deferred[channel]:
            # A second thread begins; the message itself stays.
            self._come_back(slot, IMPATIENT, now)
            return
        self._drop(slot)
        if after != NOBODY and after <= self.slot[slot].patience:
            self._free_line(slot)
            self._write(slot, DIVERTED, now, 0)
            self._pass_on(slot, self.channel_divert_to[channel], DIVERSION, now)
            self._forget(slot)
        else:
            self._leave_line(slot, ABANDONED, now)

    @cfunc
    @exceptval(check=False)
    def _leave_line(self, slot: longlong, outcome: longlong, now: longlong) -> void:
        self._free_line(slot)
        self._end(slot, outcome, now)

    @cfunc
    @exceptval(check=False)
    def _end(self, slot: longlong, outcome: longlong, now: longlong) -> void:
        """Write down an attempt that met no agent, and let the citizen try again or not."""
        self._write(slot, outcome, now, 0)
        if outcome == ABANDONED:
            self._come_back(slot, AFTER_ABANDONING, now)
        elif outcome == BLOCKED:
            self._come_back(slot, AFTER_BLOCKING, now)
        elif outcome == CLOSED:
            self._come_back(slot, AFTER_CLOSING, now)
        elif outcome == SENT_AWAY:
            self._come_back(slot, AFTER_SENDING_AWAY, now)
        self._forget(slot)

    @cfunc
    @inline
    @exceptval(check=False)
    def _free_line(self, slot: longlong) -> void:
        if self.slot[slot].on_line:
            self.slot[slot].on_line = 0
            self.lines[self.channel_line[self.slot[slot].channel]] -= 1

    # Citizens

    @cfunc
    @exceptval(check=False)
    def _mix(self, contact: longlong, what: longlong, number: longlong) -> ulonglong:
        """Draw 64 bits, as `simulation.contacts.randomness.mix_one` does."""
        steps: ulonglong = number
        x = (self.who_key[contact] + self.purposes[what] + steps * STEP) & MASK
        x = ((x ^ (x >> 30)) * FACTOR_1) & MASK
        x = ((x ^ (x >> 27)) * FACTOR_2) & MASK
        return x ^ (x >> 31)

    @cfunc
    @exceptval(check=False)
    def _draw(self, slot: longlong, what: longlong) -> ulonglong:
        """Draw 64 bits that belong to this contact, this attempt and this purpose."""
        return self._mix(self.slot[slot].contact, what, self.slot[slot].number)

    @cfunc
    @exceptval(check=False)
    def _still_wants(self, slot: longlong) -> bint:
        """Whether a later attempt is still made: one resolution stops further returns."""
        return (
            self.slot[slot].cause >= DIVERSION or not self.known[self.slot[slot].contact].resolved
        )

    @cfunc
    @exceptval(check=False)
    def _resolves(self, slot: longlong) -> bint:
        """Whether an answer resolves the question; if so, remember it."""
        chance = self.channel_resolution[
            self.slot[slot].channel * self.reasons + self.slot[slot].reason
        ]
        if chance != MASK and self._draw(slot, DRAW_RESOLUTION) >= chance:
            return False
        self.known[self.slot[slot].contact].resolved = 1
        return True

    @cfunc
    @exceptval(check=False)
    def _transferred_to(self, slot: longlong) -> longlong:
        """Give the channel of the back office to which an answer is passed on, or nobody."""
        channel = self.slot[slot].channel
        if self.channel_transfer_to[channel] == NOBODY:
            return NOBODY
        chance = self.channel_transfer[channel * self.reasons + self.slot[slot].reason]
        if chance == MASK or (chance and self._draw(slot, DRAW_TRANSFER) < chance):
            return self.channel_transfer_to[channel]
        return NOBODY

    @cfunc
    @exceptval(check=False)
    def _come_back(self, slot: longlong, cause: longlong, now: longlong) -> void:
        """Schedule the next attempt of a citizen, as the channel's rule for the cause says."""
        channel = self.slot[slot].channel
        contact = self.slot[slot].contact
        rule = self.rule_of[channel * CAUSES + cause]
        if rule == NOBODY:
            return
        chance = self.rule_chance[rule]
        if chance != MASK and self._draw(slot, DRAW_TRY + 3 * cause) >= chance:
            return
        self._remember(contact)
        if self.known[contact].resolved:
            return
        if self.known[contact].tries >= self.max_attempts:
            if self.who_time[contact] >= self.warm_up:
                self.cut_off[channel] += 1
            return
        if cause == AFTER_CLOSING:
            now = self._next_opening(channel, now)
            if now == NEVER:
                return
        self.known[contact].tries += 1
        draw = self._draw(slot, DRAW_TARGET + 3 * cause)
        place = self.target_begin[rule]
        while place < self.target_begin[rule + 1] and draw >= self.target_edge[place]:
            place += 1
        delay = self._row(self.rule_pool[rule], self._draw(slot, DRAW_DELAY + 3 * cause))
        self._next_attempt(slot, self.target_channel[place + rule], cause, now + delay)

    @cfunc
    @exceptval(check=False)
    def _pass_on(
        self,
        slot: longlong,
        channel: longlong,
        cause: longlong,
        now: longlong,
    ) -> void:
        """Schedule the attempt in another channel, at this instant: no new try of the citizen."""
        self._remember(self.slot[slot].contact)
        self._next_attempt(slot, channel, cause, now)

    @cfunc
    @exceptval(check=False)
    def _remember(self, contact: longlong) -> void:
        if self.known[contact].attempts == 0:
            self.known[contact].attempts = self.known[contact].tries = 1

    @cfunc
    @exceptval(check=False)
    def _next_opening(self, channel: longlong, now: longlong) -> longlong:
        """Give the first opening after now, or never."""
        low = self.opening_begin[channel]
        high = self.opening_begin[channel + 1]
        while low < high:
            middle = (low + high) // 2
            if self.opening[middle] <= now:
                low = middle + 1
            else:
                high = middle
        return self.opening[low] if low < self.opening_begin[channel + 1] else NEVER

    @cfunc
    @exceptval(check=False)
    def _next_attempt(
        self,
        before: longlong,
        channel: longlong,
        cause: longlong,
        time: longlong,
    ) -> void:
        contact = self.slot[before].contact
        self.known[contact].attempts += 1
        number = self.known[contact].attempts
        slot = self._new_slot(contact, number, time)
        self.slot[slot].channel = channel
        self.slot[slot].cause = cause
        # The same draw at every attempt: people keep to their city office.
        site = self.site_begin[channel]
        if site < self.site_begin[channel + 1]:
            draw = self._mix(contact, DRAW_SITE, 1)
            while site < self.site_begin[channel + 1] and draw >= self.site_edge[site]:
                site += 1
        self.slot[slot].queue = self.channel_first_queue[channel] + site - self.site_begin[channel]
        if self.keep_patience and channel == self.who_channel[contact]:
            self.slot[slot].patience = self.who_patience[contact]
        else:
            self._draw_patience(slot, 1 if self.keep_patience else number, time)
        if self.keep_effort and channel == self.who_channel[contact]:
            self.slot[slot].wrap_up = self.who_wrap_up[contact]
            self.slot[slot].effort = self.who_handling[contact] + self.who_wrap_up[contact]
        else:
            self._draw_effort(slot, 1 if self.keep_effort else number, time)
        self._schedule(ARRIVAL, slot, time)

    @cfunc
    @exceptval(check=False)
    def _draw_patience(self, slot: longlong, number: longlong, time: longlong) -> void:
        pool = self.patience_pool[self.slot[slot].channel]
        self.slot[slot].patience = FOREVER
        if pool != NOBODY:
            self.slot[slot].patience = self._later(
                pool, self._mix(self.slot[slot].contact, DRAW_PATIENCE, number), time
            )

    @cfunc
    @exceptval(check=False)
    def _draw_effort(self, slot: longlong, number: longlong, time: longlong) -> void:
        contact = self.slot[slot].contact
        channel = self.slot[slot].channel
        pool = self.wrap_up_pool[channel]
        self.slot[slot].wrap_up = 0
        if pool != NOBODY:
            self.slot[slot].wrap_up = self._later(
                pool, self._mix(contact, DRAW_WRAP_UP, number), time
            )
        pool = self.handling_pool[channel * self.reasons + self.slot[slot].reason]
        self.slot[slot].effort = (
            self._later(pool, self._mix(contact, DRAW_EFFORT, number), time)
            + self.extra[channel]
            + self.slot[slot].wrap_up
        )

    @cfunc
    @exceptval(check=False)
    def _row(self, pool: longlong, draw: ulonglong) -> longlong:
        """Give the row of a pool that a draw stands for."""
        return self.pools[(pool << 16) + cast(longlong, draw >> 48)]

    @cfunc
    @exceptval(check=False)
    def _later(self, pool: longlong, draw: ulonglong, time: longlong) -> longlong:
        """Give a duration of a later attempt, by its moment of arrival."""
        duration = self._row(pool, draw)
        low = self.factor_begin[pool]
        high = self.factor_begin[pool + 1]
        first = low
        while low < high:
            middle = (low + high) // 2
            if self.factor_from[middle] <= time:
                low = middle + 1
            else:
                high = middle
        if low == first or time >= self.factor_to[low - 1]:
            return duration
        scaled = duration
        # Nothing here is negative: what a cast to a whole number cuts off, the floor does too.
        return cast(longlong, scaled * self.factor[low - 1] + 0.5)

    # Who takes which contact

    @cfunc
    @exceptval(check=False)
    def _meet(self, slot: longlong, queue: longlong, now: longlong) -> bint:
        """Give the attempt a free agent, or a place among an agent's chats; False if none."""
        team = self.queue_only[queue]
        if team != NOBODY:
            if self.idle[team] <= self._kept_idle(queue, team):
                return False
            self._start(slot, team, now)
            return True
        for rank in range(self.queue_begin[queue], self.queue_begin[queue + 1]):
            team = self._draw_team(slot, queue, rank)
            if team != NOBODY:
                self._start(slot, team, now)
                return True
            agent = self._agent_with_room(queue, rank)
            if agent != NOBODY:
                self._start_chat(slot, agent, now)
                return True
        return False

    @cfunc
    @inline
    @exceptval(check=False)
    def _kept_idle(self, queue: longlong, team: longlong) -> longlong:
        """Give how many agents a team keeps free when it takes from this queue."""
        return self.team_reserve[team] if self.channel_deferred[self.queue_channel[queue]] else 0

    @cfunc
    @exceptval(check=False)
    def _draw_team(self, slot: longlong, queue: longlong, rank: longlong) -> longlong:
        """Draw uniformly over the free agents of one rank; nobody if none is free."""
        free: ulonglong = 0
        found = NOBODY
        several: bint = False
        for place in range(self.rank_begin[rank], self.rank_begin[rank + 1]):
            team = self.rank_teams[place]
            if self.idle[team] > self._kept_idle(queue, team):
                several = found != NOBODY
                found = team
                free += self.idle[team]
        if not several:
            return found
        draw = self._draw(slot, DRAW_AGENT)
        # draw × free / 2⁶⁴, in two halves that 64 bits can hold
        left: longlong = ((draw >> 32) * free + ((draw & 0xFFFF_FFFF) * free >> 32)) >> 32
        for place in range(self.rank_begin[rank], self.rank_begin[rank + 1]):
            team = self.rank_teams[place]
            if self.idle[team] > self._kept_idle(queue, team):
                left -= self.idle[team]
                if left < 0:
                    return team
        return NOBODY

    @cfunc
    @exceptval(check=False)
    def _offer(self, queue: longlong, now: longlong) -> void:
        """Assign those who wait in one queue as long as anyone is free for them."""
        while self.count[queue] and self._meet(self.head[queue], queue, now):
            pass

    @cfunc
    @exceptval(check=False)
    def _assign(self, team: longlong, now: longlong) -> void:
        """Assign work to the idle agents of one team, then to agents with room for a chat."""
        while self.idle[team]:
            slot = self._next_in_line(team)
            if slot == NOBODY:
                return
            self._start(slot, team, now)
        if self.chatting_head[team] == NOBODY:
            return
        for place in range(
            self.group_begin[self.team_begin[team]], self.group_begin[self.team_begin[team + 1]]
        ):
            queue = self.group_queues[place]
            if self._is_chat(queue):
                self._offer(queue, now)

    @cfunc
    @exceptval(check=False)
    def _next_in_line(self, team: longlong) -> longlong:
        """Give who an idle agent of this team takes next, or nobody."""
        best = NOBODY
        for group in range(self.team_begin[team], self.team_begin[team + 1]):
            for place in range(self.group_begin[group], self.group_begin[group + 1]):
                queue = self.group_queues[place]
                if (
                    self.count[queue]
                    and self.idle[team] > self._kept_idle(queue, team)
                    and (best == NOBODY or self._goes_before(self.head[queue], best))
                ):
                    best = self.head[queue]
            if best != NOBODY:
                return best
        return NOBODY

    @cfunc
    @exceptval(check=False)
    def _last_in_line(self, team: longlong) -> longlong:
        """Give who still waits in a closed channel that this team has to empty, or nobody."""
        best = NOBODY
        for group in range(self.team_begin[team], self.team_begin[team + 1]):
            for place in range(self.group_begin[group], self.group_begin[group + 1]):
                queue = self.group_queues[place]
                if self.closing[queue] and (
                    best == NOBODY or self._goes_before(self.head[queue], best)
                ):
                    best = self.head[queue]
            if best != NOBODY:
                return best
        return NOBODY

    @cfunc
    @exceptval(check=False)
    def _goes_before(self, one: longlong, other: longlong) -> bint:
        """Whether one waits longer than the other, or is the lower contact."""
        if self.slot[one].since != self.slot[other].since:
            return self.slot[one].since < self.slot[other].since
        return self.slot[one].order < self.slot[other].order

    @cfunc
    @exceptval(check=False)
    def _start(self, slot: longlong, team: longlong, now: longlong) -> void:
        """Begin with an attempt, waiting or just arrived, on an idle agent of a team."""
        queue = self.slot[slot].queue
        self.idle[team] -= 1
        if self._is_chat(queue):
            self._start_chat(slot, self._new_agent(team, now), now)
            return
        self._begin(slot, team, now)
        self.slot[slot].done = self._schedule(COMPLETION, slot, now + self.slot[slot].work)
        if self.channel_deferred[self.slot[slot].channel]:
            self._link_message(slot, team)
        elif self.slot[slot].on_line and self.slot[slot].wrap_up:
            # The line is free when the conversation ends, the agent when the wrap-up does.
            talk = self._scaled(slot, self.slot[slot].effort - self.slot[slot].wrap_up)
            self.slot[slot].goodbye = self._schedule(COMPLETION | HANG_UP, slot, now + talk)

    @cfunc
    @inline
    @exceptval(check=False)
    def _begin(self, slot: longlong, team: longlong, now: longlong) -> void:
        if self.slot[slot].state == IN_QUEUE:
            self._leave_queue(slot)
        self.slot[slot].state = AT_WORK
        self.slot[slot].team = team
        self.slot[slot].resumed = now
        if self.slot[slot].started == NEVER:
            self.slot[slot].started = now
        self.slot[slot].work = self._scaled(slot, self.slot[slot].effort)

    @cfunc
    @inline
    @exceptval(check=False)
    def _factor(self, slot: longlong) -> longlong:
        """Give the factor of the team that has the attempt, in parts per million."""
        return self.team_factor[
            (self.slot[slot].team * self.channels + self.slot[slot].channel) * self.reasons
            + self.slot[slot].reason
        ]

    @cfunc
    @inline
    @exceptval(check=False)
    def _scaled(self, slot: longlong, effort: longlong) -> longlong:
        """Give what an effort takes in the team that has the attempt."""
        factor = self._factor(slot)
        if factor == MILLION:
            return effort
        if factor and effort // MILLION >= HUGE // factor:
            return HUGE
        return effort // MILLION * factor + (effort % MILLION * factor + MILLION // 2) // MILLION

    @cfunc
    @exceptval(check=False)
    def _complete(self, slot: longlong, now: longlong) -> void:
        team = self.slot[slot].team
        if self.channel_deferred[self.slot[slot].channel]:
            self._unlink_message(slot, team)
            if not self.slot[slot].whole:
                self._write_spell(team, self.slot[slot].channel, self.slot[slot].resumed, now)
        self._free_line(slot)
        self._answered(slot, now)
        self._release(team, now)

    @cfunc
    @exceptval(check=False)
    def _answered(self, slot: longlong, now: longlong) -> void:
        """Write down an answer, and pass the contact on or let the citizen come back."""
        channel = self._transferred_to(slot)
        if channel != NOBODY:
            self._write(slot, ANSWERED, now, 0)
            self._pass_on(slot, channel, TRANSFER, now)
        else:
            resolved = self._resolves(slot)
            self._write(slot, ANSWERED, now, resolved)
            if not resolved:
                self._come_back(slot, UNRESOLVED, now)
        self._forget(slot)

    @cfunc
    @exceptval(check=False)
    def _release(self, team: longlong, now: longlong) -> void:
        """Let an agent who is done take the next, wait for work, or go home."""
        if not self.leaving[team]:
            self.idle[team] += 1
            self._assign(team, now)
            return
        last = self._last_in_line(team)
        if last == NOBODY:
            self.leaving[team] -= 1
            self.present[team] -= 1
            self._write_present(team, now)
            return
        chat = self._is_chat(self.slot[last].queue)
        self.idle[team] += 1
        self._start(last, team, now)
        if chat:
            self.leaving[team] -= 1
            self.agent[self.chatting_tail[team]].leaves = 1
            self._assign(team, now)

    # Messages at work, a list for each team, the latest started last

    @cfunc
    @exceptval(check=False)
    def _link_message(self, slot: longlong, team: longlong) -> void:
        self.slot[slot].before = self.message_tail[team]
        self.slot[slot].after = NOBODY
        if self.message_tail[team] == NOBODY:
            self.message_head[team] = slot
        else:
            self.slot[self.message_tail[team]].after = slot
        self.message_tail[team] = slot

    @cfunc
    @exceptval(check=False)
    def _unlink_message(self, slot: longlong, team: longlong) -> void:
        if self.slot[slot].before == NOBODY:
            self.message_head[team] = self.slot[slot].after
        else:
            self.slot[self.slot[slot].before].after = self.slot[slot].after
        if self.slot[slot].after == NOBODY:
            self.message_tail[team] = self.slot[slot].before
        else:
            self.slot[self.slot[slot].after].before = self.slot[slot].before

    # Queues

    @cfunc
    @exceptval(check=False)
    def _join(self, slot: longlong) -> void:
        """Let an attempt wait: the longest waiting first, then the lower contact."""
        queue = self.slot[slot].queue
        last = self.tail[queue]
        following = NOBODY
        self.slot[slot].state = IN_QUEUE
        self.count[queue] += 1
        if last != NOBODY and self._goes_before(slot, last):
            following = self.head[queue]
            while self._goes_before(following, slot):
                following = self.slot[following].after
            last = self.slot[following].before
        self.slot[slot].before = last
        self.slot[slot].after = following
        if last == NOBODY:
            self.head[queue] = slot
        else:
            self.slot[last].after = slot
        if following == NOBODY:
            self.tail[queue] = slot
        else:
            self.slot[following].before = slot

    @cfunc
    @inline
    @exceptval(check=False)
    def _drop(self, slot: longlong) -> void:
        """Take an attempt out of its queue, wherever it stands."""
        queue = self.slot[slot].queue
        if self.slot[slot].before == NOBODY:
            self.head[queue] = self.slot[slot].after
        else:
            self.slot[self.slot[slot].before].after = self.slot[slot].after
        if self.slot[slot].after == NOBODY:
            self.tail[queue] = self.slot[slot].before
        else:
            self.slot[self.slot[slot].after].before = self.slot[slot].before
        self.count[queue] -= 1
        if not self.count[queue]:
            self.closing[queue] = 0

    @cfunc
    @inline
    @exceptval(check=False)
    def _leave_queue(self, slot: longlong) -> void:
        self._drop(slot)
        if not self.channel_deferred[self.slot[slot].channel]:
            self.slot[slot].timer = NEVER

    @cfunc
    @exceptval(check=False)
    def _stay_overnight(self, slot: longlong, channel: longlong) -> void:
        """Keep a message that came outside working hours, in order of contact."""
        last = self.overnight_tail[channel]
        following = NOBODY
        self.slot[slot].state = OVERNIGHT
        while last != NOBODY and self.slot[last].order > self.slot[slot].order:
            following = last
            last = self.slot[last].before
        self.slot[slot].before = last
        self.slot[slot].after = following
        if last == NOBODY:
            self.overnight_head[channel] = slot
        else:
            self.slot[last].after = slot
        if following == NOBODY:
            self.overnight_tail[channel] = slot
        else:
            self.slot[following].before = slot

    # Chats

    @cfunc
    @inline
    @exceptval(check=False)
    def _chats_at_once(self, queue: longlong) -> longlong:
        """Give how many conversations an agent may hold; none where it is no chat."""
        channel = self.queue_channel[queue]
        return self.slowdown_begin[channel + 1] - self.slowdown_begin[channel]

    @cfunc
    @inline
    @exceptval(check=False)
    def _is_chat(self, queue: longlong) -> bint:
        return self._chats_at_once(queue) > 0

    @cfunc
    @exceptval(check=False)
    def _agent_with_room(self, queue: longlong, rank: longlong) -> longlong:
        """Give the agent with the fewest chats of those who can take one more, or nobody."""
        best = NOBODY
        if not self._is_chat(queue):
            return NOBODY
        for place in range(self.rank_begin[rank], self.rank_begin[rank + 1]):
            agent = self.chatting_head[self.rank_teams[place]]
            while agent != NOBODY:
                if (
                    best == NOBODY or self.agent[agent].chats < self.agent[best].chats
                ) and self._has_room(agent, queue):
                    best = agent
                agent = self.agent[agent].after
        return best

    @cfunc
    @exceptval(check=False)
    def _has_room(self, agent: longlong, queue: longlong) -> bint:
        """Whether an agent can take one more chat, from this queue."""
        most = self._chats_at_once(queue)
        slot = self.agent[agent].head
        if self.agent[agent].leaves and not self.closing[queue]:
            return False
        while slot != NOBODY:
            most = min(most, self._chats_at_once(self.slot[slot].queue))
            slot = self.slot[slot].after
        return self.agent[agent].chats < most

    @cfunc
    @exceptval(check=False)
    def _new_agent(self, team: longlong, now: longlong) -> longlong:
        """Give the slot of an agent who begins to chat."""
        agent = self.free_agent
        last = self.chatting_tail[team]
        self.free_agent = self.agent[agent].after
        self.agents_used += 1
        self.agent[agent].team = team
        self.agent[agent].begin = self.agent[agent].updated = now
        self.agent[agent].leaves = self.agent[agent].chats = 0
        self.agent[agent].head = self.agent[agent].tail = NOBODY
        self.agent[agent].before = last
        self.agent[agent].after = NOBODY
        if last == NOBODY:
            self.chatting_head[team] = agent
        else:
            self.agent[last].after = agent
        self.chatting_tail[team] = agent
        return agent

    @cfunc
    @exceptval(check=False)
    def _forget_agent(self, agent: longlong) -> void:
        """Give back the slot of an agent whose last chat is over."""
        team = self.agent[agent].team
        last = self.agent[agent].before
        following = self.agent[agent].after
        if last == NOBODY:
            self.chatting_head[team] = following
        else:
            self.agent[last].after = following
        if following == NOBODY:
            self.chatting_tail[team] = last
        else:
            self.agent[following].before = last
        self.agent[agent].after = self.free_agent
        self.free_agent = agent
        self.agents_used -= 1

    @cfunc
    @exceptval(check=False)
    def _start_chat(self, slot: longlong, agent: longlong, now: longlong) -> void:
        last = self.agent[agent].tail
        self._progress(agent, now)
        self._begin(slot, self.agent[agent].team, now)
        self.slot[slot].whole = 0
        self.slot[slot].agent = agent
        self.slot[slot].before = last
        self.slot[slot].after = NOBODY
        if last == NOBODY:
            self.agent[agent].head = slot
        else:
            self.slot[last].after = slot
        self.agent[agent].tail = slot
        self.agent[agent].chats += 1
        self._pace_chats(agent, now)

    @cfunc
    @exceptval(check=False)
    def _pace_chats(self, agent: longlong, now: longlong) -> void:
        """Schedule the end of every chat, and of its wrap-up, at the pace of their number."""
        slot = self.agent[agent].head
        while slot != NOBODY:
            self.slot[slot].done = self._schedule(
                COMPLETION, slot, now + self._takes(slot, self.slot[slot].work)
            )
            if self.slot[slot].wrap_up and self.slot[slot].on_line:
                talk = max(0, self.slot[slot].work - self._scaled(slot, self.slot[slot].wrap_up))
                self.slot[slot].goodbye = self._schedule(
                    COMPLETION | HANG_UP, slot, now + self._takes(slot, talk)
                )
            slot = self.slot[slot].after

    @cfunc
    @exceptval(check=False)
    def _pace(self, slot: longlong) -> longlong:
        """Give how much slower a chat goes now, in parts per million."""
        return self.slowdown[
            self.slowdown_begin[self.slot[slot].channel]
            + self.agent[self.slot[slot].agent].chats
            - 1
        ]

    @cfunc
    @exceptval(check=False)
    def _takes(self, slot: longlong, work: longlong) -> longlong:
        """Give how long work on a chat takes with the present number of chats."""
        pace = self._pace(slot)
        if work // MILLION >= HUGE // pace:
            return HUGE
        return work // MILLION * pace + (work % MILLION * pace + MILLION - 1) // MILLION

    @cfunc
    @exceptval(check=False)
    def _progress(self, agent: longlong, now: longlong) -> void:
        """Bring the work that is left of every chat up to date."""
        slot = self.agent[agent].head
        passed = now - self.agent[agent].updated
        while slot != NOBODY:
            pace = self._pace(slot)
            done = passed // pace * MILLION + passed % pace * MILLION // pace
            self.slot[slot].work = max(0, self.slot[slot].work - done)
            slot = self.slot[slot].after
        self.agent[agent].updated = now

    @cfunc
    @exceptval(check=False)
    def _complete_chat(self, slot: longlong, now: longlong) -> void:
        agent = self.slot[slot].agent
        team = self.agent[agent].team
        channel = self.slot[slot].channel
        self._progress(agent, now)
        self._unlink_chat(slot, agent)
        self._free_line(slot)
        self._answered(slot, now)
        if self.agent[agent].chats:
            self._pace_chats(agent, now)
            self._assign(team, now)
            return
        self._write_spell(team, channel, self.agent[agent].begin, now)
        self.leaving[team] += self.agent[agent].leaves
        self._forget_agent(agent)
        self._release(team, now)

    @cfunc
    @exceptval(check=False)
    def _unlink_chat(self, slot: longlong, agent: longlong) -> void:
        if self.slot[slot].before == NOBODY:
            self.agent[agent].head = self.slot[slot].after
        else:
            self.slot[self.slot[slot].before].after = self.slot[slot].after
        if self.slot[slot].after == NOBODY:
            self.agent[agent].tail = self.slot[slot].before
        else:
            self.slot[self.slot[slot].after].before = self.slot[slot].before
        self.agent[agent].chats -= 1

    # Rosters and opening hours

    @cfunc
    @exceptval(check=False)
    def _turn_shift(self, shift: longlong) -> void:
        """Carry out one mark of the timetable."""
        now = self.shift_time[shift]
        which = self.shift_which[shift]
        if self.shift_kind[shift] == CLOSING:
            self._close(which, now)
        elif self.shift_kind[shift] == ROSTER:
            change = self.shift_heads[shift] - self.scheduled[which]
            self.scheduled[which] = self.shift_heads[shift]
            if change > 0:
                self._more_heads(which, change, now)
            else:
                self._fewer_heads(which, -change, now)
            self._write_present(which, now)
        else:
            self._open(which, now)

    @cfunc
    @exceptval(check=False)
    def _more_heads(self, team: longlong, more: longlong, now: longlong) -> void:
        """Keep those who were about to leave; the others are new, and idle."""
        kept = min(more, self.leaving[team])
        agent = self.chatting_head[team]
        self.leaving[team] -= kept
        more -= kept
        while agent != NOBODY:
            if more and self.agent[agent].leaves:
                self.agent[agent].leaves = 0
                more -= 1
            agent = self.agent[agent].after
        self.present[team] += more
        self.idle[team] += more
        self._assign(team, now)

    @cfunc
    @exceptval(check=False)
    def _fewer_heads(self, team: longlong, fewer: longlong, now: longlong) -> void:
        """Send idle agents home first; others hand back a message or finish with a citizen."""
        gone = min(fewer, self.idle[team])
        self.idle[team] -= gone
        self.present[team] -= gone
        fewer -= gone
        self._call_last(team, now)
        handed_back = self._to_hand_back(team, fewer, now)
        fewer -= handed_back
        for place in range(handed_back):
            slot = self.scratch[place]
            self.leaving[team] += 1
            if self.slot[slot].resumed + self.slot[slot].work > now:
                self._hand_back(slot, team, now)
                self._release(team, now)
        while fewer:
            agent = self._least_busy(team)
            if agent == NOBODY:
                break
            self.agent[agent].leaves = 1
            fewer -= 1
        self.leaving[team] += fewer

    @cfunc
    @exceptval(check=False)
    def _call_last(self, team: longlong, now: longlong) -> void:
        """Keep agents whose shift ends as a channel closes, for those who wait there."""
        for place in range(
            self.group_begin[self.team_begin[team]], self.group_begin[self.team_begin[team + 1]]
        ):
            queue = self.group_queues[place]
            channel = self.queue_channel[queue]
            low = self.last_call_begin[channel]
            high = self.last_call_begin[channel + 1]
            while low < high:
                middle = (low + high) // 2
                if self.last_call[middle] < now:
                    low = middle + 1
                else:
                    high = middle
            if low < self.last_call_begin[channel + 1] and self.last_call[low] == now:
                self.closing[queue] = self.count[queue] > 0

    @cfunc
    @exceptval(check=False)
    def _to_hand_back(self, team: longlong, most: longlong, now: longlong) -> longlong:
        """Note the messages at work: those just done, then the latest started; give how many."""
        found = 0
        for later in range(2):
            slot = self.message_tail[team]
            while slot != NOBODY and found < most:
                if (self.slot[slot].resumed + self.slot[slot].work > now) == later:
                    self.scratch[found] = slot
                    found += 1
                slot = self.slot[slot].before
        return found

    @cfunc
    @exceptval(check=False)
    def _least_busy(self, team: longlong) -> longlong:
        """Give the agent who stays with the fewest chats, or nobody."""
        best = NOBODY
        agent = self.chatting_head[team]
        while agent != NOBODY:
            if not self.agent[agent].leaves and (
                best == NOBODY or self.agent[agent].chats < self.agent[best].chats
            ):
                best = agent
            agent = self.agent[agent].after
        return best

    @cfunc
    @exceptval(check=False)
    def _hand_back(self, slot: longlong, team: longlong, now: longlong) -> void:
        """Put a message back into its queue with the effort that is left."""
        left = self.slot[slot].work - (now - self.slot[slot].resumed)
        factor = self._factor(slot)
        self.slot[slot].done = NEVER
        self._unlink_message(slot, team)
        self._write_spell(team, self.slot[slot].channel, self.slot[slot].resumed, now)
        self.slot[slot].effort = (
            left // factor * MILLION + (left % factor * MILLION + factor - 1) // factor
        )
        self.slot[slot].whole = 0
        self._join(slot)
        self._offer(self.slot[slot].queue, now)

    @cfunc
    @exceptval(check=False)
    def _open(self, channel: longlong, now: longlong) -> void:
        slot = self.overnight_head[channel]
        queue = self.channel_first_queue[channel]
        self.is_open[channel] = 1
        self.overnight_head[channel] = self.overnight_tail[channel] = NOBODY
        while slot != NOBODY:
            following = self.slot[slot].after
            self.slot[slot].since = now
            self._join(slot)
            slot = following
        while queue < self.queues and self.queue_channel[queue] == channel:
            self.closing[queue] = 0
            self._offer(queue, now)
            queue += 1

    @cfunc
    @exceptval(check=False)
    def _close(self, channel: longlong, now: longlong) -> void:
        """Serve who still waits, or send them away when nobody is at work who could."""
        queue = self.channel_first_queue[channel]
        self.is_open[channel] = 0
        if self.channel_deferred[channel]:
            return
        while queue < self.queues and self.queue_channel[queue] == channel:
            if self.channel_serves[channel] and self._anyone_at_work(queue):
                self.closing[queue] = self.count[queue] > 0
            else:
                while self.count[queue]:
                    slot = self.head[queue]
                    self._leave_queue(slot)
                    self._leave_line(slot, SENT_AWAY, now)
            queue += 1

    @cfunc
    @exceptval(check=False)
    def _anyone_at_work(self, queue: longlong) -> bint:
        for place in range(
            self.rank_begin[self.queue_begin[queue]], self.rank_begin[self.queue_begin[queue + 1]]
        ):
            if self.present[self.rank_teams[place]]:
                return True
        return False

    # Writing down

    @cfunc
    @inline
    @exceptval(check=False)
    def _write(
        self,
        slot: longlong,
        outcome: longlong,
        ended: longlong,
        resolved: longlong,
    ) -> void:
        """Write down how an attempt ended."""
        met = self.slot[slot].started != NEVER
        channel = self.slot[slot].channel
        self.row[self.rows_used].contact = self.slot[slot].contact
        self.row[self.rows_used].number = self.slot[slot].number
        self.row[self.rows_used].channel = channel
        self.row[self.rows_used].site = self.slot[slot].queue - self.channel_first_queue[channel]
        self.row[self.rows_used].team = self.slot[slot].team if met else NOBODY
        self.row[self.rows_used].outcome = outcome
        self.row[self.rows_used].cause = self.slot[slot].cause
        self.row[self.rows_used].whole = self.slot[slot].whole if met else 0
        self.row[self.rows_used].resolved = resolved
        self.row[self.rows_used].arrived = self.slot[slot].arrived
        self.row[self.rows_used].since = self.slot[slot].since
        self.row[self.rows_used].started = self.slot[slot].started
        self.row[self.rows_used].ended = ended
        self.rows_used += 1

    @cfunc
    @exceptval(check=False)
    def _write_spell(
        self,
        team: longlong,
        channel: longlong,
        begin: longlong,
        end: longlong,
    ) -> void:
        row = 4 * self.spells_used
        self.spells[row] = team
        self.spells[row + 1] = channel
        self.spells[row + 2] = begin
        self.spells[row + 3] = end
        self.spells_used += 1

    @cfunc
    @exceptval(check=False)
    def _write_present(self, team: longlong, now: longlong) -> void:
        row = 3 * self.presences_used
        self.presences[row] = team
        self.presences[row + 1] = now
        self.presences[row + 2] = self.present[team]
        self.presences_used += 1

    @cfunc
    def _censor(self) -> Any:
        """Write down who is still there when play stops."""
        serving: list[tuple[int, int]] = []
        slot: longlong
        for team in range(self.teams):
            agent = self.chatting_head[team]
            while agent != NOBODY:
                slot = self.agent[agent].head
                self._write_spell(team, self.slot[slot].channel, self.agent[agent].begin, self.end)
                agent = self.agent[agent].after
        for slot in range(self.slots):
            if self.slot[slot].state == AT_WORK:
                serving.append((self.slot[slot].order, slot))
        for _, slot in sorted(serving):
            self._write(slot, IN_SERVICE, self.end, 0)
            if not self.slot[slot].whole and self.channel_deferred[self.slot[slot].channel]:
                self._write_spell(
                    self.slot[slot].team, self.slot[slot].channel, self.slot[slot].resumed, self.end
                )
        for channel in range(self.channels):
            queue = self.channel_first_queue[channel]
            while queue < self.queues and self.queue_channel[queue] == channel:
                slot = self.head[queue]
                while slot != NOBODY:
                    self._write(slot, WAITING, self.end, 0)
                    slot = self.slot[slot].after
                queue += 1
            slot = self.overnight_head[channel]
            while slot != NOBODY:
                self._write(slot, WAITING, self.end, 0)
                slot = self.slot[slot].after

    @cfunc
    def _record(self) -> Record:
        """Give the tables."""
        spells = self.spells_memory[: 4 * self.spells_used].reshape(-1, 4)
        presences = self.presences_memory[: 3 * self.presences_used].reshape(-1, 3)
        return Record(
            attempts=self._attempts(),
            spells=_structured(spells, SPELL),
            presence=_structured(presences, PRESENCE),
            cut_off=np.array([self.cut_off[each] for each in range(self.channels)], np.int64),
            end=self.end,
        )

    @cfunc
    def _attempts(self) -> Any:
        if cython.compiled:
            return self.row_memory[: self.rows_used * cython.sizeof(Row)].view(ATTEMPT)
        return _table_of(self.row, self.rows_used)


def _table_of(rows: Any, used: int) -> Any:
    """Give rows that Python has as a table."""
    names = ATTEMPT.names or ()
    return np.array([tuple(getattr(row, name) for name in names) for row in rows[:used]], ATTEMPT)


@cfunc
def _structured(columns: Any, dtype: Any) -> Any:
    """Give a table of numbers as a structured array."""
    table = np.zeros(len(columns), dtype)
    for place, name in enumerate(dtype.names):
        table[name] = columns[:, place]
    return table
