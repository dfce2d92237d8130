"""Names of files on the command line: a folder in the place of a file is wrong use, everywhere."""

import os
from pathlib import Path
from typing import Any

import click


class _AFile(click.Path):
    """A file to read or to write, whether or not it is there yet."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Refuse a folder, with what to name instead."""
        path = Path(value)
        if path.is_dir():
            self.fail(f"{path} is a folder; name a file in it.", param, ctx)
        return Path(os.fsdecode(super().convert(path, param, ctx)))


A_FILE = _AFile(path_type=Path)
A_FILE_OR_FOLDER = click.Path(path_type=Path)


def as_folder_as_the_source(ctx: click.Context, param: click.Parameter, target: Path) -> Path:
    """See that answers to a whole folder go to a folder."""
    source = ctx.params["source"]
    if source.is_dir() and not target.is_dir():
        raise click.BadParameter(
            f"{source} is a folder, so {target} must be one that is there.", ctx, param
        )
    return target
