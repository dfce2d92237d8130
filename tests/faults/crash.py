"""A crash: from a record of operations to one of the states a power cut may leave."""

import random
from collections.abc import Sequence

from tests.faults.recorded_disk import Operation

SECTOR_BYTES = 512
"""A sector under way when the power goes is old, new or garbage, each by itself."""

Files = dict[str, bytes]

MODES = ("ordered", "reordered", "garbage")
"""Everything up to the cut and the last write torn; unsynced sectors and names at random; the
same with garbage in sectors under way."""


def crashed(
    before: Files, operations: Sequence[Operation], mode: str, chance: random.Random
) -> Files:
    """Return the files after a power cut, when *operations* had been asked for on *before*."""
    numbers = {name: number for number, name in enumerate(before, 1)}
    contents = {numbers[name]: bytearray(body) for name, body in before.items()}
    pending: dict[int, list[Operation]] = {}
    renamings: list[Operation] = []
    for operation in operations:
        if operation.kind in {"write", "truncate"}:
            pending.setdefault(operation.file, []).append(operation)
        elif operation.kind == "flush":
            for each in pending.pop(operation.file, []):
                _do(contents.setdefault(each.file, bytearray()), each)
        elif operation.kind == "flush_folder":
            for each in renamings:
                _rename(numbers, each)
            renamings.clear()
        else:
            renamings.append(operation)
    _rename_some(numbers, renamings, mode, chance)
    for unsynced in pending.values():
        for each in unsynced:
            torn = each is operations[-1]
            _tear(contents.setdefault(each.file, bytearray()), each, mode, chance, torn=torn)
    return {name: bytes(contents.get(number, b"")) for name, number in numbers.items()}


def _rename_some(
    numbers: dict[str, int], renamings: Sequence[Operation], mode: str, chance: random.Random
) -> None:
    likely = chance.choice((0.0, 0.5, 0.9, 1.0))
    for each in renamings:
        if mode == "ordered" or chance.random() < likely:
            _rename(numbers, each)


def _do(file: bytearray, operation: Operation) -> None:
    if operation.kind == "truncate":
        file.clear()
        return
    if len(file) < operation.at:
        file.extend(bytes(operation.at - len(file)))
    file[operation.at : operation.at + len(operation.body)] = operation.body


def _tear(
    file: bytearray, operation: Operation, mode: str, chance: random.Random, *, torn: bool
) -> None:
    """Do some of an operation that was not synced."""
    if operation.kind == "truncate":
        if mode == "ordered" or chance.random() < 0.5:
            file.clear()
        return
    sectors = range(0, len(operation.body), SECTOR_BYTES)
    if mode == "ordered":
        many = chance.randrange(len(sectors) + 1) if torn else len(sectors)
        kept = set(sectors[:many])
    else:
        likely = chance.choice((0.0, 0.2, 0.5, 0.9, 1.0))
        kept = {each for each in sectors if chance.random() < likely}
    for each in sectors:
        body = operation.body[each : each + SECTOR_BYTES]
        if mode == "garbage" and chance.random() < 0.1:
            body = chance.randbytes(len(body))
        elif each not in kept:
            continue
        _do(file, Operation("write", at=operation.at + each, body=body))


def _rename(numbers: dict[str, int], operation: Operation) -> None:
    if operation.kind == "link":
        numbers[operation.name] = operation.file
    elif operation.kind == "remove":
        numbers.pop(operation.name, None)
    elif operation.name in numbers:
        numbers[operation.to] = numbers.pop(operation.name)
