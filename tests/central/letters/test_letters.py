"""Letters reach a visitor who gave an address and agreed, and nobody else."""

import ssl
from typing import Any

import pytest
import trustme
from django.utils import timezone

from kiosk.central.letters.delivery import WAITS, deliver
from kiosk.central.notifications.models import Parcel
from kiosk.central.run import checks
from kiosk.central.submissions import actions as inbox
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Staff
from tests.central.conftest import FROM, Arrive, deploy
from tests.central.knocking import Knocking
from tests.drivers.mailbox import PASSWORD, USER, Mailbox, mailbox

pytestmark = pytest.mark.guards  # the letters and whom they reach


WANTS = {"about": "staff", "words": "När öppnar ni?", "wants_answer": "yes"}
REACHABLE = WANTS | {"contact": "siri@example.org"}


def due_now() -> None:
    """Let time pass until everything waiting is due."""
    Parcel.objects.filter(state="waiting").update(due_at=timezone.now())


@pytest.fixture
def answered(arrive: Arrive, librarian: Staff, post_box: Mailbox) -> Submission:
    """Give an errand with an address that has just been answered."""
    submission = arrive(REACHABLE)
    inbox.answer(submission, librarian, "Klockan tio.")
    return submission


@pytest.mark.parametrize(
    ("language", "subject", "line"),
    [
        ("sv", "har svarat dig", "Det finns ett svar till dig."),
        ("da", "har svaret dig", "Der er et svar til dig."),
        ("nb", "har svart deg", "Det er et svar til deg."),
        ("fi", "on vastannut sinulle", "Sinulle on vastaus."),
        ("en", "has answered you", "There is an answer for you."),
    ],
)
def test_an_answer_is_announced_in_the_visitors_language_without_its_words(
    arrive: Arrive, librarian: Staff, post_box: Mailbox, language: str, subject: str, line: str
) -> None:
    submission = arrive(REACHABLE, language=language)
    inbox.answer(submission, librarian, "Klockan tio.")
    assert deliver() == 1
    (letter,) = post_box.letters
    assert post_box.recipients == ["siri@example.org"]
    assert letter["To"] == "siri@example.org"
    assert letter["From"] == FROM
    assert letter["Auto-Submitted"] == "auto-generated"
    assert subject in letter["Subject"]
    text = letter.get_content()
    assert line in text
    assert "Klockan tio" not in text
    assert "När öppnar" not in text
    assert deliver() == 0


@pytest.mark.parametrize(
    "answers",
    [
        WANTS,
        WANTS | {"contact": "+46 70 123 45 67"},
        {"about": "staff", "wants_answer": "no", "contact": "siri@example.org"},
    ],
    ids=["no address", "a telephone number", "no wish for an answer"],
)
def test_nobody_else_gets_a_letter(
    arrive: Arrive, librarian: Staff, post_box: Mailbox, answers: dict[str, Any]
) -> None:
    submission = arrive({"about": "staff"} | {k: v for k, v in answers.items() if k != "contact"})
    submission.answers = answers
    submission.save(update_fields=["answers"])
    inbox.answer(submission, librarian, "Klockan tio.")
    assert Parcel.objects.count() == 0
    assert deliver() == 0
    assert post_box.letters == []


def test_without_a_mail_server_nothing_is_noted(arrive: Arrive, librarian: Staff) -> None:
    inbox.answer(arrive(REACHABLE), librarian, "Klockan tio.")
    assert Parcel.objects.count() == 0


def test_what_is_to_be_sent_holds_neither_address_nor_words(answered: Submission) -> None:
    told = repr(list(Parcel.objects.values()))
    for personal in ("siri", "example.org", "öppnar", "Klockan"):
        assert personal not in told


def test_two_answers_are_two_letters_and_the_same_one_again_is_none(
    answered: Submission, librarian: Staff, post_box: Mailbox
) -> None:
    inbox.answer(answered, librarian, "Klockan tio.")
    inbox.answer(answered, librarian, "Eller elva.")
    assert deliver() == 2
    assert len({letter["Message-ID"] for letter in post_box.letters}) == 2


