"""What a machine must have for a test: without it the test is left out, but fails on CI."""

import os
import shutil

import pytest


def needed(program: str, package: str) -> str:
    """Return the path of *program*, which Debian has in *package*."""
    path = shutil.which(program)
    if path is None:
        missing = f"{program} is missing: install {package}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return path
