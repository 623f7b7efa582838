"""Read-only: calls and needs."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from customers.models import Call, Need


@admin.register(Call)
class CallAdmin(ScopedAdmin):
    resource = "calls"
    is_personal = True
    list_display = ("begun_at", "agent", "customer", "state", "wrong", "ended_at")
    list_filter = ("state",)
    list_select_related = ("agent", "customer")
    raw_id_fields = ("agent", "customer", "interaction")


@admin.register(Need)
class NeedAdmin(ScopedAdmin):
    resource = "needs"
    is_personal = True
    list_display = ("noted_at", "customer", "family", "product", "wish", "is_met", "met_by", "by")
    list_filter = ("family", "wish", "is_met")
    list_select_related = ("customer", "product", "by")
    raw_id_fields = ("customer", "interaction", "by")
