"""Plain implementations that share nothing with the engine: they play the same people again.

Times are whole microseconds, as in the product; an outcome is a letter: (a)nswered, (l)eft,
(b)locked, (c)losed.
"""

import heapq
from collections.abc import Sequence
from typing import Any

import simpy


def kiefer_wolfowitz(arrivals, patience, handling, heads, *, places=None, lines=None):
    """Play G/G/c+G, first come first served: the next free agent takes the next caller.

    Parameters
    ----------
    places : places to wait; unlimited if not given
    lines : callers in the system, in service or waiting; unlimited if not given

    Returns
    -------
    List of (outcome, start or None, end) by caller.
    """
    free = [0] * heads
    waiting: list[int] = []
    inside: list[int] = []
    played = []
    for arrived, willing, work in zip(arrivals, patience, handling, strict=True):
        for left in (waiting, inside):
            while left and left[0] <= arrived:
                heapq.heappop(left)
        start = max(arrived, free[0])
        full = start > arrived and places is not None and len(waiting) >= places
        if full or (lines is not None and len(inside) >= lines):
            played.append(("b", None, arrived))
            continue
        if start - arrived > willing:
            end, entry = arrived + willing, ("l", None, arrived + willing)
            heapq.heappush(waiting, end)
        else:
            end = start + work
            entry = ("a", start, end)
            heapq.heapreplace(free, end)
            if start > arrived:
                heapq.heappush(waiting, start)
        heapq.heappush(inside, end)
        played.append(entry)
    return played


class CallCentre:
    """A call centre on SimPy: a process for every caller, agents as a number.

    Parameters
    ----------
    calls : (arrival, patience, handling) of each caller
    staffing : (time, heads) from which so many agents are wanted
    openings : (begin, end) between which calls are taken; who waits at the end is served
    """

    def __init__(self, calls, staffing, openings):
        self.env = simpy.Environment()
        self.wanted = self.busy = 0
        self.open = False
        self.waiting: list[simpy.Event] = []
        self.played: list[tuple[Any, ...]] = [("?", None, 0)] * len(calls)
        self.env.process(self._staff(staffing))
        self.env.process(self._doors(openings))
        for number, call in enumerate(calls):
            self.env.process(self._caller(number, *call))
        self.env.run()

    def _staff(self, staffing):
        for time, heads in staffing:
            yield self.env.timeout(time - self.env.now)
            self.wanted = heads
            self._dispatch()

    def _doors(self, openings):
        for begin, end in openings:
            yield self.env.timeout(begin - self.env.now)
            self.open = True
            yield self.env.timeout(end - self.env.now)
            self.open = False

    def _dispatch(self):
        while self.waiting and self.busy < self.wanted:
            self.busy += 1
            self.waiting.pop(0).succeed()

    def _caller(self, number, arrival, patience, handling):
        yield self.env.timeout(arrival)
        is_open = self.open
        if not is_open:
            self.played[number] = ("c", None, arrival)
            return
        if self.busy < self.wanted:
            self.busy += 1
        else:
            turn = self.env.event()
            self.waiting.append(turn)
            yield turn | self.env.timeout(patience)
            if turn in self.waiting:
                self.waiting.remove(turn)
                self.played[number] = ("l", None, self.env.now)
                return
        start = self.env.now
        yield self.env.timeout(handling)
        self.played[number] = ("a", start, self.env.now)
        self.busy -= 1
        if self.waiting and not self.open:
            self.busy += 1
            self.waiting.pop(0).succeed()
        self._dispatch()


