"""One question as it stands in the form, before it is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Self

from django.http import QueryDict

from kiosk.central.platform import typed
from kiosk.domain.errand import Kind, OnlyIf
from kiosk.domain.questionnaire import Option, WrittenQuestion
from kiosk.domain.text import name_key

TEXTS = ("ask", "help", "choices")
"""What is written in every language; choices one a line."""
_PICKED = (Kind.CHOICE, Kind.CHOICES)


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """A question with its place in the form; blank while it asks nothing."""

    number: int
    """From 1; a condition names it."""
    kind: str = Kind.FACES
    texts: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: {name: {} for name in TEXTS}
    )
    """By what it is, one of `TEXTS`, and by language."""
    required: bool = False
    limit: str = ""
    after: str = ""
    """Number of the question that its condition looks at."""
    among: str = ""
    """Numbers of the answers there under which it is asked; empty is any."""

    @classmethod
    def read(cls, sent: QueryDict, number: int) -> Self:
        """Read what the browser sent."""
        at = f"q{number}-"
        texts = {
            name: typed.texts(sent, at + name, typed.lines if name == "choices" else typed.line)
            for name in TEXTS
        }
        limit, after, among = (sent.get(at + name, "").strip() for name in ("limit", "if", "among"))
        kind = sent.get(f"{at}kind", Kind.FACES)
        return cls(number, kind, texts, f"{at}required" in sent, limit, after, among)

    @classmethod
    def of(cls, questions: Sequence[WrittenQuestion], place: int) -> Self:
        """Return how the question at *place* is now."""
        told = questions[place]
        choices = {
            code: "\n".join(each.label.get(code, "") for each in told.choices).rstrip("\n")
            for code in typed.WRITTEN
        }
        texts = {"ask": told.ask, "help": told.help, "choices": choices}
        limit, after, among = str(told.limit or ""), "", ""
        if told.only_if:
            names = [each.name for each in questions]
            before = names.index(told.only_if.question)
            after, among = str(before + 1), _numbers(told.only_if.among, questions[before])
        return cls(place + 1, told.kind, texts, told.required, limit, after, among)

    @property
    def blank(self) -> bool:
        """Whether nothing is asked here."""
        return not any(self.texts["ask"].values())

    @property
    def sound(self) -> bool:
        """Whether everything that is a number is one."""
        limit = not self.limit or (self.limit.isascii() and self.limit.isdigit())
        return limit and len(self.limit) <= len("2000")

    def languages_with_twins(self) -> list[str]:
        """List the languages in which two choices cannot be told apart."""
        lines = {code: words.split("\n") for code, words in self.texts["choices"].items()}
        named = {code: [name_key(each) for each in told if each] for code, told in lines.items()}
        return [code for code, told in named.items() if len(set(told)) < len(told)]

    def question(self) -> WrittenQuestion:
        """Return it as it is saved; names and values are its numbers."""
        among = tuple(self.among.replace(",", " ").split())
        return WrittenQuestion(
            name=f"q{self.number}",
            kind=self.kind,
            ask=dict(self.texts["ask"]),
            help=dict(self.texts["help"]),
            choices=self._choices() if self.kind in _PICKED else (),
            required=self.required,
            limit=int(self.limit or 0) if self.sound else 0,
            only_if=OnlyIf(f"q{self.after}", among) if self.after else None,
        )

    def _choices(self) -> tuple[Option, ...]:
        written = {code: words.split("\n") for code, words in self.texts["choices"].items()}
        rows = zip_longest(*written.values(), fillvalue="")
        labels = [dict(zip(written, row, strict=True)) for row in rows]
        told = [{code: words for code, words in each.items() if words} for each in labels]
        return tuple(Option(str(place), each) for place, each in enumerate(told, start=1))


def _numbers(among: Sequence[str], asked: WrittenQuestion) -> str:
    """Write the values of a condition as the numbers of the choices they stand for."""
    places = {each.value: str(place) for place, each in enumerate(asked.choices, start=1)}
    return ", ".join(places.get(value, value) for value in among)
