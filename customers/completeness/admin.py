"""Read-only: fields are confirmed on the customer's page."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from customers.models import FieldCheck


@admin.register(FieldCheck)
class FieldCheckAdmin(ScopedAdmin):
    resource = "customers"
    is_personal = True
    list_display = ("customer", "field", "confirmed_on", "asked_at", "by")
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "by")
