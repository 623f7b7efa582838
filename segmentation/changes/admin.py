"""Read-only: rules change by proposal, changes are noticed after a night."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from segmentation.models import Change, ChangeDay, ChangeRule


@admin.register(ChangeRule)
class ChangeRuleAdmin(ScopedAdmin):
    resource = "change-rules"
    list_display = ("code", "kind", "name", "number", "effective_from", "published_at", "published_by")
    list_filter = ("kind",)
    list_select_related = ("published_by",)


@admin.register(ChangeDay)
class ChangeDayAdmin(ScopedAdmin):
    resource = "change-rules"
    list_display = ("business_date", "looked_at", "noticed", "unknown")


@admin.register(Change)
class ChangeAdmin(ScopedAdmin):
    resource = "changes"
    is_personal = True
    list_display = ("day", "customer", "code", "about", "due_on", "noticed_at")
    list_filter = ("kind",)
    list_select_related = ("customer",)
    raw_id_fields = ("customer", "rule")
