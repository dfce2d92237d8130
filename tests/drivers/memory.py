"""The program's memory: what of a visitor is still held there, and by whom."""

import contextlib
import gc
import sys
import traceback
import types
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from typing import Any

_TEXTS = {str, bytes, bytearray}
_PLAIN = {dict, tuple}
"""Containers that the collector does not track while they hold texts and numbers alone."""
_ROOTS = (types.ModuleType, types.CoroutineType, types.BuiltinFunctionType)
_FARTHEST = 20


class Secret:
    """A text that is kept backwards, so that looking for it does not find who keeps it."""

    def __init__(self, text: str) -> None:
        """Keep *text*."""
        self._backwards = text[::-1]

    @property
    def text(self) -> str:
        """The text itself, for as long as the caller needs it."""
        return self._backwards[::-1]


@contextlib.contextmanager
def only_what_is_new() -> Iterator[None]:
    """Look only at what comes into being from now on, and at what it refers to."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def holders(secrets: Collection[Secret]) -> list[str]:
    """Name whoever holds a text with one of these *secrets*, and how it is reached.

    Collects nothing first: what is garbage, but not yet collected, counts as held.
    """
    return [f"{type(each).__name__} of {len(each)} signs: {_way_to(each)}" for each in _in(secrets)]


def in_frames(secrets: Collection[Secret]) -> list[str]:
    """Name every function that runs or waits in any thread with one of *secrets* in a variable."""
    told = [each.text for each in secrets]
    return [
        f"{frame.f_code.co_qualname}: {name}"
        for newest in sys._current_frames().values()
        for frame, _ in traceback.walk_stack(newest)
        if frame.f_code.co_filename != __file__
        for name, value in frame.f_locals.items()
        if isinstance(value, str) and any(secret in value for secret in told)
    ]


def held(secrets: Collection[Secret]) -> bool:
    """Tell whether any of *secrets* stands in some text."""
    return bool(_in(secrets))


def left(kinds: tuple[type[Any], ...], but: tuple[type[Any], ...] = ()) -> list[str]:
    """Name every object there is of *kinds*, without *but*, and how it is reached.

    By its type: a lazy object that says it is of another class would have to be made first.
    """
    found = [each for each in gc.get_objects() if issubclass(type(each), kinds)]
    return [
        f"{type(each).__name__}: {_way_to(each)}" for each in found if not isinstance(each, but)
    ]


def count(kind: type[Any]) -> int:
    """Count the objects there are of one kind."""
    return sum(issubclass(type(each), kind) for each in gc.get_objects())


def _in(secrets: Collection[Secret]) -> list[str | bytes | bytearray]:
    """Give every text with one of *secrets*, but for what this search itself makes."""
    told = [each.text for each in secrets]
    octets = [each.encode() for each in told]
    ours = {id(each) for each in (*told, *octets)}
    return [
        each
        for each in _texts()
        if any(secret in each for secret in (told if isinstance(each, str) else octets))
        and id(each) not in ours
    ]


def _texts() -> Iterable[Any]:
    """Give every text that a tracked object refers to, or an untracked container of one."""
    found: dict[int, Any] = {}
    level = gc.get_referents(*gc.get_objects())
    while level:
        found |= {id(each): each for each in level if type(each) in _TEXTS}
        inside = [each for each in level if type(each) in _PLAIN and not gc.is_tracked(each)]
        level = gc.get_referents(*inside)
    return found.values()


def _way_to(held: object) -> str:
    """Tell by which objects *held* is reached, up to one that stands by itself."""
    seen = {id(held)}
    queue: deque[tuple[object, tuple[str, ...]]] = deque([(held, ())])
    seen.add(id(queue))
    while queue:
        each, way = queue.popleft()
        for holder in gc.get_referrers(each):
            if id(holder) in seen or isinstance(holder, types.FrameType):
                continue
            seen.add(id(holder))
            farther = (*way, type(holder).__name__)
            if isinstance(holder, _ROOTS) or len(farther) > _FARTHEST:
                return " < ".join(farther)
            queue.append((holder, farther))
    return "nobody the collector knows"
