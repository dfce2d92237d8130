"""A visitor who gave an address hears of her place by letter, with nobody doing anything."""

from datetime import timedelta
from pathlib import Path

from tests.drivers.library import Library
from tests.drivers.mailbox import mailbox


def test_a_letter_about_her_place_arrives_by_itself(tmp_path: Path) -> None:
    with mailbox() as box:
        library = Library(tmp_path).set_up()
        (tmp_path / "central" / "central.toml").write_text(
            f'mail = "smtp://127.0.0.1:{box.port}"\nmail_from = "Bibban <nej@bibliotek.example>"\n'
        )
        library.start().enrol()
        try:
            told = library.kiosk("errands", "--json").json["errands"]
            (sign_up,) = [each for each in told if each["name"] == "sign-up"]
            workshop = sign_up["questions"][0]["choices"][0]
            answers = {
                "workshop": workshop["value"],
                "seats": {"adults": 1, "children": 0},
                "name": "Siri",
                "contact": "siri@example.org",
                "write_to_me": True,
                "consent": True,
            }
            library.hand_in("sign-up", answers, "--language", "da")
            assert library.kiosk("sync", "--json").json["sent"] == 1
            assert box.arrived.acquire(timeout=timedelta(minutes=1).total_seconds())
        finally:
            library.stop()
    (letter,) = box.letters
    assert letter["To"] == "siri@example.org"
    assert "plads" in letter["Subject"]
    assert "1 plads" in letter.get_content()
