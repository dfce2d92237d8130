"""Cleaning: what browsers send is text before any page reads it, in the stock admin too."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponseBase, QueryDict

from kiosk import wire
from kiosk.domain.text import clean, is_clean

Answering = Callable[[HttpRequest], HttpResponseBase]

_SECRET = "password"  # noqa: S105 - what names of such fields contain


def text_is_text(answering: Answering) -> Answering:
    """Clean the fields and the questions of a request; passwords are taken as they were typed.

    What kiosks send is no form: `kiosk.wire` cleans it where it is read.
    """

    def with_text(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(wire.ROOT):
            request.GET = _cleaned(request.GET)  # type: ignore[assignment] # immutable as before
            if request.method == "POST":
                request.POST = _cleaned(request.POST)  # type: ignore[assignment] # as above
        return answering(request)

    return with_text


def _cleaned(sent: QueryDict) -> QueryDict:
    if all(_as_it_should_be(name, values) for name, values in sent.lists()):
        return sent
    read = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        cleaned = values if _SECRET in name else [clean(str(each)) for each in values]
        read.setlist(clean(name), [*read.getlist(clean(name)), *cleaned])
    read._mutable = False
    return read


def _as_it_should_be(name: str, values: Iterable[object]) -> bool:
    return is_clean(name) and (_SECRET in name or all(is_clean(str(each)) for each in values))
