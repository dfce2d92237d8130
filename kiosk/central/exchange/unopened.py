"""Unopened: what is held because nobody here can open it, counted for the kiosk that brought it."""

from django.db.models import Count, Q

from kiosk.central.devices.models import Device
from kiosk.central.events.models import Event
from kiosk.central.exchange.parsing import CANNOT_UNSEAL


def count() -> None:
    """Note at each kiosk how many there are; it keeps its copies, and a technician is told."""
    sealed = Event.objects.filter(held_reason=CANNOT_UNSEAL, body__isnull=False)
    each = sealed.values("device_id").annotate(many=Count("digest")).order_by()
    found = dict(each.values_list("device_id", "many"))
    for device in Device.objects.filter(Q(pk__in=found) | Q(unopened__gt=0)):
        many = found.get(device.pk, 0)
        if device.unopened != many:
            Device.objects.filter(pk=device.pk).update(unopened=many)
