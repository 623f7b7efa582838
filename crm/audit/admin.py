from django.contrib import admin

from crm.audit.models import Event, Seal
from crm.base.admin_site import ScopedAdmin


@admin.register(Event)
class EventAdmin(ScopedAdmin):
    resource = "audit-events"
    list_display = ("at", "kind", "action", "actor_label", "object_label", "request_id")
    list_filter = ("kind",)
    search_fields = ("action", "actor_label", "request_id")


@admin.register(Seal)
class SealAdmin(ScopedAdmin):
    resource = "audit-events"
    list_display = ("through_id", "events", "digest", "sealed_at")
    fields = ("through_id", "events", "digest", "sealed_at")
