"""Sweeping: memory is swept while nobody waits, not in the middle of opening a screen."""

import gc
from functools import partial

from textual.app import App

from screens.idle import IdleClock

SELDOM = (20_000, 50, 100)
"""Thresholds of the collector. With Python's own it stopped the opening of every third screen to
look through all that the program keeps: 120 ms of some 300."""
PERIOD_S = 1.0
STILL_S = 0.7
"""How long hands have been still when nobody waits for an answer any more."""
WORTH = 5_000
"""So many new things are worth a look: a screen at rest makes few, opening one makes ten times
as many."""


def sweep_when_still(app: App[None], idle: IdleClock) -> None:
    """Look no more at what is there already, and at the rest when hands are still."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()
    app.set_interval(PERIOD_S, partial(_sweep, idle))


def _sweep(idle: IdleClock) -> None:
    young, *older = gc.get_count()
    if idle.silent_s >= STILL_S and (young >= WORTH or any(older)):
        gc.collect()
