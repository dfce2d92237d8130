"""The desk: the one door between the screens and everything below."""

import contextlib
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from kiosk import places, seal, wire
from kiosk.desk import codes, elsewhere
from kiosk.desk.agreeing import answered, other_terms, with_terms
from kiosk.desk.errand_begun import Begun, ErrandRefused
from kiosk.desk.padding import longest_choices
from kiosk.desk.promise import ShownContent, promise
from kiosk.desk.signed_up import seat_of, workshop_of
from kiosk.desk.status import Status, status_of
from kiosk.desk.tallying import TallyList
from kiosk.domain.clock import known_time, why_in_doubt
from kiosk.domain.content import Content
from kiosk.domain.errand import Answers, Errand, Kind
from kiosk.domain.figures import What
from kiosk.domain.mistake import mistakes
from kiosk.domain.opening_hours import Calendar
from kiosk.domain.receipt import RANDOM_BITS, State, new_code
from kiosk.domain.submission import FollowUp, Receipt
from kiosk.domain.world import World, new_id
from kiosk.errands import ERRANDS
from kiosk.errands.more import MORE, MORE_WORDS
from kiosk.errands.offer import offered
from kiosk.problems import CANNOT_WITHDRAW, Trouble
from kiosk.store.device import Device, load_device
from kiosk.store.inspection import looked_at
from kiosk.store.journal import JOURNAL_BYTES
from kiosk.store.ledger import AMPLE_ROOM, Ledger
from kiosk.store.note import ReceiptRecord
from kiosk.store.published import PublishedContent
from kiosk.store.room import check_room
from kiosk.sync.condition import Condition, condition_of
from kiosk.sync.courier import ConnectionState, Courier


