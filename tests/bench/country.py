"""A country: libraries of a central that is set up, and a fleet of theirs that is played.

Run as `python -m tests.bench.country found N`, before central serves, and
`python -m tests.bench.country play URL KIOSKS SUBMISSIONS WITHIN_S CENTRAL_PID`, which prints what
was seen as JSON. In processes of their own: Django is set up once a process.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from kiosk.central.run import operations
from kiosk.central.run.operations.ready import database, ready
from kiosk.cli.fleet import Fleet
from kiosk.cli.simulate import allow_many_files, report
from kiosk.places import central_home

_TICKS = os.sysconf("SC_CLK_TCK")
_GIVE_UP_S = 600.0
_LESS_IMPORTANT = 5
"""So that central is not what waits for the processors: in life kiosks have their own."""


def found(many: int) -> None:
    """Found libraries until there are *many*, each with the programme of the first."""
    ready()
    from kiosk.central.platform.ids import new_id
    from kiosk.central.tenants.libraries import found, next_change
    from kiosk.central.tenants.models import Tenant

    with database(central_home()):
        first = Tenant.objects.get()
        for number in range(2, many + 1):
            library = found(f"library-{number}", f"Library {number}")
            branches = {}
            for branch in first.branches.all():
                old, branch.pk, branch.tenant = branch.pk, new_id(), library
                branch.save(force_insert=True)
                branches[old] = branch
            for workshop in first.workshops.all():
                workshop.pk, workshop.tenant = new_id(), library
                workshop.branch = branches[workshop.branch_id]
                workshop.save(force_insert=True)
            next_change(library)


def play(
    url: str, kiosks: int, submissions: int, within_s: float, central: int
) -> dict[str, float]:
    """Let a fleet join, hand in without a network, and come back; tell what each part cost."""
    os.nice(_LESS_IMPORTANT)
    keep_open = allow_many_files(kiosks)
    seen: dict[str, float] = {}

    def watched(part: str, steps: Iterable[None]) -> None:
        before, ours = cpu_s(central), time.process_time()
        for _ in steps:
            pass
        seen[f"central_{part}_ms"] = (cpu_s(central) - before) / kiosks * 1000
        seen[f"kiosk_{part}_ms"] = (time.process_time() - ours) / kiosks * 1000

    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        fleet = Fleet(Path(folder), url, kiosks, None, keep_open=keep_open)
        try:
            codes = operations.open_simulation(kiosks)
            watched("joining", fleet.enrol(codes))
            watched("handing_in", fleet.hand_in(submissions, sign_ups=True))

            def back() -> Iterable[None]:
                yield from fleet.come_back(within_s, _GIVE_UP_S)
                seen.update(asdict(report(fleet, operations)))

            watched("back", back())
        finally:
            fleet.close()
    return seen


def cpu_s(pid: int) -> float:
    """Return what a process and all below it have used of the processors; see proc(5)."""
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (int(stat[11]) + int(stat[12])) / _TICKS + sum(cpu_s(int(each)) for each in below)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["found", many]:
            found(int(many))
        case ["play", url, kiosks, submissions, within_s, pid]:
            played = play(url, int(kiosks), int(submissions), float(within_s), int(pid))
            print(json.dumps(played))  # noqa: T201
        case _:
            sys.exit(__doc__)
