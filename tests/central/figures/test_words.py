"""Words of the figures: whatever is counted at a kiosk has a name on the staff page."""

import importlib
import pkgutil

import pytest
from django.utils.translation import override

import screens
from kiosk.central.figures.queries import Summary
from kiosk.central.staff.figures.presenters import errand_rows, help_rows
from kiosk.domain.figures import What
from kiosk.i18n import Phrases
from screens.form import Form
from screens.frame import ScreenFrame
from screens.listed import Listed


def _frames(of: type = ScreenFrame) -> set[type]:
    below: set[type] = set(of.__subclasses__())
    return below.union(*(_frames(each) for each in below))


@pytest.mark.parametrize("language", ["sv", "da"])
def test_every_screen_and_every_form_where_help_can_be_asked_for_has_a_name(language: str) -> None:
    for each in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"screens.{each.name}")
    plain = {each for each in _frames() if not issubclass(each, Form)} - {Listed}
    named = {each.__name__.lower().removesuffix("screen") for each in plain}
    told = Summary()
    told.about.update({(What.HELP, name): 7 for name in named})
    told.about.update({(What.BEGUN, "correction"): 7})
    with override(language):
        phrases = Phrases(language)
        words = [word for word, _many in help_rows(told, phrases)]
        titles = [row.title for row in errand_rows(told, phrases)]
    assert len(words) == len(named)
    assert not named.intersection(words)
    assert titles == [phrases.say("Change an answer")]
