"""Read-only: who brought a customer is said as the record is made."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from customers.models import Origin


@admin.register(Origin)
class OriginAdmin(ScopedAdmin):
    resource = "customers"
    is_personal = True
    list_display = ("customer", "how", "referred_by", "said_on")
    list_select_related = ("customer", "referred_by")
    raw_id_fields = ("customer", "referred_by")
