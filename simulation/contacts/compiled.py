# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""The longest loops of sampling, compiled: the same bits as `randomness` and `families` give.

What those modules do with whole arrays at a time is done here contact by contact, or a block of
256 contacts at a time, with the same operations in the same order. This file is Python, and
Cython compiles it as it stands; `fast` says whether it did. Where it did not, the arrays do the
work. `compiled.pxd` says which loops are compiled twice, for processors that can do more.
"""

import struct
from typing import Any

import cython
import numpy as np
from cython import (
    bint,
    cfunc,
    double,
    exceptval,
    inline,
    longlong,
    pointer,
    schar,
    short,
    ulonglong,
    void,
)
from cython.cimports.libc.math import sqrt
from numpy.typing import NDArray

from simulation.contacts import portable
from simulation.contacts.randomness import FACTOR_1, FACTOR_2, MASK, STEP

ALL_BITS = cython.declare(cython.ulonglong, MASK)
LARGE_STEP = cython.declare(cython.ulonglong, STEP)
TIMES_1 = cython.declare(cython.ulonglong, FACTOR_1)
TIMES_2 = cython.declare(cython.ulonglong, FACTOR_2)
FRACTION = cython.declare(cython.double, 2.0**-52)
LEAST = cython.declare(cython.double, 2.0**-53)
LOW_BITS = cython.declare(cython.ulonglong, (1 << 32) - 1)
IN_SPAN = cython.declare(cython.longlong, 512)
"""Contacts in a span, about, if it can be as short as that."""
CROWDED = cython.declare(cython.longlong, 64)
"""Moves for each contact up to which inserting contacts one by one is fast."""

Both = cython.union(real=double, whole=ulonglong)

COMPILED: bool = cython.compiled
"""Whether this module runs as C."""


@cfunc
def _view(column: Any) -> Any:
    """Give a column whose numbers Python may add without a bound."""
    return column if cython.compiled else memoryview(column)


@cfunc
@inline
@exceptval(check=False)
def _finalise(x: ulonglong) -> ulonglong:
    x = ((x ^ (x >> 30)) * TIMES_1) & ALL_BITS
    x = ((x ^ (x >> 27)) * TIMES_2) & ALL_BITS
    return x ^ (x >> 31)


@cfunc
@inline
@exceptval(check=False)
def _uniform(bits: ulonglong) -> double:
    return (_from_bits(bits >> 12 | LARGE_BITS) - JUST_BELOW) * FRACTION


def place(
    begin: longlong[::1],
    end: longlong[::1],
    identity: longlong[::1],
    counts: longlong[::1],
    stream: ulonglong,
    instant: ulonglong,
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Give each contact of a stream its time and its key.

    Parameters
    ----------
    begin, end, identity : of each interval, as in `Intervals`; int64, microseconds
    counts : contacts in each interval
    stream : key of the stream
    instant : purpose of the draw of the time within the interval

    Returns
    -------
    Times and keys, in order of interval and ordinal.
    """
    begin, end, identity, counts = _view(begin), _view(end), _view(identity), _view(counts)
    total = 0
    for interval in range(len(counts)):
        total += counts[interval]
    times, keys = np.empty(total, np.int64), np.empty(total, np.uint64)
    time: longlong[::1] = times
    key: ulonglong[::1] = keys
    row: longlong = 0
    for interval in range(len(counts)):
        length: longlong = end[interval] - begin[interval]
        span: double = length
        where: ulonglong = identity[interval]
        for ordinal in range(counts[interval]):
            number: ulonglong = ordinal
            first = _finalise((((where << 32) | number) * LARGE_STEP + stream) & ALL_BITS)
            mine = _finalise(first ^ stream)
            within: longlong = cython.cast(
                longlong, _uniform(_finalise((mine + instant) & ALL_BITS)) * span
            )
            key[row] = mine
            time[row] = begin[interval] + min(within, length - 1)
            row += 1
    return times, keys


