"""Read-only: events are planned and answered on their pages."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import Event, Invitation


@admin.register(Event)
class EventAdmin(ScopedAdmin):
    resource = "events"
    list_display = ("name", "kind", "branch", "starts_at", "state", "places", "taken")
    list_filter = ("state", "kind")
    list_select_related = ("branch",)
    raw_id_fields = ("host",)


@admin.register(Invitation)
class InvitationAdmin(ScopedAdmin):
    resource = "events"
    is_personal = True
    list_display = ("event", "customer", "state", "companions", "answered_at", "checked_in_at")
    list_filter = ("state",)
    list_select_related = ("event", "customer")
    raw_id_fields = ("event", "customer", "invited_by", "changed_by")
