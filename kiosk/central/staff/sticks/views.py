"""Pages for a stick: choose a kiosk's file, and take the answer back to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from kiosk.central.exchange import sticks
from kiosk.central.staff.access import library_of, needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.tenants.models import Role
from kiosk.problems import JOINING_REFUSED, Trouble

_ROLES = (Role.TECHNICIAN, Role.LIBRARIAN)


@require_http_methods(["GET", "POST"])
@needs(*_ROLES)
def upload(request: HttpRequest) -> HttpResponse:
    """Take in the file of a kiosk."""
    if request.method == "GET":
        return show(request, "sticks/upload.html")
    chosen, code = request.FILES.get("bundle"), request.POST.get("code", "")[:40]
    if chosen is None or (chosen.size or 0) > sticks.MOST_BYTES:
        return _mistake(request, sticks.TOO_LARGE if chosen else sticks.NO_FILE)
    name, file = str(chosen.name), chosen.read()
    try:
        if not code and sticks.asks_to_join(file):
            return _mistake(request, sticks.NO_CODE, about="code")
        answer = sticks.take_in(file, name, code, library_of(request), staff_of(request))
    except Trouble as trouble:
        return _told(request, trouble)
    answer.keep(request.session)
    return redirect("stick-answer")


@require_GET
@needs(*_ROLES)
def answered(request: HttpRequest) -> HttpResponse:
    """Say what came of the file, and what to do with the answer."""
    answer = sticks.kept(request.session)
    return show(request, "sticks/answered.html", answer=answer) if answer else redirect("stick")


@require_GET
@needs(*_ROLES)
def answer_file(request: HttpRequest) -> HttpResponse:
    """Give out the answer for the stick."""
    answer = sticks.kept(request.session)
    if answer is None:
        return redirect("stick")
    response = HttpResponse(answer.file, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=answer.name
    )
    return response


def _told(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Say what is wrong with a file: in her words, and in a technician's."""
    problem = trouble.problem
    about = "code" if problem is JOINING_REFUSED else "file"
    return _mistake(request, sticks.WORDS[problem.code], about=about, trouble=trouble)


def _mistake(
    request: HttpRequest, words: object, about: str = "file", trouble: Trouble | None = None
) -> HttpResponse:
    return show(
        request, "sticks/upload.html", status=422, mistake=words, about=about, trouble=trouble
    )