def uniforms(keys: ulonglong[::1], purpose: ulonglong) -> NDArray[np.float64]:
    """Give each contact its uniform number for a purpose, which holds the attempt's steps."""
    keys = _view(keys)
    numbers = np.empty(len(keys))
    number: double[::1] = numbers
    for row in range(len(keys)):
        number[row] = _uniform(_finalise((keys[row] + purpose) & ALL_BITS))
    return numbers


def climb(
    u: double[::1], mean: double[::1], k: double[::1], mass: double[::1], below: double[::1]
) -> NDArray[np.int64]:
    """Give what `counts.climb` gives."""
    results = np.empty(len(u), np.int64)
    result: longlong[::1] = results
    for row in range(len(u)):
        aim: double = u[row]
        expected: double = mean[row]
        count: double = k[row]
        term: double = mass[row]
        total: double = below[row]
        while total < aim:
            count += 1.0
            term *= expected / count
            total += term
        result[row] = cython.cast(longlong, count)
    return results


def sum_down(mass: double[::1], k: double[::1], mean: double[::1]) -> NDArray[np.float64]:
    """Give what `counts.sum_down` gives."""
    totals = np.empty(len(k))
    total: double[::1] = totals
    for row in range(len(k)):
        term: double = mass[row]
        here: double = k[row]
        expected: double = mean[row]
        before: double = -1.0
        added: double = term
        while added != before:
            before = added
            term *= here / expected
            added += term
            here = max(here - 1.0, 0.0)
        total[row] = added
    return totals


def sum_up(mass: double[::1], k: double[::1], mean: double[::1]) -> NDArray[np.float64]:
    """Give what `counts.sum_up` gives."""
    totals = np.empty(len(k))
    total: double[::1] = totals
    for row in range(len(k)):
        here: double = k[row] + 1.0
        expected: double = mean[row]
        term: double = mass[row] * (expected / here)
        before: double = -1.0
        added: double = term
        while added != before:
            before = added
            here += 1.0
            term *= expected / here
            added += term
        total[row] = added
    return totals


def sites(keys: ulonglong[::1], purpose: ulonglong, edges: ulonglong[::1]) -> NDArray[np.int16]:
    """Give each contact its site: how many edges its bits have reached."""
    keys, edges = _view(keys), _view(edges)
    numbers = np.empty(len(keys), np.int16)
    number: short[::1] = numbers
    for row in range(len(keys)):
        bits = _finalise((keys[row] + purpose) & ALL_BITS)
        reached: short = 0
        for edge in range(len(edges)):
            reached += bits >= edges[edge]
        number[row] = reached
    return numbers


def kinds(numbers: longlong[::1], rows: longlong[::1], table: short[:, ::1]) -> Any:
    """Give what `fast.kinds` gives."""
    numbers, rows = _view(numbers), _view(rows)
    total: longlong = len(rows)
    sources, effects = np.empty(total, np.int8), np.empty(total, np.int8)
    origins, reasons, channels = (np.empty(total, np.int16) for _ in range(3))
    source: schar[::1] = sources
    origin: short[::1] = origins
    reason: short[::1] = reasons
    channel: short[::1] = channels
    effect: schar[::1] = effects
    for place in range(total):
        number: longlong = numbers[rows[place]]
        source[place] = table[number, 0]
        origin[place] = table[number, 1]
        reason[place] = table[number, 2]
        channel[place] = table[number, 3]
        effect[place] = table[number, 4]
    return sources, origins, reasons, channels, effects


# `portable` for numbers of the usual range: without branches, so that the processor can take
# several at a time. A whole number becomes a float, and back, as the last bits of 2^52 and more.


