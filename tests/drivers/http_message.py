"""One HTTP/1.1 message as its bytes: a request or an answer, read whole from a connection."""

from dataclasses import dataclass
from io import BufferedReader

_LONGEST_LINE = 65_536


class BrokenOff(Exception):
    """The connection ended in the middle of a message."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message, byte for byte."""

    head: bytes
    """Start line and headers, with the empty line that ends them."""
    body: bytes
    """As it was sent, chunked or not."""

    @property
    def raw(self) -> bytes:
        """All of it."""
        return self.head + self.body

    @property
    def address(self) -> bytes:
        """Method and path of a request."""
        return b" ".join(self.head.split(b" ", 2)[:2])

    @property
    def last(self) -> bool:
        """Whether its sender closes the connection after it."""
        return _header(self.head, b"connection").lower() == b"close"


def read_message(connection: BufferedReader, *, answer: bool = False) -> Message | None:
    """Read one message; None when the connection has ended before it. Raises BrokenOff."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = connection.readline(_LONGEST_LINE)
        if not line and not head:
            return None
        if not line:
            raise BrokenOff
        head += line
    return Message(head, _body(connection, head, answer=answer))


def _body(connection: BufferedReader, head: bytes, *, answer: bool) -> bytes:
    if answer and head.split(b" ", 2)[1] in (b"204", b"304"):
        return b""
    if _header(head, b"transfer-encoding").lower() == b"chunked":
        return _chunks(connection)
    length = _header(head, b"content-length")
    if length:
        return _exactly(connection, int(length))
    return connection.read() if answer else b""


def _chunks(connection: BufferedReader) -> bytes:
    body = b""
    while True:
        line = connection.readline(_LONGEST_LINE)
        if not line:
            raise BrokenOff
        many = int(line.partition(b";")[0], 16)
        body += line + _exactly(connection, many + 2)
        if not many:
            return body


def _exactly(connection: BufferedReader, many: int) -> bytes:
    body = connection.read(many)
    if len(body) < many:
        raise BrokenOff
    return body


def _header(head: bytes, name: bytes) -> bytes:
    for line in head.split(b"\r\n")[1:]:
        told, _, value = line.partition(b":")
        if told.strip().lower() == name:
            return value.strip()
    return b""
