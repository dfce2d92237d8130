"""A field for an e-mail address: what letters can be sent to, as everywhere else."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kiosk.domain.mail_address import sendable


def check(typed: str) -> None:
    """Raise ValidationError for what is no address."""
    if not sendable(typed):
        raise ValidationError(_("Write an e-mail address like name@library.org."))


class MailField(forms.EmailField):
    """One e-mail address, judged by the rule that letters are sent by."""

    default_validators = [check]
