"""A phone's camera with the other decoder: zbar, which shares no line with zxing."""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from tests.drivers.needed import needed


def read_by_zbar(picture: Image.Image) -> list[str]:
    """Return every QR code in *picture*."""
    program = needed("zbarimg", "zbar-tools")
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
