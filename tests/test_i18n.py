"""Languages: phrases, plurals, dates, with a catalogue of the test's own where one is needed."""

import struct
from datetime import datetime
from pathlib import Path

import pytest

from kiosk import places
from kiosk.i18n import EASY, LANGUAGES, Phrases, phrases

EVENING = datetime.fromisoformat("2026-11-26T18:00")


@pytest.fixture
def _small_catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every language a small catalogue of three phrases."""
    said = {
        "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
        "Hello {name}": "Hej {name}",
        "{n} seat\0{n} seats": "{n} plats\0{n} platser",
    }
    for language in LANGUAGES:
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "kiosk.mo").write_bytes(_compiled(said))
    monkeypatch.setattr(places, "LOCALE", tmp_path)


@pytest.mark.usefixtures("_small_catalogues")
def test_a_phrase_is_said_in_the_visitors_language_with_its_slots_filled() -> None:
    swedish = Phrases("sv")
    assert swedish.say("Hello {name}", name="Siri") == "Hej Siri"
    assert swedish.say("Not translated") == "Not translated"
    assert swedish.say("") == ""


@pytest.mark.usefixtures("_small_catalogues")
def test_what_a_visitor_typed_is_never_read_as_a_slot() -> None:
    assert Phrases("sv").say("Hello {name}", name="{n} %s {}") == "Hej {n} %s {}"
    assert Phrases("en").say("{n} of {many}") == "{n} of {many}"


@pytest.mark.usefixtures("_small_catalogues")
def test_numbers_take_their_own_form() -> None:
    assert Phrases("sv").count("{n} seat", "{n} seats", 1) == "1 plats"
    assert Phrases("sv").count("{n} seat", "{n} seats", 4) == "4 platser"
    assert Phrases("en").count("{n} of {all}", "{n} of {all}", 2, all=3) == "2 of 3"


@pytest.mark.usefixtures("_small_catalogues")
@pytest.mark.parametrize(
    ("language", "day", "short", "clock"),
    [
        ("sv", "torsdag 26 november", "tors 26 nov.", "18:00"),
        ("da", "torsdag 26. november", "tors. 26. nov.", "18.00"),
        ("nb", "torsdag 26. november", "tor. 26. nov.", "18:00"),
        ("fi", "torstai 26. marraskuuta", "to 26.11.", "18.00"),
        ("en", "Thursday 26 November", "Thu 26 Nov", "18:00"),
    ],
)
def test_days_and_times_are_written_the_way_the_language_does(
    language: str, day: str, short: str, clock: str
) -> None:
    spoken = Phrases(language)
    assert spoken.day(EVENING) == day
    assert spoken.short_day(EVENING) == short
    assert spoken.clock(EVENING) == clock
    assert spoken.moment(EVENING).endswith(clock)


@pytest.mark.usefixtures("_small_catalogues")
def test_things_are_listed_the_way_the_language_does() -> None:
    assert Phrases("sv").listing(["a", "b", "c"]) == "a, b och c"
    assert Phrases("fi").listing(iter(["a", "b"])) == "a ja b"
    assert Phrases("en").listing([]) == ""
    assert Phrases("en").listing(["a", "b", "c"]) == "a, b and c"


@pytest.mark.usefixtures("_small_catalogues")
def test_a_date_has_its_day_first_and_a_month_may_stand_alone() -> None:
    assert Phrases("en").dated("2026-11-24") == "24 November 2026"
    assert Phrases("sv").dated("2026-11-24") == "24 november 2026"
    assert Phrases("en").dated("2026-11") == "November 2026"


def test_a_missing_catalogue_is_told_and_not_papered_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "LOCALE", tmp_path)
    with pytest.raises(OSError, match="translation"):
        Phrases("fi")


@pytest.mark.usefixtures("_small_catalogues")
def test_an_easy_variant_says_the_rest_like_its_language(tmp_path: Path) -> None:
    folder = tmp_path / "da-simple" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "kiosk.mo").write_bytes(_compiled({"Not translated": "Let"}))
    easy = Phrases("da-simple")
    assert (easy.say("Not translated"), easy.say("Hello {name}", name="Siri")) == (
        "Let",
        "Hej Siri",
    )
    assert easy.clock(EVENING) == "18.00"
    assert easy.listing(["a", "b"]) == "a og b"


def test_a_language_is_named_with_its_easy_variant() -> None:
    assert phrases("sv").language_name("da-simple") == "danska, lättläst"
    assert phrases("da-simple").language_name("fi") == "finsk"


def test_an_unknown_language_speaks_english() -> None:
    assert phrases("tlh").language == "en"
    assert phrases("en") is phrases("en")


def _compiled(said: dict[str, str]) -> bytes:
    """Write a catalogue in the binary form of gettext."""
    ids = [each.encode() for each in sorted(said)]
    texts = [said[each.decode()].encode() for each in ids]
    offset = 28 + 16 * len(ids)
    tables, body = b"", b""
    for strings in (ids, texts):
        for each in strings:
            tables += struct.pack("<II", len(each), offset + len(body))
            body += each + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(ids), 28, 28 + 8 * len(ids), 0, 0)
    return head + tables + body


@pytest.mark.parametrize(("language", "easy"), EASY.items())
def test_easier_words_have_the_dates_times_and_lists_of_their_language(
    language: str, easy: str
) -> None:
    def says(speak: Phrases) -> list[str]:
        return [
            *(speak.short_weekday(number) for number in range(7)),
            *(form(EVENING) for form in (speak.day, speak.short_day, speak.month, speak.clock)),
            *(speak.dated(told) for told in ("2026-11", "2026-11-26")),
            *(speak.listing("abc"), speak.language_name("fi")),
        ]

    assert says(phrases(easy)) == says(phrases(language))
