"""A text of content in several languages, and which one a visitor gets."""

from collections.abc import Mapping

Texts = Mapping[str, str]
"""The same text by language code (`sv da nb fi en`, and `sv-simple da-simple` easy to read); any of
them may be missing."""

FALLBACKS: Mapping[str, tuple[str, ...]] = {
    "sv": ("nb", "da", "en"),
    "sv-simple": ("sv", "nb", "da", "en"),
    "da": ("nb", "sv", "en"),
    "da-simple": ("da", "nb", "sv", "en"),
    "nb": ("da", "sv", "en"),
    "fi": ("sv", "en"),
    "en": ("sv", "da", "nb"),
}
"""What a reader of each language most likely understands instead, best first."""


def in_language(texts: Texts, language: str) -> tuple[str, str]:
    """Return the text for a reader of *language*, and the language it is really in.

    Falls back to the nearest language there is, then to any; `("", language)` when there is none.
    """
    for code in (language, *FALLBACKS.get(language, ()), *sorted(texts)):
        if texts.get(code):
            return texts[code], code
    return "", language


def text_for(texts: Texts, language: str) -> str:
    """Return the text for a reader of *language*, falling back as `in_language` does."""
    return in_language(texts, language)[0]
