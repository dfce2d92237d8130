"""Speech: reads a text aloud through espeak-ng, in a process of its own that a key can end."""

from __future__ import annotations

import logging
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

PROGRAM = "espeak-ng"
SOUND_CARDS = Path("/proc/asound/cards")
NO_CARDS = "no soundcards"
VOICES = {"sv": "sv", "da": "da", "nb": "nb", "fi": "fi", "en": "en-gb"}
WORDS_A_MINUTE = 150
SLOWLY = 95
MOST = 8000
"""Characters read at most: what a pipe takes at once, so that nobody waits for the voice."""

_log = logging.getLogger("kiosk.screens")


class Speech:
    """One voice; it says one thing at a time, and a second time more slowly."""

    def __init__(self, command: Sequence[str]) -> None:
        """Take the *command* that reads a text from its input; empty where there is none."""
        self._command = list(command)
        self._voice: subprocess.Popen[bytes] | None = None
        self._last = ("", "")
        self._slowly = False

    @property
    def there(self) -> bool:
        """Whether this kiosk can speak at all."""
        return bool(self._command)

    @property
    def speaks(self) -> bool:
        """Whether something is being read just now."""
        return self._voice is not None and self._voice.poll() is None

    def say(self, text: str, language: str) -> None:
        """Read *text*; the same once more is read slowly, and then as before."""
        self.hush()
        self._slowly = (text, language) == self._last and not self._slowly
        self._last = (text, language)
        pace = SLOWLY if self._slowly else WORDS_A_MINUTE
        voice = VOICES.get(language, language)
        command = [*self._command, "-v", voice, "-s", str(pace), "--stdin"]
        try:
            self._voice = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            if self._voice.stdin is not None:
                with self._voice.stdin as ear:  # not an argument: those can be read by others
                    ear.write(text[:MOST].encode())
        except OSError as error:
            _log.warning("cannot speak: %s", type(error).__name__)

    def hush(self) -> None:
        """Stop at once."""
        if self._voice is not None:
            with suppress(OSError):
                self._voice.kill()
            self._voice.wait()
            self._voice = None

    def forget(self) -> None:
        """Stop, and keep nothing of what was read."""
        self.hush()
        self._last = ("", "")
        self._slowly = False


def find_speech(sound_cards: Path = SOUND_CARDS) -> Speech:
    """Find the voice of this machine; one without program or sound card stays silent."""
    program = shutil.which(PROGRAM)
    try:
        heard = NO_CARDS not in sound_cards.read_text(encoding="utf-8")
    except OSError:
        heard = False
    return Speech([program] if program and heard else [])
