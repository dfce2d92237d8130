"""A kiosk reports the version that is installed."""

from importlib.metadata import version

from kiosk.sync import report


def test_the_version_is_that_of_the_installed_program() -> None:
    report._version.cache_clear()
    assert report._version() == version("meroppet-kiosk")
