"""Settings: where they come from, and mistakes that come with their remedy."""

from pathlib import Path

import pytest

from kiosk import config, places
from kiosk.problems import BAD_SETTING, CANNOT_READ, SETTINGS_UNREADABLE, Problem, Trouble


@pytest.fixture(autouse=True)
def _no_machine_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MACHINE_SETTINGS", tmp_path / "etc.toml")


def machine(text: str) -> None:
    """Write the machine's settings."""
    places.MACHINE_SETTINGS.write_text(text, encoding="utf-8")


def wrong(
    home: Path, environment: dict[str, str] | None = None, problem: Problem = BAD_SETTING
) -> Trouble:
    """Load settings that are wrong, and return the trouble."""
    with pytest.raises(Trouble) as caught:
        config.load(home, environment or {})
    assert caught.value.problem is problem
    return caught.value


def test_a_kiosk_needs_no_settings(tmp_path: Path) -> None:
    assert config.load(tmp_path, {}) == config.Settings(home=str(tmp_path))


def test_the_environment_wins_over_the_folder_and_the_folder_over_the_machine(
    tmp_path: Path,
) -> None:
    machine('language = "da"\ntheme = "contrast"\nidle_s = 40\n')
    places.settings(tmp_path).write_text('theme = "console"\nidle_s = 50\n', encoding="utf-8")
    found = config.load(tmp_path, {"KIOSK_IDLE_S": "60"})
    assert (found.language, found.theme, found.idle_s) == ("da", "console", 60)


def test_the_state_folder_is_named_by_command_environment_machine_or_not_at_all(
    tmp_path: Path,
) -> None:
    assert config.load(None, {}).home == str(places.default_home())
    machine(f'home = "{tmp_path / "m"}"\n')
    assert config.load(None, {}).home == str(tmp_path / "m")
    assert config.load(None, {"KIOSK_HOME": str(tmp_path / "e")}).home == str(tmp_path / "e")
    named = config.load(tmp_path / "c", {"KIOSK_HOME": str(tmp_path / "e")})
    assert named.home == str(tmp_path / "c")


def test_the_real_environment_is_read_when_none_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_NOTICE", "Demo")
    assert config.load(tmp_path).notice == "Demo"


@pytest.mark.parametrize(
    ("text", "named", "remedy"),
    [
        ('language = "se"', "language", "sv, da"),
        ('theme = "dark"', "theme", "paper"),
        ("idle_warning_s = 19", "idle_warning_s", "at least 20"),
        ("heartbeat_s = 0", "heartbeat_s", "at least 1"),
        ("heartbeat_s = 99999999999", "heartbeat_s", "at most 86400"),
        ('idle_s = "soon"', "idle_s", "a whole number"),
        ("idel_s = 60", "idel_s", "no such setting; there are home, language"),
        ("home = 5", "home", "a text in quotes"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file_and_what_it_may_be(
    tmp_path: Path, text: str, named: str, remedy: str
) -> None:
    places.settings(tmp_path).write_text(text, encoding="utf-8")
    trouble = wrong(tmp_path)
    assert trouble.particulars["name"] == named
    assert remedy in str(trouble.particulars["remedy"])
    assert str(places.settings(tmp_path)) in trouble.remedy


def test_a_wrong_setting_is_looked_for_where_it_stands(tmp_path: Path) -> None:
    assert "KIOSK_THEME" in wrong(tmp_path, {"KIOSK_THEME": "dark"}).remedy
    machine("heartbeat_s = 0\n")
    assert str(places.MACHINE_SETTINGS) in wrong(tmp_path).remedy
    machine("home = 5\n")
    assert str(places.MACHINE_SETTINGS) in wrong(tmp_path).remedy


@pytest.mark.parametrize("body", [b"language = ", b"\xff\xfe", b"a" * 10])
def test_a_settings_file_that_is_no_toml_is_named(tmp_path: Path, body: bytes) -> None:
    places.settings(tmp_path).write_bytes(body)
    trouble = wrong(tmp_path, problem=SETTINGS_UNREADABLE)
    assert str(places.settings(tmp_path)) in trouble.remedy


def test_a_folder_in_the_place_of_the_settings_is_named(tmp_path: Path) -> None:
    places.settings(tmp_path).mkdir()
    assert "it is a folder" in wrong(tmp_path, problem=CANNOT_READ).remedy
