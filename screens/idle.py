"""The idle clock: how long nobody has touched anything."""

from dataclasses import dataclass, field

from textual import events

from kiosk.domain.world import since_boot_s

_SIGNS_OF_LIFE = (
    events.Key,
    events.MouseDown,
    events.MouseScrollDown,
    events.MouseScrollUp,
    events.Paste,
)
"""A moving mouse is none: a trembling pointer would keep a visit open for ever."""


@dataclass(slots=True)
class IdleClock:
    """Measures the silence since the last key or touch."""

    idle_s: float
    """Silence after which the visitor is asked whether she is still there."""
    warning_s: float
    """Time she then has to answer."""
    patience: float = 1.0
    """How many times as long what is on screen may take: twelve signs are copied by hand."""
    last: float = field(default_factory=since_boot_s)
    """When the last sign of life was, by a clock that goes on while the machine sleeps."""

    def notice(self, event: events.Event) -> bool:
        """Start anew when *event* is a sign of life; tell whether it was."""
        alive = isinstance(event, _SIGNS_OF_LIFE)
        if alive:
            self.start_anew()
        return alive

    def start_anew(self) -> None:
        """Count from now."""
        self.last = since_boot_s()

    @property
    def silent_s(self) -> float:
        """Seconds since the last sign of life."""
        return since_boot_s() - self.last

    @property
    def must_ask(self) -> bool:
        """Whether it is time to ask."""
        return self.silent_s >= self.idle_s * self.patience

    @property
    def left_s(self) -> float:
        """Seconds until the visit is wiped; 0 when it is time."""
        return max(0.0, (self.idle_s + self.warning_s) * self.patience - self.silent_s)
