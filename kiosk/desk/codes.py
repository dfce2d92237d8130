"""Receipt codes as visitors type them: what they open, and how many wrong ones are heard."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk import seal, wire
from kiosk.desk import elsewhere
from kiosk.domain.guessing import slowed_s, still_counting
from kiosk.domain.receipt import MistypedCode, read_code
from kiosk.domain.submission import Answer
from kiosk.problems import MISTYPED_CODE, Trouble
from kiosk.store.note import ReceiptRecord

if TYPE_CHECKING:
    from kiosk.domain.world import World
    from kiosk.store.ledger import Ledger
    from kiosk.sync.courier import Courier

_log = logging.getLogger(__name__)

_WRONG_AT = "wrong_codes_at"


def keys_of(typed_code: str, salt: bytes, ledger: "Ledger", world: "World") -> seal.ReceiptKeys:
    """Derive what a code opens; slower where many codes were guessed here before.

    Takes a tenth of a second at least, by design. Raises Trouble: MISTYPED_CODE.
    """
    try:
        code = read_code(typed_code)
    except MistypedCode as error:
        raise Trouble(MISTYPED_CODE, code=typed_code) from error
    now = world.now().timestamp()
    world.wait(slowed_s(len(still_counting(ledger.fact(_WRONG_AT, []), now))))
    return seal.receipt_keys(code, salt)


def found(
    keys: seal.ReceiptKeys,
    ledger: "Ledger",
    world: "World",
    courier: "Courier | None",
    asking: Callable[[], object] = lambda: None,
) -> ReceiptRecord:
    """Return what is known of a receipt here, else at central; count a code of nobody's.

    *asking* is called before central is. Raises Trouble: UNKNOWN_CODE, TOO_MANY_GUESSES,
    CANNOT_ASK.
    """
    mark = wire.receipt_mark(keys.locator, keys.key)
    note = ledger.note(keys.locator, mark)
    if note is not None:
        return note
    asking()
    try:
        return elsewhere.asked(courier, keys.locator, mark)
    except Trouble:
        now = world.now().timestamp()
        ledger.set_fact(_WRONG_AT, [*still_counting(ledger.fact(_WRONG_AT, []), now), now])
        raise


def opened(note: ReceiptRecord, key: bytes) -> list[Answer]:
    """Open what the library answered; one that was locked under another key is left out."""
    answers = []
    for locked in note.locked:
        try:
            answers.append(wire.decode(seal.unlock(key, locked), Answer))
        except (seal.NotGenuine, wire.Unreadable) as error:
            _log.warning("an answer to %s cannot be opened: %s", note.event, error)
    return answers
