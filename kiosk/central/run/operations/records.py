"""What commands ask of a central that is set up: codes, checks, rows."""

from datetime import datetime
from typing import TYPE_CHECKING

from kiosk import places
from kiosk.central.run.operations.ready import database, ready
from kiosk.problems import UNKNOWN_BRANCH, Trouble

if TYPE_CHECKING:
    from kiosk.central.run.checks import DeploymentCheck
    from kiosk.central.tenants.models import Branch


def enrol_code(branch: str) -> tuple[str, datetime]:
    """Make a one-time code for the branch with this key, name or number (1 is the first).

    Raises Trouble: UNKNOWN_BRANCH, CENTRAL_NOT_READY.
    """
    ready()
    from django.utils import timezone

    from kiosk.central.devices import actions

    with database(places.central_home()):
        code, expires = actions.new_code(branch_called(branch))
    return code, timezone.localtime(expires)


def branch_called(name: str) -> "Branch":
    """Return the branch with this key, name or number. Raises Trouble (UNKNOWN_BRANCH)."""
    from kiosk.central.tenants import branches

    found = branches.find_branch(name)
    if found is None:
        known = ", ".join(each.key for each in branches.all_branches())
        raise Trouble(UNKNOWN_BRANCH, name=name, known=known or "none")
    return found


def check() -> "list[DeploymentCheck]":
    """Run every check of the deployment. Raises Trouble (CENTRAL_NOT_READY)."""
    ready()
    from kiosk.central.run import checks

    with database(places.central_home()):
        return checks.run()


def export(name: str, form: str, *, personal: bool = False) -> bytes:
    """Return an export as a file. Raises Trouble (CENTRAL_NOT_READY)."""
    ready()
    from kiosk.central.figures import export as figures
    from kiosk.central.staff.inbox import export as exports

    with database(places.central_home()):
        if name in figures.NAMES:
            return figures.body(name, form)
        return exports.body(name, form, personal=personal)
