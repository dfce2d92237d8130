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
            if not _is_text(request.GET):
                request.GET = QueryDict(_cleaned(request.GET), encoding=request.GET.encoding)
            if request.method == "POST" and not _is_text(request.POST):
                request.POST = QueryDict(_cleaned(request.POST), encoding=request.POST.encoding)
        return answering(request)

    return with_text


def _is_text(sent: QueryDict) -> bool:
    return all(_as_it_should_be(name, values) for name, values in sent.lists())


def _cleaned(sent: QueryDict) -> str:
    """Return what was sent, cleaned, as a browser sends it."""
    read = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        cleaned = values if _SECRET in name else [clean(str(each)) for each in values]
        read.setlist(clean(name), [*read.getlist(clean(name)), *cleaned])
    return read.urlencode()


def _as_it_should_be(name: str, values: Iterable[object]) -> bool:
    return is_clean(name) and (_SECRET in name or all(is_clean(str(each)) for each in values))
