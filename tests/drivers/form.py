"""A form as a browser would send it back: every field with what stands in it."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        name = told.get("name", "")
        if tag == "input" and name:
            ticked = told.get("type") not in {"checkbox", "radio"} or "checked" in told
            if ticked:
                self.forms[-1].setdefault(name, []).append(told.get("value", "on"))
        elif tag == "select":
            self._select = name
            self.forms[-1][name] = []
        elif tag == "option" and self._select:
            if "selected" in told or not self.forms[-1][self._select]:
                self.forms[-1][self._select] = [told.get("value", "")]
        elif tag == "textarea":
            self._area = name
            self.forms[-1][name] = [""]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area][0] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def form_with(page: str, field: str) -> dict[str, list[str]]:
    """Return the form on *page* that has *field*, with what stands in it."""
    found = _Forms()
    found.feed(page)
    return next(each for each in found.forms if field in each)
