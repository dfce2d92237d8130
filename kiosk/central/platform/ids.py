"""Identities made at central: UUID version 7, as the kiosks make them."""

from uuid import UUID

from kiosk.domain import world

_WORLD = world.RealWorld()


def as_uuid(told: str) -> UUID | None:
    """Read an identity, or return None."""
    try:
        return UUID(told)
    except ValueError:
        return None


def new_id() -> UUID:
    """Make an identity that sorts by the time it was made."""
    return UUID(world.new_id(_WORLD))
