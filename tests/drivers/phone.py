"""A phone's camera with the other decoder: zbar, which shares no line with zxing."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from PIL import Image


def read_by_zbar(picture: Image.Image) -> list[str]:
    """Return every QR code in *picture*; skips where there is no zbarimg, except in CI."""
    program = shutil.which("zbarimg")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("zbarimg is missing: install zbar-tools")
        pytest.skip("zbarimg is not installed")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "screen.png"
        picture.save(file)
        read = subprocess.run(
            [program, "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", file],
            check=False,
            capture_output=True,
            text=True,
        )
    return read.stdout.split()
