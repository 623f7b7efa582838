"""Read-only: both are noted on the customer's page. What a life event's note says is shown nowhere here."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from customers.models import LifeEvent, Preference


@admin.register(Preference)
class PreferenceAdmin(ScopedAdmin):
    resource = "preferences"
    is_personal = True
    list_display = ("customer", "kind", "source", "learnt_on", "by", "ended_at")
    list_filter = ("kind", "source")
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "by", "ended_by")


@admin.register(LifeEvent)
class LifeEventAdmin(ScopedAdmin):
    resource = "life-events"
    is_personal = True
    list_display = ("customer", "kind", "on", "precision", "source", "by", "struck_at")
    list_filter = ("kind",)
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "by", "struck_by")
    exclude = ("note",)
