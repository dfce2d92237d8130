"""Orders: how the campaign speaks with a program that was started once and forks for each job."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

POISON = "0bad"
"""Ending of the id of an event on which a choking central chokes."""

Order = dict[str, Any]
Carry = Callable[..., Any]


class Program:
    """A program that is loaded already: what it is told to do begins within milliseconds."""

    def __init__(self, module: str, environment: Mapping[str, str], log: Path) -> None:
        """Start *module* with nothing of the tester's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
        self._lock = threading.Lock()
        self._log = log.open("ab")
        self._running = subprocess.Popen(
            [sys.executable, "-m", module],
            env=kept | dict(environment),
            cwd=Path(__file__).parents[3],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def __call__(self, order: str, **told: Any) -> Any:
        """Give an order and return what came of it."""
        with self._lock:
            assert self._running.stdin
            assert self._running.stdout
            print(json.dumps({"order": order} | told), file=self._running.stdin, flush=True)
            line = self._running.stdout.readline()
        if not line:
            raise RuntimeError(f"the program ended; see {self._log.name}")
        answer = json.loads(line)
        if "failed" in answer:
            raise RuntimeError(answer["failed"])
        return answer["done"]

    def close(self) -> None:
        """End it, and whatever it serves."""
        assert self._running.stdin
        assert self._running.stdout
        self._running.stdin.close()
        self._running.wait(30)
        self._running.stdout.close()
        self._log.close()


def obey(orders: Mapping[str, Carry], source: TextIO = sys.stdin) -> None:
    """Carry out one order a line until there are no more."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no answer
    for line in source:
        told = json.loads(line)
        try:
            answer: Order = {"done": orders[told.pop("order")](**told)}
        except Exception as error:  # noqa: BLE001 - the border of this program
            answer = {"failed": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)
