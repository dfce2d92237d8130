"""A "me too" of an idea that arrives from a kiosk: what its event means."""

from uuid import UUID

from kiosk import wire
from kiosk.central.boards import actions
from kiosk.central.boards.models import Support
from kiosk.central.exchange.parsing import Brought, LibraryKeys, NotUnderstood, read

_LONGEST_NAME = 40


def arrived(library: LibraryKeys, brought: Brought) -> None:
    """Count it; the same event again adds nothing. Raises Held."""
    told = read(bytes(brought.event.payload), wire.IdeaSupported)
    said = Support(
        id=brought.id,
        tenant=library.tenant,
        branch=library.branches.get(told.branch, brought.device.branch),
        tally=told.tally[:_LONGEST_NAME],
        at=brought.at,
    )
    try:
        idea = UUID(brought.event.about)
    except ValueError as error:
        raise NotUnderstood("unreadable") from error
    if not actions.support(said, idea):
        raise NotUnderstood("unknown_idea")
