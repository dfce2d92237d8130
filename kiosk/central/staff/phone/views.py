"""Pages for a visitor's phone: what became of an errand, by the code on its receipt."""

import threading
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from kiosk.central.devices import throttle
from kiosk.central.platform import tenancy
from kiosk.central.programme.models import Workshop
from kiosk.central.programme.queries import as_workshop
from kiosk.central.seats.queries import book_of, decides
from kiosk.central.staff.speaking import content_for
from kiosk.central.submissions.models import Submission
from kiosk.central.submissions.queries import answers, at_receipt, seat
from kiosk.central.tenants.branches import library_at
from kiosk.domain.guessing import origin
from kiosk.domain.receipt import MistypedCode, State, read_code
from kiosk.domain.seats import SeatStatus
from kiosk.domain.submission import FollowUp, Step
from kiosk.domain.texts import text_for
from kiosk.errands.receipt_words import Asked, asked, told
from kiosk.i18n import LANGUAGES, Phrases, phrases
from kiosk.seal import receipt_keys
from kiosk.wire import receipt_mark

_PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
_DERIVING = threading.Semaphore(2)  # 64 MiB each: more at once would empty a small server
_AGAIN_S = 4
_NORWEGIAN = {"no": "nb", "nn": "nb"}


@csrf_exempt  # it changes nothing, and "no-referrer" leaves browsers without an origin to show
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code; a typed one is answered here, so that it stays out of the history."""
    if request.method == "POST":
        return _answered(request, request.POST.get("code", "")[:60])
    return _page(request, asked(_speak(request), Asked.NOTHING_YET))


@require_GET
def follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Show what became of the errand; the address comes from the receipt's QR code."""
    return _answered(request, code)


def _answered(request: HttpRequest, typed: str) -> HttpResponse:
    speak, address = _speak(request), origin(request.META.get("REMOTE_ADDR", ""))
    try:
        code = read_code(typed)
    except MistypedCode:
        return _page(request, asked(speak, Asked.MISTYPED, typed), status=422)
    try:
        submission = throttle.look_up(address, lambda: _found(code, request.get_host()))
    except throttle.Crowded:
        return _crowded(request, speak)
    if submission is None:
        return _page(request, asked(speak, Asked.UNKNOWN, code), status=404)
    zone = ZoneInfo(submission.branch.timezone)
    workshop = _workshop(submission)
    found = _follow_up(submission, workshop, zone)
    now = timezone.localtime(timezone=zone).replace(tzinfo=None)
    where = workshop.branch.name if workshop else ""
    words = told(speak, found, code, now, where)
    return _page(request, words | {"occasion": words["occasion"] or _tasks(submission, speak)})


def _crowded(request: HttpRequest, speak: Phrases) -> HttpResponse:
    """Say that others guess from where she is; her page comes by itself when it is her turn."""
    page = _page(request, asked(speak, Asked.TOO_OFTEN), status=429)
    if request.method == "GET":
        page["Refresh"] = str(_AGAIN_S)
    return page


def _found(code: str, host: str) -> Submission | None:
    library = library_at(host)
    if library is None:
        return None
    tenancy.stay(library)
    with _DERIVING:
        keys = receipt_keys(code, bytes(library.salt))
    return at_receipt(library, keys.locator, receipt_mark(keys.locator, keys.key))


def _workshop(submission: Submission) -> Workshop | None:
    registration = getattr(submission, "registration", None)
    return registration.workshop if registration else None


def _follow_up(submission: Submission, workshop: Workshop | None, zone: ZoneInfo) -> FollowUp:
    """Return what the receipt shows, its times on the clock of the branch where it was given."""

    def local(moment: datetime) -> datetime:
        return moment.astimezone(zone)

    return FollowUp(
        errand=submission.errand,
        state=State(submission.state),
        history=tuple(Step(State(each.state), local(each.at)) for each in submission.steps.all()),
        answers=tuple(replace(each, at=local(each.at)) for each in answers(submission)),
        seat=_seat(submission, workshop, zone),
        workshop=as_workshop(workshop) if workshop else None,
    )


def _tasks(submission: Submission, speak: Phrases) -> list[str]:
    """Name the volunteer tasks that the errand is about, in the language of the page."""
    return [text_for(each.title, speak.language) for each in content_for([submission]).tasks]


def _seat(submission: Submission, workshop: Workshop | None, zone: ZoneInfo) -> SeatStatus | None:
    """Return what has become of a sign-up, and until when it is decided; None once taken back."""
    sent = seat(submission)
    told = sent.read() if sent and submission.state != State.WITHDRAWN else None
    if told is None or workshop is None:
        return told
    return replace(told, decides=decides(workshop, book_of(workshop)).astimezone(zone))


def _page(request: HttpRequest, words: dict[str, Any], status: int = 200) -> HttpResponse:
    library = library_at(request.get_host())
    around = {"library": library.name if library else "", "languages": LANGUAGES.items()}
    response = render(request, "phone/page.html", {**around, **words}, status=status)
    for name, value in _PRIVATE.items():
        response[name] = value
    return response


def _speak(request: HttpRequest) -> Phrases:
    """Speak the language that was picked on the page, else the first one the browser asks for."""
    picked = request.GET.get("language") or request.POST.get("language") or ""
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500].lower())
    wanted = [picked, *(code.partition("-")[0] for code, _weight in accepted)]
    spoken = (_NORWEGIAN.get(code, code) for code in wanted)
    return phrases(next((code for code in spoken if code in LANGUAGES), "sv"))
