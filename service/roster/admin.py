from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import Demand, Roster, Shift, Swap


@admin.register(Demand)
class DemandAdmin(ScopedAdmin):
    resource = "rosters"
    list_display = ("team", "weekday", "hour", "needed")
    list_select_related = ("team",)


@admin.register(Roster)
class RosterAdmin(ScopedAdmin):
    resource = "rosters"
    list_display = ("team", "week_on", "published_at", "published_by")
    list_select_related = ("team", "published_by")


@admin.register(Shift)
class ShiftAdmin(ScopedAdmin):
    resource = "shifts"
    list_display = ("roster", "user", "starts_at", "ends_at")
    list_select_related = ("roster__team", "user")


@admin.register(Swap)
class SwapAdmin(ScopedAdmin):
    resource = "swaps"
    list_display = ("shift", "asked_by", "to", "state", "decided_by")
    list_select_related = ("shift", "asked_by", "to", "decided_by")
