"""Keys: arrows move to the nearest thing one can press in that direction."""

from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

ARROWS = ("up", "down", "left", "right")
HELP = "f1"
CONTRAST = "f2"
LARGE = "f3"
LISTEN = "f4"
EASIER = "f5"
TECHNICIAN = "f12"
WISHED = (HELP, CONTRAST, LARGE, LISTEN, EASIER, TECHNICIAN)
"""They work on every screen."""


def nearest(screen: Screen[None], arrow: str) -> Widget | None:
    """Return the focusable widget that lies next in the direction of *arrow*, or None.

    Something straight ahead is preferred to something nearer but aside.
    """
    focused = screen.focused
    if focused is None:
        return next(iter(screen.focus_chain), None)
    here = focused.region
    ahead = [
        (_distance(here, each.region, arrow), place, each)
        for place, each in enumerate(screen.focus_chain)
        if each is not focused and _is_ahead(here, each.region, arrow)
    ]
    return min(ahead)[2] if ahead else None


def _is_ahead(here: Region, there: Region, arrow: str) -> bool:
    match arrow:
        case "up":
            return there.bottom <= here.y
        case "down":
            return there.y >= here.bottom
        case "left":
            return there.right <= here.x
        case _:
            return there.x >= here.right


def _distance(here: Region, there: Region, arrow: str) -> int:
    """Measure in half cells, a row counting as two columns; being aside counts threefold."""
    gap_x = max(there.x - here.right, here.x - there.right, 0)
    gap_y = 2 * max(there.y - here.bottom, here.y - there.bottom, 0)
    aside_x = abs(2 * there.x + there.width - 2 * here.x - here.width) // 4
    if arrow in {"up", "down"}:
        return gap_y + 3 * gap_x + aside_x
    return gap_x + 3 * gap_y
