"""The page of a sign-up's receipt says what, when and where."""

from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone

from kiosk import seal
from kiosk.central.programme.models import Workshop
from kiosk.central.submissions.models import Submission
from kiosk.domain.receipt import new_code
from kiosk.i18n import LANGUAGES, phrases
from tests.central.knocking import Knocking
from tests.central.seats.conftest import Signing, complete

CODE = new_code(123456789)


def test_the_page_of_a_sign_up_says_what_when_and_where(
    workshop: Workshop, signing: Signing, kiosk: Knocking
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(place="Ateljén")
    complete(kiosk, signing.up(kiosk, "Ada", 2))
    keys = seal.receipt_keys(CODE, bytes(workshop.tenant.salt))
    Submission.objects.filter(errand="sign-up").update(locator=keys.locator, receipt_key=keys.key)
    begins = timezone.localtime(workshop.starts, ZoneInfo(workshop.branch.timezone))
    for language in LANGUAGES:
        phone = Client(headers={"Accept-Language": language})
        shown = phone.get(f"/r/{CODE}").content.decode()
        speak = phrases(language)
        assert "Sy en väska" in shown
        assert f"{workshop.branch.name}, Ateljén" in shown
        assert speak.day(begins) in shown
        assert speak.clock(begins) in shown
