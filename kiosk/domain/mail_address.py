"""E-mail addresses: what counts as one, wherever it is typed, read or written to.

The only file that imports email-validator, and late: it takes 0.08 s, and few visitors type one.
"""

SIGN = "@"
"""Whoever types it means an e-mail address."""


def sendable(typed: str) -> str:
    """Return *typed* as an address that a letter can be sent to, in ASCII; "" where it is none.

    Nothing is looked up. Letters before the sign must be ASCII: hardly a mail server takes others.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(
            typed.strip(),
            check_deliverability=False,
            allow_smtputf8=False,
        )
    except EmailNotValidError:
        return ""
    return found.ascii_email or ""
