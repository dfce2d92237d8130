"""Letters by mail: written when they are sent, from what is true then."""

import contextlib
import smtplib
from collections.abc import Iterator
from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from kiosk.central.letters.alarms import alarmed
from kiosk.central.letters.envelope import Envelope
from kiosk.central.letters.letters import letter
from kiosk.central.letters.outcome import DeliveryOutcome, NotDelivered
from kiosk.central.notifications.actions import ALARM
from kiosk.central.notifications.models import Parcel
from kiosk.central.platform import mail_server
from kiosk.central.submissions.models import Submission
from kiosk.domain import mail_address
from kiosk.errands import ERRANDS
from kiosk.errands.reaching import mail_given

_PATIENCE_S = 30
_TRY_LATER = range(400, 500)


def send(parcel: Parcel) -> DeliveryOutcome:
    """Send one letter. Raises NotDelivered."""
    envelope = alarmed(parcel) if parcel.occasion.startswith(ALARM) else _to_visitor(parcel)
    if envelope is None:
        return DeliveryOutcome.NEEDLESS
    message = EmailMessage(
        subject=envelope.letter.subject,
        body=envelope.letter.body,
        from_email=settings.DEPLOYMENT.mail_from,
        to=list(envelope.addresses),
        headers={
            "Message-ID": _message_id(parcel),
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notice comes back
            "Content-Language": envelope.language,
        },
    )
    _hand_over(message)
    return DeliveryOutcome.SENT


def _to_visitor(parcel: Parcel) -> Envelope | None:
    """Write to a visitor; None when there is nothing to tell, or nobody to tell it."""
    submission = Submission.objects.filter(tenant=parcel.tenant_id, pk=parcel.about).first()
    errand = ERRANDS.get(submission.errand) if submission else None
    if submission is None or errand is None:
        return None
    given, written = mail_given(errand, submission.answers), letter(parcel, submission)
    if written is None or not given:
        return None
    address = mail_address.sendable(given)
    if not address:
        raise NotDelivered("what the visitor gave is no e-mail address", for_good=True)
    return Envelope(written, (address,), submission.language)


def _message_id(parcel: Parcel) -> str:
    """Name the letter, the same at every attempt, so that a mailbox can tell a repetition."""
    sender = parseaddr(settings.DEPLOYMENT.mail_from)[1]
    return f"<{parcel.id}@{Address(addr_spec=sender).domain}>"


def try_server() -> str:
    """Greet the mail server and log in; return what is wrong, or ""."""
    try:
        with _delivering() as way:
            way.open()
    except NotDelivered as failed:
        return failed.why
    return ""


def _hand_over(message: EmailMessage) -> None:
    """Hand a letter to the mail server. Raises NotDelivered, without a word of the letter."""
    with _delivering() as way:
        message.connection = way
        message.send()


def _way() -> EmailBackend:
    server = mail_server.read(settings.DEPLOYMENT.mail)
    if server is None:
        raise NotDelivered("no mail server is set: set `mail` in central.toml")
    return EmailBackend(
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.encryption is mail_server.Encryption.STARTTLS,
        use_ssl=server.encryption is mail_server.Encryption.TLS,
        timeout=_PATIENCE_S,
    )


@contextlib.contextmanager
def _delivering() -> Iterator[EmailBackend]:
    """Give the way to the mail server; tell what it may do as NotDelivered, without any address."""
    try:
        way = _way()
        try:
            yield way
        finally:
            way.close()  # Django leaves it open after a refused login
    except smtplib.SMTPRecipientsRefused as refused:
        code = next((code for code, _text in refused.recipients.values()), 550)
        raise _refused(code, "the address is refused") from None
    except smtplib.SMTPAuthenticationError:
        raise NotDelivered("the mail server refuses our login") from None
    except smtplib.SMTPResponseException as answered:
        raise _refused(answered.smtp_code, "the mail server refuses the letter") from None
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(f"the mail server cannot be reached ({_name(error)})") from None


def _refused(code: int, what: str) -> NotDelivered:
    return NotDelivered(f"{what} ({code})", for_good=code not in _TRY_LATER)


def _name(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or type(error).__name__)
