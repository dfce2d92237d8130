"""A problem, one thing that can go wrong; and trouble, one that has happened."""

from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the commands."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    UNREACHABLE = 3
    REFUSED = 4
    STORE = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that can go wrong."""

    code: str
    """On screen, in the log and in the handbook; never changed once in use."""
    visitor: str
    """What a visitor reads, a phrase; says what to do and what is safe."""
    technician: str
    """What is wrong and its remedy, in English, with named slots."""
    exit: Exit
    """How a command ends that met it."""


class Trouble(Exception):
    """A problem that has happened, with its particulars."""

    def __init__(self, problem: Problem, **particulars: object) -> None:
        """Fill the slots of the technician's sentence with *particulars*."""
        self.problem = problem
        """Which one."""
        self.particulars = particulars
        """Values for the named slots."""
        super().__init__(self.remedy)

    @property
    def remedy(self) -> str:
        """The technician's sentence, filled in."""
        return self.problem.technician.format(**self.particulars)
