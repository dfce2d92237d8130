"""A real mail server on this machine, for tests: takes letters, or refuses them as told."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "kiosk", "hemligt:ord@1"


@dataclass
class Mailbox:
    """What has arrived, and how the server behaves."""

    letters: list[EmailMessage] = field(default_factory=list)
    """Everything taken."""
    recipients: list[str] = field(default_factory=list)
    """To whom, as the envelope says."""
    answers: list[str] = field(default_factory=list)
    """What the next recipients are answered instead of being taken."""
    port: int = 0
    """Where it listens."""
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    """Counts letters for whoever waits for one."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take a recipient, or answer what was asked for."""
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd names it
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Take a letter."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients.extend(envelope.rcpt_tos)
        self.arrived.release()
        return "250 OK"


@contextmanager
def mailbox(context: ssl.SSLContext | None = None, *, login: bool = False) -> Iterator[Mailbox]:
    """Run a mail server on a free port; with *context* it offers STARTTLS and insists on it."""
    box = Mailbox()

    def known(_server: Any, _session: Any, _envelope: Any, _way: str, given: Any) -> AuthResult:
        named = isinstance(given, LoginPassword) and (given.login, given.password)
        return AuthResult(success=named == (USER.encode(), PASSWORD.encode()), handled=False)

    with socket.create_server(("127.0.0.1", 0)) as probe:
        box.port = probe.getsockname()[1]
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        tls_context=context,
        require_starttls=context is not None,
        authenticator=known,
        auth_required=login,
        auth_require_tls=context is not None,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
