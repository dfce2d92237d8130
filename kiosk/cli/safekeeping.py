"""Commands at the library: back up, put back, move to PostgreSQL, erase one or by rule."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from kiosk.cli import central
from kiosk.cli.door import central_operations
from kiosk.cli.naming import A_FILE
from kiosk.cli.output import command, say


@command(central, "backup", "kiosk central backup /mnt/backup/central-monday.backup")
@click.argument("file", type=A_FILE)
@click.option("--older", is_flag=True, help="Do without what a newer backup holds, for good.")
def backup(file: Path, *, older: bool, as_json: bool) -> None:
    """Write everything but the keys to FILE, prove it, and let kiosks purge what it holds."""
    with central_operations() as operations, _bar() as progress:
        done = operations.back_up(file, progress, older=older)
    people = (
        f"{file} holds {done.items} events of kiosks, {done.rows} rows in all; it was read back "
        "and restored on trial.\nKeep a copy of keys/ and erasures.log elsewhere: they "
        "are not in it, and nothing opens without the keys."
    )
    told = {"safe": done.safe, "epoch": done.epoch, "items": done.items, "rows": done.rows}
    say(told, as_json=as_json, people=people)


@command(central, "restore", "kiosk central restore /mnt/backup/central-monday.backup")
@click.argument("file", type=A_FILE)
@click.option("--replace", is_flag=True, help="Put it in the place of a central that is not empty.")
@click.option("--older", is_flag=True, help="Take it although a newer backup was called safe.")
def restore(file: Path, *, replace: bool, older: bool, as_json: bool) -> None:
    """Put the backup FILE in the place of the database; kiosks then bring what it has not."""
    with central_operations() as operations, _bar() as progress:
        done = operations.restore(file, progress, replace=replace, older=older)
    people = f"Restored {done.items} events of kiosks, {done.rows} rows in all."
    if done.erased:
        people += f"\n{done.erased} of them had been erased since, and are again."
    if done.lacks:
        people += (
            f"\nWhat is only in {done.lacks} is missing: kiosks have deleted it. Restore that one, "
            "as soon as you have it."
        )
    if not done.sure:
        people += (
            "\nWhether a later backup was called safe cannot be known here. If there is one, "
            "restore that: kiosks have deleted what it holds."
        )
    if done.aside:
        people += f"\nThe database that was there is kept as {done.aside}; delete it in time."
    told = {
        "safe": done.safe,
        "epoch": done.epoch,
        "items": done.items,
        "rows": done.rows,
        "erased": done.erased,
        "lacks": done.lacks,
    }
    say(told, as_json=as_json, people=people)


@command(central, "erase", "kiosk central erase 0198c0de-0000-7000-8000-000000000001")
@click.argument("name", metavar="ID")
def erase(name: str, *, as_json: bool) -> None:
    """Erase the submission ID now, everywhere; a receipt then says that it is erased."""
    with central_operations() as operations:
        many = operations.erase(name)
    people = "Erased; kiosks hear of it in their next exchange." if many else "Erased before."
    say({"erased": many}, as_json=as_json, people=people)


@command(central, "retention", "kiosk central retention --dry-run")
@click.option("--dry-run", is_flag=True, help="Count what is due; erase nothing.")
def retention(*, dry_run: bool, as_json: bool) -> None:
    """Erase what the library keeps no longer: answered, never answered, taken back, past."""
    with central_operations() as operations:
        counts = operations.retention(dry_run=dry_run)
    done = "would be erased" if dry_run else "erased"
    lines = [f"{name}: {many} {done}" for name, many in sorted(counts.items())]
    told = {"erased": 0 if dry_run else sum(counts.values()), "due": counts}
    say(told, as_json=as_json, people="\n".join(lines) or "Nothing is due.")


@command(central, "move", "kiosk central move postgresql://kiosk:PASSWORD@localhost/kiosk")
@click.argument("url", metavar="DATABASE-URL")
def move(url: str, *, as_json: bool) -> None:
    """Copy everything from SQLite to the empty PostgreSQL at DATABASE-URL; stop central first."""
    with central_operations() as operations, _bar() as progress:
        done = operations.move(url, progress)
    rows = sum(done.tables.values())
    people = (
        f"{rows} rows are in PostgreSQL, {done.events} events of kiosks among them; all of them "
        f"were read back.\nNow put its address into central.toml (database) and start central. "
        f"The old database is kept as {done.kept}; delete it in time."
    )
    told = {
        "rows": rows,
        "events": done.events,
        "tables": done.tables,
        "again": done.again,
        "kept": str(done.kept),
    }
    say(told, as_json=as_json, people=people)


@contextlib.contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """Show how far it has come, on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as drawn:
        tasks = {}

        def progress(step: str, many: int, of: int) -> None:
            if step not in tasks:
                tasks[step] = drawn.add_task(step, total=of or None)
            drawn.update(tasks[step], completed=many, total=of or None)

        yield progress
