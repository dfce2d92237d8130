"""A figure: what we take, what the floor or a peer takes in the same run, and the ratio."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a benchmark."""

    name: str
    """What was measured."""
    ours: float
    """Our figure."""
    unit: str
    """Of both figures."""
    against: str = ""
    """What it is compared with."""
    floor: float | None = None
    """Its figure, from the same run."""
    most: float | None = None
    """The highest ratio that is good enough; without a floor, the highest figure."""
    least: float | None = None
    """The lowest ratio that is good enough, where more is better."""
    enough: float | None = None
    """A figure that is good enough whatever the ratio."""

    @property
    def ratio(self) -> float | None:
        """Ours divided by the floor."""
        return None if not self.floor else self.ours / self.floor

    @property
    def good(self) -> bool:
        """Whether it is no worse than promised."""
        judged = self.ours if self.floor is None else self.ratio
        if judged is None or (self.enough is not None and self.ours >= self.enough):
            return True
        return (self.most is None or judged <= self.most) and (
            self.least is None or judged >= self.least
        )

    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self) | {"ratio": self.ratio, "good": self.good}


def printed(figures: Sequence[Figure]) -> str:
    """Return the figures as a table of text."""
    rows = [("", "ours", "floor or peer", "", "ratio", "promised")]
    for each in figures:
        floor = "" if each.floor is None else f"{each.floor:.3f} {each.unit}"
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        rows.append(
            (each.name, f"{each.ours:.3f} {each.unit}", floor, each.against, ratio, _promise(each))
        )
    wide = [max(len(row[column]) for row in rows) for column in range(6)]
    lines = ("  ".join(cell.ljust(w) for cell, w in zip(row, wide, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _promise(figure: Figure) -> str:
    told = "" if figure.most is None else f"<= {figure.most:g}"
    told += "" if figure.least is None else f">= {figure.least:g}"
    told += "" if figure.enough is None else f" or {figure.enough:g} {figure.unit}"
    return told if figure.good else f"{told} MISSED"


def middle_ms(seconds: Sequence[float]) -> float:
    """Return the median in milliseconds."""
    return median(seconds) * 1000