LN_2_HIGH = cython.declare(cython.double, portable.LN_2_HIGH)
LN_2_LOW = cython.declare(cython.double, portable.LN_2_LOW)
OVER_LN_2 = cython.declare(cython.double, 1.0 / portable.LN_2)
FROM_ROOT = cython.declare(
    cython.ulonglong, (portable.EXPONENT_BIAS << 52) - portable.SQRT_HALF_BITS
)
"""Makes exponents change at the root of a half, and of two, instead of at 1 and 2."""
BIAS_BITS = cython.declare(cython.ulonglong, portable.EXPONENT_BIAS << 52)
EXPONENT_BITS = cython.declare(cython.ulonglong, 0x7FF << 52)
LARGE = cython.declare(cython.double, 2.0**52)
JUST_BELOW = cython.declare(cython.double, 2.0**52 - 0.5)
ROUNDER = cython.declare(cython.double, 1.5 * 2.0**52)
LARGE_BITS = cython.declare(cython.ulonglong, (portable.EXPONENT_BIAS + 52) << 52)
SHIFTED = cython.declare(cython.double, 2.0**52 + 2048.0)
BIASED = cython.declare(cython.double, 2.0**52 + portable.EXPONENT_BIAS)
TAIL_FROM = cython.declare(cython.double, 0.180625)
FAR = cython.declare(cython.double, portable.FAR)
MEDIAN = cython.declare(cython.double, 0.5)

_POLYNOMIALS = (
    portable.LOG_EVEN,
    portable.LOG_ODD,
    portable.EXP,
    *portable.CENTRE,
    *portable.TAIL,
    *portable.FAR_TAIL,
)
COEFFICIENT = cython.declare(cython.double[60])
"""Their coefficients, one after the other: 3, 4, 5 and six times 8."""
for _place, _number in enumerate(number for each in _POLYNOMIALS for number in each):
    COEFFICIENT[_place] = _number


@cfunc
@inline
@exceptval(check=False)
def _polynomial(x: double, first: longlong, count: longlong) -> double:
    result: double = COEFFICIENT[first]
    for place in range(first + 1, first + count):
        result = result * x + COEFFICIENT[place]
    return result


@cfunc
@inline
@exceptval(check=False)
def _bits(x: double) -> ulonglong:
    if cython.compiled:
        both = cython.declare(Both)
        both.real = x
        return both.whole
    bits: ulonglong = struct.unpack("<Q", struct.pack("<d", x))[0]
    return bits


@cfunc
@inline
@exceptval(check=False)
def _from_bits(x: ulonglong) -> double:
    if cython.compiled:
        both = cython.declare(Both)
        both.whole = x
        return both.real
    real: double = struct.unpack("<d", struct.pack("<Q", x))[0]
    return real


@cfunc
@inline
@exceptval(check=False)
def _floor(x: double) -> double:
    """Give the whole number below, as a float, for numbers from -2^51 to 2^51."""
    near: double = (x + ROUNDER) - ROUNDER
    return near - (1.0 if near > x else 0.0)


@cfunc
@inline
@exceptval(check=False)
def _log(x: double) -> double:
    bits = _bits(x)
    exponent: ulonglong = bits + FROM_ROOT
    f: double = _from_bits(bits + BIAS_BITS - (exponent & EXPONENT_BITS)) - 1.0
    k: double = _from_bits(exponent >> 52 | LARGE_BITS) - BIASED
    s: double = f / (f + 2.0)
    z: double = s * s
    w: double = z * z
    remainder: double = w * _polynomial(w, 0, 3) + z * _polynomial(w, 3, 4)
    half_square: double = f * 0.5 * f
    correction: double = s * (half_square + remainder) + k * LN_2_LOW
    return k * LN_2_HIGH - ((half_square - correction) - f)


@cfunc
@inline
@exceptval(check=False)
def _exp(x: double) -> double:
    clipped: double = min(max(x, -746.0), 710.0)
    times: double = _floor(clipped * OVER_LN_2 + 0.5)
    high: double = clipped - times * LN_2_HIGH
    low: double = times * LN_2_LOW
    reduced: double = high - low
    square: double = reduced * reduced
    c: double = reduced - square * _polynomial(square, 7, 5)
    mantissa: double = 1.0 - ((low - (reduced * c) / (2.0 - c)) - high)
    # 2048 more, so that it is positive; its half is 1024 more.
    k: ulonglong = _bits(times + SHIFTED) - LARGE_BITS
    half: ulonglong = k >> 1
    return mantissa * _from_bits((half - 1) << 52) * _from_bits((k - half - 1) << 52)