class Groups:
    """Contact types over groups of agents with different skills, on a list of events.

    Parameters
    ----------
    calls : (arrival, type, patience, handling) of each caller
    preference : by type, the groups in the order in which they are asked
    factors : by (group, type), what the handling is multiplied by, in parts per million
    staffing : by group, (time, heads)
    """

    def __init__(self, calls, preference, factors, staffing):
        self.calls, self.preference, self.factors = calls, preference, factors
        self.wanted = dict.fromkeys(staffing, 0)
        self.busy = dict.fromkeys(staffing, 0)
        self.queues: dict[str, list[int]] = {kind: [] for kind in preference}
        self.played: list[tuple[str, str | None, int | None, int]] = [("?", None, None, 0)] * len(
            calls
        )
        self.events: list[tuple[int, int, int, Sequence[Any]]] = []
        for group, steps in staffing.items():
            for time, heads in steps:
                self._at(time, 0, ("staff", group, heads))
        for number, (arrival, *_) in enumerate(calls):
            self._at(arrival, 3, ("call", number))
        while self.events:
            self.now, _, _, event = heapq.heappop(self.events)
            getattr(self, event[0])(*event[1:])

    def _at(self, time, order, event):
        heapq.heappush(self.events, (time, order, len(self.events) + self._count(), event))

    def _count(self):
        self._events_made = getattr(self, "_events_made", 0) + 1_000_000
        return self._events_made

    def staff(self, group, heads):
        """Change how many agents of a group are wanted."""
        self.wanted[group] = heads
        self._next(group)

    def call(self, number):
        """Ask the groups in order; wait if all are busy."""
        _, kind, patience, _ = self.calls[number]
        for group in self.preference[kind]:
            if self.busy[group] < self.wanted[group]:
                self._serve(number, group)
                return
        self.queues[kind].append(number)
        self._at(self.now + patience, 2, ("leave", number))

    def leave(self, number):
        """Leave, if still waiting."""
        kind = self.calls[number][1]
        if number in self.queues[kind]:
            self.queues[kind].remove(number)
            self.played[number] = ("l", None, None, self.now)

    def done(self, number, group, start):
        """End a call; the agent takes the longest waiting of all types it knows."""
        self.played[number] = ("a", group, start, self.now)
        self.busy[group] -= 1
        self._next(group)

    def _next(self, group):
        while self.busy[group] < self.wanted[group]:
            known = [
                q[0] for kind, q in self.queues.items() if q and group in self.preference[kind]
            ]
            if not known:
                return
            number = min(known)
            self.queues[self.calls[number][1]].remove(number)
            self._serve(number, group)

    def _serve(self, number, group):
        _, kind, _, handling = self.calls[number]
        self.busy[group] += 1
        work = (handling * self.factors.get((group, kind), 1_000_000) + 500_000) // 1_000_000
        self._at(self.now + work, 1, ("done", number, group, self.now))


def redialling(rng, *, heads, per_hour, hours, service, patience, probability, delay, keep):
    """Play M/M/c+M with redials, with draws of its own; times in minutes.

    Returns
    -------
    (first attempts, first attempts that left, later attempts, later attempts that left)
    """
    events: list[tuple[float, int, int, str, float | None]] = []
    made = iter(range(10**9))
    clock = 0.0
    while (clock := clock + rng.expovariate(per_hour / 60)) < hours * 60:
        heapq.heappush(events, (clock, next(made), 1, "call", None))
    busy, counts = 0, [0, 0, 0, 0]
    waiting: dict[int, None] = {}
    while events:
        now, number, attempt, what, kept = heapq.heappop(events)
        if what == "call":
            counts[0 if attempt == 1 else 2] += 1
            willing = kept if kept is not None else rng.expovariate(1 / patience)
            if busy < heads:
                busy += 1
                heapq.heappush(
                    events, (now + rng.expovariate(1 / service), next(made), 0, "done", None)
                )
            else:
                waiting[number] = None
                heapq.heappush(events, (now + willing, number, attempt, "leave", willing))
        elif what == "leave" and number in waiting:
            del waiting[number]
            counts[1 if attempt == 1 else 3] += 1
            if rng.random() < probability:
                again = kept if keep else None
                heapq.heappush(events, (now + delay, next(made), attempt + 1, "call", again))
        elif what == "done":
            if waiting:
                del waiting[next(iter(waiting))]
                heapq.heappush(
                    events, (now + rng.expovariate(1 / service), next(made), 0, "done", None)
                )
            else:
                busy -= 1
    return tuple(counts)
