"""Falling back: a text of content, its language named where it is not the reader's own."""

from kiosk.domain.texts import Texts, in_language
from kiosk.i18n import Phrases, ordinary


def named_text(texts: Texts, phrases: Phrases) -> str:
    """Return the text for a reader of *phrases*; one in another language says in which."""
    text, language = in_language(texts, phrases.language)
    if not text or ordinary(language) == phrases.locale:
        return text
    return f"{text} ({phrases.language_name(language)})"
