"""Guessing at codes: who guesses is slowed down; a right code is as right after wrong ones."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network

WINDOW_S = 600.0
"""How long a wrong guess counts."""
MOST_WRONG = 10
"""Wrong guesses in that time, from one origin, that cost nothing."""
LONGEST_S = 2.0
"""How much longer a guess takes at most. Whoever tries ten million codes in a year finds one of 55
bits, among the 170,000 receipts of a library, once in twenty thousand years."""
_ONE_NETWORK = 64
"""Bits of an IPv6 address that one household or office is given; it picks the others itself."""


def still_counting(wrong_at: Iterable[float], now: float) -> list[float]:
    """Keep the times of wrong guesses that still count at *now*; all in seconds of one clock.

    Times that lie ahead, written before the clock was set back, are dropped: nobody waits for them.
    """
    return [at for at in wrong_at if now - WINDOW_S < at <= now]


def slowed_s(wrong: int) -> float:
    """Return how much longer the next guess takes after so many *wrong* ones, in seconds."""
    return min(LONGEST_S, max(0, wrong - MOST_WRONG + 1) * 0.2)


def origin(address: str) -> str:
    """Name where a caller at an IP address is: an IPv4 address, or the network of an IPv6 one."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    mapped = getattr(known, "ipv4_mapped", None)
    if mapped or known.version == 4:
        return str(mapped or known)
    return str(ip_network((known.packed, _ONE_NETWORK), strict=False))
