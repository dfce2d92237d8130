"""Letters to technicians about a kiosk that needs somebody."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kiosk.central.devices.alarms import alarms_of
from kiosk.central.devices.models import Device
from kiosk.central.letters.envelope import Envelope
from kiosk.central.letters.outcome import NotDelivered
from kiosk.central.notifications.actions import ALARM
from kiosk.central.notifications.models import Parcel
from kiosk.central.tenants.models import Role, Staff
from kiosk.domain.mail_address import sendable
from kiosk.errands.letters import Letter


def alarmed(parcel: Parcel) -> Envelope | None:
    """Write to the technicians of a library; None when the alarm is over or nobody has mail.

    Raises NotDelivered where what they gave are no addresses.
    """
    devices = Device.objects.select_related("branch", "replaced_by")
    device = devices.filter(tenant=parcel.tenant_id, pk=parcel.about).first()
    technicians = _technicians(parcel.tenant_id)
    alarms = {} if device is None else {str(a.kind): a for a in alarms_of(device, timezone.now())}
    alarm = alarms.get(parcel.occasion.removeprefix(ALARM))
    if device is None or alarm is None or not technicians:
        return None
    language = technicians[0].language or "sv"
    with translation.override(language):
        subject = _("Kiosk %(name)s at %(branch)s: %(what)s") % {
            "name": device.name or device.pk,
            "branch": device.branch.name,
            "what": alarm.words,
        }
        told = f"{alarm.words} {alarm.particulars}".strip()
        body = "\n\n".join((told, alarm.remedy, _("Device: %(id)s") % {"id": device.pk}))
    addresses = tuple(filter(None, (sendable(each.email) for each in technicians)))
    if not addresses:
        raise NotDelivered("no technician has an address that can be written to", for_good=True)
    return Envelope(Letter(" ".join(subject.split()), body + "\n"), addresses, language)


def _technicians(tenant: str) -> list[Staff]:
    """List the technicians of a library who have a mail address."""
    held = Staff.objects.filter(
        memberships__tenant=tenant, memberships__role=Role.TECHNICIAN, is_active=True
    )
    return list(held.exclude(email="").order_by("pk").distinct())