# Durations, a block of contacts at a time: their uniform numbers, the durations, their places


@cfunc
@inline
@exceptval(check=False)
def _whole(value: double, cap: double) -> longlong:
    return _bits(_floor(min(value, cap) + 0.5) + LARGE) - LARGE_BITS


@cfunc
@inline
@exceptval(check=False)
def _inside(u: double, zero_share: double) -> double:
    return min(max((u - zero_share) / (1.0 - zero_share), LEAST), 1.0 - LEAST)


@cfunc
@exceptval(check=False)
def _exponentials(
    block: pointer(ulonglong),
    count: longlong,
    purpose: ulonglong,
    zero_share: double,
    cap: double,
    mean: double,
) -> void:
    for row in range(count):
        u: double = _uniform(_finalise((block[row] + purpose) & ALL_BITS))
        x: double = -_inside(u, zero_share)
        # It is never 1: x is not that small.
        shifted: double = x + 1.0
        whole = _whole(_log(shifted) * (x / (shifted - 1.0)) * -mean, cap)
        block[row] = 0 if u < zero_share else whole


@cfunc
@exceptval(check=False)
def _lognormals(
    block: pointer(ulonglong),
    count: longlong,
    purpose: ulonglong,
    zero_share: double,
    cap: double,
    mu: double,
    sigma: double,
) -> void:
    us = cython.declare(cython.double[256])
    z = cython.declare(cython.double[256])
    for row in range(count):
        u: double = _uniform(_finalise((block[row] + purpose) & ALL_BITS))
        us[row] = u
        q: double = _inside(u, zero_share) - 0.5
        square: double = TAIL_FROM - q * q
        z[row] = q * _polynomial(square, 12, 8) / _polynomial(square, 20, 8)
    _tails(us, z, count, zero_share)
    for row in range(count):
        whole = _whole(_exp(z[row] * sigma + mu), cap)
        block[row] = 0 if us[row] < zero_share else whole


@cfunc
@inline
@exceptval(check=False)
def _tails(us: pointer(double), z: pointer(double), count: longlong, zero_share: double) -> void:
    """Correct the normal quantiles of the uniform numbers that are far from a half."""
    tail = cython.declare(cython.double[256])
    where = cython.declare(cython.longlong[256])
    some: longlong = 0
    for row in range(count):
        u: double = _inside(us[row], zero_share)
        tail[some] = u
        where[some] = row
        some += TAIL_FROM - (u - 0.5) * (u - 0.5) < 0.0
    for row in range(some):
        lower: double = tail[row]
        r: double = sqrt(-_log(lower if lower < MEDIAN else 1.0 - lower))
        value: double = _polynomial(r - 1.6, 28, 8) / _polynomial(r - 1.6, 36, 8)
        beyond: double = _polynomial(r - 5.0, 44, 8) / _polynomial(r - 5.0, 52, 8)
        value = beyond if r > FAR else value
        tail[row] = -value if lower < MEDIAN else value
    for row in range(some):
        z[where[row]] = tail[row]


def exponential(
    keys: ulonglong[::1],
    purpose: ulonglong,
    zero_share: double,
    cap: double,
    mean: double,
    into: longlong[::1],
) -> None:
    """Draw exponential durations; see `Quantile.draw` and `families.Exponential`."""
    keys = _view(keys)
    block = cython.declare(cython.ulonglong[256])
    for begin in range(0, len(keys), 256):
        count: longlong = min(len(keys) - begin, 256)
        for row in range(count):
            block[row] = keys[begin + row]
        _exponentials(block, count, purpose, zero_share, cap, mean)
        for row in range(count):
            into[begin + row] = block[row]