def test_who_takes_an_errand_back_before_the_letter_leaves_gets_none(
    answered: Submission, post_box: Mailbox
) -> None:
    answered.refresh_from_db()
    inbox.withdraw(answered, timezone.now())
    assert deliver() == 1
    assert post_box.letters == []
    assert Parcel.objects.get().state == Parcel.State.NEEDLESS


def test_who_is_erased_gets_no_letter(answered: Submission, post_box: Mailbox) -> None:
    inbox.erase(answered.tenant, answered.pk)
    assert deliver() == 0
    assert post_box.letters == []
    assert Parcel.objects.count() == 0


def test_a_letter_is_tried_again_and_is_the_same_letter(
    answered: Submission, post_box: Mailbox
) -> None:
    post_box.answers = ["451 busy", "450 later"]
    for failures in (1, 2):
        assert deliver() == 1
        parcel = Parcel.objects.get()
        assert (parcel.state, parcel.attempts) == (Parcel.State.WAITING, failures)
        assert parcel.due_at > timezone.now() + WAITS[failures - 1] * 0.9
        assert deliver() == 0
        due_now()
    assert deliver() == 1
    (letter,) = post_box.letters
    assert letter["Message-ID"] == f"<{parcel.id}@bibliotek.example>"
    assert Parcel.objects.get().state == Parcel.State.SENT


def test_an_address_that_does_not_exist_is_given_up_at_once_and_shown(
    answered: Submission, post_box: Mailbox
) -> None:
    post_box.answers = ["550 no such mailbox siri@example.org"]
    assert deliver() == 1
    parcel = Parcel.objects.get()
    assert parcel.state == Parcel.State.DEAD
    assert parcel.failure == "the address is refused (550)"
    assert any("given up" in check.remedy for check in checks.run())


def test_a_mail_server_that_stays_away_is_given_up_after_days_and_found_again(
    arrive: Arrive, librarian: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(monkeypatch, mail="smtp://127.0.0.1:9", mail_from=FROM)
    inbox.answer(arrive(REACHABLE), librarian, "Klockan tio.")
    for _ in range(len(WAITS) + 1):
        assert Parcel.objects.get().state == Parcel.State.WAITING
        assert deliver() == 1
        due_now()
    parcel = Parcel.objects.get()
    assert parcel.state == Parcel.State.DEAD
    assert "cannot be reached" in parcel.failure
    assert any("cannot be reached" in check.remedy for check in checks.run())


def test_a_crash_while_sending_sends_it_again_after_a_while(
    answered: Submission, post_box: Mailbox
) -> None:
    def crash(_parcel: Parcel) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(crash)
    assert deliver() == 0  # perhaps somebody is still at it
    due_now()
    assert deliver() == 1
    assert len(post_box.letters) == 1


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def test_letters_go_through_a_server_with_encryption_and_login(
    arrive: Arrive,
    librarian: Staff,
    authority: trustme.CA,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with mailbox(context, login=True) as box:
        inbox_ = arrive(REACHABLE)
        way = f"smtp+starttls://{USER}:hemligt%3Aord%401@localhost:{box.port}"
        deploy(monkeypatch, mail=way, mail_from=FROM)
        inbox.answer(inbox_, librarian, "Klockan tio.")
        assert deliver() == 1
        assert "cannot be reached" in Parcel.objects.get().failure  # its certificate is unknown
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        due_now()
        assert deliver() == 1
        assert len(box.letters) == 1
        deploy(monkeypatch, mail=way.replace("hemligt", "fel"), mail_from=FROM)
        (refused,) = [c.remedy for c in checks.run() if c.name == "letters can be sent"]
    assert "refuses our login" in refused
    assert PASSWORD not in refused


def test_a_sign_up_says_yes_to_letters_only_after_giving_an_address(kiosk: Knocking) -> None:
    from kiosk.errands.reaching import mail_given
    from kiosk.errands.sign_up import SIGN_UP

    signed_up: dict[str, Any] = {"contact": "siri@example.org"}
    assert mail_given(SIGN_UP, signed_up) == ""
    assert mail_given(SIGN_UP, signed_up | {"write_to_me": True}) == "siri@example.org"
    assert mail_given(SIGN_UP, {"write_to_me": True}) == ""
    asked = [question.name for question in SIGN_UP.asked({})]
    assert "write_to_me" not in asked
    assert "write_to_me" in [question.name for question in SIGN_UP.asked(signed_up)]
