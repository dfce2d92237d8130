"""Words that every errand shares: what is wrong with an answer, faces, days, yes and no."""

from collections.abc import Mapping

from kiosk.domain.errand import DAYS, PARTS_OF_DAY, Choice
from kiosk.domain.mistake import Mistake, Reason
from kiosk.i18n import Phrases
from kiosk.phrase import phrase

REASONS: Mapping[Reason, str] = {
    Reason.REQUIRED: phrase("Please answer this one, or cancel."),
    Reason.UNKNOWN_QUESTION: phrase("There is no such question."),
    Reason.NOT_ASKED: phrase("This question does not apply any more."),
    Reason.WRONG_TYPE: phrase("This answer has the wrong form."),
    Reason.TOO_LONG: phrase("This is too long. There is room for {limit} characters."),
    Reason.TOO_MANY: phrase("That is too many. At most {limit}."),
    Reason.TOO_FEW: phrase("Choose at least {limit}."),
    Reason.NOT_A_CHOICE: phrase("Choose one of the answers shown."),
    Reason.NOT_A_CONTACT: phrase("Write an e-mail address or a telephone number."),
    Reason.IDENTITY_NUMBER: phrase(
        "This looks like a personal identity number. Please leave it out: we never keep those."
    ),
    Reason.NOT_ACCEPTED: phrase("We need your yes to go on. You can also cancel."),
}
"""What a visitor reads about each mistake."""

FACES = {
    1: phrase("Very bad"),
    2: phrase("Bad"),
    3: phrase("Neither good nor bad"),
    4: phrase("Good"),
    5: phrase("Very good"),
}

DAY_NAMES = dict(
    zip(
        DAYS,
        (
            phrase("Monday"),
            phrase("Tuesday"),
            phrase("Wednesday"),
            phrase("Thursday"),
            phrase("Friday"),
            phrase("Saturday"),
            phrase("Sunday"),
        ),
        strict=True,
    )
)

PART_NAMES = dict(
    zip(
        PARTS_OF_DAY,
        (phrase("morning"), phrase("afternoon"), phrase("evening")),
        strict=True,
    )
)

SPOKEN_LANGUAGES = (
    Choice("sv", phrase("Swedish")),
    Choice("da", phrase("Danish")),
    Choice("nb", phrase("Norwegian")),
    Choice("fi", phrase("Finnish")),
    Choice("en", phrase("English")),
    Choice("ar", phrase("Arabic")),
    Choice("so", phrase("Somali")),
    Choice("uk", phrase("Ukrainian")),
    Choice("fa", phrase("Persian or Dari")),
    Choice("other", phrase("Another language")),
)
"""What people here speak and read most; a value once used is never taken away."""

YES_NO = (Choice("yes", phrase("Yes")), Choice("no", phrase("No")))

AUDIENCE_NAMES = {
    "children": phrase("Children"),
    "families": phrase("Families"),
    "young": phrase("Young people"),
    "adults": phrase("Adults"),
    "seniors": phrase("Seniors"),
    "everyone": phrase("Everyone"),
}
"""Names of `kiosk.domain.workshop.AUDIENCES`."""
AUDIENCES = tuple(Choice(value, name) for value, name in AUDIENCE_NAMES.items())
"""The same, to choose from."""

NOT_ANSWERED = phrase("not answered")


def reason_in_words(mistake: Mistake, phrases: Phrases) -> str:
    """Say what is wrong, in the visitor's language."""
    return phrases.say(REASONS[mistake.reason], limit=mistake.limit)