def lognormal(
    keys: ulonglong[::1],
    purpose: ulonglong,
    zero_share: double,
    cap: double,
    mu: double,
    sigma: double,
    into: longlong[::1],
) -> None:
    """Draw lognormal durations; see `Quantile.draw` and `families.Lognormal`."""
    keys = _view(keys)
    block = cython.declare(cython.ulonglong[256])
    for begin in range(0, len(keys), 256):
        count: longlong = min(len(keys) - begin, 256)
        for row in range(count):
            block[row] = keys[begin + row]
        _lognormals(block, count, purpose, zero_share, cap, mu, sigma)
        for row in range(count):
            into[begin + row] = block[row]


# Order


def in_order(times: longlong[::1], length: longlong) -> Any:
    """Give what `fast.in_order` gives, or None where many times crowd together.

    Each time goes to the span of at most 71 minutes that it lies in, together with its row: a
    number of 64 bits, of which the first half says when in the span. Each span, which the
    processor's cache can hold, is sorted by itself.
    """
    times = _view(times)
    total: longlong = len(times)
    if total >> 32:
        return None
    shift: longlong = 32
    while shift and (length >> shift) * IN_SPAN < total:
        shift -= 1
    ends = np.zeros((length >> shift) + 2, np.int64)
    end: longlong[::1] = _view(ends)
    for row in range(total):
        end[(times[row] >> shift) + 1] += 1
    fullest: longlong = 0
    for span in range(1, len(end)):
        fullest = max(fullest, end[span])
        end[span] += end[span - 1]
    packed = np.empty(total, np.uint64)
    item: ulonglong[::1] = _view(packed)
    within: ulonglong = LOW_BITS >> (32 - shift)
    for row in range(total):
        span = times[row] >> shift
        low: ulonglong = times[row]
        number: ulonglong = row
        item[end[span]] = (low & within) << 32 | number
        end[span] += 1
    rows, ordered = packed.view(np.int64), np.empty(total, np.int64)
    where: longlong[::1] = _view(rows)
    when: longlong[::1] = _view(ordered)
    scratch: ulonglong[::1] = _view(np.empty(fullest, np.uint64))
    starts: longlong[::1] = _view(np.empty(2 * fullest + 1, np.int64))
    begin: longlong = 0
    for span in range(len(end) - 1):
        until: longlong = end[span]
        if not _sort(item, begin, until, shift, scratch, starts):
            return None
        first: longlong = span << shift
        for place in range(begin, until):
            mine: ulonglong = item[place]
            when[place] = first + cython.cast(longlong, mine >> 32)
            where[place] = mine & LOW_BITS
        begin = until
    return rows, ordered


@cfunc
@exceptval(check=False)
def _sort(
    item: ulonglong[::1],
    begin: longlong,
    end: longlong,
    shift: longlong,
    scratch: ulonglong[::1],
    start: longlong[::1],
) -> bint:
    """Sort the items of one span; tell whether they were not too crowded."""
    count: longlong = end - begin
    buckets: ulonglong = 2 * count
    bucket: ulonglong
    place: longlong
    for place in range(2 * count + 1):
        start[place] = 0
    for place in range(begin, end):
        scratch[place - begin] = item[place]
        bucket = ((item[place] >> 32) * buckets) >> shift
        start[bucket + 1] += 1
    for place in range(1, 2 * count + 1):
        start[place] += start[place - 1]
    for place in range(count):
        bucket = ((scratch[place] >> 32) * buckets) >> shift
        item[begin + start[bucket]] = scratch[place]
        start[bucket] += 1
    moves: longlong = 0
    for row in range(begin + 1, end):
        mine: ulonglong = item[row]
        place = row
        while place > begin and item[place - 1] > mine:
            item[place] = item[place - 1]
            place -= 1
        item[place] = mine
        moves += row - place
        if moves > CROWDED * count:
            return False
    return True
