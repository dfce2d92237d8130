"""What counts as an e-mail address, whoever types it."""

from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.domain.mail_address import sendable


@pytest.mark.parametrize(
    ("typed", "sent_to"),
    [
        ("siri@example.org", "siri@example.org"),
        (" siri.sommar+kiosk@bibliotek.example ", "siri.sommar+kiosk@bibliotek.example"),
        ("anna@blåbär.se", "anna@xn--blbr-noae.se"),
        ("O'Hara_7@post.kommune.dk", "O'Hara_7@post.kommune.dk"),
    ],
)
def test_an_address_is_taken_as_people_write_it(typed: str, sent_to: str) -> None:
    assert sendable(typed) == sent_to


@pytest.mark.parametrize(
    "typed",
    [
        "mejl:anna@x.se",
        "anna@x.se)",
        "Anna <anna@x.se>",
        "anna@x.se, bo@x.se",
        "anna@x.se bo@x.se",
        "åsa@x.se",
        "anna@x..se",
        "anna@.se",
        "anna@x.se.",
        "anna@localhost",
        "anna@@x.se",
        "@",
        "",
        "anna@x.se\r\nBcc: alla@x.se",
    ],
)
def test_what_no_letter_reaches_is_no_address(typed: str) -> None:
    assert sendable(typed) == ""


@given(st.text(max_size=40).map(lambda odd: f"a{odd}@x.se") | st.emails() | st.text(max_size=80))
@example("a\ud800@x.se")
@example("a@\u202ex.se")
def test_every_address_that_is_taken_fits_into_a_letter(typed: str) -> None:
    address = sendable(typed)
    if address:
        assert address.isascii()
        letter = EmailMessage()
        letter["To"] = Address(addr_spec=address)
        assert f"To: {address}".encode() in letter.as_bytes().replace(b"\n ", b"")
