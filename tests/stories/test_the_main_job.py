"""A visitor's errand is saved offline, reaches the library, and can be taken back."""

import json
import signal
from pathlib import Path

from tests.drivers.library import Library

FEEDBACK = {"mood": 4, "about": "hours", "words": "Längre öppet på söndagar, tack!"}


def test_an_errand_handed_in_offline_arrives_once_when_central_is_back(library: Library) -> None:
    library.stop(signal.SIGKILL)
    code = library.hand_in("feedback", FEEDBACK)
    down = library.kiosk("sync", "--json")
    assert (down.code, down.json["pending"], down.json["error"]) == (3, 1, "S01")
    assert "Nothing is lost" in down.err

    library.start()
    sent = library.kiosk("sync", "--json")
    again = library.kiosk("sync", "--json")
    assert (sent.code, sent.json["stored"], sent.json["pending"]) == (0, 1, 0)
    assert (again.json["sent"], again.json["error"]) == (0, "")
    rows = library.exported("--personal")
    assert [row["answers"] for row in rows] == [FEEDBACK]
    assert library.kiosk("look-up", code, "--json").json["state"] == "sent"


def test_what_is_withdrawn_and_erased_at_the_kiosk_is_so_at_the_library(library: Library) -> None:
    kept = library.hand_in("feedback", FEEDBACK)
    taken_back = library.hand_in("feedback", FEEDBACK)
    erased = library.hand_in("feedback", FEEDBACK | {"words": "Glöm det här."})
    library.kiosk("sync")
    assert library.kiosk("withdraw", taken_back, "--json").json == {"state": "withdrawn"}
    assert library.kiosk("withdraw", erased, "--erase", "--json").json == {"state": "erased"}
    assert library.kiosk("sync", "--json").json["stored"] == 2

    states = sorted(row["state"] for row in library.exported())
    assert states == ["sent", "withdrawn"]
    assert "Glöm det här" not in json.dumps(library.exported("--personal"), ensure_ascii=False)
    library.kiosk("sync")
    assert library.kiosk("look-up", kept, "--json").json["state"] == "sent"
    assert library.kiosk("look-up", erased, "--json").json["state"] == "erased"


def test_nothing_a_visitor_wrote_can_be_read_on_the_kiosk(library: Library) -> None:
    secret = "Sköldpaddan heter Algot"
    code = library.hand_in("feedback", FEEDBACK | {"words": secret})
    for path in library.home.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            for written in (secret, secret.encode("unicode_escape").decode(), "Algot", code):
                assert written.encode("utf-8") not in body, path
                assert written.encode("utf-16-le") not in body, path


def test_each_kind_of_slip_is_told_with_its_remedy(library: Library, tmp_path: Path) -> None:
    broken = library.kiosk("hand-in", "feedback", "-", "--json", typed="{")
    unknown = library.kiosk("hand-in", "parking", "-", "--json", typed="{}")
    missing = library.kiosk("hand-in", "feedback", "-", "--json", typed='{"mood": 9, "x": 1}')
    mistyped = library.kiosk("look-up", "AAAA-AAAA-AAAB", "--json")
    never = library.kiosk("look-up", "0000-0000-0000", "--json")
    other, third = str(tmp_path / "other"), str(tmp_path / "third")
    refused = library.kiosk("--home", other, "enrol", library.url, "WRONGC0DE1")
    homeless = library.kiosk("--home", third, "hand-in", "feedback", "-", typed="{}")

    codes = [each.code for each in (broken, unknown, missing, mistyped, never, refused, homeless)]
    assert codes == [2, 2, 2, 2, 1, 4, 5]
    assert missing.json["mistakes"] == {
        "mood": "too_many",
        "x": "unknown_question",
        "about": "required",
    }
    assert "enrol-code" in refused.err
    assert "kiosk enrol" in homeless.err
    assert library.kiosk("status", "--json").json["pending"] == 0


def test_every_errand_can_be_read_in_every_language(library: Library) -> None:
    told = {
        language: library.kiosk("errands", "--json", "--language", language).json["errands"]
        for language in ("sv", "da", "nb", "fi", "en")
    }
    for number, errand in enumerate(told["en"]):
        for place, question in enumerate(errand["questions"]):
            asked = {each[number]["questions"][place]["ask"] for each in told.values()}
            assert len(asked) >= 4, question["name"]
    workshops = told["fi"][1]["questions"][0]["choices"]
    assert len(workshops) > 5
