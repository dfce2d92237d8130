"""The stock admin as technicians have it, a file for each kind of thing."""

from kiosk.central.staff.admin import (
    accounts,
    boards,
    branches,
    programme,
    questionnaires,
    webhooks,
)

__all__ = ["accounts", "boards", "branches", "programme", "questionnaires", "webhooks"]
