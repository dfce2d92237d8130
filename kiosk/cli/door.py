"""The door to central: brought in late, and missed plainly where its extra is not installed."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from kiosk import places
from kiosk.problems import CENTRAL_NOT_READY, EXTRA_MISSING, Trouble


@contextmanager
def central_operations() -> Iterator[ModuleType]:
    """Bring in central's operations. Raises Trouble: EXTRA_MISSING, CENTRAL_NOT_READY."""
    try:
        from kiosk.central import operations
    except ModuleNotFoundError as error:
        raise Trouble(EXTRA_MISSING) from error
    try:
        yield operations
    except OSError as error:
        home = places.central_home()
        raise Trouble(CENTRAL_NOT_READY, path=home, why=error.strerror or error) from error
