"""The mail server that letters go through, as one setting: `smtps://user:password@host:465`."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Encryption(StrEnum):
    """How the way to the mail server is kept private; the scheme of the setting."""

    TLS = "smtps"
    """From the first byte (RFC 8314)."""
    STARTTLS = "smtp+starttls"
    """After the greeting (RFC 3207)."""
    NONE = "smtp"
    """Only to this machine itself."""


_PORTS = {Encryption.TLS: 465, Encryption.STARTTLS: 587, Encryption.NONE: 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where to hand letters over."""

    host: str
    """Name or address."""
    port: int
    """TCP port."""
    encryption: Encryption
    """How."""
    user: str = ""
    """Empty where no login is asked for."""
    password: str = ""
    """Never shown."""


def read(setting: str) -> MailServer | None:
    """Read the setting; None when it is empty. Raises ValueError with what is wrong, no password.

    A plain `smtp://` is taken for this machine only: letters name people.
    """
    if not setting:
        return None
    try:
        address = urlsplit(setting)
        port = address.port
    except ValueError:
        raise ValueError("it is no address of a mail server") from None
    known = [each.value for each in Encryption]
    if address.scheme not in known or not address.hostname:
        raise ValueError("use smtps://USER:PASSWORD@HOST:465 or smtp+starttls://…:587")
    encryption = Encryption(address.scheme)
    if encryption is Encryption.NONE and address.hostname not in _LOOPBACK:
        raise ValueError("use smtps:// or smtp+starttls://, for letters name people")
    return MailServer(
        host=address.hostname,
        port=port or _PORTS[encryption],
        encryption=encryption,
        user=unquote(address.username or ""),
        password=unquote(address.password or ""),
    )
