"""Logarithms and the like, with the same bits on every processor.

NumPy picks its ``log``, ``exp`` and ``power`` by processor, and they differ in the last bit.
One such bit can move a contact by a microsecond, change who is served first, and so change
a year. The functions here are built from operations that IEEE 754 fixes exactly (+, -, x, /,
square root, comparisons, integer arithmetic), each a NumPy call of its own, so that
nothing can be fused, reordered or approximated differently.

Every function takes a float and returns a float, or takes an array of any shape and returns
an array of that shape. Outside its domain it returns what mathematics suggests (an infinity,
or NaN) and never warns.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Protocol, cast, overload

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
"""An array of double-precision numbers."""

LN_2 = 0.6931471805599453
HALF_LN_2PI = 0.9189385332046727

_CHUNK = 8_192
"""Elements handled at a time, so that intermediate results stay in the processor's cache."""

LN_2_HIGH, LN_2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
MANTISSA_BITS, EXPONENT_BIAS = 52, 1_023
SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
_SMALLEST_NORMAL = 2.0**-1022

# Minimax polynomials for log and exp, as published in Sun's fdlibm (e_log.c, e_exp.c).
LOG_EVEN = (1.531383769920937332e-01, 2.222219843214978396e-01, 3.999999999940941908e-01)
LOG_ODD = (
    1.479819860511658591e-01,
    1.818357216161805012e-01,
    2.857142874366239149e-01,
    6.666666666666735130e-01,
)
EXP = (
    4.13813679705723846039e-08,
    -1.65339022054652515390e-06,
    6.61375632143793436117e-05,
    -2.77777777770155933842e-03,
    1.66666666666666019037e-01,
)

# Rational approximations of the normal quantile: AS 241, routine PPND16.
CENTRE = (
    (
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080e0,
    ),
    (
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1.0,
    ),
)
TAIL = (
    (
        7.74545014278341407640e-4,
        2.27238449892691845833e-2,
        2.41780725177450611770e-1,
        1.27045825245236838258e0,
        3.64784832476320460504e0,
        5.76949722146069140550e0,
        4.63033784615654529590e0,
        1.42343711074968357734e0,
    ),
    (
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        1.51986665636164571966e-2,
        1.48103976427480074590e-1,
        6.89767334985100004550e-1,
        1.67638483018380384940e0,
        2.05319162663775882187e0,
        1.0,
    ),
)
FAR_TAIL = (
    (
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        1.24266094738807843860e-3,
        2.65321895265761230930e-2,
        2.96560571828504891230e-1,
        1.78482653991729133580e0,
        5.46378491116411436990e0,
        6.65790464350110377720e0,
    ),
    (
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        1.48753612908506148525e-2,
        1.36929880922735805310e-1,
        5.99832206555887937690e-1,
        1.0,
    ),
)
_MEDIAN, FAR = 0.5, 5.0

# Stirling's series: B(2n) / (2n (2n - 1)), highest power first.
STIRLING = (
    -3617 / 122_400,
    1 / 156,
    -691 / 360_360,
    1 / 1_188,
    -1 / 1_680,
    1 / 1_260,
    -1 / 360,
    1 / 12,
)
STIRLING_FROM = 16


class Elementwise(Protocol):
    """A function of one number, for floats and arrays alike."""

    @overload
    def __call__(self, x: float, /) -> float: ...
    @overload
    def __call__(self, x: Floats, /) -> Floats: ...


def elementwise(kernel: Callable[[Floats], Floats]) -> Elementwise:
    """Make a function of one-dimensional arrays into one of floats and arrays of any shape."""

    @wraps(kernel)
    def function(x: float | Floats, /) -> float | Floats:
        values = np.asarray(x, dtype=np.float64)
        flat, result = values.ravel(), np.empty(values.size)
        with np.errstate(all="ignore"):
            for begin in range(0, flat.size, _CHUNK):
                result[begin : begin + _CHUNK] = kernel(flat[begin : begin + _CHUNK])
        return result.reshape(values.shape) if isinstance(x, np.ndarray) else float(result[0])

    return cast("Elementwise", function)


def polynomial(x: Floats, coefficients: Sequence[float]) -> Floats:
    """Evaluate a polynomial by Horner's rule, highest power first."""
    result = np.full(x.shape, float(coefficients[0]))
    for coefficient in coefficients[1:]:
        np.multiply(result, x, out=result)
        np.add(result, coefficient, out=result)
    return result


@elementwise
def log(x: Floats) -> Floats:
    """Natural logarithm, within 1 unit in the last place; -inf at 0, NaN below."""
    usual = (x >= _SMALLEST_NORMAL) & (x < np.inf)
    if usual.all():
        return _log_normal(x)
    scaled = np.where(x > 0, x * 2.0**54, 1.0)
    result = _log_normal(np.where(usual, x, 1.0))
    result = np.where(usual, result, _log_normal(np.minimum(scaled, 1.0)) - 54 * LN_2)
    result[x == 0] = -np.inf
    result[x == np.inf] = np.inf
    result[~(x >= 0)] = np.nan
    return result