class Desk:
    """Takes errands in, gives news of them, takes them back."""

    errands: Mapping[str, Errand] = ERRANDS
    """What can be done here, in the order of the home screen."""

    def __init__(
        self, home: Path, world: World, journal_bytes: int = JOURNAL_BYTES, *, looking: bool = False
    ) -> None:
        """Open the kiosk whose state is in *home*; its ledger sets *journal_bytes* aside.

        Only *looking*, nothing is written, and it may be another program's.

        Raises Trouble: NOT_ENROLLED, DEVICE_UNREADABLE, LEDGER_HELD, LEDGER_NEWER, CANNOT_WRITE.
        """
        self.home = home
        """State folder."""
        self.world = world
        """Clock and chance."""
        self.device: Device = load_device(home)
        """Who this kiosk is."""
        path = places.ledger(home)
        self.ledger = looked_at(path) if looking else Ledger(path, journal_bytes=journal_bytes)
        """What it holds."""
        try:
            self.ledger.belong_to(self.device)
        except Trouble:
            self.ledger.close()
            raise
        self.published = PublishedContent(home, self.device.branch, self.device.branch_name)
        """What it shows."""
        self.courier: Courier | None = None
        """Set while the app exchanges by itself."""
        self._deriving = ThreadPoolExecutor(max_workers=1, thread_name_prefix="receipt")
        self._saving = threading.Lock()
        self._shown = ShownContent()
        self._tallied = TallyList(self.ledger, world)
        with contextlib.suppress(Trouble):  # on a full disk what is here can still be read and sent
            self.ledger.make_room()

    def close(self) -> None:
        """Stop exchanging and let go of the ledger."""
        if self.courier:
            self.courier.stop()
        self._deriving.shutdown(cancel_futures=True)
        self._tallied.keep()
        self.ledger.close()

    @property
    def content(self) -> Content:
        """What central published last, with seats and "me too" as they are known now."""
        ledger = self.ledger
        return self._shown.content(self.published.current, ledger.seats, ledger.support)

    def now(self) -> datetime:
        """Return the branch's wall clock, without offset, as opening hours are written."""
        now = known_time(self.ledger.told, self.world) or self.world.now()
        return now.astimezone(self.content.branch.zone).replace(tzinfo=None)

    @property
    def time_known(self) -> bool:
        """Whether `now` is to be believed."""
        return known_time(self.ledger.told, self.world) is not None

    @property
    def calendar(self) -> Calendar:
        """When the branch is open; not known while nobody knows what time it is."""
        return self.content.branch.calendar if self.time_known else Calendar()

    def connection(self) -> ConnectionState:
        """Tell whether central answers, without asking it or waiting for the disk."""
        told = self.ledger.last_exchange
        last = self.courier.last if self.courier else None
        return ConnectionState(
            connected=last.reached if last else None,
            pending=self.ledger.messages,
            last_exchange=datetime.fromisoformat(told) if told else None,
        )

    def count(self, what: What, about: str = "", language: str = "") -> None:
        """Count how the kiosk is used: only names, and nothing finer than the hour."""
        self._tallied.count(what, about, language)

    def visit_over(self) -> None:
        """Save what was counted, where nobody waits for it."""
        self._deriving.submit(self._tallied.keep)

    def begin(self, errand: Errand) -> Begun:
        """Begin an errand.

        Raises Trouble (CANNOT_WRITE, NO_ROOM) when it could perhaps not be saved at the end.
        """
        self.check_room()
        code = new_code(self.world.random_bits(RANDOM_BITS))
        keys = self._deriving.submit(seal.receipt_keys, code, self.device.salt)
        return Begun(new_id(self.world), errand, code, keys)

    def check_room(self) -> None:
        """Make sure that what is begun now can be saved at its end.

        Raises Trouble: CANNOT_WRITE, NO_ROOM.
        """
        if self.ledger.room() < AMPLE_ROOM:
            self._make_room_aside()
        check_room(self.home, self.ledger)

    def hand_in(self, begun: Begun, answers: Answers, language: str) -> Receipt:
        """Save an errand and return its receipt once it is durable on disk.

        Blocks for a disk flush. The same *begun* handed in again after a failure is saved once.
        Raises Refused with the mistakes, or Trouble (CANNOT_WRITE) with nothing saved.
        """
        errand = begun.errand
        answers = errand.cleaned(answers)
        picks = offered(errand, self.content, self.now())
        found = mistakes(errand, answers, picks)
        found = other_terms(errand, answers, self.content) | found
        if found:
            raise ErrandRefused(found)
        kept = with_terms(errand, errand.kept(answers), self.content) | dict(errand.marks)
        keys = begun.keys.result()
        handed = wire.Handed(
            errand=errand.name,
            branch=self.device.branch,
            locator=keys.locator,
            sealed=b"",
            workshop=answered(errand, kept, Kind.WORKSHOP) or "",
            seats=sum((answered(errand, kept, Kind.SEATS) or {}).values()),
        )
        contents = wire.Contents(kept, keys.key, language, beside=wire.beside_seal(handed))
        sealed = self.sealed(contents, longest_choices(errand, picks))
        handed = msgspec.structs.replace(handed, sealed=sealed)
        started = time.perf_counter()
        with self._saving, self.ledger.atomic():
            if self.ledger.note(keys.locator) is None:
                handed, seat = self._promised(handed, begun.id)
                event = self._event(errand.name + wire.SUBMITTED, handed, event_id=begun.id)
                self.ledger.append(event)
                workshop = self.content.workshop(handed.workshop)
                mark = wire.receipt_mark(keys.locator, keys.key)
                self.ledger.begin_note(keys.locator, event, errand.name, seat, workshop, mark=mark)
        saved_ms = (time.perf_counter() - started) * 1000
        if self.ledger.room() < AMPLE_ROOM:
            self._make_room_aside()
        return self._receipt(begun, self.ledger.note(keys.locator), saved_ms)

    def look_up(self, typed_code: str, asking: Callable[[], object] = lambda: None) -> FollowUp:
        """Tell what has become of the submission with this code.

        What is not known here central is asked for, which may take some seconds; *asking* is
        called before. Nothing that it tells is kept. Takes a tenth of a second by design. Raises
        Trouble: MISTYPED_CODE, UNKNOWN_CODE, CANNOT_ASK, TOO_MANY_GUESSES.
        """
        keys = self.keys(typed_code)
        return self._told(self.found(keys, asking), keys.key)

    def withdraw(self, typed_code: str, *, erase: bool = False) -> FollowUp:
        """Take a submission back, or erase everything about it, and tell what is left.

        Durable here at once, and on its way to central as an event of its own; of one handed in
        elsewhere nothing else is kept. Raises Trouble: MISTYPED_CODE, UNKNOWN_CODE, CANNOT_ASK,
        TOO_MANY_GUESSES, CANNOT_WITHDRAW, CANNOT_WRITE.
        """
        keys = self.keys(typed_code)
        if erase:
            return self.change(keys, wire.ERASED, State.ERASED)
        return self.change(keys, wire.WITHDRAWN, State.WITHDRAWN)

    def add(self, typed_code: str, words: str, language: str) -> FollowUp:
        """Write more to a submission, which staff then read anew, and tell how it stands.

        Durable here at once, sealed like what it is put to. Raises Refused for words that no
        errand would take, and Trouble as `withdraw` does.
        """
        answers = MORE.kept(MORE.cleaned({MORE_WORDS: words}))
        found = mistakes(MORE, answers, {})
        if found:
            raise ErrandRefused(found)
        keys = self.keys(typed_code)
        sealed = self.sealed(wire.Contents(answers, keys.key, language))
        return self.change(keys, wire.ADDED, State.SAVED, sealed)

    def sealed(self, contents: wire.Contents, at_least_bytes: int = 0) -> bytes:
        """Seal what a visitor says, padded, so that this kiosk can neither read nor measure it."""
        return seal.seal(self.device.sealing_key, wire.encode_padded(contents, at_least_bytes))

    def change(
        self,
        keys: seal.ReceiptKeys,
        kind: str,
        state: State | None,
        sealed: bytes = b"",
        *,
        known: ReceiptRecord | None = None,
        seats: int = 0,
    ) -> FollowUp:
        """Save an event of *kind* about the submission whose receipt is in hand.

        No *state* leaves it in its own: she is here on the day. *known* is its note where that has
        been found; *seats* are those that it is about now.
        """
        mark = wire.receipt_mark(keys.locator, keys.key)
        known = known or self.found(keys)
        with self._saving, self.ledger.atomic():
            note = self.ledger.note(keys.locator, mark) or known
            if note.state is State.ERASED or (
                note.state is State.WITHDRAWN and state is not State.ERASED
            ):
                raise Trouble(CANNOT_WITHDRAW, state=note.state)
            proof = seal.prove(keys.key, wire.changed_text(kind, note.event, sealed))
            changed = wire.Changed(keys.locator, proof, sealed)
            event = self._event(kind, changed, about=note.event)
            self.ledger.append(event)
            if state is State.ERASED:
                self.ledger.forget(note.event)
            if state is None:
                self.ledger.came(keys.locator, event.captured_at[:10])
            else:
                self.ledger.advance(keys.locator, state, event.captured_at)
            if seats:
                self.ledger.let_go(keys.locator, seats)
        self._wake()
        there = elsewhere.changed(note, state, event.captured_at, seats)
        left = self.ledger.note(keys.locator, mark) or there
        return self._told(left, keys.key)

    def support(self, idea: str) -> None:
        """Say "me too" of an idea for somebody, whom nothing tells; durable here at once.

        Raises Trouble (CANNOT_WRITE, NO_ROOM) with nothing counted.
        """
        self.ledger.check_room()
        event_id = new_id(self.world)
        with self._saving, self.ledger.atomic():
            tally = self.ledger.support.count(idea, event_id)
            told = wire.IdeaSupported(self.device.branch, tally)
            self.ledger.append(self._event(wire.SUPPORTED, told, event_id=event_id, about=idea))
        self.ledger.support.show()
        self._wake()

    def clock_in_doubt(self) -> bool:
        """Tell whether the time of day here is not to be believed."""
        return bool(why_in_doubt(self.ledger.told, self.world))

    def status(self) -> Status:
        """Tell how this kiosk is doing, for a technician."""
        last = self.courier.last if self.courier else None
        return status_of(self.device, self.condition(), last)

    def condition(self) -> Condition:
        """Find out what is known of this kiosk."""
        return condition_of(self.ledger, self.published, self.world)

    def _event(
        self,
        kind: str,
        payload: wire.Handed | wire.Changed | wire.IdeaSupported,
        *,
        event_id: str = "",
        about: str = "",
    ) -> wire.Event:
        captured = self._branch_time().replace(second=0, microsecond=0)
        return wire.Event(
            id=event_id or new_id(self.world),
            seq=self.ledger.next_seq(),
            type=kind,
            v=1,
            captured_at=captured.isoformat(timespec="minutes"),
            boot=self.world.boot,
            mono_ms=self.world.monotonic_ms(),
            payload=msgspec.Raw(wire.encode(payload)),
            about=about,
        )

    def _promised(self, handed: wire.Handed, event: str) -> tuple[wire.Handed, wire.Seat | None]:
        """Give seats at once where this kiosk may; call inside `atomic`."""
        return promise(
            handed,
            event,
            self.published.current,
            self.ledger.seats,
            self._branch_time(),
            clock_in_doubt=self.clock_in_doubt(),
        )

    def _receipt(self, begun: Begun, note: ReceiptRecord | None, saved_ms: float) -> Receipt:
        self._wake()
        public = self.device.public_url.rstrip("/")
        return Receipt(
            id=begun.id,
            code=begun.code,
            errand=begun.errand.name,
            captured_at=self._branch_time(),
            connected=self.connection().connected is True,
            address=f"{public}/r/{begun.code}" if public else "",
            seat=seat_of(note, self.ledger, self.content.branch.zone) if note else None,
            workshop=workshop_of(note, self.content) if note else None,
            seats_as_of=self.seats_as_of(),
            saved_ms=round(saved_ms, 2),
        )

    def seats_as_of(self) -> datetime | None:
        """Return when central told how many seats are taken, on the branch's clock; or None."""
        told = self.ledger.seats.as_of
        return told.astimezone(self.content.branch.zone) if told else None

    def _branch_time(self) -> datetime:
        """Return the time of day where the branch is, whatever the machine is set to."""
        return self.world.now().astimezone(self.content.branch.zone)

    def keys(self, typed_code: str) -> seal.ReceiptKeys:
        """Derive what a code opens. Raises Trouble: MISTYPED_CODE."""
        return codes.keys_of(typed_code, self.device.salt, self.ledger, self.world)

    def found(
        self, keys: seal.ReceiptKeys, asking: Callable[[], object] = lambda: None
    ) -> ReceiptRecord:
        """Find what is known of a receipt, here or at central; see `codes.found`."""
        return codes.found(keys, self.ledger, self.world, self.courier, asking)

    def _make_room_aside(self) -> None:
        """Make room for further saves where nobody waits for it."""
        self._deriving.submit(self.ledger.make_room, AMPLE_ROOM)

    def _told(self, note: ReceiptRecord, key: bytes) -> FollowUp:
        """Open the answers with the receipt's key; all times are the branch's."""
        zone = self.content.branch.zone
        answers = codes.opened(note, key)
        return FollowUp(
            note.errand,
            note.state,
            tuple(replace(step, at=step.at.astimezone(zone)) for step in note.history),
            tuple(replace(answer, at=answer.at.astimezone(zone)) for answer in answers),
            seat_of(note, self.ledger, zone),
            workshop_of(note, self.content),
            note.came,
        )

    def _wake(self) -> None:
        if self.courier:
            self.courier.wake()
