from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import Handover, Leaving


@admin.register(Handover)
class HandoverAdmin(ScopedAdmin):
    resource = "handovers"
    is_personal = True
    list_display = ("handed_on", "customer", "giver", "receiver", "watched_until")
    list_select_related = ("customer", "giver", "receiver")


@admin.register(Leaving)
class LeavingAdmin(ScopedAdmin):
    resource = "leavings"
    list_display = ("manager", "last_day", "successor", "done_at", "called_off_at")
    list_select_related = ("manager", "successor")
