"""Text: what of it is kept wherever it comes from, how names compare, and how it is searched.

Every border cleans what it lets in: what a hand, a scanner, a file, a form or the other end sends.
Sources: Unicode Standard Annex 15 on normal form C; "Default_Ignorable_Code_Point" of the Unicode
Character Database for signs that nobody sees; Annex 9 for those that turn the order of others;
ECMA-48 for what steers a terminal.
"""

import re
import unicodedata
from typing import Any

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SEQUENCE = re.compile(r"\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b\[[0-?]*[ -/]*[@-~]")
"""What a terminal obeys, with what stands in it: titles, clipboards, cursors, colours."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_NONE = "\ue000-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff" + "".join(
    chr(plane << 16 | low) for plane in range(15) for low in (0xFFFE, 0xFFFF)
)
"""Signs that mean nothing to anybody else: for private use, and those that are none."""

_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_PICTURE = "\u203c-\u205f\u2070-\u3163\u3165-\u3299\U0001f000-\U0001faff"
_JOINING = "\u0600-\u061b\u061d-\u10ff\u1780-\u17b3\u17b6-\u180a\u1810-\u18af"
"""Scripts in which a joiner, or its absence, makes another word: of Persia, India, Burma."""
_CHINESE = "\u3400-\u9fff\U00020000-\U0003ffff"
_UNSEEN_IN_VAIN = re.compile(
    f"(?!(?:(?<=[{_PICTURE}])|(?<=[{_PICTURE}]\ufe0f))\u200d[{_PICTURE}])"
    f"(?!(?<=[{_JOINING}])[\u200c\u200d][{_JOINING}])"
    f"(?!(?<=[{_PICTURE}#*0-9\u00a9\u00ae])[\ufe0e\ufe0f])"
    f"(?!(?<=[{_CHINESE}])[\ufe00-\ufe02\U000e0100-\U000e01ef])"
    f"[{_UNSEEN}]"
)
"""Unseen signs, but those that hold a picture, a word or a name together."""
_ANY_UNSEEN = re.compile(f"[{_UNSEEN}]")

_ACCENT = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_PILE = re.compile(f"({_ACCENT}{{4}}){_ACCENT}+")
"""More accents on one letter than any language has: they would cover the lines above."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_SIGN = re.compile(f"[{_NONE}]")
_ORDINARY = re.compile("[\n -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u20ac]*+")
"""Signs of which any row is clean: nearly all that is ever written here."""

_LIKE_DASHES = "\u2212\u00b7\u2022\u2043\u02d7"
"""A minus, dots in the middle of a line, a bullet, a modifier: typed in the place of a dash."""
_WITHOUT_STROKE = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ŧ": "t"}
)
"""Letters that no normal form takes apart."""


def is_clean(text: str) -> bool:
    """Tell at a glance that nothing in *text* is to be cleaned; what is rare may be clean too."""
    return _ORDINARY.fullmatch(text) is not None


def clean(text: str) -> str:
    """Return *text* in normal form C, its lines ended by line feeds, without what is no text.

    Sequences for terminals, control characters, bidirectional controls and unseen signs are
    dropped; a tab becomes a space. Half a surrogate pair, and what is for private use, become
    U+FFFD.
    """
    if is_clean(text):
        return text
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = _LINE_END.sub("\n", _SEQUENCE.sub("", text)).replace("\t", " ")
    text = _NO_SIGN.sub("\ufffd", unicodedata.normalize("NFC", _CONTROL.sub("", lines)))
    return _PILE.sub(r"\1", unicodedata.normalize("NFC", _UNSEEN_IN_VAIN.sub("", text)))


def clean_line(text: str) -> str:
    """Return *text* clean and on one line, every run of white space one space, none at its ends."""
    return " ".join(clean(text).split())


def cleaned(value: Any) -> Any:
    """Return *value*, as JSON has it, with every text in it clean."""
    match value:
        case str():
            return clean(value)
        case list():
            return [cleaned(each) for each in value]
        case dict():
            return {cleaned(name): cleaned(each) for name, each in value.items()}
    return value


def name_key(name: str) -> str:
    """Return what two spellings of the same name have in common: case, blanks and form aside."""
    seen = _ANY_UNSEEN.sub("", clean_line(name))
    return " ".join(unicodedata.normalize("NFC", seen.casefold()).split())


def searchable(text: str) -> str:
    """Return what a word as `sought` is looked for in: *text* with its accents, and without."""
    plain = "\n".join(name_key(line) for line in clean(text).split("\n"))
    bare = _bare(plain)
    return plain if bare == plain else f"{plain}\n{bare}"


def sought(words: str) -> list[str]:
    """List the words to look for in what is `searchable`: `ase` finds Åse, and `åse` no Ase."""
    return name_key(words).split()


def with_plain_digits(text: str) -> str:
    """Return *text* with every digit as 0 to 9, every dash as `-` and every blank as one space."""
    shown = _ANY_UNSEEN.sub("", unicodedata.normalize("NFKC", clean(text)))
    return "".join(sign if sign.isascii() else _plain(sign) for sign in shown)


def _plain(sign: str) -> str:
    match unicodedata.category(sign):
        case "Nd":
            return str(unicodedata.decimal(sign))
        case "Pd":
            return "-"
    return "-" if sign in _LIKE_DASHES else sign


def _bare(text: str) -> str:
    """Return *text* in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text)
    shown = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return shown.translate(_WITHOUT_STROKE)
