"""Commands about staff: who may log in at central, and as what."""

import click

from kiosk.cli import central
from kiosk.cli.door import central_operations as _operations
from kiosk.cli.output import command, say

ROLES = click.Choice(["chief", "librarian", "reader", "technician"])
_BRANCH = click.option("--branch", default="", help="Key or name; without it at all branches.")


@command(central, "employ", "kiosk central employ linnea --role librarian --branch hamnen")
@click.argument("user")
@click.option("--role", type=ROLES, default=None, help="Needed for whoever is new.")
@_BRANCH
@click.option("--first-name", default="", help="As she signs her answers.")
@click.option("--new-password", is_flag=True, help="In place of a forgotten one.")
def employ(
    user: str, role: str | None, branch: str, first_name: str, *, new_password: bool, as_json: bool
) -> None:
    """Let somebody log in as librarian, reader, technician or editor-in-chief.

    No page of central gives a role or a password: whoever may run this does. It is recorded.
    """
    with _operations() as operations:
        found = operations.employ(
            user, role or "", branch, first_name=first_name, new_password=new_password
        )
    told = {"user": found.user, "password": found.password, "roles": list(found.roles)}
    once = f"Password: {found.password}   (shown this once)\n" if found.password else ""
    say(told, as_json=as_json, people=f"{once}{found.user}: {', '.join(found.roles)}")


@command(central, "dismiss", "kiosk central dismiss linnea")
@click.argument("user")
@click.option("--role", type=ROLES, default=None, help="Only this role; she stays.")
@_BRANCH
def dismiss(user: str, role: str | None, branch: str, *, as_json: bool) -> None:
    """Let somebody log in no more, or take one role from her."""
    with _operations() as operations:
        found = operations.dismiss(user, role or "", branch)
    told = {"user": found.user, "roles": list(found.roles)}
    say(told, as_json=as_json, people=f"{found.user}: {', '.join(found.roles) or 'no role'}")