def _log_normal(x: Floats) -> Floats:
    """Logarithm of normal positive numbers: x = 2^k (1 + f), 1 + f from √½ to √2."""
    bits = x.view(np.int64) if x.flags.c_contiguous else x.copy().view(np.int64)
    exponent = (bits - SQRT_HALF_BITS) >> MANTISSA_BITS
    f = (bits - (exponent << MANTISSA_BITS)).view(np.float64) - 1.0
    k = exponent.astype(np.float64)
    s = f / (f + 2.0)
    z = s * s
    w = z * z
    remainder = w * polynomial(w, LOG_EVEN) + z * polynomial(w, LOG_ODD)
    half_square = f * 0.5 * f
    correction = s * (half_square + remainder) + k * LN_2_LOW
    return k * LN_2_HIGH - ((half_square - correction) - f)


@elementwise
def log1p(x: Floats) -> Floats:
    """Natural logarithm of 1 + x, also accurate for small x (Kahan's correction)."""
    shifted = x + 1.0
    exact = (shifted == 1.0) | (shifted == 0.0) | (shifted == np.inf)
    safe = np.where(exact, 2.0, shifted)
    corrected = log(safe) * (x / (safe - 1.0))
    return np.where(exact, np.where(shifted == 1.0, x, log(shifted)), corrected)


@elementwise
def exp(x: Floats) -> Floats:
    """Exponential, within 1 unit in the last place; 0 or infinity beyond the number range."""
    number = x == x  # noqa: PLR0124 - NaN alone differs from itself
    clipped = np.clip(np.where(number, x, 0.0), -746.0, 710.0)
    k = np.floor(clipped * (1.0 / LN_2) + 0.5)
    high, low = clipped - k * LN_2_HIGH, k * LN_2_LOW
    reduced = high - low
    c = _exp_remainder(reduced)
    mantissa = 1.0 - ((low - (reduced * c) / (2.0 - c)) - high)
    result = _times_power_of_two(mantissa, k.astype(np.int64))
    return np.where(number, result, np.nan)


@elementwise
def expm1(x: Floats) -> Floats:
    """Exponential minus 1, also accurate for small x."""
    small = np.abs(x) < 0.5 * LN_2
    reduced = np.where(small, x, 0.0)
    c = _exp_remainder(reduced)
    return np.where(small, reduced + (reduced * c) / (2.0 - c), exp(x) - 1.0)


def _exp_remainder(x: Floats) -> Floats:
    square = x * x
    return x - square * polynomial(square, EXP)


def _times_power_of_two(x: Floats, k: npt.NDArray[np.int64]) -> Floats:
    half = k >> 1
    first = ((half + EXPONENT_BIAS) << MANTISSA_BITS).view(np.float64)
    second = ((k - half + EXPONENT_BIAS) << MANTISSA_BITS).view(np.float64)
    return x * first * second


@overload
def power(x: float, y: float) -> float: ...
@overload
def power(x: Floats, y: float | Floats) -> Floats: ...
def power(x: float | Floats, y: float | Floats) -> float | Floats:
    """Raise x >= 0 to the power y, as exp(y log x): relative error about 2e-16 |y log x|."""
    if isinstance(x, np.ndarray):
        zero = np.equal(y, 0.0)
        with np.errstate(all="ignore"):
            return exp(np.where(zero, 0.0, log(x) * y))
    if isinstance(y, np.ndarray):
        return power(np.full(y.shape, x), y)
    return 1.0 if y == 0 else exp(y * log(x))


@elementwise
def normal_quantile(u: Floats) -> Floats:
    """Quantile of the standard normal distribution; relative error about 1e-15.

    References
    ----------
    M.J. Wichura (1988), Algorithm AS 241: the percentage points of the normal distribution,
    Applied Statistics 37, 477-484; routine PPND16.
    """
    q = u - 0.5
    square = 0.180625 - q * q
    result = q * polynomial(square, CENTRE[0]) / polynomial(square, CENTRE[1])
    outside = np.flatnonzero(~(square >= 0.0))
    if outside.size:
        result[outside] = _normal_tail(u[outside])
    return result


def _normal_tail(u: Floats) -> Floats:
    lower = u < _MEDIAN
    r = np.sqrt(-log(np.where(lower, u, 1.0 - u)))
    near, far = r - 1.6, r - 5.0
    z = polynomial(near, TAIL[0]) / polynomial(near, TAIL[1])
    beyond = polynomial(far, FAR_TAIL[0]) / polynomial(far, FAR_TAIL[1])
    z = np.where(r <= FAR, z, np.where(r == np.inf, np.inf, beyond))
    return np.where(lower, -z, z)


@elementwise
def log_gamma(x: Floats) -> Floats:
    """Logarithm of the gamma function for x > 0, by Stirling's series from 16 upwards.

    Error about 1e-14, absolute for x up to 16 and relative above.
    """
    product, shifted = np.ones(x.shape), np.where(x > 0, x, np.inf)
    while (below := shifted < STIRLING_FROM).any():
        product = np.where(below, product * shifted, product)
        shifted = np.where(below, shifted + 1.0, shifted)
    series = polynomial(1.0 / (shifted * shifted), STIRLING) / shifted
    main = (shifted - 0.5) * log(shifted) - shifted + HALF_LN_2PI
    result = np.where(shifted == np.inf, np.inf, main + series - log(product))
    return np.where(x >= 0, result, np.nan)
