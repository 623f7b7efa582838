from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import Booking, Room


@admin.register(Booking)
class BookingAdmin(ScopedAdmin):
    resource = "bookings"
    is_personal = True
    list_display = ("starts_at", "meeting", "room", "state")
    list_select_related = ("meeting", "room__branch")


@admin.register(Room)
class RoomAdmin(ScopedAdmin):
    resource = "rooms"
    list_display = ("name", "branch", "is_used")
    list_select_related = ("branch",)
