"""Plain: the text of a cell, without the markup of a web page that it was copied from."""

import html
import re

from kiosk.domain.text import clean, clean_line

_UNSHOWN = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.I | re.S)
_NAMES = (
    "a|abbr|article|b|blockquote|br|button|center|cite|code|dd|div|dl|dt|em|figure|font|h[1-6]|hr|i|"
    "iframe|img|label|li|mark|o:p|ol|p|picture|pre|q|s|section|small|span|strong|sub|sup|table|"
    "tbody|td|th|thead|time|tr|u|ul|video"
)
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|table|hr|section)\b[^<>]*>", re.I)
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]*)?/?>", re.I)
_ENCODED = 3
"""How often a text may have been encoded for the web on its way."""


def plain(written: str) -> str:
    """Return *written* as a reader of the web page sees it, clean, its lines kept."""
    text = written
    for _ in range(_ENCODED):
        if "<" not in text and "&" not in text:
            break
        before, text = text, html.unescape(_without_tags(text))
        if text == before:
            break
    lines = (" ".join(line.split()) for line in clean(_without_tags(text)).split("\n"))
    return "\n".join(line for line in lines if line)


def plain_line(written: str) -> str:
    """Return *written* as a reader of the web page sees it, clean and on one line."""
    return clean_line(plain(written))


def _without_tags(text: str) -> str:
    return _TAG.sub("", _BLOCK.sub("\n", _UNSHOWN.sub("", text)))
