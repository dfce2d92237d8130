"""A clerk at the staff pages without a browser: logs in, and reads the inbox as it is sent."""

from __future__ import annotations

import html
import re
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Clerk:
    """One session at central, in one language."""

    def __init__(self, address: str, language: str = "en") -> None:
        """Sit down before central at *address*; pages are asked for in *language*."""
        self._address = address
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self._opener.addheaders = [("Accept-Language", language), ("Referer", address + "/login/")]

    def log_in(self, user: str, password: str) -> Clerk:
        """Log in at the login page."""
        token = _TOKEN.findall(self._page("/login/"))[-1]
        told = {"csrfmiddlewaretoken": token, "username": user, "password": password}
        self._page("/login/", urlencode(told).encode())
        return self

    def inbox(self) -> list[str]:
        """Read every submission in the inbox, the newest first, each as the text of its page."""
        listed, further = [], "?"
        while further:
            page = self._page(f"/inbox/{html.unescape(further)}")
            listed += re.findall(r'href="(/inbox/[0-9a-f-]{36}/)"', page)
            further = "".join(re.findall(r'rel="next" href="([^"]+)"', page))
        return [_text(self._page(each)) for each in listed]

    def _page(self, path: str, sent: bytes | None = None) -> str:
        request = Request(self._address + path, data=sent)
        with self._opener.open(request, timeout=600) as answer:
            told: str = answer.read().decode()
        return told


def _text(page: str) -> str:
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())
