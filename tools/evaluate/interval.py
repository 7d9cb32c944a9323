"""What a count can't exclude: 95 % intervals of shares and bounds of rates."""

import math
from typing import Final

_Z95: Final = 1.959964  # two-sided 95 % of the normal law
_ONE_IN: Final = 0.05


def wilson(found: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of the share `found` of `of`; (0, 1) if nothing was looked at.

    The score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    J. Am. Stat. Assoc. 22 (1927), 209-212. Unlike mean ± 2 sd it holds near 0 and 1 and for few trials (L. D.
    Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion", Stat. Sci. 16 (2001),
    101-133). Raises ValueError for more found than looked at.
    """
    if not 0 <= found <= of:
        raise ValueError(f"{found} of {of} is no share")
    if of == 0:
        return 0.0, 1.0
    share, z2 = found / of, _Z95**2
    centre = share + z2 / (2 * of)
    spread = _Z95 * math.sqrt(share * (1.0 - share) / of + z2 / (4 * of * of))
    low, high = ((centre + sign * spread) / (1.0 + z2 / of) for sign in (-1, 1))
    return (0.0 if found == 0 else low), (1.0 if found == of else high)


def upper_bound(seen: int) -> float:
    """Return the mean of the Poisson law under which so few or fewer are seen once in twenty.

    Exact (F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936), 437-442). For
    none seen it is 3.0: the rule of three (J. A. Hanley, A. Lippman-Hand, JAMA 249 (1983), 1743-1745).
    """
    low, high = 0.0, 3.0 * seen + 10.0
    for _ in range(100):
        mean = (low + high) / 2.0
        total = sum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(seen + 1))
        low, high = (mean, high) if total > _ONE_IN else (low, mean)
    return high


def as_interval(found: int, of: int) -> str:
    """Write the interval of a share in percent, rounded outward."""
    low, high = wilson(found, of)
    return f"{math.floor(1000 * low) / 10:g} to {math.ceil(1000 * high) / 10:g} %"


def as_bound(seen: int, hours: float) -> str:
    """Write what so many seen in some hours can't exclude, an hour, rounded up; nothing without hours."""
    if hours <= 0:
        return ""
    bound = upper_bound(seen) / hours
    digits = 1 if bound < 100 else 0
    return f"up to {math.ceil(bound * 10**digits) / 10**digits:g} an hour"
