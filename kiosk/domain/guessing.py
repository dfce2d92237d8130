"""Guessing at receipt codes: how many wrong ones are heard before everybody must wait."""

from collections.abc import Iterable

WINDOW_S = 600.0
"""How long a wrong guess counts."""
MOST_WRONG = 10
"""Wrong guesses in that time, from one kiosk or one address; at 55 bits they find nothing."""


def still_counting(wrong_at: Iterable[float], now: float) -> list[float]:
    """Keep the times of wrong guesses that still count at *now*; all in seconds of one clock.

    Times that lie ahead, written before the clock was set back, are dropped: nobody waits for them.
    """
    return [at for at in wrong_at if now - WINDOW_S < at <= now]


def must_wait(wrong_at: Iterable[float], now: float) -> bool:
    """Tell whether no further guess is heard at *now*."""
    return len(still_counting(wrong_at, now)) >= MOST_WRONG
