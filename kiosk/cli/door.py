"""The door to central: brought in late, and missed plainly where its extra is not installed."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from kiosk import places
from kiosk.problems import CENTRAL_FOLDER, EXTRA_MISSING, Trouble, meaning


@contextmanager
def central_operations() -> Iterator[ModuleType]:
    """Bring in central's operations. Raises Trouble: EXTRA_MISSING, CENTRAL_FOLDER."""
    try:
        from kiosk.central.run import operations

        yield operations
    except ModuleNotFoundError as error:
        raise Trouble(EXTRA_MISSING, name=error.name) from error
    except OSError as error:
        path = error.filename or places.central_home()
        raise Trouble(CENTRAL_FOLDER, path=path, why=meaning(error)) from error
