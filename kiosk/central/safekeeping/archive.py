"""An archive: all rows of a backup in one compressed file that proves itself whole and ours."""

import hashlib
import os
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from kiosk import seal
from kiosk.problems import BACKUP_NEWER, NOT_A_BACKUP, Trouble, meaning

MAGIC = b"kiosk-backup\n"
FORMAT = 1
_LEVEL = 3
"""Of zlib: twice as fast as its usual 6, for a tenth more bytes."""
_LONGEST_HEADER = 4_000_000
_PIECE = 1 << 20
_LENGTH = struct.Struct(">I")
_DIGEST_BYTES = 32
_SIGNATURE_BYTES = 64


class Table(msgspec.Struct, frozen=True):
    """One table of the database."""

    name: str
    """As the database calls it."""
    columns: tuple[tuple[str, str], ...]
    """Name and kind of each column; see `contents`."""


class ArchivedLibrary(msgspec.Struct, frozen=True):
    """A library in the backup."""

    key: str
    """Its short name."""
    verify_key: bytes
    """Ed25519 key that belongs to the secret one which signed this."""
    sealing_key: bytes
    """X25519 key to which its kiosks seal."""


class ArchiveHeader(msgspec.Struct, frozen=True):
    """What an archive says of itself, in clear before everything else."""

    format: int
    """Of the file."""
    program: str
    """Version that wrote it."""
    made_at: str
    """When, ISO 8601."""
    libraries: tuple[ArchivedLibrary, ...]
    tables: tuple[Table, ...]
    migrations: tuple[tuple[str, str], ...]
    """App and name of each that the database had seen."""


Row = Sequence[Any]
Secrets = Mapping[str, bytes]
"""Ed25519 seed of each library, by its key."""


class _Format(msgspec.Struct, frozen=True):
    format: int
    program: str = "?"


class Writer:
    """Writes an archive from its beginning to its end, a few rows at a time."""

    def __init__(self, file: BinaryIO, header: ArchiveHeader) -> None:
        """Begin with the header."""
        self._file = file
        self._header = header
        self._digest = hashlib.sha256()
        self._packer = zlib.compressobj(_LEVEL)
        self.counts = [0] * len(header.tables)
        """Rows of each table so far."""
        self._put(MAGIC + msgspec.json.encode(header) + b"\n")

    def add(self, table: int, rows: list[Row]) -> None:
        """Add rows of the table with this number in the header."""
        self.counts[table] += len(rows)
        self._frame((table, rows))

    def end(self, secrets: Secrets) -> bytes:
        """Write the counts, the digest and every library's signature; return the digest."""
        self._frame((-1, self.counts))
        self._put(self._packer.flush())
        digest = self._digest.digest()
        signed = [seal.sign(secrets[each.key], MAGIC + digest) for each in self._header.libraries]
        self._file.write(digest + b"".join(signed))
        return digest

    def _frame(self, told: tuple[int, list[Any]]) -> None:
        body = msgspec.msgpack.encode(told)
        self._put(self._packer.compress(_LENGTH.pack(len(body)) + body))

    def _put(self, body: bytes) -> None:
        self._digest.update(body)
        self._file.write(body)


def look(path: Path) -> ArchiveHeader:
    """Read what an archive says of itself. Raises Trouble: NOT_A_BACKUP, BACKUP_NEWER."""
    with _opened(path) as file:
        return _header(path, file)


def verify(path: Path, secrets: Secrets) -> tuple[ArchiveHeader, str]:
    """Read an archive to its end and check that it is whole, and that our keys signed it.

    Return its header and its digest, hexadecimal.

    Raises Trouble: NOT_A_BACKUP, BACKUP_NEWER.
    """
    with _opened(path) as file:
        header = _header(path, file)
        bodies = os.fstat(file.fileno()).st_size - _trailer(header)
        if bodies < file.tell():
            raise Trouble(NOT_A_BACKUP, path=path, why="it is cut off")
        file.seek(0)
        digest = hashlib.sha256()
        for piece in _pieces(file, bodies):
            digest.update(piece)
        if file.read(_DIGEST_BYTES) != digest.digest():
            raise Trouble(NOT_A_BACKUP, path=path, why="it is torn or has been changed")
        for library in header.libraries:
            _check(path, library, secrets, digest.digest(), file.read(_SIGNATURE_BYTES))
    return header, digest.hexdigest()


