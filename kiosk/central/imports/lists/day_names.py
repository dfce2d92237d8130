"""Day names: what months and weekdays are called in the languages of the kiosks (CLDR)."""

import re

from babel import Locale

from kiosk.i18n import LANGUAGES


def _named(width: str, kind: str) -> dict[str, int]:
    """Return the names of months or weekdays in all languages, small, without full stops."""
    found = {}
    for language in LANGUAGES:
        table = getattr(Locale(language), kind)
        for names in (table["format"][width], table["stand-alone"][width]):
            for number, name in names.items():
                found[name.casefold().rstrip(".")] = number
    return found


MONTHS = {**_named("abbreviated", "months"), **_named("wide", "months"), "sept": 9}
WEEKDAYS = {**_named("abbreviated", "days"), **_named("wide", "days")}
WEEKDAYS |= {f"{name}na": day for name, day in _named("wide", "days").items() if name[-1:] in "i"}
WEEKDAYS |= {"tir": 1, "tis": 1, "tue": 1, "tues": 1, "tor": 3, "tors": 3, "thur": 3, "thurs": 3}
WEEKDAYS |= {"keskiviikkona": 2, "ons": 2, "lör": 5, "lør": 5, "sön": 6, "søn": 6}
MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
WEEKDAY = re.compile(
    r"(?<!\w)("
    + "|".join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))
    + r")(?:en)?\b\.?,?"
)
