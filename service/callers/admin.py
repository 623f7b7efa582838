"""Read-only. Who it is, and how to reach them, is shown nowhere here."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import Caller, Mandate


@admin.register(Caller)
class CallerAdmin(ScopedAdmin):
    resource = "callers"
    is_personal = True
    exclude = ("name", "phone", "email")
    list_display = ("__str__", "is_anonymous", "noted_by", "noted_at", "customer", "forgotten_on")
    list_select_related = ("noted_by", "customer")


@admin.register(Mandate)
class MandateAdmin(ScopedAdmin):
    resource = "mandates"
    is_personal = True
    list_display = ("customer", "holder", "scopes", "since", "until", "ended_at")
    list_select_related = ("customer", "holder")