def rows(path: Path, header: ArchiveHeader) -> Iterator[tuple[int, list[Row]]]:
    """Yield the rows, a few of one table at a time, as they were added.

    The file must have passed `verify`. Raises Trouble (NOT_A_BACKUP) when the counts differ.
    """
    counts = [0] * len(header.tables)
    for table, several in _frames(path, header):
        if table < 0:
            if several != counts:
                raise Trouble(NOT_A_BACKUP, path=path, why="it does not hold what it says")
            return
        counts[table] += len(several)
        yield table, several
    raise Trouble(NOT_A_BACKUP, path=path, why="it ends too early")


def _opened(path: Path) -> BinaryIO:
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise Trouble(NOT_A_BACKUP, path=path, why="it is a device, a pipe or a folder")
        return path.open("rb")
    except OSError as error:
        raise Trouble(NOT_A_BACKUP, path=path, why=meaning(error)) from error


def _header(path: Path, file: BinaryIO) -> ArchiveHeader:
    if file.read(len(MAGIC)) != MAGIC:
        raise Trouble(NOT_A_BACKUP, path=path, why="it is no backup of a central")
    line = file.readline(_LONGEST_HEADER)
    try:
        told = msgspec.json.decode(line, type=_Format)
        if told.format > FORMAT:
            raise Trouble(BACKUP_NEWER, path=path, version=told.program)
        return msgspec.json.decode(line, type=ArchiveHeader)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Trouble(NOT_A_BACKUP, path=path, why="its beginning is damaged") from error


def _trailer(header: ArchiveHeader) -> int:
    return _DIGEST_BYTES + _SIGNATURE_BYTES * len(header.libraries)


def _check(
    path: Path, library: ArchivedLibrary, secrets: Secrets, digest: bytes, signature: bytes
) -> None:
    ours = seal.public_of(secrets[library.key])
    try:
        seal.verify(ours, MAGIC + digest, signature)
    except seal.NotGenuine as error:
        why = f"it is not signed with the keys of {library.key}"
        raise Trouble(NOT_A_BACKUP, path=path, why=why) from error


def _pieces(file: BinaryIO, many: int) -> Iterator[bytes]:
    while many > 0 and (piece := file.read(min(_PIECE, many))):
        many -= len(piece)
        yield piece


def _frames(path: Path, header: ArchiveHeader) -> Iterator[tuple[int, list[Any]]]:
    with _opened(path) as file:
        _header(path, file)
        bodies = os.fstat(file.fileno()).st_size - _trailer(header) - file.tell()
        clear = _Inflated(_pieces(file, bodies))
        while length := clear.take(_LENGTH.size):
            told = clear.take(_LENGTH.unpack(length)[0])
            yield msgspec.msgpack.decode(told, type=tuple[int, list[Any]])


class _Inflated:
    """What a compressed stream says, as many bytes at a time as are asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._inflate = zlib.decompressobj()
        self._clear = bytearray()

    def take(self, many: int) -> bytes:
        """Return that many bytes, or fewer at the end."""
        while len(self._clear) < many and (more := self._more()):
            self._clear += more
        taken = bytes(self._clear[:many])
        del self._clear[:many]
        return taken

    def _more(self) -> bytes:
        """Inflate until something comes out; "" at the end."""
        while not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or next(self._pieces, b"")
            clear = self._inflate.decompress(packed, _PIECE)
            if clear or not packed:
                return clear
        return b""
