"""The owner of a state folder: what a command run as root makes there is given back to them."""

import os
import stat
from functools import partial
from pathlib import Path

import click


def leave_owner(folder: Path) -> None:
    """Give back what this command makes in *folder*, when it has ended."""
    if os.geteuid() == 0:
        click.get_current_context().call_on_close(partial(give_back, folder))


def give_back(folder: Path) -> None:
    """Let files of root's in *folder* belong to whom the folder belongs; modes stay as they are.

    No link is followed, and nothing that has another name elsewhere is touched.
    """
    if not folder.is_dir() or (owner := folder.stat()).st_uid == 0:
        return
    for _, folders, files, opened in os.fwalk(folder):
        for name in [*folders, *files]:
            found = os.stat(name, dir_fd=opened, follow_symlinks=False)
            alone = stat.S_ISDIR(found.st_mode) or found.st_nlink == 1
            if found.st_uid == 0 and alone and not stat.S_ISLNK(found.st_mode):
                whose = (owner.st_uid, owner.st_gid)
                os.chown(name, *whose, dir_fd=opened, follow_symlinks=False)
