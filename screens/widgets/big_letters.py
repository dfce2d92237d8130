"""Big letters: the receipt's code and the clock, drawn five by seven pixels a character."""

from textual.content import Content
from textual.widgets import Static

from screens.widgets.pixels import double_width, half_height

_COLUMNS = {
    "0": "3E4141413E", "1": "00427F4000", "2": "4261514946", "3": "2141454B31",
    "4": "1814127F10", "5": "2745454539", "6": "3C4A494930", "7": "0171090503",
    "8": "3649494936", "9": "064949291E", "A": "7E1111117E", "B": "7F49494936",
    "C": "3E41414122", "D": "7F4141221C", "E": "7F49494941", "F": "7F09090901",
    "G": "3E4149497A", "H": "7F0808087F", "J": "2040413F01", "K": "7F08142241",
    "M": "7F020C027F", "N": "7F0408107F", "P": "7F09090906", "Q": "3E4151215E",
    "R": "7F09192946", "S": "4649494931", "T": "01017F0101", "V": "1F2040201F",
    "W": "3F4038403F", "X": "6314081463", "Y": "0708700807", "Z": "6151494543",
    ":": "24", ".": "40", " ": "000000",
}  # fmt: skip
"""Each character as its columns from left to right, two hexadecimal digits each, lowest bit on
top; the receipt's alphabet, the clock's separators and a space."""

ROWS = 7


class BigLetters(Static):
    """Text in big letters in the colours of its place; twice as big where there is room."""

    def __init__(self, text: str, *, id: str | None = None, classes: str = "") -> None:  # noqa: A002 - Textual's own word
        """Take text made of the characters there are."""
        super().__init__(id=id, classes=classes)
        self.text = text
        """What is written."""

    def render(self) -> Content:
        """Draw it with the widget's own colours."""
        colors = self.styles
        background = self.background_colors[1]
        picture = pixels(self.text)
        roomy = self.size.height >= ROWS and self.size.width >= 2 * len(picture[0])
        draw = double_width if roomy else half_height
        return draw(picture, colors.color.css, background.css)

    def write(self, text: str) -> None:
        """Write something else."""
        if text != self.text:
            self.text = text
            self.refresh(layout=True)


def pixels(text: str) -> list[list[bool]]:
    """Return the pixels of *text*, one empty column between characters."""
    columns: list[int] = []
    for character in text:
        columns += bytes.fromhex(_COLUMNS[character]) + b"\0"
    return [[bool(column >> row & 1) for column in columns[:-1]] for row in range(ROWS)]
