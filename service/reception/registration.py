"""What reception adds to the roles, the slots and the pages. What is told, taken and merged of a booking is that of its meeting."""

from django.utils.translation import pgettext_lazy

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from service.queue.taking import TAKEN
from service.reception.alerting import tell_of_vip
from service.reception.viewsets import BookingViewSet, RoomViewSet

STAFF = (Role.MANAGER, Role.TELLER, Role.AGENT, Role.HEAD)


def register() -> None:
    allow("reception:read", Role.MANAGER, Role.TELLER, Role.HEAD, Role.AUDITOR)
    for resource in ("bookings", "rooms"):
        allow(f"{resource}:read", *STAFF, Role.AUDITOR)
    allow("bookings:write", *STAFF)
    allow("rooms:write", Role.HEAD)
    contribute(TAKEN, tell_of_vip)
    contribute("api.routes", ("bookings", BookingViewSet, "bookings"))
    contribute("api.routes", ("rooms", RoomViewSet, "rooms"))
    entry = NavigationEntry(
        pgettext_lazy("a branch", "Reception"), "reception", "door-enter", "service", "reception:read"
    )
    contribute("navigation", entry)
