"""The commands: the composition root, and the only place that names screens and central.

Everything heavy is imported inside the command that needs it.
"""

from pathlib import Path

import click


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example:  kiosk demo",
)
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="State folder of the kiosk (else KIOSK_HOME, else the configured one).",
)
@click.version_option(package_name="meroppet-kiosk", prog_name="kiosk")
@click.pass_context
def kiosk(context: click.Context, home: Path | None) -> None:
    """Run the kiosk for library branches that are open with nobody working there."""
    from kiosk.cli.output import log_discreetly

    log_discreetly()
    context.obj = home


@kiosk.group(epilog="Example:  kiosk central init --demo && kiosk central serve")
def central() -> None:
    """Run the library's end: the database, the staff's pages, the exchange."""
    from kiosk import places
    from kiosk.cli.owner import leave_owner

    leave_owner(places.central_home())


def main() -> None:
    """Run the command line."""
    from kiosk.cli import (
        branch,
        bundle,
        demo,
        ledger,
        library,
        output,
        safekeeping,
        simulate,
        staffing,
    )

    del branch, bundle, demo, ledger, library, safekeeping, simulate, staffing
    output.hide_tracebacks()
    kiosk(prog_name="kiosk")
