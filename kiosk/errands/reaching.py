"""Reaching a visitor by mail: at the address she gave, and only where she agreed to it."""

from kiosk.domain.errand import Answers, Errand, Kind


def mail_address(errand: Errand, answers: Answers) -> str:
    """Return the e-mail address to which *answers* allow mail, or "".

    A telephone number is for people to call; nothing is sent there. *answers* is what central has
    unsealed, so its shapes are not trusted.
    """
    for question in errand.asked(answers):
        if question.kind is Kind.CONTACT and _agreed(question.with_consent, answers):
            given = answers.get(question.name)
            if isinstance(given, str) and "@" in given and not set(given.strip()) & set("\r\n<>,;"):
                return given.strip()
    return ""


def _agreed(consent: str, answers: Answers) -> bool:
    return not consent or answers.get(consent) is True
