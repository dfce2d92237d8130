"""Reaching a visitor by mail: at the address she gave, and only where she agreed to it."""

from kiosk.domain import mail_address
from kiosk.domain.errand import Answers, Errand, Kind


def mail_given(errand: Errand, answers: Answers) -> str:
    """Return what she gave as an e-mail address and allowed to be written to, or "".

    A telephone number is for people to call; nothing is sent there. *answers* is what central has
    unsealed, so its shapes are not trusted, nor need it be an address: `sendable` tells.
    """
    for question in errand.asked(answers):
        if question.kind is Kind.CONTACT and _agreed(question.with_consent, answers):
            given = answers.get(question.name)
            if isinstance(given, str) and mail_address.SIGN in given:
                return given.strip()
    return ""


def _agreed(consent: str, answers: Answers) -> bool:
    return not consent or answers.get(consent) is True
