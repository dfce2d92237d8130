"""Forgetful tasks and threads: none keeps whoever happened to be in front when it was made."""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context
from typing import Any, TypeVar

from textual._context import active_app, active_message_pump, message_hook
from textual.app import App

_T = TypeVar("_T")
_Doing = Generator[Any, None, _T] | Coroutine[Any, Any, _T]

MOST_THREADS = 4


def forget_whoever_asks(app: App[Any]) -> None:
    """Make every further task and thread of *app* forgetful; call in its first handler."""
    loop = asyncio.get_running_loop()
    loop.set_task_factory(ForgetfulTasks(app))
    loop.set_default_executor(ForgetfulThreads(MOST_THREADS, "visit"))


class ForgetfulTasks:
    """A task factory that gives no task the context of the one that makes it.

    A task keeps the context it was made in, and a time-out keeps its task's until it would have
    run out. Textual makes the resting screen's clock of frames in whatever context first needs
    one: that of a visitor's screen, which then stayed in memory.
    """

    def __init__(self, app: App[Any]) -> None:
        """Take the *app* that every task knows."""
        self._fresh = Context()
        self._fresh.run(active_app.set, app)
        self._fresh.run(active_message_pump.set, app)
        hook = message_hook.get(None)
        if hook is not None:
            self._fresh.run(message_hook.set, hook)

    def __call__(
        self, loop: asyncio.AbstractEventLoop, doing: _Doing[_T], /, **options: Any
    ) -> asyncio.Task[_T]:
        """Make a task as the loop would, in a context of its own."""
        if options.get("context") is None:
            options["context"] = self._fresh.copy()
        return asyncio.Task(doing, loop=loop, **options)


class ForgetfulThreads(ThreadPoolExecutor):
    """Threads that do each piece of work in a context that goes with it.

    Textual notes in the thread's own context which worker runs there, and so whose screen it is;
    an idle thread kept it, with everything the visitor had answered, until the next had something
    to save.
    """

    def submit(self, doing: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Do it in a fresh context."""
        return super().submit(Context().run, doing, *arguments, **named)
